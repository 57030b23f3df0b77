//! The lists that the whole world shares: countries (ISO 3166-1), languages (ISO 639-1) and currencies (ISO 4217),
//! found by code or by name in the product's four languages. Not here: lists that a company makes up, its choices.

use base::{Language, fold};
use iso_currency::Currency;
use std::{collections::HashMap, sync::LazyLock};

/// One country or language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// `PL`; of languages `pl`.
    pub code: &'static str,
    /// In the order of [`Language::ALL`].
    names: [&'static str; 4],
}

impl Entry {
    /// What it is called.
    pub fn name(&self, language: Language) -> &'static str {
        let [english, polish, french, romanian] = self.names;
        match language {
            Language::English => english,
            Language::Polish => polish,
            Language::French => french,
            Language::Romanian => romanian,
        }
    }
}

/// A list, read once from the text that is part of the program.
#[derive(Debug)]
pub struct List {
    entries: Vec<Entry>,
    by_key: HashMap<String, usize>,
}

static COUNTRIES: LazyLock<List> = LazyLock::new(|| List::read(include_str!("../data/countries.tsv")));
static LANGUAGES: LazyLock<List> = LazyLock::new(|| List::read(include_str!("../data/languages.tsv")));

/// The countries of ISO 3166-1, and Kosovo.
pub fn countries() -> &'static List {
    &COUNTRIES
}

/// The languages of ISO 639-1.
pub fn languages() -> &'static List {
    &LANGUAGES
}

impl List {
    /// Lines of `code, alpha-3, English, Polish, French, Romanian, other;names`; an earlier line wins a name.
    fn read(text: &'static str) -> List {
        let mut list = List { entries: Vec::new(), by_key: HashMap::new() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or("");
            let (code, alpha3) = (cell(), cell());
            let names = [cell(), cell(), cell(), cell()];
            let others = cell().split(';');
            let at = list.entries.len();
            for name in [code, alpha3].into_iter().chain(names).chain(others).filter(|name| !name.is_empty()) {
                list.by_key.entry(fold::key(name)).or_insert(at);
            }
            list.entries.push(Entry { code, names });
        }
        list
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// By code of two or three letters, or by name in any of the four languages; case and accents do not matter.
    pub fn find(&self, text: &str) -> Option<&Entry> {
        if let Some(entry) = self.by_code(text) {
            return Some(entry);
        }
        self.by_key.get(&fold::key(text)).and_then(|&at| self.entries.get(at))
    }

    /// By the exact code of two letters; the lists stand in the order of their codes.
    pub fn by_code(&self, code: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.code.cmp(code)).ok()?;
        self.entries.get(at)
    }
}

/// The code of a currency in use, from its code in any case, or from one of the few signs that mean just one.
pub fn currency(text: &str) -> Option<&'static str> {
    let known = match text {
        "€" => Some(Currency::EUR),
        "£" => Some(Currency::GBP),
        "zł" | "ZŁ" | "Zł" => Some(Currency::PLN),
        "lei" | "LEI" | "Lei" => Some(Currency::RON),
        _ => Currency::from_code(text).or_else(|| Currency::from_code(&text.to_ascii_uppercase())),
    };
    known.filter(|currency| currency.exponent().is_some()).map(|currency| currency.code())
}

/// How many digits of a currency stand behind the point: 2 for most, 0 for the yen, 3 for the Tunisian dinar.
/// Unknown codes, and metals and test codes that have no coins, count as none.
pub fn minor_digits(currency: &str) -> Option<u8> {
    u8::try_from(Currency::from_code(currency)?.exponent()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_code_and_by_name_in_four_languages() {
        for (text, code) in [
            ("PL", "PL"),
            ("pl", "PL"),
            ("POL", "PL"),
            ("United States", "US"),
            ("usa", "US"),
            ("Niemcy", "DE"),
            ("ALLEMAGNE", "DE"),
            ("Etats-Unis", "US"),
            ("Wielka Brytania", "GB"),
            ("Côte d'Ivoire", "CI"),
            ("Statele Unite ale Americii", "US"),
            ("Holland", "NL"),
        ] {
            assert_eq!(countries().find(text).map(|entry| entry.code), Some(code), "{text}");
        }
        assert_eq!(countries().find("Atlantis"), None);
        assert_eq!(countries().find(""), None);
    }

    #[test]
    fn each_country_and_language_has_four_names_and_its_own_place() {
        for (list, length) in [(countries(), 250), (languages(), 184)] {
            assert_eq!(list.entries().len(), length);
            assert!(list.entries().is_sorted_by(|a, b| a.code < b.code));
            for entry in list.entries() {
                for language in Language::ALL {
                    let name = entry.name(language);
                    assert_eq!(list.find(name).map(|found| found.code), Some(entry.code), "{name}");
                }
            }
        }
    }

    #[test]
    fn currencies_know_their_smallest_unit() {
        for (code, digits) in [("EUR", 2), ("JPY", 0), ("TND", 3), ("CLF", 4), ("RON", 2)] {
            assert_eq!(minor_digits(code), Some(digits), "{code}");
        }
        assert_eq!([minor_digits("XAU"), minor_digits("XXX"), minor_digits("eur")], [None, None, None]);
        assert_eq!(
            [currency("eur"), currency("zł"), currency("XAU"), currency("złoty")],
            [Some("EUR"), Some("PLN"), None, None]
        );
    }
}
