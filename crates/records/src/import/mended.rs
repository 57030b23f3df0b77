//! The error file of an import: the rows that failed, as they were, with the reasons, ready to be mended and imported.

use super::{
    find,
    kept::load_plan,
    slices::Pieces,
    written::{Written, header},
};
use crate::{
    catalog::Records,
    transfer::{ErrorFile, RowError, Rows, SAMPLE_BYTES, Start},
};
use async_stream::try_stream;
use base::{Caller, Error, Id, Result};
use db::{Statement, sql};
use futures_util::Stream;
use std::collections::HashMap;

/// How many errors are held in memory at a time.
const ERRORS: i64 = 1_000;

/// The file in pieces.
///
/// # Errors
/// `NotFound` where the caller may not know of the import.
pub async fn error_file(
    records: Records,
    caller: Caller,
    id: Id,
) -> Result<impl Stream<Item = Result<Vec<u8>>> + Send + 'static> {
    find(&records, &caller, id).await?;
    let written: Written =
        serde_json::from_str(&load_plan(&records, &caller, id).await?).map_err(|_| Error::NotFound("import"))?;
    Ok(try_stream! {
        let format = written.format()?;
        let first = Pieces::from(&records, &caller, id, 0).await?.next().await?.unwrap_or_default();
        let beginning = first.get(..SAMPLE_BYTES).unwrap_or(&first);
        if let Ok((header, _)) = header(format, beginning) {
            let mut file = ErrorFile::new(&header, format.delimiter());
            let mut pieces = Pieces::from(&records, &caller, id, written.offset).await?;
            let mut rows = Rows::new(format, Start { offset: written.offset, row: written.row });
            let mut errors = Errors { to: 0, known: HashMap::new() };
            let mut more = true;
            while more {
                match pieces.next().await? {
                    Some(piece) => rows.feed(&piece),
                    None => {
                        rows.finish();
                        more = false;
                    }
                }
                while let Some(row) = rows.next() {
                    errors.reach(&records, &caller, id, row.number).await?;
                    if let Some(told) = errors.known.get(&row.number) {
                        let told: Vec<RowError> =
                            told.iter().map(|(field, sentence)| RowError { field, sentence }).collect();
                        file.row(row.number, row.cells.as_ref().ok(), &told);
                    }
                }
                let piece = file.take();
                if !piece.is_empty() {
                    yield piece;
                }
            }
        }
    })
}

/// The errors around the row that is being read.
struct Errors {
    /// Rows up to here are known.
    to: u64,
    known: HashMap<u64, Vec<(String, String)>>,
}

impl Errors {
    async fn reach(&mut self, records: &Records, caller: &Caller, id: Id, number: u64) -> Result<()> {
        if number <= self.to {
            return Ok(());
        }
        let text = sql!(
            "SELECT row_number, errors FROM import_error WHERE tenant_id = ?1 AND import_id = ?2 AND row_number >= ?3
             ORDER BY row_number LIMIT ?4"
        );
        let from = i64::try_from(number).unwrap_or(i64::MAX);
        let cells = [caller.tenant.into(), id.into(), from.into(), ERRORS.into()];
        let rows = records.db().reader(caller).once(Statement::new(text, cells)).await?;
        self.known.clear();
        self.to = u64::MAX;
        for row in rows.iter() {
            let number = u64::try_from(row.int(0)?).unwrap_or_default();
            self.known.insert(number, serde_json::from_str(row.text(1)?).map_err(Error::internal)?);
            if i64::try_from(rows.len()).unwrap_or(0) == ERRORS {
                self.to = number;
            }
        }
        Ok(())
    }
}
