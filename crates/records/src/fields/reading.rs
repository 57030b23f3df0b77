//! What reading and writing a value may depend on, besides the field itself.

use crate::field::Refused;
use base::message;
use jiff::tz::TimeZone;
use regex::{Regex, RegexBuilder};
use std::{borrow::Cow, collections::HashMap, sync::Arc};

/// How values are read: the company's choices, and those of the file at hand.
#[derive(Debug, Clone)]
pub struct Reading {
    /// ISO 3166 alpha-2: how a phone number without a country code is read.
    pub country: String,
    /// The country of the record at hand, where it says one: what a tax number without a country is one of.
    pub record_country: Option<String>,
    /// The company keeps the numbers that states give to people.
    pub national_ids: bool,
    /// ISO 4217: the currency of an amount given without one.
    pub currency: String,
    /// How an instant without an offset is read.
    pub zone: TimeZone,
    /// strftime pattern of dates in a file; ISO when absent.
    pub dates: Option<String>,
    /// Numbers in a file have a comma before the decimals: `1 234,50`.
    pub decimal_comma: bool,
    /// Numbers that are too fine are rounded half to even instead of refused.
    pub round: bool,
    /// What references are read with.
    pub objects: Arc<Objects>,
    /// What texts are held against.
    pub patterns: Arc<Patterns>,
}

/// The objects of a schema by name and by number: what a reference to any object is written with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objects {
    ids: HashMap<String, i64>,
    names: HashMap<i64, String>,
}

impl Objects {
    pub fn new<'a>(objects: impl Iterator<Item = (i64, &'a str)> + Clone) -> Objects {
        Objects {
            ids: objects.clone().map(|(id, name)| (name.to_owned(), id)).collect(),
            names: objects.map(|(id, name)| (id, name.to_owned())).collect(),
        }
    }

    pub fn id(&self, name: &str) -> Option<i64> {
        self.ids.get(name).copied()
    }

    pub fn name(&self, id: i64) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }
}

/// The patterns of a schema's fields, each compiled once.
#[derive(Debug, Clone, Default)]
pub struct Patterns(HashMap<String, Regex>);

impl Patterns {
    /// Patterns that do not compile are left out, and refused where a text is held against them.
    pub fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Patterns {
        Patterns(patterns.filter_map(|pattern| Some((pattern.to_owned(), compile(pattern).ok()?))).collect())
    }

    /// Whether the whole text matches.
    pub(super) fn matches(&self, pattern: &str, text: &str) -> Result<bool, Refused> {
        let compiled = match self.0.get(pattern) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(compile(pattern)?),
        };
        Ok(compiled.is_match(text))
    }
}

/// Whether a pattern may stand in a field's definition.
pub fn check_pattern(pattern: &str) -> Result<(), Refused> {
    compile(pattern).map(|_| ())
}

/// The most memory that one compiled pattern may take.
const PATTERN_BYTES: usize = 1 << 20;

fn compile(pattern: &str) -> Result<Regex, Refused> {
    let build = |text: &str| {
        let built = RegexBuilder::new(text).size_limit(PATTERN_BYTES).dfa_size_limit(PATTERN_BYTES).build();
        built.map_err(|_| message!("field-pattern-unreadable", pattern = pattern))
    };
    // Alone first: `a)|(b` must not become lawful by what is put around it.
    build(pattern)?;
    build(&format!(r"\A(?:{pattern})\z"))
}
