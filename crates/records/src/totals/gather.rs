//! The groups as the database finds them, put together by the calendar.

use super::{
    MOST_GATHERED,
    asked::{Asked, GroupBy},
    calendar::{Calendar, Unit},
    figures::{Figures, HALF, Measured},
};
use crate::{
    field::{Kind, Part},
    object::Object,
    permissions::Action,
    query::{ListRequest, Question},
    sql::Sql,
};
use base::{Error, Result, message, time::DAY_MS};
use db::{Cell, Dialect, Row};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the records of a group have in common, in the order in which groups are shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// No value.
    Nothing,
    /// The first day of a stretch of time.
    Day(Date),
    /// A number, yes/no, the id of a record.
    Number(i64),
    /// The place among the choices of a field, and the code.
    Choice(usize, String),
    /// What is compared of a text.
    Text(String),
}

/// Records with the same keys.
#[derive(Debug)]
pub struct Group {
    pub keys: Vec<Key>,
    /// Of each key that is a text: one of those texts.
    pub shown: Vec<Option<String>>,
    pub figures: Figures,
}

/// Cells of a key: what is compared, and one of the texts that it stands for.
const KEY_CELLS: usize = 2;
/// Cells of a measured field: the halves of the sum, how many there are, the smallest, the largest.
const FIGURE_CELLS: usize = 5;

impl Question<'_> {
    /// All groups, in no order that is of use.
    ///
    /// # Errors
    /// A field error for `group` where there are too many.
    pub(super) async fn gather(
        &self,
        object: &Object,
        list: &ListRequest,
        asked: &Asked<'_>,
        calendar: &Calendar,
    ) -> Result<Vec<Group>> {
        let mut sql = Sql::new();
        sql.push("SELECT ");
        push_columns(&mut sql, self.records.db().dialect(), asked, calendar);
        self.push_from(&mut sql, object, list, Action::Read).await?;
        let keys: Vec<String> = (0..asked.groups.len()).map(|at| (at * KEY_CELLS + 1).to_string()).collect();
        if !keys.is_empty() {
            sql.push(" GROUP BY ").push_expression(&keys.join(", "));
        }
        sql.push(" LIMIT ").push_arg(i64::try_from(MOST_GATHERED).unwrap_or(i64::MAX) + 1);
        let rows = self.records.db().reader(self.caller).once(sql.statement()).await?;
        if rows.len() > MOST_GATHERED {
            return Err(Error::field("group", message!("totals-too-many-groups", most = MOST_GATHERED)));
        }
        let mut groups: BTreeMap<Vec<Key>, Group> = BTreeMap::new();
        for row in rows.iter() {
            let (keys, shown) = keys_of(asked, &row)?;
            let figures = figures_of(asked, &row)?;
            match groups.get_mut(&keys) {
                Some(group) => group.figures.join(&figures),
                None => drop(groups.insert(keys.clone(), Group { keys, shown, figures })),
            }
        }
        Ok(groups.into_values().collect())
    }
}

fn push_columns(sql: &mut Sql, dialect: Dialect, asked: &Asked<'_>, calendar: &Calendar) {
    for group in &asked.groups {
        let compared = group.field.expression(dialect, "r", Part::Compared);
        match (group.field.kind, group.unit) {
            (Kind::Instant, _) => push_day(sql, &compared, calendar),
            // The month of a day is enough for all that is made of months.
            (Kind::Date, Some(Unit::Month | Unit::Quarter | Unit::Year)) => {
                sql.push("substr(").push_expression(&compared).push(", 1, 7)");
            }
            _ => drop(sql.push_expression(&compared)),
        }
        sql.push(", ");
        if group.field.kind.has_key() {
            sql.push("min(").push_field(dialect, "r", group.field, Part::Value).push("), ");
        } else {
            sql.push("NULL, ");
        }
    }
    sql.push("count(*)");
    for field in &asked.measured {
        let value = field.expression(dialect, "r", Part::Compared);
        if field.kind == Kind::Date {
            sql.push(", 0, 0");
        } else {
            for half in [format!("{value} / {HALF}"), format!("{value} % {HALF}")] {
                sql.push(", ").push_expression(&dialect.whole_sum(&half));
            }
        }
        for made in ["count", "min", "max"] {
            sql.push(", ").push(made).push("(").push_expression(&value).push(")");
        }
    }
}

/// The number of the day of an instant on the company's clock.
fn push_day(sql: &mut Sql, instant: &str, calendar: &Calendar) {
    sql.push("(").push_expression(instant).push(" + CASE");
    let mut from_ever = 0;
    for (since, offset) in &calendar.offsets {
        if *since == i64::MIN {
            from_ever = *offset;
            continue;
        }
        sql.push(" WHEN ").push_expression(instant).push(" >= ").push_expression(&since.to_string());
        sql.push(" THEN ").push_expression(&Calendar::shifted(*offset).to_string());
    }
    sql.push(" ELSE ").push_expression(&Calendar::shifted(from_ever).to_string());
    sql.push(" END) / ").push_expression(&DAY_MS.to_string());
}

fn keys_of(asked: &Asked<'_>, row: &Row<'_>) -> Result<(Vec<Key>, Vec<Option<String>>)> {
    let (mut keys, mut shown) = (Vec::new(), Vec::new());
    for (at, group) in asked.groups.iter().enumerate() {
        keys.push(key(group, row.0.get(at * KEY_CELLS))?);
        shown.push(row.opt_text(at * KEY_CELLS + 1)?.map(str::to_owned));
    }
    Ok((keys, shown))
}

fn key(group: &GroupBy<'_>, cell: Option<&Cell>) -> Result<Key> {
    let strange = || Error::internal("a group of records has a key of another kind");
    let stretch = |day: Date| Key::Day(group.unit.unwrap_or(Unit::Day).first(day));
    Ok(match (group.field.kind, cell) {
        (_, None | Some(Cell::Null)) => Key::Nothing,
        (Kind::Instant, Some(Cell::Int(number))) => stretch(Calendar::day(*number).ok_or_else(strange)?),
        (Kind::Date, Some(Cell::Text(text))) => {
            let day = if text.len() == 7 { format!("{text}-01").parse() } else { text.parse() };
            stretch(day.map_err(Error::internal)?)
        }
        (Kind::Choice, Some(Cell::Text(code))) => {
            let place = group.field.choices.iter().position(|choice| choice.code == *code);
            Key::Choice(place.unwrap_or(usize::MAX), code.clone())
        }
        (_, Some(Cell::Int(number))) => Key::Number(*number),
        (_, Some(Cell::Text(text))) => Key::Text(text.clone()),
        (_, Some(Cell::Bytes(_))) => return Err(strange()),
    })
}

fn figures_of(asked: &Asked<'_>, row: &Row<'_>) -> Result<Figures> {
    let start = asked.groups.len() * KEY_CELLS;
    let mut figures = Figures { count: row.int(start)?, measured: Vec::new() };
    for place in 0..asked.measured.len() {
        let at = start + 1 + place * FIGURE_CELLS;
        let half = |at: usize| row.opt_int(at).map(|half| i128::from(half.unwrap_or(0)));
        let end = |at: usize| row.0.get(at).filter(|cell| **cell != Cell::Null).cloned();
        figures.measured.push(Measured {
            sum: half(at)? * i128::from(HALF) + half(at + 1)?,
            count: row.int(at + 2)?,
            smallest: end(at + 3),
            largest: end(at + 4),
        });
    }
    Ok(figures)
}
