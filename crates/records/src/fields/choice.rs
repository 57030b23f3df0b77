//! Choices, one or several of those that the field offers, stored by code.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Choice, Field, Refused},
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
        match find(&field.choices, text) {
            Some(choice) => Ok(Value::Text(choice.code.clone())),
            None => Err(message!("field-unknown-choice", found = texts::quote(text), choices = codes(&field.choices))),
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, field: &Field) -> Json {
        let codes: Vec<&str> = field.choices.iter().map(|choice| choice.code.as_str()).collect();
        let retired: Vec<&str> = field.choices.iter().filter(|c| c.retired).map(|c| c.code.as_str()).collect();
        let mut schema = json!({ "type": "string", "enum": codes });
        if !retired.is_empty() {
            schema["x-retired"] = json!(retired);
        }
        schema
    }
}

/// The choice of a code in any case, or of a label in any language.
pub(super) fn find<'c>(choices: &'c [Choice], text: &str) -> Option<&'c Choice> {
    // What can be chosen goes before what is retired and called the same.
    let find = |is_meant: &dyn Fn(&Choice) -> bool| {
        let mut found = choices.iter().filter(|choice| is_meant(choice));
        let first = found.next();
        first.filter(|choice| !choice.retired).or_else(|| found.find(|choice| !choice.retired)).or(first)
    };
    let by_code = || find(&|choice| choice.code.eq_ignore_ascii_case(text));
    let by_label = || find(&|choice| labels(&choice.labels).any(|label| label == text));
    let by_likeness = || {
        let key = fold::key(text);
        let alike = |label: &str| fold::key(label) == key;
        find(&|choice| alike(&choice.code) || labels(&choice.labels).any(alike))
    };
    by_code().or_else(by_label).or_else(by_likeness)
}

fn labels(labels: &Labels) -> impl Iterator<Item = &str> {
    let others = [&labels.pl, &labels.fr, &labels.ro].into_iter().filter_map(|label| label.as_deref());
    std::iter::once(labels.en.as_str()).chain(others)
}

/// The first codes that can be chosen, as a hint.
pub(super) fn codes(choices: &[Choice]) -> String {
    const SHOWN: usize = 20;
    let living = || choices.iter().filter(|choice| !choice.retired);
    let mut shown: Vec<&str> = living().take(SHOWN).map(|choice| choice.code.as_str()).collect();
    if living().count() > SHOWN {
        shown.push("…");
    }
    shown.join(", ")
}
