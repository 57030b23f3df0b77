//! Points in time, kept in UTC to the millisecond.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::{Timestamp, message, time};
use jiff::{civil, fmt::strtime, tz::TimeZone};
use serde_json::{Value as Json, json};

pub(super) struct Instant;

impl FieldKind for Instant {
    fn name(&self) -> &'static str {
        "instant"
    }

    /// By the file's pattern where there is one; or RFC 3339; or without an offset, in the company's time zone;
    /// a day alone is its beginning there.
    fn from_text(&self, _field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::trim(text);
        let by_pattern = reading.dates.as_deref().and_then(|pattern| by_pattern(text, pattern, &reading.zone));
        checked(by_pattern.or_else(|| by_standard(text, &reading.zone)), text)
    }

    fn from_json(&self, _field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        match json {
            Json::String(text) => checked(by_standard(texts::trim(text), &reading.zone), text),
            _ => Err(message!("field-needs-text")),
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.int().map(|at| Timestamp(at).rfc3339()).unwrap_or_default()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({ "type": "string", "format": "date-time", "examples": ["2026-11-22T10:00:00.000Z"] })
    }
}

fn checked(at: Option<Timestamp>, text: &str) -> Result<Value, Refused> {
    at.filter(|at| (time::EARLIEST..=time::LATEST).contains(at))
        .map(|at| Value::Int(at.0))
        .ok_or_else(|| message!("field-not-an-instant", found = texts::quote(text)))
}

fn by_pattern(text: &str, pattern: &str, zone: &TimeZone) -> Option<Timestamp> {
    let parts = strtime::parse(pattern, text).ok()?;
    if parts.offset().is_some() {
        return Some(Timestamp(parts.to_timestamp().ok()?.as_millisecond()));
    }
    match parts.hour() {
        Some(_) => local(parts.to_datetime().ok()?, zone),
        None => day(parts.to_date().ok()?, zone),
    }
}

fn by_standard(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Some(date) = time::parse_date(text) {
        return day(date, zone);
    }
    Timestamp::parse(text).or_else(|| local(text.parse().ok()?, zone))
}

fn day(date: civil::Date, zone: &TimeZone) -> Option<Timestamp> {
    (date.year() >= 1).then(|| time::start_of_day(date, zone))
}

/// A clock's reading in a zone; one that was skipped or came twice is read with the offset before the change.
fn local(reading: civil::DateTime, zone: &TimeZone) -> Option<Timestamp> {
    Some(Timestamp(zone.to_timestamp(reading).ok()?.as_millisecond()))
}
