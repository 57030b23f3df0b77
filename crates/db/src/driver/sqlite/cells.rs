//! Runs one statement on one SQLite connection: binds its cells, reads its rows, names its failures.

use crate::{Cell, Rows, Statement};
use base::{Error, Result};
use rusqlite::{
    CachedStatement, Connection, ErrorCode,
    types::{ToSql, ToSqlOutput, ValueRef},
};

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Int(number) => ValueRef::Integer(*number),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// All rows of a query.
pub(crate) fn query(connection: &Connection, statement: &Statement) -> Result<Rows> {
    let mut prepared = bound(connection, statement)?;
    let width = prepared.column_count();
    let mut rows = Rows { width, cells: Vec::new() };
    let mut found = prepared.raw_query();
    while let Some(row) = found.next().map_err(|e| failure(&e))? {
        for column in 0..width {
            rows.cells.push(cell(column, row.get_ref(column).map_err(|e| failure(&e))?)?);
        }
    }
    Ok(rows)
}

/// Runs a change; answers how many rows it touched, with the rows of its `RETURNING` where there is one.
pub(crate) fn change(connection: &Connection, statement: &Statement, keep: bool) -> Result<(u64, Rows)> {
    let rows = if keep {
        query(connection, statement)?
    } else {
        let mut prepared = bound(connection, statement)?;
        let mut found = prepared.raw_query();
        while found.next().map_err(|e| failure(&e))?.is_some() {}
        Rows::default()
    };
    Ok((connection.changes(), rows))
}

/// Only compiles it.
pub(crate) fn prepare(connection: &Connection, text: &str) -> Result<()> {
    connection.prepare(text).map(drop).map_err(|e| failure(&e))
}

/// Every text is kept prepared, also those made for one request: the least used make room.
fn bound<'c>(connection: &'c Connection, statement: &Statement) -> Result<CachedStatement<'c>> {
    let text = statement.text.as_str();
    let mut prepared = connection.prepare_cached(text).map_err(|e| failure(&e))?;
    if prepared.parameter_count() != statement.args.len() {
        let (wanted, given) = (prepared.parameter_count(), statement.args.len());
        return Err(Error::internal(format!("{wanted} arguments wanted, {given} given: {text}")));
    }
    for (place, cell) in statement.args.iter().enumerate() {
        prepared.raw_bind_parameter(place + 1, cell).map_err(|e| failure(&e))?;
    }
    Ok(prepared)
}

fn cell(column: usize, value: ValueRef<'_>) -> Result<Cell> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Text(bytes) => Cell::Text(std::str::from_utf8(bytes).map_err(Error::internal)?.to_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
        ValueRef::Real(_) => return Err(Error::internal(format!("column {column} is a float"))),
    })
}

/// What a failure means to the caller. SQLite's messages name tables and columns, never values.
pub(crate) fn failure(error: &rusqlite::Error) -> Error {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
    let Some(code) = error.sqlite_error() else {
        return Error::internal(error.to_string());
    };
    match (code.code, code.extended_code) {
        // The batch was decided on a view that no longer holds: somebody else took the key, or removed the other end.
        (_, SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_FOREIGNKEY) => {
            tracing::warn!(%error, "a constraint refused a batch");
            Error::Stale
        }
        (ErrorCode::OperationInterrupted | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => {
            tracing::warn!(%error, "a query was given up");
            Error::Unavailable { seconds: 5 }
        }
        (ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen, _) => {
            tracing::error!(%error, "the disk refuses");
            Error::Unavailable { seconds: 30 }
        }
        _ => Error::internal(error.to_string()),
    }
}
