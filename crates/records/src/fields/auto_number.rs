//! Numbers that the system gives to new records, one after the other: `K-2026-0007`. How they look is the field's
//! pattern; where the next one comes from is not known here.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::message;
use serde_json::{Value as Json, json};

pub(super) struct AutoNumber;

/// Characters.
const LONGEST: i64 = 100;

impl FieldKind for AutoNumber {
    fn name(&self) -> &'static str {
        "auto_number"
    }

    fn from_text(&self, _field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let text = texts::clean(text, texts::Lines::One)?;
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        // The pattern is none that a text is held against.
        texts::check(&Field::new("", crate::field::Kind::Text), &text, LONGEST, reading)?;
        Ok(Value::Text(text.into_owned()))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, field: &Field) -> Json {
        let example = Numbering::of(field).shown(2026, 7);
        json!({ "type": "string", "readOnly": true, "description": "given at creation", "examples": [example] })
    }
}

/// How numbers look, and where they begin anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// Of four or two digits.
    Year(usize),
    /// With so many digits, or more where these are not enough.
    Number(usize),
}

/// Digits of a number, and characters of a pattern.
const MOST_DIGITS: usize = 12;
const MOST_CHARS: usize = 60;

impl Numbering {
    /// Reads `K-{yyyy}-{0000}`: words, `{yyyy}` or `{yy}` for the year, and once `{0}` with a nought for each digit.
    pub fn parse(pattern: &str) -> Result<Numbering, Refused> {
        let wrong = || message!("definition-numbering");
        let (mut pieces, mut rest) = (Vec::new(), pattern);
        while !rest.is_empty() {
            let (text, after) = rest.split_once('{').map_or((rest, None), |(text, after)| (text, Some(after)));
            if text.contains('}') || text.chars().any(char::is_control) {
                return Err(wrong());
            }
            pieces.push(Piece::Text(text.to_owned()));
            let Some(after) = after else { break };
            let (mark, next) = after.split_once('}').ok_or_else(wrong)?;
            pieces.push(match mark {
                "yyyy" => Piece::Year(4),
                "yy" => Piece::Year(2),
                noughts
                    if noughts.len() <= MOST_DIGITS && !noughts.is_empty() && noughts.bytes().all(|b| b == b'0') =>
                {
                    Piece::Number(noughts.len())
                }
                _ => return Err(wrong()),
            });
            rest = next;
        }
        let numbers = pieces.iter().filter(|piece| matches!(piece, Piece::Number(_))).count();
        let is_bare = pattern.trim() == pattern && pattern.chars().count() <= MOST_CHARS;
        if numbers == 1 && is_bare { Ok(Numbering(pieces)) } else { Err(wrong()) }
    }

    /// The field's, or plain numbers where it has no pattern.
    pub fn of(field: &Field) -> Numbering {
        let own = field.pattern.as_deref().and_then(|pattern| Numbering::parse(pattern).ok());
        own.unwrap_or_else(|| Numbering(vec![Piece::Number(1)]))
    }

    /// The name of the counter: the year, where the numbers show it and begin anew with it.
    pub fn counter(&self, year: i16) -> String {
        let is_yearly = self.0.iter().any(|piece| matches!(piece, Piece::Year(_)));
        if is_yearly { format!("{year:04}") } else { String::new() }
    }

    pub fn shown(&self, year: i16, number: i64) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Year(2) => format!("{:02}", year.rem_euclid(100)),
            Piece::Year(_) => format!("{year:04}"),
            Piece::Number(digits) => format!("{number:0digits$}"),
        };
        self.0.iter().map(piece).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(pattern: &str, counter: &str, first: &str, later: &str) {
        let numbering = Numbering::parse(pattern).unwrap();
        assert_eq!(numbering.counter(2026), counter, "{pattern}");
        assert_eq!((numbering.shown(2026, 1).as_str(), numbering.shown(2026, 12_345).as_str()), (first, later));
    }

    #[test]
    fn a_pattern_says_how_numbers_look() {
        check("K-{yyyy}-{0000}", "2026", "K-2026-0001", "K-2026-12345");
        check("{0}/{yy}", "2026", "1/26", "12345/26");
        check("Ź {000000}", "", "Ź 000001", "Ź 012345");
        check("{000}", "", "001", "12345");
        for bad in
            ["", "K", "{yyyy}", "{0}{0}", "{}", "{mm}{0}", "{0", "0}", "}{0}", "{0} ", "{0000000000000}", "a\n{0}"]
        {
            assert!(Numbering::parse(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_pattern_makes_it_fall_over(pattern in "[{}0y]{0,9}|[K/ -]?(\\{yyyy\\})?[^{}\\PC]{0,3}\\{0{1,5}\\}") {
            if let Ok(numbering) = Numbering::parse(&pattern) {
                prop_assert_ne!(numbering.shown(2026, 7), numbering.shown(2026, 70));
            }
        }
    }
}
