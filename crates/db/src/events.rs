//! The log of everything that happens: how an entry is written, and how readers follow it without missing one.

use crate::{Cell, Db, Event, Row, Statement, driver::Submission, sql};
use base::{Caller, Id, Result, Timestamp};

/// A place in the log. Entries are ordered by it; the default stands before all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cursor {
    pub tx: i64,
    pub seq: i64,
}

/// An entry as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEvent {
    pub cursor: Cursor,
    pub at: Timestamp,
    pub action: Id,
    /// Who did it: [`base::Principal`] as text.
    pub actor: String,
    pub kind: String,
    /// The object's id, 0 where the event is not about a record.
    pub object: i64,
    pub record: Option<Id>,
    /// JSON; see [`Event::changes`].
    pub changes: String,
}

impl Db {
    /// The entries after a place, oldest first, at most `limit`.
    ///
    /// Only what is settled is shown: an entry appears once no older one can still commit, so a reader that goes on
    /// from the last entry it saw never misses one. On PostgreSQL that is when all older writing transactions of the
    /// server have ended.
    pub async fn events_after(&self, caller: &Caller, after: Cursor, limit: u32) -> Result<Vec<LoggedEvent>> {
        let text = format!(
            "SELECT tx, seq, at, action_id, actor, kind, object_id, record_id, changes FROM event
             WHERE tenant_id = ?1 AND (tx, seq) > (?2, ?3) AND {} ORDER BY tx, seq LIMIT ?4",
            self.dialect().settled_events()
        );
        let args = [caller.tenant.into(), after.tx.into(), after.seq.into(), i64::from(limit).into()];
        let rows = self.reader(caller).once(Statement::new(std::sync::Arc::<str>::from(text), args)).await?;
        rows.iter().map(logged).collect()
    }

    /// The place of the last settled entry: where a reader starts that only wants what is new.
    pub async fn last_event(&self, caller: &Caller) -> Result<Cursor> {
        let text = format!(
            "SELECT tx, seq FROM event WHERE tenant_id = ?1 AND {} ORDER BY tx DESC, seq DESC LIMIT 1",
            self.dialect().settled_events()
        );
        let rows = self.reader(caller).once(Statement::new(text, [caller.tenant.into()])).await?;
        rows.first().map_or(Ok(Cursor::default()), |row| Ok(Cursor { tx: row.int(0)?, seq: row.int(1)? }))
    }
}

fn logged(row: Row<'_>) -> Result<LoggedEvent> {
    Ok(LoggedEvent {
        cursor: Cursor { tx: row.int(0)?, seq: row.int(1)? },
        at: row.time(2)?,
        action: row.id(3)?,
        actor: row.text(4)?.to_owned(),
        kind: row.text(5)?.to_owned(),
        object: row.int(6)?,
        record: row.opt_id(7)?,
        changes: row.text(8)?.to_owned(),
    })
}

/// The statements that write one event at a place in the log.
///
/// `tx` is an expression: 0 on SQLite, the running transaction's id on PostgreSQL.
pub(crate) fn entry(texts: &EntryTexts, submission: &Submission, event: Event, seq: i64) -> Vec<Statement> {
    let tenant = Cell::from(submission.tenant);
    let mut also = event.also;
    also.sort_unstable();
    also.dedup();
    also.retain(|id| Some(*id) != event.record);
    let links = also.into_iter().map(|id| Statement::new(texts.link, [tenant.clone(), id.into(), seq.into()]));
    let args = [
        tenant.clone(),
        seq.into(),
        submission.at.into(),
        event.action.into(),
        submission.actor.as_str().into(),
        event.kind.into(),
        event.object.into(),
        event.record.into(),
        event.changes.into(),
    ];
    std::iter::once(Statement::new(texts.entry, args)).chain(links).collect()
}

/// How a database writes an entry, and its link to another record.
pub(crate) struct EntryTexts {
    pub entry: &'static str,
    pub link: &'static str,
}

/// Raises the stamps by what the batch says, making them where there are none.
pub(crate) fn raise_stamp(submission: &Submission) -> Option<Statement> {
    let (access, schema) = (submission.batch.bump_access, submission.batch.bump_schema);
    (access || schema).then(|| {
        let text = sql!(
            "INSERT INTO stamp (tenant_id, access, schema) VALUES (?1, ?2, ?3)
             ON CONFLICT (tenant_id) DO UPDATE
             SET access = stamp.access + excluded.access, schema = stamp.schema + excluded.schema"
        );
        Statement::new(text, [submission.tenant.into(), access.into(), schema.into()])
    })
}
