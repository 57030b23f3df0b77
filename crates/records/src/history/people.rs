//! Who acted: the names of the users in a page of the log.

use super::Entry;
use crate::{query::Question, sql::Sql};
use base::{Id, Principal, Result};
use db::Reader;
use serde_json::{Value as Json, json};
use std::collections::{HashMap, HashSet};

impl Question<'_> {
    /// The names of the users that acted.
    pub(super) async fn people(&self, reader: &mut Reader, entries: &[Entry]) -> Result<HashMap<Id, String>> {
        let ids: HashSet<Id> = entries.iter().filter_map(|entry| Principal::user_in(&entry.actor)).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = Sql::new();
        sql.push("SELECT id, name FROM app_user WHERE tenant_id = ").push_arg(self.caller.tenant);
        sql.push(" AND id IN ").push_list(ids);
        let rows = reader.rows(sql.statement()).await?;
        rows.iter().map(|row| Ok((row.id(0)?, row.text(1)?.to_owned()))).collect()
    }
}

/// An actor as [`Principal`] writes it, for the API.
pub(super) fn who(actor: &str, people: &HashMap<Id, String>) -> Json {
    match Principal::user_in(actor) {
        Some(id) => json!({"type": "user", "id": id, "name": people.get(&id)}),
        None => json!({"type": "system", "name": actor.strip_prefix("system ").unwrap_or(actor)}),
    }
}
