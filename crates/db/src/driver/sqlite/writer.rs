//! The one thread that writes a SQLite file: many batches in one commit.

pub(crate) mod folding;
mod group;
mod rhythm;

use super::{SharedStamp, cells};
use crate::{Receipt, driver::Submission, faults::Faults};
use base::{Error, Result};
use folding::Folding;
use rhythm::Rhythm;
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
    pub folding: Folding,
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
        let thread = Thread { desk, inbox, open: Arc::clone(&open), aside: None, last: Rhythm::default() };
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
    last: Rhythm,
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
            self.desk.folding.look(&self.desk.connection);
        }
        // The last handle has gone without closing: what was acknowledged is safe in the log.
    }

    /// Whatever still comes in is refused: its answer is dropped with the inbox.
    fn close(self) {
        self.open.store(false, Ordering::Relaxed);
        let Desk { connection, folding, _lock, .. } = self.desk;
        folding.end();
        if let Err(error) = connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)") {
            tracing::warn!(%error, "the log could not be folded into the file; the next opening does it");
        }
    }

    fn execute(&self, text: &str) -> Result<()> {
        self.desk.connection.execute_batch(text).map_err(|e| cells::failure(&e))
    }

    /// The next of the group that began at `start`.
    fn next_batch(&mut self, start: Instant, members: usize) -> Option<(Submission, Answer)> {
        let patience = self.last.patience(members, start.elapsed())?;
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
}
