//! Values that are written in an expression itself.

use super::{
    number::Number,
    worth::{Cash, Worth},
};
use crate::{
    filter::tree::{LiteralValue, Position},
    lists,
};
use base::{Message, message};

/// The value that a literal stands for.
pub fn worth(value: LiteralValue, at: Position) -> Result<Worth, Message> {
    let unfit = || message!("expression-number", position = at.0);
    Ok(match value {
        LiteralValue::Text(text) if text.is_empty() => Worth::Empty,
        LiteralValue::Text(text) => Worth::Text(text),
        LiteralValue::Number(text) => Worth::Number(number(&text).ok_or_else(unfit)?),
        LiteralValue::Date(text) => Worth::Date(base::time::parse_date(&text).ok_or_else(unfit)?),
        LiteralValue::Instant(text) => Worth::Instant(base::Timestamp::parse(&text).ok_or_else(unfit)?.0),
        LiteralValue::Money(amount, currency) => {
            let digits = lists::minor_digits(&currency).ok_or_else(unfit)?;
            let amount = number(&amount).filter(|amount| amount.scale <= u32::from(digits)).ok_or_else(unfit)?;
            Worth::Money(Cash { amount, currency, base: None })
        }
        // The other words of filters are read as names.
        _ => return Err(unfit()),
    })
}

fn number(text: &str) -> Option<Number> {
    let scale = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let scale = u8::try_from(scale).ok().filter(|scale| *scale <= 9)?;
    Some(Number::of(base::decimal::parse(text, scale).ok()?, scale))
}
