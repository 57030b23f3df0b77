//! Days and instants: relative dates in the tenant's zone, nights on which clocks change, ends of the calendar.

use super::{meaning::text, system, world::Company};
use crate::{filter::Filter, permissions::Access, value::Value};
use base::Timestamp;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Whether a value of `field` passes a filter that is asked at `now`.
fn passes(field: &str, value: Value, filter: &str, now: &str) -> bool {
    let (mut company, contact) = Company::with_one("contacts");
    company.set(contact, field, value);
    let (object, caller) = (company.schema.object("contacts").unwrap(), system());
    let access = Access::new(&company.schema, &caller);
    let checked = Filter::parse(filter).and_then(|parsed| parsed.check(&access, object, at(now)));
    checked.unwrap_or_else(|error| panic!("{filter}: {error}")).matches(&company, contact)
}

/// The first and the last instant that pass; the milliseconds beside them do not.
fn instants(filter: &str, now: &str, first: &str, last: &str) {
    let filter = format!("seen_at {filter}");
    let probe = |at: Timestamp, by: i64| passes("seen_at", Value::Int(at.0 + by), &filter, now);
    assert!(probe(at(first), 0) && probe(at(last), 0), "{filter} at {now}");
    assert!(!probe(at(first), -1) && !probe(at(last), 1), "{filter} at {now}");
}

/// The same with dates, a day beside.
fn dates(filter: &str, now: &str, first: &str, last: &str) {
    let filter = format!("renewal {filter}");
    let probe = |day: jiff::civil::Date| passes("renewal", text(&day.to_string()), &filter, now);
    let day = |text: &str| base::time::parse_date(text).unwrap();
    assert!(probe(day(first)) && probe(day(last)), "{filter} at {now}");
    assert!(day(first).yesterday().is_ok_and(|before| before.year() < 1 || !probe(before)), "{filter} at {now}");
    assert!(day(last).tomorrow().is_err() || !probe(day(last).tomorrow().unwrap()), "{filter} at {now}");
}

const NOON: &str = "2026-11-23T11:00:00Z";

#[test]
fn last_and_next_days_reach_from_the_start_of_a_day_to_now_and_from_now_to_the_end_of_a_day() {
    instants("in last 7 days", NOON, "2026-11-15T23:00:00Z", NOON);
    instants("in next 7 days", NOON, NOON, "2026-11-30T22:59:59.999Z");
    instants("in last 0 days", NOON, "2026-11-22T23:00:00Z", NOON);
    instants("in last 2 weeks", NOON, "2026-11-08T23:00:00Z", NOON);
    instants("in next 1 months", NOON, NOON, "2026-12-23T22:59:59.999Z");
    instants("in last 2 quarters", NOON, "2026-05-22T22:00:00Z", NOON);
    instants("in last 1 years", NOON, "2025-11-22T23:00:00Z", NOON);
    dates("in last 7 days", NOON, "2026-11-16", "2026-11-23");
    dates("in next 7 days", NOON, "2026-11-23", "2026-11-30");
    dates("in next 3 months", "2026-11-30T12:00:00Z", "2026-11-30", "2027-02-28");
    dates("in last 1 years", "2024-02-29T12:00:00Z", "2023-02-28", "2024-02-29");
}

#[test]
fn whole_periods_are_those_of_the_calendar_and_weeks_begin_on_monday() {
    // 2026-11-23 is a Monday.
    instants("in this week", NOON, "2026-11-22T23:00:00Z", "2026-11-29T22:59:59.999Z");
    dates("in this week", "2026-11-29T12:00:00Z", "2026-11-23", "2026-11-29");
    dates("in last week", NOON, "2026-11-16", "2026-11-22");
    dates("in next week", NOON, "2026-11-30", "2026-12-06");
    dates("in this month", NOON, "2026-11-01", "2026-11-30");
    dates("in last month", "2026-03-31T12:00:00Z", "2026-02-01", "2026-02-28");
    dates("in next month", "2026-12-31T12:00:00Z", "2027-01-01", "2027-01-31");
    dates("in this quarter", NOON, "2026-10-01", "2026-12-31");
    dates("in last quarter", "2026-01-01T12:00:00Z", "2025-10-01", "2025-12-31");
    dates("in next quarter", NOON, "2027-01-01", "2027-03-31");
    dates("in this year", NOON, "2026-01-01", "2026-12-31");
    dates("in last year", NOON, "2025-01-01", "2025-12-31");
    instants("in next year", NOON, "2026-12-31T23:00:00Z", "2027-12-31T22:59:59.999Z");
}

#[test]
fn the_day_is_the_tenants_day() {
    // Already the 24th in Warsaw.
    dates("= today", "2026-11-23T23:00:00Z", "2026-11-24", "2026-11-24");
    dates("= today", "2026-11-23T22:59:59.999Z", "2026-11-23", "2026-11-23");
    dates("= now", "2026-11-23T23:00:00Z", "2026-11-24", "2026-11-24");
    instants("= today", "2026-11-23T23:00:00Z", "2026-11-23T23:00:00Z", "2026-11-24T22:59:59.999Z");
}

#[test]
fn days_on_which_clocks_change_have_23_and_25_hours() {
    instants("= date'2026-03-29'", NOON, "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999Z");
    instants("= date'2026-10-25'", NOON, "2026-10-24T22:00:00Z", "2026-10-25T22:59:59.999Z");
    instants("in last 1 days", "2026-03-29T12:00:00Z", "2026-03-27T23:00:00Z", "2026-03-29T12:00:00Z");
    instants("in next 1 days", "2026-10-24T12:00:00Z", "2026-10-24T12:00:00Z", "2026-10-25T22:59:59.999Z");
}

#[test]
fn a_day_is_compared_as_a_whole() {
    let (first, last) = ("2026-11-21T23:00:00Z", "2026-11-22T22:59:59.999Z");
    for day in ["date'2026-11-22'", "'2026-11-22'"] {
        instants(&format!("= {day}"), NOON, first, last);
        instants(&format!("between {day} and {day}"), NOON, first, last);
        instants(&format!("in ({day})"), NOON, first, last);
        instants(&format!(">= {day} and seen_at <= {day}"), NOON, first, last);
        let edge = |filter: &str, at: &str| passes("seen_at", Value::Int(self::at(at).0), filter, NOON);
        assert!(!edge(&format!("seen_at < {day}"), first) && !edge(&format!("seen_at > {day}"), last));
        assert!(edge(&format!("seen_at < {day}"), "2026-11-21T22:59:59.999Z"));
        assert!(edge(&format!("seen_at > {day}"), "2026-11-22T23:00:00Z"));
        assert!(
            !edge(&format!("seen_at != {day}"), last) && edge(&format!("seen_at != {day}"), "2026-11-22T23:00:00Z")
        );
    }
    instants("= instant'2026-11-22T10:00:00+01:00'", NOON, "2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z");
    instants("= now", NOON, NOON, NOON);
    instants(
        "between date'2026-11-20' and instant'2026-11-22T09:00:00Z'",
        NOON,
        "2026-11-19T23:00:00Z",
        "2026-11-22T09:00:00Z",
    );
    dates("between date'2026-11-20' and '2026-11-22'", NOON, "2026-11-20", "2026-11-22");
    dates("= instant'2026-11-22T23:30:00Z'", NOON, "2026-11-23", "2026-11-23");
}

#[test]
fn the_calendar_ends_without_harm() {
    dates("in next 100000 years", NOON, "2026-11-23", "9999-12-31");
    dates("in last 100000 quarters", NOON, "0001-01-01", "2026-11-23");
    dates("= date'9999-12-31'", NOON, "9999-12-31", "9999-12-31");
    assert!(passes("seen_at", Value::Int(base::time::LATEST.0), "seen_at in next 100000 years", NOON));
    assert!(passes("seen_at", Value::Int(base::time::LATEST.0), "seen_at >= date'9999-12-31'", NOON));
    assert!(!passes("seen_at", Value::Int(base::time::LATEST.0), "seen_at > date'9999-12-31'", NOON));
}
