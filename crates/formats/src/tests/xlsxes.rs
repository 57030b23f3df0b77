use super::*;

const FORMATS: &str = r##"<numFmts><numFmt numFmtId="164" formatCode="00\-000"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs>"##;

#[test]
fn cells_of_every_type_become_texts() {
    let rows = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>Łódź &amp; more</t></is></c></row>
        <row r="5" spans="1:9"><c r="A5" t="s"><v>1</v></c><c r="B5"><v>0.30000000000000004</v></c><c r="C5" s="1"><v>45000</v></c>
        <c r="D5" s="2"><v>45000.5</v></c><c r="E5" s="3"><v>0.25</v></c><c r="F5" s="4"><v>950</v></c><c r="G5" t="b"><v>1</v></c>
        <c r="H5" t="str"><f>A1&amp;B1</f><v>two_x000D_
lines</v></c><c r="I5" t="d"><v>2026-11-22T10:30:00</v></c></row>
        <row r="6"><c r="A6" t="e"><v>#N/A</v></c><c r="B6"/></row><row><c><v>7</v></c><c t="str"><v>8</v></c></row>"#;
    let strings = r#"<si><t xml:space="preserve"> Name </t></si><si><r><t>Ol</t></r><r><rPr/><t>ga</t></r><rPh><t>o</t></rPh></si>"#;
    let (rows, findings) = rows_of(&xlsx(rows, strings, FORMATS), None).unwrap();
    assert_eq!(
        rows,
        [
            (2, " Name ||Łódź & more".to_owned()),
            (5, "Olga|0.3|2023-03-15|2023-03-15T12:00:00|25%|00-950|true|two\r\nlines|2026-11-22T10:30:00".to_owned()),
            (7, "7|8".to_owned()),
        ]
    );
    assert_eq!(findings, Findings { error_cells: 1, first_error_cell: Some("A6".to_owned()), ..Findings::default() });
}

#[test]
fn sheets_are_found_by_name_and_number_and_hidden_ones_only_so() {
    let file = xlsx("<row><c t=\"str\"><v>here</v></c></row>", "", "");
    let book = opened(&file).unwrap();
    assert_eq!(book.format(), "xlsx");
    assert_eq!(
        book.sheets().iter().map(|sheet| (sheet.name.as_str(), sheet.is_hidden)).collect::<Vec<_>>(),
        [("Old", true), ("People", false)]
    );
    for (asked, found) in [(None, "here"), (Some("2"), "here"), (Some("People"), "here"), (Some("Old"), "gone")] {
        assert_eq!(rows_of(&file, asked).unwrap().0, [(1, found.to_owned())], "{asked:?}");
    }
    for asked in ["3", "0", "people", "-1"] {
        assert_eq!(book.place(Some(asked)).unwrap_err().code, "sheet-unknown", "{asked}");
    }
}

#[test]
fn a_file_of_an_old_mac_counts_from_1904() {
    let rows = "<row><c s=\"1\"><v>43538</v></c></row>";
    let file = xlsx_with("<workbookPr date1904=\"1\"/>", rows, "", FORMATS);
    assert_eq!(rows_of(&file, None).unwrap().0, [(1, "2023-03-15".to_owned())]);
}

#[test]
fn reading_ends_where_nobody_wants_more() {
    let mut book = opened(&xlsx(&"<row><c><v>1</v></c></row>".repeat(50), "", "")).unwrap();
    let mut seen = 0;
    book.rows(1, &mut |_, _| {
        seen += 1;
        Ok(seen < 3)
    })
    .unwrap();
    assert_eq!(seen, 3);
}

#[test]
fn many_shared_texts_are_found_again() {
    let mut strings = strings::Strings::default();
    let text = |at: usize| format!("{at} {}", "x".repeat(at % 300));
    for at in 0..300_000 {
        strings.push(&text(at)).unwrap();
    }
    for at in [0, 1, 299_999, 150_000, 150_001, 250_000, 17, 299_998] {
        assert_eq!(strings.get(at).unwrap(), text(at));
    }
    assert!(strings.get(300_000).is_err());
}

#[test]
fn columns_are_called_as_in_the_sheet() {
    for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
        assert_eq!(column_name(column), name);
    }
}
