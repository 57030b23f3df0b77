//! Numbers of a filter against stored whole units: exact also where the filter's number is finer than the scale.

use super::verdict::Verdict;
use crate::filter::{
    plan::{Fraction, Order},
    tree::Op,
};
use base::decimal::LIMIT;

/// Beyond every stored number; what a filter says beyond it is cut off there.
const BEYOND: i64 = LIMIT * 9_000;

/// Digits that the average is compared with beyond the scale of its field.
pub const FINER_DIGITS: usize = 6;

/// A number of a filter in units of `10^-scale`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// The next whole number of units below it, or itself.
    pub floor: i64,
    /// What it has beyond, as decimal digits; empty when it is whole.
    finer: String,
    negative: bool,
}

impl Units {
    /// `text` is `-12.50`, as the words of a filter are cut.
    pub fn read(text: &str, scale: u8) -> Units {
        let negative = text.starts_with('-');
        let digits = text.trim_start_matches('-');
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let scale = usize::from(scale);
        let kept = fraction.bytes().chain(std::iter::repeat(b'0')).take(scale);
        let mut units: i64 = 0;
        for digit in whole.bytes().chain(kept) {
            units = units.saturating_mul(10).saturating_add(i64::from(digit - b'0')).min(BEYOND);
        }
        let finer = fraction.get(scale..).unwrap_or("").trim_end_matches('0').to_owned();
        let floor = match negative {
            true if finer.is_empty() => -units,
            true => -units - 1,
            false => units,
        };
        Units { floor, finer, negative }
    }

    pub fn is_whole(&self) -> bool {
        self.finer.is_empty()
    }

    /// The next whole number of units above it, or itself.
    fn ceiling(&self) -> i64 {
        if self.is_whole() { self.floor } else { self.floor + 1 }
    }

    /// As a fraction, for averages; `None` when it is finer than [`FINER_DIGITS`].
    pub fn fraction(&self) -> Option<Fraction> {
        if self.finer.len() > FINER_DIGITS {
            return None;
        }
        // No average lies beyond the limit, and differences to this one do not overflow.
        if self.floor.abs() > LIMIT {
            return Some(Fraction { whole: self.floor.signum() * (LIMIT + 1), part: 0, of: 1 });
        }
        let part = self.finer.bytes().fold(0, |part, digit| part * 10 + i64::from(digit - b'0'));
        let of = self.finer.bytes().fold(1, |of, _| of * 10);
        Some(Fraction { whole: self.floor, part: if self.negative && part > 0 { of - part } else { part }, of })
    }

    /// Which whole numbers of units stand so to it.
    pub fn order(&self, op: Op) -> Verdict<Order<i64>> {
        Verdict::Test(match op {
            Op::Is | Op::Exactly if self.is_whole() => Order::Among(vec![self.floor]),
            Op::Is | Op::Exactly => return Verdict::Never,
            Op::IsNot if self.is_whole() => Order::NotAmong(vec![self.floor]),
            Op::IsNot => return Verdict::Filled,
            Op::Below => Order::Within(None, Some(self.ceiling() - 1)),
            Op::AtMost => Order::Within(None, Some(self.floor)),
            Op::Above => Order::Within(Some(self.floor + 1), None),
            Op::AtLeast => Order::Within(Some(self.ceiling()), None),
        })
    }
}
