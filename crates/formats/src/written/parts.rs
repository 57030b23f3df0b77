//! The parts of a workbook around its rows.

use super::{Column, MOST_CELL_CHARS};
use std::{borrow::Cow, fmt::Write};

pub const DAY: &str = "yyyy\\-mm\\-dd";
pub const MOMENT: &str = "yyyy\\-mm\\-dd\\ hh:mm:ss";

/// Style 0 is plain, 1 the header's.
pub const FIRST_FORMAT: usize = 2;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The beginning of a sheet: the header stays in sight, columns are wide enough.
pub fn sheet_head(out: &mut String, columns: &[Column]) {
    let view = "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
                activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>";
    let _ = write!(out, "{DECLARATION}<worksheet xmlns=\"{MAIN}\">{view}<cols>");
    for (at, column) in columns.iter().enumerate() {
        let (at, width) = (at + 1, column.width.clamp(4, 100));
        let _ = write!(out, "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    out.push_str("</cols><sheetData><row r=\"1\">");
    for (at, column) in columns.iter().enumerate() {
        text_cell(out, &format!("<c r=\"{}1\" s=\"1\"", crate::column_name(at)), &column.name);
    }
    out.push_str("</row>");
}

/// A text in its cell; what is too long for one is cut, with three dots as a sign of it.
pub fn text_cell(out: &mut String, place: &str, text: &str) {
    out.push_str(place);
    out.push_str(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    if text.len() > MOST_CELL_CHARS && text.encode_utf16().count() > MOST_CELL_CHARS {
        let mut units = 0;
        let kept: String = text
            .chars()
            .take_while(|c| {
                units += c.len_utf16();
                units < MOST_CELL_CHARS
            })
            .collect();
        escaped(out, &kept);
        out.push('…');
    } else {
        escaped(out, text);
    }
    out.push_str("</t></is></c>");
}

/// What XML cannot hold is written `_x000D_`, and so is what looks like that.
fn escaped(out: &mut String, text: &str) {
    let is_plain = |c: u8| c >= b' ' && !matches!(c, b'<' | b'>' | b'&' | b'_' | 0xEF);
    if text.bytes().all(is_plain) {
        return out.push_str(text);
    }
    for (at, c) in text.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "_x{:04X}_", u32::from(c));
            }
            '_' if looks_escaped(text.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            c => out.push(c),
        }
    }
}

fn looks_escaped(text: &str) -> bool {
    let code = text.get(2..6).is_some_and(|code| code.bytes().all(|c| c.is_ascii_hexdigit()));
    text.starts_with("_x") && code && text.get(6..7) == Some("_")
}

/// All parts but the sheets, each with its name.
pub fn all(title: &str, sheets: usize, formats: &[Cow<'_, str>]) -> Vec<(String, String)> {
    let top = relation(1, "officeDocument", "xl/workbook.xml");
    let relations = |inside: &str| {
        format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{inside}</Relationships>")
    };
    let own: String = (1..=sheets).map(|at| relation(at, "worksheet", &format!("worksheets/sheet{at}.xml"))).collect();
    let own = own + &relation(sheets + 1, "styles", "styles.xml");
    [
        ("xl/styles.xml", styles(formats)),
        ("xl/workbook.xml", workbook(title, sheets)),
        ("xl/_rels/workbook.xml.rels", relations(&own)),
        ("_rels/.rels", relations(&top)),
        ("[Content_Types].xml", types(sheets)),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .to_vec()
}

fn relation(id: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
}

fn workbook(title: &str, sheets: usize) -> String {
    let title: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(25).collect();
    let mut tabs = String::new();
    for at in 1..=sheets {
        tabs.push_str("<sheet name=\"");
        escaped(&mut tabs, &title.replace('"', ""));
        if at > 1 {
            let _ = write!(tabs, " {at}");
        }
        let _ = write!(tabs, "\" sheetId=\"{at}\" r:id=\"rId{at}\"/>");
    }
    let views = "<bookViews><workbookView/></bookViews>";
    format!("{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{views}<sheets>{tabs}</sheets></workbook>")
}

fn types(sheets: usize) -> String {
    let part =
        |name: &str, kind: &str| format!("<Override PartName=\"/xl/{name}.xml\" ContentType=\"{TYPE}.{kind}+xml\"/>");
    let each = (1..=sheets).map(|at| part(&format!("worksheets/sheet{at}"), "worksheet"));
    let all: String = each.chain([part("workbook", "sheet.main"), part("styles", "styles")]).collect();
    let rels = "application/vnd.openxmlformats-package.relationships+xml";
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"{rels}\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{all}</Types>"
    )
}

fn styles(formats: &[Cow<'_, str>]) -> String {
    // Numbers below belong to the formats that have no code.
    const FIRST_OWN: usize = 164;
    let (mut codes, mut cells) = (String::new(), String::new());
    for (at, code) in formats.iter().enumerate() {
        let mut text = String::new();
        escaped(&mut text, code);
        let (id, text) = (FIRST_OWN + at, text.replace('"', "&quot;"));
        let _ = write!(codes, "<numFmt numFmtId=\"{id}\" formatCode=\"{text}\"/>");
        let _ = write!(
            cells,
            "<xf numFmtId=\"{id}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        );
    }
    let font = "<sz val=\"11\"/><name val=\"Calibri\"/>";
    let plain = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"";
    format!(
        "{DECLARATION}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{}\">{codes}</numFmts>\
         <fonts count=\"2\"><font>{font}</font><font><b/>{font}</font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\">{plain}/></cellStyleXfs>\
         <cellXfs count=\"{}\">{plain} xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>{cells}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
        formats.len(),
        formats.len() + FIRST_FORMAT
    )
}
