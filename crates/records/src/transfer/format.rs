//! How a file is written: its encoding and what separates its columns.

use base::{Message, message};

pub use encoding_rs::Encoding;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    encoding: &'static Encoding,
    delimiter: u8,
}

impl Format {
    /// Of the encodings those in which a delimiter is one byte and never part of another character, and UTF-16.
    pub fn new(encoding: &'static Encoding, delimiter: u8) -> Result<Format, Message> {
        let readable = encoding.is_single_byte() || encoding == encoding_rs::UTF_8 || is_wide(encoding);
        if !readable {
            return Err(message!("file-encoding-unknown", found = encoding.name()));
        }
        match delimiter {
            b',' | b';' | b'\t' | b'|' | b':' | b'^' | b'~' => Ok(Format { encoding, delimiter }),
            other => Err(message!("file-delimiter-unknown", found = char::from(other))),
        }
    }

    /// By the names in use: `utf-8`, `windows-1250`, `latin2`.
    pub fn encoding_named(name: &str) -> Result<&'static Encoding, Message> {
        Encoding::for_label(name.as_bytes()).ok_or_else(|| message!("file-encoding-unknown", found = name))
    }

    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    pub(super) fn is_wide(&self) -> bool {
        is_wide(self.encoding)
    }
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE
}
