//! What of a record tells whether it is a duplicate, small enough to hold a million of them.

use super::{
    names::{self, Called},
    rules::{Compare, MOST_SIGNALS},
};
use crate::value::Value;
use base::Id;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The traits of one record; what is compared for being equal only is kept as a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    pub id: Id,
    /// The words of the name, in order of the alphabet, with blanks between them.
    pub name: Box<str>,
    /// Which of the words stood in the first of the name's fields, a bit each.
    pub given: u16,
    /// The values of all signals, one signal after the other.
    pub values: Box<[u64]>,
    ends: [u8; MOST_SIGNALS],
}

impl Sketch {
    pub fn new(id: Id) -> Sketch {
        Sketch { id, name: "".into(), given: 0, values: [].into(), ends: [0; MOST_SIGNALS] }
    }

    /// The name, as names are held against each other.
    pub fn called(&self) -> Called<'_> {
        Called { words: &self.name, given: self.given }
    }

    /// The values of the signal at a place.
    pub fn of(&self, signal: usize) -> &[u64] {
        let end = |at: usize| self.ends.get(at).copied().map_or(0, usize::from);
        let from = signal.checked_sub(1).map_or(0, end);
        self.values.get(from..end(signal)).unwrap_or_default()
    }

    /// Says where the values of a signal end.
    pub fn end(&mut self, signal: usize, end: usize) {
        if let Some(place) = self.ends.get_mut(signal) {
            *place = u8::try_from(end).unwrap_or(u8::MAX);
        }
    }

    /// Takes the name from the values of its fields.
    pub fn call(&mut self, compare: Compare, fields: &[&[Value]]) {
        let texts = |values: &[Value]| values.iter().filter_map(Value::text).collect::<Vec<_>>().join(" ");
        if compare == Compare::CompanyName {
            let whole: Vec<String> = fields.iter().map(|values| texts(values)).collect();
            self.name = names::company(&whole.join(" ")).join(" ").into();
            return;
        }
        let parts = fields.iter().enumerate();
        let parts =
            parts.flat_map(|(at, values)| names::person(&texts(values)).into_iter().map(move |word| (word, at)));
        let mut words: Vec<(String, usize)> = parts.collect();
        words.sort_unstable();
        let marked = words.iter().enumerate().filter(|(_, (_, at))| *at == 0 && fields.len() > 1);
        self.given = marked.filter(|(place, _)| *place < 16).fold(0, |mask, (place, _)| mask | 1 << place);
        self.name = words.into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ").into();
    }
}

/// A number that stands for a value.
pub fn number(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
