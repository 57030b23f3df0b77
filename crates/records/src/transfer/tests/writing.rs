//! What is written is read back the same, opens in a spreadsheet without running, and can be mended and imported.

use super::*;
use crate::{
    field::{Field, Kind},
    fields::{self, Objects, Reading},
    value::{Address, Link, Money, Value},
};
use base::Id;
use encoding_rs::UTF_8;
use proptest::prelude::*;
use std::sync::Arc;

fn objects() -> Objects {
    Objects::new([(1, "contacts"), (90, "users")].into_iter())
}

fn reading() -> Reading {
    Reading {
        country: "PL".into(),
        record_country: None,
        national_ids: false,
        currency: "EUR".into(),
        zone: jiff::tz::TimeZone::UTC,
        dates: None,
        decimal_comma: false,
        round: false,
        objects: Arc::new(objects()),
        patterns: Arc::default(),
    }
}

fn export_fields() -> Vec<Field> {
    let relation = Field { target: Some(crate::field::Target::default()), ..Field::new("about", Kind::Relation) };
    vec![
        Field::new("name", Kind::Text),
        Field::new("note", Kind::LongText),
        Field { many: true, ..Field::new("tags", Kind::Text) },
        Field::new("amount", Kind::Money),
        Field::new("count", Kind::Integer),
        Field::new("share", Kind::Percent),
        Field::new("phone", Kind::Phone),
        Field::new("address", Kind::Address),
        Field::new("owner", Kind::User),
        relation,
    ]
}

/// A text as the store holds it: trimmed and composed, and sometimes meant ill.
fn any_text() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => "[a-zŁ'=+@,;\"-]{1,8}",
        1 => "['=+@＝-]{1,4}[0-9(]{0,3}",
        1 => "\\PC{1,20}",
    ]
    .prop_filter_map("texts are clean", |text| fields::from_text(&Field::new("x", Kind::Text), &text, &reading()).ok())
}

fn any_row() -> impl Strategy<Value = Vec<Value>> {
    let note = "[a-z=\n\t ,;\"']{1,12}".prop_filter_map("texts are clean", |text| {
        fields::from_text(&Field::new("x", Kind::LongText), &text, &reading()).ok()
    });
    let tags = prop::collection::vec(any_text(), 0..4).prop_map(|tags| {
        let mut kept: Vec<Value> = Vec::new();
        for tag in tags {
            if !tag.is_empty() && !kept.contains(&tag) {
                kept.push(tag);
            }
        }
        if kept.is_empty() { Value::Empty } else { Value::Many(kept) }
    });
    let number = -base::decimal::LIMIT..=base::decimal::LIMIT;
    let money = (number.clone(), prop::sample::select(vec!["EUR", "JPY", "TND"]))
        .prop_map(|(minor, currency)| Value::Money(Money { minor, currency: currency.into(), base: None }));
    let phone = "\\+48[1-9]2[0-9]{7}".prop_map(Value::Text);
    let address = ("[a-z=]{1,5};?[a-z]{1,3}", "[a-zŁ=\"]{1,5}").prop_map(|(street, city)| {
        Value::Address(Box::new(Address { street: Some(street), city: Some(city), ..Address::default() }))
    });
    let link = |object: i64| (0..i64::MAX).prop_map(move |id| Value::Link(Link::to(object, Id(id))));
    let int = || number.clone().prop_map(Value::Int);
    let values = (any_text(), note, tags, money, int(), int(), phone, address, link(90), link(1));
    (values, any::<u16>()).prop_map(|((a, b, c, d, e, f, g, h, i, j), kept)| {
        let mut row = vec![a, b, c, d, e, f, g, h, i, j];
        for (at, value) in row.iter_mut().enumerate() {
            if kept >> at & 1 == 0 {
                *value = Value::Empty;
            }
        }
        row
    })
}

fn written(rows: &[Vec<Value>], delimiter: u8) -> Vec<u8> {
    let fields = export_fields();
    let mut writer = CsvWriter::new(delimiter, true);
    writer.texts(fields.iter().map(|field| field.name.as_str()));
    for row in rows {
        writer.values(fields.iter().zip(row), &objects());
    }
    writer.take()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn an_export_reads_back_as_the_same_values(
        rows in prop::collection::vec(any_row(), 0..4), delimiter in prop::sample::select(vec![b',', b';', b'\t']),
    ) {
        let file = written(&rows, delimiter);
        let seen = read(format(UTF_8, delimiter), &file);
        prop_assert_eq!(seen.len(), rows.len() + 1);
        for (row, seen) in rows.iter().zip(cells(&seen).into_iter().skip(1)) {
            let back: Vec<Value> = export_fields()
                .iter()
                .zip(seen)
                .map(|(field, cell)| fields::from_text(field, cell, &reading()).unwrap())
                .collect();
            prop_assert_eq!(&back, row);
        }
    }

    #[test]
    fn no_cell_of_an_export_is_a_formula(row in any_row()) {
        let file = written(&[row], b',');
        // An independent reader, which knows no guard.
        let mut reader = ::csv::Reader::from_reader(file.as_slice());
        for (field, cell) in export_fields().iter().zip(reader.records().next().unwrap().unwrap().iter()) {
            let is_number = cell.parse::<f64>().is_ok() && matches!(field.kind, Kind::Integer | Kind::Percent);
            prop_assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']), "{}", cell);
        }
    }

    #[test]
    fn an_independent_reader_sees_the_same_cells(rows in prop::collection::vec(prop::collection::vec("([a-z;\" ][a-z,;\"\n\r ]{0,4})?", 2..3), 1..5)) {
        let mut writer = CsvWriter::new(b';', false);
        for row in &rows {
            writer.texts(row.iter().map(String::as_str));
        }
        let file = writer.take();
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).delimiter(b';').from_reader(file.as_slice());
        let seen: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(seen, rows);
    }
}

#[test]
fn numbers_stay_numbers_and_phones_are_guarded() {
    let row = [Value::Text("=1".into()), Value::Empty, Value::Empty, Value::Empty, Value::Int(-5)];
    let mut row = row.to_vec();
    row.extend([Value::Int(-125_000), Value::Text("+48123456789".into()), Value::Empty, Value::Empty, Value::Empty]);
    let file = String::from_utf8(written(&[row], b',')).unwrap();
    assert_eq!(file.lines().nth(1), Some("'=1,,,,-5,-12.5000,'+48123456789,,,"));
}

#[test]
fn a_row_of_one_empty_cell_is_a_row() {
    let field = Field::new("name", Kind::Text);
    let mut writer = CsvWriter::new(b',', false);
    writer.values([(&field, &Value::Empty)].into_iter(), &objects());
    writer.values([(&field, &Value::Text("a".into()))].into_iter(), &objects());
    assert_eq!(cells(&read(format(UTF_8, b','), &writer.take())), [[""], ["a"]]);
}

#[test]
fn ndjson_is_one_object_a_line() {
    let (name, amount) = (Field::new("na\"me", Kind::Text), Field::new("amount", Kind::Money));
    let money = Value::Money(Money { minor: 125, currency: "EUR".into(), base: Some(125) });
    let mut writer = NdjsonWriter::new();
    writer.values([(&name, &Value::Text("a\nb".into())), (&amount, &money)].into_iter(), &objects());
    writer.values([(&name, &Value::Empty)].into_iter(), &objects());
    let lines =
        concat!(r#"{"na\"me":"a\nb","amount":{"amount":"1.25","currency":"EUR"}}"#, "\n", r#"{"na\"me":null}"#, "\n");
    assert_eq!(writer.pending_bytes(), lines.len());
    assert_eq!(String::from_utf8(writer.take()).unwrap(), lines);
}

#[test]
fn an_error_file_is_imported_once_it_is_mended() {
    let file = b"name,error\n=Jan,a\n\xff,b\nAnna,c\n";
    let mut rows = Rows::new(format(UTF_8, b','), Start::default());
    rows.feed(file);
    rows.finish();
    let header = Header::read(rows.next()).unwrap();
    let mut errors = ErrorFile::new(&header, b';');
    let both = [RowError { field: "name", sentence: "too; bad" }, RowError { field: "", sentence: "sad" }];
    let row = rows.next().unwrap();
    errors.row(row.number, Some(&row.cells.unwrap()), &both);
    errors.row(rows.next().unwrap().number, None, &both[1..]);
    let written = errors.take();
    let text = "\u{feff}name;error;row;field;_error\r\n'=Jan;a;2;name;\"too; bad; sad\"\r\n;;3;;sad\r\n";
    assert_eq!(String::from_utf8(written.clone()).unwrap(), text);

    let plain = "name\nJan\n".as_bytes();
    let mut rows = Rows::new(format(UTF_8, b','), Start::default());
    rows.feed(plain);
    let header = Header::read(rows.next()).unwrap();
    let mut errors = ErrorFile::new(&header, b',');
    let row = rows.next().unwrap();
    errors.row(row.number, Some(&row.cells.unwrap()), &both[1..]);
    let mut again = Rows::new(format(UTF_8, b','), Start::default());
    again.feed(&errors.take());
    let header = Header::read(again.next()).unwrap();
    assert_eq!(header.names(), ["name"], "the remarks are no columns");
    let row = again.next().unwrap().cells.unwrap();
    assert_eq!((row.get(0), header.check(&row)), (Some("Jan"), Ok(())));
}
