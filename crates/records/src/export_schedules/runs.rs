//! What came of a schedule each time: the files that are kept, for those who may have them.

use super::{Schedule, read::get, run::JOB, turn::ATTEMPTS};
use crate::{
    attachments::{self, own},
    catalog::Records,
    permissions::Access,
    value::File,
};
use base::{Caller, Error, Id, Result, Scope, Timestamp, message};
use db::{Batch, Cell, Event, Row, Statement, sql};
use jobs::{Job, Priority};
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// Runs without a file that are remembered.
const MOST_FAILED: usize = 50;

/// Most runs that one schedule can have: kept files, failures, and what waits.
const MOST: i64 = 500;

/// Runs that may wait for one schedule.
const MOST_WAITING: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Done,
    Failed,
}

impl State {
    fn name(self) -> &'static str {
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

/// One time that a file was to be written.
#[derive(Debug, Clone)]
pub struct Run {
    pub id: Id,
    /// None where somebody asked for it.
    pub due_at: Option<Timestamp>,
    state: String,
    error: Option<String>,
    records: i64,
    file_id: Option<Id>,
    /// The file that it has left, while it is kept.
    pub file: Option<File>,
    started_at: Timestamp,
    finished_at: Option<Timestamp>,
}

fn run(row: Row<'_>) -> Result<Run> {
    Ok(Run {
        id: row.id(0)?,
        due_at: row.opt_int(1)?.map(Timestamp),
        state: row.text(2)?.to_owned(),
        error: row.opt_text(3)?.map(str::to_owned),
        records: row.int(4)?,
        file_id: row.opt_id(5)?,
        file: None,
        started_at: row.time(6)?,
        finished_at: row.opt_int(7)?.map(Timestamp),
    })
}

/// The runs of a schedule that the caller may see, the latest first.
pub async fn list(records: &Records, caller: &Caller, schedule: Id) -> Result<Vec<Run>> {
    let schedule = get(records, caller, schedule).await?;
    all(records, caller, schedule.id).await
}

async fn all(records: &Records, caller: &Caller, schedule: Id) -> Result<Vec<Run>> {
    let text = sql!(
        "SELECT id, due_at, state, error, records, file_id, started_at, finished_at FROM export_run
         WHERE tenant_id = ?1 AND schedule_id = ?2 ORDER BY id DESC LIMIT ?3"
    );
    let cells = [caller.tenant.into(), schedule.into(), MOST.into()];
    let mut reader = records.db().reader(caller);
    let rows = reader.rows(Statement::new(text, cells)).await?;
    let mut runs = rows.iter().map(run).collect::<Result<Vec<_>>>()?;
    let ids: Vec<Id> = runs.iter().filter_map(|run| run.file_id).collect();
    let mut files = attachments::load(&mut reader, caller.tenant, &ids).await?;
    for run in &mut runs {
        run.file = run.file_id.and_then(|id| files.remove(&id));
    }
    Ok(runs)
}

/// The files of a schedule.
pub(super) async fn files(records: &Records, caller: &Caller, schedule: Id) -> Result<HashMap<Id, File>> {
    let runs = all(records, caller, schedule).await?;
    Ok(runs.into_iter().filter_map(|run| Some((run.id, run.file?))).collect())
}

/// Whether a run that somebody asked for is still to be done.
pub(super) async fn is_waiting(records: &Records, caller: &Caller, schedule: Id, run: Id) -> Result<bool> {
    let runs = all(records, caller, schedule).await?;
    Ok(runs.iter().any(|known| known.id == run && known.state == State::Waiting.name()))
}

/// Has the file written now; the schedule goes on as it would.
///
/// # Errors
/// A conflict where enough runs are waiting already.
pub async fn run_now(records: &Records, caller: &Caller, schedule: Id) -> Result<Run> {
    let schedule = get(records, caller, schedule).await?;
    let known = all(records, caller, schedule.id).await?;
    if known.iter().filter(|run| run.state == State::Waiting.name()).count() >= MOST_WAITING {
        return Err(Error::Conflict(message!("export-schedule-waiting", most = MOST_WAITING)));
    }
    let (id, now) = (records.db().ids().next(), records.db().clock().now());
    let mut batch = Batch::new();
    let waiting = Ending { state: State::Waiting, error: None, records: 0, file: None };
    write(records, caller, (schedule.id, id), (None, now), waiting, &mut batch);
    let job = Job::new(JOB, json!({"schedule": schedule.id, "run": id})).attempts(ATTEMPTS).priority(Priority::High);
    jobs::enqueue(&mut batch, records.db(), job);
    batch.log(event(records, "export_schedule.asked", &schedule, id));
    records.db().submit(caller, batch).await?;
    let runs = all(records, caller, schedule.id).await?;
    runs.into_iter().find(|run| run.id == id).ok_or(Error::NotFound("export_run"))
}

/// The file of a run, for the schedule's owner, if they may still export, and for administrators. The log says who
/// took it away.
pub async fn download(records: &Records, caller: &Caller, schedule: Id, run: Id) -> Result<File> {
    let schedule = get(records, caller, schedule).await?;
    let catalog = records.catalog(caller).await?;
    let access = Access::new(&catalog.schema, caller);
    let object = catalog.schema.object_by_id(schedule.object).filter(|object| access.may_read(object));
    let object = object.ok_or(Error::NotFound("export_run"))?;
    if access.rights(object).export == Scope::None {
        return Err(Error::Forbidden(message!("rights-export", object = object.name)));
    }
    let runs = all(records, caller, schedule.id).await?;
    let file = runs.into_iter().find(|known| known.id == run).and_then(|run| run.file);
    let file = file.ok_or(Error::NotFound("export_run"))?;
    let mut batch = Batch::new();
    batch.log(event(records, "exported", &schedule, run));
    records.db().submit(caller, batch).await?;
    Ok(file)
}

fn event(records: &Records, kind: &'static str, schedule: &Schedule, run: Id) -> Event {
    let changes = json!({"schedule": schedule.id, "run": run}).to_string();
    let action = records.db().ids().next();
    Event { action, kind, object: schedule.object, record: None, changes, also: Vec::new() }
}

/// Writes a run's row, new or known.
pub(super) fn write(
    records: &Records,
    caller: &Caller,
    (schedule, run): (Id, Id),
    (due_at, started_at): (Option<Timestamp>, Timestamp),
    ended: Ending,
    batch: &mut Batch,
) {
    let text = sql!(
        "INSERT INTO export_run (tenant_id, schedule_id, id, due_at, state, error, records, file_id, started_at, finished_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (tenant_id, schedule_id, id) DO UPDATE SET state = excluded.state, error = excluded.error,
             records = excluded.records, file_id = excluded.file_id, started_at = excluded.started_at,
             finished_at = excluded.finished_at"
    );
    let now = records.db().clock().now();
    let cells = [
        caller.tenant.into(),
        schedule.into(),
        run.into(),
        due_at.into(),
        Cell::from(ended.state.name()),
        Cell::from(ended.error),
        Cell::Int(ended.records),
        ended.file.into(),
        started_at.into(),
        Some(now).filter(|_| ended.state != State::Waiting).into(),
    ];
    batch.run(Statement::new(text, cells));
}

/// Lets go what is too old once a run has ended so: files beyond those that are kept, and failures of long ago.
pub(super) async fn prune(
    records: &Records,
    caller: &Caller,
    schedule: &Schedule,
    ended: &Ending,
    batch: &mut Batch,
) -> Result<()> {
    let fresh = |state: State| usize::from(ended.state == state);
    let kept = usize::try_from(schedule.shape.keep).unwrap_or(1).saturating_sub(fresh(State::Done));
    let failed = MOST_FAILED.saturating_sub(fresh(State::Failed));
    let runs = all(records, caller, schedule.id).await?;
    let of = |state: State| runs.iter().filter(move |run| run.state == state.name());
    for run in of(State::Done).skip(kept).chain(of(State::Failed).skip(failed)) {
        let text = sql!("DELETE FROM export_run WHERE tenant_id = ?1 AND schedule_id = ?2 AND id = ?3");
        batch.run(Statement::new(text, [caller.tenant.into(), schedule.id.into(), run.id.into()]));
        if let Some(file) = &run.file {
            own::forget(caller, file, batch);
        }
    }
    Ok(())
}

impl Run {
    /// As the API shows it.
    pub fn to_json(&self) -> Json {
        let file =
            self.file.as_ref().map(|file| json!({"name": file.name, "type": file.kind, "size": file.size_bytes}));
        json!({
            "id": self.id,
            "state": self.state,
            "due_at": self.due_at.map(Timestamp::rfc3339),
            "started_at": self.started_at.rfc3339(),
            "finished_at": self.finished_at.map(Timestamp::rfc3339),
            "records": self.records,
            "file": file,
            "error": self.error,
        })
    }
}
