//! The index of words written anew: for records that were indexed before it knew owners and teams (a migration puts
//! the job into the queue), and where other fields shall be searched from now on.
//!
//! It starts where it stopped, and may run beside everything else.

use crate::{
    catalog::{Catalog, Records},
    layout::{Record, Selection},
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
};
use base::{Error, Id, Result, TenantId, Timestamp};
use db::{Batch, Cell, Expect, Statement, sql};
use jobs::{Job, JobContext, JobKind, Outcome, Priority};
use serde_json::json;

const JOB: &str = "records.reindex";
const SLICE: i64 = 200;

/// So often a slice is read again because somebody has changed one of its records.
const TRIES: usize = 5;

/// Whoever began to write before the definition changed has ended by then.
const GRACE_MS: i64 = 30_000;

/// Has the records of an object indexed anew, since other fields of it are searched now.
pub fn later(records: &Records, batch: &mut Batch, tenant: TenantId, object: i64) {
    let text = sql!(
        "INSERT INTO search_reindex (tenant_id, object_id, after_id) VALUES (?1, ?2, 0)
         ON CONFLICT (tenant_id) DO UPDATE SET
             after_id = 0,
             object_id = CASE WHEN search_reindex.object_id < excluded.object_id
                 THEN search_reindex.object_id ELSE excluded.object_id END"
    );
    batch.run(Statement::new(text, [tenant.into(), Cell::Int(object)]));
    let at = Timestamp(records.db().clock().now().0 + GRACE_MS);
    jobs::enqueue(batch, records.db(), Job::new(JOB, json!({})).unique(JOB).at(at).priority(Priority::Low));
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let catalog = records.catalog(&context.caller).await?;
    let text = sql!("SELECT object_id, after_id FROM search_reindex WHERE tenant_id = ?1");
    let args = [context.caller.tenant.into()];
    let rows = records.db().reader(&context.caller).once(Statement::new(text, args)).await?;
    let Some(place) = rows.first() else { return Ok(Outcome::done()) };
    let mut place = (place.int(0)?, place.id(1)?);
    let first = place.0;
    let mut objects: Vec<&Object> = catalog.schema.objects().iter().filter(|object| !object.internal).collect();
    objects.sort_by_key(|object| object.id);
    for object in objects.into_iter().filter(|object| object.id >= first) {
        while let Some(last) = slice(records, context, &catalog, object, place).await? {
            place = (object.id, last);
            if context.stopping() {
                return Ok(Outcome::Again { at: records.db().clock().now(), batch: Batch::new() });
            }
        }
    }
    let mut batch = Batch::new();
    // Somebody may have wanted it done once more.
    let text = sql!("DELETE FROM search_reindex WHERE tenant_id = ?1 AND object_id = ?2 AND after_id = ?3");
    let cells = [context.caller.tenant.into(), Cell::Int(place.0), place.1.into()];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    Ok(Outcome::Done(batch))
}

/// Writes the words of the next living records after an id; gives the last one.
async fn slice(
    records: &Records,
    context: &JobContext,
    catalog: &Catalog,
    object: &Object,
    place: (i64, Id),
) -> Result<Option<Id>> {
    for _ in 1..TRIES {
        match write(records, context, catalog, object, place).await {
            Err(Error::Stale) => {}
            other => return other,
        }
    }
    write(records, context, catalog, object, place).await
}

async fn write(
    records: &Records,
    context: &JobContext,
    catalog: &Catalog,
    object: &Object,
    place: (i64, Id),
) -> Result<Option<Id>> {
    let after = if object.id == place.0 { place.1 } else { Id(0) };
    let found = load(records, context, catalog, object, after).await?;
    let Some(last) = found.last().map(|record| record.id) else { return Ok(None) };
    let (tenant, layout) = (context.caller.tenant, catalog.layout(object)?);
    let (mut batch, mut indexer) = (Batch::new(), records.search().indexer(tenant));
    for record in &found {
        // Changes nothing, but touches no row where somebody was faster with other words.
        let mut sql = Sql::new();
        sql.push("UPDATE ")
            .push(object.table_name())
            .push(" SET version = version WHERE tenant_id = ")
            .push_arg(tenant);
        sql.push(" AND id = ").push_arg(record.id).push(" AND version = ").push_arg(layout.version_of(record));
        batch.expect(sql.statement(), Expect::Fresh);
        indexer.put(object, record.id, &record.values, true);
    }
    let learned = indexer.finish(&mut batch);
    let text = sql!(
        "UPDATE search_reindex SET object_id = ?2, after_id = ?3
         WHERE tenant_id = ?1 AND object_id = ?4 AND after_id = ?5"
    );
    let cells = [tenant.into(), object.id.into(), last.into(), Cell::Int(place.0), place.1.into()];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    context.submit_piece(batch).await?;
    records.search().learn(learned);
    Ok(Some(last))
}

async fn load(
    records: &Records,
    context: &JobContext,
    catalog: &Catalog,
    object: &Object,
    after: Id,
) -> Result<Vec<Record>> {
    let access = Access::new(&catalog.schema, &context.caller);
    let selection = Selection::everything(&catalog.schema, object, "r");
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(&selection.columns).push(" FROM ").push(object.table_name()).push(" r WHERE ");
    access.push_living(&mut sql, object, Action::Read, "r");
    sql.push(" AND r.id > ").push_arg(after).push(" ORDER BY r.id LIMIT ").push_arg(SLICE);
    let mut rows = records.db().reader(&context.caller).once(sql.statement()).await?;
    rows.cells.chunks_exact_mut(selection.width()).map(|row| selection.record(object, row)).collect()
}
