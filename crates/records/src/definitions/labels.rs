//! What people read, as administrators write it: labels and the choices of a field.

use crate::{field::Choice, object::Labels};
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

/// A choice: its code alone, or with what people read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ChoiceInput {
    Code(String),
    Labelled { code: String, label: LabelInput },
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
    pub(super) fn choice(&self) -> Choice {
        match self {
            ChoiceInput::Code(code) => Choice { code: code.clone(), labels: Labels::english(code) },
            ChoiceInput::Labelled { code, label } => Choice { code: code.clone(), labels: label.labels() },
        }
    }
}
