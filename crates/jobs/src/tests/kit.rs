//! A private database, a clock, and a worker that is turned by hand.

use crate::{
    Job, JobKind,
    queue::{self, Claim},
    running::{self, Bench},
};
use base::{Caller, Clock, SystemCaller, Timestamp};
use db::{Batch, Cursor, Db, Event, LoggedEvent, Options, Statement, sql, testing::Scratch};
use std::sync::Arc;
use tokio::sync::watch;

pub const START: Timestamp = Timestamp(1_795_341_600_000);
pub const SECOND: i64 = 1_000;
const MARKER: &str = "marker";

pub struct Shop {
    pub db: Db,
    pub clock: Clock,
    pub system: Caller,
    pub scratch: Scratch,
}

impl Shop {
    pub async fn each() -> Vec<Shop> {
        let mut shops = Vec::new();
        for scratch in Scratch::each().await {
            let clock = Clock::fixed(START);
            let options = Options { clock: clock.clone(), node: Some(1), ..Options::default() };
            let db = scratch.open(options).await.unwrap();
            let system = SystemCaller::for_(db.tenant(), "test");
            shops.push(Shop { db, clock, system, scratch });
        }
        shops
    }

    /// A handle as another program has it; on SQLite there can be only one program.
    pub async fn second(&self) -> Db {
        match self.db.dialect() {
            db::Dialect::Sqlite => self.db.clone(),
            db::Dialect::Postgres => {
                let options = Options { clock: self.clock.clone(), node: Some(2), ..Options::default() };
                self.scratch.open(options).await.unwrap()
            }
        }
    }

    pub fn wait(&self, ms: i64) {
        self.clock.set(Timestamp(self.clock.now().0 + ms));
    }

    pub async fn add(&self, job: Job) {
        let mut batch = Batch::new();
        crate::enqueue(&mut batch, &self.db, job);
        self.db.submit(&self.system, batch).await.unwrap();
    }

    pub async fn claim(&self) -> Vec<Claim> {
        let mut batch = Batch::new();
        let place = batch.keep(queue::take(&self.db, 100));
        let receipt = self.db.submit(&self.system, batch).await.unwrap();
        queue::claimed(&receipt.kept[place]).unwrap()
    }

    /// What a worker has that knows these kinds. It takes no next job, as one that is about to end.
    pub fn bench(&self, kinds: &[JobKind]) -> Bench {
        Bench {
            handlers: Arc::new(kinds.iter().map(|kind| (kind.name, Arc::clone(&kind.run))).collect()),
            db: self.db.clone(),
            system: self.system.clone(),
            callers: Arc::new(|_| Box::pin(async { Err(base::Error::NotFound("user")) })),
            stopping: watch::channel(true).1,
            leaving: watch::channel(false).1,
        }
    }

    /// Runs all that is due now, one after the other, and says how many that were.
    pub async fn turn(&self, kinds: &[JobKind]) -> usize {
        // Kept to the end: a closed channel would mean that the worker is gone.
        let leave = watch::Sender::new(false);
        let bench = Bench { leaving: leave.subscribe(), ..self.bench(kinds) };
        let claims = self.claim().await;
        for claim in &claims {
            running::run_all(bench.clone(), claim.clone()).await;
        }
        claims.len()
    }

    /// State, attempts and error of every job, oldest first.
    pub async fn jobs(&self) -> Vec<(String, i64, Option<String>)> {
        let text = sql!("SELECT state, attempts, error FROM job WHERE tenant_id = ?1 ORDER BY id LIMIT 1000");
        let rows = self.db.reader(&self.system).once(Statement::new(text, [self.system.tenant.into()])).await.unwrap();
        let read = |row: db::Row<'_>| {
            (row.text(0).unwrap().to_owned(), row.int(1).unwrap(), row.opt_text(2).unwrap().map(str::to_owned))
        };
        rows.iter().map(read).collect()
    }

    /// The kinds of all events so far.
    pub async fn events(&self) -> Vec<String> {
        let events = self.settled().await.into_iter().map(|event| event.kind);
        events.filter(|kind| kind != MARKER).collect()
    }

    /// The whole log, once all that has been written is in it. On PostgreSQL an entry appears when no older
    /// transaction is left on the server, which other tests share: so a marker is written and waited for.
    pub async fn settled(&self) -> Vec<LoggedEvent> {
        let mut batch = Batch::new();
        let marker = event(&self.db, MARKER);
        let action = marker.action;
        batch.log(marker);
        self.db.submit(&self.system, batch).await.unwrap();
        loop {
            let events = self.db.events_after(&self.system, Cursor::default(), 1_000).await.unwrap();
            if events.iter().any(|event| event.action == action) {
                return events;
            }
        }
    }

    pub async fn happen(&self, kind: &'static str) {
        let mut batch = Batch::new();
        batch.log(event(&self.db, kind));
        self.db.submit(&self.system, batch).await.unwrap();
    }
}

pub fn event(db: &Db, kind: &'static str) -> Event {
    Event { action: db.ids().next(), kind, object: 0, record: None, changes: "{}".to_owned(), also: Vec::new() }
}
