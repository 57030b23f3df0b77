//! The text of documents that are archives of XML: DOCX and ODT.

use super::{MOST_TEXT_BYTES, Stop};
use quick_xml::{Reader, XmlVersion, escape, events::Event};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// A part may unfold to this size.
const MOST_PART_BYTES: u64 = 64 << 20;

/// The longest tag, or text between two tags.
const MOST_EVENT_BYTES: usize = 1 << 20;

/// The text of the named parts: of elements called `only`, or of all. A part that is broken gives what stands before.
pub fn text(bytes: &[u8], parts: &[&str], only: Option<&str>, stop: &Stop) -> String {
    let mut text = String::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return text };
    for name in parts {
        if let Ok(part) = archive.by_name(name) {
            read(part.take(MOST_PART_BYTES), only, stop, &mut text);
        }
    }
    text
}

fn read(part: impl Read, only: Option<&str>, stop: &Stop, text: &mut String) {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut is_wanted) = (Vec::new(), only.is_none());
    while text.len() < MOST_TEXT_BYTES && !stop.is_told() {
        buffer.clear();
        let Ok(event) = reader.read_event_into(&mut buffer) else { return };
        match event {
            Event::Start(tag) if only.is_some() => is_wanted = only == Some(tag.local_name().as_ref()),
            Event::End(tag) => {
                is_wanted &= only.is_none();
                // Runs within a word follow each other directly; paragraphs, cells and the like part words.
                if !matches!(tag.local_name().as_ref(), "t" | "r" | "span" | "rPr") {
                    text.push(' ');
                }
            }
            Event::Empty(tag) if matches!(tag.local_name().as_ref(), "tab" | "br" | "cr" | "s" | "line-break") => {
                text.push(' ');
            }
            Event::Text(found) if is_wanted => text.push_str(&found.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(found) if is_wanted => text.push_str(&found.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(name) if is_wanted => {
                let entity = format!("&{};", &*name);
                text.push_str(&escape::unescape(&entity).unwrap_or_default());
            }
            Event::Eof => return,
            _ => {}
        }
        if buffer.len() > MOST_EVENT_BYTES {
            return;
        }
    }
}
