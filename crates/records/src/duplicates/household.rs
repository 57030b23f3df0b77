//! Who shares an address, a telephone or an e-mail with somebody: a household, or a firm's own place. They are told
//! apart from duplicates by their names, and shown together here.

use super::shared;
use crate::{
    field::{Kind, Part},
    matching,
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
    store::Work,
    titles,
    value::Value,
};
use base::{Id, Result};
use db::Reader;
use std::collections::BTreeMap;

/// Most records that are told.
const MOST: usize = 50;

/// Somebody of the same household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: Id,
    pub title: String,
    /// `address`, `phone`, `email`.
    pub shares: Vec<&'static str>,
}

/// The records that share something with one, the oldest first, by what the caller may filter by and see. `values` are
/// those of the record.
pub async fn household(work: &Work<'_>, object: &Object, id: Id, values: &[(usize, Value)]) -> Result<Vec<Member>> {
    let mut reader = work.records.db().reader(work.caller);
    let mut found: BTreeMap<Id, Vec<&'static str>> = BTreeMap::new();
    for (kind, told) in [(Kind::Phone, "phone"), (Kind::Email, "email")] {
        for ids in shared::with(work, &mut reader, object, values, |_, field| field.kind == kind).await? {
            ids.into_iter().for_each(|id| found.entry(id).or_default().push(told));
        }
    }
    for id in at_address(work, &mut reader, object, values).await? {
        found.entry(id).or_default().push("address");
    }
    found.remove(&id);
    let ids: Vec<Id> = found.keys().copied().take(MOST).collect();
    let (access, dialect) = (Access::new(&work.catalog.schema, work.caller), work.records.db().dialect());
    let mut titles = titles::load(&mut reader, &access, dialect, (object, false), &ids).await?;
    let member = |id: Id| {
        let mut shares = found.remove(&id)?;
        shares.sort_unstable();
        shares.dedup();
        Some(Member { id, title: titles.remove(&id)?, shares })
    };
    Ok(ids.into_iter().filter_map(member).collect())
}

/// Those with the same street and town, and no other postcode.
async fn at_address(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    values: &[(usize, Value)],
) -> Result<Vec<Id>> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let part = |name: &str| {
        let (at, field) = object.fields.iter().enumerate().find(|(_, field)| field.name == name && !field.deleted)?;
        let value = values.iter().find(|(place, _)| *place == at).map(|(_, value)| value)?;
        let key = matching::match_key(field, value).filter(|_| access.may_filter(object, field))?;
        Some((field, key))
    };
    let (Some(street), Some(city)) = (part("street"), part("city")) else { return Ok(Vec::new()) };
    let dialect = work.records.db().dialect();
    let mut sql = Sql::new();
    sql.push("SELECT r.id FROM ").push(object.table_name()).push(" r WHERE ");
    access.push_living(&mut sql, object, Action::Read, "r");
    for (field, key) in [city, street] {
        sql.push(" AND ").push_field(dialect, "r", field, Part::Compared).push(" = ").push_arg(key.as_str());
    }
    if let Some((field, key)) = part("postcode") {
        sql.push(" AND (").push_field(dialect, "r", field, Part::Compared).push(" IS NULL OR ");
        sql.push_field(dialect, "r", field, Part::Compared).push(" = ").push_arg(key.as_str()).push(")");
    }
    // In no order: one by id would lead the database through all records. The record itself is one of them.
    sql.push(" LIMIT ").push_arg(i64::try_from(MOST + 1).unwrap_or(i64::MAX));
    reader.rows(sql.statement()).await?.iter().map(|row| row.id(0)).collect()
}
