//! Derived fields as administrators write them, and what stands in their way.

use super::{Function, Rollup};
use crate::{definitions::FieldInput, filter::Filter};
use base::{FieldError, Message, message};
use serde::{Deserialize, Serialize};

/// What a rolled-up field is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RollupInput {
    pub relation: String,
    /// `count`, `sum`, `avg`, `min`, `max`, `first` or `last`.
    pub function: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "where")]
    pub condition: Option<String>,
}

/// The names of the types whose values are made from others.
pub const DERIVED: [&str; 2] = [ROLLUP, COMPUTED];
pub(super) const ROLLUP: &str = "rollup";
pub(super) const COMPUTED: &str = "computed";

/// Whether a type's name stands for values that are made from others.
pub fn is_derived(kind: &str) -> bool {
    DERIVED.contains(&kind)
}

impl RollupInput {
    /// As the API shows it.
    pub fn of(rollup: &Rollup) -> RollupInput {
        RollupInput {
            relation: rollup.relation.clone(),
            function: rollup.function.name().to_owned(),
            field: rollup.field.clone(),
            by: rollup.by.clone(),
            condition: rollup.condition.as_ref().map(Filter::to_string),
        }
    }

    /// The figure, once the definition has been checked.
    pub(super) fn rollup(&self, function: Function) -> Rollup {
        Rollup {
            relation: self.relation.clone(),
            function,
            field: self.field.clone(),
            by: self.by.clone(),
            condition: self.condition.as_deref().and_then(|text| Filter::parse(text).ok()),
        }
    }
}

impl FieldInput {
    /// What is asked of a derived field that only written ones can have, and of a written one that only derived ones
    /// can have.
    pub(crate) fn derivation_problems(&self) -> Vec<FieldError> {
        let wrong = |field: &str, message: Message| FieldError { field: field.to_owned(), message };
        let not_of_type = |(field, _)| wrong(field, message!("definition-not-of-type"));
        if !is_derived(&self.kind) {
            return [("rollup", self.rollup.is_some()), ("expression", self.expression.is_some())]
                .into_iter()
                .filter(|(_, asked)| *asked)
                .map(not_of_type)
                .collect();
        }
        let asked = [
            ("required", self.required),
            ("required_when", self.required_when.is_some()),
            ("unique", self.unique),
            ("many", self.many),
            ("searched", self.searched),
            ("default", !self.default.is_null()),
            ("min", self.min.is_some()),
            ("max", self.max.is_some()),
            ("pattern", self.pattern.is_some()),
            ("scale", self.scale.is_some() && self.kind != COMPUTED),
            ("rollup", self.rollup.is_some() && self.kind != ROLLUP),
            ("expression", self.expression.is_some() && self.kind != COMPUTED),
            ("options", !self.options.is_empty()),
            ("scheme", self.scheme.is_some()),
            ("country", self.country.is_some()),
            ("target", self.target.is_some()),
            ("inverse", self.inverse.is_some()),
            ("inverse_label", self.inverse_label.is_some()),
            ("on_timeline", self.on_timeline),
            ("hierarchy", self.hierarchy),
            ("roles", self.roles.roles().is_some()),
        ];
        let mut errors: Vec<FieldError> = asked.into_iter().filter(|(_, asked)| *asked).map(not_of_type).collect();
        if self.scale.is_some_and(|scale| scale > 9) {
            errors.push(wrong("scale", message!("definition-scale")));
        }
        if !matches!(self.personal.as_deref(), None | Some("ordinary" | "opinion" | "special")) {
            errors.push(wrong("personal", message!("definition-personal")));
        }
        errors
    }
}
