//! Taking a file in: piece by piece into the database, then a look at its beginning, then a job.

use super::{
    Asked, Fingerprint, Import, JOB, Preparing, State, find, mappings, scopes,
    unfolded::{Folded, Origin},
    written::{Written, header, hints, prepare},
};
use crate::{
    catalog::Records,
    permissions::Access,
    transfer::{Detected, Format, SAMPLE_BYTES, detect},
};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use jobs::{Job, Priority};
use serde_json::json;

/// Bytes of one stored piece.
pub(super) const PIECE: usize = 1 << 20;

/// The largest file.
const MOST_BYTES: i64 = 4 << 30;

/// Rows that are looked at where nothing is kept.
const PREVIEWED: u64 = 500;

/// A file that is arriving.
pub struct Upload<'a> {
    pub(super) records: &'a Records,
    pub(super) caller: &'a Caller,
    pub id: Id,
    pub(super) object: String,
    file_name: String,
    waiting: Vec<u8>,
    pub(super) beginning: Vec<u8>,
    pieces: i64,
    total: i64,
    fingerprint: Fingerprint,
    /// A file that is no table yet waits here until it is whole.
    folded: Option<Folded>,
    pub(super) origin: Option<Origin>,
    /// Nothing is kept of a file that is only looked at.
    is_kept: bool,
}

/// Begins to take a file for an object, or for an import of another kind; `is_kept` is false for one that is only
/// looked at.
pub async fn begin<'a>(
    records: &'a Records,
    caller: &'a Caller,
    object: &str,
    file_name: &str,
    is_kept: bool,
) -> Result<Upload<'a>> {
    check_rights(records, caller, object).await?;
    let id = records.db().ids().next();
    let name: String = file_name.chars().filter(|c| !c.is_control()).take(200).collect();
    if is_kept {
        note(records, caller, id, object, &name).await?;
    }
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
        folded: None,
        origin: None,
        is_kept,
    })
}

async fn check_rights(records: &Records, caller: &Caller, object: &str) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    if records.import_kind(object).is_none() {
        let known = catalog.object(object)?;
        let access = Access::new(&catalog.schema, caller);
        if !access.rights(known).create && !access.may_read(known) {
            return Err(Error::NotFound("object"));
        }
    }
    Ok(())
}

/// Writes down that a file is arriving.
async fn note(records: &Records, caller: &Caller, id: Id, object: &str, name: &str) -> Result<()> {
    let action = records.db().ids().next();
    let text = sql!(
        "INSERT INTO import (tenant_id, id, object, state, file_name, digest, total_bytes, done_bytes, row_number,
            created, updated, skipped, failed, options, plan, action_id, created_by, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, '', 0, 0, 0, 0, 0, 0, 0, '{}', '', ?6, ?7, ?8)"
    );
    let cells = [
        caller.tenant.into(),
        id.into(),
        Cell::from(object),
        State::Uploading.name().into(),
        Cell::from(name),
        action.into(),
        caller.principal.user().into(),
        records.db().clock().now().into(),
    ];
    let mut batch = Batch::new();
    batch.run(Statement::new(text, cells));
    records.db().submit(caller, batch).await.map(drop)
}

impl Upload<'_> {
    /// Takes the next bytes.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<()> {
        self.total = self.total.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        if self.total > MOST_BYTES {
            return Err(Error::TooLarge(message!("import-too-large", most = MOST_BYTES >> 30)));
        }
        self.fingerprint.update(bytes);
        if let Some(folded) = &mut self.folded {
            return folded.take(bytes).await;
        }
        self.take_table(bytes).await?;
        if self.pieces == 0
            && let Some(mut folded) = Folded::begin(&self.beginning, &self.object)?
        {
            folded.take(&std::mem::take(&mut self.waiting)).await?;
            self.folded = Some(folded);
        }
        Ok(())
    }

    /// Takes the next bytes of what rows are read from.
    async fn take_table(&mut self, bytes: &[u8]) -> Result<()> {
        let room = SAMPLE_BYTES.saturating_sub(self.beginning.len()).min(bytes.len());
        self.beginning.extend_from_slice(bytes.get(..room).unwrap_or_default());
        if self.is_kept || self.beginning.len() < SAMPLE_BYTES {
            self.waiting.extend_from_slice(bytes);
        }
        while self.waiting.len() >= PIECE {
            let rest = self.waiting.split_off(PIECE);
            let piece = std::mem::replace(&mut self.waiting, rest);
            self.store(piece).await?;
        }
        Ok(())
    }

    /// A map that is named counts as it is now, whatever becomes of it while the import runs.
    pub(super) async fn find_map(&self, asked: &mut Asked) -> Result<()> {
        if let Some(name) = &asked.map_name {
            if asked.map.is_some() {
                return Err(Error::field("map_name", message!("mapping-or-map")));
            }
            asked.map = Some(mappings::named(self.records, self.caller, &self.object, name).await?);
        }
        Ok(())
    }

    /// Turns a file that is no table into one, which takes its place.
    pub(super) async fn unfold(&mut self, asked: &Asked) -> Result<()> {
        let Some(folded) = self.folded.take() else {
            let none = || Error::field("sheet", message!("sheet-none"));
            return if asked.sheet.is_some() { Err(none()) } else { Ok(()) };
        };
        self.beginning.clear();
        self.total = 0;
        let most_rows = if self.is_kept { u64::MAX } else { PREVIEWED };
        let mut unfolding = folded.unfold(asked.sheet.clone(), most_rows);
        while let Some(bytes) = unfolding.next().await {
            self.total = self.total.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
            self.take_table(&bytes).await?;
        }
        self.origin = Some(unfolding.end().await?);
        Ok(())
    }

    async fn store(&mut self, piece: Vec<u8>) -> Result<()> {
        if !self.is_kept {
            return Ok(());
        }
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
        let mut asked = asked.clone();
        match self.settle(&mut asked).await {
            Ok(written) => self.queue(&asked, &written).await,
            Err(error) => {
                self.drop().await?;
                Err(error)
            }
        }
    }

    async fn settle(&mut self, asked: &mut Asked) -> Result<Written> {
        self.find_map(asked).await?;
        self.unfold(asked).await?;
        let rest = std::mem::take(&mut self.waiting);
        if !rest.is_empty() {
            self.store(rest).await?;
        }
        self.check(asked).await
    }

    async fn check(&self, asked: &Asked) -> Result<Written> {
        let catalog = self.records.catalog(self.caller).await?;
        let hints = hints(asked, self.records.import_kind(&self.object).is_some())?;
        let detected = if self.origin.is_some() { Detected::ours() } else { detect(&self.beginning) };
        let format = match self.origin {
            Some(_) => Format::new(detected.encoding, detected.delimiter),
            None => hints.format(&detected),
        };
        let format = format.map_err(|message| Error::field("file", message))?;
        let (header, start) = header(format, &self.beginning).map_err(|message| Error::field("file", message))?;
        let written = Written {
            encoding: format.encoding().name().to_owned(),
            delimiter: format.delimiter(),
            decimal_comma: hints.decimal_comma.unwrap_or(detected.decimal_comma),
            offset: start.offset,
            // Rows are counted as in the file that was sent.
            row: self.origin.as_ref().map_or(start.row, |origin| origin.header_row),
            origin: self.origin.clone(),
        };
        let reading = hints.reading(&detected, catalog.schema.reading());
        let preparing = Preparing::new(self.caller, &catalog, &self.object, asked, &header, &reading, Id(0));
        scopes::check(&preparing, self.records.import_kind(&self.object).is_some())?;
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
