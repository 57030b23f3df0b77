//! Taking a file in: piece by piece into the database, then a look at its beginning, then a job.

use super::{Asked, Fingerprint, Import, JOB, Planner, Preparing, State, find, rows::ObjectRows};
use crate::{
    catalog::Records,
    permissions::Access,
    transfer::{Detected, FileHints, Format, Header, MapFile, Rows, SAMPLE_BYTES, Start, detect},
};
use base::{Caller, Error, Id, Message, Result, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use jobs::{Job, Priority};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

/// Bytes of one stored piece.
pub(super) const PIECE: usize = 1 << 20;

/// The largest file.
const MOST_BYTES: i64 = 4 << 30;

/// A file that is arriving.
pub struct Upload<'a> {
    records: &'a Records,
    caller: &'a Caller,
    pub id: Id,
    object: String,
    file_name: String,
    waiting: Vec<u8>,
    beginning: Vec<u8>,
    pieces: i64,
    total: i64,
    fingerprint: Fingerprint,
}

/// How the file is written, as found out once from its beginning.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Written {
    pub encoding: String,
    pub delimiter: u8,
    pub decimal_comma: bool,
    /// Where the first row of values begins.
    pub offset: u64,
    pub row: u64,
}

/// Begins to take a file for an object, or for an import of another kind.
pub async fn begin<'a>(records: &'a Records, caller: &'a Caller, object: &str, file_name: &str) -> Result<Upload<'a>> {
    let catalog = records.catalog(caller).await?;
    if records.import_kind(object).is_none() {
        let known = catalog.object(object)?;
        let access = Access::new(&catalog.schema, caller);
        if !access.rights(known).create && !access.may_read(known) {
            return Err(Error::NotFound("object"));
        }
    }
    let id = records.db().ids().next();
    let action = records.db().ids().next();
    let text = sql!(
        "INSERT INTO import (tenant_id, id, object, state, file_name, digest, total_bytes, done_bytes, row_number,
            created, updated, skipped, failed, options, plan, action_id, created_by, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, '', 0, 0, 0, 0, 0, 0, 0, '{}', '', ?6, ?7, ?8)"
    );
    let name: String = file_name.chars().filter(|c| !c.is_control()).take(200).collect();
    let cells = [
        caller.tenant.into(),
        id.into(),
        Cell::from(object),
        State::Uploading.name().into(),
        Cell::from(name.as_str()),
        action.into(),
        caller.principal.user().into(),
        records.db().clock().now().into(),
    ];
    let mut batch = Batch::new();
    batch.run(Statement::new(text, cells));
    records.db().submit(caller, batch).await?;
    Ok(Upload {
        records,
        caller,
        id,
        object: object.to_owned(),
        file_name: name,
        waiting: Vec::new(),
        beginning: Vec::new(),
        pieces: 0,
        total: 0,
        fingerprint: Fingerprint::default(),
    })
}

impl Upload<'_> {
    /// Takes the next bytes.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<()> {
        self.total = self.total.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        if self.total > MOST_BYTES {
            return Err(Error::TooLarge(message!("import-too-large", most = MOST_BYTES >> 30)));
        }
        self.fingerprint.update(bytes);
        let room = SAMPLE_BYTES.saturating_sub(self.beginning.len()).min(bytes.len());
        self.beginning.extend_from_slice(bytes.get(..room).unwrap_or_default());
        self.waiting.extend_from_slice(bytes);
        while self.waiting.len() >= PIECE {
            let rest = self.waiting.split_off(PIECE);
            let piece = std::mem::replace(&mut self.waiting, rest);
            self.store(piece).await?;
        }
        Ok(())
    }

    async fn store(&mut self, piece: Vec<u8>) -> Result<()> {
        let text = sql!("INSERT INTO import_chunk (tenant_id, import_id, position, bytes) VALUES (?1, ?2, ?3, ?4)");
        let cells = [self.caller.tenant.into(), self.id.into(), Cell::Int(self.pieces), Cell::Bytes(piece)];
        let mut batch = Batch::new();
        batch.run(Statement::new(text, cells));
        self.records.db().submit(self.caller, batch).await?;
        self.pieces += 1;
        Ok(())
    }

    /// The file is whole: its beginning is looked at, the map is held against its header, and the work is queued.
    ///
    /// # Errors
    /// A field error for `file`, `map` or `match` where they do not fit; the file is dropped then.
    pub async fn finish(mut self, asked: &Asked) -> Result<Import> {
        let rest = std::mem::take(&mut self.waiting);
        if !rest.is_empty() {
            self.store(rest).await?;
        }
        match self.check(asked).await {
            Ok(written) => self.queue(asked, &written).await,
            Err(error) => {
                self.drop().await?;
                Err(error)
            }
        }
    }

    async fn check(&self, asked: &Asked) -> Result<Written> {
        let catalog = self.records.catalog(self.caller).await?;
        let hints = hints(asked, self.records.import_kind(&self.object).is_some())?;
        let detected = detect(&self.beginning);
        let format = hints.format(&detected).map_err(|message| Error::field("file", message))?;
        let (header, start) = header(format, &self.beginning).map_err(|message| Error::field("file", message))?;
        let written = Written {
            encoding: format.encoding().name().to_owned(),
            delimiter: format.delimiter(),
            decimal_comma: hints.decimal_comma.unwrap_or(detected.decimal_comma),
            offset: start.offset,
            row: start.row,
        };
        let reading = hints.reading(&detected, catalog.schema.reading());
        let preparing = Preparing::new(&catalog, &self.object, asked, &header, &reading, Id(0));
        prepare(self.records, &preparing)?;
        Ok(written)
    }

    async fn queue(self, asked: &Asked, written: &Written) -> Result<Import> {
        let json = |value: serde_json::Result<String>| value.map_err(Error::internal);
        let text = sql!(
            "UPDATE import SET state = ?3, digest = ?4, total_bytes = ?5, options = ?6, plan = ?7, done_bytes = ?8,
                row_number = ?9 WHERE tenant_id = ?1 AND id = ?2 AND state = 'uploading'"
        );
        let cells = [
            self.caller.tenant.into(),
            self.id.into(),
            Cell::from(State::Running.name()),
            Cell::Text(self.fingerprint.finish()),
            Cell::Int(self.total),
            Cell::Text(json(serde_json::to_string(asked))?),
            Cell::Text(json(serde_json::to_string(written))?),
            Cell::Int(i64::try_from(written.offset).unwrap_or_default()),
            Cell::Int(i64::try_from(written.row).unwrap_or_default()),
        ];
        let mut batch = Batch::new();
        batch.expect(Statement::new(text, cells), Expect::Fresh);
        let job = Job::new(JOB, json!({"import": self.id}))
            .attempts(u32::MAX)
            .priority(Priority::High)
            .on_behalf_of(self.caller);
        jobs::enqueue(&mut batch, self.records.db(), job);
        let about = json!({"object": self.object, "file": self.file_name, "dry_run": asked.dry_run}).to_string();
        let action = self.records.db().ids().next();
        batch.log(Event { action, kind: "import.started", object: 0, record: None, changes: about, also: Vec::new() });
        self.records.db().submit(self.caller, batch).await?;
        find(self.records, self.caller, self.id).await
    }

    /// Forgets the file.
    pub async fn drop(self) -> Result<()> {
        let key: [Cell; 2] = [self.caller.tenant.into(), self.id.into()];
        let mut batch = Batch::new();
        let text = sql!("DELETE FROM import_chunk WHERE tenant_id = ?1 AND import_id = ?2");
        batch.run(Statement::new(text, key.clone()));
        batch.run(Statement::new(sql!("DELETE FROM import WHERE tenant_id = ?1 AND id = ?2"), key));
        self.records.db().submit(self.caller, batch).await.map(drop)
    }
}

/// What the map says about the file as a whole. The maps of other kinds keep theirs under `[file]` too.
pub(super) fn hints(asked: &Asked, other_kind: bool) -> Result<FileHints> {
    let Some(map) = asked.map.as_deref() else { return Ok(FileHints::default()) };
    let hints = if other_kind { about_file(map) } else { MapFile::parse(map).map(|map| map.file) };
    hints.map_err(|message| Error::field("map", message))
}

/// The `[file]` table of any map.
fn about_file(map: &str) -> Result<FileHints, Message> {
    #[derive(Deserialize)]
    struct Any {
        #[serde(default)]
        file: FileHints,
    }
    let unreadable = |error: toml::de::Error| message!("file-map-unreadable", reason = error.message());
    toml::from_str::<Any>(map).map(|any| any.file).map_err(unreadable)
}

/// The header, and where the values begin.
pub(super) fn header(format: Format, beginning: &[u8]) -> Result<(Header, Start), Message> {
    let mut rows = Rows::new(format, Start::default());
    rows.feed(beginning);
    if beginning.len() < SAMPLE_BYTES {
        rows.finish();
    }
    let row = rows.next();
    let start = row.as_ref().map(|row| row.after()).unwrap_or_default();
    Ok((Header::read(row)?, start))
}

/// The planner for what was asked.
pub(super) fn prepare(records: &Records, preparing: &Preparing) -> Result<Arc<dyn Planner>> {
    match records.import_kind(preparing.object) {
        Some(kind) => (kind.prepare)(preparing),
        None => Ok(Arc::new(ObjectRows::prepare(preparing)?)),
    }
}

impl Written {
    pub(super) fn format(&self) -> Result<Format> {
        let encoding = Format::encoding_named(&self.encoding).map_err(|message| Error::field("file", message))?;
        Format::new(encoding, self.delimiter).map_err(|message| Error::field("file", message))
    }

    pub(super) fn detected(&self) -> Result<Detected> {
        let format = self.format()?;
        let (encoding, delimiter) = (format.encoding(), format.delimiter());
        Ok(Detected { encoding, delimiter, decimal_comma: self.decimal_comma })
    }
}
