//! Exact decimals inside expressions: whole units of `10^-scale` in 128 bits. What does not fit is nothing.

use std::cmp::Ordering;

/// Digits behind the point that a product keeps and a quotient has.
const FINEST: u32 = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    pub units: i128,
    pub scale: u32,
}

impl Number {
    pub fn whole(units: i64) -> Number {
        Number { units: i128::from(units), scale: 0 }
    }

    pub fn of(units: i64, scale: u8) -> Number {
        Number { units: i128::from(units), scale: u32::from(scale) }
    }

    /// The same number with more digits behind the point.
    fn finer(self, scale: u32) -> Option<i128> {
        self.units.checked_mul(10_i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    fn aligned(self, other: Number) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        Some((self.finer(scale)?, other.finer(scale)?, scale))
    }

    pub fn plus(self, other: Number) -> Option<Number> {
        let (one, other, scale) = self.aligned(other)?;
        Some(Number { units: one.checked_add(other)?, scale })
    }

    pub fn minus(self, other: Number) -> Option<Number> {
        self.plus(Number { units: other.units.checked_neg()?, ..other })
    }

    pub fn times(self, other: Number) -> Option<Number> {
        let product = Number { units: self.units.checked_mul(other.units)?, scale: self.scale + other.scale };
        if product.scale > FINEST { product.rounded(FINEST) } else { Some(product) }
    }

    /// Nothing where `other` is 0.
    pub fn over(self, other: Number) -> Option<Number> {
        let above = self.units.checked_mul(10_i128.checked_pow((FINEST + other.scale).checked_sub(self.scale)?)?)?;
        Some(Number { units: divided(above, other.units)?, scale: FINEST })
    }

    /// With at most so many digits behind the point, half to even.
    pub fn rounded(self, scale: u32) -> Option<Number> {
        match self.scale.checked_sub(scale) {
            None | Some(0) => Some(self),
            Some(coarser) => Some(Number { units: divided(self.units, 10_i128.checked_pow(coarser)?)?, scale }),
        }
    }

    pub fn compare(self, other: Number) -> Option<Ordering> {
        self.aligned(other).map(|(one, other, _)| one.cmp(&other))
    }

    /// Whole units of a field with so many digits, where they can be stored.
    pub fn stored(self, scale: u8) -> Option<i64> {
        let units = self.rounded(u32::from(scale))?.finer(u32::from(scale))?;
        i64::try_from(units).ok().filter(|units| units.abs() <= base::decimal::LIMIT)
    }

    /// Without noughts at the end: `12.5`.
    pub fn shown(self) -> String {
        let sign = if self.units < 0 { "-" } else { "" };
        let width = usize::try_from(self.scale).unwrap_or_default();
        let digits = format!("{:0width$}", self.units.unsigned_abs(), width = width + 1);
        let (whole, fraction) = digits.split_at(digits.len() - width);
        match fraction.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            fraction => format!("{sign}{whole}.{fraction}"),
        }
    }
}

/// Rounded half to even.
fn divided(above: i128, below: i128) -> Option<i128> {
    let (whole, rest) = (above.checked_div_euclid(below)?, above.checked_rem_euclid(below)?);
    let (twice, size) = (rest.checked_mul(2)?, below.checked_abs()?);
    let up = twice > size || twice == size && whole % 2 != 0;
    if up { whole.checked_add(below.signum()) } else { Some(whole) }
}
