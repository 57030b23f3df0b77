//! From one time to the next: each has a turn, a number that a single job can take up and move on.

use super::{Schedule, run::JOB};
use crate::catalog::Records;
use base::{Caller, Error, Id, Result, Timestamp, message, time::HOUR_MS};
use db::{Batch, Cell, Expect, Statement, sql};
use jobs::{Job, JobContext, Priority};
use serde_json::json;

/// How often a file is tried before its time counts as missed.
pub(super) const ATTEMPTS: u32 = 5;

/// When it is due next, on the company's clock.
pub(super) async fn next_at(records: &Records, caller: &Caller, schedule: &Schedule) -> Result<Timestamp> {
    let zone = records.catalog(caller).await?.schema.reading().zone;
    Ok(schedule.shape.every.next_after(records.db().clock().now(), &zone))
}

/// Puts the job for the schedule's turn into the queue, unless it is there.
pub(super) fn plan(records: &Records, schedule: &Schedule, batch: &mut Batch) {
    if let Some(at) = schedule.next_at {
        let (id, turn) = (schedule.id, schedule.turn);
        let job = Job::new(JOB, json!({"schedule": id, "turn": turn})).unique(format!("{JOB}:{id}/{turn}"));
        jobs::enqueue(batch, records.db(), job.at(at).attempts(ATTEMPTS));
    }
}

/// Puts the job for a run that somebody asked for into the queue, unless it is there.
pub(super) fn plan_asked(records: &Records, schedule: Id, run: Id, batch: &mut Batch) {
    let job = Job::new(JOB, json!({"schedule": schedule, "run": run})).unique(format!("{JOB}:{schedule}/run {run}"));
    jobs::enqueue(batch, records.db(), job.attempts(ATTEMPTS).priority(Priority::High));
}

/// The turn is over: the next one begins. Only one can do it.
pub(super) fn move_on(records: &Records, caller: &Caller, after: &Schedule, before: i64, batch: &mut Batch) {
    let text = sql!(
        "UPDATE export_schedule SET turn = ?4, next_at = ?5
         WHERE tenant_id = ?1 AND id = ?2 AND turn = ?3 AND is_enabled = 1"
    );
    let cells = [caller.tenant.into(), after.id.into(), Cell::Int(before), Cell::Int(after.turn), after.next_at.into()];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    plan(records, after, batch);
}

/// There is no next turn: the schedule, as it was known, is stopped, and says why.
pub(super) fn stop(caller: &Caller, after: &Schedule, before: &Schedule, batch: &mut Batch) {
    let text = sql!(
        "UPDATE export_schedule SET turn = ?5, next_at = NULL, is_enabled = 0, disabled_reason = ?6, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND turn = ?3 AND version = ?4 AND is_enabled = 1"
    );
    let cells = [
        caller.tenant.into(),
        after.id.into(),
        Cell::Int(before.turn),
        Cell::Int(before.version),
        Cell::Int(after.turn),
        Cell::from(after.disabled_reason.clone()),
    ];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
}

/// What is late because its job has died with its worker each time gets another one: due turns, and runs that somebody
/// asked for. Called by the hourly sweep.
pub async fn take_up(records: &Records, context: &JobContext) -> Result<()> {
    let caller = &context.caller;
    let late = records.db().clock().now().0 - HOUR_MS;
    let cells = [caller.tenant.into(), Cell::Int(late)];
    let mut batch = Batch::new();
    let text = sql!(
        "SELECT id FROM export_schedule WHERE tenant_id = ?1 AND is_enabled = 1 AND next_at <= ?2 ORDER BY next_at, id
         LIMIT 100"
    );
    for row in records.db().reader(caller).once(Statement::new(text, cells.clone())).await?.iter() {
        if let Some(schedule) = super::read::load(records, caller, row.id(0)?).await? {
            plan(records, &schedule, &mut batch);
        }
    }
    let text = sql!(
        "SELECT r.schedule_id, r.id FROM export_run r WHERE r.tenant_id = ?1 AND r.state = 'waiting' AND r.started_at <= ?2
         ORDER BY r.started_at, r.id LIMIT 100"
    );
    for row in records.db().reader(caller).once(Statement::new(text, cells)).await?.iter() {
        plan_asked(records, row.id(0)?, row.id(1)?, &mut batch);
    }
    context.submit_piece(batch).await.map(drop)
}

/// Why a schedule is stopped: its owner is gone, or may not have the file any more.
pub(super) fn reason(error: Error, owner: Option<&Caller>, company: base::Language) -> String {
    match owner {
        Some(owner) => crate::background::sentence(error, owner.language),
        None => web::speak(&message!("export-schedule-owner-gone"), company),
    }
}
