//! Rules and conditions as administrators write them, and what stands in their way.

use super::{FieldInput, labels::LabelInput};
use crate::{
    filter::Filter,
    object::Object,
    rules::{self, Rule},
    schema::Schema,
};
use base::{FieldError, Message, TenantId, Timestamp, message};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Most rules of an object: each is held against every record that is written.
const MOST_RULES: usize = 50;

/// What no record may be: one that matches `when` is refused with the message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleInput {
    pub name: String,
    pub when: String,
    pub message: LabelInput,
}

impl RuleInput {
    /// The rule; `None` for one whose filter cannot be read, which is not kept.
    pub fn rule(&self) -> Option<Rule> {
        let when = Filter::parse(&self.when).ok()?;
        Some(Rule { name: self.name.clone(), when, message: self.message.labels() })
    }
}

/// Where and when filters of definitions are checked.
pub struct Place<'a> {
    pub schema: &'a Schema,
    pub object: &'a Object,
    pub tenant: TenantId,
    pub now: Timestamp,
}

impl Place<'_> {
    /// Everything wrong with the rules of the object.
    pub fn rule_problems(&self, rules: &[RuleInput]) -> Vec<FieldError> {
        let (mut errors, mut names) = (Vec::new(), HashSet::new());
        if rules.len() > MOST_RULES {
            errors.push(wrong("rules".to_owned(), message!("definition-too-many", most = MOST_RULES)));
        }
        for (at, rule) in rules.iter().enumerate() {
            let place = |part: &str| format!("rules[{at}].{part}");
            if let Some(problem) = super::input::name_problem(&rule.name) {
                errors.push(wrong(place("name"), problem.message));
            } else if !names.insert(&rule.name) {
                errors.push(wrong(place("name"), message!("definition-taken")));
            }
            errors.extend(self.problem(&rule.when).map(|message| wrong(place("when"), message)));
            errors.extend(rule.message.problem().map(|message| wrong(place("message"), message)));
        }
        errors
    }

    /// Everything wrong with the conditions of a field.
    pub fn condition_problems(&self, input: &FieldInput) -> Vec<FieldError> {
        let conditions = [("required_when", &input.required_when), ("visible_when", &input.visible_when)];
        let problems = conditions.into_iter().filter_map(|(name, text)| Some((name, self.problem(text.as_ref()?)?)));
        problems.map(|(name, message)| wrong(name.to_owned(), message)).collect()
    }

    fn problem(&self, text: &str) -> Option<Message> {
        rules::problem(self.schema, self.object, text, self.tenant, self.now)
    }
}

fn wrong(field: String, message: Message) -> FieldError {
    FieldError { field, message }
}
