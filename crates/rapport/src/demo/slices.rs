//! The way of the demo's changes into the database: the one write path, in slices, the next one being decided while
//! the last one commits.

use crate::house::House;
use base::{Caller, Error, Result};
use db::Batch;
use records::{
    search::Learned,
    store::{Change, Op, Work},
};

/// Changes that commit together; what belongs together may make a slice longer.
const SLICE: usize = 500;

/// Collects changes and writes them.
pub struct Slices<'a> {
    house: &'a House,
    /// Who works here; slice after slice, in turn.
    callers: &'a [Caller],
    told: &'a (dyn Fn(u64) + Sync),
    collected: Vec<Change>,
    decided: Option<Decided<'a>>,
    turn: usize,
    written: u64,
}

/// A slice that only has to be committed.
struct Decided<'a> {
    work: Work<'a>,
    changes: Vec<Change>,
    batch: Batch,
    learned: Learned,
}

impl<'a> Slices<'a> {
    /// `told` hears how many changes have been written.
    pub fn new(house: &'a House, callers: &'a [Caller], told: &'a (dyn Fn(u64) + Sync)) -> Slices<'a> {
        Slices { house, callers, told, collected: Vec::new(), decided: None, turn: 0, written: 0 }
    }

    /// Takes changes that belong into one slice. A record that the slice changes already waits for the next one.
    pub async fn add(&mut self, changes: Vec<Change>) -> Result<()> {
        if changes.iter().any(|change| change.op == Op::Update && self.collected.iter().any(|c| c.id == change.id)) {
            self.advance().await?;
        }
        self.collected.extend(changes);
        if self.collected.len() < SLICE { Ok(()) } else { self.advance().await }
    }

    /// Waits until all is committed, so that what comes next can refer to it.
    pub async fn settle(&mut self) -> Result<()> {
        while !self.collected.is_empty() || self.decided.is_some() {
            self.advance().await?;
        }
        Ok(())
    }

    /// Commits the slice that is decided, and meanwhile decides the one that is collected.
    async fn advance(&mut self) -> Result<()> {
        let (ready, changes) = (self.decided.take(), std::mem::take(&mut self.collected));
        let caller = self.callers.get(self.turn % self.callers.len().max(1));
        let caller = caller.ok_or_else(|| Error::internal("nobody works in the demo company"))?;
        self.turn += 1;
        let (committed, decided) = tokio::join!(commit(ready), decide(self.house, caller, changes));
        self.written += committed?;
        (self.told)(self.written);
        self.decided = decided?;
        Ok(())
    }
}

async fn decide<'a>(house: &'a House, caller: &'a Caller, changes: Vec<Change>) -> Result<Option<Decided<'a>>> {
    if changes.is_empty() {
        return Ok(None);
    }
    let work = Work::begin(&house.records, caller).await?;
    let decided = work.decide(&changes).await?.into_iter().collect::<Result<Vec<_>>>()?;
    let mut batch = Batch::new();
    let learned = work.write(&decided, &mut batch)?;
    Ok(Some(Decided { work, changes, batch, learned }))
}

/// How many changes went in. Where somebody else, or the slice before, has changed one of the records, the slice is
/// decided anew.
async fn commit(decided: Option<Decided<'_>>) -> Result<u64> {
    let Some(Decided { work, changes, batch, learned }) = decided else { return Ok(0) };
    if !batch.is_empty() {
        match work.records.db().submit(work.caller, batch).await {
            Ok(_) => work.records.search().learn(learned),
            Err(Error::Stale) => drop(work.apply(&changes, |_, _| Ok(())).await?),
            Err(error) => return Err(error),
        }
    }
    Ok(u64::try_from(changes.len()).unwrap_or(u64::MAX))
}
