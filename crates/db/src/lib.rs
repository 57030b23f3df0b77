//! The only room that names a database. Reads are snapshots, writes are batches, everything carries its caller.
//!
//! Not here: what the rows mean. Rows arrive as [`Cell`]s and leave as [`Statement`]s.
//! Start reading at [`Db`], then [`Batch`].

mod statement;
mod batch;
mod dialect;
mod database;

pub use batch::{Batch, Event, Expect, Receipt};
pub use database::{Config, Db, Options, Reader, Stamp};
pub use dialect::Dialect;
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
