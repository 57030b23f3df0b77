//! What a value is found by: the words that the index keeps of it. Pure.

use crate::{field::Kind, fields};
use base::fold;

/// Longest word in characters; longer ones are found by their beginning.
pub(super) const WORD_CHARS: usize = 40;

/// How much of a long text is searched.
pub(super) const TEXT_CHARS: usize = 2_000;

/// The shortest number behind a country's two letters that is also found without them.
pub(super) const COUNTRY_DIGITS: usize = 6;

/// The shortest run of digits at the end of a phone number that is a word.
const PHONE_DIGITS: usize = 3;

/// The words of a text of some kind.
pub fn tokens(kind: Kind, text: &str) -> Vec<String> {
    let mut all = Vec::new();
    each_token(kind, text, &mut |word| all.push(word.to_owned()));
    all
}

/// Hands over the words of a text of some kind, in order; a word may come twice.
pub(super) fn each_token(kind: Kind, text: &str, put: &mut dyn FnMut(&str)) {
    match kind {
        Kind::Email => email(&fold::fold(text), put),
        Kind::Phone => phone(text, put),
        Kind::Url => url(&fold::fold(text), put),
        Kind::TaxId => tax_id(&fold::fold(text), put),
        Kind::RichText => each_word(&fold::fold(beginning(&fields::plain(text), TEXT_CHARS)), put),
        _ => each_word(&fold::fold(beginning(text, TEXT_CHARS)), put),
    }
}

/// A tax number, with and without its country.
fn tax_id(folded: &str, put: &mut dyn FnMut(&str)) {
    each_word(folded, put);
    if let Some((country, number)) = folded.split_at_checked(2)
        && country.bytes().all(|byte| byte.is_ascii_lowercase())
        && without_country(folded).is_none()
    {
        each_word(number, put);
    }
}

/// The pieces of a folded word between its separators: `nowak-kowalska` has two.
pub(super) fn parts(chunk: &str) -> impl Iterator<Item = &str> {
    chunk.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// A folded word without its separators: `CA-2016-152156` is also found as `ca2016152156`, `O'Brien` as `obrien`.
pub(super) fn joined(chunk: &str) -> String {
    chunk.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The digits behind a country's two letters, where there are enough of them to be a number: `PL5250000090`.
pub(super) fn without_country(word: &str) -> Option<&str> {
    let (country, number) = word.split_at_checked(2)?;
    let is_country = country.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_number = number.len() >= COUNTRY_DIGITS && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_country && is_number).then_some(number)
}

/// A text cut after so many characters.
pub(super) fn beginning(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

/// The words of a folded text.
pub(super) fn each_word(folded: &str, put: &mut dyn FnMut(&str)) {
    for chunk in folded.split(' ') {
        let mut count = 0;
        for part in parts(chunk) {
            put(beginning(part, WORD_CHARS));
            count += 1;
        }
        let joined = joined(chunk);
        if joined.chars().count() <= WORD_CHARS {
            if count > 1 {
                put(&joined);
            }
            without_country(&joined).into_iter().for_each(&mut *put);
        }
    }
}

/// The words of the local part, the whole domain (found by its beginning) and the names within it.
fn email(folded: &str, put: &mut dyn FnMut(&str)) {
    let (local, domain) = folded.rsplit_once('@').unwrap_or((folded, ""));
    parts(local).for_each(|part| put(beginning(part, WORD_CHARS)));
    self::domain(domain, put);
}

fn url(folded: &str, put: &mut dyn FnMut(&str)) {
    let rest = folded.split_once("://").map_or(folded, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    domain(host.strip_prefix("www.").unwrap_or(host), put);
}

/// `firma.com.pl`: itself, its beginning `firma.com`, and the names `firma` and `com`; the last one says nothing.
fn domain(domain: &str, put: &mut dyn FnMut(&str)) {
    let clean = |letter: char| letter.is_alphanumeric() || letter == '.' || letter == '-';
    if domain.is_empty() || !domain.chars().all(clean) {
        parts(domain).for_each(|part| put(beginning(part, WORD_CHARS)));
        return;
    }
    put(beginning(domain, WORD_CHARS));
    let names = domain.rsplit_once('.').map_or("", |(names, _)| names);
    let beginnings = names.match_indices('.').skip(1).map(|(dot, _)| names.get(..dot).unwrap_or_default());
    beginnings.chain(names.contains('.').then_some(names)).for_each(|part| put(beginning(part, WORD_CHARS)));
    for name in names.split('.').filter(|name| !name.is_empty()) {
        put(beginning(name, WORD_CHARS));
        if name.contains('-') {
            parts(name).for_each(|part| put(beginning(part, WORD_CHARS)));
        }
    }
}

/// The digits from each place to the end, so that the beginning of one of them is any part of the number.
fn phone(text: &str, put: &mut dyn FnMut(&str)) {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(WORD_CHARS).collect();
    if digits.is_empty() {
        return;
    }
    put(&digits);
    let national = if text.starts_with('+') { calling_code_digits(&digits) } else { 1 };
    let last = digits.len().saturating_sub(PHONE_DIGITS);
    (national..=last).filter_map(|from| digits.get(from..)).for_each(&mut *put);
}

/// How many digits the country's code has (ITU-T E.164, assigned codes).
fn calling_code_digits(digits: &str) -> usize {
    let two = digits.get(..2).and_then(|code| code.parse().ok()).unwrap_or(0);
    match two {
        10..=19 | 70..=79 => 1,
        20 | 27 | 30..=34 | 36 | 39..=41 | 43..=49 | 51..=58 | 60..=66 | 81 | 82 | 84 | 86 | 90..=95 | 98 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(kind: Kind, text: &str, expected: &[&str]) {
        assert_eq!(tokens(kind, text), expected, "{text}");
    }

    #[test]
    fn names_fold_and_fall_into_words() {
        check(Kind::Text, "Łucja Nowak-Kowalska", &["lucja", "nowak", "kowalska", "nowakkowalska"]);
        check(Kind::Text, "Ștefan  D'Œuvre", &["stefan", "d", "oeuvre", "doeuvre"]);
        check(Kind::Text, " — ", &[]);
    }

    #[test]
    fn codes_are_found_whole_and_in_parts() {
        check(Kind::Text, "CA-2016-152156", &["ca", "2016", "152156", "ca2016152156", "2016152156"]);
        check(Kind::Text, "525-000-73-94", &["525", "000", "73", "94", "5250007394"]);
        check(Kind::Text, "PL5250007394", &["pl5250007394", "5250007394"]);
        check(Kind::Text, "PL-5250007394", &["pl", "5250007394", "pl5250007394", "5250007394"]);
        check(Kind::Text, "AB12345", &["ab12345"]);
    }

    #[test]
    fn an_address_is_found_by_its_words_and_its_domain() {
        check(Kind::Email, "Anna.Kowalska@firma.pl", &["anna", "kowalska", "firma.pl", "firma"]);
        let mail = ["a", "mail.big-co.com.pl", "mail.big-co", "mail.big-co.com", "mail", "big-co", "big", "co", "com"];
        check(Kind::Email, "a@mail.big-co.com.pl", &mail);
        check(Kind::Url, "https://www.firma.pl/kontakt?x=1", &["firma.pl", "firma"]);
        check(Kind::TaxId, "PL5260250274", &["pl5260250274", "5260250274"]);
        check(Kind::TaxId, "14399840", &["14399840"]);
    }

    #[test]
    fn a_phone_is_found_by_every_part_of_its_national_number() {
        let polish = ["48600123456", "600123456", "00123456", "0123456", "123456", "23456", "3456", "456"];
        check(Kind::Phone, "+48600123456", &polish);
        assert_eq!(tokens(Kind::Phone, "+14155550123").get(1).map(String::as_str), Some("4155550123"));
        assert_eq!(tokens(Kind::Phone, "+37322123456").get(1).map(String::as_str), Some("22123456"));
        check(Kind::Phone, "+48", &["48"]);
    }

    proptest! {
        #[test]
        fn words_are_short_and_have_no_blanks(text in "\\PC{0,80}") {
            for kind in Kind::ALL {
                for word in tokens(kind, &text) {
                    prop_assert!(!word.is_empty() && word.chars().count() <= WORD_CHARS);
                    prop_assert!(word.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-'), "{word}");
                }
            }
        }
    }
}
