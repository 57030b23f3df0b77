//! What the beginning of a file tells.

use super::*;
use encoding_rs::*;
use proptest::prelude::*;

const POLISH: &str = "Imię;Nazwisko;Miasto;Ulica\nŁucja;Wiśniewska;Łódź;Żeromskiego 5\nStanisław;Kowalczyk;Kraków;Świętego Marka 7\nGrażyna;Źrebiec;Poznań;Dąbrowskiego 1\nJoanna;Gąsior;Śrem;Mickiewicza 9\n";
const FRENCH: &str = "Prénom;Nom;Ville;Remarque\nZoé;Lefèvre;Orléans;à rappeler après l'été\nFrançois;Müller;Besançon;déjà client\nHélène;Gérard;Nîmes;très intéressée\n";
const ROMANIAN: &str = "Prenume;Nume;Oraș;Stradă\nȘtefan;Țepeș;Iași;Strada Ștefan cel Mare\nIoana;Pârvulescu;București;Calea Moșilor\nRăzvan;Băsescu;Târgu Mureș;Piața Trandafirilor\n";
const GERMAN: &str = "Vorname;Name;Ort\nJürgen;Müller;Köln\nBärbel;Weiß;Düsseldorf\nGünther;Schäfer;Nürnberg\n";

/// Reads a text that was written in an encoding with what is detected of it.
fn read_back(text: &str, encoding: &'static Encoding) -> String {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "the sample cannot be written in {}", encoding.name());
    let detected = detect(&bytes);
    assert_eq!(detected.delimiter, b';', "{text}");
    detected.encoding.decode(&bytes).0.into_owned()
}

#[test]
fn polish_french_romanian_and_german_files_are_told_apart() {
    for (text, encodings) in [
        (POLISH, [UTF_8, WINDOWS_1250, ISO_8859_2]),
        (FRENCH, [UTF_8, WINDOWS_1252, ISO_8859_15]),
        (GERMAN, [UTF_8, WINDOWS_1252, ISO_8859_15]),
    ] {
        for encoding in encodings {
            assert_eq!(read_back(text, encoding), text, "{}", encoding.name());
        }
    }
    // The old code pages have ş and ţ with a cedilla; search and comparison do not tell them from ș and ț.
    let cedillas = ROMANIAN.replace('ș', "ş").replace('ț', "ţ").replace('Ș', "Ş").replace('Ț', "Ţ");
    assert_eq!(read_back(ROMANIAN, UTF_8), ROMANIAN);
    for encoding in [WINDOWS_1250, ISO_8859_2] {
        assert_eq!(read_back(&cedillas, encoding), cedillas, "{}", encoding.name());
    }
    assert_eq!(base::fold::fold(&read_back_16(ROMANIAN)), base::fold::fold(ROMANIAN));
}

fn read_back_16(text: &str) -> String {
    let bytes = ISO_8859_16.encode(text).0;
    detect(&bytes).encoding.decode(&bytes).0.into_owned()
}

#[test]
fn a_few_names_are_enough() {
    for (text, encoding) in [
        ("name,city\nMałgorzata,Łódź\n", WINDOWS_1250),
        ("name,city\nZbigniew,Wrocław\n", WINDOWS_1250),
        ("name,city\nFrançois,Besançon\n", WINDOWS_1252),
        ("name,city\nHélène,Nîmes\n", WINDOWS_1252),
        ("name,city\nJürgen,Köln\n", WINDOWS_1252),
        ("nom;ville\nœuvre;Besançon\n", ISO_8859_15),
    ] {
        let bytes = encoding.encode(text).0;
        assert_eq!(detect(&bytes).encoding.decode(&bytes).0, text, "{}", encoding.name());
    }
}

#[test]
fn marks_and_zeros_tell_unicode() {
    assert_eq!(detect(b"\xef\xbb\xbfa,b\n1,2\n").encoding, UTF_8);
    assert_eq!(detect(b"\xff\xfea\0,\0b\0").encoding, UTF_16LE);
    assert_eq!(detect(b"a\0,\0b\0\n\0").encoding, UTF_16LE);
    assert_eq!(detect(b"\0a\0,\0b\0\n").encoding, UTF_16BE);
    let broken = [POLISH.as_bytes(), b"\xb3;x;y;z\n", POLISH.as_bytes()].concat();
    assert_eq!(detect(&broken).encoding, UTF_8, "one broken row does not change the others");
    let cut = &POLISH.as_bytes()[..POLISH.find('ś').unwrap() + 1];
    assert_eq!(detect(cut).encoding, UTF_8, "the sample may end within a character");
}

#[test]
fn the_delimiter_is_the_one_that_cuts_all_rows_alike() {
    for (file, delimiter) in [
        ("a,b,c\n1,2,3\n", b','),
        ("a;b\n\"x, y, z\";1,5\n\"x\";2,5\n", b';'),
        ("a\tb\tc\n1, 2\t3\t4\n", b'\t'),
        ("a|b\n1|2\n", b'|'),
        ("sep=;\r\na,b\r\n1,2\r\n", b';'),
        ("name\nx\ny\n", b','),
        ("", b','),
        ("a;b", b';'),
        ("a,b\n\"1;2;3\",4\n\"1;2\",5\n", b','),
    ] {
        assert_eq!(detect(file.as_bytes()).delimiter, delimiter, "{file:?}");
    }
}

#[test]
fn decimal_commas_are_seen() {
    for (file, commas) in [
        ("n;x\n1,5;a\n2,25;b\n", true),
        ("n;x\n1 234,50;a\n", true),
        ("n;x\n1.234,567;a\n", true),
        ("n;x\n1.5;a\n2,5;b\n3.5;c\n", false),
        ("n;x\n1,234;a\n5,678;b\n", false),
        ("n,x\n1.5,a\n", false),
        ("n,x\nJan, 5,a\n", false),
    ] {
        assert_eq!(detect(file.as_bytes()).decimal_comma, commas, "{file:?}");
    }
}

#[test]
fn only_encodings_in_which_bytes_can_be_cut_are_read() {
    for name in ["utf-8", "latin2", "windows-1250", "utf-16le", "macintosh"] {
        assert!(Format::encoding_named(name).and_then(|encoding| Format::new(encoding, b',')).is_ok(), "{name}");
    }
    for name in ["klingon", "shift_jis", "gb18030", "iso-2022-jp"] {
        assert!(Format::encoding_named(name).and_then(|encoding| Format::new(encoding, b',')).is_err(), "{name}");
    }
    assert_eq!(Format::new(UTF_8, b'"').unwrap_err().code, "file-delimiter-unknown");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_is_detected_of_any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let detected = detect(&bytes);
        prop_assert!(Format::new(detected.encoding, detected.delimiter).is_ok());
    }
}
