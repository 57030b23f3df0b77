//! What a mistyped word may have meant: the words of a vocabulary within one slip, two in long words. Pure.

use super::{query::Term, slips::Slips};
use fst::{IntoStreamer, Set, Streamer};
use std::collections::BTreeSet;

/// Most words that one word is widened to.
const MOST: usize = 24;

/// Most words of the vocabulary that are looked at closely.
const CLOSE: usize = 20_000;

/// The words that `typed` may have meant, closest first. A word still being typed (`unfinished`) is compared with
/// beginnings of words. `known` is a compact set, `fresh` are the words that are not in it yet.
pub(super) fn meant<'v>(
    known: &Set<Vec<u8>>,
    fresh: impl Iterator<Item = &'v str>,
    typed: &str,
    unfinished: bool,
) -> Vec<Term> {
    let Some(slips) = Slips::new(typed, unfinished) else { return Vec::new() };
    let mut found = BTreeSet::new();
    let mut judge = |word: &str| {
        if let Some((distance, length)) = slips.closest(word).filter(|closest| closest.0 > 0) {
            let beginning: String = word.chars().take(length).collect();
            found.insert((distance, length.abs_diff(typed.chars().count()), beginning));
        }
    };
    let mut close = known.search(&slips).into_stream();
    let mut looked_at = 0;
    while let Some(word) = close.next().filter(|_| looked_at < CLOSE) {
        if let Ok(word) = std::str::from_utf8(word) {
            judge(word);
        }
        looked_at += 1;
    }
    fresh.for_each(&mut judge);
    let term = |word: String| if slips.is_unfinished() { Term::new(&word) } else { Term::whole(word) };
    found.into_iter().take(MOST).map(|(.., word)| term(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 9] =
        ["anna", "hanna", "ionescu", "kowal", "kowalska", "kowalski", "lefebvre", "malinowski", "wisniewski"];

    fn check(typed: &str, unfinished: bool, expected: &[&str]) {
        let known = Set::from_iter(NAMES).unwrap();
        let shown = |terms: Vec<Term>| -> Vec<String> {
            terms.into_iter().map(|term| term.word + if term.whole { "" } else { "*" }).collect()
        };
        let none = Set::default();
        assert_eq!(shown(meant(&known, [].into_iter(), typed, unfinished)), expected, "{typed}");
        assert_eq!(shown(meant(&none, NAMES.into_iter(), typed, unfinished)), expected, "{typed}, fresh");
    }

    #[test]
    fn one_slip_is_forgiven() {
        check("kowlaski", false, &["kowalski"]);
        check("kowaski", false, &["kowalski"]);
        check("kowallski", false, &["kowalski", "kowalska"]);
        check("ionesku", false, &["ionescu"]);
        check("lefevbre", false, &["lefebvre"]);
        check("ana", false, &[]);
        check("anan", false, &["anna"]);
    }

    #[test]
    fn long_words_may_have_two() {
        check("wisnewsky", false, &["wisniewski"]);
        check("malniowksi", false, &["malinowski"]);
        check("kwalsky", false, &[]);
    }

    #[test]
    fn a_word_still_being_typed_is_compared_with_beginnings() {
        check("kowla", true, &["kowal*"]);
        check("maliwno", true, &["malino*"]);
        check("malinwo", true, &["malinow*"]);
        check("kowl", true, &["kowal"]);
    }

    proptest! {
        #[test]
        fn any_slip_is_found(word in "[a-z]{5,12}", at in 0..4_usize, kind in 0..4, letter in "[a-z]") {
            let mut typed: Vec<char> = word.chars().collect();
            match kind {
                0 => { typed.remove(at); }
                1 => typed.insert(at, letter.chars().next().unwrap()),
                2 => typed[at] = letter.chars().next().unwrap(),
                _ => typed.swap(at, at + 1),
            }
            let typed: String = typed.into_iter().collect();
            prop_assume!(typed != word && typed.len() > 3);
            let known = Set::from_iter([word.as_str()]).unwrap();
            let found = meant(&known, [].into_iter(), &typed, false);
            prop_assert_eq!(found, vec![Term::whole(word)]);
        }

        #[test]
        fn hostile_words_do_no_harm(typed in "\\PC{0,60}", word in "\\PC{0,60}", unfinished: bool) {
            meant(&Set::default(), [word.as_str()].into_iter(), &typed, unfinished);
        }
    }
}
