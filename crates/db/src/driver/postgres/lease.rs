//! A session that somebody works with, and what becomes of it when they stop.

use super::session::{Manager, Session};
use base::{Error, Result};
use deadpool::managed::Object;
use tokio_postgres::NoTls;

/// What the server is doing with the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doing {
    Nothing,
    /// A transaction that only reads is open, and waits.
    Snapshot,
    /// Something was sent and not yet answered.
    Work,
}

/// Gives the session back when it is dropped, in order: an open snapshot is ended, running work is cancelled.
pub(crate) struct Lease {
    session: Object<Manager>,
    doing: Doing,
}

impl Lease {
    pub(crate) fn new(session: Object<Manager>) -> Lease {
        Lease { session, doing: Doing::Nothing }
    }

    /// Runs `work` and stands at `after` once it has been answered, well or not.
    pub(crate) async fn work<T>(
        &mut self,
        after: Doing,
        work: impl AsyncFnOnce(&mut Session) -> Result<T>,
    ) -> Result<T> {
        self.doing = Doing::Work;
        let outcome = work(&mut self.session).await;
        // Without an answer nobody knows what the server is doing.
        if !matches!(outcome, Err(Error::Unavailable { .. })) {
            self.doing = after;
        }
        outcome
    }

    pub(crate) fn doing(&self) -> Doing {
        self.doing
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        match self.doing {
            Doing::Nothing => {}
            Doing::Snapshot => self.session.send("COMMIT"),
            Doing::Work => {
                self.session.left = true;
                let cancel = self.session.client.cancel_token();
                if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                    // When the server cannot be reached there is nothing left to cancel.
                    runtime.spawn(async move { drop(cancel.cancel_query(NoTls).await) });
                }
            }
        }
    }
}
