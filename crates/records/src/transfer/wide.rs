//! UTF-16, which no CSV parser of bytes can read: turned into UTF-8 piece by piece, with a count of where in the file
//! each place of the UTF-8 text lies.

use encoding_rs::{CoderResult, Decoder, Encoding};

/// Turns pieces of UTF-16 into UTF-8.
pub(super) struct Wide(Decoder);

impl Wide {
    pub(super) fn new(encoding: &'static Encoding) -> Wide {
        Wide(encoding.new_decoder_without_bom_handling())
    }

    /// Appends the piece to `out`. What is no UTF-16 becomes U+FFFD.
    pub(super) fn push(&mut self, mut piece: &[u8], last: bool, out: &mut Vec<u8>) {
        let mut buffer = [0; 4096];
        loop {
            let (result, read, written, _) = self.0.decode_to_utf8(piece, &mut buffer, last);
            out.extend_from_slice(buffer.get(..written).unwrap_or(&buffer));
            piece = piece.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

/// How many bytes of UTF-16 a piece of UTF-8 was: two for each character, four beyond the basic plane.
pub(super) fn wide_bytes(utf8: &[u8]) -> u64 {
    let units: u64 = utf8.iter().map(|byte| u64::from(byte & 0xC0 != 0x80) + u64::from(*byte >= 0xF0)).sum();
    units * 2
}
