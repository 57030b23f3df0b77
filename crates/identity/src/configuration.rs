//! Roles and teams as they are written into the file of the configuration: by name, without ids.

use crate::{Identity, role::Role};
use base::{Caller, Error, Result};
use db::{Statement, sql};
use serde_json::{Map, Value, json};

/// Enough for any company; beyond that the file would not be read by people.
const MOST: i64 = 20_000;

/// The roles, and the teams with the names of those above them.
pub(crate) async fn exported(identity: &Identity, caller: &Caller) -> Result<Map<String, Value>> {
    let mut reader = identity.db.reader(caller);
    let text = sql!("SELECT definition FROM role WHERE tenant_id = ?1 ORDER BY name LIMIT ?2");
    let rows = reader.rows(Statement::new(text, [caller.tenant.into(), MOST.into()])).await?;
    let mut roles = Vec::new();
    for row in rows.iter() {
        let role: Role = serde_json::from_str(row.text(0)?).map_err(Error::internal)?;
        roles.push(serde_json::to_value(role).map_err(Error::internal)?);
    }
    let text = sql!(
        "SELECT t.name, above.name FROM team t
         LEFT JOIN team above ON above.tenant_id = t.tenant_id AND above.id = t.parent
         WHERE t.tenant_id = ?1 ORDER BY t.name_key LIMIT ?2"
    );
    let rows = reader.rows(Statement::new(text, [caller.tenant.into(), MOST.into()])).await?;
    let mut teams = Vec::new();
    for row in rows.iter() {
        let mut team = json!({ "name": row.text(0)? });
        if let Some(parent) = row.opt_text(1)? {
            team["parent"] = json!(parent);
        }
        teams.push(team);
    }
    Ok(Map::from_iter([("teams".to_owned(), Value::Array(teams)), ("roles".to_owned(), Value::Array(roles))]))
}
