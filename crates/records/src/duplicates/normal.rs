//! Values as they are compared: without what the same thing is written with in one place and not in another. Pure.

use super::{rules::Compare, sketch::number};
use crate::value::{Address, Value};
use base::fold;

/// Two numbers without the way they are dialled from abroad or at home are the same.
const PHONE_DIGITS: usize = 9;

/// Numbers that stand for the values of a signal, each once; `fields` are the values of its fields.
pub fn numbers(compare: Compare, fields: &[&[Value]]) -> Vec<u64> {
    let values = || fields.iter().copied().flatten();
    let texts = || values().filter_map(Value::text);
    let mut all: Vec<u64> = match compare {
        Compare::Exact => values().filter_map(exact).collect(),
        Compare::Text => texts().filter_map(words).map(|text| number(&text)).collect(),
        Compare::Phone => texts().filter_map(phone).map(|text| number(&text)).collect(),
        Compare::TaxId => texts().filter_map(tax_id).map(|text| number(&text)).collect(),
        Compare::Code => texts().filter_map(code).map(|text| number(&text)).collect(),
        Compare::Address => addresses(fields).iter().filter_map(|text| address(text)).map(|t| number(&t)).collect(),
        Compare::Group => values().filter_map(Value::link).map(|link| number(&link.id.0)).collect(),
        Compare::Name | Compare::CompanyName => Vec::new(),
    };
    all.sort_unstable();
    all.dedup();
    all
}

fn exact(value: &Value) -> Option<u64> {
    match value {
        Value::Text(text) => Some(number(&fold::key(text))),
        Value::Int(whole) => Some(number(whole)),
        Value::Link(link) => Some(number(&link.id.0)),
        Value::Money(money) => Some(number(&(money.minor, &money.currency))),
        Value::Address(one) => address(&joined(one)).map(|text| number(&text)),
        Value::Empty | Value::File(_) | Value::Many(_) => None,
    }
}

/// The end of a number, as it is dialled everywhere.
fn phone(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().saturating_sub(PHONE_DIGITS);
    (digits.len() >= 7).then(|| digits.iter().skip(from).collect())
}

fn code(text: &str) -> Option<String> {
    let bare: String = fold::fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    (bare.chars().count() >= 3).then_some(bare)
}

/// A code without the country in front.
fn tax_id(text: &str) -> Option<String> {
    let bare = code(text)?;
    let digits = bare.trim_start_matches(|c: char| c.is_alphabetic());
    Some(if digits.len() >= 6 { digits.to_owned() } else { bare })
}

/// The words of a text in order of the alphabet.
pub fn words(text: &str) -> Option<String> {
    let folded = fold::fold(text);
    let mut words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    (!words.is_empty()).then(|| words.join(" "))
}

/// What stands in an address or not: the kind of street, and what goes before numbers.
const NOISE: &str =
    " ul ulica al aleja aleje os osiedle pl plac nr no lok m mieszkanie street st road rd lane avenue av
    ave rue bd boulevard place chemin str strada bd bulevardul calea ap apt bl sc et strasse platz weg ";

/// Street, number and town in any order without [`NOISE`]; nothing without a number.
fn address(text: &str) -> Option<String> {
    let folded = fold::fold(text).replace("strasse", " strasse ").replace('-', "");
    let is_said = |word: &&str| !word.is_empty() && !NOISE.split_whitespace().any(|noise| noise == *word);
    let mut words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(is_said).collect();
    let has = |is: fn(char) -> bool| words.iter().any(|word| word.chars().any(is));
    if !has(|c| c.is_ascii_digit()) || !has(char::is_alphabetic) {
        return None;
    }
    words.sort_unstable();
    Some(words.join(" "))
}

/// The addresses of a record: each whole one, and the one whose parts stand in texts, if its first part does.
fn addresses(fields: &[&[Value]]) -> Vec<String> {
    let whole = fields.iter().copied().flatten().filter_map(|value| match value {
        Value::Address(one) => Some(joined(one)),
        _ => None,
    });
    let mut all: Vec<String> = whole.collect();
    let parts: Vec<&str> = fields.iter().map(|values| values.first().and_then(Value::text).unwrap_or("")).collect();
    if parts.first().is_some_and(|street| !street.is_empty()) {
        all.push(parts.join(" "));
    }
    all
}

fn joined(one: &Address) -> String {
    [&one.street, &one.postcode, &one.city].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_however_it_is_written() {
        let same = |one: &str, other: &str| assert_eq!(address(one), address(other), "{one}");
        same("ul. Piotrkowska 12 m. 3, Łódź", "PIOTRKOWSKA 12/3 Lodz");
        same("Rue de la Paix 5", "5, rue de la Paix");
        same("Hauptstraße 7", "Haupt-Strasse 7");
        assert_ne!(address("Piotrkowska 12"), address("Piotrkowska 13"));
        assert_eq!((address("Piotrkowska"), address("12")), (None, None));
    }

    #[test]
    fn numbers_are_known_without_their_signs() {
        assert_eq!(phone("+48 600-123-456"), phone("0048600123456"));
        assert_eq!(phone("112"), None);
        assert_eq!(tax_id("PL 525-000-73-94"), tax_id("5250007394"));
        assert_eq!((tax_id("AB-12"), code("ab/12")), (Some("ab12".to_owned()), Some("ab12".to_owned())));
        assert_eq!(words("Kawa, mielona"), words("mielona KAWA"));
    }
}
