//! How a file is written, found out once from its beginning and kept with the import; and what is made from that.

use super::{Asked, Planner, Preparing, rows::ObjectRows, unfolded::Origin};
use crate::{
    catalog::Records,
    transfer::{Detected, FileHints, Format, Header, MapFile, Rows, SAMPLE_BYTES, Start},
};
use base::{Error, Message, Result, message};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How the file is written, as found out once from its beginning.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Written {
    pub encoding: String,
    pub delimiter: u8,
    pub decimal_comma: bool,
    /// Where the first row of values begins.
    pub offset: u64,
    pub row: u64,
    /// What the table was made from, where it came in another form.
    #[serde(default)]
    pub origin: Option<Origin>,
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
