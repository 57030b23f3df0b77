use crate::{Stop, Store, kind, text};
use proptest::prelude::*;
use std::{
    io::{Cursor, Write},
    time::Duration,
};
use zip::{ZipWriter, write::SimpleFileOptions};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";

fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, SimpleFileOptions::default()).unwrap();
    archive.write_all(content).unwrap();
    archive.finish().unwrap().into_inner()
}

fn words(bytes: &[u8], kind: &str) -> String {
    text(bytes, kind, &Stop::default()).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_content_tells_the_kind_and_the_sender_only_chooses() {
    let check = |bytes: &[u8], claimed: &str, name: &str, expected: &str| {
        assert_eq!(kind(bytes, Some(claimed), name).as_str(), expected, "{name}");
    };
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "application/pdf", "a.pdf", "image/png");
    check(b"%PDF-1.7\n", "image/png", "a.png", "application/pdf");
    check(b"MZ\x90\0\x03", "image/png", "a.png", "application/vnd.microsoft.portable-executable");
    check("imię;miasto\nŁucja;Łódź\n".as_bytes(), "text/csv", "a.csv", "text/csv");
    check(b"a plain word", "image/png", "a.png", "text/plain");
    check(b"a plain word <script>alert(1)</script>", "text/plain", "a.txt", "text/html");
    check(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png", "a.png", "image/svg+xml");
    check(b"\x01\x02\x03", "text/html", "a.html", "application/octet-stream");
    check(&archive("word/document.xml", b"<a/>"), "application/pdf", "a.docx", DOCX);
}

#[test]
fn text_is_found_in_each_kind_of_document() {
    let docx = "<w:document><w:p><w:r><w:t>Umo</w:t></w:r><w:r><w:t>wa</w:t></w:r></w:p>\
                <w:p><w:r><w:instrText>HIDE</w:instrText><w:t>R&amp;D</w:t></w:r></w:p></w:document>";
    assert_eq!(words(&archive("word/document.xml", docx.as_bytes()), DOCX), "Umowa R&D");
    let odt = "<office:text><text:p>Wynajem <text:span>hali</text:span></text:p><text:p>Łódź</text:p></office:text>";
    assert_eq!(words(&archive("content.xml", odt.as_bytes()), ODT), "Wynajem hali Łódź");
    let html = "<p>Bonjour&nbsp;Nîmes<!-- no --></p><script>if (a < b) no()</script><td>caf&#233;</td>";
    assert_eq!(words(html.as_bytes(), "text/html"), "Bonjour Nîmes café");
    assert_eq!(words(b"za\xbf\xf3\xb3\xe6 g\xea\xb6l\xb1 ja\xbc\xf1", "text/plain"), "zażółć gęślą jaźń");
    assert_eq!(words(&pdf("Rental agreement"), "application/pdf"), "Rental agreement");
}

/// A PDF of one page.
fn pdf(line: &str) -> Vec<u8> {
    use lopdf::{
        Document, Object, Stream,
        content::{Content, Operation},
        dictionary,
    };
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = dictionary! {"Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica"};
    let font = document.add_object(font);
    let resources = document.add_object(dictionary! {"Font" => dictionary! {"F1" => font}});
    let operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 12.into()]),
        Operation::new("Tj", vec![Object::string_literal(line)]),
        Operation::new("ET", vec![]),
    ];
    let content = document.add_object(Stream::new(dictionary! {}, Content { operations }.encode().unwrap()));
    let page = dictionary! {"Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources};
    let page = document.add_object(page);
    let tree = dictionary! {"Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1};
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! {"Type" => "Catalog", "Pages" => pages});
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn what_unfolds_without_end_is_cut() {
    let bomb = format!("<t>{}</t>", "a ".repeat(8 << 20));
    let bomb = archive("word/document.xml", bomb.as_bytes());
    assert!(bomb.len() < 100_000);
    assert!(text(&bomb, DOCX, &Stop::default()).len() <= crate::MOST_TEXT_BYTES);
}

#[tokio::test]
async fn a_content_is_there_when_it_is_kept_and_never_before() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::new(dir.path());
    let mut arriving = store.begin().await.unwrap();
    arriving.take(b"Umo").await.unwrap();
    arriving.take(b"wa").await.unwrap();
    let arrived = arriving.finish().await.unwrap();
    let digest = arrived.sha256.clone();
    assert_eq!(digest, "99a9eb2a3193e28e10e955c432f3aee5a9eca5329024c7fec1a47e8115524e23");
    assert!(store.open(&digest).await.unwrap().is_none());
    arrived.keep().await.unwrap();
    assert!(store.open(&digest).await.unwrap().is_some());
    // Others on their way do not stay behind when they are given up.
    drop(store.begin().await.unwrap());
    assert_eq!(std::fs::read_dir(dir.path().join("arriving")).unwrap().count(), 0);
    let (hour, now) = (Duration::from_secs(3_600), store.now().await.unwrap());
    let folder = digest.get(..2).unwrap();
    assert_eq!(store.older_than(now - hour, folder).await.unwrap(), Vec::<String>::new());
    let content = std::fs::File::options().write(true).open(store.path(&digest)).unwrap();
    content.set_modified(now - 2 * hour).unwrap();
    assert_eq!(store.older_than(now - hour, folder).await.unwrap(), std::slice::from_ref(&digest));
    assert_eq!(Store::folders().filter(|known| known == folder).count(), 1);
    store.remove(&digest).await.unwrap();
    store.remove(&digest).await.unwrap();
    assert_eq!(store.older_than(now, folder).await.unwrap(), Vec::<String>::new());
    let arriving = store.begin().await.unwrap();
    store.forget_cut_off(now - hour).await.unwrap();
    assert_eq!(std::fs::read_dir(dir.path().join("arriving")).unwrap().count(), 1);
    store.forget_cut_off(now + hour).await.unwrap();
    assert_eq!(std::fs::read_dir(dir.path().join("arriving")).unwrap().count(), 0);
    drop(arriving);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_end_or_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000), at in 0_usize..9) {
        let kinds = ["application/pdf", "text/html", "text/plain", DOCX, ODT, "text/csv", "text/xml", "image/png", ""];
        prop_assert!(text(&bytes, kinds[at], &Stop::default()).len() <= crate::MOST_TEXT_BYTES);
        kind(&bytes, Some(kinds[at]), "a.docx");
    }

    #[test]
    fn broken_documents_are_read_without_panic(cut in 0_usize..1_000, flip in 0_usize..1_000, to in any::<u8>()) {
        let odt = archive("content.xml", b"<a><p>one &amp; two</p><p>three</p></a>");
        for (mut bytes, kind) in [(pdf("Rental agreement"), "application/pdf"), (odt, ODT)] {
            let length = bytes.len();
            bytes[flip % length] = to;
            bytes.truncate(length - cut % length);
            text(&bytes, kind, &Stop::default());
        }
    }

    #[test]
    fn markup_gives_no_more_than_it_has(html in "(<[a-z!/-]{0,6}>?|&[a-z#0-9]{0,4};?|\\PC){0,40}") {
        prop_assert!(text(html.as_bytes(), "text/html", &Stop::default()).len() <= html.len() * 4 + 8);
    }
}
