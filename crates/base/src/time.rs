//! Instants, calendar dates and the clock that tests can set.

use jiff::{civil, tz::TimeZone};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// An instant: milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// Instants that a record may hold: from the year 0001 to the last day but one of 9999, where `jiff` ends in every zone.
pub const EARLIEST: Timestamp = Timestamp(-62_135_596_800_000);
pub const LATEST: Timestamp = Timestamp(253_402_207_200_000);

impl Timestamp {
    /// RFC 3339, UTC, with milliseconds: `2026-11-22T10:00:00.000Z`.
    pub fn rfc3339(self) -> String {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => format!("{at:.3}"),
            Err(_) => String::new(),
        }
    }

    /// Reads RFC 3339 with any offset; finer than milliseconds is cut.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let at = Timestamp(text.parse::<jiff::Timestamp>().ok()?.as_millisecond());
        (EARLIEST..=LATEST).contains(&at).then_some(at)
    }

    /// The calendar day in a time zone.
    pub fn date_in(self, zone: &TimeZone) -> civil::Date {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or_default().to_zoned(zone.clone()).date()
    }
}

/// The first instant of a calendar day in a time zone (not always midnight: clocks may skip it).
pub fn start_of_day(date: civil::Date, zone: &TimeZone) -> Timestamp {
    let start = date.to_zoned(zone.clone()).map(|at| at.timestamp().as_millisecond());
    Timestamp(start.unwrap_or_else(|_| if date.year() < 1970 { EARLIEST.0 } else { LATEST.0 }))
}

/// Reads a calendar date `YYYY-MM-DD`, years 0001 to 9999, and nothing else.
pub fn parse_date(text: &str) -> Option<civil::Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        let part = bytes.get(range)?;
        part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0, |n, d| n * 10 + i16::from(d - b'0')))
    };
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    if year == 0 {
        return None;
    }
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Where the time comes from: the system, or a test's hand.
#[derive(Debug, Clone)]
pub enum Clock {
    System,
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(at: Timestamp) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => Timestamp(jiff::Timestamp::now().as_millisecond()),
            Clock::Fixed(at) => Timestamp(at.load(Ordering::Relaxed)),
        }
    }

    /// Moves a fixed clock; the system's clock is left alone.
    pub fn set(&self, at: Timestamp) {
        if let Clock::Fixed(fixed) = self {
            fixed.store(at.0, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_print_and_read_back() {
        for at in [EARLIEST, Timestamp(0), Timestamp(1_479_772_800_123), LATEST] {
            assert_eq!(Timestamp::parse(&at.rfc3339()), Some(at));
        }
        assert_eq!(Timestamp(0).rfc3339(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::parse("2026-11-22T10:00:00+02:00"), Timestamp::parse("2026-11-22T08:00:00Z"));
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn only_whole_calendar_dates_are_dates() {
        assert!(parse_date("2024-02-29").is_some());
        for bad in ["2023-02-29", "2024-2-29", "0000-01-01", "2024-02-29T", "+024-02-29", "20２4-02-2"] {
            assert!(parse_date(bad).is_none(), "{bad}");
        }
    }
}
