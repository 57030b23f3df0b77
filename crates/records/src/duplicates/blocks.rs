//! Which pairs of many records are worth judging: those that share a block. A block is an e-mail, a phone, a code, a
//! name, or a name less one letter of one of its words together with a city, a day of birth or an employer: two names
//! with one slip between them share one of those (the deletion neighbourhood of SymSpell). Pure.

use super::{
    judge::Judge,
    score::{Score, score},
    sketch::{Sketch, number},
};
use std::collections::HashSet;

/// Records are gone through as many times, each time with a part of the blocks, so that memory stays small.
const ROUNDS: u64 = 16;
/// Larger blocks say nothing: the name of thousands, the phone of a switchboard.
const LARGEST: usize = 60;
/// Words of a name that letters are left out of, and letters of each.
const WORDS: usize = 6;
const LETTERS: usize = 30;
/// Names of fewer letters are not looked for with a slip.
const FEWEST: usize = 4;
/// Most pairs that are kept: beyond, the unlikely ones go.
pub const MOST: usize = 100_000;

/// Two records of a list, by their places, and how likely it is that they are the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    pub one: usize,
    pub other: usize,
    pub score: Score,
}

/// All pairs that are possible, the likeliest [`MOST`] first.
pub fn pairs(judge: &Judge, all: &[Sketch]) -> Vec<Match> {
    let mut found = Found { floor: judge.threshold, seen: HashSet::new(), matches: Vec::new() };
    for round in 0..ROUNDS {
        let mut blocks: Vec<(u64, u32)> = Vec::new();
        for (at, sketch) in (0_u32..).zip(all) {
            each_block(judge, sketch, &mut |block| {
                if (block >> 1) % ROUNDS == round {
                    blocks.push((block, at));
                }
            });
        }
        blocks.sort_unstable();
        blocks.dedup();
        for block in blocks.chunk_by(|one, other| one.0 == other.0) {
            if block.len() > 1 && block.len() <= LARGEST {
                found.judge(judge, all, block);
            }
        }
    }
    found.cut();
    found.matches
}

struct Found {
    /// Pairs below are not kept.
    floor: u8,
    seen: HashSet<(u32, u32)>,
    matches: Vec<Match>,
}

impl Found {
    fn judge(&mut self, judge: &Judge, all: &[Sketch], block: &[(u64, u32)]) {
        for (at, (key, one)) in block.iter().enumerate() {
            for (_, other) in block.iter().skip(at + 1) {
                let places = (usize::try_from(*one).unwrap_or(0), usize::try_from(*other).unwrap_or(0));
                let (Some(left), Some(right)) = (all.get(places.0), all.get(places.1)) else { continue };
                // The same names share the block of the whole name.
                if key & SLIP == SLIP && left.name == right.name {
                    continue;
                }
                let score = score(judge, left, right);
                if score.points >= self.floor && self.seen.insert((*one, *other)) {
                    self.matches.push(Match { one: places.0, other: places.1, score });
                }
            }
        }
        if self.matches.len() > 4 * MOST {
            self.cut();
            self.floor = self.matches.last().map_or(self.floor, |last| last.score.points);
        }
    }

    fn cut(&mut self) {
        self.matches.sort_by_key(|pair| (std::cmp::Reverse(pair.score.points), pair.one, pair.other));
        self.matches.truncate(MOST);
    }
}

/// The bit of a block by which names with a slip find each other.
const SLIP: u64 = 1;

/// The kinds of blocks that are no signal's own.
const NAME: u64 = 101;
const WHOLE: u64 = 102;
const WORD: u64 = 103;
const WITHOUT: u64 = 104;

fn each_block(judge: &Judge, sketch: &Sketch, put: &mut impl FnMut(u64)) {
    let signals = || (0_u64..).zip(judge.signals.iter().enumerate());
    for (kind, (at, _)) in signals().filter(|(_, (_, signal))| signal.leads) {
        sketch.of(at).iter().for_each(|value| put(mixed(kind, *value) & !SLIP));
    }
    if sketch.name.is_empty() {
        return;
    }
    let tells_alone = |points: u32| points >= u32::from(judge.threshold);
    if judge.signals.iter().any(|signal| signal.compare.is_of_names() && tells_alone(signal.points)) {
        put(mixed(NAME, number(&*sketch.name)) & !SLIP);
    }
    let name = Spelt::new(&sketch.name);
    for (kind, (at, _)) in signals().filter(|(_, (_, signal))| signal.supports()) {
        sketch.of(at).iter().for_each(|value| name.each_block(mixed(kind, *value), put));
    }
}

/// The words of a name, ready to be written with a letter less.
struct Spelt {
    /// All letters, as one word.
    whole: u64,
    letters: usize,
    words: Vec<Word>,
}

struct Word {
    /// The other words of the name.
    others: u64,
    whole: u64,
    without: Vec<u64>,
}

impl Spelt {
    fn new(name: &str) -> Spelt {
        let all: Vec<&str> = name.split(' ').take(WORDS).collect();
        let wholes: Vec<u64> = all.iter().map(|word| spelt(word.chars())).collect();
        let others = |at: usize| {
            let others = wholes.iter().enumerate().filter(|(place, _)| *place != at);
            others.fold(0_u64, |sum, (_, whole)| sum.wrapping_add(mixed(WHOLE, *whole)))
        };
        let words = all.iter().enumerate().map(|(at, word)| Word {
            others: others(at),
            whole: wholes.get(at).copied().unwrap_or_default(),
            without: without(&word.chars().take(LETTERS).collect::<Vec<_>>()),
        });
        let letters = name.chars().filter(|c| *c != ' ');
        Spelt { whole: spelt(letters.clone()), letters: letters.count(), words: words.collect() }
    }

    /// The blocks of the name together with what else agrees.
    fn each_block(&self, beside: u64, put: &mut impl FnMut(u64)) {
        put(mixed(mixed(beside, WHOLE), self.whole) & !SLIP);
        // Of the other words there may be no more than initials.
        self.words.iter().filter(|word| word.without.len() > 2).for_each(|word| {
            put(mixed(mixed(beside, WORD), word.whole) & !SLIP);
        });
        if self.letters < FEWEST {
            return;
        }
        for word in &self.words {
            let place = mixed(mixed(beside, WITHOUT), word.others);
            put(mixed(place, word.whole) | SLIP);
            word.without.iter().for_each(|without| put(mixed(place, *without) | SLIP));
        }
    }
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// A word as a number: a polynomial of its letters.
fn spelt(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |sum, letter| sum.wrapping_mul(BASE).wrapping_add(u64::from(u32::from(letter))))
}

/// The word with each of its letters left out, as [`spelt`] would have it.
fn without(letters: &[char]) -> Vec<u64> {
    let (mut ending, mut power) = (0_u64, 1_u64);
    let mut endings = vec![(0, 1)];
    for letter in letters.iter().rev() {
        ending = ending.wrapping_add(power.wrapping_mul(u64::from(u32::from(*letter))));
        power = power.wrapping_mul(BASE);
        endings.push((ending, power));
    }
    let mut beginning = 0_u64;
    let each = letters.iter().enumerate().map(|(at, letter)| {
        let (ending, power) = endings.get(letters.len() - at - 1).copied().unwrap_or_default();
        let left = beginning.wrapping_mul(power).wrapping_add(ending);
        beginning = beginning.wrapping_mul(BASE).wrapping_add(u64::from(u32::from(*letter)));
        left
    });
    each.collect()
}

/// One number of two.
fn mixed(one: u64, other: u64) -> u64 {
    let bits = (one.rotate_left(23) ^ other).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let bits = (bits ^ (bits >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    bits ^ (bits >> 29)
}

#[cfg(test)]
mod tests;
