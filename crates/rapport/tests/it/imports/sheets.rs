//! Spreadsheets brought in: what a person sees in a cell is what the record gets, and rows keep their numbers.

use super::{
    upload::{counts, error_lines, import, send},
    written::nothing_is_left,
};
use serde_json::json;
use std::io::{Cursor, Write};
use testing::on_both;
use zip::{ZipWriter, write::SimpleFileOptions};

pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of these sheets, each with its rows.
pub fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    let relation = |id: usize, kind: &str, target: &str| {
        format!("<Relationship Id=\"r{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let (mut tabs, mut own, mut parts) = (String::new(), relation(0, "styles", "styles.xml"), Vec::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        let id = at + 1;
        tabs.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"r{id}\"/>"));
        own.push_str(&relation(id, "worksheet", &format!("s{id}.xml")));
        parts.push((format!("xl/s{id}.xml"), format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")));
    }
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{tabs}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{own}</Relationships>")));
    let top = relation(1, "officeDocument", "xl/workbook.xml");
    parts.push(("_rels/.rels".to_owned(), format!("<Relationships>{top}</Relationships>")));
    parts.push(("[Content_Types].xml".to_owned(), "<Types/>".to_owned()));
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"00\\-000\"/></numFmts><cellXfs><xf/>\
                  <xf numFmtId=\"14\"/><xf numFmtId=\"200\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>";
    parts.push(("xl/styles.xml".to_owned(), styles.to_owned()));
    archive(&parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// A row of texts.
pub fn texts(number: u64, cells: &[&str]) -> String {
    let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    format!("<row r=\"{number}\">{}</row>", cells.iter().map(cell).collect::<String>())
}

fn people() -> Vec<u8> {
    let rows = [
        texts(3, &["Nazwisko", "E-mail", "", "Data urodzenia", "Kod pocztowy", "Telefon", "Miasto"]),
        "<row r=\"5\"><c r=\"A5\" t=\"str\"><v>Żądło</v></c><c r=\"B5\" t=\"str\"><v>z@example.com</v></c><c r=\"C5\"><v>7</v></c>\
         <c r=\"D5\" s=\"1\"><v>32907</v></c><c r=\"E5\" s=\"2\"><v>950</v></c><c r=\"F5\"><v>48600100200</v></c>\
         <c r=\"G5\" t=\"e\"><v>#N/A</v></c></row>"
            .to_owned(),
        texts(7, &["Bad", "no address"]),
        texts(9, &["=1+1", "b@example.com", "", "1990-02-03"]),
    ];
    xlsx(&[("People", &rows.concat()), ("More", &texts(1, &["last_name"]))])
}

on_both!(a_spreadsheet_is_taken_as_people_see_it, |app| {
    let operator = app.operator();
    let done = import(&app, &operator, "contacts", &people(), &json!({})).await;
    assert_eq!(counts(&done), [2, 0, 0, 1], "{done}");
    assert_eq!((&done["format"], &done["sheet"], &done["rows"]), (&json!("xlsx"), &json!("People"), &json!(6)));
    assert!(done["warnings"][0].as_str().unwrap().contains("G5"), "{done}");
    let asked = [("sort", "-last_name"), ("fields", "last_name,birth_date,postcode,phone,city")];
    let listed = operator.ask("/records/contacts", &asked).await;
    assert_eq!(listed.column("last_name"), ["Żądło", "=1+1"]);
    assert_eq!(listed.column("birth_date"), ["1990-02-03", "1990-02-03"]);
    assert_eq!(listed.column("postcode")[0], "00-950");
    assert_eq!(listed.column("phone")[0], "+48600100200");
    assert_eq!(listed.column("city")[0], serde_json::Value::Null, "an error is no city");
    let errors = error_lines(&operator, &done).await;
    assert!(errors[1].starts_with("Bad,no address,") && errors[1].contains(",7,email,"), "{errors:?}");
    let mended = errors.join("\r\n").replace("no address", "mended@example.com");
    let done = import(&app, &operator, "contacts", mended.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [1, 0, 0, 0], "{done}");
});

on_both!(a_sheet_is_asked_for_by_name_or_number, |app| {
    let operator = app.operator();
    let file = xlsx(&[("A", &texts(1, &["what"])), ("Ludzie", &(texts(1, &["last_name"]) + &texts(2, &["Nowak"])))]);
    for sheet in ["Ludzie", "2"] {
        let done = import(&app, &operator, "contacts", &file, &json!({"sheet": sheet, "dry_run": true})).await;
        assert_eq!(counts(&done), [1, 0, 0, 0], "{sheet}: {done}");
    }
    let reply = send(&operator, "contacts", &file, &json!({"sheet": "Nobody"})).await;
    assert_eq!((reply.status, reply.first_error()), (422, ("sheet".to_owned(), "sheet-unknown".to_owned())));
    let reply = send(&operator, "contacts", b"last_name\nx\n", &json!({"sheet": "1"})).await;
    assert_eq!((reply.status, reply.first_error()), (422, ("sheet".to_owned(), "sheet-none".to_owned())));
    nothing_is_left(&app).await;
});

on_both!(an_open_document_is_taken_too, |app| {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let content = format!(
        "<office:document-content><table:table table:name=\"Osoby\"><table:table-row>{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
         <table:table-row>{}<table:table-cell office:value-type=\"date\" office:date-value=\"1990-02-03\"><text:p>3.2.90</text:p>\
         </table:table-cell></table:table-row></table:table></office:document-content>",
        cell("Nume"),
        cell("Data nașterii"),
        cell("Țepeș")
    );
    let file = archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]);
    let operator = app.operator();
    let done = import(&app, &operator, "contacts", &file, &json!({})).await;
    assert_eq!((counts(&done), &done["format"]), ([1, 0, 0, 0], &json!("ods")), "{done}");
    let listed = operator.get("/records/contacts?fields=last_name,birth_date").await;
    assert_eq!(
        (listed.column("last_name"), listed.column("birth_date")),
        (vec![json!("Țepeș")], vec![json!("1990-02-03")])
    );
});

on_both!(spreadsheets_that_cannot_be_read_are_refused_whole, |app| {
    let operator = app.operator();
    let whole = people();
    let wide = format!("<row r=\"1\"><c r=\"XFD1048576\" t=\"str\"><v>x</v></c></row>{}", texts(2, &["x"]));
    for (what, file, code) in [
        ("cut off", whole[..whole.len() / 2].to_vec(), "sheet-broken"),
        ("old or encrypted", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on".to_vec(), "sheet-encrypted"),
        ("another archive", archive(&[("a.txt", "x")]), "sheet-not-one"),
        ("entities", xlsx(&[("A", "&bomb;")]), "sheet-broken"),
        ("empty", xlsx(&[("A", "")]), "file-empty"),
        ("too wide", xlsx(&[("A", &wide)]), "file-too-many-columns"),
        ("a name twice", xlsx(&[("A", &texts(1, &["last_name", "last_name"]))]), "file-column-twice"),
    ] {
        let reply = send(&operator, "contacts", &file, &json!({})).await;
        assert_eq!((reply.status, reply.first_error()), (422, ("file".to_owned(), code.to_owned())), "{what}");
    }
    nothing_is_left(&app).await;
});
