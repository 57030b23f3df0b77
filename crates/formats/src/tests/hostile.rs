use super::*;
use proptest::prelude::*;

#[test]
fn what_is_no_spreadsheet_is_refused() {
    assert_eq!(refused(b""), "sheet-broken");
    assert_eq!(refused(b"PK\x03\x04 and nothing more"), "sheet-broken");
    assert_eq!(refused(&zipped(&[("readme.txt", "hello")])), "sheet-not-one");
    let word = relations(&[("rId1", "officeDocument", "word/document.xml")]);
    assert_eq!(refused(&zipped(&[("[Content_Types].xml", TYPES), ("_rels/.rels", &word)])), "sheet-not-one");
    let whole = xlsx("<row><c><v>1</v></c></row>", "", "");
    for end in [whole.len() - 1, whole.len() / 2, 100] {
        assert_eq!(refused(&whole[..end]), "sheet-broken", "cut at {end}");
    }
}

#[test]
fn entities_depth_and_endless_texts_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><sheetData/></worksheet>";
    let with_sheet = |sheet: &str| {
        let top = relations(&[("rId1", "officeDocument", "xl/workbook.xml")]);
        let own = relations(&[("rId1", "worksheet", "s.xml")]);
        zipped(&[
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", &top),
            ("xl/workbook.xml", "<workbook><sheets><sheet name=\"x\" r:id=\"rId1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", &own),
            ("xl/s.xml", sheet),
        ])
    };
    assert_eq!(refused(&with_sheet(bomb)), "sheet-broken");
    assert_eq!(refused(&with_sheet("<worksheet><c><v>&b;</v></c></worksheet>")), "sheet-broken");
    assert_eq!(refused(&with_sheet(&"<a>".repeat(1_000))), "sheet-broken");
    assert_eq!(refused(&with_sheet(&format!("<a>{}</a>", "x".repeat(2 << 20)))), "sheet-too-large");
    assert_eq!(refused(&with_sheet(&format!("<a b=\"{}\"/>", "x".repeat(2 << 20)))), "sheet-too-large");
    let zeros = " ".repeat(1_000) + "<b/>";
    let zeros = zeros.repeat(100_000);
    assert_eq!(refused(&with_sheet(&format!("<a>{zeros}</a>"))), "sheet-too-large", "a hundred megabytes from little");
}

#[test]
fn rows_and_columns_beyond_any_sheet_cost_nothing() {
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"ZZZZZZZZZ1\"><v>2</v></c><c r=\"XFD1\"><v>3</v></c></row>";
    let (rows, _) = rows_of(&xlsx(far, "", ""), None).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].1.matches('|').count(), MOST_COLUMNS, "one column more than may be, so that it is seen");
    for row in ["<row r=\"1048577\"/>", "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"1\"/><row r=\"1\"/>"] {
        assert_eq!(refused(&xlsx(row, "", "")), "sheet-broken", "{row}");
    }
    assert_eq!(refused(&xlsx("<row><c t=\"s\"><v>5</v></c></row>", "<si><t>x</t></si>", "")), "sheet-broken");
    let wide = format!(
        "<table:table><table:table-row><table:table-cell table:number-columns-repeated=\"99999999999\" office:value-type=\"string\"><text:p>{}</text:p></table:table-cell></table:table-row></table:table>",
        "x".repeat(10_000)
    );
    assert_eq!(refused(&ods(&wide)), "sheet-too-large");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is changed in a file, it is read or refused.
    #[test]
    fn a_mutated_archive_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>(), is_cut in any::<bool>(), is_ods in any::<bool>()) {
        let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"B2\" s=\"1\"><v>45000</v></c></row>";
        let mut file = match is_ods {
            true => ods("<table:table table:name=\"x\"><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>"),
            false => xlsx(rows, "<si><t>x</t></si>", "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"),
        };
        for (place, byte) in changes {
            let at = place.index(file.len());
            file[at] = byte;
        }
        if is_cut {
            file.truncate(cut.index(file.len()));
        }
        let _ = rows_of(&file, None);
    }

    /// The same for the text inside, where a changed byte does not stop at a checksum.
    #[test]
    fn a_mutated_sheet_is_read_or_refused(at in any::<prop::sample::Index>(), other in "[<>/a-z\"=&;0-9 ]{1,6}", is_ods in any::<bool>()) {
        let spoil = |text: &str| {
            let mut place = at.index(text.len());
            while !text.is_char_boundary(place) { place -= 1; }
            format!("{}{other}{}", &text[..place], &text[place..])
        };
        let rows = "<row r=\"1\" ht=\"5\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>x</t></is></c></row><row r=\"2\"><c r=\"B2\" s=\"1\"><v>45000.5</v></c></row>";
        let table = "<table:table table:name=\"x\"><table:table-row table:number-rows-repeated=\"3\"><table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-22\"><text:p>x<text:s text:c=\"3\"/></text:p></table:table-cell></table:table-row></table:table>";
        let file = if is_ods { ods(&spoil(table)) } else { xlsx(&spoil(rows), "<si><t>x</t></si>", "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>") };
        let _ = rows_of(&file, None);
    }
}
