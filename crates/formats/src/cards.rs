//! vCards (2.1, 3.0 and 4.0), as phones and mail programs write them: each card becomes a row with the same columns.

mod line;
mod row;
mod written;

pub use row::HEADER;
pub use written::{Person, PostalAddress, write};

use crate::{Findings, Take};
use base::{Message, message};
use line::{Lines, Property};
use row::Card;
use std::io::BufRead;

/// Bytes of one card, without its pictures.
const MOST_CARD_BYTES: usize = 1 << 20;

/// Reads the cards of a file; the header is row 1, the first card row 2.
pub fn read(source: impl BufRead, take: &mut Take<'_>) -> Result<Findings, Message> {
    let mut lines = Lines::new(source);
    let mut findings = Findings::default();
    let (mut number, mut depth, mut bytes) = (1, 0_usize, 0);
    let mut card = Card::default();
    take(1, &HEADER.map(str::to_owned))?;
    while let Some(line) = lines.next()? {
        let Some(property) = Property::parse(&line) else { continue };
        match (property.name.as_str(), depth) {
            ("BEGIN", 0) => (card, bytes, depth) = (Card::default(), 0, 1),
            // A card within a card is somebody's assistant.
            ("BEGIN", _) => depth += 1,
            ("END", 1) => {
                number += 1;
                depth = 0;
                let cells = std::mem::take(&mut card).row();
                if cells.iter().any(|cell| !cell.is_empty()) && !take(number, &cells)? {
                    return Ok(findings);
                }
            }
            ("END", _) => depth = depth.saturating_sub(1),
            (_, 1) => {
                bytes += line.text.len();
                if bytes > MOST_CARD_BYTES {
                    return Err(message!("card-broken", card = number));
                }
                card.take(property, &mut findings);
            }
            _ => {}
        }
    }
    // The rest of a file that was cut off must not be missed in silence.
    if depth > 0 || number == 1 { Err(message!("card-broken", card = number)) } else { Ok(findings) }
}
