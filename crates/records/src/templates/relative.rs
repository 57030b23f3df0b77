//! Days that are counted from the day of use: `{"days_from_today": 14}`, of instants also with a time of day.

use crate::field::{Field, Kind};
use base::{Message, Timestamp, message};
use jiff::{
    Span,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde_json::{Value as Json, json};

/// Most days from today, either way.
const MOST_DAYS: i64 = 36_500;

/// The value of the day of use, where one is counted from it; any other value as it is.
///
/// # Errors
/// Why it cannot be counted so.
pub(super) fn settled(field: &Field, value: &Json, now: Timestamp, zone: &TimeZone) -> Result<Json, Message> {
    let Some(parts) = value.as_object().filter(|parts| parts.contains_key("days_from_today")) else {
        return Ok(value.clone());
    };
    let wrong = || message!("template-relative", most = MOST_DAYS);
    let is_instant = field.kind == Kind::Instant;
    if field.many || !(is_instant || field.kind == Kind::Date) {
        return Err(message!("template-relative-kind", field = field.name));
    }
    if parts.keys().any(|key| key != "days_from_today" && !(is_instant && key == "at")) {
        return Err(wrong());
    }
    let days = parts.get("days_from_today").and_then(Json::as_i64).filter(|days| days.abs() <= MOST_DAYS);
    let day = moved(now.date_in(zone), days.ok_or_else(wrong)?).ok_or_else(wrong)?;
    if !is_instant {
        return Ok(json!(day.to_string()));
    }
    let time = match parts.get("at") {
        Some(at) => at.as_str().and_then(time_of_day).ok_or_else(wrong)?,
        None => time_in(now, zone).ok_or_else(wrong)?,
    };
    let at = day.to_datetime(time).to_zoned(zone.clone()).map_err(|_| wrong())?;
    Ok(json!(Timestamp(at.timestamp().as_millisecond()).rfc3339()))
}

fn moved(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// `09:00`.
fn time_of_day(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let part = |text: &str| text.parse().ok().filter(|_| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()));
    Time::new(part(hour)?, part(minute)?, 0, 0).ok()
}

fn time_in(now: Timestamp, zone: &TimeZone) -> Option<Time> {
    let at = jiff::Timestamp::from_millisecond(now.0).ok()?;
    Some(at.to_zoned(zone.clone()).time())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(kind: Kind, value: Json, expected: Result<&str, &str>) {
        let now = Timestamp::parse("2026-10-24T22:30:00Z").unwrap();
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        let found = settled(&Field::new("x", kind), &value, now, &zone);
        let found = found.map(|json| json.as_str().map_or_else(|| json.to_string(), str::to_owned));
        assert_eq!(found.map_err(|message| message.code), expected.map(str::to_owned), "{value}");
    }

    #[test]
    fn days_are_counted_where_the_company_is() {
        check(Kind::Date, json!({"days_from_today": 0}), Ok("2026-10-25"));
        check(Kind::Date, json!({"days_from_today": -25}), Ok("2026-09-30"));
        check(Kind::Date, json!("2026-01-01"), Ok("2026-01-01"));
        check(Kind::Instant, json!({"days_from_today": 1}), Ok("2026-10-25T23:30:00.000Z"));
        check(Kind::Instant, json!({"days_from_today": 0, "at": "09:00"}), Ok("2026-10-25T08:00:00.000Z"));
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        for (kind, value, code) in [
            (Kind::Text, json!({"days_from_today": 1}), "template-relative-kind"),
            (Kind::Date, json!({"days_from_today": "1"}), "template-relative"),
            (Kind::Date, json!({"days_from_today": 1.5}), "template-relative"),
            (Kind::Date, json!({"days_from_today": 36_501}), "template-relative"),
            (Kind::Date, json!({"days_from_today": i64::MIN + 1}), "template-relative"),
            (Kind::Date, json!({"days_from_today": 1, "at": "09:00"}), "template-relative"),
            (Kind::Instant, json!({"days_from_today": 1, "at": "9:00"}), "template-relative"),
            (Kind::Instant, json!({"days_from_today": 1, "at": "24:00"}), "template-relative"),
            (Kind::Instant, json!({"days_from_today": 1, "on": "x"}), "template-relative"),
        ] {
            check(kind, value, Err(code));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_given_is_read_or_refused(days in any::<i64>(), at in "\\PC{0,6}|[0-9]{2}:[0-9]{2}", now in -1_000_000_000_000_000_i64..1_000_000_000_000_000) {
            let zone = TimeZone::get("Europe/Warsaw").unwrap();
            for kind in [Kind::Date, Kind::Instant] {
                let value = json!({"days_from_today": days, "at": at});
                if let Ok(json) = settled(&Field::new("x", kind), &value, Timestamp(now), &zone) {
                    prop_assert!(json.is_string());
                }
            }
        }
    }
}
