//! The rules of an object as administrators write, read and keep them: which fields count and how much, from how many
//! points two records are shown, and what becomes of one that seems to be there already.

use crate::{
    field::{Field, Kind},
    object::Object,
};
use base::{FieldError, message};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Most signals of an object, and fields of a signal.
pub const MOST_SIGNALS: usize = 12;
const MOST_FIELDS: usize = 8;

/// Pairs below are not shown when nobody says otherwise: chance explains them as well.
const USUAL_THRESHOLD: u8 = 60;

/// When two records of an object may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Points, 1 to 100, from which two records are told.
    #[serde(default = "usual_threshold")]
    pub threshold: u8,
    #[serde(default)]
    pub on_entry: OnEntry,
    /// Whether the look over everything goes through the object.
    #[serde(default = "yes")]
    pub background: bool,
    pub signals: Vec<Signal>,
}

/// One thing by which records are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// Names. What any of them holds in one record is held against what any holds in the other; those of a name or an
    /// address are its parts, of people's names the given one first.
    pub fields: Vec<String>,
    pub compare: Compare,
    /// How much of the doubt an agreement takes away, in percent.
    pub points: u8,
    /// The same for names with a slip or an initial; four fifths of the points where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similar: Option<u8>,
    /// How much of the certainty a contradiction takes away, in percent.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub against: u8,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// The same but for case and accents.
    Exact,
    /// The same words in any order.
    Text,
    /// The same number, however it is dialled.
    Phone,
    /// The same number without country, blanks and dashes.
    TaxId,
    /// The same letters and digits.
    Code,
    /// Of people: words in any order, short and long forms, initials, slips.
    Name,
    /// Of companies: words in any order without the legal form, slips.
    CompanyName,
    /// The same street and number, however they are written.
    Address,
    /// One leads to the other, or both lead to the same: evidence against.
    Group,
}

/// What happens to a record that seems to be there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnEntry {
    /// Who asks is told.
    #[default]
    Warn,
    /// It is not made.
    Refuse,
    /// Nothing is looked for.
    Off,
}

/// The points of records that agree in all of some signals, as scores are made of them.
pub(super) fn most(points: impl Iterator<Item = u32>) -> u32 {
    100 - points.fold(100, |doubt, points| doubt * 100_u32.saturating_sub(points) / 100)
}

fn usual_threshold() -> u8 {
    USUAL_THRESHOLD
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_nothing(points: &u8) -> bool {
    *points == 0
}

impl Compare {
    /// Names are compared letter by letter; everything else is the same or not.
    pub fn is_of_names(self) -> bool {
        matches!(self, Compare::Name | Compare::CompanyName)
    }

    fn fits(self, field: &Field) -> bool {
        let kind = field.kind;
        let is_text = matches!(kind, Kind::Text | Kind::LongText | Kind::AutoNumber);
        match self {
            Compare::Exact => !kind.is_file() && kind != Kind::RichText,
            Compare::Text | Compare::Name | Compare::CompanyName => is_text,
            Compare::Phone => is_text || kind == Kind::Phone,
            Compare::TaxId | Compare::Code => is_text || matches!(kind, Kind::TaxId | Kind::Iban),
            Compare::Address => is_text || kind == Kind::Address,
            Compare::Group => kind == Kind::Relation,
        }
    }
}

impl Rules {
    /// The usual ones around some signals.
    pub(super) fn usual(signals: Vec<Signal>) -> Rules {
        Rules { threshold: USUAL_THRESHOLD, on_entry: OnEntry::Warn, background: true, signals }
    }

    /// Everything wrong with them for the object.
    pub fn problems(&self, object: &Object) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong = |field: String, message| errors.push(FieldError { field, message });
        if !(1..=100).contains(&self.threshold) {
            wrong("threshold".to_owned(), message!("duplicates-threshold"));
        }
        if self.signals.is_empty() || self.signals.len() > MOST_SIGNALS {
            wrong("signals".to_owned(), message!("duplicates-signals", most = MOST_SIGNALS));
        }
        if self.signals.iter().filter(|signal| signal.compare.is_of_names()).count() > 1 {
            wrong("signals".to_owned(), message!("duplicates-one-name"));
        }
        if most(self.signals.iter().map(|signal| u32::from(signal.points))) < u32::from(self.threshold) {
            wrong("threshold".to_owned(), message!("duplicates-unreachable"));
        }
        for (at, signal) in self.signals.iter().enumerate().take(MOST_SIGNALS) {
            signal.problems(object).into_iter().for_each(|(part, message)| {
                wrong(format!("signals[{at}].{part}"), message);
            });
        }
        errors
    }

    /// Whether they look at the field.
    pub fn name(&self, field: &str) -> bool {
        self.signals.iter().any(|signal| signal.fields.iter().any(|name| name == field))
    }
}

impl Signal {
    fn problems(&self, object: &Object) -> Vec<(String, base::Message)> {
        let mut wrong = Vec::new();
        if self.fields.is_empty() || self.fields.len() > MOST_FIELDS {
            wrong.push(("fields".to_owned(), message!("duplicates-fields", most = MOST_FIELDS)));
        }
        let mut seen = HashSet::new();
        for (at, name) in self.fields.iter().enumerate().take(MOST_FIELDS) {
            let place = format!("fields[{at}]");
            match object.field(name) {
                None => wrong.push((place, message!("field-unknown", object = object.name))),
                Some(_) if !seen.insert(name) => wrong.push((place, message!("duplicates-twice", field = name))),
                Some(field) if !self.compare.fits(field) => {
                    wrong.push((place, message!("duplicates-compare", field = name)));
                }
                Some(_) => {}
            }
        }
        let shares = [("points", Some(self.points)), ("similar", self.similar), ("against", Some(self.against))];
        for (name, _) in shares.into_iter().filter(|(_, share)| share.is_some_and(|share| share > 100)) {
            wrong.push((name.to_owned(), message!("duplicates-share")));
        }
        if self.similar.is_some() && (!self.compare.is_of_names() || self.similar > Some(self.points)) {
            wrong.push(("similar".to_owned(), message!("duplicates-similar")));
        }
        if self.compare == Compare::Group && self.points > 0 {
            wrong.push(("points".to_owned(), message!("duplicates-group")));
        }
        wrong
    }
}
