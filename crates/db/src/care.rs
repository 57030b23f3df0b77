//! Looking after an open database: is it well, how would it answer, which index does it need, closing it.

use crate::{
    Cell, Db, Dialect, Statement,
    database::Driver,
    driver::{postgres, sqlite},
    migrate::portable,
};
use base::{Caller, Error, Result, SystemCaller};
use std::{sync::Arc, time::Duration};

/// A database that takes longer to answer nothing is not ready.
const READY_WITHIN: Duration = Duration::from_secs(2);

impl Db {
    /// Answers when reading works and writing would be accepted.
    pub async fn ready(&self) -> Result<()> {
        let writable = match self.driver() {
            Driver::Sqlite(open) => open.writer.is_open(),
            Driver::Postgres(open) => open.node.is_ours(),
        };
        let caller = SystemCaller::for_(self.tenant(), "readiness");
        let read = self.reader(&caller).once(Statement::new("SELECT 1", []));
        match tokio::time::timeout(READY_WITHIN, read).await {
            Ok(answer) if writable => answer.map(drop),
            _ => Err(Error::Unavailable { seconds: 1 }),
        }
    }

    /// Ends in order: what was submitted before is written, the node number is given back. Later batches are refused.
    pub async fn close(&self) -> Result<()> {
        match self.driver() {
            Driver::Sqlite(open) => open.writer.close().await,
            Driver::Postgres(open) => open.close().await,
        }
    }

    /// Only compiles a statement: what a test does with every static one.
    pub async fn prepare(&self, text: &str) -> Result<()> {
        match self.driver() {
            Driver::Sqlite(open) => open.readers.prepare(text.to_owned()).await,
            Driver::Postgres(open) => open.prepare(self.tenant(), text).await,
        }
    }

    /// How the database would run a query, in its own words.
    ///
    /// On PostgreSQL reading a whole table counts as dear, so that a test with three rows shows the index that
    /// three million would use.
    pub async fn explain(&self, caller: &Caller, statement: Statement) -> Result<String> {
        let text = statement.text.as_str();
        let explain = |word: &str| Statement::new(Arc::<str>::from(format!("{word} {text}")), statement.args.clone());
        let mut reader = self.reader(caller);
        let rows = match self.dialect() {
            Dialect::Sqlite => reader.rows(explain("EXPLAIN QUERY PLAN")).await?,
            Dialect::Postgres => {
                reader.rows(Statement::new("SELECT set_config('enable_seqscan', 'off', true)", [])).await?;
                reader.rows(explain("EXPLAIN")).await?
            }
        };
        let line = |cells: &[Cell]| match cells.last() {
            Some(Cell::Text(line)) => line.clone(),
            _ => String::new(),
        };
        Ok(rows.iter().map(|row| line(row.0)).collect::<Vec<_>>().join("\n"))
    }

    /// Makes an index on `columns` (without the parentheses around them) unless it is there, and takes stock of it.
    ///
    /// On PostgreSQL nobody has to wait meanwhile; on SQLite writing does, about a second for a million rows. Names
    /// and columns come from metadata, never from a request.
    ///
    /// # Errors
    /// `Busy` while another program makes an index.
    pub async fn ensure_index(&self, name: &str, table: &str, columns: &str) -> Result<()> {
        for word in [name, table] {
            if word.is_empty() || !word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
                return Err(Error::internal(format!("{word:?} is no name for an index or a table")));
            }
        }
        match self.driver() {
            Driver::Sqlite(open) => open.writer.script(sqlite::statistics::index_script(name, table, columns)).await,
            Driver::Postgres(open) => {
                let text = format!("CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {table} ({columns})");
                postgres::index::make(open.login(), name, table, &portable::nulls_first(&text)).await
            }
        }
    }
}
