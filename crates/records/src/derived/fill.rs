//! The first filling of a derived field, and each later one where its definition, the base currency or the time zone
//! has changed. It goes through the records in slices and goes on where it stopped; meanwhile what is written beside it
//! is exact already.

use super::Touched;
use crate::{
    background::number,
    catalog::{Catalog, Records},
    layout::{Record, Selection},
    object::{Object, Table},
    sql::Sql,
};
use base::{Caller, Error, Id, Result, TenantId, Timestamp};
use db::{Batch, Cell, Expect, Reader, Statement, sql};
use jobs::{Job, JobContext, JobKind, Outcome, Priority};
use serde_json::json;
use std::collections::HashSet;

const JOB: &str = "records.derive";
const SLICE: i64 = 200;

/// So often a slice is tried again because somebody has changed one of its records.
const TRIES: usize = 5;

/// Whoever began to write before the definition changed has ended so long after the first filling, and may have written
/// without it: all records are gone through a second time, which nobody notices.
const GRACE_MS: i64 = 30_000;

/// Has the values of a field, by its id and that of its object, worked out for all records.
pub fn later(records: &Records, batch: &mut Batch, tenant: TenantId, object: i64, field: i64) {
    let text = sql!(
        "INSERT INTO derived_fill (tenant_id, field_id, object_id, after_id) VALUES (?1, ?2, ?3, 0)
         ON CONFLICT (tenant_id, field_id) DO UPDATE SET after_id = 0, again_at = NULL"
    );
    batch.run(Statement::new(text, [tenant.into(), Cell::Int(field), Cell::Int(object)]));
    let job = Job::new(JOB, json!({"field": field})).unique(format!("{JOB}:{field}"));
    jobs::enqueue(batch, records.db(), job.priority(Priority::Low));
}

/// Has all derived fields worked out anew: what they are counted in has changed.
pub async fn all_later(records: &Records, caller: &Caller, batch: &mut Batch) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    for object in catalog.schema.objects() {
        for field in object.fields.iter().filter(|field| field.derived.is_some()) {
            later(records, batch, caller.tenant, object.id, field.id);
        }
    }
    Ok(())
}

/// The fields that are still being filled, by their ids.
pub async fn open(reader: &mut Reader, tenant: TenantId) -> Result<HashSet<i64>> {
    let text = sql!("SELECT field_id FROM derived_fill WHERE tenant_id = ?1 AND again_at IS NULL");
    let rows = reader.rows(Statement::new(text, [tenant.into()])).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let (tenant, field) = (context.caller.tenant, number(&context.payload, "field")?);
    let text = sql!("SELECT object_id, after_id, again_at FROM derived_fill WHERE tenant_id = ?1 AND field_id = ?2");
    let place = Statement::new(text, [tenant.into(), Cell::Int(field)]);
    let rows = records.db().reader(&context.caller).once(place).await?;
    let Some(row) = rows.first() else { return Ok(Outcome::done()) };
    let (object, mut after, again_at) = (row.int(0)?, row.id(1)?, row.opt_int(2)?);
    // Of a definition that has changed once more since, another job takes care.
    if again_at != context.payload["again_at"].as_i64() {
        return Ok(Outcome::done());
    }
    let catalog = records.catalog(&context.caller).await?;
    let known = catalog.schema.object_by_id(object);
    if !known.is_some_and(|object| object.fields.iter().any(|own| own.id == field)) {
        let mut batch = Batch::new();
        let text = sql!("DELETE FROM derived_fill WHERE tenant_id = ?1 AND field_id = ?2");
        batch.run(Statement::new(text, [tenant.into(), Cell::Int(field)]));
        return Ok(Outcome::Done(batch));
    }
    let filling = Filling { records, context, object, field };
    while let Some(last) = filling.slice(after).await? {
        after = last;
        if context.stopping() {
            return Ok(Outcome::Again { at: records.db().clock().now(), batch: Batch::new() });
        }
    }
    Ok(Outcome::Done(filled(records, context, field, after, again_at)))
}

/// What ends a filling: the first one is followed by the second. It may be wanted once more in the meantime.
fn filled(records: &Records, context: &JobContext, field: i64, after: Id, again_at: Option<i64>) -> Batch {
    let mut batch = Batch::new();
    let tenant = context.caller.tenant;
    if let Some(again_at) = again_at {
        let text =
            sql!("DELETE FROM derived_fill WHERE tenant_id = ?1 AND field_id = ?2 AND after_id = ?3 AND again_at = ?4");
        let cells = [tenant.into(), Cell::Int(field), after.into(), Cell::Int(again_at)];
        batch.expect(Statement::new(text, cells), Expect::Fresh);
        return batch;
    }
    let again_at = Timestamp(records.db().clock().now().0 + GRACE_MS);
    let text = sql!(
        "UPDATE derived_fill SET after_id = 0, again_at = ?4
         WHERE tenant_id = ?1 AND field_id = ?2 AND after_id = ?3 AND again_at IS NULL"
    );
    let cells = [tenant.into(), Cell::Int(field), after.into(), again_at.into()];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    let job = Job::new(JOB, json!({"field": field, "again_at": again_at.0}));
    jobs::enqueue(&mut batch, records.db(), job.at(again_at).priority(Priority::Low));
    batch.schema_changed();
    batch
}

struct Filling<'a> {
    records: &'a Records,
    context: &'a JobContext,
    object: i64,
    field: i64,
}

impl Filling<'_> {
    /// Fills the next records after an id, in the bin or not; gives the last one.
    async fn slice(&self, after: Id) -> Result<Option<Id>> {
        for _ in 1..TRIES {
            match self.write(after).await {
                Err(Error::Stale) => {}
                other => return other,
            }
        }
        self.write(after).await
    }

    async fn write(&self, after: Id) -> Result<Option<Id>> {
        let tenant = self.context.caller.tenant;
        // Anew for each slice: other fields of the object may have been defined otherwise meanwhile.
        let catalog = self.records.catalog(&self.context.caller).await?;
        let object = catalog.object_by_id(self.object)?;
        let found = self.records(&catalog, object, after).await?;
        let Some(last) = found.last().map(|record| record.id) else { return Ok(None) };
        let mut batch = Batch::new();
        let text =
            sql!("UPDATE derived_fill SET after_id = ?3 WHERE tenant_id = ?1 AND field_id = ?2 AND after_id = ?4");
        let cells = [tenant.into(), Cell::Int(self.field), last.into(), after.into()];
        batch.expect(Statement::new(text, cells), Expect::Fresh);
        // First the records' own values, then the figures that are made from them.
        let (mut own, mut others) = (Touched::new(&catalog), Touched::new(&catalog));
        for record in &found {
            own.anew(object, record.id);
            others.led_by_computed(object, record);
        }
        own.push(tenant, self.records.db().dialect(), &mut batch)?;
        others.push(tenant, self.records.db().dialect(), &mut batch)?;
        self.context.submit_piece(batch).await?;
        Ok(Some(last))
    }

    async fn records(&self, catalog: &Catalog, object: &Object, after: Id) -> Result<Vec<Record>> {
        let selection = Selection::everything(&catalog.schema, object, "r");
        let mut sql = Sql::new();
        sql.push("SELECT ")
            .push_expression(&selection.columns)
            .push(" FROM ")
            .push(object.table_name())
            .push(" r WHERE r.tenant_id = ");
        sql.push_arg(self.context.caller.tenant);
        if object.table == Table::Shared {
            sql.push(" AND r.object_id = ").push_arg(object.id);
        }
        sql.push(" AND r.id > ").push_arg(after).push(" ORDER BY r.id LIMIT ").push_arg(SLICE);
        let mut rows = self.records.db().reader(&self.context.caller).once(sql.statement()).await?;
        rows.cells.chunks_exact_mut(selection.width()).map(|row| selection.record(object, row)).collect()
    }
}
