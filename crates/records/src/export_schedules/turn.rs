//! From one time to the next: each has a turn, a number that a single job can take up and move on.

use super::{Schedule, run::JOB};
use crate::catalog::Records;
use base::{Caller, Error, Id, Result, Timestamp, message, time::HOUR_MS};
use db::{Batch, Cell, Expect, Statement, sql};
use jobs::{Job, JobContext};
use serde_json::json;

/// How often a file is tried before its time counts as missed.
pub(super) const ATTEMPTS: u32 = 5;

/// When it is due next, on the company's clock.
pub(super) async fn next_at(records: &Records, caller: &Caller, schedule: &Schedule) -> Result<Timestamp> {
    let zone = records.catalog(caller).await?.schema.reading().zone;
    Ok(schedule.shape.every.next_after(records.db().clock().now(), &zone))
}

/// Puts the job for the schedule's turn into the queue.
pub(super) fn plan(records: &Records, schedule: &Schedule, batch: &mut Batch) {
    if let Some(at) = schedule.next_at {
        let job = Job::new(JOB, json!({"schedule": schedule.id, "turn": schedule.turn})).at(at).attempts(ATTEMPTS);
        jobs::enqueue(batch, records.db(), job);
    }
}

/// The turn is over: the next one begins, or none where the schedule is stopped. Only one can do it.
pub(super) fn move_on(records: &Records, caller: &Caller, after: &Schedule, before: i64, batch: &mut Batch) {
    let text = sql!(
        "UPDATE export_schedule SET turn = ?4, next_at = ?5, is_enabled = ?6, disabled_reason = ?7, version = ?8
         WHERE tenant_id = ?1 AND id = ?2 AND turn = ?3 AND is_enabled = 1"
    );
    let cells = [
        caller.tenant.into(),
        after.id.into(),
        Cell::Int(before),
        Cell::Int(after.turn),
        after.next_at.into(),
        Cell::Int(after.is_enabled.into()),
        Cell::from(after.disabled_reason.clone()),
        Cell::Int(after.version),
    ];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    plan(records, after, batch);
}

/// Schedules whose job has died with its worker each time are taken up again. Called by the hourly sweep.
pub async fn take_up(records: &Records, context: &JobContext) -> Result<()> {
    let text = sql!(
        "SELECT id FROM export_schedule WHERE tenant_id = ?1 AND is_enabled = 1 AND next_at <= ?2 ORDER BY next_at, id
         LIMIT 100"
    );
    let caller = &context.caller;
    let late = records.db().clock().now().0 - HOUR_MS;
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), Cell::Int(late)])).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
    for id in ids {
        let Some(schedule) = super::read::load(records, caller, id).await? else { continue };
        let before = schedule.turn;
        let after = Schedule { turn: before + 1, ..schedule };
        let mut batch = Batch::new();
        move_on(records, caller, &after, before, &mut batch);
        match context.submit_piece(batch).await {
            // Somebody has moved it on.
            Ok(_) | Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Why a schedule is stopped: its owner is gone, or may not have the file any more.
pub(super) fn reason(error: Error, owner: Option<&Caller>, company: base::Language) -> String {
    match owner {
        Some(owner) => crate::background::sentence(error, owner.language),
        None => web::speak(&message!("export-schedule-owner-gone"), company),
    }
}
