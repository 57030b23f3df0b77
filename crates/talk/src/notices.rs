//! Notices: what a user should hear of. They are made by reacting to the log, for those alone who may read the record
//! then, and shown while they may.
//!
//! One notice for each record and kind waits to be read; what comes meanwhile counts it up.

mod decide;
mod keep;
mod large;
mod looked;
mod read;
mod said;
mod watch;

pub use keep::{mark_one, mark_until, prune};
pub use read::{page, unread};
pub use said::said;
pub use watch::reaction;
pub(crate) use {
    keep::{New, mark_bundle},
    watch::Desk,
};

use base::{Id, Result, Timestamp};
use db::{Row, sql};
use serde_json::Value as Json;

/// Throws away for good what was told of a record.
pub const THROW_AWAY: &str = sql!("DELETE FROM notice WHERE tenant_id = ?1 AND record_id = ?2");

/// What a notice tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A comment names the user or one of their teams.
    Mentioned,
    /// A field of a user now holds them, by somebody else's doing.
    Assigned,
    /// There is a comment on a record that they follow.
    Commented,
    /// A record that they follow was changed.
    Changed,
    /// An import or a bulk change of theirs has ended.
    Finished,
    /// The time of a reminder has come.
    Reminded,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Mentioned, Kind::Assigned, Kind::Commented, Kind::Changed, Kind::Finished, Kind::Reminded];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Mentioned => "mentioned",
            Kind::Assigned => "assigned",
            Kind::Commented => "commented",
            Kind::Changed => "changed",
            Kind::Finished => "finished",
            Kind::Reminded => "reminded",
        }
    }

    fn parse(name: &str) -> Result<Kind> {
        let found = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| base::Error::internal(format!("a notice of the kind {name}")))
    }
}

/// A notice as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub id: Id,
    pub kind: Kind,
    /// 0 where it is about no object.
    pub object: i64,
    /// Nothing where it is about many.
    pub record: Option<Id>,
    pub comment: Option<Id>,
    /// Who did it last; nobody where it was the product itself.
    pub actor: Option<Id>,
    pub count: i64,
    /// What the kind needs besides.
    pub details: Json,
    pub first_at: Timestamp,
    pub at: Timestamp,
    pub read_at: Option<Timestamp>,
}

const COLUMNS: &str = "SELECT n.id, n.kind, n.object_id, n.record_id, n.comment_id, n.actor, n.count, n.details,
    n.first_at, n.at, n.read_at FROM notice n WHERE n.tenant_id = ";

impl Notice {
    fn from_row(row: Row<'_>) -> Result<Notice> {
        Ok(Notice {
            id: row.id(0)?,
            kind: Kind::parse(row.text(1)?)?,
            object: row.int(2)?,
            record: row.opt_id(3)?,
            comment: row.opt_id(4)?,
            actor: row.opt_id(5)?,
            count: row.int(6)?,
            details: serde_json::from_str(row.text(7)?).map_err(base::Error::internal)?,
            first_at: row.time(8)?,
            at: row.time(9)?,
            read_at: row.opt_int(10)?.map(Timestamp),
        })
    }
}
