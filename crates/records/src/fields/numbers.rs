//! What all kinds that are numbers share: notations, exactness and bounds.

use super::{Reading, texts};
use crate::field::{Field, Refused};
use base::{
    decimal::{self, NotADecimal},
    message,
};
use serde_json::Value as Json;
use std::borrow::Cow;

/// Units of `10^-scale` from a cell of a file: `1234.50`, `1,234.50`, and with a decimal comma `1 234,50`, `1.234,50`.
pub(super) fn from_text(text: &str, scale: u8, reading: &Reading) -> Result<i64, Refused> {
    let plain = plain(texts::trim(text), reading.decimal_comma);
    let units = if reading.round {
        decimal::parse_rounding(&plain, scale).map(|(units, _)| units)
    } else {
        decimal::parse(&plain, scale)
    };
    units.map_err(|why| refuse(why, text, scale))
}

/// Units of `10^-scale` from JSON: a decimal as text, or a number.
///
/// JSON readers keep numbers with a point as binary fractions. Up to 15 digits these are exact, so that the number
/// that was sent is the one that is read; longer ones are refused and must be sent as text.
pub(super) fn from_json(json: &Json, scale: u8) -> Result<i64, Refused> {
    let text = match json {
        Json::String(text) => Cow::Borrowed(texts::trim(text)),
        Json::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => Cow::Owned(exact(float)?),
            _ => Cow::Owned(number.to_string()),
        },
        _ => return Err(message!("field-needs-number")),
    };
    decimal::parse(&text, scale).map_err(|why| refuse(why, &text, scale))
}

/// Holds units against the field's bounds, which are shown as the field shows its values.
pub(super) fn check(field: &Field, units: i64, show: impl Fn(i64) -> String) -> Result<(), Refused> {
    match (field.min, field.max) {
        (Some(min), _) if units < min => Err(message!("field-number-too-small", min = show(min))),
        (_, Some(max)) if units > max => Err(message!("field-number-too-large", max = show(max))),
        _ => Ok(()),
    }
}

pub(super) fn refuse(why: NotADecimal, text: &str, scale: u8) -> Refused {
    match why {
        NotADecimal::Malformed => message!("field-not-a-number", found = texts::quote(text)),
        NotADecimal::TooFine if scale == 0 => message!("field-not-whole", found = texts::quote(text)),
        NotADecimal::TooFine => message!("field-number-too-fine", found = texts::quote(text), digits = scale),
        NotADecimal::TooLarge => {
            message!("field-number-too-large", max = decimal::format(decimal::LIMIT, scale))
        }
    }
}

/// The shortest text of a binary fraction, where it is the very number that somebody wrote, or too large anyway.
fn exact(float: f64) -> Result<String, Refused> {
    const SAFE_DIGITS: usize = 15;
    let text = float.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).skip_while(|&digit| digit == b'0').count();
    let is_small = float.abs() < 1e15;
    if is_small && digits > SAFE_DIGITS { Err(message!("field-number-inexact", found = text)) } else { Ok(text) }
}

/// The number in the notation of [`decimal::parse`]. What is not a number comes out as something that is none either.
fn plain(text: &str, decimal_comma: bool) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'.' && !decimal_comma) {
        return Cow::Borrowed(text);
    }
    let text = text.replace('\u{2212}', "-");
    let (point, comma) = if decimal_comma { (',', '.') } else { ('.', ',') };
    let (whole, fraction) = text.split_once(point).unwrap_or((&text, ""));
    let Some(whole) = without_groups(whole, comma) else { return Cow::Owned(String::new()) };
    if fraction.is_empty() && !text.ends_with(point) {
        return Cow::Owned(whole);
    }
    Cow::Owned(format!("{whole}.{fraction}"))
}

/// Takes the marks between groups of three digits away: one of the same mark throughout, or none.
fn without_groups(whole: &str, comma: char) -> Option<String> {
    let is_mark = |c: char| c == comma || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    let mut groups = whole.split(is_mark);
    let first = groups.next()?;
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        joined.push_str(group);
    }
    let mut marks = whole.chars().filter(|&c| is_mark(c));
    let mark = marks.next();
    let digits = first.trim_start_matches(['-', '+']).len();
    let lawful = mark.is_none() || marks.all(|other| Some(other) == mark) && (1..=3).contains(&digits);
    lawful.then_some(joined)
}
