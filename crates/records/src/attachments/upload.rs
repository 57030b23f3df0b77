//! Taking a file in: piece by piece onto the disk, then a look at what it is, then its row.

use super::read;
use crate::{catalog::Records, schema::Settings, value::File};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use files::{Arrived, Arriving};
use serde_json::json;

/// Characters of a file's name.
const LONGEST_NAME: usize = 200;

const MEGABYTE: i64 = 1 << 20;

/// A file that is arriving.
pub struct Upload<'a> {
    records: &'a Records,
    caller: &'a Caller,
    arriving: Arriving,
    name: String,
    claimed: Option<String>,
    most_bytes: i64,
    quota_bytes: Option<i64>,
}

impl<'a> Upload<'a> {
    /// Begins to take a file; `claimed` is the kind that the sender names.
    pub async fn begin(
        records: &'a Records,
        caller: &'a Caller,
        name: &str,
        claimed: Option<&str>,
    ) -> Result<Upload<'a>> {
        let catalog = records.catalog(caller).await?;
        let settings = &catalog.schema.settings;
        Ok(Upload {
            records,
            caller,
            arriving: records.files().begin().await?,
            name: clean(name),
            claimed: claimed.map(str::to_owned),
            most_bytes: settings.file_limit_mb * MEGABYTE,
            quota_bytes: quota_bytes(settings),
        })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// `TooLarge` where there are more than the company allows.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<()> {
        let size = i64::try_from(self.arriving.size_bytes()).unwrap_or(i64::MAX);
        if size.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX)) > self.most_bytes {
            return Err(Error::TooLarge(message!("upload-too-large", most = self.most_bytes / MEGABYTE)));
        }
        self.arriving.take(bytes).await
    }

    /// All has come: the file has its row, and is its sender's until a record holds it.
    ///
    /// # Errors
    /// A field error for a file without content, a conflict where the company's files would take more than they may.
    pub async fn finish(self) -> Result<File> {
        let Upload { records, caller, arriving, name, claimed, quota_bytes, .. } = self;
        let arrived = arriving.finish().await?;
        let size = i64::try_from(arrived.size_bytes).unwrap_or(i64::MAX);
        if size == 0 {
            return Err(Error::field("file", message!("upload-empty")));
        }
        check_room(records, caller, size, quota_bytes).await?;
        let kind = files::kind(&arrived.beginning, claimed.as_deref(), &name);
        let shape = if kind.is_picture() { records.files().dimensions(&arrived).await? } else { None };
        let file = File {
            id: records.db().ids().next().0,
            name,
            kind: kind.as_str().to_owned(),
            size_bytes: size,
            sha256: arrived.sha256.clone(),
            width: shape.map(|shape| i64::from(shape.0)),
            height: shape.map(|shape| i64::from(shape.1)),
        };
        keep(records, caller, &arrived, &file, quota_bytes).await?;
        Ok(file)
    }
}

/// The most that all files of the company may take together, in bytes.
pub(super) fn quota_bytes(settings: &Settings) -> Option<i64> {
    settings.file_quota_mb.map(|megabytes| megabytes * MEGABYTE)
}

/// A conflict where a file of this size does not fit. The batch that keeps it says the same without a race; this keeps
/// what is refused off the disk.
pub(super) async fn check_room(records: &Records, caller: &Caller, size: i64, quota_bytes: Option<i64>) -> Result<()> {
    match quota_bytes {
        Some(quota) if size > quota || is_full(records, caller, size, quota_bytes).await? => {
            Err(Error::Conflict(message!("upload-quota", most = quota / MEGABYTE)))
        }
        _ => Ok(()),
    }
}

async fn is_full(records: &Records, caller: &Caller, size: i64, quota_bytes: Option<i64>) -> Result<bool> {
    let Some(quota) = quota_bytes else { return Ok(false) };
    let text = sql!("SELECT size_bytes FROM file_total WHERE tenant_id = ?1");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into()])).await?;
    let total = rows.first().map(|row| row.int(0)).transpose()?.unwrap_or_default();
    Ok(total.saturating_add(size) > quota)
}

/// First the content, then the row that names it: a crash in between leaves a content that nobody names.
async fn keep(
    records: &Records,
    caller: &Caller,
    arrived: &Arrived,
    file: &File,
    quota_bytes: Option<i64>,
) -> Result<()> {
    arrived.keep().await?;
    let mut batch = Batch::new();
    put(records, caller, file, (quota_bytes, false), &mut batch);
    let changes = json!({"id": Id(file.id), "name": file.name, "size": file.size_bytes}).to_string();
    let action = records.db().ids().next();
    batch.log(Event { action, kind: "file.sent", object: 0, record: None, changes, also: Vec::new() });
    if files::is_read(&file.kind) {
        read::later(records, &mut batch, file);
    }
    match records.db().submit(caller, batch).await {
        // The same content is being swept away at this very moment.
        Err(Error::Stale) => Err(Error::Unavailable { seconds: 1 }),
        other => other.map(drop),
    }
}

/// The row of a file whose content is on the disk, counted among the company's. One that is attached is never swept.
pub(super) fn put(
    records: &Records,
    caller: &Caller,
    file: &File,
    (quota_bytes, is_attached): (Option<i64>, bool),
    batch: &mut Batch,
) {
    let tenant = || Cell::from(caller.tenant);
    let text = sql!("INSERT INTO file_total (tenant_id, size_bytes) VALUES (?1, 0) ON CONFLICT DO NOTHING");
    batch.run(Statement::new(text, [tenant()]));
    let text = sql!("UPDATE file_total SET size_bytes = size_bytes + ?2 WHERE tenant_id = ?1 AND size_bytes <= ?3");
    let room = quota_bytes.unwrap_or(i64::MAX).saturating_sub(file.size_bytes);
    let expect = Expect::Free(message!("upload-quota", most = quota_bytes.unwrap_or_default() / MEGABYTE));
    batch.expect(Statement::new(text, [tenant(), Cell::Int(file.size_bytes), Cell::Int(room)]), expect);
    let text = sql!(
        "INSERT INTO file_content (tenant_id, sha256, uses, is_condemned) VALUES (?1, ?2, 1, 0)
         ON CONFLICT (tenant_id, sha256) DO UPDATE SET uses = file_content.uses + 1
             WHERE file_content.is_condemned = 0"
    );
    batch.expect(Statement::new(text, [tenant(), Cell::from(file.sha256.as_str())]), Expect::Fresh);
    batch.run(row(records, caller, file, is_attached));
}

fn row(records: &Records, caller: &Caller, file: &File, is_attached: bool) -> Statement {
    let text = sql!(
        "INSERT INTO file (tenant_id, id, name, kind, size_bytes, sha256, width, height, is_attached, created_by, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    );
    let cells = [
        caller.tenant.into(),
        Cell::Int(file.id),
        Cell::from(file.name.as_str()),
        Cell::from(file.kind.as_str()),
        Cell::Int(file.size_bytes),
        Cell::from(file.sha256.as_str()),
        Cell::from(file.width),
        Cell::from(file.height),
        Cell::Int(is_attached.into()),
        caller.principal.user().into(),
        records.db().clock().now().into(),
    ];
    Statement::new(text, cells)
}

/// The last part of a path, without what does not print or turns the direction of writing.
pub(super) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let printed = last.chars().filter(|c| !c.is_control() && !turns(*c));
    let name: String = printed.collect::<String>().trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() { "file".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path_and_plain() {
        assert_eq!(clean("C:\\Moje\\umowa łódź.pdf"), "umowa łódź.pdf");
        assert_eq!(clean("../../etc/passwd"), "passwd");
        assert_eq!(clean("faktura\u{202e}fdp.exe\n"), "fakturafdp.exe");
        assert_eq!(clean("a/"), "file");
        assert_eq!(clean(&"ż".repeat(500)).chars().count(), LONGEST_NAME);
    }
}
