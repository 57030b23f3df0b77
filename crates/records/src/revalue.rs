//! Amounts in the base currency, converted anew when a rate has changed.
//!
//! They are derived from what people wrote, so this makes no new version and no history.

use crate::{
    catalog::{Catalog, Records, rate_field},
    derived::Touched,
    field::{Field, Kind},
    layout::{Record, Selection},
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
    store::record_day,
    value::Value,
};
use base::{Caller, Error, Id, Result};
use db::{Batch, Expect};
use jobs::{Job, JobContext, JobKind, Outcome, Priority};
use serde_json::json;

const JOB: &str = "records.revalue";
const SLICE: i64 = 500;

/// Has all foreign amounts converted anew.
pub fn later(records: &Records, batch: &mut Batch) {
    jobs::enqueue(batch, records.db(), Job::new(JOB, json!({})).priority(Priority::Low));
}

/// Any amount is stored, so that the base currency may not change any more.
pub async fn amounts_exist(records: &Records, caller: &Caller) -> Result<bool> {
    let catalog = records.catalog(caller).await?;
    for object in with_money(&catalog) {
        for field in object.fields.iter().filter(|field| is_written_money(field)) {
            let dialect = records.db().dialect();
            let mut sql = Sql::new();
            sql.push("SELECT r.id FROM ").push(object.table_name()).push(" r WHERE r.tenant_id = ");
            sql.push_arg(caller.tenant).push(" AND ");
            sql.push_field(dialect, "r", field, crate::field::Part::Value).push(" IS NOT NULL LIMIT 1");
            if !records.db().reader(caller).once(sql.statement()).await?.is_empty() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn with_money(catalog: &Catalog) -> impl Iterator<Item = &Object> {
    let objects = catalog.schema.objects().iter().filter(|object| !object.internal);
    objects.filter(|object| object.fields.iter().any(is_written_money))
}

/// Amounts that people wrote; those that are made from others follow them.
fn is_written_money(field: &Field) -> bool {
    field.kind == Kind::Money && !field.holds_many() && field.derived.is_none()
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let catalog = records.catalog(&context.caller).await?;
    for object in with_money(&catalog).map(|object| object.id) {
        for binned in [false, true] {
            let mut after = Id(0);
            while let Some(last) = slice(records, context, object, binned, after).await? {
                after = last;
                if context.stopping() {
                    return Ok(Outcome::Again { at: records.db().clock().now(), batch: Batch::new() });
                }
            }
        }
    }
    Ok(Outcome::done())
}

/// Converts the next records after an id; gives the last one that was looked at.
async fn slice(records: &Records, context: &JobContext, object: i64, binned: bool, after: Id) -> Result<Option<Id>> {
    // Anew for each slice: fields may have been added or defined otherwise meanwhile.
    let catalog = &*records.catalog(&context.caller).await?;
    let Some(object) = catalog.schema.object_by_id(object) else { return Ok(None) };
    let access = Access::new(&catalog.schema, &context.caller);
    let selection = Selection::everything(&catalog.schema, object, "r");
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(&selection.columns).push(" FROM ").push(object.table_name()).push(" r WHERE ");
    access.push_rows(&mut sql, object, Action::Read, "r", binned);
    sql.push(" AND r.id > ").push_arg(after).push(" ORDER BY r.id LIMIT ").push_arg(SLICE);
    let mut rows = records.db().reader(&context.caller).once(sql.statement()).await?;
    let (mut batch, mut last, mut touched) = (Batch::new(), None, Touched::new(catalog));
    for row in rows.cells.chunks_exact_mut(selection.width()) {
        let record = selection.record(object, row)?;
        last = Some(record.id);
        if let Some(mut converted) = converted(catalog, object, &record, records.db().clock().now()) {
            catalog.feeds.compute(&mut converted);
            let update = catalog.layout(object)?.update(context.caller.tenant, object, &record, &converted);
            batch.expect(update, Expect::Fresh);
            touched.change(object, Some(&record), &converted);
        }
    }
    touched.push(context.caller.tenant, records.db().dialect(), &mut batch)?;
    if !batch.is_empty() {
        // Somebody changed a record in between: the job comes again and finds the rest.
        context.submit(batch).await.map_err(|error| match error {
            Error::Stale => Error::Unavailable { seconds: 1 },
            other => other,
        })?;
    }
    Ok(last)
}

/// The record with its amounts converted, if any of them comes out differently.
fn converted(catalog: &Catalog, object: &Object, record: &Record, now: base::Timestamp) -> Option<Record> {
    let mut after = record.clone();
    let created = object.fields.iter().position(|field| field.name == "created_at");
    let written = created.and_then(|at| record.values.get(at)).and_then(Value::int).map_or(now, base::Timestamp);
    let zone = &catalog.schema.reading().zone;
    let day = rate_field(object).and_then(|(at, _)| record_day(record.values.get(at)?, zone));
    let day = day.unwrap_or_else(|| written.date_in(zone));
    for (_, value) in object.fields.iter().zip(&mut after.values).filter(|(field, _)| field.derived.is_none()) {
        if let Value::Money(money) = value {
            money.base = catalog.in_base_currency(money.minor, &money.currency, day);
        }
    }
    (after.values != record.values).then_some(after)
}
