//! The job that goes through the slices.

use super::{
    Bulk, Effect, State, find,
    slices::{self, SLICE, Slice},
};
use crate::{catalog::Records, search::Learned, store::Work};
use base::{Error, Id, Result, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use jobs::{JobContext, JobKind, Outcome};
use serde_json::json;
use std::collections::HashSet;

/// The kind of the job.
pub const JOB: &str = "records.bulk";

/// How often a slice of one record that lost a race is decided anew.
const ATTEMPTS: usize = 5;
/// How often a job that gets nowhere is taken up again.
const LIVES: i64 = 10;

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

struct Run<'a> {
    records: &'a Records,
    context: &'a JobContext,
    bulk: Bulk,
}

struct Prepared {
    slice: Slice,
    batch: Batch,
    learned: Learned,
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let id = context.payload["bulk"].as_str().and_then(|id| id.parse().ok()).ok_or(Error::NotFound("bulk"))?;
    let bulk = find(records, &context.caller, id).await?;
    if bulk.state != State::Running {
        return Ok(Outcome::done());
    }
    let run = Run { records, context, bulk };
    if context.attempt > LIVES {
        let given_up = web::speak(&message!("import-given-up"), context.caller.language);
        return Ok(Outcome::Done(run.ended(State::Failed, Some(given_up))));
    }
    match run.all().await {
        Ok(outcome) => Ok(outcome),
        // The filter or a field has gone, or the right: trying again does not help.
        Err(error @ (Error::Invalid(_) | Error::Forbidden(_) | Error::NotFound(_))) => {
            let problem = web::Failure::from(error).document(context.caller.language);
            Ok(Outcome::Done(run.ended(State::Failed, problem["title"].as_str().map(str::to_owned))))
        }
        Err(error) => Err(error),
    }
}

/// Makes the next slice smaller; one of a single record is tried some times more, and then not.
fn halved(size: &mut i64, attempt: &mut usize) -> bool {
    if *size == 1 {
        *attempt += 1;
    }
    *size = (*size / 2).max(1);
    *attempt <= ATTEMPTS
}

impl Run<'_> {
    /// One slice after the other, each decided when the one before it has been committed: so one core is left to those
    /// who wait for an answer, and what a slice did is seen by the next.
    async fn all(&self) -> Result<Outcome> {
        let (mut place, mut size) = (self.bulk.place.clone(), SLICE);
        while !self.context.stopping() {
            let Some(ready) = self.settle(&place, &mut size).await? else {
                return self.done().await;
            };
            let Some(ended_at) = self.commit(ready, &place, &mut size).await? else { return Ok(Outcome::done()) };
            (place, size) = (ended_at, SLICE.min(size * 2));
        }
        Ok(Outcome::Again { at: self.records.db().clock().now(), batch: Batch::new() })
    }

    /// All slices are done.
    async fn done(&self) -> Result<Outcome> {
        let mut batch = self.ended(State::Done, None);
        if let Effect::Replace(wanted) = &self.bulk.wish.effect {
            let (records, caller) = (self.records, &self.context.caller);
            let catalog = records.catalog(caller).await?;
            let object = catalog.object_by_id(self.bulk.object)?;
            crate::definitions::leave(records, caller, object, wanted, &mut batch).await?;
        }
        Ok(Outcome::Done(batch))
    }

    /// Decides the slice behind a place. One in which others changed a record between two looks is halved.
    async fn settle(&self, place: &str, size: &mut i64) -> Result<Option<Prepared>> {
        let (records, caller) = (self.records, &self.context.caller);
        let catalog = records.catalog(caller).await?;
        let work = Work { records, caller, catalog, action: self.bulk.action, now: records.db().clock().now() };
        let mut attempt = 1;
        let found = loop {
            match slices::next(&work, &self.bulk, place, *size).await {
                Err(Error::Stale) if halved(size, &mut attempt) => {}
                found => break found?,
            }
        };
        let Some(slice) = found else { return Ok(None) };
        let mut batch = Batch::new();
        let learned = work.write(&slice.decided, &mut batch)?;
        Ok(Some(Prepared { slice, batch, learned }))
    }

    /// Commits a slice that begins at `place`, or what is left of it: whoever loses a race against others is content
    /// with half, down to one record. Gives where it ended, and nothing where the work has been stopped.
    async fn commit(&self, mut ready: Prepared, place: &str, size: &mut i64) -> Result<Option<String>> {
        let mut attempt = 1;
        loop {
            let ends_at = ready.slice.place.clone();
            self.write_progress(&mut ready, place)?;
            match self.context.submit_piece(ready.batch).await {
                Ok(_) => {
                    self.records.search().learn(ready.learned);
                    return Ok(Some(ends_at));
                }
                Err(Error::Stale | Error::Conflict(_)) if halved(size, &mut attempt) => {
                    if find(self.records, &self.context.caller, self.bulk.id).await?.state != State::Running {
                        return Ok(None);
                    }
                    ready = self.settle(place, size).await?.ok_or(Error::Stale)?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn write_progress(&self, ready: &mut Prepared, place: &str) -> Result<()> {
        let tenant = self.context.caller.tenant;
        let count = |number: usize| i64::try_from(number).map_err(Error::internal);
        let text = sql!(
            "UPDATE bulk SET done = done + ?3, changed = changed + ?4, left_alone = left_alone + ?5, place = ?6
             WHERE tenant_id = ?1 AND id = ?2 AND place = ?7 AND state = 'running'"
        );
        let cells = [
            tenant.into(),
            self.bulk.id.into(),
            Cell::Int(ready.slice.count),
            Cell::Int(count(ready.slice.decided.len())?),
            Cell::Int(count(ready.slice.left.len())?),
            ready.slice.place.as_str().into(),
            place.into(),
        ];
        ready.batch.expect(Statement::new(text, cells), Expect::Fresh);
        let mut told = HashSet::new();
        for (record, message) in &ready.slice.left {
            let text = sql!(
                "INSERT INTO bulk_left (tenant_id, bulk_id, record_id, reason) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING"
            );
            let reason = json!({"code": message.code, "message": web::speak(message, self.context.caller.language)});
            let cells = [tenant.into(), self.bulk.id.into(), (*record).into(), reason.to_string().into()];
            if *record != Id(0) && told.insert(*record) {
                ready.batch.run(Statement::new(text, cells));
            }
        }
        Ok(())
    }

    fn ended(&self, state: State, error: Option<String>) -> Batch {
        let tenant = self.context.caller.tenant;
        let mut batch = Batch::new();
        let text = sql!(
            "UPDATE bulk SET state = ?3, finished_at = ?4, error = ?5
             WHERE tenant_id = ?1 AND id = ?2 AND state = 'running'"
        );
        let now = self.records.db().clock().now();
        let cells = [tenant.into(), self.bulk.id.into(), state.name().into(), now.into(), error.into()];
        batch.run(Statement::new(text, cells));
        let changes = json!({"by": self.bulk.created_by, "bulk": self.bulk.id, "state": state.name()}).to_string();
        let action = self.bulk.action;
        batch.log(Event { action, kind: "bulk.done", object: 0, record: None, changes, also: Vec::new() });
        batch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_loses_races_is_content_with_less_and_gives_up_at_last() {
        let (mut size, mut attempt, mut sizes) = (SLICE, 1, Vec::new());
        while halved(&mut size, &mut attempt) {
            sizes.push(size);
        }
        assert_eq!(sizes, [250, 125, 62, 31, 15, 7, 3, 1, 1, 1, 1, 1]);
    }
}
