//! XLSX out: each value in the type by which a spreadsheet can reckon and sort.

use crate::{
    field::{Field, Kind},
    fields::{self, Objects},
    value::Value,
};
use base::{Result, Timestamp, decimal};
use formats::{Cell, Column, Workbook};
use jiff::tz::TimeZone;
use std::borrow::Cow;

/// Writes rows of values.
pub struct WorkbookWriter {
    book: Workbook,
    /// In which moments are shown.
    zone: TimeZone,
}

impl WorkbookWriter {
    /// With a column for each field; the sheet is called by the title.
    pub fn new<'a>(title: &str, fields: impl Iterator<Item = &'a Field>, zone: TimeZone) -> Result<WorkbookWriter> {
        let column = |field: &Field| Column {
            name: field.name.clone(),
            // The button of the filter needs room too.
            width: width(field).max(field.name.chars().count() + 4),
        };
        Ok(WorkbookWriter { book: Workbook::new(title, fields.map(column).collect())?, zone })
    }

    pub fn values<'a>(&mut self, row: impl Iterator<Item = (&'a Field, &'a Value)>, objects: &Objects) -> Result<()> {
        let zone = &self.zone;
        self.book.row(row.map(|(field, value)| cell(field, value, zone, objects)))
    }

    pub fn take(&mut self) -> Vec<u8> {
        self.book.take()
    }

    pub fn finish(self) -> Result<Vec<u8>> {
        self.book.finish()
    }
}

fn width(field: &Field) -> usize {
    match field.kind {
        _ if field.holds_many() => 30,
        Kind::Date | Kind::YesNo | Kind::Integer | Kind::Country | Kind::Language | Kind::Currency => 12,
        Kind::Decimal | Kind::Money | Kind::Percent => 15,
        Kind::LongText | Kind::Address => 50,
        Kind::Email | Kind::Url => 30,
        _ => 20,
    }
}

fn cell<'a>(field: &Field, value: &Value, zone: &TimeZone, objects: &Objects) -> Cell<'a> {
    if value.is_empty() {
        return Cell::Empty;
    }
    let typed = if field.holds_many() { None } else { typed(field, value, zone) };
    typed.unwrap_or_else(|| match fields::to_text(field, value, objects) {
        text if text.is_empty() => Cell::Empty,
        text => Cell::Text(Cow::Owned(text)),
    })
}

/// The value as a number, a day, a moment or a yes; `None` for what is a text.
fn typed<'a>(field: &Field, value: &Value, zone: &TimeZone) -> Option<Cell<'a>> {
    Some(match (field.kind, value) {
        (Kind::Integer, Value::Int(number)) => Cell::Number(number.to_string(), Cow::Borrowed("0")),
        (Kind::Decimal, Value::Int(units)) => {
            Cell::Number(decimal::format(*units, field.scale), pattern(field.scale, "").into())
        }
        // A spreadsheet keeps a quarter and shows 25 %.
        (Kind::Percent, Value::Int(units)) => {
            let scale = field.scale;
            Cell::Number(
                decimal::format(*units, scale + 2),
                format!("{}%", pattern(scale, "").trim_start_matches("#,##")).into(),
            )
        }
        (Kind::Money, Value::Money(money)) => {
            let (text, currency) = (fields::amount(money), format!("\" {}\"", money.currency));
            let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
            Cell::Number(text, pattern(u8::try_from(digits).ok()?, &currency).into())
        }
        (Kind::YesNo, Value::Int(yes)) => Cell::YesNo(*yes == 1),
        (Kind::Date, Value::Text(day)) => Cell::Day(base::time::parse_date(day)?),
        (Kind::Instant, Value::Int(at)) => {
            Cell::Moment(jiff::Timestamp::from_millisecond(Timestamp(*at).0).ok()?.to_zoned(zone.clone()).datetime())
        }
        _ => return None,
    })
}

fn pattern(digits: u8, unit: &str) -> String {
    let point = if digits > 0 { "." } else { "" };
    format!("#,##0{point}{}{unit}", "0".repeat(usize::from(digits)))
}
