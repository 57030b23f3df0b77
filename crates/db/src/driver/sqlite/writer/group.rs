//! A group of batches on the writing thread: run, committed together, and only then answered.
//!
//! They run one after the other without savepoints, which would copy every page that they touch. Where one is refused,
//! all is undone and the others run again, from then on each behind a savepoint of its own.

use super::{Answer, Thread};
use crate::{
    Receipt, Statement,
    batch::{Step, judge},
    driver::{Submission, sqlite::cells},
    events::{self, EntryTexts},
    faults::Fault,
};
use base::{Error, Result};
use std::time::Instant;

const EVENT: EntryTexts = EntryTexts {
    entry: "INSERT INTO event (tenant_id, tx, seq, at, action_id, actor, kind, object_id, record_id, changes)
            VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    link: "INSERT INTO event_link (tenant_id, record_id, tx, seq) VALUES (?1, ?2, 0, ?3)",
};

/// Batches that commit together.
struct Group {
    members: Vec<Member>,
    /// The place of the last event before the group.
    before: i64,
    /// One was refused: the others run apart.
    is_careful: bool,
    fault: Option<Fault>,
}

struct Member {
    submission: Submission,
    answer: Answer,
    outcome: Result<Receipt>,
}

/// After so many steps of one batch, some tenths of a millisecond, whoever waits for this core to answer a reader has
/// it first. Batches of single changes are shorter.
const STEPS: usize = 24;

impl Group {
    /// Those that are to be committed.
    fn done(&self) -> impl Iterator<Item = &Submission> {
        self.members.iter().filter(|member| member.outcome.is_ok()).map(|member| &member.submission)
    }

    fn fail(&mut self) {
        for member in self.members.iter_mut().filter(|member| member.outcome.is_ok()) {
            member.outcome = Err(Error::Unavailable { seconds: 1 });
        }
    }
}

impl Thread {
    /// Runs the first batch and those that wait behind it, commits, and answers.
    pub(super) fn commit_group(&mut self, first: Submission, answer: Answer) {
        if let Err(error) = self.execute_cached("BEGIN IMMEDIATE") {
            drop(answer.send(Err(error)));
            return;
        }
        let before = self.desk.last_event;
        let mut group = Group { members: Vec::new(), before, is_careful: false, fault: None };
        let start = Instant::now();
        let mut next = Some((first, answer));
        while let Some((submission, answer)) = next {
            self.run_member(&mut group, submission, answer);
            let is_intact = !self.desk.connection.is_autocommit();
            next = if is_intact { self.next_batch(start, group.members.len()) } else { None };
        }
        let work = Instant::now();
        let committed = self.finish(&group).and_then(|()| self.commit(group.fault));
        self.last.note(group.members.len(), work.elapsed());
        match committed {
            Ok(()) => {
                let count = |flag: fn(&Submission) -> bool| group.done().map(|one| i64::from(flag(one))).sum();
                self.publish(count(|one| one.batch.bump_access), count(|one| one.batch.bump_schema));
            }
            Err(error) => {
                tracing::error!(%error, batches = group.members.len(), "a commit failed");
                self.desk.last_event = before;
                self.roll_back();
                group.fail();
            }
        }
        if group.fault == Some(Fault::FailedAfterSuccess) {
            group.fail();
        }
        for member in group.members {
            // Whoever stopped waiting has their work done all the same.
            drop(member.answer.send(member.outcome));
        }
    }

    fn run_member(&mut self, group: &mut Group, submission: Submission, answer: Answer) {
        group.fault = group.fault.or(self.desk.faults.next(&submission.batch));
        let outcome = if group.is_careful { self.run_apart(&submission) } else { self.run_batch(&submission) };
        let is_refused = outcome.is_err();
        group.members.push(Member { submission, answer, outcome });
        if is_refused && !group.is_careful {
            group.is_careful = true;
            self.run_again(group);
        }
    }

    /// Undoes all and runs again what was not refused.
    fn run_again(&mut self, group: &mut Group) {
        self.roll_back();
        self.desk.last_event = group.before;
        if let Err(error) = self.execute_cached("BEGIN IMMEDIATE") {
            tracing::error!(%error, "a group of batches could not begin again");
            group.fail();
            return;
        }
        for member in group.members.iter_mut().filter(|member| member.outcome.is_ok()) {
            member.outcome = self.run_apart(&member.submission);
        }
    }

    /// Runs a batch that may be undone alone.
    fn run_apart(&mut self, submission: &Submission) -> Result<Receipt> {
        // The group is lost already; a savepoint would begin a transaction of its own.
        if self.desk.connection.is_autocommit() {
            return Err(Error::Unavailable { seconds: 1 });
        }
        let before = self.desk.last_event;
        let outcome = self.execute_cached("SAVEPOINT batch").and_then(|()| self.run_batch(submission));
        match outcome {
            Ok(receipt) => self.execute_cached("RELEASE batch").map(|()| receipt),
            Err(error) => {
                self.desk.last_event = before;
                // A full disk takes the whole transaction with it: then there is no savepoint left to go back to.
                if !self.desk.connection.is_autocommit() {
                    let undone =
                        self.execute_cached("ROLLBACK TO batch").and_then(|()| self.execute_cached("RELEASE batch"));
                    if let Err(error) = undone {
                        tracing::error!(%error, "a batch could not be undone alone; its group goes with it");
                        self.roll_back();
                    }
                }
                Err(error)
            }
        }
    }

    fn run_batch(&mut self, submission: &Submission) -> Result<Receipt> {
        let mut receipt = Receipt::default();
        for (number, step) in submission.batch.steps.iter().enumerate() {
            if number % STEPS == STEPS - 1 {
                std::thread::yield_now();
            }
            match step {
                Step::Run { statement, expect, keep } => {
                    let (touched, rows) = cells::change(&self.desk.connection, statement, *keep)?;
                    judge(expect, touched)?;
                    if *keep {
                        receipt.kept.push(rows);
                    }
                }
                Step::Follow { look, rule } => {
                    for statement in rule.statements(cells::query(&self.desk.connection, look)?)? {
                        cells::change(&self.desk.connection, &statement, false)?;
                    }
                }
                Step::Event(event) => {
                    self.desk.last_event += 1;
                    for statement in events::entry(&EVENT, submission, event.clone(), self.desk.last_event) {
                        cells::change(&self.desk.connection, &statement, false)?;
                    }
                }
            }
        }
        if let Some(statement) = events::raise_stamp(submission) {
            cells::change(&self.desk.connection, &statement, false)?;
        }
        Ok(receipt)
    }

    /// What the members of a group wanted done at the end.
    fn finish(&self, group: &Group) -> Result<()> {
        let late = group.done().flat_map(|submission| &submission.batch.late);
        late.into_iter().try_for_each(|statement| cells::change(&self.desk.connection, statement, false).map(drop))
    }

    #[expect(clippy::disallowed_methods, reason = "a slow disk is imitated on the thread that waits for the disk")]
    fn commit(&self, fault: Option<Fault>) -> Result<()> {
        if fault == Some(Fault::Failed) {
            return Err(Error::internal("a test wanted this commit to fail"));
        }
        if let Some(delay) = self.desk.sync_delay {
            std::thread::sleep(delay);
        }
        self.execute_cached("COMMIT")
    }

    fn publish(&self, access: i64, schema: i64) {
        self.desk.stamp.raise(access, schema);
        self.desk.committed.send_modify(|commits| *commits += 1);
    }

    fn roll_back(&self) {
        if !self.desk.connection.is_autocommit()
            && let Err(error) = self.execute_cached("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }

    fn execute_cached(&self, text: &'static str) -> Result<()> {
        cells::change(&self.desk.connection, &Statement::new(text, []), false).map(drop)
    }
}
