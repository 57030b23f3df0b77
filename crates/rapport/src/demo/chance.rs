//! Choices that look random and are the same for the same seed: each record draws from a stream of its own, so that
//! one can be made again without those before it.

/// A stream of numbers (SplitMix64).
#[derive(Debug, Clone)]
pub struct Chance(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Chance {
    /// The stream of record number `n` of a kind.
    pub fn of(seed: u64, kind: u64, n: u64) -> Chance {
        let mut chance = Chance(seed ^ kind.wrapping_mul(0xd605_bbb5_8c8a_bc03));
        chance.0 = chance.draw() ^ n.wrapping_mul(0xa076_1d64_78bd_642f);
        chance.draw();
        chance
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, not including, `below`; 0 where there is nothing to choose from.
    pub fn below(&mut self, below: u64) -> u64 {
        let wide = u128::from(self.draw()) * u128::from(below);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number between two, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).saturating_add(1).max(1);
        low.saturating_add_unsigned(self.below(span.unsigned_abs()))
    }

    /// As [`Chance::below`], the small numbers far oftener: a tenth of the customers make half of the business.
    pub fn skewed(&mut self, below: u64) -> u64 {
        let first = self.below(below.max(1)).saturating_add(1);
        let second = self.below(first).saturating_add(1);
        self.below(second)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the items; the type's empty value where there are none.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let at = self.place(items.len());
        items.get(at).copied().unwrap_or_default()
    }

    /// The place of one of so many items.
    pub fn place(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        usize::try_from(self.below(count)).unwrap_or(0)
    }

    /// As [`Chance::place`], the first ones oftener.
    pub fn skewed_place(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        usize::try_from(self.skewed(count)).unwrap_or(0)
    }

    /// The place of one of the weights, as often as it weighs.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (at, &weight) in weights.iter().enumerate() {
            match left.checked_sub(weight) {
                None => return at,
                Some(rest) => left = rest,
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_choices_and_another_one_others() {
        let draws = |seed| {
            let mut chance = Chance::of(seed, 1, 2);
            (0..10).map(|_| chance.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draws(1), draws(1));
        assert_ne!(draws(1), draws(2));
    }

    #[test]
    fn choices_stay_within_their_bounds() {
        let mut chance = Chance::of(7, 1, 1);
        for _ in 0..10_000 {
            assert!(chance.below(3) < 3);
            assert!((-2..=2).contains(&chance.between(-2, 2)));
            assert!(chance.skewed(5) < 5);
            assert!(chance.weighted(&[1, 0, 2]) != 1);
        }
        assert_eq!((chance.below(0), chance.skewed(0), chance.place(0)), (0, 0, 0));
    }

    #[test]
    fn the_first_tenth_is_chosen_about_half_of_the_time() {
        let mut chance = Chance::of(7, 1, 1);
        let first = (0..10_000).filter(|_| chance.skewed(1_000) < 100).count();
        assert!((4_500..7_500).contains(&first), "{first}");
    }
}
