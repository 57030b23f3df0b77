//! The lines of a card: unfolded, decoded, and taken apart into names, parameters and values.

use base::{Message, message};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::{
    borrow::Cow,
    io::{BufRead, Read},
};

/// Bytes of a line that are kept. Only pictures are longer, and they are not taken.
const KEPT: usize = 256 << 10;

/// A line with those that go on with it.
pub struct Line {
    pub text: Vec<u8>,
    pub is_cut: bool,
}

pub struct Lines<R> {
    source: R,
    /// The line that has been read to see whether it goes on with the one before.
    ahead: Option<Line>,
}

impl<R: BufRead> Lines<R> {
    pub fn new(source: R) -> Lines<R> {
        Lines { source, ahead: None }
    }

    pub fn next(&mut self) -> Result<Option<Line>, Message> {
        let first = match self.ahead.take() {
            Some(line) => Some(line),
            None => self.physical()?,
        };
        let Some(mut line) = first else { return Ok(None) };
        loop {
            let Some(next) = self.physical()? else { return Ok(Some(line)) };
            let goes_on = matches!(next.text.first(), Some(b' ' | b'\t'));
            if goes_on {
                line.append(next.text.get(1..).unwrap_or_default(), next.is_cut);
            } else if line.is_soft() {
                line.text.pop();
                line.append(&next.text, next.is_cut);
            } else {
                self.ahead = Some(next);
                return Ok(Some(line));
            }
        }
    }

    /// A line as it stands, of which no more is kept than may be.
    fn physical(&mut self) -> Result<Option<Line>, Message> {
        let most = u64::try_from(KEPT).unwrap_or(u64::MAX);
        let broken = |_| message!("card-broken", card = 0);
        let (mut text, mut is_cut) = (Vec::new(), false);
        if self.source.by_ref().take(most).read_until(b'\n', &mut text).map_err(broken)? == 0 {
            return Ok(None);
        }
        let mut rest = Vec::new();
        while text.len() == KEPT && text.last() != Some(&b'\n') && rest.last() != Some(&b'\n') {
            rest.clear();
            is_cut = true;
            if self.source.by_ref().take(most).read_until(b'\n', &mut rest).map_err(broken)? == 0 {
                break;
            }
        }
        while matches!(text.last(), Some(b'\n' | b'\r')) {
            text.pop();
        }
        Ok(Some(Line { text, is_cut }))
    }
}

impl Line {
    fn append(&mut self, more: &[u8], is_cut: bool) {
        let room = KEPT.saturating_sub(self.text.len()).min(more.len());
        self.is_cut |= is_cut || room < more.len();
        self.text.extend_from_slice(more.get(..room).unwrap_or_default());
    }

    /// Quoted-printable text goes on after an equals sign at the end of the line.
    fn is_soft(&self) -> bool {
        let head = self.text.split(|byte| *byte == b':').next().unwrap_or_default();
        self.text.last() == Some(&b'=') && is_quoted_printable(&String::from_utf8_lossy(head).to_ascii_uppercase())
    }
}

fn is_quoted_printable(parameters: &str) -> bool {
    parameters.split(';').any(|part| matches!(part, "QUOTED-PRINTABLE" | "ENCODING=QUOTED-PRINTABLE"))
}

/// One property of a card.
#[derive(Debug, Default)]
pub struct Property {
    /// In capitals, without the group that it stands in.
    pub name: String,
    /// In capitals: `CELL`, `PREF`.
    pub types: Vec<String>,
    /// From 1, the best, to 100.
    pub preference: u32,
    /// Not yet freed of its backslashes.
    pub value: String,
    pub is_cut: bool,
}

impl Property {
    pub fn parse(line: &Line) -> Option<Property> {
        let (head, value) = halves(&line.text)?;
        let head = String::from_utf8_lossy(head).to_ascii_uppercase();
        let mut parts = head.split(';');
        let name = parts.next()?.trim();
        let name = name.rsplit_once('.').map_or(name, |(_, name)| name).to_owned();
        let mut property = Property { name, preference: 100, is_cut: line.is_cut, ..Property::default() };
        let mut charset = None;
        for part in parts {
            let (key, values) = part.split_once('=').unwrap_or(("TYPE", part));
            let mut values = values.split(',').map(|value| value.trim().trim_matches('"').to_owned());
            match key.trim() {
                "TYPE" => property.types.extend(values),
                "PREF" => property.preference = values.next_back().and_then(|value| value.parse().ok()).unwrap_or(100),
                "CHARSET" => charset = values.next_back().and_then(|label| Encoding::for_label(label.as_bytes())),
                _ => {}
            }
        }
        if property.types.iter().any(|kind| kind == "PREF") {
            property.preference = property.preference.min(1);
        }
        let bytes = if is_quoted_printable(&head) { Cow::Owned(unquoted(value)) } else { Cow::Borrowed(value) };
        property.value = decoded(&bytes, charset);
        Some(property)
    }

    /// The parts between semicolons, freed of backslashes.
    pub fn parts(&self) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut characters = self.value.chars();
        while let Some(c) = characters.next() {
            match c {
                ';' => parts.push(String::new()),
                '\\' => {
                    let escaped = characters.next().map(|c| if matches!(c, 'n' | 'N') { '\n' } else { c });
                    parts.last_mut().into_iter().for_each(|part| part.extend(escaped));
                }
                c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
            }
        }
        parts.iter_mut().for_each(|part| *part = part.trim().to_owned());
        parts
    }

    /// The whole value as one text.
    pub fn text(&self) -> String {
        self.parts().join(";")
    }
}

/// What stands before and behind the first colon that is in no quotation marks.
fn halves(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut is_quoted = false;
    let at = line.iter().position(|byte| {
        is_quoted ^= *byte == b'"';
        *byte == b':' && !is_quoted
    })?;
    Some((line.get(..at)?, line.get(at + 1..)?))
}

fn unquoted(value: &[u8]) -> Vec<u8> {
    let (mut plain, mut bytes) = (Vec::with_capacity(value.len()), value.iter().copied());
    let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
    while let Some(byte) = bytes.next() {
        let code = if byte == b'=' { (digit(bytes.next()), digit(bytes.next())) } else { (None, None) };
        match code {
            (Some(high), Some(low)) => plain.extend(u8::try_from(high * 16 + low)),
            _ if byte == b'=' => {}
            _ => plain.push(byte),
        }
    }
    plain
}

fn decoded(bytes: &[u8], charset: Option<&'static Encoding>) -> String {
    let encoding = charset.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    encoding.decode_without_bom_handling(bytes).0.trim_start_matches('\u{feff}').to_owned()
}
