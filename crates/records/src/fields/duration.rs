//! Lengths of time in whole seconds: how long a visit takes, what was worked. Shown in the notation of ISO 8601.

use super::{FieldKind, Objects, Reading, numbers, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::{decimal, fold, message};
use serde_json::{Value as Json, json};

pub(super) struct Duration;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Some three thousand years.
const LONGEST: i64 = 100_000_000_000;

impl FieldKind for Duration {
    fn name(&self) -> &'static str {
        "duration"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        checked(field, seconds(text, reading.decimal_comma)?)
    }

    fn from_json(&self, field: &Field, json: &Json, _reading: &Reading) -> Result<Value, Refused> {
        match json {
            Json::String(text) => checked(field, seconds(text, false)?),
            _ => checked(field, numbers::from_json(json, 0)?),
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.int().map(shown).unwrap_or_default()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({
            "type": "string",
            "format": "duration",
            "pattern": r"^PT(\d+H)?(\d+M)?(\d+S)?$",
            "description": "ISO 8601; also read: seconds as a number, 1:30 (hours and minutes), 90 min, 1h 30m",
            "examples": ["PT1H30M"],
        })
    }

    fn masked(&self, _field: &Field, _value: &Value) -> String {
        "PT•••".to_owned()
    }
}

fn checked(field: &Field, seconds: i64) -> Result<Value, Refused> {
    if seconds < 0 {
        return Err(message!("field-number-too-small", min = shown(0)));
    }
    if seconds > LONGEST {
        return Err(message!("field-number-too-large", max = shown(LONGEST)));
    }
    numbers::check(field, seconds, shown)?;
    Ok(Value::Int(seconds))
}

/// `PT1H30M`; days are not written, since not every day has 24 hours.
fn shown(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    let part = |number: i64, letter: char| if number == 0 { String::new() } else { format!("{number}{letter}") };
    let parts = [part(hours, 'H'), part(minutes, 'M'), part(rest, 'S')].concat();
    if parts.is_empty() { "PT0S".to_owned() } else { format!("PT{parts}") }
}

/// Reads `90`, `1:30`, `1:30:00`, `90 min`, `1h 30m`, `1,5 h`, `PT1H30M`.
fn seconds(text: &str, decimal_comma: bool) -> Result<i64, Refused> {
    let trimmed = texts::trim(text);
    let read = match trimmed {
        clock if clock.contains(':') => of_clock(clock),
        iso if iso.starts_with(['P', 'p']) => of_iso(iso),
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok(),
        worded => of_words(worded, decimal_comma),
    };
    let read = read.ok_or_else(|| message!("field-not-a-duration", found = texts::quote(trimmed)))?;
    if read > LONGEST { Err(message!("field-number-too-large", max = shown(LONGEST))) } else { Ok(read) }
}

/// `h:mm` or `h:mm:ss`.
fn of_clock(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, rest) = parts.split_first()?;
    let digits =
        |part: &&str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours, 9)
        || !(1..=2).contains(&rest.len())
        || !rest.iter().all(|part| part.len() == 2 && digits(part, 2))
    {
        return None;
    }
    let mut total = hours.parse::<i64>().ok()? * HOUR;
    for (part, unit) in rest.iter().zip([MINUTE, 1]) {
        total += part.parse::<i64>().ok().filter(|number| *number < 60)? * unit;
    }
    Some(total)
}

/// `PT1H30M`, `P1DT2H`, `P2W`. Years and months have no fixed length and are refused.
fn of_iso(text: &str) -> Option<i64> {
    let upper = text.to_ascii_uppercase();
    let (date, time) = match upper.strip_prefix('P')?.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (upper.strip_prefix('P')?, ""),
    };
    let days = pieces(date, false)?;
    let clock = pieces(time, false)?;
    if days.is_empty() && clock.is_empty() {
        return None;
    }
    let length = |unit: &str| match unit {
        "W" => Some(7 * DAY),
        "D" => Some(DAY),
        _ => None,
    };
    let of_time = |unit: &str| match unit {
        "H" => Some(HOUR),
        "M" => Some(MINUTE),
        "S" => Some(1),
        _ => None,
    };
    total(&days, length)?.checked_add(total(&clock, of_time)?)
}

/// `90 min`, `1h 30m`, `1.5 godz.`; units in the four languages of the house.
fn of_words(text: &str, decimal_comma: bool) -> Option<i64> {
    let found = pieces(&fold::fold(text), decimal_comma)?;
    if found.is_empty() {
        return None;
    }
    total(&found, |unit| {
        Some(match unit.trim_end_matches('.') {
            "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "seconde" | "secondes" | "secunde" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" | "minut" | "minuty" | "minuta" => MINUTE,
            "h" | "hr" | "hrs" | "hour" | "hours" | "g" | "godz" | "godzina" | "godziny" | "godzin" | "heure"
            | "heures" | "ora" | "ore" => HOUR,
            "d" | "day" | "days" | "dni" | "dzien" | "j" | "jour" | "jours" | "zi" | "zile" => DAY,
            _ => return None,
        })
    })
}

/// A number of ten-thousandths and its unit, each of them once and from the longest to the shortest.
fn total(pieces: &[(i64, String)], length: impl Fn(&str) -> Option<i64>) -> Option<i64> {
    let (mut total, mut last) = (0_i64, i64::MAX);
    for (number, unit) in pieces {
        let unit = length(unit).filter(|unit| *unit < last)?;
        let fine = number.checked_mul(unit)?;
        if fine % FINE != 0 {
            return None;
        }
        total = total.checked_add(fine / FINE)?;
        last = unit;
    }
    Some(total)
}

/// Ten-thousandths, so that `1.25 h` is exact.
const FINE: i64 = 10_000;

/// `1h 30m` as `[(1, "h"), (30, "m")]`, in ten-thousandths.
fn pieces(text: &str, decimal_comma: bool) -> Option<Vec<(i64, String)>> {
    let point = if decimal_comma { ',' } else { '.' };
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != point)?;
        let (number, after) = rest.split_at(end);
        let after = after.trim_start();
        let end = after.find(|c: char| c.is_whitespace() || c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        if unit.is_empty() {
            return None;
        }
        found.push((decimal::parse(&number.replace(point, "."), 4).ok()?, unit.to_owned()));
        rest = next.trim_start();
    }
    Some(found)
}
