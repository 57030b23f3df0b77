//! Choices, one or several of those that the field offers, stored by code.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    object::Labels,
    value::Value,
};
use base::{fold, message};
use serde_json::{Value as Json, json};

/// A kind that chooses, by its name: one or many.
pub(super) struct Choosing(pub(super) &'static str);

impl FieldKind for Choosing {
    fn name(&self) -> &'static str {
        self.0
    }

    /// Its code in any case, or its label in any language.
    fn from_text(&self, field: &Field, text: &str, _reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        let by_code = || field.choices.iter().find(|choice| choice.code.eq_ignore_ascii_case(text));
        let by_label = || field.choices.iter().find(|choice| labels(&choice.labels).any(|label| label == text));
        let by_likeness = || {
            let key = fold::key(text);
            let alike = |label: &str| fold::key(label) == key;
            field.choices.iter().find(|choice| alike(&choice.code) || labels(&choice.labels).any(alike))
        };
        match by_code().or_else(by_label).or_else(by_likeness) {
            Some(choice) => Ok(Value::Text(choice.code.clone())),
            None => Err(message!("field-unknown-choice", found = texts::quote(text), choices = codes(field))),
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, field: &Field) -> Json {
        let codes: Vec<&str> = field.choices.iter().map(|choice| choice.code.as_str()).collect();
        json!({ "type": "string", "enum": codes })
    }
}

fn labels(labels: &Labels) -> impl Iterator<Item = &str> {
    let others = [&labels.pl, &labels.fr, &labels.ro].into_iter().filter_map(|label| label.as_deref());
    std::iter::once(labels.en.as_str()).chain(others)
}

/// The first codes, as a hint.
fn codes(field: &Field) -> String {
    const SHOWN: usize = 20;
    let mut shown: Vec<&str> = field.choices.iter().take(SHOWN).map(|choice| choice.code.as_str()).collect();
    if field.choices.len() > SHOWN {
        shown.push("…");
    }
    shown.join(", ")
}
