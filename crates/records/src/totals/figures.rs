//! What the values of a group come to: exact, and put together from parts. Pure.

use super::asked::Figure;
use base::{Error, Result, message};
use db::Cell;
use std::cmp::Ordering;

/// Sums are kept in two halves below and above this.
pub const HALF: i64 = 1_000_000;

/// The figures of one field in a group. In units of the field as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    pub sum: i128,
    /// Of records with a value.
    pub count: i64,
    /// `Null` where there is none.
    pub smallest: Option<Cell>,
    pub largest: Option<Cell>,
}

/// All figures of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    pub count: i64,
    pub measured: Vec<Measured>,
}

/// A figure by which groups are put into order: a fraction, or a text for dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rank {
    Number(i128, i128),
    Text(String),
}

impl Figures {
    /// Adds those of another group.
    pub fn join(&mut self, other: &Figures) {
        self.count += other.count;
        self.measured.resize(other.measured.len().max(self.measured.len()), Measured::default());
        for (own, more) in self.measured.iter_mut().zip(&other.measured) {
            own.sum += more.sum;
            own.count += more.count;
            own.smallest = chosen(own.smallest.take(), more.smallest.clone(), Ordering::Less);
            own.largest = chosen(own.largest.take(), more.largest.clone(), Ordering::Greater);
        }
    }

    /// Groups without a figure come first.
    pub fn order(one: Option<Rank>, other: Option<Rank>) -> Ordering {
        match (one, other) {
            (Some(Rank::Number(a, b)), Some(Rank::Number(c, d))) => (a * d).cmp(&(c * b)),
            (Some(Rank::Text(one)), Some(Rank::Text(other))) => one.cmp(&other),
            (one, other) => one.is_some().cmp(&other.is_some()),
        }
    }
}

impl Measured {
    pub fn rank(&self, figure: Figure) -> Option<Rank> {
        let of_cell = |cell: &Option<Cell>| match cell {
            Some(Cell::Int(number)) => Some(Rank::Number(i128::from(*number), 1)),
            Some(Cell::Text(text)) => Some(Rank::Text(text.clone())),
            _ => None,
        };
        match figure {
            Figure::Sum => Some(Rank::Number(self.sum, 1)),
            Figure::Average => (self.count > 0).then(|| Rank::Number(self.sum, i128::from(self.count))),
            Figure::Smallest => of_cell(&self.smallest),
            Figure::Largest => of_cell(&self.largest),
        }
    }

    /// The sum in the field's units.
    ///
    /// # Errors
    /// A field error for `totals` beyond 63 bits.
    pub fn whole(&self) -> Result<i64> {
        i64::try_from(self.sum).map_err(|_| Error::field("totals", message!("totals-too-large")))
    }

    /// The mean in `10^-digits` of the field's units, rounded half to even; nothing where there are no values.
    ///
    /// # Errors
    /// A field error for `totals` beyond 63 bits.
    pub fn mean(&self, digits: u32) -> Result<Option<i64>> {
        if self.count == 0 {
            return Ok(None);
        }
        let (count, scaled) = (i128::from(self.count), self.sum * 10_i128.pow(digits));
        let (down, rest) = (scaled.div_euclid(count), scaled.rem_euclid(count));
        let up = match (rest * 2).cmp(&count) {
            Ordering::Less => false,
            Ordering::Equal => down % 2 != 0,
            Ordering::Greater => true,
        };
        let mean = i64::try_from(down + i128::from(up));
        mean.map(Some).map_err(|_| Error::field("totals", message!("totals-too-large")))
    }
}

fn chosen(one: Option<Cell>, other: Option<Cell>, wanted: Ordering) -> Option<Cell> {
    let compare = |one: &Cell, other: &Cell| match (one, other) {
        (Cell::Int(one), Cell::Int(other)) => one.cmp(other),
        (Cell::Text(one), Cell::Text(other)) => one.cmp(other),
        _ => Ordering::Equal,
    };
    match (one, other) {
        (Some(one), Some(other)) => Some(if compare(&other, &one) == wanted { other } else { one }),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[i64]) -> Measured {
        let sum = values.iter().map(|value| i128::from(*value)).sum();
        let cell = |value: Option<&i64>| value.map(|value| Cell::Int(*value));
        Measured {
            sum,
            count: i64::try_from(values.len()).unwrap(),
            smallest: cell(values.iter().min()),
            largest: cell(values.iter().max()),
        }
    }

    #[test]
    fn means_are_rounded_half_to_even() {
        for (values, digits, mean) in [
            (&[1, 2][..], 0, Some(2)),
            (&[2, 3], 0, Some(2)),
            (&[-1, -2], 0, Some(-2)),
            (&[1, 1, 2], 2, Some(133)),
            (&[-1, -1, -2], 2, Some(-133)),
            (&[], 2, None),
        ] {
            assert_eq!(of(values).mean(digits).unwrap(), mean, "{values:?}");
        }
    }

    #[test]
    fn parts_make_the_whole() {
        let mut joined = Figures::default();
        for values in [&[5, -3][..], &[], &[7, 7, -9]] {
            joined.join(&Figures { count: 2, measured: vec![of(values)] });
        }
        assert_eq!(joined, Figures { count: 6, measured: vec![of(&[5, -3, 7, 7, -9])] });
    }

    #[test]
    fn sums_beyond_63_bits_are_told() {
        let mut measured = of(&[i64::MAX]);
        assert_eq!(measured.whole().unwrap(), i64::MAX);
        measured.sum += 1;
        assert!(matches!(measured.whole(), Err(Error::Invalid(_))));
        assert_eq!(Measured { count: 2, ..measured }.mean(0).unwrap(), Some(1 << 62));
    }

    #[test]
    fn groups_stand_in_the_order_of_their_figures() {
        let rank = |values: &[i64]| of(values).rank(Figure::Average);
        assert_eq!(Figures::order(rank(&[1, 2]), rank(&[1, 1, 2])), Ordering::Greater);
        assert_eq!(Figures::order(rank(&[]), rank(&[-5])), Ordering::Less);
        assert_eq!(Figures::order(rank(&[2, 4]), rank(&[3])), Ordering::Equal);
    }
}
