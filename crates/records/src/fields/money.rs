//! Amounts with their currency, in its smallest unit. What an amount is worth in the base currency is added by the
//! write path, which knows the day's rates.

use super::{FieldKind, Objects, Reading, decimal::decimal_pattern, numbers, texts};
use crate::{
    field::{Field, Refused},
    lists,
    value::{Money, Value},
};
use base::{decimal, message};
use serde_json::{Value as Json, json};

pub(super) struct MoneyKind;

impl FieldKind for MoneyKind {
    fn name(&self) -> &'static str {
        "money"
    }

    /// `1234.50 EUR`, `EUR 1234.50`, or the number alone in the default currency.
    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let (number, currency) = halves(texts::trim(text));
        let currency = currency.unwrap_or(&reading.currency);
        let (code, digits) = known(currency)?;
        checked(field, numbers::from_text(number, digits, reading)?, code, digits)
    }

    /// `{"amount": "1234.50", "currency": "EUR"}`, or what a text may be, or a number in the default currency.
    fn from_json(&self, field: &Field, json: &Json, reading: &Reading) -> Result<Value, Refused> {
        let (amount, currency) = match json {
            Json::Object(parts) => {
                if let Some(other) = parts.keys().find(|key| !matches!(key.as_str(), "amount" | "currency")) {
                    return Err(message!("field-unknown-part", part = texts::quote(other)));
                }
                let currency = match parts.get("currency") {
                    Some(Json::String(code)) => code,
                    None | Some(Json::Null) => &reading.currency,
                    Some(_) => return Err(message!("field-not-money")),
                };
                (parts.get("amount").ok_or_else(|| message!("field-not-money"))?, currency)
            }
            Json::String(text) => {
                let (number, currency) = halves(texts::trim(text));
                let (code, digits) = known(currency.unwrap_or(&reading.currency))?;
                let units = decimal::parse(number, digits).map_err(|why| numbers::refuse(why, text, digits))?;
                return checked(field, units, code, digits);
            }
            Json::Number(_) => (json, &reading.currency),
            _ => return Err(message!("field-not-money")),
        };
        let (code, digits) = known(currency)?;
        checked(field, numbers::from_json(amount, digits)?, code, digits)
    }

    fn to_json(&self, _field: &Field, value: &Value, _objects: &Objects) -> Json {
        match value {
            Value::Money(money) => json!({ "amount": amount(money), "currency": money.currency }),
            _ => Json::Null,
        }
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        match value {
            Value::Money(money) => format!("{} {}", amount(money), money.currency),
            _ => String::new(),
        }
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({
            "type": "object",
            "properties": {
                "amount": { "type": "string", "pattern": decimal_pattern(4), "examples": ["1234.50"] },
                "currency": { "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217" },
            },
            "required": ["amount", "currency"],
            "additionalProperties": false,
        })
    }
}

/// The amount with as many digits behind the point as its currency has.
pub(super) fn amount(money: &Money) -> String {
    decimal::format(money.minor, lists::minor_digits(&money.currency).unwrap_or(0))
}

fn known(currency: &str) -> Result<(&'static str, u8), Refused> {
    let code = lists::currency(texts::trim(currency));
    code.and_then(|code| Some((code, lists::minor_digits(code)?)))
        .ok_or_else(|| message!("field-unknown-currency", found = texts::quote(currency)))
}

fn checked(field: &Field, minor: i64, currency: &str, digits: u8) -> Result<Value, Refused> {
    numbers::check(field, minor, |bound| format!("{} {currency}", decimal::format(bound, digits)))?;
    Ok(Value::Money(Money { minor, currency: currency.to_owned(), base: None }))
}

/// The number and the currency of `12 EUR`, `EUR12` or `12`.
fn halves(text: &str) -> (&str, Option<&str>) {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '\u{2212}' | '.' | ',');
    let (Some(first), Some(last)) = (text.find(is_number), text.rfind(is_number)) else { return (text, None) };
    let (before, rest) = text.split_at(first);
    let (number, after) = rest.split_at(last - first + 1);
    match (texts::trim(before), texts::trim(after)) {
        ("", "") => (number, None),
        ("", currency) | (currency, "") => (number, Some(currency)),
        _ => (text, None),
    }
}
