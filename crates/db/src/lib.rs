//! The only room that names a database. Reads are snapshots, writes are batches, everything carries its caller.
//!
//! Not here: what the rows mean. Rows arrive as [`Cell`]s and leave as [`Statement`]s.
//! Start reading at [`Db`], then [`Batch`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

mod batch;
mod care;
mod catalog;
mod database;
mod dialect;
mod digest;
mod driver;
mod events;
mod faults;
mod lex;
mod migrate;
mod statement;
pub mod testing;
#[cfg(test)]
mod tests;

pub use batch::{Batch, Event, Expect, Receipt};
pub use database::{Config, Db, Options, Reader, Stamp, Synchronous};
pub use dialect::Dialect;
pub use digest::{StateDigest, TableDigest};
pub use events::{Cursor, LoggedEvent};
pub use faults::Faults;
pub use statement::{Cell, Row, Rows, Statement, Text};

/// Marks a static SQL text. The prepare test finds every one in the source and prepares it on both databases.
///
/// Shared subset of SQLite and PostgreSQL; parameters are `?1, ?2, …`; flags, ids and instants are BIGINT.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $text
    };
}
