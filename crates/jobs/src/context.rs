//! What a job has in its hands while it runs.

use crate::{queue, worker::CallerOf};
use base::{Caller, Id, Result};
use db::{Batch, Db, Expect, Receipt};
use serde_json::Value;
use tokio::sync::watch;

/// A running job's view of the world.
#[derive(Clone)]
pub struct JobContext {
    pub db: Db,
    /// Whose rights it has: the user's who caused it, or the product's own.
    pub caller: Caller,
    pub id: Id,
    pub payload: Value,
    /// From 1.
    pub attempt: i64,
    pub(crate) fence: i64,
    pub(crate) callers: CallerOf,
    pub(crate) stopping: watch::Receiver<bool>,
}

impl JobContext {
    /// Some user, with the rights of the moment: for work that was asked for long ago.
    ///
    /// # Errors
    /// `NotFound` where there is no such user any more, or they may not sign in.
    pub async fn caller_of(&self, user: Id) -> Result<Caller> {
        (self.callers)(user).await
    }

    /// Makes the batch fail with [`base::Error::Stale`] if the job has meanwhile gone to another worker.
    pub fn guard(&self, batch: &mut Batch) {
        batch.expect(queue::hold(&self.db, self.id, self.fence), Expect::Fresh);
    }

    /// Submits under the job's caller, guarded: what a job writes this way is written once.
    pub async fn submit(&self, mut batch: Batch) -> Result<Receipt> {
        self.guard(&mut batch);
        self.db.submit(&self.caller, batch).await
    }

    /// As [`JobContext::submit`], for a piece of long work: who gets on may be interrupted any number of times.
    pub async fn submit_piece(&self, mut batch: Batch) -> Result<Receipt> {
        batch.expect(queue::get_on(&self.db, self.id, self.fence), Expect::Fresh);
        self.db.submit(&self.caller, batch).await
    }

    /// Says how far it has come, for `GET /jobs/{id}`, and renews the lease.
    pub async fn progress(&self, progress: &Value) -> Result<()> {
        let mut batch = Batch::new();
        batch.expect(queue::progress(&self.db, self.id, self.fence, progress), Expect::Fresh);
        self.db.submit(&self.caller, batch).await.map(drop)
    }

    /// The program is about to end: give back what is left with [`crate::Outcome::Again`] at the next safe point.
    pub fn stopping(&self) -> bool {
        *self.stopping.borrow()
    }
}
