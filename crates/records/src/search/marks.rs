//! What of a found record answered: the field, the piece of its text, and the places in it, told in the text as it was
//! written and not as it is compared. Pure.

use super::{query::Term, tokens};
use crate::{
    field::{Field, Kind},
    fields,
    value::{Address, Value},
};
use base::fold::{self, Traced};
use std::borrow::Cow;

/// Longest piece of a text that is shown, and how much of it stands before the first mark; in characters.
const PIECE_CHARS: usize = 160;
const BEFORE_CHARS: usize = 40;

/// A field that answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    pub field: String,
    /// Its text, or the piece of it around the first mark, with `…` where something was left out.
    pub text: String,
    /// Sorted, and apart from each other: from this character of `text` to before that one, counted from 0 in Unicode
    /// characters.
    pub marks: Vec<(usize, usize)>,
}

/// Where the terms stand in a field's value: in the first of many that has any.
pub(super) fn matched(field: &Field, value: &Value, terms: &[&Term]) -> Option<Matched> {
    value.each().iter().flat_map(|single| texts(field, single)).find_map(|text| {
        let marks = places(field.kind, &text, terms);
        let first = *marks.first()?;
        let (text, marks) = piece(&text, first, &marks);
        Some(Matched { field: field.name.clone(), text, marks })
    })
}

/// A word of the index as the value has it, in lower case.
pub(super) fn written(field: &Field, value: &Value, word: &str) -> Option<String> {
    let term = Term::whole(word.to_owned());
    value.each().iter().flat_map(|single| texts(field, single)).find_map(|text| {
        let &(from, to) = places(field.kind, &text, &[&term]).first()?;
        Some(text.chars().skip(from).take(to - from).collect::<String>().to_lowercase())
    })
}

/// The texts in which a single value is searched.
fn texts<'v>(field: &Field, single: &'v Value) -> Vec<Cow<'v, str>> {
    match single {
        Value::Text(text) if field.kind == Kind::RichText => vec![Cow::Owned(fields::plain(text))],
        Value::Text(text) => vec![Cow::Borrowed(text)],
        Value::Int(number) => vec![Cow::Owned(number.to_string())],
        Value::Address(address) => lines(address).map(Cow::Borrowed).collect(),
        Value::Empty | Value::Money(_) | Value::Link(_) | Value::File(_) | Value::Many(_) => Vec::new(),
    }
}

/// The lines of an address that are searched.
pub(super) fn lines(address: &Address) -> impl Iterator<Item = &str> {
    [&address.street, &address.postcode, &address.city, &address.region].into_iter().filter_map(Option::as_deref)
}

/// The places of all terms, in characters of the text: sorted, those that touch made one.
fn places(kind: Kind, text: &str, terms: &[&Term]) -> Vec<(usize, usize)> {
    let letters = letters(kind, tokens::beginning(text, tokens::TEXT_CHARS));
    let mut found = Vec::new();
    for term in terms {
        let wanted: Vec<char> = term.word.chars().collect();
        for at in (0..letters.len()).filter(|at| is_start(kind, &letters, *at)) {
            let is_chunk = at == 0 || letters.get(at - 1).is_some_and(|before| before.letter == ' ');
            found.extend(meeting(letters.get(at..).unwrap_or_default(), &wanted, term.whole, is_chunk));
        }
    }
    found.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// The letters that are compared; of a telephone number its digits.
fn letters(kind: Kind, text: &str) -> Vec<Traced> {
    let mut letters = fold::traced(text);
    if kind == Kind::Phone {
        letters.retain(|traced| traced.letter.is_ascii_digit());
    }
    letters
}

/// A word may begin here: in a telephone number anywhere, otherwise behind what is no letter, or where the number begins
/// behind a country.
fn is_start(kind: Kind, letters: &[Traced], at: usize) -> bool {
    let is_alphanumeric = |at: usize| letters.get(at).is_some_and(|traced| traced.letter.is_alphanumeric());
    if kind == Kind::Phone || at == 0 || !is_alphanumeric(at - 1) {
        return kind == Kind::Phone || is_alphanumeric(at);
    }
    let is_country = |two: &[Traced]| two.iter().all(|traced| traced.letter.is_ascii_alphabetic());
    at.checked_sub(2).is_some_and(|from| {
        (from == 0 || !is_alphanumeric(from - 1))
            && letters.get(from..at).is_some_and(is_country)
            && letters.get(at).is_some_and(|traced| traced.letter.is_ascii_digit())
    })
}

/// The place of a word that begins with these letters. `may_join`: what stands between its parts does not count.
fn meeting(letters: &[Traced], wanted: &[char], whole: bool, may_join: bool) -> Option<(usize, usize)> {
    let (mut at, mut to, mut met) = (0, None, 0);
    while let Some(want) = wanted.get(met) {
        let traced = letters.get(at)?;
        if traced.letter == *want {
            to = Some(traced.to);
            met += 1;
        } else if !may_join || met == 0 || traced.letter.is_alphanumeric() || traced.letter == ' ' {
            return None;
        }
        at += 1;
    }
    let ends = letters.get(at).is_none_or(|next| !next.letter.is_alphanumeric());
    if whole && !ends { None } else { Some((letters.first()?.from, to?)) }
}

/// The part of a long text around its first mark, and the marks in it.
fn piece(text: &str, first: (usize, usize), marks: &[(usize, usize)]) -> (String, Vec<(usize, usize)>) {
    let chars = text.chars().count();
    if chars <= PIECE_CHARS {
        return (text.to_owned(), marks.to_vec());
    }
    let from = first.0.saturating_sub(BEFORE_CHARS).min(chars - PIECE_CHARS);
    let to = from + PIECE_CHARS;
    let before = if from > 0 { "…" } else { "" };
    let shift = |place: usize| place.clamp(from, to) - from + usize::from(from > 0);
    let piece: String = text.chars().skip(from).take(PIECE_CHARS).collect();
    let marks = marks.iter().map(|(from, to)| (shift(*from), shift(*to))).filter(|(from, to)| from < to).collect();
    (format!("{before}{piece}{}", if to < chars { "…" } else { "" }), marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text with brackets around what is marked.
    fn check(kind: Kind, text: &str, words: &[&str], expected: &str) {
        let terms: Vec<Term> = words.iter().map(|word| Term::new(word)).collect();
        let found = matched(&Field::new("f", kind), &Value::Text(text.to_owned()), &terms.iter().collect::<Vec<_>>());
        assert_eq!(found.map(|found| shown(&found)).unwrap_or_default(), expected, "{text} {words:?}");
    }

    fn shown(found: &Matched) -> String {
        let mut out = String::new();
        for (at, letter) in found.text.chars().enumerate() {
            out.push_str(if found.marks.iter().any(|mark| mark.0 == at) { "[" } else { "" });
            out.push(letter);
            out.push_str(if found.marks.iter().any(|mark| mark.1 == at + 1) { "]" } else { "" });
        }
        out
    }

    #[test]
    fn the_letters_that_were_typed_are_marked_as_they_were_written() {
        check(Kind::Text, "Łucja Żółć-Gęśla", &["lu", "gesla"], "[Łu]cja Żółć-[Gęśla]");
        check(Kind::Text, "Große Straße 7", &["strasse"], "Große [Straße] 7");
        check(Kind::Text, "Große Straße 7", &["stras"], "Große [Straß]e 7");
        check(Kind::Text, "Cafe\u{301} Lœuvre", &["cafe", "loe"], "[Cafe\u{301}] [Lœ]uvre");
        check(Kind::Text, "Anna Hanna", &["anna"], "[Anna] Hanna");
        check(Kind::Text, "Żółć-Gęśla", &["zolcge"], "[Żółć-Gę]śla");
        check(Kind::Text, "Jan", &["anna"], "");
    }

    #[test]
    fn numbers_are_marked_however_they_are_written() {
        check(Kind::Phone, "+48123456789", &["123456789"], "+48[123456789]");
        check(Kind::Phone, "+48123456789", &["3456"], "+4812[3456]789");
        check(Kind::Text, "PL5250000090", &["5250000090"], "PL[5250000090]");
        check(Kind::Text, "525-000-00-90", &["5250000"], "[525-000-0]0-90");
        check(Kind::Text, "ZAM/2024/0017", &["2024", "0017"], "ZAM/[2024]/[0017]");
        check(Kind::Email, "anna.nowak@firma.pl", &["nowak", "firma.pl"], "anna.[nowak]@[firma.pl]");
    }

    #[test]
    fn of_a_long_text_a_piece_is_shown() {
        let text = format!("{} umowa {}", "a".repeat(300), "b".repeat(300));
        let found = matched(&Field::new("f", Kind::LongText), &Value::Text(text), &[&Term::new("umowa")]).unwrap();
        assert_eq!(found.text.chars().count(), PIECE_CHARS + 2);
        assert!(shown(&found).contains("a [umowa] b"), "{found:?}");
    }

    proptest! {
        #[test]
        fn marks_stay_within_the_text(
            text in "\\PC{0,400}|[a-z żŁß@.-]{0,400}", words in proptest::collection::vec("\\PC{1,4}|[a-z]{1,3}", 1..4),
            phone: bool
        ) {
            let terms: Vec<Term> = words.iter().map(|word| Term::new(&fold::fold(word))).collect();
            let kind = if phone { Kind::Phone } else { Kind::LongText };
            let terms: Vec<&Term> = terms.iter().filter(|term| !term.word.is_empty()).collect();
            if let Some(found) = matched(&Field::new("f", kind), &Value::Text(text), &terms) {
                let (chars, mut last) = (found.text.chars().count(), 0);
                prop_assert!(!found.marks.is_empty());
                for (from, to) in found.marks {
                    prop_assert!(last <= from && from < to && to <= chars);
                    last = to;
                }
            }
        }
    }
}
