//! CSV out: RFC 4180 in UTF-8, with the formula guard on every cell that is not a plain number.

use super::guard;
use crate::{
    field::{Field, Kind},
    fields::{self, Objects},
    value::Value,
};

/// Writes rows into a buffer that the caller empties as it likes.
#[derive(Debug, Clone)]
pub struct CsvWriter {
    delimiter: u8,
    out: Vec<u8>,
    /// Where the row that is being written begins in `out`.
    row: usize,
}

impl CsvWriter {
    /// With `marked`, the file begins with the mark by which spreadsheets know UTF-8.
    pub fn new(delimiter: u8, marked: bool) -> CsvWriter {
        let out = if marked { "\u{feff}".into() } else { Vec::new() };
        CsvWriter { delimiter, row: out.len(), out }
    }

    /// A row of texts: the header.
    pub fn texts<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        let mut first = true;
        for cell in cells {
            self.between(&mut first);
            self.cell(cell);
        }
        self.end_row();
    }

    /// A row of values, in the order of the header.
    pub fn values<'a>(&mut self, row: impl Iterator<Item = (&'a Field, &'a Value)>, objects: &Objects) {
        let mut first = true;
        for (field, value) in row {
            self.between(&mut first);
            let text = fields::to_text(field, value, objects);
            if is_plain_number(field) {
                self.out.extend_from_slice(text.as_bytes());
            } else {
                self.cell(&text);
            }
        }
        self.end_row();
    }

    /// How much is waiting to be taken.
    pub fn pending_bytes(&self) -> usize {
        self.out.len()
    }

    /// What has been written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        self.row = 0;
        std::mem::take(&mut self.out)
    }

    fn between(&mut self, first: &mut bool) {
        if !std::mem::take(first) {
            self.out.push(self.delimiter);
        }
    }

    fn cell(&mut self, cell: &str) {
        let guard = guard::needs_guard(cell);
        let special = |byte: &u8| *byte == self.delimiter || matches!(byte, b'"' | b'\r' | b'\n');
        let edge = |c: Option<char>| c.is_some_and(char::is_whitespace);
        if !cell.bytes().any(|byte| special(&byte)) && !edge(cell.chars().next()) && !edge(cell.chars().next_back()) {
            if guard {
                self.out.push(b'\'');
            }
            self.out.extend_from_slice(cell.as_bytes());
            return;
        }
        self.out.push(b'"');
        if guard {
            self.out.push(b'\'');
        }
        for (at, part) in cell.split('"').enumerate() {
            if at > 0 {
                self.out.extend_from_slice(b"\"\"");
            }
            self.out.extend_from_slice(part.as_bytes());
        }
        self.out.push(b'"');
    }

    fn end_row(&mut self) {
        if self.out.len() == self.row {
            // One cell with nothing in it: a blank line would be no row.
            self.out.extend_from_slice(b"\"\"");
        }
        self.out.extend_from_slice(b"\r\n");
        self.row = self.out.len();
    }
}

/// Digits, a sign and a point are no formula: guarding them would only turn numbers into texts.
fn is_plain_number(field: &Field) -> bool {
    !field.holds_many() && matches!(field.kind, Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Rating)
}
