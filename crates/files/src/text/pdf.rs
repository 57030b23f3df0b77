//! The text of a PDF, page by page.

use super::{MOST_TEXT_BYTES, Stop};
use lopdf::{Document, LoadOptions};

/// A part of a document, and the content of a page, may unfold to this.
const MOST_PART_BYTES: usize = 16 << 20;

/// Pages after these are not read.
const MOST_PAGES: usize = 5_000;

/// So many pages are read before looking whether to go on.
const STRIDE: usize = 20;

pub fn text(bytes: &[u8], stop: &Stop) -> String {
    let options = LoadOptions { max_decompressed_size: Some(MOST_PART_BYTES), ..LoadOptions::default() };
    let Ok(document) = Document::load_mem_with_options(bytes, options) else { return String::new() };
    let pages: Vec<u32> = document.get_pages().into_keys().take(MOST_PAGES).collect();
    let mut text = String::new();
    for pages in pages.chunks(STRIDE) {
        if stop.is_told() || text.len() >= MOST_TEXT_BYTES {
            break;
        }
        // A page that cannot be read does not stand in the way of the others.
        for piece in document.extract_text_chunks_with_limit(pages, MOST_PART_BYTES).into_iter().flatten() {
            text.push_str(&piece);
            text.push(' ');
        }
    }
    text
}
