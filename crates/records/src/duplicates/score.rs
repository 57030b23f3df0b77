//! How likely it is that two records mean the same, from 0 to 100, and why. Pure.
//!
//! Each agreement leaves a part of the doubt: together they leave the product (a naive combination of independent
//! evidence, as in record linkage after Fellegi and Sunter). A contradiction takes a part of the certainty back.

use super::{
    judge::{Judge, Ready, STRONG},
    names::{self, Standing},
    rules::{Compare, MOST_SIGNALS},
    sketch::{Sketch, number},
};

/// What two records have in common, and how much they contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    pub points: u8,
    /// The names agree but for a slip.
    pub similar: bool,
    /// A bit for each signal that agrees, and that contradicts.
    agreed: u16,
    contradicted: u16,
}

impl Score {
    /// Whether the records agree in the signal at a place.
    pub fn agrees(&self, signal: usize) -> bool {
        self.agreed >> signal & 1 == 1
    }

    /// Whether they contradict each other there.
    pub fn contradicts(&self, signal: usize) -> bool {
        self.contradicted >> signal & 1 == 1
    }
}

/// Judges a pair. A weak contradiction says nothing of records that share a number which one person or company has
/// alone: those move.
pub fn score(judge: &Judge, one: &Sketch, other: &Sketch) -> Score {
    let mut standings = [Standing::Open; MOST_SIGNALS];
    let (mut doubt, mut score, mut is_sure) = (100_u32, Score::default(), false);
    for ((at, signal), place) in judge.signals.iter().enumerate().zip(&mut standings) {
        *place = standing(signal, at, one, other);
        let points = match place {
            Standing::Same => signal.points,
            Standing::Similar => signal.similar,
            Standing::Open | Standing::Kin | Standing::Different => continue,
        };
        doubt = doubt * 100_u32.saturating_sub(points) / 100;
        score.agreed |= 1 << at;
        score.similar |= *place == Standing::Similar;
        is_sure |= signal.is_identifier();
    }
    let mut points = 100 - doubt;
    for ((at, signal), standing) in judge.signals.iter().enumerate().zip(standings) {
        let counts = signal.against >= STRONG || signal.against > 0 && !is_sure;
        if matches!(standing, Standing::Kin | Standing::Different) && counts {
            points = points * 100_u32.saturating_sub(signal.against) / 100;
            score.contradicted |= 1 << at;
        }
    }
    Score { points: u8::try_from(points).unwrap_or(100), ..score }
}

/// How two records stand to each other in a signal, which is the one at a place.
pub fn standing(signal: &Ready, at: usize, one: &Sketch, other: &Sketch) -> Standing {
    let (left, right) = (one.of(at), other.of(at));
    let shares = |one: &[u64], other: &[u64]| one.iter().any(|value| other.contains(value));
    match signal.compare {
        Compare::Name | Compare::CompanyName => {
            names::standing(one.called(), other.called(), signal.compare == Compare::Name)
        }
        Compare::Group if shares(left, right) => Standing::Kin,
        Compare::Group if left.contains(&number(&other.id.0)) || right.contains(&number(&one.id.0)) => Standing::Kin,
        Compare::Group => Standing::Open,
        _ if left.is_empty() || right.is_empty() => Standing::Open,
        _ if shares(left, right) => Standing::Same,
        _ => Standing::Different,
    }
}

#[cfg(test)]
pub mod tests;
