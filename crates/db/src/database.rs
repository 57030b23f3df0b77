//! One handle for both databases: open, read a snapshot, submit a batch.

use crate::{
    Batch, Dialect, Faults, Receipt, Rows, Statement,
    driver::{
        QUERY_LIMIT, Submission,
        postgres::{self, Postgres},
        sqlite::{self, Sqlite},
    },
};
use base::{Caller, Clock, Error, IdGen, Result, TenantId};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio::sync::watch;

/// Where the data lives.
#[derive(Debug, Clone)]
pub enum Config {
    /// `DIR/TENANT.db`, opened under an exclusive lock on `DIR/rapport.lock`.
    Sqlite { dir: PathBuf, tenant: String },
    /// `postgres://…`; the tables are owned by this login, the work is done as a role without rights to bypass.
    Postgres { url: String, tenant: String },
}

/// When SQLite calls a commit durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Synchronous {
    /// After the disk has said so.
    #[default]
    Full,
    /// After the system has taken it: for measurements only, a power cut loses it.
    Off,
}

/// What tests and measurements set and production leaves alone.
#[derive(Debug, Clone)]
pub struct Options {
    pub clock: Clock,
    /// A fixed node number for reproducible ids; `None` leases one from the database.
    pub node: Option<u16>,
    pub synchronous: Synchronous,
    /// Makes each commit on SQLite slower by this much, to measure what a slow disk costs.
    pub sync_delay: Option<Duration>,
}

impl Default for Options {
    fn default() -> Options {
        Options { clock: Clock::System, node: None, synchronous: Synchronous::Full, sync_delay: None }
    }
}

/// A database. Clones share it.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    driver: Driver,
    tenant: TenantId,
    clock: Clock,
    ids: IdGen,
    faults: Arc<Faults>,
    committed: watch::Sender<u64>,
}

pub(crate) enum Driver {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

/// Grows whenever what it stands for has changed; see [`Batch::access_changed`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Stamp {
    pub access: i64,
    pub schema: i64,
}

impl Db {
    /// Opens the database, brings its schema up to date (with a copy before, where there is data) and leases a node.
    ///
    /// Refuses a schema newer than this program and a directory that another process holds.
    pub async fn open(config: Config, options: Options) -> Result<Db> {
        let faults = Arc::new(Faults::default());
        let committed = watch::Sender::new(0);
        let clock = options.clock.clone();
        let (driver, tenant, node) = match config {
            Config::Sqlite { dir, tenant } => {
                let (faults, committed) = (Arc::clone(&faults), committed.clone());
                let opening =
                    tokio::task::spawn_blocking(move || sqlite::open(&dir, &tenant, &options, faults, committed));
                let (open, tenant) = opening.await.map_err(Error::internal)??;
                let node = open.node;
                (Driver::Sqlite(open), tenant, node)
            }
            Config::Postgres { url, tenant } => {
                let (open, tenant) = postgres::open(&url, &tenant, &options).await?;
                let node = open.node.number;
                (Driver::Postgres(Box::new(open)), tenant, node)
            }
        };
        let ids = IdGen::new(clock.clone(), node);
        Ok(Db { inner: Arc::new(Inner { driver, tenant, clock, ids, faults, committed }) })
    }

    /// The tenant that this handle was opened for.
    pub fn tenant(&self) -> TenantId {
        self.inner.tenant
    }

    pub(crate) fn driver(&self) -> &Driver {
        &self.inner.driver
    }

    pub fn dialect(&self) -> Dialect {
        match self.inner.driver {
            Driver::Sqlite(_) => Dialect::Sqlite,
            Driver::Postgres(_) => Dialect::Postgres,
        }
    }

    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    pub fn ids(&self) -> &IdGen {
        &self.inner.ids
    }

    /// Breaks commits on purpose, for tests.
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// Changes after each commit made through this handle: a hint to look at the log again, not a promise that
    /// there is something (nor that others have not written).
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.inner.committed.subscribe()
    }

    /// A snapshot of the caller's tenant.
    pub fn reader(&self, caller: &Caller) -> Reader {
        let state = match self.inner.driver {
            Driver::Sqlite(_) => State::Sqlite(sqlite::readers::Snapshot::NotYet),
            Driver::Postgres(_) => State::Postgres(postgres::Snapshot::NotYet),
        };
        Reader { db: self.clone(), tenant: caller.tenant, limit: QUERY_LIMIT, state }
    }

    /// Commits all of the batch or nothing, and answers after it is durable.
    ///
    /// # Errors
    /// `Stale` and `Conflict` as the batch's own expectations say; `Stale` also when a unique or foreign key refuses
    /// it, since it was decided on a view that no longer holds; `Unavailable` when the queue is full, the database is
    /// away or the commit failed.
    pub async fn submit(&self, caller: &Caller, batch: Batch) -> Result<Receipt> {
        self.inner.check_tenant(caller.tenant)?;
        let actor = caller.principal.to_string();
        let submission = Submission { tenant: caller.tenant, actor, at: self.inner.clock.now(), batch };
        match &self.inner.driver {
            Driver::Sqlite(open) => open.writer.submit(submission).await,
            Driver::Postgres(open) => {
                let fault = self.inner.faults.next(&submission.batch);
                let receipt = open.submit(submission, fault).await?;
                self.inner.committed.send_modify(|commits| *commits += 1);
                Ok(receipt)
            }
        }
    }

    /// The tenant's stamps: from memory on SQLite, one indexed read on PostgreSQL.
    pub async fn stamp(&self, tenant: TenantId) -> Result<Stamp> {
        self.inner.check_tenant(tenant)?;
        match &self.inner.driver {
            Driver::Sqlite(open) => Ok(open.stamp.get()),
            Driver::Postgres(open) => open.stamp(tenant).await,
        }
    }
}

impl Inner {
    /// A SQLite file holds one tenant; another one's data is not there.
    fn check_tenant(&self, tenant: TenantId) -> Result<()> {
        match self.driver {
            Driver::Sqlite(_) if tenant != self.tenant => Err(Error::NotFound("tenant")),
            Driver::Sqlite(_) | Driver::Postgres(_) => Ok(()),
        }
    }
}

/// One consistent view of one tenant's data. Cannot write. Cheap to make: nothing happens before the first read.
pub struct Reader {
    db: Db,
    tenant: TenantId,
    limit: Duration,
    state: State,
}

enum State {
    Sqlite(sqlite::readers::Snapshot),
    Postgres(postgres::Snapshot),
}

impl Reader {
    /// How long each of the coming queries may run, 30 s unless told.
    pub fn deadline(&mut self, limit: Duration) {
        self.limit = limit;
    }

    /// Runs one query on the snapshot.
    pub async fn rows(&mut self, statement: Statement) -> Result<Rows> {
        Ok(self.many(vec![statement]).await?.pop().unwrap_or_default())
    }

    /// Runs several queries in one go.
    pub async fn many(&mut self, statements: Vec<Statement>) -> Result<Vec<Rows>> {
        self.db.inner.check_tenant(self.tenant)?;
        match (&self.db.inner.driver, &mut self.state) {
            (Driver::Sqlite(open), State::Sqlite(snapshot)) => {
                open.readers.read(snapshot, statements, self.limit).await
            }
            (Driver::Postgres(open), State::Postgres(snapshot)) => {
                open.read(self.tenant, snapshot, &statements, self.limit).await
            }
            _ => Err(Error::internal("a reader of another database")),
        }
    }

    /// Runs the only query of this reader: cheaper than [`Reader::rows`], since no view has to be kept.
    pub async fn once(mut self, statement: Statement) -> Result<Rows> {
        self.db.inner.check_tenant(self.tenant)?;
        match (&self.db.inner.driver, &self.state) {
            (Driver::Sqlite(open), State::Sqlite(sqlite::readers::Snapshot::NotYet)) => {
                open.readers.once(statement, self.limit).await
            }
            (Driver::Postgres(open), State::Postgres(postgres::Snapshot::NotYet)) if self.limit == QUERY_LIMIT => {
                open.once(self.tenant, &statement).await
            }
            _ => self.rows(statement).await,
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // On PostgreSQL the leased session itself sees to its end.
        if let (Driver::Sqlite(open), State::Sqlite(snapshot)) = (&self.db.inner.driver, &mut self.state) {
            open.readers.end(snapshot);
        }
    }
}
