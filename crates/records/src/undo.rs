//! Undo: what one action did to records is taken back through the one write path, in an action of its own, which can
//! be undone as well. The log says what was done; nothing else is kept for it.
//!
//! Not here: actions of more events than fit into one batch, which are taken back in slices (`bulk`).

mod deed;

pub use deed::{Deed, Looking, Obstacle, deeds};

use crate::{
    catalog::Records,
    layout::Record,
    permissions::Access,
    store::{Change, Decided, Work},
};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Cursor, Event, Reader, Statement, sql};
use serde_json::json;
use std::collections::HashMap;

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
/// take back; `TooLarge` where it has more than [`MOST`] events: [`crate::bulk`] takes those back.
pub async fn undo(records: &Records, caller: &Caller, action: Id, conflicts: Conflicts) -> Result<Undone> {
    let mut attempt = 1;
    loop {
        let work = Work::begin(records, caller).await?;
        let mut reader = records.db().reader(caller);
        let found = read(&mut reader, caller, action, None).await?;
        let (touched, more) = (found.deeds.len(), found.more);
        let (decided, left) = match take_back(&work, &mut reader, found, conflicts).await {
            Err(Error::Stale) if attempt < ATTEMPTS => {
                attempt += 1;
                continue;
            }
            taken => taken?,
        };
        drop(reader);
        if left.iter().filter(|obstacle| obstacle.record == Id(0)).count() == touched {
            return Err(Error::NotFound("action"));
        }
        if more {
            return Err(Error::TooLarge(message!("undo-too-many", most = MOST)));
        }
        if decided.is_empty() && left.is_empty() {
            return Err(Error::Conflict(message!("undo-nothing")));
        }
        if decided.is_empty() || conflicts == Conflicts::Refuse && !left.is_empty() {
            return Ok(Undone { action: work.action, records: 0, left, refused: true });
        }
        let mut batch = Batch::new();
        let learned = work.write(&decided, &mut batch)?;
        batch.log(note(work.action, action));
        match records.db().submit(caller, batch).await {
            Ok(_) => {
                records.search().learn(learned);
                return Ok(Undone { action: work.action, records: decided.len(), left, refused: false });
            }
            Err(Error::Stale) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

/// The entry of the log by which both actions know of each other.
pub fn note(by: Id, action: Id) -> Event {
    let changes = json!({"undoes": action}).to_string();
    Event { action: by, kind: "undone", object: 0, record: None, changes, also: vec![action] }
}

/// What an action did to records, up to [`MOST`] events, the latest first: those before a place, or all.
pub async fn read(reader: &mut Reader, caller: &Caller, action: Id, before: Option<Cursor>) -> Result<Deeds> {
    let text = sql!(
        "SELECT tx, seq, object_id, record_id, kind, changes FROM event
         WHERE tenant_id = ?1 AND action_id = ?2 AND (tx, seq) < (?3, ?4) ORDER BY tx DESC, seq DESC LIMIT ?5"
    );
    let place = before.unwrap_or(Cursor { tx: i64::MAX, seq: i64::MAX });
    let count = |number: usize| i64::try_from(number).map_err(Error::internal);
    let args = [caller.tenant.into(), action.into(), place.tx.into(), place.seq.into(), count(MOST + 1)?.into()];
    let rows = reader.rows(Statement::new(text, args)).await?;
    let (mut last, mut events) = (place, Vec::new());
    for row in rows.iter().take(MOST) {
        last = Cursor { tx: row.int(0)?, seq: row.int(1)? };
        if let Some(record) = row.opt_id(3)?.filter(|_| row.int(2).is_ok_and(|object| object != 0)) {
            events.push((row.int(2)?, record, row.text(4)?, row.text(5)?));
        }
    }
    let (events, read) = (events.into_iter().rev(), count(rows.len().min(MOST))?);
    Ok(Deeds { deeds: deeds(events)?, last, events: read, more: rows.len() > MOST })
}

/// How many events an action has.
pub async fn count(records: &Records, caller: &Caller, action: Id) -> Result<i64> {
    let text = sql!("SELECT COUNT(*) FROM event WHERE tenant_id = ?1 AND action_id = ?2");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), action.into()])).await?;
    rows.first().map_or(Ok(0), |row| row.int(0))
}

/// Decides what takes an action back, and what stands in the way.
pub async fn take_back(
    work: &Work<'_>,
    reader: &mut Reader,
    found: Deeds,
    conflicts: Conflicts,
) -> Result<(Vec<Decided>, Vec<Obstacle>)> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let now = current(work, reader, &found.deeds).await?;
    let (mut changes, mut left) = (Vec::new(), Vec::new());
    let reading = work.catalog.schema.reading();
    // The last first: what was taken last is given up first.
    for deed in found.deeds.iter().rev() {
        let Ok(object) = work.catalog.object_by_id(deed.object) else { continue };
        let Some(record) = now.get(&deed.record) else { continue };
        let looking = Looking {
            reading: &reading,
            objects: work.catalog.schema.names(),
            regardless: conflicts == Conflicts::Overwrite,
        };
        let seen = Some(work.catalog.layout(object)?.version_of(record));
        let (change, obstacles) = deed.inverse(object, record, looking, |field| access.may_write(object, field));
        changes.extend(change.map(|change| Change { if_match: seen, ..change }));
        left.extend(obstacles);
    }
    let hidden = found.deeds.iter().filter(|deed| !now.contains_key(&deed.record));
    left.extend(hidden.map(out_of_reach));
    let decided = decide(work, &changes, &mut left).await?;
    Ok((decided, left))
}

/// Others' records are counted, not named.
fn out_of_reach(deed: &Deed) -> Obstacle {
    Obstacle { object: deed.object, record: Id(0), field: None, message: message!("undo-out-of-reach") }
}

/// What may be done of the changes; the rest joins what is left. Records that come back are there for those that
/// refer to them.
async fn decide(work: &Work<'_>, changes: &[Change], left: &mut Vec<Obstacle>) -> Result<Vec<Decided>> {
    let mut decided = Vec::with_capacity(changes.len());
    for (change, outcome) in changes.iter().zip(work.decide(changes).await?) {
        let messages = match outcome {
            Ok(one) => {
                decided.push(one);
                continue;
            }
            Err(Error::Invalid(errors)) => errors.into_iter().map(|error| (Some(error.field), error.message)).collect(),
            Err(Error::Conflict(message) | Error::Forbidden(message)) => vec![(None, message)],
            Err(Error::NotFound(_)) => vec![(None, message!("undo-out-of-reach"))],
            Err(other) => return Err(other),
        };
        let (object, record) = (change.object, change.id);
        left.extend(messages.into_iter().map(|(field, message)| Obstacle { object, record, field, message }));
    }
    Ok(decided)
}

/// The records as they are, in the bin or not, as far as the caller may see them.
async fn current(work: &Work<'_>, reader: &mut Reader, deeds: &[Deed]) -> Result<HashMap<Id, Record>> {
    let mut by_object: HashMap<i64, Vec<Id>> = HashMap::new();
    for deed in deeds {
        by_object.entry(deed.object).or_default().push(deed.record);
    }
    let mut found = HashMap::new();
    for (object, ids) in by_object {
        let Ok(object) = work.catalog.object_by_id(object) else { continue };
        for binned in [false, true] {
            let records = work.load(reader, object, &ids, binned).await?;
            found.extend(records.into_iter().map(|record| (record.id, record)));
        }
    }
    Ok(found)
}
