//! One reaction following the log.

use super::{RETRY, Reaction, Run};
use crate::{queue, worker::news};
use base::{Caller, Error, Result, SystemCaller};
use db::{Batch, Cursor, Db, Expect, LoggedEvent, Statement, sql};
use futures_util::FutureExt;
use serde_json::json;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

const SLICE: u32 = 256;
/// An event that no attempt gets past becomes a dead job, and the reaction goes on.
const ATTEMPTS: u32 = 8;
/// The place in the log is written down at least every so many events that concern nobody.
const STORE_EVERY: usize = 2_000;
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Reactions to several events at once let this much time pass in which events can come together.
const GATHER: Duration = Duration::from_millis(200);

/// One reaction's state in this program.
pub(crate) struct Follower {
    db: Db,
    caller: Caller,
    reaction: Reaction,
    /// All before it are done or concern nobody; unknown at the start.
    place: Option<Cursor>,
    /// Passed since the place was last written down.
    passed: usize,
    /// Failures on the event after `place`.
    failures: u32,
}

/// A place in the log that nobody else may advance.
struct Lease {
    place: Cursor,
    fence: i64,
}

/// Follows the log until the program stops.
pub(crate) async fn follow(db: Db, reaction: Reaction, mut stopping: watch::Receiver<bool>) {
    let mut committed = db.committed();
    let mut follower = Follower::new(db, reaction);
    loop {
        let looked = Instant::now();
        committed.mark_unchanged();
        let pause = match follower.look(&stopping).await {
            Ok(true) => Duration::ZERO,
            Ok(false) => LOOK_EVERY,
            Err(error) => {
                tracing::warn!(target: "jobs", reaction = follower.reaction.name, %error, "could not follow the log");
                LOOK_EVERY * 2_u32.saturating_pow(follower.failures)
            }
        };
        let failing = follower.failures > 0;
        tokio::select! {
            () = stopped(&mut stopping) => return,
            () = sleep(pause) => {}
            () = news(&mut committed, looked), if !failing => {}
        }
        if !pause.is_zero() && matches!(follower.reaction.run, Run::Some(_)) {
            tokio::select! {
                () = stopped(&mut stopping) => return,
                () = sleep(GATHER) => {}
            }
        }
    }
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the worker is gone: also an end.
    let _ = stopping.wait_for(|stop| *stop).await;
}

impl Follower {
    pub(crate) fn new(db: Db, reaction: Reaction) -> Follower {
        let caller = SystemCaller::for_(db.tenant(), reaction.name);
        Follower { db, caller, reaction, place: None, passed: 0, failures: 0 }
    }

    fn key(&self) -> [db::Cell; 2] {
        [self.caller.tenant.into(), self.reaction.name.into()]
    }

    /// Where it was; a reaction that is new begins with what happens from now on.
    async fn find_place(&mut self) -> Result<Cursor> {
        if let Some(place) = self.place {
            return Ok(place);
        }
        let end = self.db.last_event(&self.caller).await?;
        let text = sql!(
            "INSERT INTO reaction_cursor (tenant_id, name, tx, seq, lease_until, fence)
             VALUES (?1, ?2, ?3, ?4, 0, 0) ON CONFLICT DO NOTHING"
        );
        let [tenant, name] = self.key();
        let mut batch = Batch::new();
        batch.run(Statement::new(text, [tenant, name, end.tx.into(), end.seq.into()]));
        self.db.submit(&self.caller, batch).await?;
        let text = sql!("SELECT tx, seq FROM reaction_cursor WHERE tenant_id = ?1 AND name = ?2");
        let rows = self.db.reader(&self.caller).once(Statement::new(text, self.key())).await?;
        let row = rows.first().ok_or(Error::NotFound("reaction"))?;
        let place = Cursor { tx: row.int(0)?, seq: row.int(1)? };
        self.place = Some(place);
        Ok(place)
    }

    /// One slice of the log; true where there may be more.
    pub(crate) async fn look(&mut self, stopping: &watch::Receiver<bool>) -> Result<bool> {
        let place = self.find_place().await?;
        let events = self.db.events_after(&self.caller, place, SLICE).await?;
        let Some(last) = events.last().map(|event| event.cursor) else { return Ok(false) };
        if !events.iter().any(|event| self.reaction.wants(&event.kind)) {
            self.passed += events.len();
            self.place = Some(last);
            if self.passed >= STORE_EVERY {
                self.store(last).await?;
            }
            return Ok(events.len() == usize::try_from(SLICE).unwrap_or(usize::MAX));
        }
        let Some(lease) = self.claim().await? else {
            // Another program is at it: go on from wherever it gets to.
            self.place = None;
            return Ok(false);
        };
        let worked = self.work(&lease, place, stopping).await;
        self.release(&lease).await?;
        worked
    }

    /// Writes the place down, where nobody works on this reaction.
    async fn store(&mut self, place: Cursor) -> Result<()> {
        let text = sql!(
            "UPDATE reaction_cursor SET tx = ?3, seq = ?4 WHERE tenant_id = ?1 AND name = ?2
             AND (tx < ?3 OR (tx = ?3 AND seq < ?4)) AND lease_until <= ?5"
        );
        let [tenant, name] = self.key();
        let now = self.db.clock().now();
        let mut batch = Batch::new();
        batch.run(Statement::new(text, [tenant, name, place.tx.into(), place.seq.into(), now.into()]));
        self.db.submit(&self.caller, batch).await?;
        self.passed = 0;
        Ok(())
    }

    async fn claim(&mut self) -> Result<Option<Lease>> {
        let text = sql!(
            "UPDATE reaction_cursor SET lease_until = ?4, fence = fence + 1
             WHERE tenant_id = ?1 AND name = ?2 AND lease_until <= ?3 RETURNING tx, seq, fence"
        );
        let now = self.db.clock().now();
        let [tenant, name] = self.key();
        let mut batch = Batch::new();
        let kept = batch.keep(Statement::new(text, [tenant, name, now.into(), (now.0 + queue::LEASE_MS).into()]));
        let receipt = self.db.submit(&self.caller, batch).await?;
        let Some(row) = receipt.kept.get(kept).and_then(|rows| rows.first()) else { return Ok(None) };
        Ok(Some(Lease { place: Cursor { tx: row.int(0)?, seq: row.int(1)? }, fence: row.int(2)? }))
    }

    /// Goes through one slice under the lease.
    async fn work(&mut self, lease: &Lease, passed: Cursor, stopping: &watch::Receiver<bool>) -> Result<bool> {
        // What is written down may be behind what this program has already passed, but never the other way round.
        let from = passed.max(lease.place);
        let events = self.db.events_after(&self.caller, from, SLICE).await?;
        if events.is_empty() {
            return Ok(true);
        }
        if matches!(self.reaction.run, Run::Some(_)) {
            return self.work_together(lease, events, stopping).await;
        }
        for event in events {
            if *stopping.borrow() {
                return Ok(false);
            }
            let here = event.cursor;
            if self.reaction.wants(&event.kind) {
                self.react(lease, here, vec![event]).await?;
                self.passed = 0;
            } else {
                self.passed += 1;
            }
            self.place = Some(here);
            self.failures = 0;
        }
        Ok(true)
    }

    /// Reacts to some events at once; true where there may be more.
    async fn work_together(
        &mut self,
        lease: &Lease,
        mut events: Vec<LoggedEvent>,
        stopping: &watch::Receiver<bool>,
    ) -> Result<bool> {
        if *stopping.borrow() {
            return Ok(false);
        }
        let wanted = events.iter().enumerate().filter(|(_, event)| self.reaction.wants(&event.kind));
        let beyond = wanted.map(|(at, _)| at).nth(self.reaction.most);
        let is_full = beyond.is_some() || events.len() == usize::try_from(SLICE).unwrap_or(usize::MAX);
        events.truncate(beyond.unwrap_or(events.len()));
        let Some(last) = events.last().map(|event| event.cursor) else { return Ok(false) };
        events.retain(|event| self.reaction.wants(&event.kind));
        self.react(lease, last, events).await?;
        (self.place, self.passed, self.failures) = (Some(last), 0, 0);
        Ok(is_full)
    }

    /// Reacts to events, and moves the place past them. Where they cannot be dealt with together, each is tried alone
    /// in the end, and those that fail then are given up.
    async fn react(&mut self, lease: &Lease, here: Cursor, events: Vec<LoggedEvent>) -> Result<()> {
        let Err(error) = self.attempt(lease, here, events.clone()).await else { return Ok(()) };
        self.failures += 1;
        if self.failures < ATTEMPTS {
            return Err(error);
        }
        let (alone, mut error) = (events.len() == 1, error);
        for event in events {
            let here = event.cursor;
            if !alone {
                match self.attempt(lease, here, vec![event]).await {
                    Ok(()) => continue,
                    Err(why) => error = why,
                }
            }
            let mut batch = Batch::new();
            self.bury(&mut batch, here, &error);
            batch.expect(self.advance(lease, here), Expect::Fresh);
            self.db.submit(&self.caller, batch).await?;
        }
        Ok(())
    }

    /// What follows from events, and the place past them, in one commit.
    async fn attempt(&self, lease: &Lease, here: Cursor, events: Vec<LoggedEvent>) -> Result<()> {
        let reacting = self.reaction.react(&self.db, &self.caller, events);
        let reacted = AssertUnwindSafe(reacting).catch_unwind().await;
        let mut batch = reacted.unwrap_or_else(|_| Err(Error::internal("the reaction panicked")))?;
        batch.expect(self.advance(lease, here), Expect::Fresh);
        self.db.submit(&self.caller, batch).await.map(drop)
    }

    /// The place moves past an event, if the lease still holds; the lease is renewed.
    fn advance(&self, lease: &Lease, to: Cursor) -> Statement {
        let text = sql!(
            "UPDATE reaction_cursor SET tx = ?4, seq = ?5, lease_until = ?6
             WHERE tenant_id = ?1 AND name = ?2 AND fence = ?3"
        );
        let [tenant, name] = self.key();
        let until = self.db.clock().now().0 + queue::LEASE_MS;
        Statement::new(text, [tenant, name, lease.fence.into(), to.tx.into(), to.seq.into(), until.into()])
    }

    async fn release(&self, lease: &Lease) -> Result<()> {
        let text = sql!("UPDATE reaction_cursor SET lease_until = 0 WHERE tenant_id = ?1 AND name = ?2 AND fence = ?3");
        let [tenant, name] = self.key();
        let mut batch = Batch::new();
        batch.run(Statement::new(text, [tenant, name, lease.fence.into()]));
        self.db.submit(&self.caller, batch).await.map(drop)
    }

    /// A dead job that says which event the reaction could not deal with, to be tried again by hand.
    fn bury(&self, batch: &mut Batch, event: Cursor, error: &Error) {
        tracing::error!(target: "jobs", reaction = self.reaction.name, %error, "an event was given up");
        let (id, now) = (self.db.ids().next(), self.db.clock().now());
        let payload = json!({ "reaction": self.reaction.name, "tx": event.tx, "seq": event.seq }).to_string();
        let text = sql!(
            "INSERT INTO job (tenant_id, id, kind, payload, state, priority, attempts, max_attempts, fence, error, created_at, finished_at)
             VALUES (?1, ?2, ?3, ?4, 'dead', 1, ?5, ?5, 0, ?6, ?7, ?7)"
        );
        let args = [
            self.caller.tenant.into(),
            id.into(),
            RETRY.into(),
            payload.into(),
            i64::from(ATTEMPTS).into(),
            queue::cut(&error.to_string()).into(),
            now.into(),
        ];
        batch.run(Statement::new(text, args));
        batch.log(queue::event(&self.db, "job.dead", id, RETRY));
    }
}
