//! Files that the product itself keeps, and no record holds: those of exports. They count like all others, are never
//! swept, and can be had by nobody but through what keeps them.

use super::upload::{check_room, clean, put, quota_bytes};
use crate::{catalog::Records, value::File};
use base::{Caller, Id, Result};
use db::{Batch, Cell, Expect, Statement, sql};
use files::Arrived;

/// Brings a content onto the disk and gives its row, which is to be written with whatever keeps it: until then nobody
/// knows of it, and it goes with the next sweep. `freed_bytes` are those of files that the same batch has forgotten.
///
/// # Errors
/// A conflict where the company's files would take more than they may.
pub(crate) async fn keep(
    records: &Records,
    caller: &Caller,
    arrived: &Arrived,
    (name, kind): (&str, &str),
    freed_bytes: i64,
    batch: &mut Batch,
) -> Result<File> {
    let quota = quota_bytes(&records.catalog(caller).await?.schema.settings);
    let size = i64::try_from(arrived.size_bytes).unwrap_or(i64::MAX);
    check_room(records, caller, size.saturating_sub(freed_bytes).max(0), quota).await?;
    arrived.keep().await?;
    let file = File {
        id: records.db().ids().next().0,
        name: clean(name),
        kind: kind.to_owned(),
        size_bytes: size,
        sha256: arrived.sha256.clone(),
        width: None,
        height: None,
    };
    put(records, caller, &file, (quota, true), batch);
    Ok(file)
}

/// Forgets such a file; its content goes with a sweep. Who comes second is refused: it is released once.
pub(crate) fn forget(caller: &Caller, file: &File, batch: &mut Batch) {
    let text = sql!("DELETE FROM file WHERE tenant_id = ?1 AND id = ?2");
    batch.expect(Statement::new(text, [caller.tenant.into(), Id(file.id).into()]), Expect::Fresh);
    release(caller, &file.sha256, file.size_bytes, batch);
}

/// One file less has the content, and all of them together take so much less.
pub(super) fn release(caller: &Caller, sha256: &str, size_bytes: i64, batch: &mut Batch) {
    let tenant = || Cell::from(caller.tenant);
    let text = sql!("UPDATE file_content SET uses = uses - 1 WHERE tenant_id = ?1 AND sha256 = ?2");
    batch.run(Statement::new(text, [tenant(), Cell::from(sha256)]));
    let text = sql!("UPDATE file_total SET size_bytes = size_bytes - ?2 WHERE tenant_id = ?1");
    batch.run(Statement::new(text, [tenant(), Cell::Int(size_bytes)]));
}
