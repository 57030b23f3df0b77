//! What came of a schedule each time: the files that are kept, for those who may have them. Not here: how a run ends
//! (`ended`).

use super::{
    Schedule,
    ended::{self, State},
    read::{get, whole},
    turn::plan_asked,
};
use crate::{attachments, catalog::Records, permissions::Access, value::File};
use base::{Caller, Error, Id, Result, Scope, Timestamp, message};
use db::{Batch, Event, Reader, Row, Rows, Statement, sql};
use serde_json::{Value as Json, json};

/// Most runs that one schedule can have: kept files, failures, and what waits.
const MOST: i64 = 500;

/// Runs that may wait for one schedule.
const MOST_WAITING: i64 = 10;

/// One time that a file was to be written.
#[derive(Debug, Clone)]
pub struct Run {
    pub id: Id,
    /// None where somebody asked for it.
    pub due_at: Option<Timestamp>,
    pub(super) state: String,
    error: Option<String>,
    records: i64,
    file_id: Option<Id>,
    /// The file that it has left, while it is kept.
    pub file: Option<File>,
    pub(super) started_at: Timestamp,
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

/// All of a schedule, whoever may see it.
pub(super) async fn all(records: &Records, caller: &Caller, schedule: Id) -> Result<Vec<Run>> {
    let text = sql!(
        "SELECT id, due_at, state, error, records, file_id, started_at, finished_at FROM export_run
         WHERE tenant_id = ?1 AND schedule_id = ?2 ORDER BY id DESC LIMIT ?3"
    );
    let cells = [caller.tenant.into(), schedule.into(), MOST.into()];
    let mut reader = records.db().reader(caller);
    let rows = reader.rows(Statement::new(text, cells)).await?;
    with_files(&mut reader, caller, &rows).await
}

/// One of a schedule, whoever may see it.
pub(super) async fn find(records: &Records, caller: &Caller, schedule: Id, run: Id) -> Result<Option<Run>> {
    let text = sql!(
        "SELECT id, due_at, state, error, records, file_id, started_at, finished_at FROM export_run
         WHERE tenant_id = ?1 AND schedule_id = ?2 AND id = ?3"
    );
    let cells = [caller.tenant.into(), schedule.into(), run.into()];
    let mut reader = records.db().reader(caller);
    let rows = reader.rows(Statement::new(text, cells)).await?;
    Ok(with_files(&mut reader, caller, &rows).await?.pop())
}

async fn with_files(reader: &mut Reader, caller: &Caller, rows: &Rows) -> Result<Vec<Run>> {
    let mut runs = rows.iter().map(run).collect::<Result<Vec<_>>>()?;
    let ids: Vec<Id> = runs.iter().filter_map(|run| run.file_id).collect();
    let mut files = attachments::load(reader, caller.tenant, &ids).await?;
    for run in &mut runs {
        run.file = run.file_id.and_then(|id| files.remove(&id));
    }
    Ok(runs)
}

/// Has the file written now; the schedule goes on as it would.
///
/// # Errors
/// A conflict where enough runs are waiting already.
pub async fn run_now(records: &Records, caller: &Caller, schedule: Id) -> Result<Run> {
    let schedule = get(records, caller, schedule).await?;
    whole(caller)?;
    let text = sql!("SELECT count(*) FROM export_run WHERE tenant_id = ?1 AND schedule_id = ?2 AND state = 'waiting'");
    let cells = [caller.tenant.into(), schedule.id.into()];
    let waiting = records.db().reader(caller).once(Statement::new(text, cells)).await?;
    if waiting.first().map(|row| row.int(0)).transpose()?.unwrap_or_default() >= MOST_WAITING {
        return Err(Error::Conflict(message!("export-schedule-waiting", most = MOST_WAITING)));
    }
    let (id, started_at) = (records.db().ids().next(), records.db().clock().now());
    let state = State::Waiting.name().to_owned();
    let (due_at, error, file_id, file, finished_at) = (None, None, None, None, None);
    let run = Run { id, due_at, state, error, records: 0, file_id, file, started_at, finished_at };
    let mut batch = Batch::new();
    ended::hold(caller, schedule.id, &mut batch);
    ended::ask(caller, schedule.id, &run, &mut batch);
    plan_asked(records, schedule.id, id, &mut batch);
    batch.log(event(records, "export_schedule.asked", &schedule, id));
    match records.db().submit(caller, batch).await {
        // Somebody has deleted it.
        Err(Error::Stale) => Err(Error::NotFound("export_schedule")),
        submitted => submitted.map(|_| run),
    }
}

/// The file of a run, for the schedule's owner, if they may still export, and for administrators. The log says who
/// took it away.
pub async fn download(records: &Records, caller: &Caller, schedule: Id, run: Id) -> Result<File> {
    let schedule = get(records, caller, schedule).await?;
    whole(caller)?;
    let catalog = records.catalog(caller).await?;
    let access = Access::new(&catalog.schema, caller);
    let object = catalog.schema.object_by_id(schedule.object).filter(|object| access.may_read(object));
    let object = object.ok_or(Error::NotFound("export_run"))?;
    if access.rights(object).export == Scope::None {
        return Err(Error::Forbidden(message!("rights-export", object = object.name)));
    }
    let found = find(records, caller, schedule.id, run).await?;
    let file = found.and_then(|run| run.file).ok_or(Error::NotFound("export_run"))?;
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
