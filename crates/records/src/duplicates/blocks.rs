//! Which pairs of many records are worth judging: those that share a block. A block is an e-mail, a phone, a code, a
//! name, or a name less one letter in one city: two names with one slip between them share one of those (the deletion
//! neighbourhood of SymSpell). Pure.

use super::{
    POSSIBLE,
    score::{Score, score},
    sketch::{Sketch, number},
};
use std::collections::HashSet;

/// Records are gone through as many times, each time with a part of the blocks, so that memory stays small.
const ROUNDS: u64 = 8;
/// Larger blocks say nothing: the name of thousands, the phone of a switchboard.
const LARGEST: usize = 60;
/// Names are this long at most where letters are left out.
const LETTERS: usize = 40;

/// Two records of a list, by their places, and how likely it is that they are the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    pub one: usize,
    pub other: usize,
    pub score: Score,
}

/// All pairs that are possible.
pub fn pairs(all: &[Sketch]) -> Vec<Match> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for round in 0..ROUNDS {
        let mut blocks: Vec<(u64, u32)> = Vec::new();
        for (at, sketch) in (0_u32..).zip(all) {
            each_block(sketch, &mut |block| {
                if block % ROUNDS == round {
                    blocks.push((block, at));
                }
            });
        }
        blocks.sort_unstable();
        blocks.dedup();
        for block in blocks.chunk_by(|one, other| one.0 == other.0) {
            if block.len() > 1 && block.len() <= LARGEST {
                judge(all, block, &mut seen, &mut found);
            }
        }
    }
    found
}

fn judge(all: &[Sketch], block: &[(u64, u32)], seen: &mut HashSet<(u32, u32)>, found: &mut Vec<Match>) {
    for (at, (_, one)) in block.iter().enumerate() {
        for (_, other) in block.iter().skip(at + 1) {
            let pair = (*one, *other);
            let places = (usize::try_from(*one).unwrap_or(0), usize::try_from(*other).unwrap_or(0));
            let (Some(left), Some(right)) = (all.get(places.0), all.get(places.1)) else { continue };
            let score = score(left, right);
            if score.points >= POSSIBLE && seen.insert(pair) {
                found.push(Match { one: places.0, other: places.1, score });
            }
        }
    }
}

fn each_block(sketch: &Sketch, put: &mut impl FnMut(u64)) {
    for (kind, values) in [(1_u8, &sketch.emails), (2, &sketch.phones), (3, &sketch.codes)] {
        values.iter().for_each(|value| put(number(&(kind, value))));
    }
    if sketch.name.is_empty() {
        return;
    }
    put(number(&(4_u8, &*sketch.name)));
    let letters: Vec<char> = sketch.name.chars().filter(|c| *c != ' ').take(LETTERS).collect();
    if sketch.city == 0 || letters.len() < 4 {
        return;
    }
    put(number(&(5_u8, sketch.city, &letters)));
    let mut shorter = Vec::with_capacity(letters.len());
    for without in 0..letters.len() {
        shorter.clear();
        shorter.extend(letters.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, letter)| *letter));
        put(number(&(5_u8, sketch.city, &shorter)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Id;
    use proptest::prelude::*;

    fn sketch(id: i64, name: &str) -> Sketch {
        let name = super::super::names::person(name).join(" ").into();
        let none: Box<[u64]> = [].into();
        let (emails, phones, codes) = (none.clone(), none.clone(), none);
        Sketch { id: Id(id), is_company: false, name, emails, phones, codes, city: 7, birth: 9, company: 0 }
    }

    proptest! {
        #[test]
        fn a_name_with_one_slip_is_found(first in "[a-z]{3,8}", last in "[a-z]{4,12}", at in 0..4_usize, kind in 0..4) {
            let mut typed: Vec<char> = last.chars().collect();
            match kind {
                0 => { typed.remove(at.min(typed.len() - 1)); }
                1 => typed.insert(at, 'x'),
                2 => typed[at] = 'x',
                _ => { let next = (at + 1).min(typed.len() - 1); typed.swap(at, next); }
            }
            let typed: String = typed.into_iter().collect();
            // A slip in the first letter may change the order of the words.
            prop_assume!(typed != last && (typed.as_str() < first.as_str()) == (last.as_str() < first.as_str()));
            let all = [sketch(1, &format!("{first} {last}")), sketch(2, "other person"), sketch(3, &format!("{typed} {first}"))];
            let found = pairs(&all);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!((found[0].one, found[0].other), (0, 2));
        }
    }

    #[test]
    fn what_thousands_have_says_nothing() {
        let all: Vec<Sketch> = (0..100).map(|id| sketch(id, "jan kowalski")).collect();
        assert!(pairs(&all).is_empty());
    }
}
