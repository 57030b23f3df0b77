//! What a mistyped word may have meant: the words of a vocabulary within one slip, two in long words. Pure.
//!
//! A slip is a letter too many, too few, another one, or two neighbours exchanged.

use super::query::Term;
use fst::{Automaton, IntoStreamer, Set, Streamer, automaton::Levenshtein};
use std::collections::BTreeSet;

/// Most words that one word is widened to.
const MOST: usize = 24;

/// Most words of the vocabulary that are looked at closely.
const CLOSE: usize = 20_000;

/// How many slips a word of so many letters may have; short words have too many neighbours.
fn slips(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=8 => 1,
        _ => 2,
    }
}

/// The words that `typed` may have meant, closest first. A word still being typed (`unfinished`) is compared with
/// beginnings of words.
pub(super) fn meant<'v>(
    known: &Set<Vec<u8>>,
    fresh: impl Iterator<Item = &'v str>,
    typed: &str,
    unfinished: bool,
) -> Vec<Term> {
    let letters: Vec<char> = typed.chars().collect();
    let most = slips(letters.len());
    let unfinished = unfinished && letters.len() >= 5;
    let mut found = BTreeSet::new();
    if most == 0 {
        return Vec::new();
    }
    let mut judge = |word: &str| {
        let word: Vec<char> = word.chars().collect();
        if let Some((distance, length)) = closest(&letters, &word, most, unfinished) {
            found.insert((distance, length.abs_diff(letters.len()), word.into_iter().take(length).collect::<String>()));
        }
    };
    // Two exchanged letters are two steps of the automaton.
    if let Ok(automaton) = Levenshtein::new(typed, 2) {
        if unfinished {
            each(known.search(automaton.starts_with()).into_stream(), &mut judge);
        } else {
            each(known.search(automaton).into_stream(), &mut judge);
        }
    }
    fresh.for_each(&mut judge);
    let term = |word: String| if unfinished { Term::new(&word) } else { Term::whole(word) };
    found.into_iter().filter(|(distance, ..)| *distance > 0).take(MOST).map(|(.., word)| term(word)).collect()
}

fn each<A: Automaton>(mut words: fst::set::Stream<'_, A>, judge: &mut impl FnMut(&str)) {
    let mut looked_at = 0;
    while let Some(word) = words.next() {
        if let Ok(word) = std::str::from_utf8(word) {
            judge(word);
        }
        looked_at += 1;
        if looked_at == CLOSE {
            break;
        }
    }
}

/// The slips between what was typed and a word (or, of an unfinished one, its closest beginning), with the length
/// compared; `None` for more than `most`.
fn closest(typed: &[char], word: &[char], most: usize, unfinished: bool) -> Option<(usize, usize)> {
    let compared = word.len().min(typed.len() + most);
    if (!unfinished && compared < word.len()) || word.len() + most < typed.len() {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=compared).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut current = Vec::with_capacity(compared + 1);
        current.push(row + 1);
        for (column, other) in word.iter().take(compared).enumerate() {
            let replaced = above[column] + usize::from(letter != other);
            let mut least = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && typed[row - 1] == *other && *letter == word[column - 1] {
                least = least.min(before[column - 1] + 1);
            }
            current.push(least);
        }
        if current.iter().all(|distance| *distance > most) {
            return None;
        }
        (before, above) = (above, current);
    }
    let lengths = if unfinished { 0..=compared } else { compared..=compared };
    let best = lengths.min_by_key(|&length| (above[length], length.abs_diff(typed.len())))?;
    (above[best] <= most).then(|| (above[best], best))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 9] =
        ["anna", "hanna", "kowal", "kowalska", "kowalski", "malinowski", "ionescu", "lefebvre", "wisniewski"];

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
        check("kowallski", false, &["kowalski"]);
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
        check("maliwno", true, &["malinow*"]);
        check("kowl", true, &[]);
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
