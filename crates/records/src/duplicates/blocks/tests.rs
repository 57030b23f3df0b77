use super::*;
use crate::{duplicates::score::tests::contacts, value::Value};
use base::Id;
use proptest::prelude::*;

fn sketch(judge: &Judge, id: i64, first: &str, last: &str) -> Sketch {
    let (text, date) = (|text: &str| Value::Text(text.to_owned()), Value::Text("1980-01-02".to_owned()));
    let object = crate::standard::objects().into_iter().find(|object| object.name == "contacts").unwrap();
    let values = [("first_name", text(first)), ("last_name", text(last)), ("city", text("Łódź")), ("birth_date", date)];
    let value = |at: usize| values.iter().find(|(name, _)| object.fields[at].name == *name).map(|(_, value)| value);
    judge.sketch(Id(id), value)
}

proptest! {
    #[test]
    fn a_name_with_one_slip_is_found(first in "[a-z]{3,8}", last in "[a-z]{4,12}", at in 0..4_usize, kind in 0..4) {
        let mut typed: Vec<char> = last.chars().collect();
        match kind {
            0 => { typed.remove(at.min(typed.len() - 1)); }
            1 => typed.insert(at, 'x'),
            2 => typed[at] = 'x',
            _ => { let next = (at + 1).min(typed.len() - 1); typed.swap(at, next); }
        }
        let typed: String = typed.into_iter().collect();
        // Where the slip puts the words in another order, two of them are more than a slip.
        prop_assume!(typed != last && (typed.as_str() < first.as_str()) == (last.as_str() < first.as_str()));
        let judge = contacts();
        let all = [sketch(&judge, 1, &first, &last), sketch(&judge, 2, "Otto", "Wer"), sketch(&judge, 3, &typed, &first)];
        let found = pairs(&judge, &all);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!((found[0].one, found[0].other), (0, 2));
    }

    #[test]
    fn a_word_less_a_letter_is_spelt_as_it_would_be(word in "[a-zł]{0,12}") {
        let letters: Vec<char> = word.chars().collect();
        for (at, without) in without(&letters).into_iter().enumerate() {
            let left = letters.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, letter)| *letter);
            prop_assert_eq!(without, spelt(left));
        }
    }
}

#[test]
fn what_thousands_have_says_nothing() {
    let judge = contacts();
    let all: Vec<Sketch> = (0..100).map(|id| sketch(&judge, id, "Jan", "Kowalski")).collect();
    assert!(pairs(&judge, &all).is_empty());
}

#[test]
fn an_initial_is_found_by_the_other_words() {
    let judge = contacts();
    let all =
        [sketch(&judge, 1, "Katarzyna", "Nowak"), sketch(&judge, 2, "K.", "Nowak"), sketch(&judge, 3, "Otto", "Wer")];
    assert_eq!(pairs(&judge, &all).iter().map(|pair| (pair.one, pair.other)).collect::<Vec<_>>(), [(0, 1)]);
}
