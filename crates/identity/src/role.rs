//! A role as data: what it lets its users do, written as the JSON that administrators read and send.

use base::{FieldRule, ObjectRights, Scope};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rights on objects and fields. What is not named is not allowed; several roles unite.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub name: String,
    /// Every object, present and future, and the settings: for administrators.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everything: bool,
    #[serde(default)]
    pub objects: BTreeMap<String, Grant>,
    /// Field rules by object; a field that is not named follows the object's rights.
    #[serde(default)]
    pub fields: BTreeMap<String, BTreeMap<String, Rule>>,
}

/// How far each action reaches on one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grant {
    pub create: bool,
    pub read: Reach,
    pub update: Reach,
    pub delete: Reach,
    pub export: Reach,
    /// May create what seems to be there already, where that is refused.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub duplicates: bool,
}

/// [`Scope`] in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    #[default]
    None,
    Own,
    Team,
    TeamTree,
    All,
}

/// [`FieldRule`] in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    Hidden,
    Masked,
    Read,
    Write,
}

impl From<Reach> for Scope {
    fn from(reach: Reach) -> Scope {
        match reach {
            Reach::None => Scope::None,
            Reach::Own => Scope::Own,
            Reach::Team => Scope::Team,
            Reach::TeamTree => Scope::TeamTree,
            Reach::All => Scope::All,
        }
    }
}

impl From<Scope> for Reach {
    fn from(scope: Scope) -> Reach {
        match scope {
            Scope::None => Reach::None,
            Scope::Own => Reach::Own,
            Scope::Team => Reach::Team,
            Scope::TeamTree => Reach::TeamTree,
            Scope::All => Reach::All,
        }
    }
}

impl From<Rule> for FieldRule {
    fn from(rule: Rule) -> FieldRule {
        match rule {
            Rule::Hidden => FieldRule::Hidden,
            Rule::Masked => FieldRule::Masked,
            Rule::Read => FieldRule::Read,
            Rule::Write => FieldRule::Write,
        }
    }
}

impl From<FieldRule> for Rule {
    fn from(rule: FieldRule) -> Rule {
        match rule {
            FieldRule::Hidden => Rule::Hidden,
            FieldRule::Masked => Rule::Masked,
            FieldRule::Read => Rule::Read,
            FieldRule::Write => Rule::Write,
        }
    }
}

impl Grant {
    /// The object's rights as far as actions go.
    pub fn of(rights: &ObjectRights) -> Grant {
        Grant {
            create: rights.create,
            read: rights.read.into(),
            update: rights.update.into(),
            delete: rights.delete.into(),
            export: rights.export.into(),
            duplicates: rights.duplicates,
        }
    }
}

/// A role that every installation starts with.
pub const ADMINISTRATOR: &str = "administrator";

/// The roles of a new installation; administrators change all but the first as they like.
pub fn presets() -> serde_json::Result<Vec<Role>> {
    serde_json::from_str(include_str!("presets.json"))
}
