//! Spreadsheets as programs write them, and as nobody should.

mod cards;
mod hostile;
mod numbers;
mod odses;
mod writing;
mod xlsxes;

use super::*;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// An archive of the given parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn opened(file: &[u8]) -> Result<Book, Message> {
    Book::open(Box::new(Cursor::new(file.to_vec())))
}

/// The rows of a sheet, cells with bars between them.
fn rows_of(file: &[u8], sheet: Option<&str>) -> Result<(Vec<(u64, String)>, Findings), Message> {
    let mut book = opened(file)?;
    let place = book.place(sheet)?;
    let mut rows = Vec::new();
    let findings = book.rows(place, &mut |row, cells| {
        rows.push((row, cells.join("|")));
        Ok(true)
    })?;
    Ok((rows, findings))
}

fn refused(file: &[u8]) -> &'static str {
    rows_of(file, None).expect_err("the file was read").code
}

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="x"><Default Extension="xml" ContentType="application/xml"/></Types>"#;

fn relations(all: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!(r#"<Relationship Id="{id}" Type="http://r/{kind}" Target="{target}"/>"#)
    };
    format!("<Relationships>{}</Relationships>", all.iter().map(one).collect::<String>())
}

/// A workbook with one sheet of the given rows.
fn xlsx(rows: &str, strings: &str, formats: &str) -> Vec<u8> {
    xlsx_with(r#"<workbookPr/>"#, rows, strings, formats)
}

fn xlsx_with(properties: &str, rows: &str, strings: &str, formats: &str) -> Vec<u8> {
    let workbook = format!(
        r#"<workbook xmlns:r="r">{properties}<sheets><sheet name="Old" sheetId="1" state="hidden" r:id="rId2"/>
        <sheet name="People" sheetId="2" r:id="rId1"/></sheets></workbook>"#
    );
    let top = relations(&[("rId1", "officeDocument", "xl/workbook.xml")]);
    let own = relations(&[
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
        ("rId3", "sharedStrings", "sharedStrings.xml"),
        ("rId4", "styles", "styles.xml"),
    ]);
    let sheet = format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>");
    let hidden = "<worksheet><sheetData><row><c t=\"str\"><v>gone</v></c></row></sheetData></worksheet>";
    zipped(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", &top),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &own),
        ("xl/sharedStrings.xml", &format!("<sst>{strings}</sst>")),
        ("xl/styles.xml", &format!("<styleSheet>{formats}</styleSheet>")),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/worksheets/sheet2.xml", hidden),
    ])
}

/// A spreadsheet of LibreOffice with these tables.
fn ods(content: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &format!("<office:document-content>{content}</office:document-content>")),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
    ])
}
