//! Record ids: 63-bit integers that grow with time, unique across nodes without asking anybody.
//!
//! 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter. Stored as BIGINT, shown as
//! 13 characters of Crockford's base32. They are not secrets: public links use random tokens.

use crate::time::Clock;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// Milliseconds from 1970 to 2020, where id time begins: 41 bits reach to 2089.
const EPOCH_MS: i64 = 1_577_836_800_000;
const NODE_BITS: u32 = 10;
const COUNTER_BITS: u32 = 12;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 13;

/// The id of one record, action, user, job or other stored thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub i64);

/// The text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [b'0'; LENGTH];
        let mut rest = self.0.cast_unsigned();
        for place in text.iter_mut().rev() {
            *place = ALPHABET[(rest & 31) as usize];
            rest >>= 5;
        }
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    /// Reads what `Display` writes; lower case and Crockford's look-alikes (`o`, `i`, `l`) are forgiven.
    fn from_str(text: &str) -> Result<Id, NotAnId> {
        if text.len() != LENGTH {
            return Err(NotAnId);
        }
        let mut bits: u128 = 0;
        for byte in text.bytes() {
            let digit = match byte.to_ascii_uppercase() {
                b'O' => 0,
                b'I' | b'L' => 1,
                other => ALPHABET.iter().position(|&c| c == other).ok_or(NotAnId)?,
            };
            bits = bits << 5 | digit as u128;
        }
        i64::try_from(bits).map(Id).map_err(|_| NotAnId)
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|NotAnId| serde::de::Error::custom("not an id"))
    }
}

/// Makes ids for one node. Clones share the counter.
#[derive(Debug, Clone)]
pub struct IdGen {
    clock: Clock,
    node: i64,
    /// Milliseconds and counter of the last id, without the node: only ever grows.
    last: Arc<AtomicI64>,
}

impl IdGen {
    /// `node` is leased from the database (0–1023), so that no two live nodes share it.
    pub fn new(clock: Clock, node: u16) -> IdGen {
        IdGen { clock, node: i64::from(node) & ((1 << NODE_BITS) - 1), last: Arc::new(AtomicI64::new(0)) }
    }

    /// The next id. Never repeats, also when the clock stands still or steps back: then the counter runs on,
    /// borrowing from the coming milliseconds.
    pub fn next(&self) -> Id {
        let now = (self.clock.now().0 - EPOCH_MS).max(0) << COUNTER_BITS;
        let last = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some((last + 1).max(now)));
        let ticks = last.map_or(now, |last| (last + 1).max(now));
        let (millis, counter) = (ticks >> COUNTER_BITS, ticks & ((1 << COUNTER_BITS) - 1));
        Id(millis << (NODE_BITS + COUNTER_BITS) | self.node << COUNTER_BITS | counter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn an_id_reads_back_from_its_text() {
        for number in [0, 1, 31, 32, 1 << 40, i64::MAX] {
            let text = Id(number).to_string();
            assert_eq!(text.len(), LENGTH);
            assert_eq!(text.parse(), Ok(Id(number)));
            assert_eq!(text.to_lowercase().parse(), Ok(Id(number)));
        }
        for bad in ["", "0", "ZZZZZZZZZZZZZ", "000000000000U", "00000000000é"] {
            assert_eq!(bad.parse::<Id>(), Err(NotAnId), "{bad}");
        }
    }

    #[test]
    fn ids_grow_even_when_the_clock_steps_back() {
        let clock = Clock::fixed(Timestamp(EPOCH_MS + 5_000));
        let ids = IdGen::new(clock.clone(), 7);
        let mut last = ids.next();
        for step in 0..10_000 {
            if step == 5_000 {
                clock.set(Timestamp(EPOCH_MS + 1));
            }
            let next = ids.next();
            assert!(next > last);
            last = next;
        }
    }
}
