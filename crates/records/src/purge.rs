//! What lay in the bin of definitions for long enough is thrown away: a field's values (by `refit`), an object with
//! all its records. The log keeps what happened.

use crate::{background::number, catalog::Records};
use base::{Id, Result, Timestamp, time::DAY_MS};
use db::{Batch, Cell, Statement, sql};
use jobs::{Job, JobContext, JobKind, Outcome, Priority};
use serde_json::json;

const JOB: &str = "records.purge";
const SLICE: i64 = 200;
/// Whoever began to write before the definition changed has ended by then.
const GRACE_MS: i64 = 30_000;

/// Has an object that nobody knows of any more thrown away with its records.
pub fn later(records: &Records, batch: &mut Batch, object: i64) {
    let at = Timestamp(records.db().clock().now().0 + GRACE_MS);
    let job = Job::new(JOB, json!({"object": object})).unique(format!("{JOB}:{object}"));
    jobs::enqueue(batch, records.db(), job.at(at).priority(Priority::Low));
}

/// Takes out of the bin, for good, what lies there longer than the company wants.
pub async fn overdue(records: &Records, context: &JobContext, batch: &mut Batch) -> Result<()> {
    let days = records.catalog(&context.caller).await?.schema.settings.definition_bin_days;
    let tenant = context.caller.tenant;
    let cells: [Cell; 2] = [tenant.into(), Cell::Int(records.db().clock().now().0 - days * DAY_MS)];
    let mut reader = records.db().reader(&context.caller);
    let text = sql!("SELECT id FROM object_definition WHERE tenant_id = ?1 AND deleted_at <= ?2");
    for row in reader.rows(Statement::new(text, cells.clone())).await?.iter() {
        let text = sql!(
            "UPDATE object_definition SET deleted_at = NULL WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NOT NULL"
        );
        batch.expect(Statement::new(text, [tenant.into(), row.id(0)?.into()]), db::Expect::Fresh);
        later(records, batch, row.int(0)?);
        batch.schema_changed();
    }
    let text = sql!("SELECT id, object_id FROM field_definition WHERE tenant_id = ?1 AND deleted_at <= ?2");
    for row in reader.rows(Statement::new(text, cells)).await?.iter() {
        let text = sql!(
            "UPDATE field_definition SET deleted_at = NULL WHERE tenant_id = ?1 AND id = ?2 AND deleted_at IS NOT NULL"
        );
        let key: [Cell; 2] = [tenant.into(), row.id(0)?.into()];
        batch.expect(Statement::new(text, key.clone()), db::Expect::Fresh);
        batch.run(Statement::new(sql!("DELETE FROM unique_key WHERE tenant_id = ?1 AND field_id = ?2"), key));
        crate::refit::later(records, batch, row.int(1)?, row.int(0)?);
        batch.schema_changed();
    }
    Ok(())
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let object = number(&context.payload, "object")?;
    while slice(records, context, object).await? {
        if context.stopping() {
            return Ok(Outcome::Again { at: records.db().clock().now(), batch: Batch::new() });
        }
    }
    let mut batch = Batch::new();
    let key: [Cell; 2] = [context.caller.tenant.into(), Cell::Int(object)];
    for text in [
        sql!(
            "DELETE FROM counter WHERE tenant_id = ?1 AND field_id IN
                (SELECT id FROM field_definition WHERE tenant_id = ?1 AND object_id = ?2)"
        ),
        sql!("DELETE FROM field_definition WHERE tenant_id = ?1 AND object_id = ?2"),
        sql!("DELETE FROM object_layout WHERE tenant_id = ?1 AND object_id = ?2"),
        sql!("DELETE FROM saved_view WHERE tenant_id = ?1 AND object_id = ?2"),
        sql!("DELETE FROM record_template WHERE tenant_id = ?1 AND object_id = ?2"),
        sql!("DELETE FROM object_definition WHERE tenant_id = ?1 AND id = ?2"),
    ] {
        batch.run(Statement::new(text, key.clone()));
    }
    Ok(Outcome::Done(batch))
}

/// Throws some records away with all that hangs on them; false when there were none.
async fn slice(records: &Records, context: &JobContext, object: i64) -> Result<bool> {
    let tenant = context.caller.tenant;
    let text = sql!("SELECT id FROM record WHERE tenant_id = ?1 AND object_id = ?2 ORDER BY id LIMIT ?3");
    let cells = [tenant.into(), Cell::Int(object), Cell::Int(SLICE)];
    let rows = records.db().reader(&context.caller).once(Statement::new(text, cells)).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
    let (mut batch, mut indexer) = (Batch::new(), records.search().indexer(tenant));
    for id in &ids {
        indexer.remove(*id);
        let key: [Cell; 2] = [tenant.into(), (*id).into()];
        for text in [
            sql!("DELETE FROM link WHERE tenant_id = ?1 AND from_id = ?2"),
            sql!("DELETE FROM link WHERE tenant_id = ?1 AND to_id = ?2"),
            sql!("DELETE FROM item WHERE tenant_id = ?1 AND record_id = ?2"),
            sql!("DELETE FROM unique_key WHERE tenant_id = ?1 AND record_id = ?2"),
            sql!("DELETE FROM record WHERE tenant_id = ?1 AND id = ?2"),
        ] {
            batch.run(Statement::new(text, key.clone()));
        }
        for text in records.stories().iter().flat_map(|story| &story.throw_away) {
            batch.run(Statement::new(*text, key.clone()));
        }
    }
    let learned = indexer.finish(&mut batch);
    if !ids.is_empty() {
        context.submit_piece(batch).await?;
        records.search().learn(learned);
    }
    Ok(!ids.is_empty())
}
