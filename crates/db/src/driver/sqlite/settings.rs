//! How a SQLite file is opened, for writing and for reading.

use super::cells::failure;
use crate::database::Synchronous;
use base::Result;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::path::Path;

/// Statements that a connection keeps prepared.
const PREPARED: usize = 256;

/// The one connection that writes. Makes the file where there is none.
pub(crate) fn open_for_writing(file: &Path, synchronous: Synchronous) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(|e| failure(&e))?;
    let synchronous = pragma(synchronous);
    // The page size counts only before the first page is written. The log of writes is folded into the file by a thread
    // of its own.
    let settings = format!(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};
         PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 402653184; PRAGMA cache_size = -65536;
         PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = OFF;
         PRAGMA busy_timeout = 5000; PRAGMA analysis_limit = 1000;"
    );
    prepared(connection, &settings)
}

/// The one connection that folds the log of writes into the file, and does nothing else.
pub(crate) fn open_for_folding(file: &Path, synchronous: Synchronous) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(|e| failure(&e))?;
    let settings = format!("PRAGMA synchronous = {}; PRAGMA wal_autocheckpoint = 0;", pragma(synchronous));
    connection.execute_batch(&settings).map_err(|e| failure(&e))?;
    Ok(connection)
}

fn pragma(synchronous: Synchronous) -> &'static str {
    match synchronous {
        Synchronous::Full => "FULL",
        Synchronous::Off => "OFF",
    }
}

/// A connection that cannot write.
///
/// Pages are read through the system's own cache (mmap: 1.6 times the point reads), so its own is small. What
/// lies beyond the map is read piece by piece: three times the work of a point read.
pub(crate) fn open_for_reading(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(|e| failure(&e))?;
    let settings = "PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA mmap_size = 68719476736;
         PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 5000;";
    prepared(connection, settings)
}

fn prepared(connection: Connection, settings: &str) -> Result<Connection> {
    connection.execute_batch(settings).map_err(|e| failure(&e))?;
    // Without it, a statement is planned anew whenever a bound value changes that the samples of ANALYZE could judge, as
    // the cursor of a list does with every page.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|e| failure(&e))?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}
