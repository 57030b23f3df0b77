//! How an import ends, and what is forgotten of uploads that were cut off.

use super::{Import, State};
use crate::{background::sentence, catalog::Records};
use base::{Error, Result, SystemCaller, Timestamp};
use db::{Batch, Cell, Event, Statement, sql};
use jobs::JobContext;
use serde_json::json;

/// The end of an import: its state, its event, and the file gone unless rows of it are still to be mended.
pub fn ended(records: &Records, context: &JobContext, import: &Import, state: State, error: Option<String>) -> Batch {
    let tenant = context.caller.tenant;
    let now: Timestamp = records.db().clock().now();
    let mut batch = Batch::new();
    let text = sql!("UPDATE import SET state = ?3, finished_at = ?4, error = ?5 WHERE tenant_id = ?1 AND id = ?2");
    let cells = [tenant.into(), import.id.into(), Cell::from(state.name()), now.into(), error.into()];
    batch.run(Statement::new(text, cells));
    if import.failed == 0 {
        let text = sql!("DELETE FROM import_chunk WHERE tenant_id = ?1 AND import_id = ?2");
        batch.run(Statement::new(text, [tenant.into(), import.id.into()]));
    }
    let changes = json!({"by": import.created_by, "object": import.object, "state": state.name(), "created": import.created,
        "updated": import.updated, "skipped": import.skipped, "failed": import.failed});
    let (action, changes) = (import.action, changes.to_string());
    batch.log(Event { action, kind: "import.done", object: 0, record: None, changes, also: Vec::new() });
    batch
}

/// The end of an import as a whole that its uploader must hear about.
pub fn refused(records: &Records, context: &JobContext, import: &Import, error: Error) -> Batch {
    let text = sentence(error, context.caller.language);
    ended(records, context, import, State::Failed, Some(text))
}

/// To be called when the program starts: where it has the database to itself, nobody sends any more what an earlier
/// program was receiving. Elsewhere such uploads go in time, by the hourly sweep.
pub async fn forget_cut_off(records: &Records) -> Result<()> {
    if !records.db().dialect().has_one_program() {
        return Ok(());
    }
    let caller = SystemCaller::for_(records.db().tenant(), "forgetting uploads that were cut off");
    let tenant: Cell = caller.tenant.into();
    let mut batch = Batch::new();
    let chunks = sql!(
        "DELETE FROM import_chunk WHERE tenant_id = ?1 AND import_id IN (
             SELECT id FROM import WHERE tenant_id = ?1 AND state = 'uploading')"
    );
    batch.run(Statement::new(chunks, [tenant.clone()]));
    batch.run(Statement::new(sql!("DELETE FROM import WHERE tenant_id = ?1 AND state = 'uploading'"), [tenant]));
    records.db().submit(&caller, batch).await.map(drop)
}
