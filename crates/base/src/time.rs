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
    /// RFC 3339, UTC, with milliseconds: `2026-11-22T10:00:00.000Z`. Written by hand, since lists write thousands of
    /// them; the civil date comes out of the days since 1970 as Howard Hinnant's `civil_from_days` has it.
    pub fn rfc3339(self) -> String {
        let (days, time) = (self.0.div_euclid(DAY_MS), self.0.rem_euclid(DAY_MS));
        let from_march = days + 719_468;
        let (era, day_of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let mut text = String::with_capacity(24);
        for (number, digits, after) in [
            (year, 4, '-'),
            (month, 2, '-'),
            (day, 2, 'T'),
            (time / HOUR_MS, 2, ':'),
            (time / 60_000 % 60, 2, ':'),
            (time / 1_000 % 60, 2, '.'),
            (time % 1_000, 3, 'Z'),
        ] {
            push_digits(&mut text, number, digits);
            text.push(after);
        }
        text
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

/// Milliseconds of an hour and of 24 hours.
pub const HOUR_MS: i64 = 3_600_000;
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// The last `digits` decimal digits of a number that is not negative.
fn push_digits(text: &mut String, number: i64, digits: u32) {
    for place in (0..digits).rev() {
        let digit = number / 10_i64.pow(place) % 10;
        text.push(char::from_digit(u32::try_from(digit).unwrap_or(0), 10).unwrap_or('0'));
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

    proptest::proptest! {
        #[test]
        fn an_instant_is_written_as_the_library_writes_it(at in EARLIEST.0..=LATEST.0) {
            let library = jiff::Timestamp::from_millisecond(at).unwrap();
            proptest::prop_assert_eq!(Timestamp(at).rfc3339(), format!("{library:.3}"));
        }
    }

    #[test]
    fn only_whole_calendar_dates_are_dates() {
        assert!(parse_date("2024-02-29").is_some());
        for bad in ["2023-02-29", "2024-2-29", "0000-01-01", "2024-02-29T", "+024-02-29", "20２4-02-2"] {
            assert!(parse_date(bad).is_none(), "{bad}");
        }
    }
}
