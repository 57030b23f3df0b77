//! Days, instants and stretches of time, as the tenant's calendar has them at the moment of asking.

use super::verdict::Verdict;
use crate::filter::{
    plan::Order,
    tree::{Direction, Op, Period, Unit, Which},
};
use base::{Timestamp, time};
use jiff::{Span, civil::Date, tz::TimeZone};

/// Longest `in last … days`, in any unit.
pub const LONGEST: i64 = 100_000;

const FIRST: Date = Date::constant(1, 1, 1);
const LAST: Date = Date::constant(9999, 12, 31);

/// When and where a filter is asked.
#[derive(Debug, Clone)]
pub struct Moment {
    pub now: Timestamp,
    pub today: Date,
    zone: TimeZone,
}

/// What a value of time is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Day(Date),
    Instant(Timestamp),
}

impl Moment {
    pub fn new(now: Timestamp, zone: TimeZone) -> Moment {
        Moment { now, today: now.date_in(&zone), zone }
    }

    /// Which dates stand so to it; an instant stands for its day.
    pub fn dates(&self, op: Op, when: When) -> Verdict<Order<String>> {
        let date = match when {
            When::Day(date) => date,
            When::Instant(at) => at.date_in(&self.zone),
        };
        text_order(op, date.to_string())
    }

    /// Which instants stand so to it. A day is the time from its first instant to its last: before it, after it,
    /// within it.
    pub fn instants(&self, op: Op, when: When) -> Verdict<Order<i64>> {
        let (first, last) = match when {
            When::Day(date) => self.day(date),
            When::Instant(at) => (at.0, at.0),
        };
        Verdict::Test(match op {
            Op::Is | Op::Exactly => Order::Within(Some(first), Some(last)),
            Op::IsNot => Order::Outside(first, last),
            Op::Below => Order::Below(first),
            Op::AtMost => Order::Within(None, Some(last)),
            Op::Above => Order::Above(last),
            Op::AtLeast => Order::Within(Some(first), None),
        })
    }

    /// The days and the instants of `in last 7 days`: from the start of the day that lies so far back until now, or
    /// from now until the end of the day that lies so far ahead.
    pub fn span(&self, direction: Direction, number: i64, unit: Unit) -> ((Date, Date), (i64, i64)) {
        let number = if direction == Direction::Last { -number } else { number };
        let far = match unit {
            Unit::Days => moved(self.today, |span| span.try_days(number)),
            Unit::Weeks => moved(self.today, |span| span.try_weeks(number)),
            Unit::Months => moved(self.today, |span| span.try_months(number)),
            Unit::Quarters => moved(self.today, |span| span.try_months(number * 3)),
            Unit::Years => moved(self.today, |span| span.try_years(number)),
        };
        let far = far.unwrap_or(if number < 0 { FIRST } else { LAST });
        match direction {
            Direction::Last => ((far, self.today), (self.day(far).0, self.now.0)),
            Direction::Next => ((self.today, far), (self.now.0, self.day(far).1)),
        }
    }

    /// The days and the instants of a whole week, month, quarter or year.
    pub fn period(&self, which: Which, period: Period) -> ((Date, Date), (i64, i64)) {
        let steps = match which {
            Which::Last => -1,
            Which::This => 0,
            Which::Next => 1,
        };
        let month = i32::from(self.today.month());
        let months = |back: i32, length: i32| {
            let first = moved(self.today.first_of_month(), |span| span.try_months(steps * length - back));
            (first, first.and_then(|first| moved(first, |span| span.try_months(length))))
        };
        let (first, next) = match period {
            Period::Week => {
                let monday = i32::from(self.today.weekday().to_monday_zero_offset());
                let first = moved(self.today, |span| span.try_days(steps * 7 - monday));
                (first, first.and_then(|first| moved(first, |span| span.try_days(7))))
            }
            Period::Month => months(0, 1),
            Period::Quarter => months((month - 1) % 3, 3),
            Period::Year => months(month - 1, 12),
        };
        let first = first.unwrap_or(if steps < 0 { FIRST } else { LAST });
        let last = next.and_then(|next| next.yesterday().ok()).unwrap_or(LAST);
        ((first, last), (self.day(first).0, self.day(last).1))
    }

    /// The first and the last millisecond of a day.
    fn day(&self, date: Date) -> (i64, i64) {
        let next = date.tomorrow().ok().filter(|next| *next <= LAST);
        let end = next.map_or(time::LATEST.0, |next| time::start_of_day(next, &self.zone).0 - 1);
        (time::start_of_day(date, &self.zone).0, end)
    }
}

/// Texts in bytewise order.
pub fn text_order(op: Op, text: String) -> Verdict<Order<String>> {
    Verdict::Test(match op {
        Op::Is | Op::Exactly => Order::Among(vec![text]),
        Op::IsNot => Order::NotAmong(vec![text]),
        Op::Below => Order::Below(text),
        Op::AtMost => Order::Within(None, Some(text)),
        Op::Above => Order::Above(text),
        Op::AtLeast => Order::Within(Some(text), None),
    })
}

/// A date so much later, if the calendar reaches that far.
fn moved(date: Date, span: impl FnOnce(Span) -> Result<Span, jiff::Error>) -> Option<Date> {
    let date = date.checked_add(span(Span::new()).ok()?).ok()?;
    (FIRST..=LAST).contains(&date).then_some(date)
}
