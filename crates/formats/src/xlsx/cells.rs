//! The cells of one sheet, row by row.

use crate::{
    Findings, MOST_COLUMNS, MOST_ROWS, Take,
    dates::{self, Since},
    shown::Shown,
    strings::Strings,
    xml::{Token, Xml, attribute, end_name, name},
};
use base::{Message, message};
use quick_xml::events::BytesStart;
use std::{borrow::Cow, io::Read};

/// Bytes of one cell's text: more than any spreadsheet holds, so that it is refused as a cell and not as a file.
const MOST_CELL_BYTES: usize = 512 << 10;

/// Bytes of a row's texts.
const MOST_ROW_BYTES: usize = 4 << 20;

/// The sheet being read.
struct Reading<'a> {
    formats: &'a [Shown],
    since: Since,
    strings: &'a mut Strings,
    findings: Findings,
    /// The number of the row that is being read, or was read last.
    row: u64,
    cells: Vec<String>,
    bytes: usize,
    /// The column behind the last cell.
    next_column: usize,
    cell: Cell,
}

#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    text: String,
}

pub fn read(
    mut xml: Xml<impl Read>,
    formats: &[Shown],
    since: Since,
    strings: &mut Strings,
    take: &mut Take<'_>,
) -> Result<Findings, Message> {
    let mut reading = Reading {
        formats,
        since,
        strings,
        findings: Findings::default(),
        row: 0,
        cells: Vec::new(),
        bytes: 0,
        next_column: 0,
        cell: Cell::default(),
    };
    let (mut is_text, mut aloud) = (false, 0_usize);
    loop {
        match xml.next()? {
            Token::Open(tag) => match name(&tag) {
                "row" => reading.begin_row(&tag)?,
                "c" => reading.begin_cell(&tag),
                "v" => is_text = true,
                "t" => is_text = aloud == 0,
                "rPh" => aloud += 1,
                _ => {}
            },
            Token::Close(tag) => match end_name(&tag) {
                "v" | "t" => is_text = false,
                "rPh" => aloud = aloud.saturating_sub(1),
                "c" => reading.end_cell()?,
                "row" if !reading.end_row(take)? => break,
                "sheetData" => break,
                _ => {}
            },
            Token::Text(text) if is_text => append(&mut reading.cell.text, &text)?,
            Token::End => break,
            _ => {}
        }
    }
    Ok(reading.findings)
}

impl Reading<'_> {
    fn begin_row(&mut self, tag: &BytesStart) -> Result<(), Message> {
        let number = attribute(tag, "r").and_then(|text| text.parse().ok());
        let number: u64 = number.unwrap_or(self.row + 1);
        // Rows go down; what goes up again is no sheet.
        if number <= self.row || number > MOST_ROWS {
            return Err(message!("sheet-broken"));
        }
        self.row = number;
        self.cells.clear();
        (self.next_column, self.bytes) = (0, 0);
        Ok(())
    }

    fn begin_cell(&mut self, tag: &BytesStart) {
        let place = attribute(tag, "r").and_then(|place| column(&place));
        self.cell.column = place.unwrap_or(self.next_column);
        self.next_column = self.cell.column.saturating_add(1);
        self.cell.kind = attribute(tag, "t").unwrap_or_default();
        self.cell.style = attribute(tag, "s").and_then(|text| text.parse().ok()).unwrap_or(0);
        self.cell.text.clear();
    }

    fn end_cell(&mut self) -> Result<(), Message> {
        let raw = std::mem::take(&mut self.cell.text);
        let text = match self.cell.kind.as_str() {
            _ if raw.is_empty() => return Ok(()),
            "s" => {
                let at = raw.trim().parse().map_err(|_| message!("sheet-broken"))?;
                self.strings.get(at)?
            }
            "inlineStr" | "str" => unescaped(&raw).into_owned(),
            "b" => if raw.trim() == "1" { "true" } else { "false" }.to_owned(),
            "e" => {
                self.findings.error_cell(self.row, self.cell.column);
                return Ok(());
            }
            "d" => dates::iso(&raw).unwrap_or(raw),
            _ => self.formats.get(self.cell.style).unwrap_or(&Shown::Plain).text(&raw, self.since),
        };
        self.bytes += text.len();
        if text.len() > MOST_CELL_BYTES || self.bytes > MOST_ROW_BYTES {
            return Err(message!("sheet-too-large"));
        }
        let column = self.cell.column.min(MOST_COLUMNS);
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }

    fn end_row(&mut self, take: &mut Take<'_>) -> Result<bool, Message> {
        if self.cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(true);
        }
        take(self.row, &self.cells)
    }
}

/// The column of a place such as `AB12`, counted from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.trim_start_matches('$').bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_usize;
    for letter in letters {
        column = column.checked_mul(26)?.checked_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)?;
    }
    column.checked_sub(1)
}

/// Adds to a text that must not become endless.
pub fn append(text: &mut String, part: &str) -> Result<(), Message> {
    if text.len() + part.len() > MOST_CELL_BYTES {
        return Err(message!("sheet-too-large"));
    }
    text.push_str(part);
    Ok(())
}

/// Characters that XML cannot hold are written `_x000D_`.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at(at);
        plain.push_str(before);
        let code = behind.get(2..6).filter(|_| behind.get(6..7) == Some("_"));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (shown, taken) = match character {
            Some(character) => (character, 7),
            None => ('_', 1),
        };
        plain.push(shown);
        rest = behind.get(taken..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}
