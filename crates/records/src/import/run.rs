//! The job that works through a kept file: while one slice is being committed, the next one is decided and the one
//! after it is read.

use super::{
    Import, Outcome, Planned, Planner, Preparing, State, account,
    beside::Beside,
    end::{ended, refused},
    filled::Filled,
    find, groundwork,
    kept::load_plan,
    looked::{Chosen, Verified},
    making, progress,
    slices::{Pieces, Slice, Slices},
    tally::{Tally, drop_row, field_errors},
    written::{Written, header, hints, prepare},
};
use crate::{
    catalog::Records,
    duplicates,
    search::Learned,
    store::{Decided, Work},
    transfer::Header,
};
use base::{Error, Result, message};
use db::{Batch, Statement, sql};
use jobs::{JobContext, JobKind};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

/// The kind of the job.
pub const JOB: &str = "records.import";

/// How often a slice that lost a race is decided anew.
const ATTEMPTS: usize = 3;

/// How often an import that gets nowhere is taken up again. Each slice that commits counts anew.
const LIVES: i64 = 10;

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, context).await }
    })
}

async fn run(records: &Records, context: JobContext) -> Result<jobs::Outcome> {
    let id = context.payload["import"].as_str().and_then(|id| id.parse().ok()).ok_or(Error::NotFound("import"))?;
    let import = find(records, &context.caller, id).await?;
    if import.state != State::Running {
        return Ok(jobs::Outcome::done());
    }
    if context.attempt > LIVES {
        let given_up = web::speak(&message!("import-given-up"), context.caller.language);
        return Ok(jobs::Outcome::Done(ended(records, &context, &import, State::Failed, Some(given_up))));
    }
    match go_through(records, &context, &import).await {
        Ok(outcome) => Ok(outcome),
        // What the caller did wrong does not get better by trying again.
        Err(error @ (Error::Invalid(_) | Error::Forbidden(_) | Error::NotFound(_) | Error::TooLarge(_))) => {
            Ok(jobs::Outcome::Done(refused(records, &context, &import, error)))
        }
        Err(error) => Err(error),
    }
}

/// A slice that is decided and only needs to be committed.
pub(super) struct Prepared {
    pub slice: Slice,
    pub batch: Batch,
    learned: Option<Learned>,
    takes_numbers: bool,
    is_looked_for: bool,
    pub tally: Tally,
}

impl Prepared {
    /// The next slice must not be decided before this one is committed.
    fn is_before(&self, next: &Slice) -> bool {
        let shares = |one: &HashSet<String>, other: &HashSet<String>| !one.is_disjoint(other);
        self.takes_numbers
            || self.is_looked_for
            || shares(&self.slice.keys, &next.keys)
            || shares(&self.slice.made, &next.made)
    }
}

/// What an import has to tell of its rows.
#[derive(Clone)]
pub(super) struct Account {
    pub filled: Filled,
    pub beside: Beside,
    pub chosen: Chosen,
}

struct Run<'a> {
    records: &'a Records,
    context: &'a JobContext,
    import: &'a Import,
    planner: Arc<dyn Planner>,
    written: Written,
    header: Header,
    /// Of the rows that are committed.
    account: Mutex<Account>,
}

async fn go_through(records: &Records, context: &JobContext, import: &Import) -> Result<jobs::Outcome> {
    let caller = &context.caller;
    let catalog = records.catalog(caller).await?;
    let written: Written =
        serde_json::from_str(&load_plan(records, caller, import.id).await?).map_err(Error::internal)?;
    let first = Pieces::from(records, caller, import.id, 0).await?.next().await?.unwrap_or_default();
    let beginning = first.get(..crate::transfer::SAMPLE_BYTES).unwrap_or(&first);
    let format = written.format()?;
    let (header, _) = header(format, beginning).map_err(|message| Error::field("file", message))?;
    let reading = hints(&import.asked, records.import_kind(&import.object).is_some())?
        .reading(&written.detected()?, catalog.schema.reading());
    let preparing = Preparing::new(caller, &catalog, &import.object, &import.asked, &header, &reading, import.action);
    groundwork::lay(records, caller, import, &written, &preparing).await?;
    let catalog = records.catalog(caller).await?;
    let planner = prepare(records, &Preparing { catalog: &catalog, ..preparing })?;
    let filled = Filled::begin(&import.filled, &header, &*planner);
    let account = Mutex::new(Account { filled, beside: import.beside.clone(), chosen: import.chosen.clone() });
    let run = Run { records, context, import, planner, written, header: header.clone(), account };
    let start = crate::transfer::Start {
        offset: u64::try_from(import.done_bytes).unwrap_or_default(),
        row: u64::try_from(import.row_number).unwrap_or_default(),
    };
    let mut slices = Slices::new(records, caller, import.id, format, header, start).await?;
    run.all(&mut slices, import.row_number).await
}

impl Run<'_> {
    async fn all(&self, slices: &mut Slices<'_>, mut row_number: i64) -> Result<jobs::Outcome> {
        let mut waiting: Option<Prepared> = None;
        let mut next = slices.next(&*self.planner).await?;
        while let Some(slice) = next.take().filter(|_| !self.context.stopping()) {
            // Rows that may mean the same records are decided on what the rows before them have become.
            if let Some(ready) = waiting.take_if(|ready| ready.is_before(&slice)) {
                row_number = self.commit(ready, row_number).await?;
            }
            let ahead = async { Ok::<_, Error>((self.settle(slice).await?, slices.next(&*self.planner).await?)) };
            let prepared = match waiting.take() {
                None => ahead.await,
                Some(ready) => {
                    let (committed, prepared) = tokio::join!(self.commit(ready, row_number), ahead);
                    row_number = committed?;
                    prepared
                }
            };
            let (prepared, following) = prepared?;
            (waiting, next) = (Some(prepared), following);
        }
        if let Some(ready) = waiting {
            self.commit(ready, row_number).await?;
        }
        if self.context.stopping() {
            return Ok(jobs::Outcome::Again { at: self.records.db().clock().now(), batch: Batch::new() });
        }
        let import = find(self.records, &self.context.caller, self.import.id).await?;
        let mut batch = ended(self.records, self.context, &import, State::Done, None);
        if let Some(verified) = self.verify(&import).await? {
            let text = sql!("UPDATE import SET verified = ?3 WHERE tenant_id = ?1 AND id = ?2");
            let cells = [self.context.caller.tenant.into(), import.id.into(), account::to_text(&verified)?.into()];
            batch.run(Statement::new(text, cells));
        }
        Ok(jobs::Outcome::Done(batch))
    }

    /// Looks at some rows again, as long as the file is there.
    async fn verify(&self, import: &Import) -> Result<Option<Verified>> {
        let (caller, work) = (&self.context.caller, self.work().await?);
        let again = import.chosen.read(self.records, caller, import.id, &self.written, &self.header).await?;
        let mut reader = self.records.db().reader(caller);
        match again.is_empty() {
            true => Ok(None),
            false => self.planner.verify(&work, &mut reader, &again).await,
        }
    }

    /// Takes no id: the records of a file have the same ids in every run that starts alike.
    async fn work(&self) -> Result<Work<'_>> {
        let (records, caller) = (self.records, &self.context.caller);
        let catalog = records.catalog(caller).await?;
        Ok(Work { records, caller, catalog, action: self.import.action, now: records.db().clock().now() })
    }

    /// Plans and decides a slice. Rows that fail are dropped and the rest is planned again, since it may have counted
    /// on them.
    async fn settle(&self, slice: Slice) -> Result<Prepared> {
        let work = self.work().await?;
        let mut dropped = vec![false; slice.rows.len()];
        let mut tally = Tally { failed: slice.unreadable.clone(), ..Tally::default() };
        loop {
            let mut reader = self.records.db().reader(work.caller);
            let mut plan = self.planner.plan(&work, &mut reader, &slice.rows, &dropped).await?;
            drop(reader);
            for (at, outcome) in plan.outcomes.iter().enumerate() {
                if let Outcome::Failed(errors) = outcome {
                    drop_row(&slice, &mut dropped, &mut tally, at, errors);
                }
            }
            let changes = std::mem::take(&mut plan.changes);
            let (planned, rows): (Vec<_>, Vec<_>) =
                changes.into_iter().map(|Planned { change, rows }| (change, rows)).unzip();
            let (mut decided, mut lost) = (Vec::with_capacity(planned.len()), false);
            for (outcome, rows) in work.decide(&planned).await?.into_iter().zip(&rows) {
                match outcome {
                    Ok(one) => decided.push((one, rows)),
                    Err(error) => {
                        let errors = field_errors(error)?;
                        rows.iter().for_each(|&at| drop_row(&slice, &mut dropped, &mut tally, at, &errors));
                        lost = true;
                    }
                }
            }
            if lost {
                continue;
            }
            tally.beside = making::told(&work, &plan, decided.iter().map(|(one, _)| one));
            tally.count(&plan, &decided);
            let decided: Vec<Decided> = decided.into_iter().map(|(one, _)| one).collect();
            return self.prepared(&work, slice, &decided, tally);
        }
    }

    /// The batch of a decided slice, with the errors of its rows.
    fn prepared(&self, work: &Work<'_>, slice: Slice, decided: &[Decided], tally: Tally) -> Result<Prepared> {
        let mut batch = Batch::new();
        let learned = match self.import.asked.dry_run {
            true => None,
            false => Some(work.write(decided, &mut batch)?),
        };
        progress::errors(self.context, self.import.id, &tally, &mut batch);
        let takes_numbers = decided.iter().any(|one| !one.numbers.is_empty());
        let is_looked_for = duplicates::are_looked_for(work, decided);
        Ok(Prepared { slice, batch, learned, takes_numbers, is_looked_for, tally })
    }

    /// Commits a slice with its place in the file; gives the row that it ends with.
    async fn commit(&self, mut ready: Prepared, before: i64) -> Result<i64> {
        let (mut attempt, mut turn) = (1, None);
        loop {
            let end = i64::try_from(ready.slice.end.row).map_err(Error::internal)?;
            let account = self.account_with(&ready);
            progress::write(self.context, self.import.id, &mut ready, (before, end), &account)?;
            match self.context.submit_piece(ready.batch).await {
                Ok(_) => {
                    *self.account.lock().unwrap_or_else(PoisonError::into_inner) = account;
                    ready.learned.into_iter().for_each(|learned| self.records.search().learn(learned));
                    return Ok(end);
                }
                Err(Error::Stale | Error::Conflict(_)) if attempt < ATTEMPTS => {
                    attempt += 1;
                    if ready.takes_numbers && turn.is_none() {
                        turn = Some(self.records.numbering_turn().await);
                    }
                    ready = self.settle(ready.slice).await?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn account_with(&self, ready: &Prepared) -> Account {
        let failed: HashSet<u64> = ready.tally.failed.iter().map(|(row, _)| *row).collect();
        let taken = ready.slice.rows.iter().filter(|row| !failed.contains(&row.number));
        let known = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        let chosen = match self.import.asked.dry_run {
            true => Chosen::default(),
            false => known.chosen.with(&ready.slice, &ready.tally.came),
        };
        let beside = known.beside.with(&ready.tally.beside);
        Account { filled: known.filled.with(taken, &ready.tally.left), beside, chosen }
    }
}
