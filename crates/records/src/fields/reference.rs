//! References to records: relations to one or many, users, teams. A reference is an id; where the field leads to any object it is
//! `{"object", "id"}`, in texts `object:id`; where the field keeps roles, `{"id", "role", "from", "until"}`, in texts `id role [from..until]`.

use super::{FieldKind, Objects, Reading, choice, texts};
use crate::{
    field::{Field, Kind, Refused, Roles},
    value::{Link, Value},
};
use base::{Id, message};
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

/// Characters of a role.
const LONGEST_ROLE: usize = 100;

/// What a reference may say.
const PARTS: [&str; 5] = ["object", "id", "role", "from", "until"];

/// A kind that refers to records, by its name: they differ in where they lead, which the field says.
pub(super) struct Reference(pub(super) &'static str);

impl FieldKind for Reference {
    fn name(&self) -> &'static str {
        self.0
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        let (text, days) = split_days(text);
        let (place, role) = match text.split_once(char::is_whitespace) {
            Some((place, role)) => (place, Some(role)),
            None => (text, None),
        };
        let (object, id) = match place.split_once(':') {
            Some((object, id)) => (Some(object), id),
            None => (None, place),
        };
        link(field, object, id, (role, days), reading)
    }

    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        let parts = match json {
            Json::String(text) => return self.from_text(field, text, reading),
            Json::Object(parts) => parts,
            _ => return Err(message!("field-not-an-id", found = texts::quote(&json.to_string()))),
        };
        let part = |name: &str| match parts.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.as_str())),
            Some(other) => Err(message!("field-not-an-id", found = texts::quote(&other.to_string()))),
        };
        if let Some(other) = parts.keys().find(|key| !PARTS.contains(&key.as_str())) {
            return Err(message!("field-unknown-part", part = texts::quote(other)));
        }
        let id = part("id")?.ok_or_else(|| message!("field-link-without-id"))?;
        let blank = |text: &&str| texts::trim(text).is_empty();
        let days = [part("from")?, part("until")?].map(|day| day.filter(|day| !blank(day)));
        link(field, part("object")?, id, (part("role")?, days), reading)
    }

    fn to_json(&self, field: &Field, value: &Value, objects: &Objects) -> Json {
        let Some(link) = value.link() else { return Json::Null };
        if target(field).is_some() && !keeps_roles(field) {
            return json!(link.id);
        }
        let mut parts = Map::new();
        if target(field).is_none() {
            parts.insert("object".to_owned(), json!(objects.name(link.object)));
        }
        parts.insert("id".to_owned(), json!(link.id));
        if keeps_roles(field) {
            parts.insert("role".to_owned(), json!(link.role));
        }
        if link.from.is_some() || link.until.is_some() {
            let day = |day: Option<Date>| json!(day.map(|day| day.to_string()));
            parts.insert("from".to_owned(), day(link.from));
            parts.insert("until".to_owned(), day(link.until));
        }
        Json::Object(parts)
    }

    fn to_text(&self, field: &Field, value: &Value, objects: &Objects) -> String {
        let Some(link) = value.link() else { return String::new() };
        let mut text = String::new();
        if target(field).is_none() {
            text.push_str(objects.name(link.object).unwrap_or(""));
            text.push(':');
        }
        text.push_str(&link.id.to_string());
        if let Some(role) = &link.role {
            text.push(' ');
            text.push_str(role);
        }
        // A role that ends like days is followed by none.
        if link.from.is_some() || link.until.is_some() || link.role.as_ref().is_some_and(|role| role.ends_with(']')) {
            let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            text.push_str(&format!(" [{}..{}]", day(link.from), day(link.until)));
        }
        text
    }

    fn schema(&self, field: &Field) -> Json {
        let id = json!({ "type": "string", "minLength": 13, "maxLength": 13, "description": "id of a record" });
        if target(field).is_some() && !keeps_roles(field) {
            return id;
        }
        let mut parts = Map::new();
        let mut required = vec!["id"];
        if target(field).is_none() {
            parts.insert("object".to_owned(), json!({ "type": "string", "examples": ["contacts"] }));
            required.push("object");
        }
        parts.insert("id".to_owned(), id);
        if keeps_roles(field) {
            parts.insert("role".to_owned(), role_schema(field));
            let day = |text: &str| json!({ "type": ["string", "null"], "format": "date", "description": text });
            parts.insert("from".to_owned(), day("the first day of that"));
            parts.insert("until".to_owned(), day("the last day of that"));
        }
        json!({ "type": "object", "properties": parts, "required": required, "additionalProperties": false })
    }

    /// Of a reference a masked reader learns only that there is one.
    fn masked(&self, _field: &Field, _value: &Value) -> String {
        "•••".to_owned()
    }
}

/// The name of the object that a field leads to; `None` where it may be any.
fn target(field: &Field) -> Option<&str> {
    match field.kind {
        Kind::User => Some("users"),
        Kind::Team => Some("teams"),
        _ => field.target.as_ref()?.object.as_deref(),
    }
}

fn roles(field: &Field) -> Option<&Roles> {
    field.target.as_ref()?.roles.as_ref()
}

fn keeps_roles(field: &Field) -> bool {
    roles(field).is_some()
}

fn role_schema(field: &Field) -> Json {
    let codes = || roles(field).into_iter().flat_map(|roles| &roles.choices).map(|choice| json!(choice.code));
    match roles(field) {
        Some(roles) if !roles.open => json!({ "enum": codes().chain([Json::Null]).collect::<Vec<_>>() }),
        _ => {
            let mut schema = json!({ "type": ["string", "null"], "maxLength": LONGEST_ROLE });
            if codes().next().is_some() {
                schema["examples"] = codes().collect();
            }
            schema
        }
    }
}

/// What stands before ` [from..until]` at the end of a text, and the days in it.
fn split_days(text: &str) -> (&str, [Option<&str>; 2]) {
    let inside = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    let Some((before, (from, until))) = inside.and_then(|(before, days)| Some((before, days.split_once("..")?))) else {
        return (text, [None, None]);
    };
    (before.trim_end(), [from, until].map(|day| Some(texts::trim(day)).filter(|day| !day.is_empty())))
}

fn link(
    field: &Field,
    object: Option<&str>,
    id: &str,
    (role, [from, until]): (Option<&str>, [Option<&str>; 2]),
    reading: &Reading,
) -> Result<Value, Refused> {
    let name = match (target(field), object) {
        (Some(target), Some(given)) if target != given => {
            return Err(message!("field-wrong-object", found = texts::quote(given), object = target));
        }
        (Some(name), _) | (None, Some(name)) => name,
        (None, None) => return Err(message!("field-link-without-object")),
    };
    let unknown = || message!("field-unknown-object", found = texts::quote(name));
    let object = reading.objects.id(name).ok_or_else(unknown)?;
    let id: Id = texts::trim(id).parse().map_err(|_| message!("field-not-an-id", found = texts::quote(id)))?;
    let [from, until] = [checked_day(field, from)?, checked_day(field, until)?];
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(message!("field-role-ends-first"));
    }
    Ok(Value::Link(Link { role: checked_role(field, role)?, from, until, ..Link::to(object, id) }))
}

fn checked_day(field: &Field, day: Option<&str>) -> Result<Option<Date>, Refused> {
    let Some(day) = day else { return Ok(None) };
    if !keeps_roles(field) {
        return Err(message!("field-keeps-no-roles", found = texts::quote(day)));
    }
    let known = base::time::parse_date(texts::trim(day));
    known.map(Some).ok_or_else(|| message!("field-role-day", found = texts::quote(day)))
}

fn checked_role(field: &Field, role: Option<&str>) -> Result<Option<String>, Refused> {
    let Some(role) = role else { return Ok(None) };
    let role = texts::clean(role, texts::Lines::One)?;
    if role.is_empty() {
        return Ok(None);
    }
    let Some(known) = roles(field) else {
        return Err(message!("field-keeps-no-roles", found = texts::quote(&role)));
    };
    if !known.open {
        let found = choice::find(&known.choices, &role);
        let codes = || choice::codes(&known.choices);
        return match found {
            Some(choice) => Ok(Some(choice.code.clone())),
            None => Err(message!("field-unknown-choice", found = texts::quote(&role), choices = codes())),
        };
    }
    let length = role.chars().count();
    if length > LONGEST_ROLE {
        return Err(message!("field-text-too-long", length = length, max = LONGEST_ROLE));
    }
    Ok(Some(role.into_owned()))
}
