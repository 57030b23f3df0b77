//! How a file is written, guessed from its beginning: encoding, delimiter and decimal mark. A person may say otherwise.

use super::{
    format::{Encoding, Format},
    rows::{Rows, Start},
};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    ISO_8859_2, ISO_8859_15, KOI8_U, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1254, WINDOWS_1257,
};

/// How much of the beginning is worth looking at.
pub const SAMPLE_BYTES: usize = 64 << 10;

/// What the beginning of a file tells about the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detected {
    pub encoding: &'static Encoding,
    pub delimiter: u8,
    /// Numbers are written `1 234,50`.
    pub decimal_comma: bool,
}

impl Detected {
    /// A table that we have written ourselves.
    pub fn ours() -> Detected {
        Detected { encoding: UTF_8, delimiter: b',', decimal_comma: false }
    }
}

/// Guesses from the beginning of a file. More than [`SAMPLE_BYTES`] are not looked at.
pub fn detect(beginning: &[u8]) -> Detected {
    let sample = beginning.get(..SAMPLE_BYTES).unwrap_or(beginning);
    let encoding = encoding_of(sample);
    let text = encoding.decode(sample).0;
    let delimiters = [b',', b';', b'\t', b'|'].map(|delimiter| (delimiter, table(&text, delimiter)));
    let note = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    let noted = delimiters.iter().find(|(delimiter, _)| Some(*delimiter) == note);
    let best = noted.or_else(|| delimiters.iter().max_by_key(|(delimiter, table)| (fit(table), *delimiter == b',')));
    let Some((delimiter, table)) = best else { return Detected { encoding, delimiter: b',', decimal_comma: false } };
    Detected { encoding, delimiter: *delimiter, decimal_comma: has_decimal_commas(table) }
}

fn encoding_of(sample: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return encoding;
    }
    if let Some(encoding) = unmarked_utf16(sample) {
        return encoding;
    }
    if is_mostly_utf8(sample) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    let guesses = [None, Some(&b"pl"[..]), Some(&b"fr"[..])].map(|place| detector.guess(place, Utf8Detection::Deny));
    let guess = guesses.into_iter().find(|guess| is_european(guess)).unwrap_or(WINDOWS_1252);
    let spelt = spelt(sample);
    let encoding = if spelt.contains(&guess) { guess } else { spelt.first().copied().unwrap_or(guess) };
    if encoding == WINDOWS_1252 && has_latin9_letters(sample) { ISO_8859_15 } else { encoding }
}

/// The encodings in which every letter beyond ASCII belongs to one and the same language. A statistical guess is weak
/// on a few names, and this is strong: `Hélène, Nîmes` is French, `Hélčne, Nîmes` is nothing.
fn spelt(sample: &[u8]) -> Vec<&'static Encoding> {
    const WESTERN: [&str; 6] = ["àâæçèéêëîïôœùûüÿ", "äöüßé", "áéíñóúü", "àèéìíîòóù", "àáâãçéêíóôõúü", "åäöæøé"];
    const CENTRAL: [&str; 5] = ["ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ"];
    let families = [(WINDOWS_1252, &WESTERN[..]), (WINDOWS_1250, &CENTRAL[..]), (ISO_8859_2, &CENTRAL[..])];
    let is_spelt = |(encoding, languages): &(&'static Encoding, &[&str])| {
        let text = encoding.decode_without_bom_handling(sample).0;
        let foreign = || text.chars().filter(|c| !c.is_ascii() && (c.is_alphabetic() || c.is_control()));
        let in_language = |letters: &&str| foreign().flat_map(char::to_lowercase).all(|c| letters.contains(c));
        foreign().next().is_some() && languages.iter().any(in_language)
    };
    families.into_iter().filter(is_spelt).map(|(encoding, _)| encoding).collect()
}

/// What offices of Europe produce. With little to go by a detector sees Chinese in Polish names.
fn is_european(encoding: &'static Encoding) -> bool {
    let known =
        [WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1257, ISO_8859_2, KOI8_U];
    known.contains(&encoding)
}

/// Latin text in UTF-16 has a zero in every other byte.
fn unmarked_utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    match () {
        () if odd * 2 > pairs && even * 20 < pairs.max(1) => Some(UTF_16LE),
        () if even * 2 > pairs && odd * 20 < pairs.max(1) => Some(UTF_16BE),
        () => None,
    }
}

/// One broken row must not turn all others into `Å‚`: where most letters beyond ASCII are right, it is UTF-8.
fn is_mostly_utf8(sample: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // A character that is cut off at the end of the sample is not wrong.
        if !chunk.invalid().is_empty() && chunks.peek().is_some() {
            wrong += 1;
        }
    }
    wrong == 0 && (right > 0 || sample.is_ascii() || sample.len() >= SAMPLE_BYTES) || right > wrong * 10
}

/// In windows-1252 these bytes are signs (¤ ¼ ½ ¾) that hardly touch letters; in ISO-8859-15 they are € and œ.
fn has_latin9_letters(sample: &[u8]) -> bool {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let touches =
        |at: usize| is_letter(sample.get(at + 1)) || is_letter(at.checked_sub(1).and_then(|at| sample.get(at)));
    let is_office = sample.iter().any(|byte| (0x80..0xA0).contains(byte));
    !is_office && sample.iter().enumerate().any(|(at, byte)| matches!(byte, 0xBC..=0xBE) && touches(at))
}

/// The first rows of a sample, as a delimiter would cut them.
fn table(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    const ROWS: usize = 100;
    let Ok(format) = Format::new(UTF_8, delimiter) else { return Vec::new() };
    let mut rows = Rows::new(format, Start::default());
    rows.feed(text.as_bytes());
    let mut table: Vec<Vec<String>> = Vec::new();
    while let Some(row) = rows.next() {
        if let Ok(cells) = row.cells {
            table.push(cells.iter().map(str::to_owned).collect());
        }
        if table.len() == ROWS {
            return table;
        }
    }
    // What follows the last line break may be half a row; it counts only where it is all there is.
    if table.is_empty() {
        rows.finish();
        table.extend(rows.next().and_then(|row| row.cells.ok()).map(|cells| cells.iter().map(str::to_owned).collect()));
    }
    table
}

/// How well a delimiter fits, comparable: how many tenths of the rows have as many cells as the header, then how many.
fn fit(table: &[Vec<String>]) -> (usize, usize) {
    let columns = table.first().map_or(0, Vec::len);
    if columns < 2 {
        return (0, 0);
    }
    let alike = table.iter().filter(|row| row.len() == columns).count();
    (alike * 10 / table.len(), columns)
}

fn has_decimal_commas(table: &[Vec<String>]) -> bool {
    let cells = || table.iter().skip(1).flatten();
    let commas = cells().filter(|cell| is_decimal(cell, ',')).count();
    commas > cells().filter(|cell| is_decimal(cell, '.')).count()
}

/// Whether the mark stands before decimals for certain: three digits behind it may as well be thousands.
fn is_decimal(cell: &str, mark: char) -> bool {
    let Some((whole, decimals)) = cell.trim().rsplit_once(mark) else { return false };
    let other = if mark == ',' { '.' } else { ',' };
    let is_number = |text: &str| {
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-') || c == other)
    };
    let is_grouped = whole.contains([' ', '\u{a0}', '\u{202f}', other]);
    let digits = decimals.len();
    whole.ends_with(|c: char| c.is_ascii_digit())
        && is_number(whole)
        && digits > 0
        && decimals.bytes().all(|byte| byte.is_ascii_digit())
        && (digits != 3 || is_grouped)
}
