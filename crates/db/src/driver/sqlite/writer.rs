//! The one thread that writes a SQLite file: batches in savepoints, many of them in one commit.

use super::{SharedStamp, cells};
use crate::{
    Receipt, Rows,
    batch::{Step, judge},
    driver::Submission,
    events::{self, EntryTexts},
    faults::{Fault, Faults},
};
use base::{Error, Result};
use rusqlite::Connection;
use std::{
    fs::File,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};
use tokio::sync::{oneshot, watch};

/// Batches that may wait.
const QUEUE: usize = 1_000;
/// A commit is made after so many batches, or so much time, or when nobody waits any more: nobody in the queue, and
/// as many in the group as in the last one. Whoever was answered then is likely to come again in a moment.
const GROUP: usize = 64;
const GROUP_TIME: Duration = Duration::from_millis(2);

const EVENT: EntryTexts = EntryTexts {
    entry: "INSERT INTO event (tenant_id, tx, seq, at, action_id, actor, kind, object_id, record_id, changes)
            VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    link: "INSERT INTO event_link (tenant_id, record_id, tx, seq) VALUES (?1, ?2, 0, ?3)",
};

type Answer = oneshot::Sender<Result<Receipt>>;

enum Order {
    Batch(Box<Submission>, Answer),
    /// Outside any batch: statements that change no data.
    Script(String, oneshot::Sender<Result<()>>),
    Close(oneshot::Sender<Result<()>>),
}

/// The way to the writing thread.
pub(crate) struct Writer {
    orders: mpsc::SyncSender<Order>,
    open: Arc<AtomicBool>,
}

/// All that the thread owns.
pub(crate) struct Desk {
    pub connection: Connection,
    /// Held as long as anything may be written.
    pub _lock: File,
    /// The place of the last event in the log.
    pub last_event: i64,
    pub stamp: Arc<SharedStamp>,
    pub faults: Arc<Faults>,
    pub committed: watch::Sender<u64>,
    pub sync_delay: Option<Duration>,
}

impl Writer {
    pub(crate) fn start(desk: Desk) -> Result<Writer> {
        let (orders, inbox) = mpsc::sync_channel(QUEUE);
        let open = Arc::new(AtomicBool::new(true));
        let thread = Thread { desk, inbox, open: Arc::clone(&open), aside: None, last: Last::default() };
        std::thread::Builder::new()
            .name("db-write".to_owned())
            .spawn(move || thread.work())
            .map_err(Error::internal)?;
        Ok(Writer { orders, open })
    }

    pub(crate) async fn submit(&self, submission: Submission) -> Result<Receipt> {
        self.order(|answer| Order::Batch(Box::new(submission), answer)).await
    }

    pub(crate) async fn script(&self, text: String) -> Result<()> {
        self.order(|answer| Order::Script(text, answer)).await
    }

    /// Everything ordered before is done first; then the log is folded into the file and the thread ends.
    pub(crate) async fn close(&self) -> Result<()> {
        self.order(Order::Close).await
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed)
    }

    async fn order<T>(&self, order: impl FnOnce(oneshot::Sender<Result<T>>) -> Order) -> Result<T> {
        let (answer, outcome) = oneshot::channel();
        self.orders.try_send(order(answer)).map_err(|_| Error::Unavailable { seconds: 1 })?;
        outcome.await.map_err(|_| Error::Unavailable { seconds: 1 })?
    }
}

struct Thread {
    desk: Desk,
    inbox: mpsc::Receiver<Order>,
    open: Arc<AtomicBool>,
    /// An order that ended a group of batches by not being one.
    aside: Option<Order>,
    last: Last,
}

/// What the last group was like.
#[derive(Debug, Clone, Copy, Default)]
struct Last {
    members: usize,
    commit: Duration,
}

/// Batches that commit together.
#[derive(Default)]
struct Group {
    members: Vec<(Answer, Result<Receipt>)>,
    fault: Option<Fault>,
    access: i64,
    schema: i64,
}

impl Thread {
    fn work(mut self) {
        while let Some(order) = self.aside.take().or_else(|| self.inbox.recv().ok()) {
            match order {
                Order::Batch(submission, answer) => self.commit_group(*submission, answer),
                Order::Script(text, answer) => drop(answer.send(self.execute(&text))),
                Order::Close(answer) => {
                    self.close();
                    drop(answer.send(Ok(())));
                    return;
                }
            }
        }
        // The last handle has gone without closing: what was acknowledged is safe in the log.
    }

    /// Whatever still comes in is refused: its answer is dropped with the inbox.
    fn close(self) {
        self.open.store(false, Ordering::Relaxed);
        if let Err(error) = self.execute("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)") {
            tracing::warn!(%error, "the log could not be folded into the file; the next opening does it");
        }
    }

    fn execute(&self, text: &str) -> Result<()> {
        self.desk.connection.execute_batch(text).map_err(|e| cells::failure(&e))
    }

    /// Runs the first batch and those that wait behind it, commits, and only then answers.
    fn commit_group(&mut self, first: Submission, answer: Answer) {
        let before = self.desk.last_event;
        let mut group = Group::default();
        if let Err(error) = self.execute("BEGIN IMMEDIATE") {
            drop(answer.send(Err(error)));
            return;
        }
        let start = Instant::now();
        let mut next = Some((first, answer));
        while let Some((submission, answer)) = next {
            self.run_member(&mut group, submission, answer);
            let room = group.members.len() < GROUP && !self.desk.connection.is_autocommit();
            next = if room { self.next_batch(start, group.members.len()) } else { None };
        }
        let work = Instant::now();
        let committed = self.commit(&group);
        self.last = Last { members: group.members.len(), commit: work.elapsed() };
        match committed {
            Ok(()) => self.publish(&group),
            Err(error) => {
                tracing::error!(%error, batches = group.members.len(), "a commit failed");
                self.desk.last_event = before;
                self.roll_back();
                for (_, outcome) in &mut group.members {
                    if outcome.is_ok() {
                        *outcome = Err(Error::Unavailable { seconds: 1 });
                    }
                }
            }
        }
        if group.fault == Some(Fault::FailedAfterSuccess) {
            for (_, outcome) in &mut group.members {
                *outcome = Err(Error::Unavailable { seconds: 1 });
            }
        }
        for (answer, outcome) in group.members {
            // Whoever stopped waiting has their work done all the same.
            drop(answer.send(outcome));
        }
    }

    /// The next of the group that began at `start`, waiting for stragglers no longer than half a commit takes.
    fn next_batch(&mut self, start: Instant, members: usize) -> Option<(Submission, Answer)> {
        let left = GROUP_TIME.checked_sub(start.elapsed())?;
        let patience = if members < self.last.members { left.min(self.last.commit / 2) } else { Duration::ZERO };
        let order = match self.inbox.try_recv() {
            Err(_) if !patience.is_zero() => self.inbox.recv_timeout(patience).ok(),
            order => order.ok(),
        };
        match order? {
            Order::Batch(submission, answer) => Some((*submission, answer)),
            other => {
                self.aside = Some(other);
                None
            }
        }
    }

    fn run_member(&mut self, group: &mut Group, submission: Submission, answer: Answer) {
        let before = self.desk.last_event;
        let (access, schema) = (submission.batch.bump_access, submission.batch.bump_schema);
        group.fault = group.fault.or(self.desk.faults.next());
        let outcome = self.execute_cached("SAVEPOINT batch").and_then(|()| self.run_batch(submission));
        let outcome = match outcome {
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
        };
        if outcome.is_ok() {
            group.access += i64::from(access);
            group.schema += i64::from(schema);
        }
        group.members.push((answer, outcome));
    }

    fn run_batch(&mut self, mut submission: Submission) -> Result<Receipt> {
        let mut receipt = Receipt::default();
        for step in std::mem::take(&mut submission.batch.steps) {
            match step {
                Step::Run { statement, expect, keep } => {
                    let (touched, rows) = cells::change(&self.desk.connection, &statement, keep)?;
                    judge(&expect, touched)?;
                    if keep {
                        receipt.kept.push(rows);
                    }
                }
                Step::Event(event) => {
                    self.desk.last_event += 1;
                    for statement in events::entry(&EVENT, &submission, event, self.desk.last_event) {
                        cells::change(&self.desk.connection, &statement, false)?;
                    }
                }
            }
        }
        if let Some(statement) = events::raise_stamp(&submission) {
            cells::change(&self.desk.connection, &statement, false)?;
        }
        Ok(receipt)
    }

    #[expect(clippy::disallowed_methods, reason = "a slow disk is imitated on the thread that waits for the disk")]
    fn commit(&self, group: &Group) -> Result<()> {
        if group.fault == Some(Fault::Failed) {
            return Err(Error::internal("a test wanted this commit to fail"));
        }
        if let Some(delay) = self.desk.sync_delay {
            std::thread::sleep(delay);
        }
        self.execute_cached("COMMIT")
    }

    fn publish(&self, group: &Group) {
        self.desk.stamp.raise(group.access, group.schema);
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
        cells::change(&self.desk.connection, &crate::Statement::new(text, []), false).map(|(_, _): (u64, Rows)| ())
    }
}
