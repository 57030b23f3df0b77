//! The journal of migrations in a SQLite file, and the copy that is made before one that holds data is changed.

use super::{ALL, Applied, JOURNAL, Migration, pending};
use crate::{Dialect, driver::sqlite::cells::failure};
use base::{Error, Result, Timestamp};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Applies what is missing. `file` is where the connection's data lies: the copies stand beside it.
pub(crate) fn migrate(connection: &mut Connection, file: &Path, now: Timestamp) -> Result<()> {
    run(connection, file, now, ALL)
}

pub(super) fn run(connection: &mut Connection, file: &Path, now: Timestamp, all: &'static [Migration]) -> Result<()> {
    connection.execute_batch(JOURNAL).map_err(|e| failure(&e))?;
    let journal = journal(connection).map_err(|e| failure(&e))?;
    let steps = pending(Dialect::Sqlite, &journal, all)?;
    if let (Some(first), false) = (steps.first(), journal.is_empty()) {
        copy(connection, file, first.number())?;
    }
    for step in steps {
        apply(connection, step, now).map_err(|error| {
            tracing::error!(%error, migration = step.file, "a migration failed; nothing of it remains");
            failure(&error)
        })?;
    }
    Ok(())
}

fn journal(connection: &Connection) -> rusqlite::Result<Vec<Applied>> {
    let mut prepared = connection.prepare("SELECT number, name, digest FROM migration ORDER BY number")?;
    let rows =
        prepared.query_map([], |row| Ok(Applied { number: row.get(0)?, name: row.get(1)?, digest: row.get(2)? }))?;
    rows.collect()
}

/// `TENANT.db.before-NNNN`, complete or not there.
fn copy(connection: &Connection, file: &Path, number: i64) -> Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".before-{number:04}"));
    let mut part = name.clone();
    part.push(".part");
    match std::fs::remove_file(&part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Error::internal(error));
        }
        _ => {}
    }
    let target = part.to_str().ok_or_else(|| Error::internal("the data folder's name is not UTF-8"))?;
    connection.execute("VACUUM INTO ?1", [target]).map_err(|e| failure(&e))?;
    std::fs::File::open(&part).and_then(|copy| copy.sync_all()).map_err(Error::internal)?;
    std::fs::rename(&part, &name).map_err(Error::internal)
}

fn apply(connection: &mut Connection, step: &Migration, now: Timestamp) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    transaction.execute_batch(&step.text(Dialect::Sqlite))?;
    transaction.execute(
        "INSERT INTO migration (number, name, digest, at) VALUES (?1, ?2, ?3, ?4)",
        (step.number(), step.name(), step.digest(Dialect::Sqlite), now.0),
    )?;
    transaction.commit()
}
