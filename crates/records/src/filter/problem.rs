//! What can be wrong with a filter, said with the place where it is.

use super::tree::Position;
use base::{Error, Message, message};

/// Longest piece of the filter that an error repeats.
const SHOWN_CHARS: usize = 40;

/// Something else should stand here. `expected` is a code that the texts turn into words; `found` is empty at the
/// end of the filter.
pub fn expected(at: Position, expected: &'static str, found: &str) -> Error {
    let ended = if found.is_empty() { "yes" } else { "no" };
    let found = shown(found);
    wrong(message!("filter-expected", position = at.0, expected = expected, found = found, ended = ended))
}

/// A problem with the parameter `filter`.
pub fn wrong(message: Message) -> Error {
    Error::field("filter", message)
}

/// The beginning of what somebody wrote, on one line.
pub fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN_CHARS).is_some() {
        shown.push('…');
    }
    shown
}
