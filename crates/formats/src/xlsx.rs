//! XLSX (ISO/IEC 29500): the workbook's sheets, its formats and its texts. The cells are read in `xlsx/cells.rs`.

mod cells;

pub use cells::append;

use crate::{
    Findings, Sheet, Take,
    dates::Since,
    shown::Shown,
    strings::Strings,
    xml::{Token, attribute, end_name, name},
    zipped::Archive,
};
use base::{Message, message};
use std::collections::HashMap;

pub struct Xlsx {
    archive: Archive,
    pub sheets: Vec<Sheet>,
    /// The part of each sheet.
    parts: Vec<String>,
    since: Since,
    workbook: String,
    relations: HashMap<String, Relation>,
}

struct Relation {
    kind: String,
    part: String,
}

/// The most sheets, and the most formats of a workbook.
const MOST: usize = 65_536;

impl Xlsx {
    pub fn open(mut archive: Archive) -> Result<Xlsx, Message> {
        if archive.has("EncryptedPackage") {
            return Err(message!("sheet-encrypted"));
        }
        let top = relations(&mut archive, "")?;
        let workbook = top.values().find(|relation| relation.kind.ends_with("/officeDocument"));
        let workbook = workbook.map_or("xl/workbook.xml", |relation| relation.part.as_str()).to_owned();
        // XLSB keeps the workbook as bytes; DOCX and PPTX have no workbook.
        if !workbook.ends_with(".xml") || !workbook.contains("workbook") {
            return Err(message!("sheet-not-one"));
        }
        let relations = relations(&mut archive, &workbook)?;
        let mut book =
            Xlsx { archive, sheets: Vec::new(), parts: Vec::new(), since: Since::default(), workbook, relations };
        book.read_workbook()?;
        Ok(book)
    }

    fn read_workbook(&mut self) -> Result<(), Message> {
        let mut xml = self.archive.xml(&self.workbook)?;
        loop {
            match xml.next()? {
                Token::Open(tag) if name(&tag) == "workbookPr" => {
                    if matches!(attribute(&tag, "date1904").as_deref(), Some("1" | "true")) {
                        self.since = Since::Year1904;
                    }
                }
                Token::Open(tag) if name(&tag) == "sheet" => {
                    let title = attribute(&tag, "name").unwrap_or_default();
                    let state = attribute(&tag, "state");
                    let relation = attribute(&tag, "id").and_then(|id| self.relations.get(&id));
                    // Charts and macros have tabs too, and no cells.
                    let Some(relation) = relation.filter(|relation| relation.kind.ends_with("/worksheet")) else {
                        continue;
                    };
                    if self.sheets.len() == MOST {
                        return Err(message!("sheet-broken"));
                    }
                    self.sheets.push(Sheet { name: title, is_hidden: state.is_some_and(|state| state != "visible") });
                    self.parts.push(relation.part.clone());
                }
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    pub fn rows(&mut self, place: usize, take: &mut Take<'_>) -> Result<Findings, Message> {
        let formats = match self.part("/styles") {
            Some(part) => formats(&mut self.archive, &part)?,
            None => Vec::new(),
        };
        let mut strings = Strings::default();
        if let Some(part) = self.part("/sharedStrings") {
            read_strings(&mut self.archive, &part, &mut strings)?;
        }
        let part = self.parts.get(place).ok_or_else(|| message!("sheet-broken"))?;
        let xml = self.archive.xml(part)?;
        cells::read(xml, &formats, self.since, &mut strings, take)
    }

    fn part(&self, kind: &str) -> Option<String> {
        let relation = self.relations.values().find(|relation| relation.kind.ends_with(kind))?;
        self.archive.has(&relation.part).then(|| relation.part.clone())
    }
}

/// What a part refers to, by the names that it uses.
fn relations(archive: &mut Archive, part: &str) -> Result<HashMap<String, Relation>, Message> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let mut xml = archive.xml(&format!("{folder}{slash}_rels/{file}.rels"))?;
    let mut relations = HashMap::new();
    loop {
        match xml.next()? {
            Token::Open(tag) if name(&tag) == "Relationship" => {
                let get = |name: &str| attribute(&tag, name).unwrap_or_default();
                if relations.len() == MOST {
                    return Err(message!("sheet-broken"));
                }
                relations.insert(get("Id"), Relation { kind: get("Type"), part: resolved(folder, &get("Target")) });
            }
            Token::End => return Ok(relations),
            _ => {}
        }
    }
}

/// A target seen from a folder: `worksheets/sheet1.xml`, `../x.xml`, `/xl/worksheets/sheet1.xml`.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// How the numbers of each style are shown.
fn formats(archive: &mut Archive, part: &str) -> Result<Vec<Shown>, Message> {
    let mut xml = archive.xml(part)?;
    let (mut own, mut formats, mut in_cells) = (HashMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Token::Open(tag) => {
                let number = |name: &str| attribute(&tag, name).and_then(|text| text.parse::<u64>().ok());
                match name(&tag) {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (number("numFmtId"), attribute(&tag, "formatCode")) {
                            own.insert(id, Shown::from_code(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = number("numFmtId").unwrap_or(0);
                        formats.push(own.get(&id).cloned().unwrap_or_else(|| Shown::built_in(id)));
                    }
                    _ => {}
                }
            }
            Token::Close(tag) if end_name(&tag) == "cellXfs" => in_cells = false,
            Token::End => return Ok(formats),
            _ => {}
        }
        if own.len() > MOST || formats.len() > MOST {
            return Err(message!("sheet-broken"));
        }
    }
}

/// The texts that cells share; how they read aloud, which stands beside some in Japanese, is left out.
fn read_strings(archive: &mut Archive, part: &str, strings: &mut Strings) -> Result<(), Message> {
    let mut xml = archive.xml(part)?;
    let (mut text, mut is_text, mut aloud) = (String::new(), false, 0_usize);
    loop {
        match xml.next()? {
            Token::Open(tag) => match name(&tag) {
                "si" => text.clear(),
                "t" => is_text = aloud == 0,
                "rPh" => aloud += 1,
                _ => {}
            },
            Token::Close(tag) => match end_name(&tag) {
                "si" => strings.push(&cells::unescaped(&text))?,
                "t" => is_text = false,
                "rPh" => aloud = aloud.saturating_sub(1),
                _ => {}
            },
            Token::Text(part) if is_text => append(&mut text, &part)?,
            Token::End => return Ok(()),
            _ => {}
        }
    }
}
