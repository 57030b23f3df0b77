//! When a schedule's file is due: on which days, and at which time of the company's clock on the wall.

use base::{Error, FieldError, Result, Timestamp, message};
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use jobs::When;
use serde::{Deserialize, Serialize};

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Day,
    Week,
    Month,
}

/// A day of the week, by its English name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// As it is sent: not yet known to make sense.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EveryInput {
    pub unit: Unit,
    pub at: String,
    #[serde(default)]
    pub weekday: Option<Weekday>,
    #[serde(default)]
    pub day: Option<i64>,
}

/// Which days, and when on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Every {
    unit: Unit,
    /// `06:00`.
    at: String,
    /// Of weeks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    weekday: Option<Weekday>,
    /// Of months, from 1; the last one where a month has none of that number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    day: Option<i8>,
}

impl Every {
    /// Mondays and firsts, where no day is named.
    ///
    /// # Errors
    /// A field error where there is no such time, or a day of another unit is named.
    pub fn parse(input: &EveryInput) -> Result<Every> {
        let wrong = |field: &str, message| FieldError { field: format!("every.{field}"), message };
        let mut errors = Vec::new();
        let at = time(&input.at);
        if at.is_none() {
            errors.push(wrong("at", message!("export-schedule-time", found = input.at)));
        }
        if input.weekday.is_some() && input.unit != Unit::Week {
            errors.push(wrong("weekday", message!("export-schedule-weekday")));
        }
        let day = input.day.map(|day| i8::try_from(day).ok().filter(|day| (1..=31).contains(day)));
        if input.day.is_some() && input.unit != Unit::Month || day == Some(None) {
            errors.push(wrong("day", message!("export-schedule-day")));
        }
        let Some(at) = at.filter(|_| errors.is_empty()) else { return Err(Error::Invalid(errors)) };
        Ok(Every {
            unit: input.unit,
            at: at.strftime("%H:%M").to_string(),
            weekday: (input.unit == Unit::Week).then(|| input.weekday.unwrap_or(Weekday::Monday)),
            day: (input.unit == Unit::Month).then(|| day.flatten().unwrap_or(1)),
        })
    }

    /// The first moment after `now` at which it is due. Those that were missed are not made up for one by one.
    pub fn next_after(&self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        // Two months of days hold one of each kind.
        const DAYS: usize = 62;
        let daily = When::Daily { at: time(&self.at).unwrap_or(Time::midnight()), zone: zone.clone() };
        let mut next = daily.next_after(now);
        for _ in 0..DAYS {
            if self.falls_on(next.date_in(zone)) {
                break;
            }
            next = daily.next_after(next);
        }
        next
    }

    fn falls_on(&self, date: Date) -> bool {
        match self.unit {
            Unit::Day => true,
            Unit::Week => self.weekday.is_none_or(|day| day.number() == date.weekday().to_monday_one_offset()),
            Unit::Month => date.day() == self.day.unwrap_or(1).min(date.days_in_month()),
        }
    }
}

impl Weekday {
    /// From 1, Monday's.
    fn number(self) -> i8 {
        match self {
            Weekday::Monday => 1,
            Weekday::Tuesday => 2,
            Weekday::Wednesday => 3,
            Weekday::Thursday => 4,
            Weekday::Friday => 5,
            Weekday::Saturday => 6,
            Weekday::Sunday => 7,
        }
    }
}

fn time(text: &str) -> Option<Time> {
    let fits = |(at, byte): (usize, u8)| if at == 2 { byte == b':' } else { byte.is_ascii_digit() };
    let is_plain = text.len() == 5 && text.bytes().enumerate().all(fits);
    is_plain.then(|| Time::strptime("%H:%M", text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn every(unit: Unit, at: &str, weekday: Option<Weekday>, day: Option<i64>) -> Result<Every> {
        Every::parse(&EveryInput { unit, at: at.to_owned(), weekday, day })
    }

    #[track_caller]
    fn check(every: Result<Every>, now: &str, expected: &str) {
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        let next = every.unwrap().next_after(Timestamp::parse(now).unwrap(), &zone);
        assert_eq!(next.rfc3339(), expected);
    }

    #[test]
    fn the_clock_on_the_wall_counts_in_summer_and_winter() {
        let six = || every(Unit::Day, "06:00", None, None);
        check(six(), "2026-03-28T04:59:59Z", "2026-03-28T05:00:00.000Z");
        check(six(), "2026-03-28T05:00:00Z", "2026-03-29T04:00:00.000Z");
        check(six(), "2026-10-24T05:00:00Z", "2026-10-25T05:00:00.000Z");
        // Skipped by the clock, and twice on it.
        let half_past_two = || every(Unit::Day, "02:30", None, None);
        check(half_past_two(), "2026-03-28T12:00:00Z", "2026-03-29T01:30:00.000Z");
        check(half_past_two(), "2026-10-24T12:00:00Z", "2026-10-25T00:30:00.000Z");
        check(half_past_two(), "2026-10-25T00:30:00Z", "2026-10-26T01:30:00.000Z");
    }

    #[test]
    fn weeks_and_months_have_their_days() {
        check(every(Unit::Week, "06:00", None, None), "2026-11-25T12:00:00Z", "2026-11-30T05:00:00.000Z");
        let friday = every(Unit::Week, "06:00", Some(Weekday::Friday), None);
        check(friday, "2026-11-27T05:00:00Z", "2026-12-04T05:00:00.000Z");
        check(every(Unit::Month, "00:00", None, None), "2026-11-25T12:00:00Z", "2026-11-30T23:00:00.000Z");
        let last = || every(Unit::Month, "06:00", None, Some(31));
        check(last(), "2026-01-31T05:00:00Z", "2026-02-28T05:00:00.000Z");
        check(last(), "2028-02-01T05:00:00Z", "2028-02-29T05:00:00.000Z");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for at in ["", "6:00", "24:00", "06:60", "06:00:00", "noon", "0６:00", " 6:00"] {
            assert!(every(Unit::Day, at, None, None).is_err(), "{at}");
        }
        assert!(every(Unit::Day, "06:00", Some(Weekday::Monday), None).is_err());
        assert!(every(Unit::Week, "06:00", None, Some(1)).is_err());
        assert!([0, 32, -1, 300].into_iter().all(|day| every(Unit::Month, "06:00", None, Some(day)).is_err()));
    }

    proptest! {
        #[test]
        fn any_time_is_read_or_refused(at in "\\PC{0,8}|[0-9:]{5}") {
            if let Ok(every) = every(Unit::Day, &at, None, None) {
                prop_assert_eq!(every.at, at);
            }
        }

        #[test]
        fn the_next_time_lies_ahead(now in 0_i64..4_000_000_000_000, unit in 0..3_u8, day in 1_i64..=31) {
            let zone = TimeZone::get("Europe/Warsaw").unwrap();
            let every = match unit {
                0 => every(Unit::Day, "02:30", None, None),
                1 => every(Unit::Week, "02:30", Some(Weekday::Sunday), None),
                _ => every(Unit::Month, "02:30", None, Some(day)),
            };
            let every = every.unwrap();
            let next = every.next_after(Timestamp(now), &zone);
            prop_assert!(next > Timestamp(now) && next.0 - now < 32 * base::time::DAY_MS);
            prop_assert!(every.falls_on(next.date_in(&zone)));
        }
    }
}
