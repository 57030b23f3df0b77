//! What is thrown away in time: answers kept for repeated requests, uploads that broke off, files of imports whose
//! failed rows nobody mended, words that no record has any more, and objects and fields that lay in the bin.

use crate::catalog::Records;
use base::{
    Result,
    time::{DAY_MS, HOUR_MS},
};
use db::{Batch, Cell, Statement, sql};
use jobs::{JobContext, JobKind, Outcome, Schedule, When};
use std::time::Duration;

const JOB: &str = "records.sweep";
const HOUR: Duration = Duration::from_secs(60 * 60);

/// An upload that has been silent for so long is dead: its connection ends long before.
const UPLOAD_MS: i64 = 2 * HOUR_MS;
/// How long failed rows can be fetched for mending.
const FAILED_MS: i64 = 30 * DAY_MS;

pub fn schedule() -> Schedule {
    Schedule { name: JOB, kind: JOB, when: When::Every(HOUR) }
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    records.search().prune(&context.caller).await?;
    let (tenant, now) = (context.caller.tenant, records.db().clock().now().0);
    let mut batch = Batch::new();
    let text = sql!("DELETE FROM idempotency WHERE tenant_id = ?1 AND at <= ?2");
    batch.run(Statement::new(text, [tenant.into(), Cell::Int(now - DAY_MS)]));
    let text = sql!(
        "DELETE FROM import_chunk WHERE tenant_id = ?1 AND import_id IN (SELECT id FROM import
            WHERE tenant_id = ?1 AND (state = 'uploading' AND created_at <= ?2 OR finished_at <= ?3))"
    );
    batch.run(Statement::new(text, [tenant.into(), Cell::Int(now - UPLOAD_MS), Cell::Int(now - FAILED_MS)]));
    let text = sql!("DELETE FROM import WHERE tenant_id = ?1 AND state = 'uploading' AND created_at <= ?2");
    batch.run(Statement::new(text, [tenant.into(), Cell::Int(now - UPLOAD_MS)]));
    crate::export_schedules::take_up(records, context).await?;
    crate::purge::overdue(records, context, &mut batch).await?;
    Ok(Outcome::Done(batch))
}
