//! The text of documents: plain text, HTML, PDF, DOCX and ODT, as far as there is any, in bounded memory.

mod folded;
mod markup;
mod pdf;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// So much text of one document is read.
pub const MOST_TEXT_BYTES: usize = 4 << 20;

/// Told when nobody waits for the text any more.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn tell(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";

/// Whether documents of this kind are read.
pub fn is_read(kind: &str) -> bool {
    matches!(kind, "application/pdf" | "text/html" | "text/xml" | "application/json" | "message/rfc822" | DOCX | ODT)
        || is_plain(kind)
}

fn is_plain(kind: &str) -> bool {
    matches!(kind, "text/plain" | "text/csv" | "text/markdown" | "text/vcard" | "text/calendar")
}

/// The text of a document; empty where none is found or the document is broken. Blocks, may panic on what a library
/// does not expect, and is bounded by [`MOST_TEXT_BYTES`].
pub fn text(bytes: &[u8], kind: &str, stop: &Stop) -> String {
    let mut text = match kind {
        "application/pdf" => pdf::text(bytes, stop),
        DOCX => folded::text(bytes, &["word/document.xml", "word/footnotes.xml", "word/comments.xml"], Some("t"), stop),
        ODT => folded::text(bytes, &["content.xml"], None, stop),
        "text/html" | "text/xml" => markup::text(&decoded(bytes)),
        kind if is_read(kind) => decoded(bytes),
        _ => String::new(),
    };
    let end = (0..=MOST_TEXT_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.truncate(end);
    text
}

/// The text in whatever encoding it seems to be.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.get(..MOST_TEXT_BYTES).unwrap_or(bytes);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => detector.guess(None, chardetng::Utf8Detection::Allow),
    };
    encoding.decode(bytes).0.into_owned()
}
