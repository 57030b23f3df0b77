//! Groups and totals as the API shows them: keys, what they are called, and the filter that finds the group's records.

use super::{
    asked::{Asked, Figure, GroupBy},
    calendar::Unit,
    figures::Figures,
    gather::{Group, Key},
};
use crate::{
    field::{Field, Kind},
    fields, filter,
    query::Question,
    titles,
    value::{Money, Value},
};
use base::{Id, Result, decimal};
use db::Cell;
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

/// The digits that a mean has beyond those of its field.
const FINER: u8 = 2;

/// What the records are called that a group leads to.
type Titles = Vec<HashMap<Id, String>>;

impl Question<'_> {
    pub(super) async fn tell(&self, asked: &Asked<'_>, groups: &[Group], all: &Figures, more: bool) -> Result<Json> {
        let (access, dialect, mut titles) = (self.access(), self.records.db().dialect(), Titles::new());
        let mut reader = self.records.db().reader(self.caller);
        for (at, by) in asked.groups.iter().enumerate() {
            let ids = groups.iter().filter_map(|group| match group.keys.get(at) {
                Some(Key::Number(id)) if by.field.kind.is_reference() => Some(Id(*id)),
                _ => None,
            });
            let ids: Vec<Id> = ids.collect();
            titles.push(match self.catalog.schema.target(by.field) {
                Some(target) => titles::load(&mut reader, &access, dialect, (target, false), &ids).await?,
                None => HashMap::new(),
            });
        }
        let groups: Vec<Json> = groups.iter().map(|group| self.group(asked, group, &titles)).collect::<Result<_>>()?;
        Ok(json!({"groups": groups, "total": self.figures(asked, all)?, "more": more}))
    }

    fn group(&self, asked: &Asked<'_>, group: &Group, titles: &Titles) -> Result<Json> {
        let (mut key, mut labels, mut filters) = (Map::new(), Map::new(), Vec::new());
        for (((by, own), shown), titles) in asked.groups.iter().zip(&group.keys).zip(&group.shown).zip(titles) {
            key.insert(by.name.clone(), as_json(by, own, shown.as_deref()));
            labels.insert(by.name.clone(), json!(self.label(by, own, shown.as_deref(), titles)));
            filters.push(condition(by, own, shown.as_deref()));
        }
        let mut told = self.figures(asked, &group.figures)?;
        if let Json::Object(members) = &mut told {
            members.insert("key".to_owned(), Json::Object(key));
            members.insert("labels".to_owned(), Json::Object(labels));
            members.insert("filter".to_owned(), json!(filters.join(" and ")));
        }
        Ok(told)
    }

    /// What people call the group; nothing where the caller may not know, or there is no value.
    fn label(&self, by: &GroupBy<'_>, key: &Key, shown: Option<&str>, titles: &HashMap<Id, String>) -> Option<String> {
        match key {
            Key::Nothing => None,
            Key::Day(first) => Some(by.unit.unwrap_or(Unit::Day).name(*first)),
            Key::Choice(place, code) => {
                let choice = by.field.choices.get(*place);
                Some(choice.map_or(code.as_str(), |choice| choice.labels.in_language(self.caller.language)).to_owned())
            }
            Key::Number(id) if by.field.kind.is_reference() => titles.get(&Id(*id)).cloned(),
            Key::Number(number) => Some(match by.field.kind {
                Kind::YesNo => (*number != 0).to_string(),
                _ => number.to_string(),
            }),
            Key::Text(text) => Some(shown.unwrap_or(text).to_owned()),
        }
    }

    /// `{"count": 3, "totals": {"sum(total)": …}}`
    fn figures(&self, asked: &Asked<'_>, figures: &Figures) -> Result<Json> {
        let mut totals = Map::new();
        for total in &asked.totals {
            let Some(field) = asked.measured.get(total.measured) else { continue };
            let Some(measured) = figures.measured.get(total.measured) else {
                totals.insert(total.name.clone(), Json::Null);
                continue;
            };
            let end = |cell: &Option<Cell>| match cell {
                Some(Cell::Int(number)) => self.number(field, *number),
                Some(Cell::Text(text)) => json!(text),
                _ => Json::Null,
            };
            let value = match total.figure {
                Figure::Sum => self.number(field, measured.whole()?),
                Figure::Smallest => end(&measured.smallest),
                Figure::Largest => end(&measured.largest),
                Figure::Average if matches!(field.kind, Kind::Money | Kind::Duration) => {
                    measured.mean(0)?.map_or(Json::Null, |mean| self.number(field, mean))
                }
                Figure::Average => {
                    let mean = measured.mean(u32::from(FINER))?;
                    mean.map_or(Json::Null, |mean| json!(decimal::format(mean, field.scale + FINER)))
                }
            };
            totals.insert(total.name.clone(), value);
        }
        Ok(json!({"count": figures.count, "totals": totals}))
    }

    /// Of money: in the base currency.
    fn number(&self, field: &Field, number: i64) -> Json {
        let schema = &self.catalog.schema;
        let value = if field.kind == Kind::Money {
            let currency = schema.settings.base_currency.clone();
            Value::Money(Money { minor: number, currency, base: Some(number) })
        } else {
            Value::Int(number)
        };
        fields::kind(field.kind).to_json(field, &value, schema.names())
    }
}

fn as_json(by: &GroupBy<'_>, key: &Key, shown: Option<&str>) -> Json {
    match key {
        Key::Nothing => Json::Null,
        Key::Day(first) => json!(by.unit.unwrap_or(Unit::Day).name(*first)),
        Key::Choice(_, code) => json!(code),
        Key::Number(id) if by.field.kind.is_reference() => json!(Id(*id)),
        Key::Number(number) if by.field.kind == Kind::YesNo => json!(*number != 0),
        Key::Number(number) => json!(number),
        Key::Text(text) => json!(shown.unwrap_or(text)),
    }
}

/// A condition of the filter language that finds exactly the records of the group.
fn condition(by: &GroupBy<'_>, key: &Key, shown: Option<&str>) -> String {
    let name = filter::name(&by.field.name);
    match key {
        Key::Nothing => format!("{name} is empty"),
        Key::Day(first) => {
            let last = by.unit.unwrap_or(Unit::Day).last(*first);
            format!("{name} >= date'{first}' and {name} <= date'{last}'")
        }
        Key::Choice(_, code) => format!("{name} = {}", filter::text(code)),
        Key::Number(id) if by.field.kind.is_reference() => format!("{name} = {}", filter::text(&Id(*id).to_string())),
        Key::Number(number) if by.field.kind == Kind::YesNo => format!("{name} = {}", *number != 0),
        Key::Number(number) => format!("{name} = {number}"),
        Key::Text(text) => format!("{name} = {}", filter::text(shown.unwrap_or(text))),
    }
}
