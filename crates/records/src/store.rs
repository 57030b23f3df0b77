//! The one write path. Screen, API, import, jobs and models all come through here: a change is decided by pure
//! rules on a snapshot, and what follows from it (row, links, keys, search terms, event) commits together.
//!
//! Not here: HTTP, files, and any rule of one object alone.

mod change;
mod decide;
mod files;
mod input;
mod load;
mod numbers;
mod retired;
mod trees;
mod twins;
mod unique;
mod write;

pub use change::{Change, Decided, Led, Op};
pub use decide::{one_of, record_day};
pub use input::{countries, parse_input, parse_input_of};
pub use retired::check_choices;
pub use trees::MOST_LEVELS;
pub use twins::seen;

use crate::{
    catalog::{Catalog, Records},
    layout::Record,
};
use base::{Caller, Error, Id, Result, Timestamp};
use db::Batch;
use std::sync::Arc;

/// How often a change that lost a race is decided anew before the caller hears `stale`.
const ATTEMPTS: usize = 3;

/// The same for one that takes numbers: only other nodes race for them, but they do so with every creation.
const ATTEMPTS_FOR_NUMBERS: usize = 16;

/// One user action: who, on what definitions, when, under which action id.
#[derive(Clone)]
pub struct Work<'a> {
    pub records: &'a Records,
    pub caller: &'a Caller,
    pub catalog: Arc<Catalog>,
    pub action: Id,
    pub now: Timestamp,
}

impl<'a> Work<'a> {
    pub async fn begin(records: &'a Records, caller: &'a Caller) -> Result<Work<'a>> {
        let catalog = records.catalog(caller).await?;
        let db = records.db();
        Ok(Work { records, caller, catalog, action: db.ids().next(), now: db.clock().now() })
    }

    /// Decides and commits some changes, all or none. `more` adds what must commit with them (an idempotency
    /// record, a cursor); it sees the outcome.
    ///
    /// # Errors
    /// The first change's error that stands in the way, unchanged; nothing is written then.
    pub async fn apply(
        &self,
        changes: &[Change],
        more: impl Fn(&[Decided], &mut Batch) -> Result<()>,
    ) -> Result<Vec<Decided>> {
        let pinned = changes.iter().any(|change| change.if_match.is_some());
        let turn = self.turn(changes).await;
        let attempts = if turn.is_some() { ATTEMPTS_FOR_NUMBERS } else { ATTEMPTS };
        let mut attempt = 1;
        loop {
            let decided = self.decide(changes).await?.into_iter().collect::<Result<Vec<_>>>()?;
            let mut batch = Batch::new();
            let learned = self.write(&decided, &mut batch)?;
            more(&decided, &mut batch)?;
            if batch.is_empty() {
                return Ok(decided);
            }
            match self.records.db().submit(self.caller, batch).await {
                Ok(_) => {
                    self.records.search().learn(learned);
                    return Ok(decided);
                }
                Err(Error::Stale) if !pinned && attempt < attempts => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Applies a single change.
    pub async fn apply_one(&self, change: Change) -> Result<Record> {
        let decided = self.apply(&[change], |_, _| Ok(())).await?;
        decided.into_iter().next().map(|one| one.after).ok_or_else(|| Error::internal("a change without outcome"))
    }
}
