//! How well a record answers a query, judged on the fields that the caller sees. Pure.

use super::{query::Term, words::Groups, write};
use crate::{field::Field, value::Value};

/// The words of one record, each with the place of its field.
pub(super) struct Found {
    words: Vec<(String, usize)>,
}

/// How a group was found, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Mistyped,
    Beginning,
    Whole,
}

/// A record's score, and the fields that earned it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Score {
    pub points: u32,
    pub fields: Vec<usize>,
}

impl Found {
    /// Of the visible searched fields with their values.
    pub(super) fn new<'v>(values: impl Iterator<Item = (&'v Field, &'v Value)>) -> Found {
        let mut words = Vec::new();
        for (place, (field, value)) in values.enumerate() {
            write::each_word(field, value, &mut |word| words.push((word.to_owned(), place)));
        }
        Found { words }
    }

    /// `None` where a group is not found in these fields. `typed` are the groups as typed, `widened` with what they
    /// may have meant. `is_title` tells of a field's place whether it names the record.
    pub(super) fn score(&self, typed: &Groups, widened: &Groups, is_title: impl Fn(usize) -> bool) -> Option<Score> {
        let mut score = Score { points: 0, fields: Vec::new() };
        for (at, readings) in widened.iter().enumerate() {
            let as_typed = typed.get(at).map_or(0, Vec::len);
            let best = readings.iter().enumerate().filter_map(|(which, terms)| {
                let (way, fields) = self.reading(terms)?;
                let way = if which < as_typed { way } else { Way::Mistyped };
                let in_title = fields.iter().all(|place| is_title(*place));
                Some((points(way) + u32::from(in_title), fields))
            });
            let (points, fields) = best.max_by_key(|found| found.0)?;
            score.points += points;
            fields.into_iter().for_each(|place| {
                if !score.fields.contains(&place) {
                    score.fields.push(place);
                }
            });
        }
        Some(score)
    }

    /// Every term of a reading found: how, at worst, and where.
    fn reading(&self, terms: &[Term]) -> Option<(Way, Vec<usize>)> {
        let mut way = Way::Whole;
        let mut fields = Vec::new();
        for term in terms {
            let (found, place) = self.term(term)?;
            way = way.min(found);
            fields.push(place);
        }
        Some((way, fields))
    }

    fn term(&self, term: &Term) -> Option<(Way, usize)> {
        let whole = self.words.iter().find(|(word, _)| *word == term.word);
        let beginning = || self.words.iter().find(|(word, _)| !term.whole && word.starts_with(&term.word));
        whole.map(|(_, place)| (Way::Whole, *place)).or_else(|| beginning().map(|(_, place)| (Way::Beginning, *place)))
    }
}

/// What a group adds to the score; in the title one more, which is less than a better way.
fn points(way: Way) -> u32 {
    match way {
        Way::Mistyped => 1,
        Way::Beginning => 3,
        Way::Whole => 5,
    }
}
