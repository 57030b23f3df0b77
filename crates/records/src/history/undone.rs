//! Which actions take which back.

use super::Entry;
use crate::{query::Question, sql::Sql};
use base::{Error, Id, Result};
use db::Reader;
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

/// Of the actions of a page.
#[derive(Debug, Default)]
pub(super) struct Undone {
    /// An undo, and what it took back.
    pub undoes: HashMap<Id, String>,
    /// What was taken back, and by which action last.
    pub undone_by: HashMap<Id, Id>,
}

impl Question<'_> {
    pub(super) async fn undone(&self, reader: &mut Reader, entries: &[Entry]) -> Result<Undone> {
        let actions: HashSet<Id> = entries.iter().map(|entry| entry.action).collect();
        let mut undone = Undone::default();
        if actions.is_empty() {
            return Ok(undone);
        }
        let mut sql = Sql::new();
        sql.push("SELECT e.action_id, e.changes FROM event e WHERE e.tenant_id = ").push_arg(self.caller.tenant);
        sql.push(" AND e.action_id IN ").push_list(actions.iter().copied()).push(" AND e.kind = 'undone'");
        for row in reader.rows(sql.statement()).await?.iter() {
            let changes: Json = serde_json::from_str(row.text(1)?).map_err(Error::internal)?;
            let by = row.id(0)?;
            undone.undoes.extend(changes["undoes"].as_str().map(|of| (by, of.to_owned())));
        }
        let mut sql = Sql::new();
        sql.push("SELECT l.record_id, e.action_id FROM event_link l JOIN event e");
        sql.push(" ON e.tenant_id = l.tenant_id AND e.tx = l.tx AND e.seq = l.seq WHERE l.tenant_id = ");
        sql.push_arg(self.caller.tenant).push(" AND l.record_id IN ").push_list(actions);
        sql.push(" AND e.kind = 'undone' ORDER BY l.tx, l.seq");
        for row in reader.rows(sql.statement()).await?.iter() {
            undone.undone_by.insert(row.id(0)?, row.id(1)?);
        }
        Ok(undone)
    }
}
