//! Files of other programs, read as rows of texts and written from values: spreadsheets (XLSX, ODS)
//! and cards (vCard).
//!
//! A file is read as a stream in bounded memory, whatever it claims to hold. Not here: CSV, what a column means, and
//! where the rows go.

pub mod cards;
mod dates;
mod number;
mod ods;
mod shown;
mod strings;
mod written;
mod xlsx;
mod xml;
mod zipped;

#[cfg(test)]
mod tests;

pub use written::{Cell, Column, MOST_CELL_CHARS, Workbook};

use base::{Message, message};
use std::{
    collections::BTreeMap,
    io::{Read, Seek},
};

/// Columns of a row; what stands beyond is cut, and one cell more is kept as a sign of it.
pub const MOST_COLUMNS: usize = 1_000;

/// The last row that a spreadsheet has.
pub const MOST_ROWS: u64 = 1_048_576;

/// A file that can be read in any order.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// What the first bytes of a file say about its kind; CSV and all else that is text says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// XLSX and ODS are archives.
    Archive,
    /// A compound file: an encrypted XLSX, or the XLS of old.
    Compound,
    /// vCards.
    Cards,
}

/// Looks at the first bytes of a file.
pub fn looks(beginning: &[u8]) -> Option<Looks> {
    match beginning {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Looks::Archive),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(Looks::Compound),
        _ => {
            let text = beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning).trim_ascii_start();
            let is_card = text.get(..11).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCARD"));
            is_card.then_some(Looks::Cards)
        }
    }
}

/// One sheet of a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub is_hidden: bool,
}

/// What was found while reading, besides the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Cells that show an error such as `#N/A`; they are taken as empty.
    pub error_cells: u64,
    /// The first of them: `B7`.
    pub first_error_cell: Option<String>,
    /// What a card says and no contact has, and how often it was left out.
    pub left_out: BTreeMap<String, u64>,
}

impl Findings {
    fn error_cell(&mut self, row: u64, column: usize) {
        self.error_cells += 1;
        self.first_error_cell.get_or_insert_with(|| format!("{}{row}", column_name(column)));
    }
}

/// Takes the rows that are not empty, each with its number in the sheet, counted from 1. Says whether to go on.
pub type Take<'a> = dyn FnMut(u64, &[String]) -> Result<bool, Message> + 'a;

/// An opened spreadsheet.
pub struct Book(Kind);

enum Kind {
    Xlsx(xlsx::Xlsx),
    Ods(ods::Ods),
}

impl Book {
    /// Opens a file by what is in it; its name does not count.
    ///
    /// # Errors
    /// A sentence for whoever sent the file.
    pub fn open(source: Box<dyn Source>) -> Result<Book, Message> {
        let mut archive = zipped::Archive::open(source)?;
        if archive.has("[Content_Types].xml") {
            return xlsx::Xlsx::open(archive).map(|book| Book(Kind::Xlsx(book)));
        }
        if ods::is_one(&mut archive)? {
            return ods::Ods::open(archive).map(|book| Book(Kind::Ods(book)));
        }
        Err(message!("sheet-not-one"))
    }

    /// `xlsx` or `ods`.
    pub fn format(&self) -> &'static str {
        match &self.0 {
            Kind::Xlsx(_) => "xlsx",
            Kind::Ods(_) => "ods",
        }
    }

    /// In the order of the file.
    pub fn sheets(&self) -> &[Sheet] {
        match &self.0 {
            Kind::Xlsx(book) => &book.sheets,
            Kind::Ods(book) => &book.sheets,
        }
    }

    /// The place of the sheet of that name, or of that number counted from 1; without either, the first that is shown.
    pub fn place(&self, asked: Option<&str>) -> Result<usize, Message> {
        let sheets = self.sheets();
        let Some(asked) = asked.map(str::trim).filter(|asked| !asked.is_empty()) else {
            let shown = sheets.iter().position(|sheet| !sheet.is_hidden);
            return shown.or((!sheets.is_empty()).then_some(0)).ok_or_else(|| message!("file-empty"));
        };
        let by_name = sheets.iter().position(|sheet| sheet.name == asked);
        let by_number = || asked.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < sheets.len());
        by_name.or_else(by_number).ok_or_else(|| {
            let known: Vec<&str> = sheets.iter().take(20).map(|sheet| sheet.name.as_str()).collect();
            message!("sheet-unknown", name = asked, known = known.join(", "))
        })
    }

    /// Reads the rows of a sheet from top to bottom.
    pub fn rows(&mut self, place: usize, take: &mut Take<'_>) -> Result<Findings, Message> {
        match &mut self.0 {
            Kind::Xlsx(book) => book.rows(place, take),
            Kind::Ods(book) => book.rows(place, take),
        }
    }
}

/// The letters of a column counted from 0: `A`, `Z`, `AA`.
pub fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
