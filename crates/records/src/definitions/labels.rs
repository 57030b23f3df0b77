//! What people read, as administrators write it: labels and the choices of a field.

use super::choices;
use crate::{
    field::{Choice, Kind, Roles, colour},
    object::Labels,
};
use base::{Language, message};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text for people: one for all languages, or one each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LabelInput {
    One(String),
    Each(BTreeMap<String, String>),
}

/// An option: its code alone, or with more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ChoiceInput {
    Code(String),
    Whole(OptionInput),
}

/// An option with what people see of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionInput {
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<LabelInput>,
    /// A name of the palette or `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// It is not chosen any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// What a relation says of roles: whether it has any, or which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RolesInput {
    Any(bool),
    Of(Vec<ChoiceInput>),
}

impl Default for RolesInput {
    fn default() -> RolesInput {
        RolesInput::Any(false)
    }
}

impl RolesInput {
    pub(crate) fn roles(&self) -> Option<Roles> {
        match self {
            RolesInput::Any(any) => any.then(Roles::free),
            RolesInput::Of(list) => {
                Some(Roles { choices: list.iter().map(ChoiceInput::choice).collect(), open: false })
            }
        }
    }

    pub(super) fn problem(&self, kind: Kind) -> Option<base::Message> {
        let RolesInput::Of(list) = self else { return None };
        let retired = list.iter().cloned().map(ChoiceInput::whole).any(|role| role.retired);
        let wrong = kind != Kind::Relations || list.is_empty() || retired || !choices::problems(list).is_empty();
        wrong.then(|| message!("definition-roles"))
    }
}

impl LabelInput {
    /// One text for each language.
    pub(crate) fn of(labels: &Labels) -> LabelInput {
        let text = |language: Language| (language.code().to_owned(), labels.in_language(language).to_owned());
        LabelInput::Each(Language::ALL.into_iter().map(text).collect())
    }

    pub(crate) fn labels(&self) -> Labels {
        match self {
            LabelInput::One(text) => Labels::english(text),
            LabelInput::Each(texts) => {
                let in_language = |code: &str| texts.get(code).cloned();
                let first = || texts.values().next().cloned().unwrap_or_default();
                Labels {
                    en: in_language("en").unwrap_or_else(first),
                    pl: in_language("pl"),
                    fr: in_language("fr"),
                    ro: in_language("ro"),
                }
            }
        }
    }

    /// Why it cannot be shown, if so.
    pub(crate) fn problem(&self) -> Option<base::Message> {
        let bad = |text: &String| text.trim().is_empty() || text.chars().count() > 200;
        match self {
            LabelInput::One(text) if bad(text) => Some(message!("label-length")),
            LabelInput::Each(texts) if texts.is_empty() || texts.values().any(bad) => Some(message!("label-length")),
            LabelInput::Each(texts) if texts.keys().any(|code| Language::parse(code).is_none()) => {
                Some(message!("label-language"))
            }
            _ => None,
        }
    }
}

impl ChoiceInput {
    pub(crate) fn code(&self) -> &str {
        match self {
            ChoiceInput::Code(code) => code,
            ChoiceInput::Whole(option) => &option.code,
        }
    }

    pub(crate) fn choice(&self) -> Choice {
        let option = self.clone().whole();
        let labels = option.label.as_ref().map_or_else(|| Labels::english(&option.code), LabelInput::labels);
        let colour = option.colour.as_deref().and_then(colour);
        Choice { colour, retired: option.retired, ..Choice::new(&option.code, labels) }
    }

    /// The same said in full.
    pub(crate) fn whole(self) -> OptionInput {
        match self {
            ChoiceInput::Code(code) => OptionInput { code, ..OptionInput::default() },
            ChoiceInput::Whole(option) => option,
        }
    }

    /// What an administrator would write for an option.
    pub(crate) fn of(choice: &Choice) -> ChoiceInput {
        ChoiceInput::Whole(OptionInput {
            code: choice.code.clone(),
            label: Some(LabelInput::of(&choice.labels)),
            colour: choice.colour.clone(),
            retired: choice.retired,
        })
    }
}
