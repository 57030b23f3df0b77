//! What is asked for: the groups, the totals and the order, read and held against the object and the caller.

use super::{Group, calendar::Unit, figures::Figures};
use crate::{
    field::{Field, Kind},
    object::Object,
    permissions::Access,
};
use base::{Error, Result, message};
use std::cmp::Ordering;

const MOST_GROUPS: usize = 2;
const MOST_TOTALS: usize = 20;

/// What records are put together by.
#[derive(Debug)]
pub struct GroupBy<'a> {
    /// As it was asked for: `month(placed_at)`.
    pub name: String,
    pub field: &'a Field,
    /// Of dates and instants.
    pub unit: Option<Unit>,
}

/// What is made of the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    Sum,
    Average,
    Smallest,
    Largest,
}

/// One total of each group.
#[derive(Debug)]
pub struct Total {
    /// As it was asked for: `sum(total)`.
    pub name: String,
    /// The place among [`Asked::measured`].
    pub measured: usize,
    pub figure: Figure,
}

#[derive(Debug, Clone, Copy)]
enum Key {
    Group,
    Count,
    Total(usize),
}

/// A request for totals that makes sense.
#[derive(Debug)]
pub struct Asked<'a> {
    pub groups: Vec<GroupBy<'a>>,
    /// The fields that are added up, each once.
    pub measured: Vec<&'a Field>,
    pub totals: Vec<Total>,
    order: (Key, bool),
}

impl<'a> Asked<'a> {
    /// Reads the three lists of a request.
    ///
    /// # Errors
    /// A field error for `group`, `totals` or `sort`.
    pub fn parse(group: &str, totals: &str, sort: &str, access: &Access, object: &'a Object) -> Result<Asked<'a>> {
        let mut asked =
            Asked { groups: Vec::new(), measured: Vec::new(), totals: Vec::new(), order: (Key::Group, false) };
        for word in words(group) {
            asked.groups.push(group_by(word, access, object)?);
        }
        if asked.groups.len() > MOST_GROUPS {
            return Err(Error::field("group", message!("totals-too-many", most = MOST_GROUPS)));
        }
        for word in words(totals).filter(|word| *word != "count") {
            asked.total(word, access, object)?;
        }
        if asked.totals.len() > MOST_TOTALS {
            return Err(Error::field("totals", message!("totals-too-many", most = MOST_TOTALS)));
        }
        let name = sort.trim().strip_prefix('-').unwrap_or(sort.trim());
        let key = match name {
            "" | "group" => Key::Group,
            "count" => Key::Count,
            name => {
                let place = asked.totals.iter().position(|total| total.name == name);
                Key::Total(place.ok_or_else(|| Error::field("sort", message!("totals-sort", found = name)))?)
            }
        };
        asked.order = (key, sort.trim().starts_with('-'));
        Ok(asked)
    }

    fn total(&mut self, word: &str, access: &Access, object: &'a Object) -> Result<()> {
        let wrong = |message| Error::field("totals", message);
        let (function, name) = call(word).ok_or_else(|| wrong(message!("totals-unreadable", found = word)))?;
        let figure = match function {
            "sum" => Figure::Sum,
            "avg" => Figure::Average,
            "min" => Figure::Smallest,
            "max" => Figure::Largest,
            _ => return Err(wrong(message!("totals-unreadable", found = word))),
        };
        let field = known(name, access, object)
            .ok_or_else(|| wrong(message!("fields-unknown", field = name, object = object.name)))?;
        let is_time = matches!(field.kind, Kind::Date | Kind::Instant);
        let fits = adds_up(field.kind) || is_time && matches!(figure, Figure::Smallest | Figure::Largest);
        if field.holds_many() || !fits {
            return Err(wrong(message!("totals-not-a-number", field = name)));
        }
        let place = self.measured.iter().position(|other| other.name == field.name);
        let measured = place.unwrap_or_else(|| {
            self.measured.push(field);
            self.measured.len() - 1
        });
        self.totals.push(Total { name: format!("{function}({name})"), measured, figure });
        Ok(())
    }

    /// Which of two groups comes first. Groups without a figure come last where the largest come first.
    pub fn compare(&self, one: &Group, other: &Group) -> Ordering {
        let (key, descending) = self.order;
        let order = match key {
            Key::Group => one.keys.cmp(&other.keys),
            Key::Count => one.figures.count.cmp(&other.figures.count),
            Key::Total(at) => self.totals.get(at).map_or(Ordering::Equal, |total| {
                let side =
                    |group: &Group| group.figures.measured.get(total.measured).and_then(|of| of.rank(total.figure));
                Figures::order(side(one), side(other))
            }),
        };
        let order = if descending { order.reverse() } else { order };
        order.then_with(|| one.keys.cmp(&other.keys))
    }
}

/// Kinds of which sums make sense.
fn adds_up(kind: Kind) -> bool {
    use Kind::*;
    matches!(kind, Integer | Decimal | Percent | Money | Duration | Rating)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// `sum(total)` in its two halves.
fn call(word: &str) -> Option<(&str, &str)> {
    let (function, rest) = word.split_once('(')?;
    Some((function.trim(), rest.strip_suffix(')')?.trim()))
}

fn known<'a>(name: &str, access: &Access, object: &'a Object) -> Option<&'a Field> {
    object.field(name).filter(|field| access.may_know(object, field))
}

fn group_by<'a>(word: &str, access: &Access, object: &'a Object) -> Result<GroupBy<'a>> {
    use Kind::*;
    let wrong = |message| Error::field("group", message);
    let (unit, name) = match call(word) {
        None => (None, word),
        Some((unit, name)) => {
            let unit = Unit::parse(unit).ok_or_else(|| wrong(message!("totals-unit", found = unit)))?;
            (Some(unit), name)
        }
    };
    let field = known(name, access, object)
        .ok_or_else(|| wrong(message!("fields-unknown", field = name, object = object.name)))?;
    let is_time = matches!(field.kind, Date | Instant);
    let leads_to_one_object = field.kind != Relation || access.schema.target(field).is_some();
    let groups = is_time
        || matches!(
            field.kind,
            Text | Integer | Rating | YesNo | Choice | Email | Country | Language | Currency | User | Team | Relation
        );
    if !groups || field.holds_many() || !leads_to_one_object || !access.may_filter(object, field) {
        return Err(wrong(message!("totals-no-group", field = name)));
    }
    if unit.is_some() && !is_time {
        return Err(wrong(message!("totals-not-a-date", field = name)));
    }
    let unit = if is_time { Some(unit.unwrap_or(Unit::Day)) } else { None };
    Ok(GroupBy { name: word.to_owned(), field, unit })
}
