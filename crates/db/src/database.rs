//! One handle for both databases: open, read a snapshot, submit a batch.

use crate::{Batch, Dialect, Receipt, Rows, Statement};
use base::{Caller, Clock, IdGen, Result, TenantId};
use std::path::PathBuf;

/// Where the data lives.
#[derive(Debug, Clone)]
pub enum Config {
    /// `DIR/TENANT.db`, opened under an exclusive lock on `DIR/rapport.lock`.
    Sqlite { dir: PathBuf, tenant: String },
    /// `postgres://…`; the tables are owned by this login, the work is done as a role without rights to bypass.
    Postgres { url: String, tenant: String },
}

/// What tests set and production leaves alone.
#[derive(Debug, Clone)]
pub struct Options {
    pub clock: Clock,
    /// A fixed node number for reproducible ids; `None` leases one from the database.
    pub node: Option<u16>,
}

/// A database. Clones share it.
#[derive(Clone)]
pub struct Db {}

/// Grows whenever what it stands for has changed; see [`Batch::access_changed`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    pub access: i64,
    pub schema: i64,
}

/// One consistent view of one tenant's data. Cannot write. Cheap to make: nothing happens before the first read.
pub struct Reader {}

impl Db {
    /// Opens the database, brings its schema up to date (with a copy before, where there is data) and leases a node.
    ///
    /// Refuses a schema newer than this program and a directory that another process holds.
    pub async fn open(_config: Config, _options: Options) -> Result<Db> {
        unimplemented!()
    }

    /// The tenant that this handle was opened for.
    pub fn tenant(&self) -> TenantId {
        unimplemented!()
    }

    pub fn dialect(&self) -> Dialect {
        unimplemented!()
    }

    pub fn clock(&self) -> &Clock {
        unimplemented!()
    }

    pub fn ids(&self) -> &IdGen {
        unimplemented!()
    }

    /// A snapshot of the caller's tenant.
    pub fn reader(&self, _caller: &Caller) -> Reader {
        unimplemented!()
    }

    /// Commits all of the batch or nothing, and answers after it is durable.
    ///
    /// # Errors
    /// `Stale` and `Conflict` as the batch's own expectations say; `Unavailable` when the queue is full or the
    /// database is away.
    pub async fn submit(&self, _caller: &Caller, _batch: Batch) -> Result<Receipt> {
        unimplemented!()
    }

    /// The tenant's stamps: from memory on SQLite, one indexed read on PostgreSQL.
    pub async fn stamp(&self, _tenant: TenantId) -> Result<Stamp> {
        unimplemented!()
    }
}

impl Reader {
    /// Runs one query on the snapshot.
    pub async fn rows(&mut self, _statement: Statement) -> Result<Rows> {
        unimplemented!()
    }

    /// Runs several queries in one go.
    pub async fn many(&mut self, _statements: Vec<Statement>) -> Result<Vec<Rows>> {
        unimplemented!()
    }
}
