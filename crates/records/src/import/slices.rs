//! The file, read again from the database and cut into slices of rows.

use super::{Planner, RawRow};
use crate::{
    catalog::Records,
    transfer::{Format, Header, Row, Rows, Start},
};
use base::{Caller, FieldError, Id, Message, Result};
use db::{Statement, sql};
use std::collections::{HashSet, VecDeque};

/// Rows of one slice at most.
const ROWS: usize = 500;

/// Bytes of its cells, or one row more: long rows make short slices, so that memory stays flat.
const BYTES: usize = 4 << 20;

/// Some rows of the file, in order.
#[derive(Debug, Default)]
pub struct Slice {
    pub rows: Vec<RawRow>,
    /// Where each of them begins.
    pub starts: Vec<Start>,
    /// Rows that could not even be read.
    pub unreadable: Vec<(u64, Vec<FieldError>)>,
    /// Where the next slice begins.
    pub end: Start,
    pub keys: HashSet<String>,
    /// What rows may make on the way.
    pub made: HashSet<String>,
    bytes: usize,
}

impl Slice {
    fn len(&self) -> usize {
        self.rows.len() + self.unreadable.len()
    }

    fn is_full(&self) -> bool {
        self.len() >= ROWS || self.bytes >= BYTES
    }
}

/// A row, or why the row of that number cannot be read.
type ReadRow = Result<RawRow, (u64, Message)>;

/// Reads a kept file from some place on.
pub struct Slices<'a> {
    pieces: Pieces<'a>,
    rows: Rows,
    header: Header,
    /// A row that did not fit into the last slice.
    ahead: VecDeque<(RawRow, Start)>,
    end: Start,
}

/// The stored pieces of a file, in order.
pub struct Pieces<'a> {
    records: &'a Records,
    caller: &'a Caller,
    import: Id,
    position: i64,
    /// Bytes of the first piece that lie before the beginning.
    skip: usize,
}

impl<'a> Pieces<'a> {
    /// From a byte of the file on.
    pub async fn from(records: &'a Records, caller: &'a Caller, import: Id, offset: u64) -> Result<Pieces<'a>> {
        let size = i64::try_from(super::upload::PIECE).unwrap_or(i64::MAX);
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let skip = usize::try_from(offset % size).unwrap_or_default();
        Ok(Pieces { records, caller, import, position: offset / size, skip })
    }

    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let text = sql!("SELECT bytes FROM import_chunk WHERE tenant_id = ?1 AND import_id = ?2 AND position = ?3");
        let cells = [self.caller.tenant.into(), self.import.into(), self.position.into()];
        let rows = self.records.db().reader(self.caller).once(Statement::new(text, cells)).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        self.position += 1;
        let skip = std::mem::take(&mut self.skip);
        Ok(Some(row.bytes(0)?.get(skip..).unwrap_or_default().to_vec()))
    }
}

impl<'a> Slices<'a> {
    pub async fn new(
        records: &'a Records,
        caller: &'a Caller,
        import: Id,
        format: Format,
        header: Header,
        start: Start,
    ) -> Result<Slices<'a>> {
        let pieces = Pieces::from(records, caller, import, start.offset).await?;
        Ok(Slices { pieces, rows: Rows::new(format, start), header, ahead: VecDeque::new(), end: start })
    }

    /// The next slice; `None` at the end of the file. A slice ends before a row that is known by the same key as one
    /// in it, unless the planner merges rows.
    pub async fn next(&mut self, planner: &dyn Planner) -> Result<Option<Slice>> {
        let mut slice = Slice { end: self.end, ..Slice::default() };
        while !slice.is_full() {
            match self.row().await? {
                None => break,
                Some((Ok(row), after)) => {
                    let keys = planner.keys(&row);
                    if !planner.merges_rows() && keys.iter().any(|key| slice.keys.contains(key)) {
                        self.ahead.push_back((row, after));
                        break;
                    }
                    slice.keys.extend(keys);
                    slice.made.extend(planner.made_keys(&row));
                    slice.bytes += row.cells.iter().map(String::len).sum::<usize>();
                    slice.rows.push(row);
                    slice.starts.push(slice.end);
                    slice.end = after;
                }
                Some((Err((number, message)), after)) => {
                    slice.unreadable.push((number, vec![FieldError { field: String::new(), message }]));
                    slice.end = after;
                }
            }
        }
        self.end = slice.end;
        Ok((slice.len() > 0).then_some(slice))
    }

    async fn row(&mut self) -> Result<Option<(ReadRow, Start)>> {
        if let Some((row, after)) = self.ahead.pop_front() {
            return Ok(Some((Ok(row), after)));
        }
        let mut has_ended = false;
        loop {
            while let Some(row) = self.rows.next() {
                if let Some(read) = read(row, &self.header) {
                    return Ok(Some(read));
                }
            }
            if has_ended {
                return Ok(None);
            }
            match self.pieces.next().await? {
                Some(piece) => self.rows.feed(&piece),
                None => {
                    self.rows.finish();
                    has_ended = true;
                }
            }
        }
    }
}

/// A row of its own, with the place behind it; `None` for one of delimiters alone.
fn read(row: Row<'_>, header: &Header) -> Option<(ReadRow, Start)> {
    let (number, after) = (row.number, row.after());
    let cells = match row.cells {
        Ok(cells) if cells.is_blank() => return None,
        Ok(cells) => header.check(&cells).map(|()| cells.iter().map(str::to_owned).collect()),
        Err(message) => Err(message),
    };
    Some((cells.map(|cells| RawRow { number, cells }).map_err(|message| (number, message)), after))
}
