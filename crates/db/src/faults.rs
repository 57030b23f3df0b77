//! Breaks commits on purpose, so that tests can see what happens then. Does nothing unless told to.

use crate::batch::Batch;
use std::sync::atomic::{AtomicI64, Ordering};

/// What goes wrong with a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing was written, and that is what is reported.
    Failed,
    /// Everything was written, but the answer got lost.
    FailedAfterSuccess,
}

/// The faults of one database. Only batches that log an event are counted: what the product notes for itself in between,
/// when a token was last used for example, does not move the fault. Batches that share a commit share its fate.
#[derive(Debug, Default)]
pub struct Faults {
    fail: AtomicI64,
    fail_after_success: AtomicI64,
}

impl Faults {
    /// The `n`-th batch from now (1: the next) is rolled back and reported as failed.
    pub fn fail_commit(&self, n: u32) {
        self.fail.store(i64::from(n), Ordering::SeqCst);
    }

    /// The `n`-th batch from now (1: the next) is committed but reported as failed.
    pub fn fail_commit_after_success(&self, n: u32) {
        self.fail_after_success.store(i64::from(n), Ordering::SeqCst);
    }

    /// Counts this batch; what shall happen to its commit.
    pub(crate) fn next(&self, batch: &Batch) -> Option<Fault> {
        if !batch.logs() {
            return None;
        }
        let due = |count: &AtomicI64| count.load(Ordering::Relaxed) > 0 && count.fetch_sub(1, Ordering::SeqCst) == 1;
        let (failed, late) = (due(&self.fail), due(&self.fail_after_success));
        if failed { Some(Fault::Failed) } else { late.then_some(Fault::FailedAfterSuccess) }
    }
}
