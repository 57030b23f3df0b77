//! Days and times that a spreadsheet keeps as numbers: days since 1900, or since 1904 in files of old Macs.

use crate::number::Number;
use jiff::{
    Span,
    civil::{Date, DateTime, Time, date},
};

/// From which day a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Since {
    #[default]
    Year1900,
    Year1904,
}

/// What of a moment is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    Day,
    DayAndTime,
    Time,
}

/// `2026-11-22`, `2026-11-22T14:30:00` or `14:30:00`; `None` where the number means no day.
pub fn text(number: &Number, parts: Parts, since: Since) -> Option<String> {
    let (days, milliseconds) = number.days_and_milliseconds()?;
    let time = Time::midnight().checked_add(Span::new().try_milliseconds(milliseconds).ok()?).ok()?;
    let clock = time.strftime("%H:%M:%S%.f");
    match parts {
        Parts::Time if days == 0 => Some(clock.to_string()),
        Parts::Time => Some(format!("{}T{clock}", day(days, since)?)),
        Parts::Day if milliseconds == 0 => Some(day(days, since)?.to_string()),
        // More is kept than is shown: a day with a time is what somebody entered.
        Parts::Day | Parts::DayAndTime => Some(format!("{}T{clock}", day(days, since)?)),
    }
}

fn day(days: i64, since: Since) -> Option<Date> {
    let start = match since {
        Since::Year1904 => date(1904, 1, 1),
        // The 29th of February 1900, day 60, never was; spreadsheets have it since the first of them had it.
        Since::Year1900 if days < 60 => date(1899, 12, 31),
        Since::Year1900 => date(1899, 12, 30),
    };
    let day = start.checked_add(Span::new().try_days(days).ok()?).ok()?;
    (days > 0 || since == Since::Year1904).then_some(day)
}

/// A moment in ISO's own words, as cells of ODS and some of XLSX hold it; a fraction of a second is dropped.
pub fn iso(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('Z');
    if let (10, Ok(day)) = (text.len(), text.parse::<Date>()) {
        return Some(day.to_string());
    }
    let moment: DateTime = text.parse().ok()?;
    Some(moment.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// A time of the day from a duration of ODS: `PT14H30M00S`.
pub fn clock(text: &str) -> Option<String> {
    let rest = text.trim().strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let two = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 6);
    Some(format!("{:02}:{:02}:{:02}", two(hours)?, two(minutes)?, two(seconds)?))
}
