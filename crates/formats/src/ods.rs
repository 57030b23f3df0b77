//! ODS (OASIS OpenDocument): all sheets stand in one part, and cells say their type themselves.

use crate::{
    Findings, MOST_COLUMNS, MOST_ROWS, Sheet, Take, dates,
    number::Number,
    xlsx::append,
    xml::{Token, Xml, attribute, end_name, name},
    zipped::Archive,
};
use base::{Message, message};
use quick_xml::events::BytesStart;
use std::{collections::HashSet, io::Read};

const CONTENT: &str = "content.xml";

/// Sheets and hidden styles of one file.
const MOST: usize = 65_536;

/// Bytes of a row's texts.
const MOST_ROW_BYTES: usize = 4 << 20;

pub struct Ods {
    archive: Archive,
    pub sheets: Vec<Sheet>,
}

pub fn is_one(archive: &mut Archive) -> Result<bool, Message> {
    let kind = archive.text("mimetype")?.unwrap_or_default();
    Ok(kind.starts_with("application/vnd.oasis.opendocument.spreadsheet"))
}

impl Ods {
    pub fn open(mut archive: Archive) -> Result<Ods, Message> {
        if is_encrypted(&mut archive)? {
            return Err(message!("sheet-encrypted"));
        }
        let sheets = sheets(archive.xml(CONTENT)?)?;
        Ok(Ods { archive, sheets })
    }

    pub fn rows(&mut self, place: usize, take: &mut Take<'_>) -> Result<Findings, Message> {
        let mut xml = self.archive.xml(CONTENT)?;
        let mut before = place;
        loop {
            match xml.next()? {
                Token::Open(tag) if name(&tag) == "table" => match before {
                    0 => break,
                    _ => before -= 1,
                },
                Token::End => return Err(message!("sheet-broken")),
                _ => {}
            }
        }
        Reading::default().all(&mut xml, take)
    }
}

fn is_encrypted(archive: &mut Archive) -> Result<bool, Message> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    if !archive.has(MANIFEST) {
        return Ok(false);
    }
    let mut xml = archive.xml(MANIFEST)?;
    loop {
        match xml.next()? {
            Token::Open(tag) if name(&tag) == "encryption-data" => return Ok(true),
            Token::End => return Ok(false),
            _ => {}
        }
    }
}

/// The sheets by name. Which are hidden is said by their styles, which come first.
fn sheets(mut xml: Xml<impl Read>) -> Result<Vec<Sheet>, Message> {
    let (mut sheets, mut hidden, mut style) = (Vec::new(), HashSet::new(), String::new());
    loop {
        match xml.next()? {
            Token::Open(tag) => match name(&tag) {
                "style" => style = attribute(&tag, "name").unwrap_or_default(),
                "table-properties" if attribute(&tag, "display").as_deref() == Some("false") => {
                    hidden.insert(style.clone());
                }
                "table" => {
                    let is_hidden = attribute(&tag, "style-name").is_some_and(|style| hidden.contains(&style));
                    sheets.push(Sheet { name: attribute(&tag, "name").unwrap_or_default(), is_hidden });
                }
                _ => {}
            },
            Token::End => return Ok(sheets),
            _ => {}
        }
        if sheets.len() > MOST || hidden.len() > MOST {
            return Err(message!("sheet-broken"));
        }
    }
}

#[derive(Default)]
struct Reading {
    findings: Findings,
    row: u64,
    row_repeats: u64,
    cells: Vec<String>,
    column: usize,
    cell: Cell,
    /// Within a remark, whose text is not the cell's.
    remark: usize,
    paragraphs: usize,
    is_text: bool,
}

#[derive(Default)]
struct Cell {
    repeats: usize,
    kind: String,
    value: Option<String>,
    text: String,
}

impl Reading {
    fn all(mut self, xml: &mut Xml<impl Read>, take: &mut Take<'_>) -> Result<Findings, Message> {
        loop {
            match xml.next()? {
                Token::Open(tag) => self.open(&tag)?,
                Token::Close(tag) => match end_name(&tag) {
                    "annotation" => self.remark = self.remark.saturating_sub(1),
                    "p" => self.is_text = false,
                    "table-cell" | "covered-table-cell" => self.end_cell()?,
                    "table-row" if !self.end_row(take)? => return Ok(self.findings),
                    "table" => return Ok(self.findings),
                    _ => {}
                },
                Token::Text(text) if self.is_text && self.remark == 0 => append(&mut self.cell.text, &text)?,
                Token::End => return Err(message!("sheet-broken")),
                _ => {}
            }
        }
    }

    fn open(&mut self, tag: &BytesStart) -> Result<(), Message> {
        let repeats = |name| attribute(tag, name).and_then(|text| text.parse::<u64>().ok()).unwrap_or(1).max(1);
        match name(tag) {
            "table-row" => {
                self.row_repeats = repeats("number-rows-repeated");
                self.row += 1;
                self.cells.clear();
                self.column = 0;
                if self.row > MOST_ROWS {
                    return Err(message!("sheet-broken"));
                }
            }
            "table-cell" | "covered-table-cell" => {
                let value = ["value", "date-value", "time-value", "boolean-value", "string-value"];
                self.cell = Cell {
                    repeats: usize::try_from(repeats("number-columns-repeated")).unwrap_or(usize::MAX),
                    kind: kind(tag),
                    value: value.into_iter().find_map(|name| office(tag, name)),
                    text: String::new(),
                };
                self.paragraphs = 0;
            }
            "annotation" => self.remark += 1,
            "p" if self.remark == 0 => {
                if self.paragraphs > 0 {
                    append(&mut self.cell.text, "\n")?;
                }
                self.paragraphs += 1;
                self.is_text = true;
            }
            "s" if self.is_text && self.remark == 0 => {
                let spaces = usize::try_from(repeats("c")).unwrap_or(1).min(1_000);
                append(&mut self.cell.text, &" ".repeat(spaces))?;
            }
            "tab" if self.is_text => append(&mut self.cell.text, "\t")?,
            "line-break" if self.is_text => append(&mut self.cell.text, "\n")?,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Message> {
        let cell = std::mem::take(&mut self.cell);
        self.is_text = false;
        let repeats = cell.repeats.max(1);
        let place = self.column;
        self.column = self.column.saturating_add(repeats);
        if cell.is_error() {
            self.findings.error_cell(self.row, place);
            return Ok(());
        }
        let text = cell.text();
        if text.is_empty() || place > MOST_COLUMNS {
            return Ok(());
        }
        let end = self.column.min(MOST_COLUMNS + 1);
        let bytes: usize = self.cells.iter().map(String::len).sum();
        if bytes + text.len().saturating_mul(end - place) > MOST_ROW_BYTES {
            return Err(message!("sheet-too-large"));
        }
        self.cells.resize(place, String::new());
        self.cells.resize(end, text);
        Ok(())
    }

    fn end_row(&mut self, take: &mut Take<'_>) -> Result<bool, Message> {
        let last = self.row + self.row_repeats.min(MOST_ROWS) - 1;
        if self.cells.iter().any(|cell| !cell.trim().is_empty()) {
            for row in self.row..=last.min(MOST_ROWS) {
                if !take(row, &self.cells)? {
                    return Ok(false);
                }
            }
        }
        self.row = last;
        Ok(true)
    }
}

/// The kind is an attribute that another name space has too.
fn kind(tag: &BytesStart) -> String {
    office(tag, "value-type").unwrap_or_default()
}

fn office(tag: &BytesStart, name: &str) -> Option<String> {
    tag.attributes().with_checks(false).flatten().find_map(|attribute| {
        let (space, local) = attribute.key.0.split_once(':')?;
        let value = || attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok();
        (local == name && space != "calcext").then(value)?.map(std::borrow::Cow::into_owned)
    })
}

impl Cell {
    /// What a formula that failed shows; LibreOffice calls it a text.
    fn is_error(&self) -> bool {
        let shown = self.text.trim();
        let is_number = self.kind == "float" || self.kind == "string";
        is_number
            && (matches!(shown, "#N/A" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NUM!" | "#NULL!")
                || shown.starts_with("Err:") && shown.len() == 7)
    }

    fn text(&self) -> String {
        let number = || self.value.as_deref().and_then(Number::parse);
        let typed = match self.kind.as_str() {
            "float" | "currency" => number().map(|number| self.digits_shown().unwrap_or_else(|| number.plain())),
            "percentage" => number().map(|number| format!("{}%", number.in_percent().plain())),
            "boolean" => self.value.clone(),
            "date" => self.value.as_deref().and_then(dates::iso),
            "time" => self.value.as_deref().and_then(dates::clock),
            _ => None,
        };
        typed.unwrap_or_else(|| self.text.clone())
    }

    /// The cell's text where it shows the number's own digits in places: `01234`, `+48 600 100 200`, `00-950`.
    fn digits_shown(&self) -> Option<String> {
        let whole = self.value.as_deref().and_then(Number::parse)?.whole_digits()?;
        let digits: String = self.text.chars().filter(char::is_ascii_digit).collect();
        let is_mask = self.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | ' ' | '+' | '/'));
        let pads = digits.len() > whole.len();
        let has_signs = self.text.contains(['-', '(', '+', '/']);
        (is_mask && (pads || has_signs) && digits.trim_start_matches('0') == whole.trim_start_matches('0'))
            .then(|| self.text.clone())
    }
}
