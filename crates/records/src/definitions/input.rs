//! Definitions as administrators write and read them, the same in the API and in storage.

use super::{
    labels::{ChoiceInput, LabelInput, RolesInput},
    rules::RuleInput,
};
use crate::{
    derived::{DERIVED, RollupInput, is_derived},
    duplicates,
    field::{Field, Kind, Target},
    fields::{self, Reading, Scheme},
    filter::Filter,
    object::Labels,
    rules::Rule,
    schema::Schema,
    value::Value,
};
use base::{FieldError, Message, message};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A custom object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ObjectInput {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<LabelInput>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub singular: Option<LabelInput>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldInput>,
    /// What no record may be; as it was where a change does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<RuleInput>>,
    /// When two records may be the same; as it was, or as usual, where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicates: Option<duplicates::Rules>,
}

/// A custom field. What is absent is as usual for its type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct FieldInput {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<LabelInput>,
    pub many: bool,
    pub required: bool,
    /// Filters on the record's own fields: when the field is required, and when screens show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_when: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_when: Option<String>,
    pub unique: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filterable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sortable: Option<bool>,
    pub searched: bool,
    /// `ordinary`, `opinion` or `special`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal: Option<String>,
    #[serde(skip_serializing_if = "Json::is_null")]
    pub default: Json,
    /// Smallest and largest, as the API shows values of this type; lengths for texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ChoiceInput>,
    /// Of tax numbers: who gives them, `eu_vat` where absent, and the country of those written without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The object that a relation leads to; absent for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What the relation is called from the other end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inverse: Option<String>,
    /// The same for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inverse_label: Option<LabelInput>,
    pub on_timeline: bool,
    /// The relation leads to one record of the same object, and no record stands above itself.
    pub hierarchy: bool,
    /// Whether links carry a role: any, or one of a list.
    pub roles: RolesInput,
    /// What a rolled-up field is made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollup: Option<RollupInput>,
    /// How a computed field's value is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
}

impl ObjectInput {
    pub fn plural_labels(&self, name: &str) -> Labels {
        self.label.as_ref().map_or_else(|| Labels::english(name), LabelInput::labels)
    }

    pub fn singular_labels(&self, name: &str) -> Labels {
        self.singular.as_ref().or(self.label.as_ref()).map_or_else(|| Labels::english(name), LabelInput::labels)
    }

    /// The rules, ready to be held against records.
    pub fn rules(&self) -> Vec<Rule> {
        self.rules.iter().flatten().filter_map(RuleInput::rule).collect()
    }

    pub fn problems(&self) -> Vec<FieldError> {
        let labels = [("label", &self.label), ("singular", &self.singular)];
        let mut errors: Vec<FieldError> = labels
            .into_iter()
            .filter_map(|(field, label)| Some((field, label.as_ref()?.problem()?)))
            .map(|(field, message)| FieldError { field: field.to_owned(), message })
            .collect();
        errors.extend(name_problem(&self.name));
        errors
    }
}

/// Names are words that need no quotes anywhere: `loyalty_cards`.
pub(super) fn name_problem(name: &str) -> Option<FieldError> {
    let fits = name.len() <= 40
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (!fits).then(|| FieldError { field: "name".to_owned(), message: message!("definition-name") })
}

impl FieldInput {
    /// Everything wrong with the definition, the names of other fields aside.
    pub fn problems(&self, schema: &Schema) -> Vec<FieldError> {
        let mut errors: Vec<FieldError> = name_problem(&self.name).into_iter().collect();
        errors.extend(self.derivation_problems());
        let mut wrong = |field: &str, message| errors.push(FieldError { field: field.to_owned(), message });
        for (name, message) in self.label_problems() {
            wrong(name, message);
        }
        let Some(kind) = Kind::parse(&self.kind) else {
            if is_derived(&self.kind) {
                return errors;
            }
            let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).chain(DERIVED).collect();
            wrong("type", message!("definition-type", known = known.join(", ")));
            return errors;
        };
        if matches!(kind, Kind::Choice | Kind::Choices) == self.options.is_empty() {
            wrong("options", message!("definition-options"));
        }
        let target_known = self.target.as_ref().is_none_or(|name| schema.object(name).is_some_and(|o| !o.internal));
        let wants_target = matches!(kind, Kind::Relation | Kind::Relations);
        if !target_known || kind == Kind::Relations && self.target.is_none() || !wants_target && self.target.is_some() {
            wrong("target", message!("definition-target"));
        }
        if let Some(problem) = self.inverse.as_deref().and_then(name_problem) {
            wrong("inverse", problem.message);
        }
        if self.scale.is_some_and(|scale| scale > 9) {
            wrong("scale", message!("definition-scale"));
        }
        if !matches!(self.personal.as_deref(), None | Some("ordinary" | "opinion" | "special")) {
            wrong("personal", message!("definition-personal"));
        }
        let of_many = self.many || matches!(kind, Kind::Choices | Kind::Tags | Kind::Relations);
        if self.unique && (kind.is_long() || kind.is_file() || of_many) {
            wrong("unique", message!("definition-unique"));
        }
        if let Some(message) = self.roles.problem(kind) {
            wrong("roles", message);
        }
        errors.extend(super::choices::problems(&self.options));
        errors.extend(self.pattern_problems(kind));
        errors.extend(self.scheme_problems(kind, schema));
        errors.extend(self.value_problems(kind, &schema.reading()));
        errors
    }

    fn label_problems(&self) -> Vec<(&'static str, Message)> {
        let labels = [("label", &self.label), ("inverse_label", &self.inverse_label)];
        let problem = |(name, label): (&'static str, &Option<LabelInput>)| Some((name, label.as_ref()?.problem()?));
        let mut problems: Vec<_> = labels.into_iter().filter_map(problem).collect();
        if self.inverse_label.is_some() && self.inverse.is_none() {
            problems.push(("inverse_label", message!("definition-inverse-label")));
        }
        problems
    }

    /// Bounds and default must be values of the type.
    fn value_problems(&self, kind: Kind, reading: &Reading) -> Vec<FieldError> {
        let mut field = Field::new("", kind);
        self.describe(&mut field);
        let bounds = [("min", &self.min), ("max", &self.max)];
        let mut errors: Vec<FieldError> = bounds
            .into_iter()
            .filter(|(_, bound)| bound.as_ref().is_some_and(|bound| self.bound(&field, bound).is_none()))
            .map(|(name, _)| FieldError { field: name.to_owned(), message: message!("definition-bound") })
            .collect();
        if kind.is_file() && !self.default.is_null() {
            errors.push(FieldError { field: "default".to_owned(), message: message!("definition-bound") });
        } else if !self.default.is_null()
            && let Err(message) = fields::from_json(&field, &self.default, reading)
        {
            errors.push(FieldError { field: "default".to_owned(), message });
        }
        let default = field.default.iter().flat_map(Value::each).filter_map(Value::text);
        let retired = super::choices::first_retired(&field.choices, default);
        errors.extend(retired.map(|code| FieldError {
            field: "default".to_owned(),
            message: message!("definition-default-retired", code = code),
        }));
        errors
    }

    fn bound(&self, field: &Field, bound: &Json) -> Option<i64> {
        match field.kind {
            Kind::Decimal | Kind::Percent | Kind::Integer => {
                let text = bound.as_str().map_or_else(|| bound.to_string(), str::to_owned);
                base::decimal::parse(&text, field.scale).ok()
            }
            Kind::Rating => bound.as_i64().filter(|number| (0..=100).contains(number)),
            Kind::Duration => {
                let plain = Schema::new(Vec::new(), crate::settings::defaults()).reading();
                let open = Field { min: None, max: None, ..field.clone() };
                fields::from_json(&open, bound, &plain).ok()?.int()
            }
            Kind::Text | Kind::LongText | Kind::RichText => {
                bound.as_i64().filter(|length| (0..=100_000).contains(length))
            }
            _ => None,
        }
    }

    /// Writes the definition into a field.
    pub fn describe(&self, field: &mut Field) {
        field.labels = self.label.as_ref().map_or_else(|| Labels::english(&self.name), LabelInput::labels);
        field.many = field.kind == Kind::Tags || self.many && !matches!(field.kind, Kind::Choices | Kind::Relations);
        field.required = self.required;
        field.required_when = self.required_when.as_deref().and_then(|text| Filter::parse(text).ok());
        field.visible_when = self.visible_when.as_deref().and_then(|text| Filter::parse(text).ok());
        field.read_only = field.kind == Kind::AutoNumber;
        field.unique = self.unique;
        field.filterable = self.filterable.unwrap_or(true);
        field.sortable = field.filterable && !field.holds_many() && self.sortable.unwrap_or(field.kind.sorts());
        field.searched = self.searched;
        field.personal = match self.personal.as_deref() {
            Some("ordinary") => Some(crate::field::Personal::Ordinary),
            Some("opinion") => Some(crate::field::Personal::Opinion),
            Some("special") => Some(crate::field::Personal::Special),
            _ => None,
        };
        if field.kind == Kind::TaxId {
            field.scheme = self.scheme();
            field.country = self.country.as_deref().and_then(|country| fields::country_code(country).ok());
            if field.scheme.is_some_and(Scheme::is_of_people) {
                field.personal = Some(crate::field::Personal::Special);
            }
        }
        if let (Some(scale), Kind::Decimal | Kind::Percent) = (self.scale, field.kind) {
            field.scale = scale;
        }
        field.min = self.min.as_ref().and_then(|bound| self.bound(field, bound));
        field.max = self.max.as_ref().and_then(|bound| self.bound(field, bound));
        field.pattern = self.pattern.clone();
        field.choices = self.options.iter().map(ChoiceInput::choice).collect();
        if matches!(field.kind, Kind::Relation | Kind::Relations) {
            field.target = Some(Target {
                object: self.target.clone(),
                inverse: self.inverse.clone(),
                inverse_labels: self.inverse_label.as_ref().map(LabelInput::labels),
                on_timeline: self.on_timeline,
                hierarchy: self.hierarchy,
                roles: self.roles.roles().filter(|_| field.kind == Kind::Relations),
            });
        }
        field.default = self.default_value(field);
    }

    fn default_value(&self, field: &Field) -> Option<Value> {
        // Only checked definitions are stored, and defaults are checked with the company's own settings.
        let plain = Schema::new(Vec::new(), crate::settings::defaults()).reading();
        fields::from_json(field, &self.default, &plain).ok().filter(|value| !value.is_empty())
    }
}
