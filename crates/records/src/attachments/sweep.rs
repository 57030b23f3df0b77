//! Every night: files that were sent and never held, and contents that no file has.
//!
//! A content is first condemned in the database, where no file has it, then removed, then forgotten. Who sends the same
//! content meanwhile is refused for that moment, so that no file ever names what is not there.

use crate::catalog::Records;
use base::{Error, Id, Result, time::DAY_MS};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use jobs::{JobContext, JobKind, Outcome, Schedule, When};
use serde_json::json;
use std::{collections::HashSet, time::Duration};

const JOB: &str = "records.sweep_files";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Files of one look.
const SLICE: i64 = 500;

pub fn schedule() -> Schedule {
    Schedule { name: JOB, kind: JOB, when: When::Every(DAY) }
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    while !context.stopping() && forget_unheld(records, context).await? {}
    // Left by one who died in between.
    let text = sql!("SELECT sha256 FROM file_content WHERE tenant_id = ?1 AND is_condemned = 1 LIMIT 1000");
    let args = [context.caller.tenant.into()];
    let condemned = records.db().reader(&context.caller).once(Statement::new(text, args)).await?;
    for row in condemned.iter() {
        remove(records, context, row.text(0)?).await?;
    }
    let before = records.files().now().await? - DAY;
    records.files().forget_cut_off(before).await?;
    for folder in files::Store::folders() {
        let old = records.files().older_than(before, &folder).await?;
        let used = if old.is_empty() { HashSet::new() } else { used(records, context, &folder).await? };
        for sha256 in old.iter().filter(|sha256| !used.contains(*sha256)) {
            if condemn(records, context, sha256).await? {
                remove(records, context, sha256).await?;
            }
        }
        if context.stopping() {
            break;
        }
    }
    Ok(Outcome::done())
}

/// Takes the rows of some files that nobody held for a day; gives whether there may be more.
async fn forget_unheld(records: &Records, context: &JobContext) -> Result<bool> {
    let tenant = context.caller.tenant;
    let text = sql!(
        "SELECT id, sha256, size_bytes FROM file
         WHERE tenant_id = ?1 AND is_attached = 0 AND created_at <= ?2 ORDER BY created_at, id LIMIT ?3"
    );
    let before = records.db().clock().now().0 - DAY_MS;
    let args = [tenant.into(), Cell::Int(before), Cell::Int(SLICE)];
    let rows = records.db().reader(&context.caller).once(Statement::new(text, args)).await?;
    let mut forgotten = 0_usize;
    for row in rows.iter() {
        let (id, sha256, size) = (row.id(0)?, row.text(1)?, row.int(2)?);
        match context.submit_piece(forget(records, context, id, sha256, size)).await {
            Ok(_) => forgotten += 1,
            // A record holds it since.
            Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(forgotten > 0 && i64::try_from(rows.len()).is_ok_and(|count| count == SLICE))
}

fn forget(records: &Records, context: &JobContext, id: Id, sha256: &str, size: i64) -> Batch {
    let tenant = || Cell::from(context.caller.tenant);
    let mut batch = Batch::new();
    let text = sql!("DELETE FROM file WHERE tenant_id = ?1 AND id = ?2 AND is_attached = 0");
    batch.expect(Statement::new(text, [tenant(), id.into()]), Expect::Fresh);
    super::own::release(&context.caller, sha256, size, &mut batch);
    records.search().remove_document(context.caller.tenant, id, &mut batch);
    let action = records.db().ids().next();
    let changes = json!({"id": id}).to_string();
    batch.log(Event { action, kind: "file.swept", object: 0, record: None, changes, also: Vec::new() });
    batch
}

/// The digests that files have, of those that begin with these two characters.
async fn used(records: &Records, context: &JobContext, folder: &str) -> Result<HashSet<String>> {
    let text =
        sql!("SELECT sha256 FROM file_content WHERE tenant_id = ?1 AND sha256 > ?2 AND sha256 < ?3 AND uses > 0");
    // The letter after the last digit.
    let args = [context.caller.tenant.into(), Cell::from(folder), Cell::Text(format!("{folder}g"))];
    let rows = records.db().reader(&context.caller).once(Statement::new(text, args)).await?;
    rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}

/// From now on nobody may name the content; gives whether nobody did.
async fn condemn(records: &Records, context: &JobContext, sha256: &str) -> Result<bool> {
    let mut batch = Batch::new();
    let text = sql!(
        "INSERT INTO file_content (tenant_id, sha256, uses, is_condemned) VALUES (?1, ?2, 0, 1)
         ON CONFLICT (tenant_id, sha256) DO UPDATE SET is_condemned = 1 WHERE file_content.uses <= 0"
    );
    batch.expect(Statement::new(text, [context.caller.tenant.into(), Cell::from(sha256)]), Expect::Fresh);
    match records.db().submit(&context.caller, batch).await {
        Ok(_) => Ok(true),
        Err(Error::Stale) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn remove(records: &Records, context: &JobContext, sha256: &str) -> Result<()> {
    records.files().remove(sha256).await?;
    let mut batch = Batch::new();
    let text = sql!("DELETE FROM file_content WHERE tenant_id = ?1 AND sha256 = ?2 AND is_condemned = 1");
    batch.run(Statement::new(text, [context.caller.tenant.into(), Cell::from(sha256)]));
    records.db().submit(&context.caller, batch).await.map(drop)
}
