//! What is written down with each slice: why rows failed, how far the import is, and what there is to tell of it.

use super::{
    account,
    run::{Account, Prepared},
    tally::Tally,
};
use base::{Error, Id, Result};
use db::{Batch, Cell, Expect, Statement, sql};
use jobs::JobContext;
use serde_json::json;

/// The reasons of the rows that failed.
pub(super) fn errors(context: &JobContext, import: Id, tally: &Tally, batch: &mut Batch) {
    for (row, errors) in &tally.failed {
        let language = context.caller.language;
        let told: Vec<_> =
            errors.iter().map(|error| json!([error.field, web::speak(&error.message, language)])).collect();
        let text = sql!("INSERT INTO import_error (tenant_id, import_id, row_number, errors) VALUES (?1, ?2, ?3, ?4)");
        let row = Cell::Int(i64::try_from(*row).unwrap_or(i64::MAX));
        let cells = [context.caller.tenant.into(), import.into(), row, json!(told).to_string().into()];
        batch.run(Statement::new(text, cells));
    }
}

/// The place in the file, the counts and what there is to tell, as long as nobody else has come further.
pub(super) fn write(
    context: &JobContext,
    import: Id,
    ready: &mut Prepared,
    (before, end): (i64, i64),
    account: &Account,
) -> Result<()> {
    let text = sql!(
        "UPDATE import SET done_bytes = ?3, row_number = ?4, created = created + ?5, updated = updated + ?6,
            skipped = skipped + ?7, failed = failed + ?8, filled = ?10, made = ?11, looked_at = ?12
         WHERE tenant_id = ?1 AND id = ?2 AND row_number = ?9 AND state = 'running'"
    );
    let count = |number: usize| i64::try_from(number).map_err(Error::internal);
    let cells = [
        context.caller.tenant.into(),
        import.into(),
        Cell::Int(i64::try_from(ready.slice.end.offset).map_err(Error::internal)?),
        Cell::Int(end),
        Cell::Int(ready.tally.created),
        Cell::Int(ready.tally.updated),
        Cell::Int(ready.tally.skipped),
        Cell::Int(count(ready.tally.failed.len())?),
        Cell::Int(before),
        account::to_text(&account.filled)?.into(),
        account::to_text(&account.beside)?.into(),
        account::to_text(&account.chosen)?.into(),
    ];
    ready.batch.expect(Statement::new(text, cells), Expect::Fresh);
    Ok(())
}
