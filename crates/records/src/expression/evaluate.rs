//! What an expression is worth for one record. Total: overflow, division by nought and missing values are empty.

use super::{
    Call, Node,
    number::Number,
    worth::{Cash, MOST_CHARS, Place, Worth, read, said, short},
};
use crate::{layout::Record, object::Object};
use base::{Timestamp, fold};
use jiff::{ToSpan, civil::Date};
use std::cmp::Ordering;

/// The value of a node for a record.
pub fn evaluate(node: &Node, place: &Place<'_>, object: &Object, record: &Record) -> Worth {
    match node {
        Node::Value(worth) => known(worth, place),
        Node::Field(name, _) => {
            let at = object.fields.iter().position(|field| field.name == *name);
            let found = at.and_then(|at| Some((object.fields.get(at)?, record.values.get(at)?)));
            found.map_or(Worth::Empty, |(field, value)| read(field, value, place))
        }
        Node::Call(call, _, inner) => {
            let worth = |at: usize| inner.get(at).map_or(Worth::Empty, |node| evaluate(node, place, object, record));
            let is_true = |worth: &Worth| *worth == Worth::Flag(true);
            match call {
                Call::If => {
                    let chosen = if is_true(&worth(0)) { 1 } else { 2 };
                    worth(chosen)
                }
                Call::And => Worth::Flag(is_true(&worth(0)) && is_true(&worth(1))),
                Call::Or => Worth::Flag(is_true(&worth(0)) || is_true(&worth(1))),
                Call::Not => Worth::Flag(!is_true(&worth(0))),
                Call::IsEmpty => Worth::Flag(worth(0) == Worth::Empty),
                Call::Coalesce => {
                    (0..inner.len()).map(worth).find(|worth| *worth != Worth::Empty).unwrap_or(Worth::Empty)
                }
                _ => {
                    let all: Vec<Worth> = (0..inner.len()).map(worth).collect();
                    of_values(*call, &all, place).unwrap_or(Worth::Empty)
                }
            }
        }
    }
}

/// A value as written; an amount is worth itself where it is in the base currency.
fn known(worth: &Worth, place: &Place<'_>) -> Worth {
    match worth {
        Worth::Money(cash) if cash.currency == place.base_currency => {
            Worth::Money(Cash { base: Some(cash.amount), ..cash.clone() })
        }
        other => other.clone(),
    }
}

fn of_values(call: Call, all: &[Worth], place: &Place<'_>) -> Option<Worth> {
    let (first, second) = (all.first()?, all.get(1).unwrap_or(&Worth::Empty));
    let text = |made: String| Some(short(made, MOST_CHARS));
    Some(match call {
        Call::Join | Call::Concat => return text(all.iter().map(said).collect()),
        Call::Is | Call::Below | Call::AtMost | Call::Above | Call::AtLeast | Call::IsNot => {
            Worth::Flag(compare(first, second).is_some_and(|order| passes(call, order)))
        }
        Call::Min | Call::Max => return extreme(all, call == Call::Max),
        Call::Plus | Call::Minus | Call::Times | Call::Over => return arithmetic(call, first, second, place),
        Call::Round => {
            let digits = if all.len() > 1 { whole(second)? } else { 0 };
            let digits = u32::try_from(digits.clamp(0, 9)).ok()?;
            return each(first, |number| number.rounded(digits));
        }
        Call::Abs => return each(first, |number| Some(Number { units: number.units.checked_abs()?, ..number })),
        Call::Text => return text(said(first)).filter(|_| *first != Worth::Empty),
        Call::Lower | Call::Upper | Call::Trim | Call::Length | Call::Left | Call::Right => {
            return of_text(call, first, second);
        }
        Call::DaysBetween => {
            let (from, to) = (day(first, place)?, day(second, place)?);
            Worth::Number(Number::whole(i64::from((to - from).get_days())))
        }
        Call::AddDays => Worth::Date(day(first, place)?.checked_add(whole(second)?.days_span()?).ok()?),
        Call::Year => Worth::Number(Number::whole(i64::from(day(first, place)?.year()))),
        Call::Month => Worth::Number(Number::whole(i64::from(day(first, place)?.month()))),
        Call::Day => Worth::Number(Number::whole(i64::from(day(first, place)?.day()))),
        // Answered by the caller of this function.
        Call::If | Call::And | Call::Or | Call::Not | Call::IsEmpty | Call::Coalesce => Worth::Empty,
    })
}

trait Days {
    fn days_span(self) -> Option<jiff::Span>;
}

impl Days for i64 {
    /// So many days; nothing beyond all calendars.
    fn days_span(self) -> Option<jiff::Span> {
        (self.abs() <= 4_000_000).then(|| self.days())
    }
}

fn arithmetic(call: Call, one: &Worth, other: &Worth, place: &Place<'_>) -> Option<Worth> {
    let operate = |one: Number, other: Number| match call {
        Call::Plus => one.plus(other),
        Call::Minus => one.minus(other),
        Call::Times => one.times(other),
        _ => one.over(other),
    };
    match (one, other) {
        (Worth::Number(one), Worth::Number(other)) => operate(*one, *other).map(Worth::Number),
        (Worth::Money(cash), Worth::Number(number)) => each(&Worth::Money(cash.clone()), |own| operate(own, *number)),
        (Worth::Number(number), Worth::Money(cash)) => each(&Worth::Money(cash.clone()), |own| operate(*number, own)),
        (Worth::Money(one), Worth::Money(other)) if call == Call::Over => {
            let (one, other) = alike(one, other)?;
            one.over(other).map(Worth::Number)
        }
        (Worth::Money(one), Worth::Money(other)) => {
            let base = one.base.zip(other.base).and_then(|(one, other)| operate(one, other));
            Some(Worth::Money(if one.currency == other.currency {
                Cash { amount: operate(one.amount, other.amount)?, currency: one.currency.clone(), base }
            } else {
                Cash { amount: base?, currency: place.base_currency.to_owned(), base }
            }))
        }
        _ => None,
    }
}

/// Of a number, or of an amount in both its currencies.
fn each(worth: &Worth, work: impl Fn(Number) -> Option<Number>) -> Option<Worth> {
    match worth {
        Worth::Number(number) => work(*number).map(Worth::Number),
        Worth::Money(cash) => Some(Worth::Money(Cash {
            amount: work(cash.amount)?,
            currency: cash.currency.clone(),
            base: cash.base.and_then(work),
        })),
        _ => None,
    }
}

/// Two amounts as numbers that can be compared: in their currency, or in the base currency.
fn alike(one: &Cash, other: &Cash) -> Option<(Number, Number)> {
    if one.currency == other.currency { Some((one.amount, other.amount)) } else { one.base.zip(other.base) }
}

/// Nothing where one of them is empty: each comparison with that is false.
fn compare(one: &Worth, other: &Worth) -> Option<Ordering> {
    match (one, other) {
        (Worth::Number(one), Worth::Number(other)) => one.compare(*other),
        (Worth::Money(one), Worth::Money(other)) => alike(one, other).and_then(|(one, other)| one.compare(other)),
        (Worth::Money(cash), Worth::Number(number)) => cash.base?.compare(*number),
        (Worth::Number(number), Worth::Money(cash)) => number.compare(cash.base?),
        // As in filters: case and accents do not count.
        (Worth::Text(one), Worth::Text(other)) => Some(fold::fold(one).cmp(&fold::fold(other))),
        (Worth::Flag(one), Worth::Flag(other)) => Some(one.cmp(other)),
        (Worth::Date(one), Worth::Date(other)) => Some(one.cmp(other)),
        (Worth::Instant(one), Worth::Instant(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

fn passes(call: Call, order: Ordering) -> bool {
    match call {
        Call::Is => order.is_eq(),
        Call::IsNot => order.is_ne(),
        Call::Below => order.is_lt(),
        Call::AtMost => order.is_le(),
        Call::Above => order.is_gt(),
        _ => order.is_ge(),
    }
}

/// Of those that are not empty.
fn extreme(all: &[Worth], largest: bool) -> Option<Worth> {
    let mut best: Option<&Worth> = None;
    for worth in all.iter().filter(|worth| **worth != Worth::Empty) {
        let better = match best {
            None => true,
            Some(best) if largest => compare(worth, best)?.is_gt(),
            Some(best) => compare(worth, best)?.is_lt(),
        };
        if better {
            best = Some(worth);
        }
    }
    best.cloned()
}

fn of_text(call: Call, worth: &Worth, number: &Worth) -> Option<Worth> {
    let Worth::Text(text) = worth else { return None };
    let count = || usize::try_from(whole(number)?.max(0)).ok();
    let length = text.chars().count();
    let made: String = match call {
        Call::Length => return Some(Worth::Number(Number::whole(i64::try_from(length).ok()?))),
        Call::Lower => text.to_lowercase(),
        Call::Upper => text.to_uppercase(),
        Call::Trim => text.trim().to_owned(),
        Call::Left => text.chars().take(count()?).collect(),
        _ => text.chars().skip(length.saturating_sub(count()?)).collect(),
    };
    Some(short(made, MOST_CHARS))
}

fn whole(worth: &Worth) -> Option<i64> {
    match worth {
        Worth::Number(number) => i64::try_from(number.rounded(0)?.units).ok(),
        _ => None,
    }
}

fn day(worth: &Worth, place: &Place<'_>) -> Option<Date> {
    match worth {
        Worth::Date(date) => Some(*date),
        Worth::Instant(at) => Some(Timestamp(*at).date_in(place.zone)),
        _ => None,
    }
}
