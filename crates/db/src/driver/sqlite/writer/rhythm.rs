//! When a group of batches commits. Pure.
//!
//! After so many batches, or so much time, or when nobody waits any more: nobody in the queue, and as many in the
//! group as in the last one. Whoever was answered then is likely to come again in a moment. The slower the disk, the
//! longer a group may grow, so that commits never take the greater part of the time.

use std::time::Duration;

/// Most batches of a group.
const MEMBERS: usize = 64;
/// How long a group may grow on a fast disk, and on the slowest.
const SHORT: Duration = Duration::from_millis(2);
const LONG: Duration = Duration::from_millis(50);
/// Between the two: as long as this many commits.
const COMMITS: u32 = 3;

/// What the last group was like.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rhythm {
    members: usize,
    /// What ended it took so long.
    commit: Duration,
}

impl Rhythm {
    pub(super) fn note(&mut self, members: usize, commit: Duration) {
        *self = Rhythm { members, commit };
    }

    /// How long a group of so many `members`, which began so long ago, waits for the next; `None` where it ends.
    pub(super) fn patience(self, members: usize, elapsed: Duration) -> Option<Duration> {
        if members >= MEMBERS {
            return None;
        }
        let left = (self.commit * COMMITS).clamp(SHORT, LONG).checked_sub(elapsed)?;
        Some(if members < self.members { left.min(self.commit / 2) } else { Duration::ZERO })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check((last, commit): (usize, u64), (members, elapsed): (usize, u64), expected: Option<u64>) {
        let rhythm = Rhythm { members: last, commit: Duration::from_micros(commit) };
        let patience = rhythm.patience(members, Duration::from_micros(elapsed));
        assert_eq!(patience, expected.map(Duration::from_micros), "{last} {commit} {members} {elapsed}");
    }

    #[test]
    fn stragglers_are_awaited_for_half_a_commit() {
        check((0, 0), (1, 0), Some(0));
        check((5, 800), (4, 0), Some(400));
        check((5, 800), (5, 0), Some(0));
        check((5, 600), (4, 1_900), Some(100));
    }

    #[test]
    fn a_slow_disk_gathers_more() {
        check((9, 600), (9, 2_100), None);
        check((9, 800), (9, 2_300), Some(0));
        check((9, 4_000), (9, 11_900), Some(0));
        check((9, 4_000), (9, 12_100), None);
        check((9, 900_000), (9, 50_100), None);
    }

    #[test]
    fn a_group_is_bounded() {
        check((64, 4_000), (64, 0), None);
    }
}
