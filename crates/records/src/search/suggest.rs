//! "Did you mean": the words that were meant, where what was typed finds little. Pure.
//!
//! Taken from the records that were found for the caller, and from fields that the caller may know: a word that only
//! stands elsewhere can never be suggested, and what is suggested finds something.

use super::{find::Hit, query::Query, slips::Slips};
use std::collections::BTreeMap;

/// A mistyped word of a question, as a found record has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Meant {
    /// The place among the question's words.
    pub group: usize,
    /// As it is compared.
    pub word: String,
    /// As it is written there, in lower case.
    pub written: String,
}

/// The question as it may have been meant: by the fewest slips, and among equals by most of the hits. `None` where more
/// hits have the words as they were typed.
pub(super) fn suggest(query: &Query, hits: &[Hit]) -> Option<String> {
    let mut ways: BTreeMap<Vec<&str>, (usize, &[Meant])> = BTreeMap::new();
    let meant = hits.iter().filter(|hit| !hit.meant.is_empty());
    meant.for_each(|hit| {
        let words = hit.meant.iter().map(|meant| meant.word.as_str()).collect();
        ways.entry(words).or_insert((0, &hit.meant)).0 += 1;
    });
    let mistyped: usize = ways.values().map(|(count, _)| count).sum();
    if mistyped <= hits.len() - mistyped {
        return None;
    }
    let last = query.groups.iter().rposition(|group| group.spelling().is_some());
    let slips = |meant: &Meant| {
        let typed = query.groups.get(meant.group).and_then(|group| group.spelling()).unwrap_or_default();
        let slips = Slips::new(typed, Some(meant.group) == last);
        slips.and_then(|slips| slips.closest(&meant.word)).map_or(u32::MAX, |closest| u32::from(closest.0))
    };
    let worst = |way: &[Meant]| way.iter().map(slips).fold(0, u32::saturating_add);
    let (_, (_, best)) = ways.iter().min_by_key(|(words, (count, way))| (worst(way), usize::MAX - count, *words))?;
    let word = |(at, group): (usize, &super::query::Group)| {
        let meant = best.iter().find(|meant| meant.group == at).map(|meant| meant.written.clone());
        meant.unwrap_or_else(|| group.typed.clone())
    };
    Some(query.groups.iter().enumerate().map(word).collect::<Vec<_>>().join(" "))
}
