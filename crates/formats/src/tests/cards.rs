use super::*;
use crate::cards;
use proptest::prelude::*;

fn read(file: &[u8]) -> Result<(Vec<(u64, String)>, Findings), Message> {
    let mut rows = Vec::new();
    let findings = cards::read(file, &mut |row, cells| {
        assert_eq!(cells.len(), cards::HEADER.len());
        rows.push((row, cells.join("|")));
        Ok(true)
    })?;
    rows.remove(0);
    Ok((rows, findings))
}

#[track_caller]
fn check(card: &str, row: &str) {
    let file = format!("BEGIN:VCARD\r\n{}\r\nEND:VCARD\r\n", card.replace('\n', "\r\n"));
    assert_eq!(read(file.as_bytes()).unwrap().0, [(2, row.to_owned())], "{card}");
}

#[test]
fn cards_of_every_version_become_rows() {
    check(
        "VERSION:3.0\nN:Żądło;Łucja;Maria;Dr;\nFN:Dr Łucja Żądło\nORG:Zażółć SA;Sales\nTITLE:Head of\n  sales\nEMAIL;TYPE=INTERNET:a@example.com\nEMAIL;TYPE=INTERNET,PREF:b@example.com\nitem1.TEL;type=CELL:+48 600 100 200\nTEL;TYPE=FAX:1\nADR;TYPE=WORK:;Lok. 3;Piotrkowska 1;Łódź;łódzkie;90-001;Polska\nADR;TYPE=home,pref:;;Rue 2;Nîmes;;30000;France\nBDAY:1990-02-03\nUID:u-1\nNOTE:x\\, y\\nz",
        "Łucja Maria|Żądło|Zażółć SA|Head of sales|b@example.com; a@example.com|+48 600 100 200|Rue 2|30000|Nîmes||France|\"{\"\"label\"\":\"\"work\"\",\"\"street\"\":\"\"Piotrkowska 1, Lok. 3\"\",\"\"postcode\"\":\"\"90-001\"\",\"\"city\"\":\"\"Łódź\"\",\"\"region\"\":\"\"łódzkie\"\",\"\"country\"\":\"\"Polska\"\"}\"|1990-02-03|u-1|x, y\nz",
    );
    check(
        "VERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BB=C4=\n=85d=C5=82o;Ewa\nTEL;CELL;PREF:600100200\nTEL;HOME:42 111",
        "Ewa|Żądło||||600100200; 42 111|||||||||",
    );
    check("N;CHARSET=windows-1250;ENCODING=QUOTED-PRINTABLE:=AFak;Jan", "Jan|Żak|||||||||||||");
    check(
        "VERSION:4.0\nFN:Ada King Lovelace\nTEL;VALUE=uri;PREF=2:tel:+1-201-555-0123;ext=5\nTEL;PREF=1;TYPE=\"voice,home\":tel:+44 20 1\nEMAIL:mailto:ada@example.com\nBDAY:18151210\nROLE:Poet",
        "Ada King|Lovelace||Poet|ada@example.com|+44 20 1; +1-201-555-0123|||||||1815-12-10||",
    );
    check("FN:Acme\nORG:Acme\nBDAY:--0415", "|Acme|Acme||||||||||||");
    check("N:A\\;B;C\\\\D;;;\nAGENT:\nBEGIN:VCARD\nN:Other\nEND:VCARD", "C\\D|A;B|||||||||||||");
}

#[test]
fn pictures_are_left_out_and_told() {
    let photo = "QUJD".repeat(200_000);
    let folded: String =
        photo.as_bytes().chunks(74).map(|part| format!(" {}\n", std::str::from_utf8(part).unwrap())).collect();
    let file =
        format!("BEGIN:VCARD\nN:A;B\nPHOTO;ENCODING=b;TYPE=JPEG:\n{folded}PHOTO:{photo}\nNOTE:n\nX-ABC:1\nEND:VCARD\n");
    let (rows, findings) = read(file.as_bytes()).unwrap();
    assert_eq!(rows, [(2, "B|A|||||||||||||n".to_owned())]);
    assert_eq!(findings.left_out.into_iter().collect::<Vec<_>>(), [("PHOTO".to_owned(), 2)]);
}

#[test]
fn a_file_that_is_cut_off_is_not_taken_for_whole() {
    for file in ["", "BEGIN:VCARD\nN:A;B\n", "BEGIN:VCARD\nN:A\nEND:VCARD\nBEGIN:VCARD\nN:B\n"] {
        assert_eq!(read(file.as_bytes()).unwrap_err().code, "card-broken", "{file}");
    }
    let endless = format!("BEGIN:VCARD\n{}END:VCARD\n", format!("EMAIL:{}\n", "x".repeat(1_000)).repeat(2_000));
    assert_eq!(read(endless.as_bytes()).unwrap_err().code, "card-broken");
}

proptest! {
    #[test]
    fn what_is_written_reads_back(name in "[a-zŁ😀;,\\\\:]{1,90}", street in "[a-z;,\" ]{0,9}x", phone in "[0-9]{3,9}") {
        let address = cards::PostalAddress { street: street.trim().to_owned(), country: "PL".to_owned(), ..Default::default() };
        let person = cards::Person { last_name: name.clone(), phones: vec![phone.clone()], addresses: vec![address], ..Default::default() };
        let mut card = String::new();
        cards::write(&person, &mut card);
        prop_assert!(card.lines().all(|line| line.len() <= 75));
        let rows = read(card.as_bytes()).unwrap().0;
        prop_assert_eq!(&rows[0].1, &format!("|{name}||||{phone}|{}||||PL||||", street.trim()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in "([A-Z;=:\"\\\\, \t\n]|BEGIN:VCARD\n|END:VCARD\n|N;ENCODING=QUOTED-PRINTABLE:=C5=\n|ADR:;;|TEL:){0,40}") {
        let _ = read(&bytes);
        let _ = read(lines.as_bytes());
        let _ = read(&[b"BEGIN:VCARD\n", bytes.as_slice(), b"\nEND:VCARD\n"].concat());
    }
}
