//! The job that writes one file: with its owner's rights of this moment, once for each time that is due, however often
//! the job is begun.

use super::{
    Schedule,
    change::event,
    check,
    ended::{self, Ending, State},
    read, runs,
    turn::{ATTEMPTS, move_on, next_at, reason, stop},
};
use crate::{attachments::own, catalog::Records};
use base::{Caller, Error, Id, Result, Timestamp, message};
use db::{Batch, Event};
use files::Arrived;
use jobs::{JobContext, JobKind, Outcome};

/// The kind of the job.
pub(super) const JOB: &str = "records.export_schedule";

/// The largest file, in bytes.
const MOST_BYTES: u64 = 4 << 30;

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

/// What is to be written, and for which time.
struct Due {
    schedule: Schedule,
    /// The run that somebody asked for; none where it is the schedule's own time.
    asked: Option<Id>,
    started_at: Timestamp,
}

/// A file whose content is whole.
struct Written {
    arrived: Arrived,
    records: i64,
    event: Event,
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let Some(due) = due(records, context).await? else { return Ok(Outcome::done()) };
    let owner = match context.caller_of(due.schedule.created_by).await {
        Ok(owner) => owner,
        Err(error) => return failed(records, context, due, (None, error)).await,
    };
    match write(records, context, &owner, &due.schedule).await {
        Ok(None) => Ok(Outcome::Again { at: records.db().clock().now(), batch: Batch::new() }),
        Ok(Some(written)) => match done(records, context, &owner, &due, written).await {
            Ok(outcome) => Ok(outcome),
            Err(error) => failed(records, context, due, (Some(owner), error)).await,
        },
        Err(error) => failed(records, context, due, (Some(owner), error)).await,
    }
}

/// What the job is about; nothing where that has been done, or is off.
async fn due(records: &Records, context: &JobContext) -> Result<Option<Due>> {
    let id = |name: &str| context.payload[name].as_str().and_then(|id| id.parse::<Id>().ok());
    let Some(schedule) = id("schedule") else { return Ok(None) };
    let Some(schedule) = read::load(records, &context.caller, schedule).await? else { return Ok(None) };
    let asked = id("run");
    let is_open = match asked {
        Some(run) => {
            let found = runs::find(records, &context.caller, schedule.id, run).await?;
            found.is_some_and(|run| run.state == State::Waiting.name())
        }
        None => schedule.is_enabled && context.payload["turn"].as_i64() == Some(schedule.turn),
    };
    let started_at = records.db().clock().now();
    Ok(is_open.then_some(Due { schedule, asked, started_at }))
}

/// Writes the file's content; `None` where the program is about to end.
async fn write(
    records: &Records,
    context: &JobContext,
    owner: &Caller,
    schedule: &Schedule,
) -> Result<Option<Written>> {
    let mut export = check::begin(records, owner, schedule).await?;
    let mut arriving = records.files().begin().await?;
    while let Some(piece) = export.next().await? {
        if context.stopping() {
            return Ok(None);
        }
        if arriving.size_bytes() > MOST_BYTES {
            return Err(Error::TooLarge(message!("export-too-large", most = MOST_BYTES >> 30)));
        }
        arriving.take(&piece).await?;
    }
    let event = export.event(Some(schedule.id));
    Ok(Some(Written { arrived: arriving.finish().await?, records: export.count, event }))
}

async fn done(records: &Records, context: &JobContext, owner: &Caller, due: &Due, written: Written) -> Result<Outcome> {
    let (schedule, mut batch) = (&due.schedule, Batch::new());
    let zone = records.catalog(owner).await?.schema.reading().zone;
    let (kind, ending) = schedule.shape.format.kind();
    let day = due.started_at.date_in(&zone);
    let name = format!("{} {day}.{ending}", schedule.name.replace(['/', '\\'], "-"));
    // What goes makes room for what comes.
    let freed_bytes = ended::prune(records, owner, schedule, State::Done, &mut batch).await?;
    let file = own::keep(records, owner, &written.arrived, (&name, kind), freed_bytes, &mut batch).await?;
    let ended = Ending { state: State::Done, error: None, records: written.records, file: Some(Id(file.id)) };
    end(records, owner, due, ended, &mut batch);
    if due.asked.is_none() {
        let next_at = Some(next_at(records, owner, schedule).await?);
        let after = Schedule { turn: schedule.turn + 1, next_at, ..schedule.clone() };
        move_on(records, owner, &after, schedule.turn, &mut batch);
    }
    batch.log(written.event);
    // Under the owner's name: it is they who take it away.
    context.guard(&mut batch);
    records.db().submit(owner, batch).await?;
    Ok(Outcome::done())
}

/// Writes down that there is no file, and why. Who may not have it any more has their schedule stopped.
async fn failed(
    records: &Records,
    context: &JobContext,
    due: Due,
    (owner, error): (Option<Caller>, Error),
) -> Result<Outcome> {
    let may_pass = match &error {
        Error::Stale | Error::Busy { .. } | Error::Unavailable { .. } | Error::Internal(_) => true,
        Error::Conflict(_) | Error::TooLarge(_) => false,
        Error::NotFound(_) | Error::Unauthenticated | Error::Forbidden(_) | Error::Invalid(_) => false,
    };
    if may_pass && context.attempt < i64::from(ATTEMPTS) {
        return Err(error);
    }
    let is_over = !may_pass && !matches!(error, Error::Conflict(_) | Error::TooLarge(_));
    if may_pass {
        tracing::error!(schedule = %due.schedule.id, %error, "an export on a schedule was given up");
    }
    let text = reason(error, owner.as_ref(), context.caller.language);
    let (schedule, mut batch) = (&due.schedule, Batch::new());
    let ended = Ending { state: State::Failed, error: Some(text.clone()), records: 0, file: None };
    ended::prune(records, &context.caller, schedule, State::Failed, &mut batch).await?;
    end(records, &context.caller, &due, ended, &mut batch);
    let turn = schedule.turn + 1;
    if is_over && schedule.is_enabled {
        let (version, disabled_reason) = (schedule.version + 1, Some(text));
        let after = Schedule { turn, next_at: None, is_enabled: false, disabled_reason, version, ..schedule.clone() };
        stop(&context.caller, &after, schedule, &mut batch);
        batch.log(event(records, "export_schedule.stopped", &after));
    } else if due.asked.is_none() {
        let next_at = Some(next_at(records, &context.caller, schedule).await?);
        let after = Schedule { turn, next_at, ..schedule.clone() };
        move_on(records, &context.caller, &after, schedule.turn, &mut batch);
    }
    Ok(Outcome::Done(batch))
}

/// The run's row.
fn end(records: &Records, caller: &Caller, due: &Due, ended: Ending, batch: &mut Batch) {
    match due.asked {
        Some(run) => ended::end_asked(records, caller, (due.schedule.id, run), due.started_at, ended, batch),
        None => ended::end_due(records, caller, &due.schedule, due.started_at, ended, batch),
    }
}
