//! Values on their way through an expression: from the fields of a record, and into the field that is computed.

use super::number::Number;
use crate::{
    field::{Field, Kind},
    fields::{self, Objects},
    lists,
    store::record_day,
    value::{self, Value},
};
use base::Timestamp;
use jiff::{civil::Date, tz::TimeZone};

/// Longest text that is made on the way, in characters.
pub const MOST_CHARS: usize = 10_000;
/// Longest text that a field takes.
const MOST_STORED: usize = 1_000;

/// What expressions know beside the record: the company's own choices.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub base_currency: &'a str,
    /// Where days begin.
    pub zone: &'a TimeZone,
}

/// A value on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worth {
    Empty,
    Number(Number),
    Money(Cash),
    Text(String),
    Flag(bool),
    Date(Date),
    /// Milliseconds.
    Instant(i64),
}

/// An amount in whole units of its currency, and beside it in the base currency, where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cash {
    pub amount: Number,
    pub currency: String,
    pub base: Option<Number>,
}

/// As text; nothing for nothing.
pub fn said(worth: &Worth) -> String {
    match worth {
        Worth::Empty => String::new(),
        Worth::Number(number) => number.shown(),
        Worth::Money(cash) => format!("{} {}", cash.amount.shown(), cash.currency),
        Worth::Text(text) => text.clone(),
        Worth::Flag(flag) => flag.to_string(),
        Worth::Date(date) => date.to_string(),
        Worth::Instant(at) => Timestamp(*at).rfc3339(),
    }
}

pub fn short(text: String, most: usize) -> Worth {
    let text = match text.char_indices().nth(most) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    };
    if text.is_empty() { Worth::Empty } else { Worth::Text(text) }
}

/// A field's value.
pub fn read(field: &Field, value: &Value, place: &Place<'_>) -> Worth {
    match (field.kind, value) {
        (Kind::YesNo, Value::Int(flag)) => Worth::Flag(*flag != 0),
        (Kind::Instant, Value::Int(at)) => Worth::Instant(*at),
        (Kind::Decimal | Kind::Percent, Value::Int(units)) => Worth::Number(Number::of(*units, field.scale)),
        (_, Value::Int(number)) => Worth::Number(Number::whole(*number)),
        (Kind::Date, value) => record_day(value, place.zone).map_or(Worth::Empty, Worth::Date),
        (_, Value::Money(money)) => {
            let digits = |currency: &str| lists::minor_digits(currency).unwrap_or(0);
            Worth::Money(Cash {
                amount: Number::of(money.minor, digits(&money.currency)),
                currency: money.currency.clone(),
                base: money.base.map(|base| Number::of(base, digits(place.base_currency))),
            })
        }
        (_, Value::Text(_)) => short(fields::to_text(field, value, &Objects::default()), MOST_CHARS),
        _ => Worth::Empty,
    }
}

impl Worth {
    /// As a value of a field of its kind; empty where it does not fit.
    pub fn value(self, field: &Field, base_currency: &str) -> Value {
        let stored = match self {
            Worth::Empty => None,
            Worth::Number(number) => number.stored(field.scale).map(Value::Int),
            Worth::Money(cash) => money(cash, base_currency).map(Value::Money),
            Worth::Text(text) => one_line(&text).map(Value::Text),
            Worth::Flag(flag) => Some(Value::Int(i64::from(flag))),
            Worth::Date(date) => (date.year() >= 0).then(|| Value::Text(date.to_string())),
            Worth::Instant(at) => Some(Value::Int(at)),
        };
        stored.unwrap_or_default()
    }
}

fn money(cash: Cash, base_currency: &str) -> Option<value::Money> {
    let minor = cash.amount.stored(lists::minor_digits(&cash.currency)?)?;
    let base = match cash.currency == base_currency {
        true => Some(minor),
        false => cash.base.and_then(|base| base.stored(lists::minor_digits(base_currency)?)),
    };
    Some(value::Money { minor, currency: cash.currency, base })
}

/// Texts of fields stand on one line, without blanks around.
fn one_line(text: &str) -> Option<String> {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_STORED).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
