use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::borrow::Cow;

fn workbook(rows: Vec<Vec<Cell<'_>>>) -> Vec<u8> {
    let columns = (0..3).map(|at| Column { name: format!("c{at}"), width: 10 }).collect();
    let mut book = Workbook::new("People & co", columns).unwrap();
    let mut file = Vec::new();
    for row in rows {
        book.row(row.into_iter()).unwrap();
        file.append(&mut book.take());
    }
    file.append(&mut book.finish().unwrap());
    file
}

#[test]
fn what_is_written_reads_back_in_its_type() {
    let money = |text: &str| Cell::Number(text.to_owned(), Cow::Borrowed("#,##0.00\" EUR\""));
    let file = workbook(vec![
        vec![Cell::Text("=1+1".into()), Cell::Empty, Cell::YesNo(true)],
        vec![Cell::Day(date(2026, 11, 22)), Cell::Moment(date(2026, 11, 22).at(14, 30, 5, 0)), money("-1234.50")],
        vec![Cell::Day(date(1815, 12, 10)), Cell::Number("25".to_owned(), "0.00\"%\"".into()), Cell::Empty],
    ]);
    let rows = rows_of(&file, None).unwrap().0;
    let rows: Vec<&str> = rows.iter().map(|(_, row)| row.as_str()).collect();
    assert_eq!(rows, ["c0|c1|c2", "=1+1||true", "2026-11-22|2026-11-22T14:30:05|-1234.5 EUR", "1815-12-10|25"]);
    assert_eq!(opened(&file).unwrap().sheets()[0].name, "People & co");
}

#[test]
fn a_text_too_long_for_a_cell_is_cut_and_a_full_sheet_followed_by_another() {
    let long = "😀".repeat(40_000);
    let rows = rows_of(&workbook(vec![vec![Cell::Text(Cow::Borrowed(&long))]]), None).unwrap().0;
    assert_eq!(rows[1].1.encode_utf16().count(), MOST_CELL_CHARS);
    let full = vec![vec![Cell::YesNo(true)]; usize::try_from(MOST_ROWS).unwrap()];
    let file = workbook(full);
    let book = opened(&file).unwrap();
    assert_eq!(
        book.sheets().iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(),
        ["People & co", "People & co 2"]
    );
    assert_eq!(rows_of(&file, Some("2")).unwrap().0, [(1, "c0|c1|c2".to_owned()), (2, "true".to_owned())]);
}

proptest! {
    #[test]
    fn every_text_comes_back(text in "[\\PC\\x00-\\x1f_xX0-9A-F<&>\"]{1,12}") {
        prop_assume!(!text.trim().is_empty());
        let rows = rows_of(&workbook(vec![vec![Cell::Text(Cow::Borrowed(&text))]]), None).unwrap().0;
        prop_assert_eq!(&rows[1].1, &text);
    }
}
