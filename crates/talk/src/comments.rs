//! Comments: what was said about a record, by whom, in answer to what.
//!
//! A comment stays with the record that it was written on. Records that were merged are read together with their
//! survivor, so comments move with a merge and come back with its undo without being touched.

mod marks;
mod read;
mod shown;
mod story;
mod write;

pub use marks::{Mark, mark};
pub use read::{MOST_ANSWERS, Thread, find, get, threads};
pub use shown::Around;
pub use story::{THROW_AWAY, story};
pub use write::{change_back, change_body, create, delete, restore};

use base::{Id, Result, Timestamp};
use db::Row;
use records::sql::Sql;
use serde_json::{Map, Value as Json, json};

/// One comment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub id: Id,
    pub object: i64,
    /// The record that it was written on.
    pub record: Id,
    /// The comment that it answers; an answer has no answers.
    pub parent: Option<Id>,
    /// Nobody where the product itself, or the operator at the machine, has written it.
    pub author: Option<Id>,
    /// HTML of a few harmless elements, as a field of rich text holds it.
    pub body: String,
    pub version: i64,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    pub deleted_by: Option<Id>,
    pub pinned_at: Option<Timestamp>,
    pub pinned_by: Option<Id>,
}

const COLUMNS: &str = "c.id, c.object_id, c.record_id, c.parent_id, c.author, c.body, c.version, c.created_at,
    c.edited_at, c.deleted_at, c.deleted_by, c.pinned_at, c.pinned_by";

impl Comment {
    /// `SELECT … FROM comment c`, of the columns that [`Comment::from_row`] reads.
    fn select() -> Sql {
        let mut sql = Sql::new();
        sql.push("SELECT ").push(COLUMNS).push(" FROM comment c WHERE c.tenant_id = ");
        sql
    }

    fn from_row(row: Row<'_>) -> Result<Comment> {
        let time = |column| Ok::<_, base::Error>(row.opt_int(column)?.map(Timestamp));
        Ok(Comment {
            id: row.id(0)?,
            object: row.int(1)?,
            record: row.id(2)?,
            parent: row.opt_id(3)?,
            author: row.opt_id(4)?,
            body: row.text(5)?.to_owned(),
            version: row.int(6)?,
            created_at: row.time(7)?,
            edited_at: time(8)?,
            deleted_at: time(9)?,
            deleted_by: row.opt_id(10)?,
            pinned_at: time(11)?,
            pinned_by: row.opt_id(12)?,
        })
    }

    /// What the log says of one of its events, beside which comment it is.
    fn changes(&self, more: Json) -> String {
        let mut changes = Map::from_iter([("comment".to_owned(), json!(self.id))]);
        changes.extend(more.as_object().cloned().unwrap_or_default());
        Json::Object(changes).to_string()
    }
}
