//! XLSX out, as a stream: each row is folded and can be sent before the next one is known. Texts stand in their cells
//! and are typed as texts, so that none is run as a formula; a sheet that is full is followed by another.

mod parts;

use crate::{MOST_ROWS, column_name};
use base::{Error, Result};
use jiff::civil::{Date, DateTime, date};
use std::{
    borrow::Cow,
    io::{Result as IoResult, Write},
    sync::{Arc, Mutex, PoisonError},
};
use zip::{
    ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// Characters of one cell: Excel mends a file with more by throwing the text away.
pub const MOST_CELL_CHARS: usize = 32_767;

/// An unfolded sheet is ended before it reaches the size that old archives cannot say.
const MOST_SHEET_BYTES: u64 = 3 << 30;

/// One value in its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    /// A decimal such as `-1234.50`, and the format that it is shown in: `#,##0.00" EUR"`.
    Number(String, Cow<'static, str>),
    Day(Date),
    Moment(DateTime),
    YesNo(bool),
}

/// A column: its name, and how many characters it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub width: usize,
}

/// Writes a workbook.
pub struct Workbook {
    zip: ZipWriter<StreamWriter<Folded>>,
    folded: Folded,
    title: String,
    columns: Vec<Column>,
    formats: Vec<Cow<'static, str>>,
    sheets: usize,
    /// Rows and bytes of the sheet that is being written.
    rows: u64,
    bytes: u64,
    text: String,
}

/// What is ready to be sent.
#[derive(Clone, Default)]
struct Folded(Arc<Mutex<Vec<u8>>>);

impl Write for Folded {
    fn write(&mut self, bytes: &[u8]) -> IoResult<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> IoResult<()> {
        Ok(())
    }
}

impl Workbook {
    /// `title` is the name of the sheet.
    pub fn new(title: &str, columns: Vec<Column>) -> Result<Workbook> {
        let folded = Folded::default();
        let zip = ZipWriter::new_stream(folded.clone());
        let formats = [parts::DAY, parts::MOMENT].map(Cow::Borrowed).to_vec();
        let (title, text) = (title.to_owned(), String::new());
        let mut book = Workbook { zip, folded, title, columns, formats, sheets: 0, rows: 0, bytes: 0, text };
        book.begin_sheet()?;
        Ok(book)
    }

    /// A row, in the order of the columns.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) -> Result<()> {
        if self.rows == MOST_ROWS || self.bytes > MOST_SHEET_BYTES {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        self.rows += 1;
        self.text.push_str("<row r=\"");
        self.text.push_str(&self.rows.to_string());
        self.text.push_str("\">");
        for (at, cell) in cells.enumerate() {
            self.cell(at, &cell);
        }
        self.text.push_str("</row>");
        self.fold()
    }

    /// The bytes that are ready.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut *self.folded.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The rest of the file.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        self.end_sheet()?;
        for (name, text) in parts::all(&self.title, self.sheets, &self.formats) {
            self.begin(&name)?;
            self.text.push_str(&text);
            self.fold()?;
        }
        self.zip.finish().map_err(Error::internal)?;
        Ok(std::mem::take(&mut *self.folded.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn begin(&mut self, part: &str) -> Result<()> {
        // Most of the gain for a third of the time.
        let options = SimpleFileOptions::default().compression_level(Some(3));
        self.zip.start_file(part, options).map_err(Error::internal)
    }

    fn begin_sheet(&mut self) -> Result<()> {
        self.sheets += 1;
        (self.rows, self.bytes) = (1, 0);
        self.begin(&format!("xl/worksheets/sheet{}.xml", self.sheets))?;
        parts::sheet_head(&mut self.text, &self.columns);
        self.fold()
    }

    fn end_sheet(&mut self) -> Result<()> {
        let last = column_name(self.columns.len().saturating_sub(1));
        let foot = format!("</sheetData><autoFilter ref=\"A1:{last}{}\"/></worksheet>", self.rows);
        self.text.push_str(&foot);
        self.fold()
    }

    fn fold(&mut self) -> Result<()> {
        self.bytes += u64::try_from(self.text.len()).unwrap_or(0);
        self.zip.write_all(self.text.as_bytes()).map_err(Error::internal)?;
        self.text.clear();
        Ok(())
    }

    fn cell(&mut self, at: usize, cell: &Cell) {
        let place = format!("<c r=\"{}{}\"", column_name(at), self.rows);
        let (rest, value) = match cell {
            Cell::Empty => return,
            Cell::Text(text) => return parts::text_cell(&mut self.text, &place, text),
            Cell::YesNo(yes) => (" t=\"b\"".to_owned(), if *yes { "1" } else { "0" }.to_owned()),
            Cell::Number(number, format) => (self.style(format), number.clone()),
            Cell::Day(day) => match serial(*day) {
                Some(serial) => (self.style(parts::DAY), serial.to_string()),
                None => return parts::text_cell(&mut self.text, &place, &day.to_string()),
            },
            Cell::Moment(moment) => match serial(moment.date()) {
                Some(serial) => (self.style(parts::MOMENT), format!("{serial}{}", fraction(*moment))),
                None => return parts::text_cell(&mut self.text, &place, &moment.to_string()),
            },
        };
        for part in [&place, &rest, "><v>", &value, "</v></c>"] {
            self.text.push_str(part);
        }
    }

    /// The style of a number format, which is the first two behind the plain and the bold one.
    fn style(&mut self, format: &str) -> String {
        let known = self.formats.iter().position(|known| known == format);
        let at = known.unwrap_or_else(|| {
            self.formats.push(Cow::Owned(format.to_owned()));
            self.formats.len() - 1
        });
        format!(" s=\"{}\"", at + parts::FIRST_FORMAT)
    }
}

/// The day as a spreadsheet counts it; `None` for days that it cannot show, or miscounts.
fn serial(day: Date) -> Option<i64> {
    let since = day.since(date(1899, 12, 30)).ok()?;
    let days = i64::from(since.get_days());
    (days > 60).then_some(days)
}

/// The part of the day that is over, to the millisecond: `.604166666667`.
fn fraction(moment: DateTime) -> String {
    let time = moment.time();
    let seconds = i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    let milliseconds = seconds * 1_000 + i64::from(time.millisecond());
    format!(".{:012}", i128::from(milliseconds) * 1_000_000_000_000 / 86_400_000)
}
