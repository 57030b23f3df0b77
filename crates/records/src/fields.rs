//! What a kind of field must be able to do, and the only list of kinds. One file per kind lies in `fields/`.
//! Not here: whether a value may be written (required, unique, rights) and whether a referenced record exists.

mod address;
mod auto_number;
mod choice;
mod country;
mod currency;
mod date;
mod decimal;
mod duration;
mod email;
mod file;
mod iban;
mod instant;
mod integer;
mod language;
mod long_text;
mod many;
mod money;
mod numbers;
mod percent;
mod phone;
mod rating;
mod reading;
mod reference;
mod rich_text;
mod tags;
mod tax_id;
mod text;
mod texts;
mod url;
mod yes_no;

#[cfg(test)]
mod tests;

pub use auto_number::Numbering;
pub use file::{schema as file_schema, shown as file_shown};
pub use many::MOST as MOST_VALUES;
pub use reading::{Objects, Patterns, Reading, check_pattern};
pub use rich_text::plain;
pub use tax_id::Scheme;

use crate::{
    field::{Choice, Field, Kind, Refused},
    value::Value,
};
use base::{fold, message};
use serde_json::{Value as Json, json};

/// The abilities of one kind. All functions are pure and know single values only; [`from_json`] and its neighbours
/// below also know nothing, blanks, and fields that hold many.
#[expect(clippy::wrong_self_convention, reason = "a value is made from the text, by the kind")]
pub trait FieldKind: Sync {
    /// As written in the API: `long_text`.
    fn name(&self) -> &'static str;

    /// Reads a value from a cell of a file or a text in a filter, normalises and checks it against the field's bounds.
    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused>;

    /// Reads a value from JSON. Never called with null. A text is read as in a file, but always in the notation of
    /// the API: a point before the decimals, dates as `YYYY-MM-DD`.
    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        match json {
            Json::String(text) => self.from_text(field, text, reading),
            _ => Err(message!("field-needs-text")),
        }
    }

    /// As answered by the API. Never called with `Empty`.
    fn to_json(&self, field: &Field, value: &Value, objects: &Objects) -> Json {
        Json::String(self.to_text(field, value, objects))
    }

    /// As written into a CSV cell; reads back with [`FieldKind::from_text`]. Never called with `Empty`.
    fn to_text(&self, field: &Field, value: &Value, objects: &Objects) -> String;

    /// The JSON schema (2020-12) of a value, for OpenAPI.
    fn schema(&self, field: &Field) -> Json;

    /// What a caller sees of a masked value: enough to recognise, too little to use.
    fn masked(&self, field: &Field, value: &Value) -> String {
        let text = self.to_text(field, value, &Objects::default());
        let mut shown: String = text.chars().take(1).collect();
        shown.push_str("•••");
        shown
    }
}

/// The abilities of a kind.
pub fn kind(kind: Kind) -> &'static dyn FieldKind {
    match kind {
        Kind::Text => &text::Text,
        Kind::LongText => &long_text::LongText,
        Kind::RichText => &rich_text::RichText,
        Kind::Integer => &integer::Integer,
        Kind::Decimal => &decimal::Decimal,
        Kind::Money => &money::MoneyKind,
        Kind::Percent => &percent::Percent,
        Kind::Duration => &duration::Duration,
        Kind::Rating => &rating::Rating,
        Kind::YesNo => &yes_no::YesNo,
        Kind::Date => &date::Date,
        Kind::Instant => &instant::Instant,
        Kind::Choice => &choice::Choosing("choice"),
        Kind::Choices => &choice::Choosing("choices"),
        Kind::Tags => &tags::Tags,
        Kind::AutoNumber => &auto_number::AutoNumber,
        Kind::Email => &email::Email,
        Kind::Phone => &phone::Phone,
        Kind::Url => &url::Url,
        Kind::Iban => &iban::Iban,
        Kind::TaxId => &tax_id::TaxId,
        Kind::Address => &address::AddressKind,
        Kind::Country => &country::Country,
        Kind::Language => &language::LanguageKind,
        Kind::Currency => &currency::Currency,
        Kind::Relation => &reference::Reference("relation"),
        Kind::Relations => &reference::Reference("relations"),
        Kind::User => &reference::Reference("user"),
        Kind::Team => &reference::Reference("team"),
        Kind::File => &file::FileKind("file"),
        Kind::Picture => &file::FileKind("picture"),
    }
}

/// Reads all that a field holds from JSON. Null and blank texts are [`Value::Empty`]; a field that holds many takes
/// an array (an empty one is `Empty`), drops repetitions and keeps the order.
pub fn from_json(field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
    let single = |json: &Json| match json {
        Json::Null => Ok(Value::Empty),
        Json::String(text) if is_blank(text) => Ok(Value::Empty),
        json => kind(field.kind).from_json(field, json, reading),
    };
    match json {
        Json::Null => Ok(Value::Empty),
        Json::Array(items) if field.holds_many() => many::collect(field, items.iter().map(single)),
        _ if field.holds_many() => Err(message!("field-needs-list")),
        json => single(json),
    }
}

/// Reads all that a field holds from a cell of a file. Many values stand in one cell with semicolons between them;
/// one that has a semicolon inside is put in double quotes.
pub fn from_text(field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
    if is_blank(text) {
        return Ok(Value::Empty);
    }
    let kind = kind(field.kind);
    if !field.holds_many() {
        return kind.from_text(field, text, reading);
    }
    many::collect(
        field,
        many::split(text)?
            .iter()
            .map(|part| if is_blank(part) { Ok(Value::Empty) } else { kind.from_text(field, part, reading) }),
    )
}

/// The values that stand in one cell of a field that holds many.
pub fn parts(text: &str) -> Result<Vec<String>, Refused> {
    many::split(text)
}

/// Whether two single values of a field are the same one: links whatever their role, tags whatever their case and accents.
pub fn same(field: &Field, one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Link(one), Value::Link(other)) => one.id == other.id,
        (Value::Text(one), Value::Text(other)) if field.kind == Kind::Tags => fold::key(one) == fold::key(other),
        _ => one == other,
    }
}

/// As answered by the API: null for nothing; an array, also an empty one, for a field that holds many.
pub fn to_json(field: &Field, value: &Value, objects: &Objects) -> Json {
    let kind = kind(field.kind);
    if field.holds_many() {
        return value.each().iter().map(|one| kind.to_json(field, one, objects)).collect();
    }
    if value.is_empty() { Json::Null } else { kind.to_json(field, value, objects) }
}

/// As written into a CSV cell: nothing for nothing; reads back with [`from_text`].
pub fn to_text(field: &Field, value: &Value, objects: &Objects) -> String {
    let kind = kind(field.kind);
    if field.holds_many() {
        return many::join(value.each().iter().map(|one| kind.to_text(field, one, objects)));
    }
    if value.is_empty() { String::new() } else { kind.to_text(field, value, objects) }
}

/// An amount without its currency: `1234.50`.
pub fn amount(money: &crate::value::Money) -> String {
    money::amount(money)
}

/// What a caller sees of a masked field: null for nothing; an array for a field that holds many.
pub fn masked(field: &Field, value: &Value) -> Json {
    let kind = kind(field.kind);
    if field.holds_many() {
        return value.each().iter().map(|one| Json::String(kind.masked(field, one))).collect();
    }
    if value.is_empty() { Json::Null } else { Json::String(kind.masked(field, value)) }
}

/// The JSON schema of all that a field holds. Every field that holds one may also be null.
pub fn schema(field: &Field) -> Json {
    let one = kind(field.kind).schema(field);
    if field.holds_many() {
        return json!({ "type": "array", "items": one, "maxItems": many::MOST, "uniqueItems": true });
    }
    if field.derived.is_some() {
        return json!({ "anyOf": [one, { "type": "null" }], "readOnly": true });
    }
    json!({ "anyOf": [one, { "type": "null" }] })
}

/// The choice of a code in any case, or of a label in any language.
pub fn choice_of<'c>(choices: &'c [Choice], text: &str) -> Option<&'c Choice> {
    choice::find(choices, texts::trim(text))
}

/// The ISO 3166 code of a country by its code or name.
pub fn country_code(text: &str) -> Result<String, Refused> {
    country::code(text).map(str::to_owned)
}

/// Nothing to see: white space, and marks of no width that come along when text is copied.
fn is_blank(text: &str) -> bool {
    texts::trim(text).is_empty()
}
