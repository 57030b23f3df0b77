//! What all kinds that are texts share: cleaning, length, pattern, and how a refused text is quoted back.

use super::Reading;
use crate::field::{Field, Refused};
use base::message;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What may stand within a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

/// Without white space, and without the marks of no width that come along when text is copied, at both ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || has_no_width(c))
}

/// Upper case without blanks, dashes and other marks between groups: how codes and numbers of accounts are kept.
pub(super) fn compact(text: &str) -> String {
    let kept =
        |c: &char| !c.is_whitespace() && !has_no_width(*c) && !matches!(c, '-' | '.' | '/' | '\u{2010}'..='\u{2015}');
    text.chars().filter(kept).map(|c| c.to_ascii_uppercase()).collect()
}

/// Joiners and marks of direction. Telephones and chat programs wrap what is copied from them in these.
fn has_no_width(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text trimmed, composed (NFC), with line feeds alone between lines, and free of control characters.
pub(super) fn clean(text: &str, lines: Lines) -> Result<Cow<'_, str>, Refused> {
    let text = trim(text);
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Ok(Cow::Borrowed(text));
    }
    if lines == Lines::One && text.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
        return Err(message!("field-line-break"));
    }
    let lawful = |c: char| !c.is_control() || lines == Lines::Many && matches!(c, '\n' | '\r' | '\t');
    if let Some(found) = text.chars().find(|&c| !lawful(c)) {
        return Err(message!("field-control-character", code = format!("U+{:04X}", u32::from(found))));
    }
    let text = match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    };
    Ok(match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => Cow::Owned(text.nfc().collect()),
    })
}

/// No text is longer, whatever its field says: a record must stay readable in one piece. In characters.
pub(super) const LONGEST: i64 = 100_000;

/// Holds a clean text against the field's length, at most `longest` where it sets none, and its pattern.
pub(super) fn check(field: &Field, text: &str, longest: i64, reading: &Reading) -> Result<(), Refused> {
    let max = field.max.unwrap_or(longest).min(LONGEST);
    let min = field.min.unwrap_or(0);
    // A text has at most as many characters as bytes: most need no counting.
    let bytes = i64::try_from(text.len()).unwrap_or(i64::MAX);
    if bytes > max || min > 0 {
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        if length > max {
            return Err(message!("field-text-too-long", length = length, max = max));
        }
        if length < min {
            return Err(message!("field-text-too-short", length = length, min = min));
        }
    }
    match &field.pattern {
        Some(pattern) if !reading.patterns.matches(pattern, text)? => {
            Err(message!("field-pattern-mismatch", found = quote(text), pattern = pattern))
        }
        _ => Ok(()),
    }
}

/// The beginning of a refused text, fit to stand in a sentence.
pub(super) fn quote(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).map(|c| if c.is_control() { '·' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
