//! A change of many records as it is kept: what was asked, and how it is going.

use super::Wish;
use crate::catalog::Records;
use base::{Caller, Error, Id, Result, Timestamp};
use db::{Row, Statement, sql};
use serde_json::{Value as Json, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Running,
    Done,
    Failed,
    Stopped,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
            State::Stopped => "stopped",
        }
    }

    fn parse(name: &str) -> Result<State> {
        let all = [State::Running, State::Done, State::Failed, State::Stopped];
        all.into_iter().find(|state| state.name() == name).ok_or_else(|| Error::internal("a bulk in no known state"))
    }
}

#[derive(Debug, Clone)]
pub struct Bulk {
    pub id: Id,
    pub object: i64,
    pub wish: Wish,
    pub state: State,
    /// Records, or events of an action, that there were at the start.
    pub total: i64,
    pub done: i64,
    pub changed: i64,
    pub left: i64,
    /// Where the next slice begins; empty at the start.
    pub place: String,
    pub action: Id,
    pub created_by: Option<Id>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub error: Option<String>,
}

fn bulk(row: Row) -> Result<Bulk> {
    Ok(Bulk {
        id: row.id(0)?,
        object: row.int(1)?,
        wish: serde_json::from_str(row.text(2)?).map_err(Error::internal)?,
        state: State::parse(row.text(3)?)?,
        total: row.int(4)?,
        done: row.int(5)?,
        changed: row.int(6)?,
        left: row.int(7)?,
        place: row.text(8)?.to_owned(),
        action: row.id(9)?,
        created_by: row.opt_id(10)?,
        created_at: row.time(11)?,
        finished_at: row.opt_int(12)?.map(Timestamp),
        error: row.opt_text(13)?.map(str::to_owned),
    })
}

/// One of them. A caller sees their own; an administrator all.
pub async fn find(records: &Records, caller: &Caller, id: Id) -> Result<Bulk> {
    let text = sql!(
        "SELECT id, object_id, wish, state, total, done, changed, left_alone, place, action_id, created_by, created_at,
             finished_at, error
         FROM bulk WHERE tenant_id = ?1 AND id = ?2"
    );
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into(), id.into()])).await?;
    let found = rows.first().map(bulk).transpose()?;
    let is_own = |bulk: &Bulk| bulk.created_by.is_some() && bulk.created_by == caller.principal.user();
    found.filter(|bulk| caller.plan.everything || is_own(bulk)).ok_or(Error::NotFound("bulk"))
}

/// The records that were left as they were, and why, by their ids.
pub async fn left(records: &Records, caller: &Caller, id: Id, after: Id, limit: i64) -> Result<Vec<(Id, String)>> {
    let text = sql!(
        "SELECT record_id, reason FROM bulk_left
         WHERE tenant_id = ?1 AND bulk_id = ?2 AND record_id > ?3 ORDER BY record_id LIMIT ?4"
    );
    let cells = [caller.tenant.into(), id.into(), after.into(), limit.into()];
    let rows = records.db().reader(caller).once(Statement::new(text, cells)).await?;
    rows.iter().map(|row| Ok((row.id(0)?, row.text(1)?.to_owned()))).collect()
}

impl Bulk {
    /// As answered by `GET /bulk/{id}`.
    pub fn to_json(&self, object: Option<&str>) -> Json {
        json!({
            "id": self.id,
            "object": object,
            "wish": self.wish,
            "state": self.state.name(),
            "total": self.total,
            "done": self.done,
            "changed": self.changed,
            "left": self.left,
            "action": self.action,
            "created_at": self.created_at.rfc3339(),
            "finished_at": self.finished_at.map(Timestamp::rfc3339),
            "error": self.error,
        })
    }
}
