//! What features log about records beside changes of their fields: how time lines tell of it, and how it is taken back.

use crate::catalog::Records;
use base::{Caller, Id, Result};
use futures_util::future::BoxFuture;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// Says of a story's events what histories and time lines show, one answer for each.
pub type Tell = Arc<dyn Fn(Records, Caller, Vec<Told>) -> BoxFuture<'static, Result<Vec<Option<Json>>>> + Send + Sync>;

/// Takes an action back, given what it logged; gives the action by which that is done.
pub type TakeBack = Arc<dyn Fn(Records, Caller, Id, Told) -> BoxFuture<'static, Result<Id>> + Send + Sync>;

/// A feature's own events about records.
#[derive(Clone)]
pub struct Story {
    /// Its kinds of events are this name, a point and a verb: `comment.created`.
    pub name: &'static str,
    /// Stands in an item under the story's name. The caller may see the record. Events without an answer are left out.
    pub tell: Tell,
    pub take_back: TakeBack,
    /// Statements that throw away for good what the feature keeps about a record, given its tenant and its id.
    pub throw_away: Vec<&'static str>,
}

/// One event of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The verb in its kind: `created`.
    pub verb: String,
    pub record: Id,
    pub changes: Map<String, Json>,
}

impl Story {
    /// The verb of a kind of event that is this story's.
    pub fn verb<'k>(&self, kind: &'k str) -> Option<&'k str> {
        kind.strip_prefix(self.name)?.strip_prefix('.')
    }
}

/// The story and what it told, where an action is one of a story.
///
/// # Errors
/// Only where the log cannot be read.
pub async fn find(records: &Records, caller: &Caller, action: Id) -> Result<Option<(Story, Told)>> {
    let text = db::sql!(
        "SELECT kind, record_id, changes FROM event
         WHERE tenant_id = ?1 AND action_id = ?2 AND record_id IS NOT NULL ORDER BY tx, seq LIMIT 1"
    );
    let args = [caller.tenant.into(), action.into()];
    let rows = records.db().reader(caller).once(db::Statement::new(text, args)).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let kind = row.text(0)?;
    let Some((story, verb)) = records.stories().iter().find_map(|story| Some((story.clone(), story.verb(kind)?)))
    else {
        return Ok(None);
    };
    let changes = serde_json::from_str(row.text(2)?).map_err(base::Error::internal)?;
    Ok(Some((story, Told { verb: verb.to_owned(), record: row.id(1)?, changes })))
}
