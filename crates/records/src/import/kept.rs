//! An import as it is kept: what was asked, how it is going.

use super::{
    account,
    beside::Beside,
    filled::Filled,
    looked::{Chosen, Verified},
    unfolded::Origin,
    written::Written,
};
use crate::catalog::Records;
use base::{Caller, Error, Id, Language, Result, Timestamp};
use db::{Row, Statement, sql};
use serde_json::{Value as Json, json};

/// What the uploader wants.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    #[serde(rename = "match")]
    pub match_by: Option<String>,
    /// The map's text; guessed from the header where it is absent.
    pub map: Option<String>,
    /// The name of a map that is kept; its text becomes `map` when the import begins.
    pub map_name: Option<String>,
    /// The product whose export the file is: `hubspot`.
    pub preset: Option<String>,
    /// The sheet of a spreadsheet, by name or number; the first that is shown, where none is named.
    pub sheet: Option<String>,
    /// Rows of which records are taken.
    pub mode: Mode,
    pub dry_run: bool,
}

/// What an import may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    #[default]
    CreateAndUpdate,
    /// Records that are there stay as they are: their rows are skipped.
    CreateOnly,
    /// Nothing is made: rows of what is not there are skipped.
    UpdateOnly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Uploading,
    Running,
    Done,
    Failed,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Uploading => "uploading",
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
        }
    }

    fn parse(name: &str) -> Result<State> {
        let all = [State::Uploading, State::Running, State::Done, State::Failed];
        all.into_iter().find(|state| state.name() == name).ok_or_else(|| Error::internal("an import in no known state"))
    }
}

#[derive(Debug, Clone)]
pub struct Import {
    pub id: Id,
    pub object: String,
    pub state: State,
    pub file_name: String,
    pub digest: String,
    pub total_bytes: i64,
    pub done_bytes: i64,
    /// The last row that is dealt with.
    pub row_number: i64,
    pub created: i64,
    pub updated: i64,
    pub skipped: i64,
    pub failed: i64,
    pub asked: Asked,
    pub action: Id,
    pub created_by: Option<Id>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub error: Option<String>,
    /// What the file was before it became a table, if it was something else.
    pub origin: Option<Origin>,
    pub filled: Filled,
    pub beside: Beside,
    /// The rows that are looked at again at its end.
    pub chosen: Chosen,
    /// What was found then.
    pub verified: Option<Verified>,
}

const COLUMNS: &str = "id, object, state, file_name, digest, total_bytes, done_bytes, row_number, created, updated, \
                       skipped, failed, options, action_id, created_by, created_at, finished_at, error, plan, filled, made, \
                       looked_at, verified";

fn import(row: Row) -> Result<Import> {
    Ok(Import {
        id: row.id(0)?,
        object: row.text(1)?.to_owned(),
        state: State::parse(row.text(2)?)?,
        file_name: row.text(3)?.to_owned(),
        digest: row.text(4)?.to_owned(),
        total_bytes: row.int(5)?,
        done_bytes: row.int(6)?,
        row_number: row.int(7)?,
        created: row.int(8)?,
        updated: row.int(9)?,
        skipped: row.int(10)?,
        failed: row.int(11)?,
        asked: serde_json::from_str(row.text(12)?).map_err(Error::internal)?,
        action: row.id(13)?,
        created_by: row.opt_id(14)?,
        created_at: row.time(15)?,
        finished_at: row.opt_int(16)?.map(Timestamp),
        error: row.opt_text(17)?.map(str::to_owned),
        // While a file arrives there is no plan yet.
        origin: serde_json::from_str::<Written>(row.text(18)?).ok().and_then(|written| written.origin),
        filled: account::parse(row.opt_text(19)?),
        beside: account::parse(row.opt_text(20)?),
        chosen: account::parse(row.opt_text(21)?),
        verified: row.opt_text(22)?.and_then(|text| serde_json::from_str(text).ok()),
    })
}

/// One import. A caller sees their own; an administrator all.
pub async fn find(records: &Records, caller: &Caller, id: Id) -> Result<Import> {
    let text = format!("SELECT {COLUMNS} FROM import WHERE tenant_id = ?1 AND id = ?2");
    let cells = [caller.tenant.into(), id.into()];
    let rows = records.db().reader(caller).once(Statement::new(std::sync::Arc::<str>::from(text), cells)).await?;
    let found = rows.first().map(import).transpose()?;
    found.filter(|import| may_see(import, caller)).ok_or(Error::NotFound("import"))
}

fn may_see(import: &Import, caller: &Caller) -> bool {
    caller.plan.everything || import.created_by.is_some() && import.created_by == caller.principal.user()
}

/// The newest imports, optionally of one file or in one state.
pub async fn list(
    records: &Records,
    caller: &Caller,
    digest: Option<&str>,
    state: Option<&str>,
) -> Result<Vec<Import>> {
    let text = format!(
        "SELECT {COLUMNS} FROM import WHERE tenant_id = ?1 AND (CAST(?2 AS TEXT) IS NULL OR digest = ?2)
         AND (CAST(?3 AS TEXT) IS NULL OR state = ?3) ORDER BY id DESC LIMIT 100"
    );
    let cells = [caller.tenant.into(), digest.into(), state.into()];
    let rows = records.db().reader(caller).once(Statement::new(std::sync::Arc::<str>::from(text), cells)).await?;
    let all = rows.iter().map(import).collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().filter(|import| may_see(import, caller)).collect())
}

/// The plan of an import, in words of the file: encoding, delimiter, header.
pub(super) async fn load_plan(records: &Records, caller: &Caller, id: Id) -> Result<String> {
    let text = sql!("SELECT plan FROM import WHERE tenant_id = ?1 AND id = ?2");
    let cells = [caller.tenant.into(), id.into()];
    let rows = records.db().reader(caller).once(Statement::new(text, cells)).await?;
    rows.first().ok_or(Error::NotFound("import"))?.text(0).map(str::to_owned)
}

impl Import {
    /// As answered by `GET /imports/{id}`.
    pub fn to_json(&self, language: Language) -> Json {
        let header_row = self.origin.as_ref().map_or(1, |origin| i64::try_from(origin.header_row).unwrap_or(1));
        let warnings = self.origin.iter().flat_map(Origin::warnings);
        json!({
            "id": self.id,
            "object": self.object,
            "state": self.state.name(),
            "file": self.file_name,
            "format": self.origin.as_ref().map_or("csv", |origin| origin.format.as_str()),
            "sheet": self.origin.as_ref().and_then(|origin| origin.sheet.as_deref()),
            "warnings": warnings.map(|warning| web::speak(&warning, language)).collect::<Vec<_>>(),
            "dry_run": self.asked.dry_run,
            "options": self.asked,
            "total_bytes": self.total_bytes,
            "done_bytes": self.done_bytes,
            "rows": (self.row_number - header_row).max(0),
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "failed": self.failed,
            "columns": self.filled.to_json(),
            "made": self.beside.to_json(),
            "verified": self.verified.as_ref().map(Verified::to_json),
            "action": self.action,
            "created_at": self.created_at.rfc3339(),
            "finished_at": self.finished_at.map(Timestamp::rfc3339),
            "error": self.error,
        })
    }
}
