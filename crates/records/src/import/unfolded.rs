//! A file that is no table yet, a spreadsheet or cards: kept in a nameless file until it is whole, and then written
//! anew as the CSV that the import keeps. So everything behind it, going on after a crash included, is the way of any CSV.

use crate::transfer::CsvWriter;
use base::{Error, Message, Result, message};
use formats::{Book, Findings, Looks, cards};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Seek, SeekFrom},
};
use tokio::{io::AsyncWriteExt, sync::mpsc, task::JoinHandle};

/// The largest file that is unfolded.
const MOST_BYTES: u64 = 1 << 30;

/// A table may have this size whatever it comes from, and beyond it so many times the size of that.
const FREE_BYTES: u64 = 256 << 20;
const MOST_RATIO: u64 = 50;

/// Bytes that are handed on at a time.
const PIECE: usize = 256 << 10;

/// What a table was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `xlsx`, `ods`, `vcf`.
    pub format: String,
    pub sheet: Option<String>,
    /// All of them, each with whether it is hidden; the first hundred.
    #[serde(default)]
    pub sheets: Vec<(String, bool)>,
    /// The row of the sheet in which the names of the columns stand.
    pub header_row: u64,
    pub error_cells: u64,
    pub first_error_cell: Option<String>,
    /// What cards say and no contact has, and how often it was left out.
    #[serde(default)]
    pub left_out: BTreeMap<String, u64>,
}

impl Origin {
    /// What the sender should know, though nothing failed.
    pub fn warnings(&self) -> Vec<Message> {
        let first = self.first_error_cell.clone().unwrap_or_default();
        let errors =
            (self.error_cells > 0).then(|| message!("sheet-error-cells", count = self.error_cells, first = first));
        let what: Vec<String> = self.left_out.iter().map(|(name, count)| format!("{name} ({count})")).collect();
        let left_out = (!what.is_empty()).then(|| message!("card-left-out", what = what.join(", ")));
        errors.into_iter().chain(left_out).collect()
    }
}

/// A file on its way in.
pub struct Folded {
    file: tokio::fs::File,
    size: u64,
    looks: Looks,
}

/// A file being written as a table.
pub struct Unfolding {
    pieces: mpsc::Receiver<Vec<u8>>,
    work: JoinHandle<std::result::Result<Origin, Message>>,
}

impl Folded {
    /// Looks at the first bytes of a file; `None` where it is a table already, or too short to tell.
    pub fn begin(beginning: &[u8], object: &str) -> Result<Option<Folded>> {
        match formats::looks(beginning) {
            None => Ok(None),
            Some(Looks::Cards) if object != "contacts" => Err(Error::field("file", message!("card-contacts-only"))),
            Some(Looks::Compound) => Err(Error::field("file", message!("sheet-encrypted"))),
            Some(looks) => {
                let file = tokio::fs::File::from_std(tempfile::tempfile().map_err(Error::internal)?);
                Ok(Some(Folded { file, size: 0, looks }))
            }
        }
    }

    pub async fn take(&mut self, bytes: &[u8]) -> Result<()> {
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.size > MOST_BYTES {
            return Err(Error::TooLarge(message!("import-too-large", most = MOST_BYTES >> 30)));
        }
        self.file.write_all(bytes).await.map_err(Error::internal)
    }

    /// Begins to write the table, up to so many rows of the file.
    pub fn unfold(self, sheet: Option<String>, most_rows: u64) -> Unfolding {
        let (sender, pieces) = mpsc::channel(2);
        let runtime = tokio::runtime::Handle::current();
        let work = tokio::task::spawn_blocking(move || {
            let mut file = self.file;
            let file = runtime.block_on(async move {
                file.flush().await.ok()?;
                Some(file.into_std().await)
            });
            let mut file = file.ok_or_else(|| message!("sheet-no-room"))?;
            file.seek(SeekFrom::Start(0)).map_err(|_| message!("sheet-no-room"))?;
            let most_bytes = FREE_BYTES.saturating_add(self.size.saturating_mul(MOST_RATIO));
            let table = Table {
                writer: CsvWriter::new(b',', false),
                sender,
                header_row: 0,
                row: 0,
                written: 0,
                most_bytes,
                most_rows,
            };
            match self.looks {
                Looks::Cards => table.cards(file),
                Looks::Archive | Looks::Compound => table.sheet(file, sheet.as_deref()),
            }
        });
        Unfolding { pieces, work }
    }
}

impl Unfolding {
    /// The next bytes of the table.
    pub async fn next(&mut self) -> Option<Vec<u8>> {
        self.pieces.recv().await
    }

    /// What the table was made from, or what is wrong with it.
    pub async fn end(self) -> Result<Origin> {
        let origin = self.work.await.map_err(Error::internal)?;
        origin.map_err(|message| {
            let field = if message.code == "sheet-unknown" { "sheet" } else { "file" };
            Error::field(field, message)
        })
    }
}

/// The table, with a row for each row of the sheet from the header on, so that both have the same number.
struct Table {
    writer: CsvWriter,
    sender: mpsc::Sender<Vec<u8>>,
    header_row: u64,
    row: u64,
    written: u64,
    most_bytes: u64,
    most_rows: u64,
}

impl Table {
    fn sheet(mut self, file: File, sheet: Option<&str>) -> std::result::Result<Origin, Message> {
        let mut book = Book::open(Box::new(file))?;
        let place = book.place(sheet)?;
        let name = book.sheets().get(place).map(|sheet| sheet.name.clone());
        let sheets = book.sheets().iter().take(100).map(|sheet| (sheet.name.clone(), sheet.is_hidden)).collect();
        let findings = book.rows(place, &mut |row, cells| self.row(row, cells))?;
        Ok(Origin { sheets, ..self.end(book.format(), name, findings)? })
    }

    fn cards(mut self, file: File) -> std::result::Result<Origin, Message> {
        let findings = cards::read(BufReader::new(file), &mut |row, cells| self.row(row, cells))?;
        self.end("vcf", None, findings)
    }

    fn end(mut self, format: &str, sheet: Option<String>, findings: Findings) -> std::result::Result<Origin, Message> {
        self.hand_on(0)?;
        let Findings { error_cells, first_error_cell, left_out } = findings;
        let (format, header_row) = (format.to_owned(), self.header_row);
        Ok(Origin { format, sheet, sheets: Vec::new(), header_row, error_cells, first_error_cell, left_out })
    }

    fn row(&mut self, row: u64, cells: &[String]) -> std::result::Result<bool, Message> {
        if self.header_row == 0 {
            (self.header_row, self.row) = (row, row);
            self.writer.texts(named(cells).iter().map(String::as_str));
            return Ok(true);
        }
        while self.row + 1 < row {
            self.row += 1;
            self.writer.texts(std::iter::once(""));
        }
        self.row = row;
        self.writer.texts(cells.iter().map(String::as_str));
        self.hand_on(PIECE)?;
        Ok(row - self.header_row < self.most_rows)
    }

    fn hand_on(&mut self, from_bytes: usize) -> std::result::Result<(), Message> {
        if self.writer.pending_bytes() < from_bytes {
            return Ok(());
        }
        let piece = self.writer.take();
        self.written += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.written > self.most_bytes {
            return Err(message!("sheet-too-large"));
        }
        // Nobody listens any more where the upload has failed.
        self.sender.blocking_send(piece).map_err(|_| message!("sheet-broken"))
    }
}

/// A header without gaps: a column that nobody named is called after its letter, `(C)`, and goes nowhere by itself.
fn named(cells: &[String]) -> Vec<String> {
    let last = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    let cells = cells.iter().take(last).enumerate();
    let name = |(at, cell): (usize, &String)| match cell.trim() {
        "" => format!("({})", formats::column_name(at)),
        name => name.to_owned(),
    };
    cells.map(name).collect()
}
