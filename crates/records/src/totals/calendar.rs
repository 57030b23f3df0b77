//! Days, weeks, months, quarters and years in the company's time zone. Pure.

use base::{Timestamp, time::DAY_MS};
use jiff::{SignedDuration, Span, civil::Date, tz::TimeZone};

/// What dates are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    /// From Monday.
    Week,
    Month,
    Quarter,
    Year,
}

/// How far into the future the clock's changes are known.
const AHEAD: SignedDuration = SignedDuration::from_hours(20 * 366 * 24);
/// The first of the days that are counted, and how far it lies before the year 1970.
const FIRST: Date = Date::constant(1, 1, 1);
const FIRST_DAYS: i64 = 719_162;

/// The company's clock: from which instant on it was how far from UTC.
#[derive(Debug)]
pub struct Calendar {
    /// In milliseconds, the youngest first; the last one holds from ever.
    pub offsets: Vec<(i64, i64)>,
}

impl Calendar {
    pub fn new(zone: TimeZone, now: Timestamp) -> Calendar {
        let milliseconds = |seconds: i32| i64::from(seconds) * 1_000;
        let until = jiff::Timestamp::from_millisecond(now.0).unwrap_or_default();
        let until = until.checked_add(AHEAD).unwrap_or(jiff::Timestamp::MAX);
        let first = milliseconds(zone.to_offset(jiff::Timestamp::MIN).seconds());
        let mut offsets = vec![(i64::MIN, first)];
        for change in zone.following(jiff::Timestamp::MIN).take_while(|change| change.timestamp() < until) {
            offsets.push((change.timestamp().as_millisecond(), milliseconds(change.offset().seconds())));
        }
        offsets.reverse();
        Calendar { offsets }
    }

    /// What is added to an instant before it is divided by the length of a day, so that days count from the first
    /// of January of the year 1 and none is negative.
    pub fn shifted(offset: i64) -> i64 {
        offset + FIRST_DAYS * DAY_MS
    }

    /// The day of that number, from the first of January of the year 1.
    pub fn day(number: i64) -> Option<Date> {
        FIRST.checked_add(Span::new().try_days(number).ok()?).ok()
    }
}

impl Unit {
    /// As it is asked for: `month`.
    pub fn parse(word: &str) -> Option<Unit> {
        Some(match word {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            _ => return None,
        })
    }

    /// The first day of the stretch in which a day lies.
    pub fn first(self, day: Date) -> Date {
        let back = |months: i8| Date::new(day.year(), day.month() - months, 1).unwrap_or(day);
        match self {
            Unit::Day => day,
            Unit::Week => {
                let since_monday = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(Span::new().days(since_monday)).unwrap_or(day)
            }
            Unit::Month => back(0),
            Unit::Quarter => back((day.month() - 1) % 3),
            Unit::Year => back(day.month() - 1),
        }
    }

    /// The last day of the stretch that begins with `first`.
    pub fn last(self, first: Date) -> Date {
        let span = match self {
            Unit::Day => return first,
            Unit::Week => Span::new().days(7),
            Unit::Month => Span::new().months(1),
            Unit::Quarter => Span::new().months(3),
            Unit::Year => Span::new().years(1),
        };
        first.checked_add(span).and_then(Date::yesterday).unwrap_or(Date::MAX)
    }

    /// `2026-11-25`, `2026-W48`, `2026-11`, `2026-Q4`, `2026`: ISO 8601, and the usual word for quarters.
    pub fn name(self, first: Date) -> String {
        let (year, month) = (first.year(), first.month());
        match self {
            Unit::Day => first.to_string(),
            Unit::Week => {
                let week = first.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Unit::Month => format!("{year:04}-{month:02}"),
            Unit::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
            Unit::Year => format!("{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(unit: Unit, day: &str, first: &str, last: &str, name: &str) {
        let begins = unit.first(day.parse().unwrap());
        let found = (begins.to_string(), unit.last(begins).to_string(), unit.name(begins));
        assert_eq!(found, (first.to_owned(), last.to_owned(), name.to_owned()), "{unit:?} {day}");
    }

    #[test]
    fn a_day_lies_in_a_week_a_month_a_quarter_and_a_year() {
        check(Unit::Day, "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29");
        check(Unit::Week, "2024-12-31", "2024-12-30", "2025-01-05", "2025-W01");
        check(Unit::Week, "2021-01-03", "2020-12-28", "2021-01-03", "2020-W53");
        check(Unit::Month, "2024-02-29", "2024-02-01", "2024-02-29", "2024-02");
        check(Unit::Quarter, "2024-12-31", "2024-10-01", "2024-12-31", "2024-Q4");
        check(Unit::Quarter, "2024-03-01", "2024-01-01", "2024-03-31", "2024-Q1");
        check(Unit::Year, "2023-07-01", "2023-01-01", "2023-12-31", "2023");
        check(Unit::Year, "9999-12-31", "9999-01-01", "9999-12-31", "9999");
        check(Unit::Week, "9999-12-31", "9999-12-27", "9999-12-31", "9999-W52");
    }

    #[test]
    fn days_are_counted_on_the_companys_clock() {
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        let calendar = Calendar::new(zone.clone(), Timestamp(1_764_000_000_000));
        let mut at = -5_000_000_000_000_i64;
        while at < 2_300_000_000_000 {
            let offset = calendar.offsets.iter().find(|(since, _)| at >= *since).unwrap().1;
            let number = (at + Calendar::shifted(offset)) / DAY_MS;
            assert_eq!(Calendar::day(number), Some(Timestamp(at).date_in(&zone)), "{at}");
            at += 12_345_678_901;
        }
        let in_summer = "2026-03-29T01:30:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond();
        let offset = calendar.offsets.iter().find(|(since, _)| in_summer >= *since).unwrap().1;
        assert_eq!(offset, 7_200_000);
    }
}
