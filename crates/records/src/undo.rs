//! Undo: what one action did to records is taken back through the one write path, in an action of its own, which can
//! be undone as well. The log says what was done; nothing else is kept for it.
//!
//! Not here: actions of more events than fit into one batch, which are taken back in slices (`bulk`).

mod back;
mod deed;
mod sides;

pub use back::take_back;
pub use deed::{Deed, Looking, Obstacle, deeds};

use crate::{catalog::Records, definitions, store::Work};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Cursor, Event, Reader, Statement, sql};
use serde_json::json;

/// Most events that are taken back at once.
pub const MOST: usize = 1_000;
/// How often an undo that lost a race is decided anew.
const ATTEMPTS: usize = 3;

/// What happens to an action of which part cannot be taken back any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Conflicts {
    /// Nothing is undone.
    #[default]
    Refuse,
    /// What others have changed since stays, the rest is undone.
    Keep,
    /// What others have changed since is overwritten.
    Overwrite,
}

/// What came of an undo.
#[derive(Debug)]
pub struct Undone {
    pub action: Id,
    pub records: usize,
    /// What stays as it is.
    pub left: Vec<Obstacle>,
    /// Nothing was written, because of what stands in the way.
    pub refused: bool,
}

/// The events of an action about records, from a place on.
pub struct Deeds {
    pub deeds: Vec<Deed>,
    /// The place of the last event of all that were read.
    pub last: Cursor,
    /// How many were read.
    pub events: i64,
    /// There are more.
    pub more: bool,
}

/// Takes an action back.
///
/// # Errors
/// `NotFound` where it did nothing to a record that the caller may see; `Conflict` where there is nothing (left) to
/// take back, or it is still going on; `TooLarge` where it has more than [`MOST`] events: [`crate::bulk`] takes those back.
pub async fn undo(records: &Records, caller: &Caller, action: Id, conflicts: Conflicts) -> Result<Undone> {
    let going_on = running(records, caller, action).await?;
    if going_on.is_some_and(|by| caller.plan.everything || by.is_some() && by == caller.principal.user()) {
        return Err(still());
    }
    let mut attempt = 1;
    loop {
        match attempted(records, caller, action, conflicts, going_on.is_some()).await {
            Err(Error::Stale) if attempt < ATTEMPTS => attempt += 1,
            outcome => return outcome,
        }
    }
}

async fn attempted(
    records: &Records,
    caller: &Caller,
    action: Id,
    conflicts: Conflicts,
    is_going_on: bool,
) -> Result<Undone> {
    let mut work = Work::begin(records, caller).await?;
    let returning = definitions::returning(records, caller, action).await?;
    if let Some(returning) = &returning {
        work.catalog = returning.catalog.clone();
    }
    let mut reader = records.db().reader(caller);
    let found = read(&mut reader, caller, action, None, MOST).await?;
    let (touched, more) = (found.deeds.len(), found.more);
    let (decided, left) = take_back(&work, &mut reader, found, conflicts).await?;
    drop(reader);
    let is_out_of_reach = left.iter().filter(|obstacle| obstacle.record == Id(0)).count() == touched;
    if is_out_of_reach && (touched > 0 || returning.is_none()) {
        return Err(Error::NotFound("action"));
    }
    if is_going_on {
        return Err(still());
    }
    if more {
        return Err(Error::TooLarge(message!("undo-too-many", most = MOST)));
    }
    if decided.is_empty() && left.is_empty() && returning.is_none() {
        return Err(Error::Conflict(message!("undo-nothing")));
    }
    let is_idle = decided.is_empty() && (returning.is_none() || !left.is_empty());
    if is_idle || conflicts == Conflicts::Refuse && !left.is_empty() {
        return Ok(Undone { action: work.action, records: 0, left, refused: true });
    }
    let mut batch = Batch::new();
    let learned = work.write(&decided, &mut batch)?;
    if let Some(returning) = &returning {
        returning.push(&mut batch, work.action);
    }
    batch.log(note(work.action, action));
    records.db().submit(caller, batch).await?;
    records.search().learn(learned);
    Ok(Undone { action: work.action, records: decided.len(), left, refused: false })
}

fn still() -> Error {
    Error::Conflict(message!("undo-still-running"))
}

/// Who began the action, if it is a bulk change or an import that has not ended. A part is not taken back while the
/// rest is being done.
async fn running(records: &Records, caller: &Caller, action: Id) -> Result<Option<Option<Id>>> {
    let text = sql!(
        "SELECT created_by FROM bulk WHERE tenant_id = ?1 AND action_id = ?2 AND state = 'running'
         UNION ALL
         SELECT created_by FROM import WHERE tenant_id = ?1 AND action_id = ?2 AND state = 'running'"
    );
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), action.into()])).await?;
    rows.first().map(|row| row.opt_id(0)).transpose()
}

/// The entry of the log by which both actions know of each other.
pub fn note(by: Id, action: Id) -> Event {
    let changes = json!({"undoes": action}).to_string();
    Event { action: by, kind: "undone", object: 0, record: None, changes, also: vec![action] }
}

/// What an action did to records, up to `most` events, the latest first: those before a place, or all.
pub async fn read(
    reader: &mut Reader,
    caller: &Caller,
    action: Id,
    before: Option<Cursor>,
    most: usize,
) -> Result<Deeds> {
    let text = sql!(
        "SELECT tx, seq, object_id, record_id, kind, changes FROM event
         WHERE tenant_id = ?1 AND action_id = ?2 AND (tx, seq) < (?3, ?4) ORDER BY tx DESC, seq DESC LIMIT ?5"
    );
    let place = before.unwrap_or(Cursor { tx: i64::MAX, seq: i64::MAX });
    let count = |number: usize| i64::try_from(number).map_err(Error::internal);
    let args = [caller.tenant.into(), action.into(), place.tx.into(), place.seq.into(), count(most + 1)?.into()];
    let rows = reader.rows(Statement::new(text, args)).await?;
    let (mut last, mut events) = (place, Vec::new());
    for row in rows.iter().take(most) {
        last = Cursor { tx: row.int(0)?, seq: row.int(1)? };
        if let Some(record) = row.opt_id(3)?.filter(|_| row.int(2).is_ok_and(|object| object != 0)) {
            events.push((row.int(2)?, record, row.text(4)?, row.text(5)?));
        }
    }
    let (events, read) = (events.into_iter().rev(), count(rows.len().min(most))?);
    Ok(Deeds { deeds: deeds(events)?, last, events: read, more: rows.len() > most })
}

/// How many events an action has.
pub async fn count(records: &Records, caller: &Caller, action: Id) -> Result<i64> {
    let text = sql!("SELECT COUNT(*) FROM event WHERE tenant_id = ?1 AND action_id = ?2");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), action.into()])).await?;
    rows.first().map_or(Ok(0), |row| row.int(0))
}
