//! SQLite: one file per tenant, one thread that writes it, a few that read.
//!
//! Not here: SQL about the application's data.

pub(crate) mod cells;
pub(crate) mod readers;
pub(crate) mod settings;
pub(crate) mod statistics;
pub(crate) mod writer;

use crate::{Stamp, database::Options, faults::Faults, migrate};
use base::{Error, Result, TenantId, message};
use readers::Readers;
use rusqlite::{Connection, OptionalExtension};
use std::{
    fs::{File, TryLockError},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::watch;
use writer::{
    Desk, Writer,
    folding::{Folding, PAGES},
};

/// Each file holds one tenant.
const TENANT: TenantId = TenantId(1);
/// How long to wait for a process that is just ending.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(50);
const NODES: i64 = 1_024;

/// The open file.
pub(crate) struct Sqlite {
    pub writer: Writer,
    pub readers: Readers,
    pub stamp: Arc<SharedStamp>,
    pub node: u16,
}

/// The stamps in memory: raised after the commit that raises them in the file.
#[derive(Debug)]
pub(crate) struct SharedStamp(Mutex<Stamp>);

impl SharedStamp {
    pub(crate) fn get(&self) -> Stamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn raise(&self, access: i64, schema: i64) {
        let mut stamp = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stamp.access += access;
        stamp.schema += schema;
    }
}

/// Opens the file and starts its threads. Blocks: not for the async workers.
pub(crate) fn open(
    dir: &Path,
    tenant: &str,
    options: &Options,
    faults: Arc<Faults>,
    committed: watch::Sender<u64>,
) -> Result<(Sqlite, TenantId)> {
    check_name(tenant)?;
    std::fs::create_dir_all(dir).map_err(Error::internal)?;
    let lock = lock(dir)?;
    let file = dir.join(format!("{tenant}.db"));
    let mut connection = settings::open_for_writing(&file, options.synchronous)?;
    migrate::sqlite(&mut connection, &file, options.clock.now())?;
    statistics::presume(&connection).map_err(|e| cells::failure(&e))?;
    let found = load(&connection, tenant, options.node).map_err(|e| cells::failure(&e))?;
    let stamp = Arc::new(SharedStamp(Mutex::new(found.stamp)));
    let folding = Folding::start(&mut connection, settings::open_for_folding(&file, options.synchronous)?, PAGES)?;
    let desk = Desk {
        connection,
        folding,
        _lock: lock,
        last_event: found.last_event,
        stamp: Arc::clone(&stamp),
        faults,
        committed,
        sync_delay: options.sync_delay,
    };
    let writer = Writer::start(desk)?;
    Ok((Sqlite { writer, readers: Readers::open(&file)?, stamp, node: found.node }, TENANT))
}

/// A tenant's name becomes a file name.
fn check_name(tenant: &str) -> Result<()> {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    if tenant.is_empty() || tenant.len() > 64 || !tenant.bytes().all(letters) {
        return Err(Error::field("tenant", message!("db-tenant-name")));
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the file system tells nobody when a lock becomes free")]
fn lock(dir: &Path) -> Result<File> {
    let path = dir.join("rapport.lock");
    let file = File::options().create(true).truncate(false).write(true).open(path).map_err(Error::internal)?;
    for attempt in 1.. {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if attempt < LOCK_TRIES => std::thread::sleep(LOCK_PAUSE),
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Conflict(message!("db-in-use", dir = dir.display())));
            }
            Err(TryLockError::Error(error)) => return Err(Error::internal(error)),
        }
    }
    Ok(file)
}

struct Found {
    stamp: Stamp,
    last_event: i64,
    node: u16,
}

fn load(connection: &Connection, tenant: &str, node: Option<u16>) -> rusqlite::Result<Found> {
    let id = TENANT.0;
    connection.execute("INSERT INTO tenant (tenant_id, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING", (id, tenant))?;
    let stamp = connection
        .query_row("SELECT access, schema FROM stamp WHERE tenant_id = ?1", [id], |row| {
            Ok(Stamp { access: row.get(0)?, schema: row.get(1)? })
        })
        .optional()?
        .unwrap_or_default();
    let last_event = connection.query_row(
        "SELECT coalesce(max(seq), 0) FROM event WHERE tenant_id = ?1 AND tx = 0",
        [id],
        |row| row.get(0),
    )?;
    let node = match node {
        Some(node) => node,
        None => next_node(connection)?,
    };
    Ok(Found { stamp, last_event, node })
}

/// Only one process can be here, so the lease is a turn: each opening takes the next number, and an id made just
/// before a crash cannot come again even when the clock steps back.
fn next_node(connection: &Connection) -> rusqlite::Result<u16> {
    let text = "UPDATE node SET node = (node + 1) % ?1 RETURNING node";
    let next = connection.query_row(text, [NODES], |row| row.get(0)).optional()?;
    if next.is_none() {
        connection.execute("INSERT INTO node (node, holder, lease_until) VALUES (0, 0, 0)", [])?;
    }
    Ok(next.unwrap_or(0))
}
