//! Keeping notices: how they are counted up, marked as read, and forgotten.

use super::Kind;
use crate::{Talk, preferences};
use base::{Caller, Error, Id, Result, Timestamp, time::DAY_MS};
use db::{Batch, Cell, Cursor, Event, Expect, Statement, sql};
use jobs::{JobContext, JobKind, Outcome, Schedule, When};
use serde_json::{Value as Json, json};
use std::time::Duration;

/// How many days notices that were read are kept.
pub const KEPT_DAYS: i64 = 90;

/// How many days those are kept that nobody reads: nobody can, where the record is gone.
pub const UNREAD_DAYS: i64 = 365;

const SLICE: i64 = 1_000;

/// A notice before it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct New {
    pub user: Id,
    pub kind: Kind,
    /// What counts up the same notice while it is unread.
    pub bundle: String,
    pub object: i64,
    pub record: Option<Id>,
    pub comment: Option<Id>,
    pub actor: Option<Id>,
    pub count: i64,
    pub details: Json,
    /// The event that it tells of: one that it has counted already counts no more.
    pub place: Cursor,
    pub at: Timestamp,
}

impl New {
    pub(super) fn write(&self, talk: &Talk, caller: &Caller, batch: &mut Batch) {
        let text = sql!(
            "INSERT INTO notice (tenant_id, id, user_id, kind, bundle, object_id, record_id, comment_id, actor, count,
                details, tx, seq, first_at, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)
             ON CONFLICT (tenant_id, user_id, bundle) DO UPDATE
             SET count = notice.count + excluded.count, comment_id = excluded.comment_id, actor = excluded.actor,
                 details = excluded.details, tx = excluded.tx, seq = excluded.seq, at = excluded.at
             WHERE (notice.tx, notice.seq) < (excluded.tx, excluded.seq)"
        );
        let args: [Cell; 14] = [
            caller.tenant.into(),
            talk.records.db().ids().next().into(),
            self.user.into(),
            self.kind.name().into(),
            self.bundle.as_str().into(),
            self.object.into(),
            self.record.into(),
            self.comment.into(),
            self.actor.into(),
            self.count.into(),
            self.details.to_string().into(),
            self.place.tx.into(),
            self.place.seq.into(),
            self.at.into(),
        ];
        batch.run(Statement::new(text, args));
    }
}

/// Marks one notice of the caller as read, or as not. What is not read goes on being counted up. Where `seen` says how
/// far the caller has seen it, it is marked only if it tells of nothing younger.
///
/// # Errors
/// `NotFound` where the caller has no such notice; `Stale` where it tells of more than was seen; `Forbidden` for those
/// who are no users.
pub async fn mark_one(talk: &Talk, caller: &Caller, id: Id, read: bool, seen: Option<Timestamp>) -> Result<()> {
    let user = preferences::user(caller)?;
    let now = talk.records.db().clock().now();
    let text = sql!(
        "UPDATE notice SET read_at = CASE WHEN CAST(?4 AS BIGINT) = 0 THEN NULL ELSE coalesce(read_at, ?5) END,
            bundle = CASE WHEN CAST(?4 AS BIGINT) = 0 THEN bundle ELSE NULL END
         WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3 AND at <= ?6"
    );
    let mut batch = Batch::new();
    let key: [Cell; 3] = [caller.tenant.into(), id.into(), user.into()];
    let seen = seen.unwrap_or(Timestamp(i64::MAX));
    let rest: [Cell; 3] = [read.into(), now.into(), seen.into()];
    batch.expect(Statement::new(text, key.clone().into_iter().chain(rest)), Expect::Fresh);
    batch.log(marked(talk, user));
    match talk.records.db().submit(caller, batch).await {
        Err(Error::Stale) => {}
        done => return done.map(drop),
    }
    let text = sql!("SELECT id FROM notice WHERE tenant_id = ?1 AND id = ?2 AND user_id = ?3");
    let is_gone = talk.records.db().reader(caller).once(Statement::new(text, key)).await?.is_empty();
    Err(if is_gone { Error::NotFound("notification") } else { Error::Stale })
}

/// Marks what waits in one bundle of a user as read, if something does.
pub(crate) async fn mark_bundle(
    talk: &Talk,
    caller: &Caller,
    (user, bundle): (Id, &str),
    batch: &mut Batch,
) -> Result<()> {
    let key: [Cell; 3] = [caller.tenant.into(), user.into(), bundle.into()];
    let text = sql!("SELECT id FROM notice WHERE tenant_id = ?1 AND user_id = ?2 AND bundle = ?3 AND read_at IS NULL");
    if talk.records.db().reader(caller).once(Statement::new(text, key.clone())).await?.is_empty() {
        return Ok(());
    }
    let text = sql!(
        "UPDATE notice SET read_at = ?4, bundle = NULL
         WHERE tenant_id = ?1 AND user_id = ?2 AND bundle = ?3 AND read_at IS NULL"
    );
    let now = talk.records.db().clock().now();
    batch.run(Statement::new(text, key.into_iter().chain([now.into()])));
    batch.log(marked(talk, user));
    Ok(())
}

/// Marks all notices of the caller as read that tell of nothing younger than `until`.
///
/// # Errors
/// `Forbidden` for those who are no users.
pub async fn mark_until(talk: &Talk, caller: &Caller, until: Timestamp) -> Result<()> {
    let user = preferences::user(caller)?;
    let key: [Cell; 3] = [caller.tenant.into(), user.into(), until.into()];
    let text =
        sql!("SELECT id FROM notice WHERE tenant_id = ?1 AND user_id = ?2 AND at <= ?3 AND read_at IS NULL LIMIT 1");
    if talk.records.db().reader(caller).once(Statement::new(text, key.clone())).await?.is_empty() {
        return Ok(());
    }
    let text = sql!(
        "UPDATE notice SET read_at = ?4, bundle = NULL
         WHERE tenant_id = ?1 AND user_id = ?2 AND at <= ?3 AND read_at IS NULL"
    );
    let now = talk.records.db().clock().now();
    let mut batch = Batch::new();
    batch.run(Statement::new(text, key.into_iter().chain([now.into()])));
    batch.log(marked(talk, user));
    talk.records.db().submit(caller, batch).await.map(drop)
}

/// Tells the user's other windows.
fn marked(talk: &Talk, user: Id) -> Event {
    let (action, changes) = (talk.records.db().ids().next(), json!({"for": [user]}).to_string());
    Event { action, kind: "notice.read", object: 0, record: None, changes, also: Vec::new() }
}

/// The job that forgets what was read long ago, and its timetable.
pub fn prune(talk: &Talk) -> (JobKind, Schedule) {
    let talk = talk.clone();
    let kind = JobKind::new("talk.prune", move |context| {
        let talk = talk.clone();
        async move { forget(&talk, &context).await }
    });
    let when = When::Every(Duration::from_secs(24 * 60 * 60));
    (kind, Schedule { name: "talk.prune", kind: "talk.prune", when })
}

async fn forget(talk: &Talk, context: &JobContext) -> Result<Outcome> {
    let now = talk.records.db().clock().now().0;
    let read = sql!(
        "DELETE FROM notice WHERE tenant_id = ?1 AND id IN (
            SELECT id FROM notice WHERE tenant_id = ?1 AND read_at < ?2 ORDER BY read_at, id LIMIT ?3)
         RETURNING id"
    );
    let unread = sql!(
        "DELETE FROM notice WHERE tenant_id = ?1 AND id IN (
            SELECT id FROM notice WHERE tenant_id = ?1 AND read_at IS NULL AND at < ?2 ORDER BY id LIMIT ?3)
         RETURNING id"
    );
    for (text, days) in [(read, KEPT_DAYS), (unread, UNREAD_DAYS)] {
        while !context.stopping() {
            let args = [context.caller.tenant.into(), (now - days * DAY_MS).into(), SLICE.into()];
            let mut batch = Batch::new();
            let gone = batch.keep(Statement::new(text, args));
            let receipt = context.submit_piece(batch).await?;
            if receipt.kept.get(gone).is_none_or(|rows| rows.is_empty()) {
                break;
            }
        }
    }
    Ok(Outcome::done())
}
