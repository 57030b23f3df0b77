//! Rows out of the bytes of a CSV file that arrive in pieces. However the pieces are cut, the rows are the same; each
//! says where it ends in the file, so that reading can go on from there another day.

use super::{
    format::{Encoding, Format},
    guard, wide,
};
use base::{Message, message};
use csv_core::{ReadRecordResult, ReaderBuilder};

/// Bytes of one row; a longer one is refused, skipped, and reading goes on behind it.
pub const MAX_ROW_BYTES: usize = 1 << 20;
pub const MAX_COLUMNS: usize = 1_000;
/// Characters of one cell.
pub const MAX_CELL_CHARS: usize = 100_000;

/// Where reading begins: the default is the beginning of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Start {
    /// The end of the last row that was read.
    pub offset: u64,
    /// The number of that row.
    pub row: u64,
}

/// One row, with its place in the file.
#[derive(Debug)]
pub struct Row<'a> {
    /// Counted from 1, the header's; blank lines do not count.
    pub number: u64,
    /// Where the row ends in the file; see [`Start`].
    pub end: u64,
    /// The cells, or why the row cannot be read.
    pub cells: Result<Cells<'a>, Message>,
}

impl Row<'_> {
    /// Where to begin in order to read the row behind this one first.
    pub fn after(&self) -> Start {
        Start { offset: self.end, row: self.number }
    }
}

/// The cells of a row, freed of quotes and of the formula guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells<'a> {
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Cells<'a> {
    /// How many cells there are.
    pub fn columns(&self) -> usize {
        self.ends.len()
    }

    /// Whether nothing stands in any cell: a row of delimiters alone.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub fn get(&self, at: usize) -> Option<&'a str> {
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(start..*self.ends.get(at)?).map(guard::unguarded)
    }

    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let cells = *self;
        (0..cells.columns()).map(move |at| cells.get(at).unwrap_or(""))
    }
}

/// The reader. Feed it a piece, take rows until there is none, feed the next, and say when the file has ended:
///
/// ```text
/// rows.feed(&piece);
/// while let Some(row) = rows.next() { … }
/// rows.finish();
/// while let Some(row) = rows.next() { … }
/// ```
pub struct Rows {
    format: Format,
    parser: csv_core::Reader,
    /// The beginning of the file, as long as it may be a byte order mark.
    mark: Option<Vec<u8>>,
    wide: Option<wide::Wide>,
    /// What has been fed and not yet read, from `at`. UTF-8 where the file is UTF-16.
    fed: Vec<u8>,
    at: usize,
    has_ended: bool,
    /// The place of `at` in the file.
    offset: u64,
    /// The place in the file up to which it has been fed.
    fed_to: u64,
    row: u64,
    /// The row that is being read: its bytes without quotes, and where its cells end.
    bytes: Vec<u8>,
    length: usize,
    ends: Vec<usize>,
    columns: usize,
    refused: Option<Message>,
    /// The row's text where it had to be decoded.
    decoded: String,
}

impl Rows {
    /// A byte order mark is skipped where reading begins at the beginning.
    pub fn new(format: Format, start: Start) -> Rows {
        let mut parser = ReaderBuilder::new().delimiter(format.delimiter()).build();
        // The parser skips a mark as well, but only in a piece that holds it whole. Once it has read anything, an
        // empty line, it does not.
        parser.read_record(b"\n", &mut [], &mut []);
        Rows {
            format,
            parser,
            mark: (start.offset == 0).then(Vec::new),
            wide: format.is_wide().then(|| wide::Wide::new(format.encoding())),
            fed: Vec::new(),
            at: 0,
            has_ended: false,
            offset: start.offset,
            fed_to: start.offset,
            row: start.row,
            bytes: vec![0; 16 << 10],
            length: 0,
            ends: vec![0; MAX_COLUMNS + 1],
            columns: 0,
            refused: None,
            decoded: String::new(),
        }
    }

    /// Takes the next piece of the file. The rows of the one before should have been read: what has not been read is
    /// kept in memory.
    pub fn feed(&mut self, piece: &[u8]) {
        self.fed_to += u64::try_from(piece.len()).unwrap_or(0);
        let Some(mark) = &mut self.mark else { return self.push(piece, false) };
        mark.extend_from_slice(piece);
        if mark.len() >= 3 {
            self.pass_mark();
        }
    }

    /// The file has ended.
    pub fn finish(&mut self) {
        if !self.has_ended {
            self.pass_mark();
            self.push(&[], true);
            self.has_ended = true;
        }
    }

    /// The next row; `None` when more must be fed first, and at the end.
    #[expect(clippy::should_implement_trait, reason = "a row borrows from the reader, which an iterator cannot say")]
    pub fn next(&mut self) -> Option<Row<'_>> {
        loop {
            let fed = self.fed.get(self.at..).unwrap_or_default();
            if fed.is_empty() && !self.has_ended {
                return None;
            }
            let bytes = self.bytes.get_mut(self.length..).unwrap_or_default();
            let ends = self.ends.get_mut(self.columns..).unwrap_or_default();
            let (result, read, written, ended) = self.parser.read_record(fed, bytes, ends);
            self.offset += match self.wide {
                Some(_) => wide::wide_bytes(fed.get(..read).unwrap_or_default()),
                None => u64::try_from(read).unwrap_or(0),
            };
            self.at += read;
            if self.has_ended && self.at == self.fed.len() {
                // Half a character at the end of UTF-16 is not counted above.
                self.offset = self.fed_to;
            }
            self.length += written;
            self.columns += ended;
            match result {
                ReadRecordResult::InputEmpty if self.has_ended && !fed.is_empty() => {}
                ReadRecordResult::InputEmpty => return None,
                ReadRecordResult::OutputFull => self.make_room(),
                ReadRecordResult::OutputEndsFull => self.refuse(message!("file-too-many-columns", max = MAX_COLUMNS)),
                ReadRecordResult::Record if self.is_delimiter_note() => (self.length, self.columns) = (0, 0),
                ReadRecordResult::Record => return Some(self.row()),
                ReadRecordResult::End => return None,
            }
        }
    }

    /// How much memory the reader holds.
    #[cfg(test)]
    pub(super) fn memory_bytes(&self) -> usize {
        self.fed.capacity() + self.bytes.capacity() + self.ends.capacity() * 8 + self.decoded.capacity()
    }

    fn pass_mark(&mut self) {
        let Some(begin) = self.mark.take() else { return };
        let mark = match Encoding::for_bom(&begin) {
            Some((encoding, length)) if encoding == self.format.encoding() => length,
            _ => 0,
        };
        self.offset += u64::try_from(mark).unwrap_or(0);
        self.push(begin.get(mark..).unwrap_or_default(), false);
    }

    fn push(&mut self, piece: &[u8], last: bool) {
        self.fed.drain(..self.at);
        self.at = 0;
        match &mut self.wide {
            Some(wide) => wide.push(piece, last, &mut self.fed),
            None => self.fed.extend_from_slice(piece),
        }
    }

    /// The row does not fit: more memory for it, up to the limit; beyond that it is read on and thrown away.
    fn make_room(&mut self) {
        if self.bytes.len() < MAX_ROW_BYTES {
            self.bytes.resize(self.bytes.len() * 2, 0);
        } else {
            self.refuse(message!("file-row-too-long", max = MAX_ROW_BYTES));
        }
    }

    fn refuse(&mut self, why: Message) {
        self.refused.get_or_insert(why);
        (self.length, self.columns) = (0, 0);
    }

    /// A first line `sep=;` is a note to spreadsheets, which they do not show.
    fn is_delimiter_note(&self) -> bool {
        let is_first = self.row == 0 && self.refused.is_none();
        is_first && self.columns <= 2 && self.length <= 5 && self.bytes.starts_with(b"sep=")
    }

    /// The row that has been read whole.
    fn row(&mut self) -> Row<'_> {
        self.row += 1;
        let (length, columns) = (std::mem::take(&mut self.length), std::mem::take(&mut self.columns));
        let (number, end) = (self.row, self.offset);
        let cells = match self.refused.take() {
            Some(why) => Err(why),
            None => self.cells(length, columns),
        };
        Row { number, end, cells }
    }

    fn cells(&mut self, length: usize, columns: usize) -> Result<Cells<'_>, Message> {
        if columns > MAX_COLUMNS {
            return Err(message!("file-too-many-columns", max = MAX_COLUMNS));
        }
        let bytes = self.bytes.get(..length).unwrap_or_default();
        if bytes.contains(&0) {
            return Err(message!("file-binary"));
        }
        let undecodable = || message!("file-undecodable", encoding = self.format.encoding().name());
        let ends = self.ends.get_mut(..columns).unwrap_or_default();
        let text = if self.format.encoding().is_single_byte() && !bytes.is_ascii() {
            decode(self.format.encoding(), bytes, ends, &mut self.decoded).ok_or_else(undecodable)?;
            self.decoded.as_str()
        } else {
            std::str::from_utf8(bytes).map_err(|_| undecodable())?
        };
        // A surrogate without its half.
        if self.wide.is_some() && text.contains('\u{fffd}') {
            return Err(undecodable());
        }
        let mut start = 0;
        for &end in ends.iter() {
            // Only here can half a character end one cell and the other half begin the next.
            let cell = text.get(start..end).ok_or_else(undecodable)?;
            if cell.len() > MAX_CELL_CHARS && cell.chars().count() > MAX_CELL_CHARS {
                return Err(message!("file-cell-too-long", max = MAX_CELL_CHARS));
            }
            start = end;
        }
        Ok(Cells { text, ends })
    }
}

/// Decodes cell by cell and moves the ends along.
fn decode(encoding: &'static Encoding, bytes: &[u8], ends: &mut [usize], decoded: &mut String) -> Option<()> {
    decoded.clear();
    let mut start = 0;
    for end in ends {
        let cell = bytes.get(start..*end)?;
        decoded.push_str(&encoding.decode_without_bom_handling_and_without_replacement(cell)?);
        start = std::mem::replace(end, decoded.len());
    }
    Some(())
}
