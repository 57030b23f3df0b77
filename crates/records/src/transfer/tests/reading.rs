//! Rows out of bytes: all encodings, all ways to cut a file into pieces, and files that are broken or hostile.

use super::*;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250};
use proptest::prelude::*;

fn utf8() -> Format {
    format(UTF_8, b',')
}

/// The bytes of a text in UTF-16, with a mark.
fn utf16(text: &str, little: bool) -> Vec<u8> {
    let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn quotes_line_breaks_and_blank_lines_are_read_as_spreadsheets_mean_them() {
    let file = "name,note\r\n\"Ko\"\"wal, Jan\",\"two\nlines\"\n\n\r\n\"\",\nlast,'=1+1";
    let seen = read(utf8(), file.as_bytes());
    assert_eq!(
        cells(&seen),
        [vec!["name", "note"], vec!["Ko\"wal, Jan", "two\nlines"], vec!["", ""], vec!["last", "=1+1"]]
    );
    assert_eq!(seen.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(seen.last().unwrap().1, file.len() as u64);
    for file in ["sep=,\r\na,b\n", "sep=;\r\na,b\n", "\u{feff}sep=,\na,b\n"] {
        let seen = read(utf8(), file.as_bytes());
        assert_eq!((cells(&seen), seen[0].0), (vec![vec!["a", "b"]], 1), "{file:?}");
    }
    assert_eq!(read(utf8(), b""), []);
    assert_eq!(read(utf8(), b"\n\r\n\r"), []);
}

#[test]
fn files_of_every_encoding_say_the_same() {
    let text = "imię,miasto\nŁucja,Łódź\nȘtefan,Iași 🎉\n";
    let expected = [vec!["imię", "miasto"], vec!["Łucja", "Łódź"], vec!["Ștefan", "Iași 🎉"]];
    let marked = format!("\u{feff}{text}");
    for (encoding, file) in [
        (UTF_8, text.as_bytes().to_vec()),
        (UTF_8, marked.into_bytes()),
        (UTF_16LE, utf16(text, true)),
        (UTF_16BE, utf16(text, false)),
    ] {
        let seen = read(format(encoding, b','), &file);
        assert_eq!(cells(&seen), expected, "{}", encoding.name());
        // The last row ends before its line break.
        let line_break = if encoding == UTF_8 { 1 } else { 2 };
        assert!(file.len() as u64 - seen.last().unwrap().1 <= line_break);
    }
    let file = WINDOWS_1250.encode("imię;miasto\nŁucja;\"Łódź; żółta\"\n").0.into_owned();
    let seen = read(format(WINDOWS_1250, b';'), &file);
    assert_eq!(cells(&seen), [["imię", "miasto"], ["Łucja", "Łódź; żółta"]]);
}

#[test]
fn a_row_that_cannot_be_read_says_why_and_the_next_one_is_read() {
    for (bad, code) in
        [(&b"a\0b,c"[..], "file-binary"), (b"\xff\xfe,c", "file-undecodable"), (b"\xc3,\xa9", "file-undecodable")]
    {
        let seen = read(utf8(), &[b"h,i\n", bad, b"\nx,y\n"].concat());
        let results: Vec<_> = seen.iter().map(|row| row.2.as_ref().map(Vec::len).map_err(|code| *code)).collect();
        assert_eq!(results, [Ok(2), Err(code), Ok(2)], "{bad:?}");
    }
    let mut lone = utf16("a,b\n", true);
    lone.extend([0x00, 0xD8, b'\n', 0, b'x', 0]);
    let seen = read(format(UTF_16LE, b','), &lone);
    assert_eq!(seen[1].2, Err("file-undecodable"));
    assert_eq!(seen[2].2, Ok(vec!["x".to_owned()]));
}

#[test]
fn rows_beyond_the_limits_are_refused_and_passed_over() {
    let long_cell = "ł".repeat(MAX_CELL_CHARS + 1);
    let lawful_cell = "ł".repeat(MAX_CELL_CHARS);
    let columns = |count: usize| vec!["x"; count].join(",");
    let file =
        format!("{long_cell},a\n{lawful_cell},a\n{}\n{}\n{}\nb,c\n", columns(1_000), columns(1_001), columns(10_000));
    let seen = read(utf8(), file.as_bytes());
    let results: Vec<_> = seen.iter().map(|row| row.2.as_ref().map(Vec::len).map_err(|code| *code)).collect();
    let too_many = "file-too-many-columns";
    assert_eq!(results, [Err("file-cell-too-long"), Ok(2), Ok(1_000), Err(too_many), Err(too_many), Ok(2)]);
}

#[test]
fn a_line_of_any_length_takes_constant_memory() {
    for filling in [&b"aaaaaaaaaaaaaaaa"[..], b"a,a,a,a,a,a,a,a,"] {
        let piece = filling.repeat(4 << 10);
        let mut rows = Rows::new(utf8(), Start::default());
        for _ in 0..256 {
            rows.feed(&piece);
            assert!(rows.next().is_none());
            assert!(rows.memory_bytes() <= MAX_ROW_BYTES + 2 * piece.len() + (64 << 10));
        }
        rows.feed(b"\nx,y\n");
        let (number, code) = rows.next().map(|row| (row.number, row.cells.unwrap_err().code)).unwrap();
        assert!((number, code) == (1, "file-row-too-long") || (number, code) == (1, "file-too-many-columns"));
        assert_eq!(rows.next().unwrap().cells.unwrap().get(1), Some("y"));
    }
}

#[test]
fn a_header_needs_names_that_differ() {
    let header = |file: &str| {
        let mut rows = Rows::new(utf8(), Start::default());
        rows.feed(file.as_bytes());
        rows.finish();
        Header::read(rows.next()).map(|header| header.names().to_vec()).map_err(|why| why.code)
    };
    assert_eq!(header(" a ,b,,\n"), Ok(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(header("a,b,row,field,error\n"), Ok(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(header(""), Err("file-empty"));
    assert_eq!(header(",,\n"), Err("file-empty"));
    assert_eq!(header("a,,b\n"), Err("file-column-without-name"));
    assert_eq!(header("a,b,a\n"), Err("file-column-twice"));
    assert_eq!(header(&vec!["x"; 10_000].join(",")), Err("file-too-many-columns"));
}

#[test]
fn a_row_with_more_than_the_header_has_slipped() {
    let mut rows = Rows::new(utf8(), Start::default());
    rows.feed(b"a,b\n1\n1,2\n1,2,,\n1,2,,3\n");
    let header = Header::read(rows.next()).unwrap();
    let mut checked = Vec::new();
    while let Some(row) = rows.next() {
        checked.push(header.check(&row.cells.unwrap()).is_ok());
    }
    assert_eq!(checked, [true, true, true, false]);
}

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        8 => "[a-zŁ,\";\r\n=']{1,12}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 1..8),
        1 => Just(b"\xef\xbb\xbf".to_vec()),
        1 => Just(b"\"\"\",\r\n".to_vec()),
        1 => Just(b"\xff\xfe".to_vec()),
        1 => Just(b"\n\0a\0\0\xd8".to_vec()),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

fn any_encoding() -> impl Strategy<Value = &'static Encoding> {
    prop::sample::select(vec![UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1250, encoding_rs::WINDOWS_1253])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn pieces_of_any_size_give_the_same_rows(
        file in any_file(), encoding in any_encoding(), sizes in prop::collection::vec(1_usize..9, 1..8),
    ) {
        let format = format(encoding, b',');
        let mut rest = file.as_slice();
        let mut sizes = sizes.into_iter().cycle();
        let pieces = std::iter::from_fn(|| {
            let (piece, behind) = rest.split_at(sizes.next()?.min(rest.len()));
            rest = behind;
            (!piece.is_empty()).then_some(piece)
        });
        prop_assert_eq!(read_pieces(format, Start::default(), pieces), read(format, &file));
    }

    #[test]
    fn reading_goes_on_from_the_end_of_any_row(file in any_file(), encoding in any_encoding()) {
        let format = format(encoding, b',');
        let all = read(format, &file);
        for (at, (row, end, _)) in all.iter().enumerate() {
            let offset = usize::try_from(*end).unwrap().min(file.len());
            let start = Start { offset: *end, row: *row };
            let rest = read_pieces(format, start, std::iter::once(&file[offset..]));
            prop_assert_eq!(&rest[..], &all[at + 1..]);
        }
    }
}
