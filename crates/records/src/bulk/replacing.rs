//! The records that hold an option that is replaced, in the bin or not, slice by slice.

use super::{Bulk, slices::Slice};
use crate::{
    definitions::Replacing,
    field::{Field, Part},
    layout::Record,
    object::{Object, Table},
    sql::Sql,
    store::{Change, Led, Op, Work},
    value::Value,
};
use base::{Error, Id, Result};
use std::collections::HashMap;

/// The slice behind a place; `None` at the end.
pub(super) async fn next(
    work: &Work<'_>,
    bulk: &Bulk,
    wanted: &Replacing,
    place: &str,
    size: i64,
) -> Result<Option<Slice>> {
    let object = work.catalog.object_by_id(bulk.object)?;
    let at = object.fields.iter().position(|field| field.name == wanted.field && !field.deleted);
    let (at, field) = at.and_then(|at| Some((at, object.fields.get(at)?))).ok_or(Error::NotFound("field"))?;
    let ids = holding(work, (object, field), &wanted.code, place.parse().unwrap_or(Id(0)), size).await?;
    let Some(last) = ids.last() else { return Ok(None) };
    let (place, count) = (last.to_string(), i64::try_from(ids.len()).unwrap_or(size));
    let mut reader = work.records.db().reader(work.caller);
    let mut known = work.load(&mut reader, object, &ids, false).await?;
    known.extend(work.load(&mut reader, object, &ids, true).await?);
    drop(reader);
    let change = |record: &Record| {
        let values = vec![(at, moved(record.values.get(at).unwrap_or(&Value::Empty), wanted))];
        let in_bin = record.deleted_at.is_some();
        let led = if in_bin { Led::Along } else { Led::ByItself };
        Change { in_bin, led, ..Change::new(Op::Update, object.id, record.id, values) }
    };
    let changes: Vec<Change> = known.iter().map(change).collect();
    let known: HashMap<Id, Record> = known.into_iter().map(|record| (record.id, record)).collect();
    let mut slice = Slice { place, count, ..Slice::default() };
    slice.decide(work, &changes, known).await?;
    Ok(Some(slice))
}

/// The next records after an id that hold a code.
async fn holding(
    work: &Work<'_>,
    (object, field): (&Object, &Field),
    code: &str,
    after: Id,
    size: i64,
) -> Result<Vec<Id>> {
    let (dialect, tenant) = (work.records.db().dialect(), work.caller.tenant);
    let mut sql = Sql::new();
    if field.holds_many() {
        sql.push("SELECT DISTINCT i.record_id AS id FROM item i WHERE i.tenant_id = ").push_arg(tenant);
        sql.push(" AND i.field_id = ").push_arg(field.id).push(" AND i.value = ").push_arg(code);
        sql.push(" AND i.record_id > ").push_arg(after).push(" ORDER BY 1 LIMIT ").push_arg(size);
    } else {
        sql.push("SELECT r.id FROM ").push(object.table_name()).push(" r WHERE r.tenant_id = ").push_arg(tenant);
        if object.table == Table::Shared {
            sql.push(" AND r.object_id = ").push_arg(object.id);
        }
        sql.push(" AND ").push_field(dialect, "r", field, Part::Value).push(" = ").push_arg(code);
        sql.push(" AND r.id > ").push_arg(after).push(" ORDER BY r.id LIMIT ").push_arg(size);
    }
    let rows = work.records.db().reader(work.caller).once(sql.statement()).await?;
    rows.iter().map(|row| row.id(0)).collect()
}

/// A value with the other option in the place of the one that goes.
fn moved(value: &Value, wanted: &Replacing) -> Value {
    let is_it = |value: &Value| value.text() == Some(wanted.code.as_str());
    let new = || wanted.with.clone().map_or(Value::Empty, Value::Text);
    let Value::Many(values) = value else { return if is_it(value) { new() } else { value.clone() } };
    let mut all: Vec<Value> = Vec::new();
    for value in values {
        let value = if is_it(value) { new() } else { value.clone() };
        if !value.is_empty() && !all.contains(&value) {
            all.push(value);
        }
    }
    if all.is_empty() { Value::Empty } else { Value::Many(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_option_comes_in_the_place_of_one_or_none_does() {
        let text = |text: &str| Value::Text(text.to_owned());
        let many = |codes: &str| match codes {
            "" => Value::Empty,
            codes => Value::Many(codes.chars().map(|c| text(&c.to_string())).collect()),
        };
        let wanted = |with: Option<&str>| Replacing {
            field: "plan".to_owned(),
            code: "a".to_owned(),
            with: with.map(str::to_owned),
        };
        assert_eq!(moved(&text("a"), &wanted(Some("b"))), text("b"));
        assert_eq!(moved(&text("a"), &wanted(None)), Value::Empty);
        assert_eq!(moved(&text("c"), &wanted(Some("b"))), text("c"));
        for (before, with, after) in
            [("cab", Some("b"), "cb"), ("ac", Some("b"), "bc"), ("ac", None, "c"), ("a", None, ""), ("c", None, "c")]
        {
            assert_eq!(moved(&many(before), &wanted(with)), many(after), "{before}");
        }
    }
}
