//! How well a record answers a query, judged on the fields that the caller sees. Pure.

use super::{query::Term, words::Groups, write};
use crate::{field::Field, value::Value};
use std::collections::BTreeSet;

/// The words of one record, each with the place of its field.
pub(super) struct Words {
    words: Vec<(String, usize)>,
}

/// How a group was found, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Mistyped,
    Beginning,
    Whole,
}

/// What a group adds to the score by the way it was found; [`IN_TITLE`] is less than a better way.
const fn points(way: Way) -> u32 {
    match way {
        Way::Mistyped => 10,
        Way::Beginning => 30,
        Way::Whole => 50,
    }
}

/// For each group that is found in the title alone.
const IN_TITLE: u32 = 5;
/// The title is what was typed, and nothing else.
pub(super) const CALLED_SO: u32 = 4;
/// The record is the caller's own.
pub(super) const OWN: u32 = 2;

/// A record's score, and what earned it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Score {
    pub points: u32,
    pub earned: Vec<Earned>,
}

/// A word that was looked for and found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Earned {
    /// The field's place.
    pub place: usize,
    pub term: Term,
    /// What the field has.
    pub word: String,
    /// The group whose typed word must have been meant so; `None` where it was found as typed.
    pub mistyped: Option<usize>,
}

impl Words {
    /// Of the visible searched fields with their values.
    pub(super) fn new<'v>(values: impl Iterator<Item = (&'v Field, &'v Value)>) -> Words {
        let mut words = Vec::new();
        for (place, (field, value)) in values.enumerate() {
            write::each_word(field, value, &mut |word| words.push((word.to_owned(), place)));
        }
        Words { words }
    }

    /// `None` where a group is not found in these fields. `typed` are the groups as typed, `widened` with what they
    /// may have meant. `is_title` tells of a field's place whether it names the record.
    pub(super) fn score(&self, typed: &Groups, widened: &Groups, is_title: impl Fn(usize) -> bool) -> Option<Score> {
        let mut score = Score { points: 0, earned: Vec::new() };
        for (at, readings) in widened.iter().enumerate() {
            let as_typed = typed.get(at).map_or(0, Vec::len);
            let best = readings.iter().enumerate().filter_map(|(which, terms)| {
                let mistyped = (which >= as_typed).then_some(at);
                let (way, earned) = self.reading(terms, mistyped)?;
                let way = if mistyped.is_some() { Way::Mistyped } else { way };
                let in_title = earned.iter().all(|earned| is_title(earned.place));
                Some((points(way) + if in_title { IN_TITLE } else { 0 }, earned))
            });
            let (points, earned) = best.max_by_key(|found| found.0)?;
            score.points += points;
            score.earned.extend(earned);
        }
        Some(score)
    }

    /// Every term of a reading found: how, at worst, and where. In one field, if one has them as well as several would:
    /// the words of an address stand together.
    fn reading(&self, terms: &[Term], mistyped: Option<usize>) -> Option<(Way, Vec<Earned>)> {
        let anywhere = self.found(terms, mistyped, None)?;
        if terms.len() > 1 {
            let places = self.words.iter().map(|(_, place)| *place).collect::<BTreeSet<_>>();
            let mut together = places.into_iter().filter_map(|place| self.found(terms, mistyped, Some(place)));
            if let Some(found) = together.find(|found| found.0 == anywhere.0) {
                return Some(found);
            }
        }
        Some(anywhere)
    }

    fn found(&self, terms: &[Term], mistyped: Option<usize>, within: Option<usize>) -> Option<(Way, Vec<Earned>)> {
        let mut way = Way::Whole;
        let mut earned = Vec::new();
        for term in terms {
            let (found, word, place) = self.term(term, within)?;
            way = way.min(found);
            earned.push(Earned { place, term: term.clone(), word: word.to_owned(), mistyped });
        }
        Some((way, earned))
    }

    fn term(&self, term: &Term, within: Option<usize>) -> Option<(Way, &str, usize)> {
        let mut words = self.words.iter().filter(|(_, place)| within.is_none_or(|within| within == *place));
        let beginning = |(word, _): &&(String, usize)| !term.whole && word.starts_with(&term.word);
        match words.clone().find(|(word, _)| *word == term.word) {
            Some((word, place)) => Some((Way::Whole, word, *place)),
            None => words.find(beginning).map(|(word, place)| (Way::Beginning, word.as_str(), *place)),
        }
    }
}

impl Score {
    /// The places of the fields that earned it, each once.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = Vec::new();
        for earned in &self.earned {
            if !places.contains(&earned.place) {
                places.push(earned.place);
            }
        }
        places
    }
}
