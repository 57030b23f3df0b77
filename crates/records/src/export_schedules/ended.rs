//! How runs are asked for and end, and what is let go with that. Whatever ends here or is deleted meanwhile shows: one
//! of the two is refused, and decides anew.

use super::{
    Schedule,
    runs::{Run, all},
};
use crate::{attachments::own, catalog::Records};
use base::{Caller, Id, Result, Timestamp};
use db::{Batch, Cell, Expect, Statement, sql};

/// Runs without a file that are remembered.
const MOST_FAILED: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Done,
    Failed,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Done => "done",
            State::Failed => "failed",
        }
    }
}

/// How a run has ended.
pub(super) struct Ending {
    pub state: State,
    pub error: Option<String>,
    pub records: i64,
    pub file: Option<Id>,
}

/// The schedule must still be there; who deletes it waits for this batch, or this one for them.
pub(super) fn hold(caller: &Caller, schedule: Id, batch: &mut Batch) {
    let text = sql!("UPDATE export_schedule SET turn = turn WHERE tenant_id = ?1 AND id = ?2");
    batch.expect(Statement::new(text, [caller.tenant.into(), schedule.into()]), Expect::Fresh);
}

/// Writes a run down that somebody asks for.
pub(super) fn ask(caller: &Caller, schedule: Id, run: &Run, batch: &mut Batch) {
    let text = sql!(
        "INSERT INTO export_run (tenant_id, schedule_id, id, state, records, started_at)
         VALUES (?1, ?2, ?3, 'waiting', 0, ?4)"
    );
    let cells = [caller.tenant.into(), schedule.into(), run.id.into(), run.started_at.into()];
    batch.run(Statement::new(text, cells));
}

/// Ends a run that somebody asked for; nobody else may have ended it.
pub(super) fn end_asked(
    records: &Records,
    caller: &Caller,
    (schedule, run): (Id, Id),
    started_at: Timestamp,
    ended: Ending,
    batch: &mut Batch,
) {
    let text = sql!(
        "UPDATE export_run SET state = ?4, error = ?5, records = ?6, file_id = ?7, started_at = ?8, finished_at = ?9
         WHERE tenant_id = ?1 AND schedule_id = ?2 AND id = ?3 AND state = 'waiting'"
    );
    let cells = [
        caller.tenant.into(),
        schedule.into(),
        run.into(),
        Cell::from(ended.state.name()),
        Cell::from(ended.error),
        Cell::Int(ended.records),
        ended.file.into(),
        started_at.into(),
        records.db().clock().now().into(),
    ];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
}

/// Writes a run down that was due and has ended. The schedule's turn, which moves on with it, is what only one can do.
pub(super) fn end_due(
    records: &Records,
    caller: &Caller,
    schedule: &Schedule,
    started_at: Timestamp,
    ended: Ending,
    batch: &mut Batch,
) {
    let text = sql!(
        "INSERT INTO export_run (tenant_id, schedule_id, id, due_at, state, error, records, file_id, started_at, finished_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    );
    let cells = [
        caller.tenant.into(),
        schedule.id.into(),
        records.db().ids().next().into(),
        schedule.next_at.into(),
        Cell::from(ended.state.name()),
        Cell::from(ended.error),
        Cell::Int(ended.records),
        ended.file.into(),
        started_at.into(),
        records.db().clock().now().into(),
    ];
    batch.run(Statement::new(text, cells));
}

/// Lets go what is too old once a run has ended so: files beyond those that are kept, and failures of long ago. Gives
/// the bytes of these files.
pub(super) async fn prune(
    records: &Records,
    caller: &Caller,
    schedule: &Schedule,
    state: State,
    batch: &mut Batch,
) -> Result<i64> {
    let fresh = |one: State| usize::from(one == state);
    let kept = usize::try_from(schedule.shape.keep).unwrap_or(1).saturating_sub(fresh(State::Done));
    let failed = MOST_FAILED.saturating_sub(fresh(State::Failed));
    let runs = all(records, caller, schedule.id).await?;
    let of = |state: State| runs.iter().filter(move |run| run.state == state.name());
    let mut freed_bytes = 0;
    for run in of(State::Done).skip(kept).chain(of(State::Failed).skip(failed)) {
        forget(caller, schedule.id, run, batch);
        freed_bytes += run.file.as_ref().map_or(0, |file| file.size_bytes);
    }
    Ok(freed_bytes)
}

/// Forgets a run as it is known, with its file.
pub(super) fn forget(caller: &Caller, schedule: Id, run: &Run, batch: &mut Batch) {
    let text = sql!("DELETE FROM export_run WHERE tenant_id = ?1 AND schedule_id = ?2 AND id = ?3 AND state = ?4");
    let cells = [caller.tenant.into(), schedule.into(), run.id.into(), Cell::from(run.state.as_str())];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    if let Some(file) = &run.file {
        own::forget(caller, file, batch);
    }
}
