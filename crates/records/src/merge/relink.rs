//! The records that lead to those that are merged, and where they shall lead.

use super::MOST_LINKED;
use crate::{
    field::{Field, Kind, Part},
    layout::Record,
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
    store::{Change, Led, Op, Work},
    value::{Link, Value},
};
use base::{Error, Id, Result, message};
use db::Reader;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// One change for each record, in the bin or not, that leads to a merged one. What is read of them joins `known`.
pub async fn changes(
    work: &Work<'_>,
    object: &Object,
    merged: &HashSet<Id>,
    survivor: &Link,
    known: &mut HashMap<Id, Record>,
) -> Result<Vec<Change>> {
    let mut reader = work.records.db().reader(work.caller);
    let mut found: BTreeMap<i64, BTreeSet<Id>> = BTreeMap::new();
    for other in work.catalog.schema.objects().iter().filter(|other| !other.internal) {
        for field in other.fields.iter().filter(|field| leads_to(field, object)) {
            let ids = leading(work, &mut reader, other, field, merged).await?;
            let gone = |id: &Id| merged.contains(id) || *id == survivor.id;
            found.entry(other.id).or_default().extend(ids.into_iter().filter(|id| !gone(id)));
        }
    }
    if found.values().map(BTreeSet::len).sum::<usize>() > MOST_LINKED {
        return Err(Error::TooLarge(message!("merge-too-many-linked", most = MOST_LINKED)));
    }
    let mut changes = Vec::new();
    for (other, ids) in found {
        let other = work.catalog.object_by_id(other)?;
        let ids: Vec<Id> = ids.into_iter().collect();
        let mut records = work.load(&mut reader, other, &ids, false).await?;
        records.extend(work.load(&mut reader, other, &ids, true).await?);
        records.sort_by_key(|record| record.id);
        changes.extend(records.iter().map(|record| Change {
            led: Led::Along,
            in_bin: record.deleted_at.is_some(),
            ..change(other, object, record, merged, survivor)
        }));
        known.extend(records.into_iter().map(|record| (record.id, record)));
    }
    Ok(changes)
}

fn leads_to(field: &Field, object: &Object) -> bool {
    let relates = matches!(field.kind, Kind::Relation | Kind::Relations);
    let target = field.target.as_ref().and_then(|target| target.object.as_ref());
    relates && target.is_none_or(|target| *target == object.name)
}

async fn leading(
    work: &Work<'_>,
    reader: &mut Reader,
    other: &Object,
    field: &Field,
    merged: &HashSet<Id>,
) -> Result<Vec<Id>> {
    let most = i64::try_from(MOST_LINKED + 1).unwrap_or(i64::MAX);
    let access = Access::new(&work.catalog.schema, work.caller);
    let mut found = Vec::new();
    if field.holds_many() {
        let mut sql = Sql::new();
        sql.push("SELECT l.from_id FROM link l WHERE l.tenant_id = ").push_arg(work.caller.tenant);
        sql.push(" AND l.to_id IN ").push_list(merged.iter().copied()).push(" AND l.field_id = ").push_arg(field.id);
        sql.push(" LIMIT ").push_arg(most);
        found.push(sql);
    } else {
        for binned in [false, true] {
            let mut sql = Sql::new();
            sql.push("SELECT r.id FROM ").push(other.table_name()).push(" r WHERE ");
            access.push_rows(&mut sql, other, Action::Read, "r", binned);
            sql.push(" AND ").push_field(work.records.db().dialect(), "r", field, Part::Value);
            sql.push(" IN ").push_list(merged.iter().copied()).push(" LIMIT ").push_arg(most);
            found.push(sql);
        }
    }
    let mut ids = Vec::new();
    for sql in found {
        for row in reader.rows(sql.statement()).await?.iter() {
            ids.push(row.id(0)?);
        }
    }
    Ok(ids)
}

/// Of twins only the one that says more is given: the other one follows.
fn change(other: &Object, object: &Object, record: &Record, merged: &HashSet<Id>, survivor: &Link) -> Change {
    let mut values: Vec<(usize, Value)> = Vec::new();
    for (at, field) in other.fields.iter().enumerate().filter(|(_, field)| leads_to(field, object)) {
        let own = record.values.get(at).cloned().unwrap_or_default();
        let holder = other.fields.iter().position(|many| many.first == Some(field.name.as_str()));
        let follows = holder.and_then(|at| record.values.get(at)).is_some_and(|many| !many.is_empty());
        let moved = moved(&own, merged, survivor);
        if !follows && moved != own {
            values.push((at, moved));
        }
    }
    Change::new(Op::Update, other.id, record.id, values)
}

fn moved(value: &Value, merged: &HashSet<Id>, survivor: &Link) -> Value {
    match value {
        Value::Link(link) if merged.contains(&link.id) => Value::Link(link.led_to(survivor)),
        Value::Many(all) => {
            let mut kept: Vec<Value> = Vec::with_capacity(all.len());
            for value in all.iter().map(|value| moved(value, merged, survivor)) {
                let id = value.link().map(|link| link.id);
                if id.is_none() || !kept.iter().any(|known| known.link().map(|link| link.id) == id) {
                    kept.push(value);
                }
            }
            Value::Many(kept)
        }
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_led_to_both_leads_once() {
        let link = |id, role: Option<&str>| Value::Link(Link { role: role.map(str::to_owned), ..Link::to(1, Id(id)) });
        let survivor = Link::to(1, Id(1));
        let value = Value::Many(vec![link(2, Some("director")), link(1, None), link(3, None)]);
        let moved = moved(&value, &HashSet::from([Id(2)]), &survivor);
        assert_eq!(moved, Value::Many(vec![link(1, Some("director")), link(3, None)]));
    }
}
