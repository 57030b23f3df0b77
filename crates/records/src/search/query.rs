//! What was typed into the search box, read into words of which all must be found. Pure.

use super::tokens::{self, COUNTRY_DIGITS, WORD_CHARS};
use base::{Error, Result, fold, message};

const QUERY_CHARS: usize = 100;
const QUERY_WORDS: usize = 8;

/// A question: groups of which each must be found in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(super) groups: Vec<Group>,
}

/// What one typed word may mean. Found when all terms of one of its readings are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// Folded, as it was typed.
    pub typed: String,
    pub readings: Vec<Vec<Term>>,
}

/// One word to look for in the index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term {
    pub word: String,
    /// Only the word itself; otherwise also words that begin with it.
    pub whole: bool,
}

impl Query {
    /// Reads a text. `parameter` is what errors call it: `search`, `q`. `None` where there is nothing to look for.
    ///
    /// # Errors
    /// More than 100 characters or 8 words.
    pub fn parse(parameter: &str, text: &str) -> Result<Option<Query>> {
        if text.chars().count() > QUERY_CHARS {
            return Err(Error::field(parameter, message!("search-too-long", limit = QUERY_CHARS)));
        }
        let folded = fold::fold(text);
        let mut groups: Vec<Group> = Vec::new();
        for chunk in runs(&folded) {
            let group = chunk.group();
            if !group.readings.is_empty() && groups.iter().all(|other| other.readings != group.readings) {
                groups.push(group);
            }
        }
        if groups.iter().any(|group| !group.is_letter()) {
            groups.retain(|group| !group.is_letter());
        }
        if groups.len() > QUERY_WORDS {
            return Err(Error::field(parameter, message!("search-too-many-words", limit = QUERY_WORDS)));
        }
        Ok((!groups.is_empty()).then_some(Query { groups }))
    }

    pub(super) fn readings(&self) -> Vec<Vec<Vec<Term>>> {
        self.groups.iter().map(|group| group.readings.clone()).collect()
    }
}

impl Group {
    /// A single letter says too little beside longer words (`jan k` on the way to `jan kowalski`).
    fn is_letter(&self) -> bool {
        matches!(self.readings.as_slice(), [only] if matches!(only.as_slice(), [term] if term.word.chars().count() == 1))
    }

    /// The word as typed, if it is one word of letters: the only thing that is mistyped rather than wrong.
    pub(super) fn spelling(&self) -> Option<&str> {
        match self.readings.as_slice() {
            [only] => match only.as_slice() {
                [term] if term.word.chars().all(char::is_alphabetic) => Some(&term.word),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Term {
    /// A word of digits begins too many numbers until it has three; a letter begins everything.
    pub(super) fn new(word: &str) -> Term {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let shortest = if digits { 3 } else { 2 };
        let word = tokens::beginning(word, WORD_CHARS);
        Term { word: word.to_owned(), whole: word.chars().count() < shortest }
    }

    /// The word and nothing that begins with it.
    pub(super) fn whole(word: String) -> Term {
        Term { word, whole: true }
    }

    fn whole_of(word: &str) -> Term {
        Term::whole(tokens::beginning(word, WORD_CHARS).to_owned())
    }
}

/// A piece of the query: one word, or neighbouring pieces of one number (`+48 600 123-456`, `PL 525-000-00-90`).
#[derive(Debug)]
enum Run<'a> {
    Word(&'a str),
    Number(Vec<&'a str>),
    /// A number behind two letters that may be a country.
    Abroad(&'a str, Vec<&'a str>),
}

fn runs(folded: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run> = Vec::new();
    for chunk in folded.split(' ') {
        match runs.last_mut() {
            Some(Run::Number(chunks)) if is_number(chunk) => chunks.push(chunk),
            _ if is_number(chunk) && chunk.bytes().any(|b| b.is_ascii_digit()) => runs.push(Run::Number(vec![chunk])),
            _ => runs.push(Run::Word(chunk)),
        }
    }
    for at in (1..runs.len()).rev() {
        if let [Run::Word(country), Run::Number(chunks)] = &runs[at - 1..=at]
            && country.len() == 2
            && country.bytes().all(|byte| byte.is_ascii_lowercase())
            && digits(chunks).len() >= COUNTRY_DIGITS
        {
            let abroad = Run::Abroad(country, chunks.clone());
            runs.splice(at - 1..=at, [abroad]);
        }
    }
    runs
}

fn digits(chunks: &[&str]) -> String {
    chunks.concat().replace("(0)", "").chars().filter(char::is_ascii_digit).collect()
}

fn is_number(chunk: &str) -> bool {
    chunk.bytes().all(|byte| byte.is_ascii_digit() || b"+()-./".contains(&byte))
}

impl Run<'_> {
    fn group(&self) -> Group {
        let mut readings = match self {
            Run::Word(chunk) => word(chunk),
            Run::Number(chunks) => number(chunks),
            Run::Abroad(country, chunks) => {
                let whole = vec![Term::new(&format!("{country}{}", digits(chunks)))];
                [whole].into_iter().chain(number(chunks)).collect()
            }
        };
        readings.retain(|reading| !reading.is_empty());
        readings.dedup();
        let typed = match self {
            Run::Word(chunk) => (*chunk).to_owned(),
            Run::Number(chunks) => chunks.join(" "),
            Run::Abroad(country, chunks) => format!("{country} {}", chunks.join(" ")),
        };
        Group { typed, readings }
    }
}

/// The parts of a word; the word without its separators; an address by the words before the @ and the domain.
fn word(chunk: &str) -> Vec<Vec<Term>> {
    let parts: Vec<Term> = but_last_whole(tokens::parts(chunk).collect());
    let mut readings = vec![];
    if let Some((local, domain)) = chunk.rsplit_once('@') {
        let mut address: Vec<Term> = tokens::parts(local).map(Term::new).collect();
        address.extend(domain_term(domain));
        readings.push(address);
    } else if parts.len() > 1 {
        readings.push(vec![Term::new(&tokens::joined(chunk))]);
        readings.extend(domain_term(chunk.rsplit("//").next().unwrap_or(chunk)).map(|term| vec![term]));
    }
    readings.insert(0, parts);
    readings.extend(tokens::without_country(&tokens::joined(chunk)).map(|number| vec![Term::new(number)]));
    readings
}

/// A separator ends a word: only the last one is still being typed.
fn but_last_whole(parts: Vec<&str>) -> Vec<Term> {
    let last = parts.len().saturating_sub(1);
    let term = |(at, part): (usize, &str)| if at < last { Term::whole_of(part) } else { Term::new(part) };
    parts.into_iter().enumerate().map(term).collect()
}

/// What generic domains begin with when their second letter is typed.
const UNFINISHED: [&str; 6] = ["co", "or", "ne", "in", "ed", "go"];

/// A domain, or the beginning of one: `firma.c`. Finished ones are asked for whole, since some have a million records.
fn domain_term(text: &str) -> Option<Term> {
    let text = text.strip_prefix("www.").unwrap_or(text).trim_end_matches(['.', '-', '/', ',', ';']);
    let is_domain = text.starts_with(char::is_alphanumeric)
        && text.chars().all(|letter| letter.is_alphanumeric() || letter == '.' || letter == '-');
    let is_finished = text.rsplit_once('.').is_some_and(|(_, last)| last.len() > 1 && !UNFINISHED.contains(&last));
    is_domain.then(|| if is_finished { Term::whole_of(text) } else { Term::new(text) })
}

/// All digits in one, also without the zeros that are dialled first at home or abroad; or the single numbers.
fn number(chunks: &[&str]) -> Vec<Vec<Term>> {
    let digits = digits(chunks);
    let dialled = digits.strip_prefix("00").or(digits.strip_prefix('0')).unwrap_or(&digits);
    let mut readings = vec![vec![Term::new(&digits)]];
    if dialled.len() >= 3 && dialled != digits {
        readings.push(vec![Term::new(dialled)]);
    }
    let parts: Vec<&str> = chunks.iter().flat_map(|chunk| tokens::parts(chunk)).collect();
    if parts.len() > 1 {
        let mut parts = but_last_whole(parts);
        // Three digits begin too many numbers to be worth it: the joined digits find them.
        parts.iter_mut().for_each(|part| part.whole |= part.word.len() <= 3);
        readings.push(parts);
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `kow* | a b*, …`: readings between bars, groups between commas, a star behind what may go on.
    fn shown(text: &str) -> String {
        let Some(query) = Query::parse("q", text).unwrap() else { return "nothing".to_owned() };
        let term = |term: &Term| format!("{}{}", term.word, if term.whole { "" } else { "*" });
        let reading = |terms: &Vec<Term>| terms.iter().map(term).collect::<Vec<_>>().join(" ");
        let group = |group: &Group| group.readings.iter().map(reading).collect::<Vec<_>>().join(" | ");
        query.groups.iter().map(group).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn words_are_folded_and_all_asked_for() {
        assert_eq!(shown("Łucja KOW"), "lucja*, kow*");
        assert_eq!(shown("jan k"), "jan*");
        assert_eq!(shown("k"), "k");
        assert_eq!(shown("jan jan"), "jan*");
        assert_eq!(shown("  … "), "nothing");
    }

    #[test]
    fn a_number_is_one_however_it_is_spaced() {
        assert_eq!(shown("600 123"), "600123* | 600 123");
        assert_eq!(shown("(600) 123-456"), "600123456* | 600 123 456");
        assert_eq!(shown("+48 600"), "48600* | 48 600");
        assert_eq!(shown("0600123"), "0600123* | 600123*");
        assert_eq!(shown("0048 600"), "0048600* | 48600* | 0048 600");
        assert_eq!(shown("+49 (0)30 1234"), "49301234* | 49 0 30 1234*");
        assert_eq!(shown("jan 600 123 kow"), "jan*, 600123* | 600 123, kow*");
        assert_eq!(shown("PL 525-000-00-90"), "pl5250000090* | 5250000090* | 525 000 00 90");
        assert_eq!(shown("PL5250000090"), "pl5250000090* | 5250000090*");
        assert_eq!(shown("al 12345"), "al*, 12345*");
    }

    #[test]
    fn addresses_and_codes_have_more_than_one_reading() {
        assert_eq!(shown("anna.kow@firma.pl"), "anna kow firma pl* | anna* kow* firma.pl");
        assert_eq!(shown("firma.pl"), "firma pl* | firmapl* | firma.pl");
        assert_eq!(shown("CA-2016"), "ca 2016* | ca2016* | ca-2016*");
        assert_eq!(shown("@firma"), "firma*");
        assert_eq!(shown("a@x.co"), "a x co* | a x.co*");
    }

    #[test]
    fn too_much_is_refused() {
        assert!(Query::parse("q", &"a".repeat(101)).is_err());
        assert!(Query::parse("q", "ab cd ef gh ij kl mn op").is_ok());
        assert!(Query::parse("q", "ab cd ef gh ij kl mn op qr").is_err());
    }

    proptest! {
        #[test]
        fn any_text_reads_without_harm(text in "\\PC{0,100}") {
            if let Ok(Some(query)) = Query::parse("q", &text) {
                prop_assert!(!query.groups.is_empty());
                for term in query.groups.iter().flat_map(|group| group.readings.iter().flatten()) {
                    prop_assert!(term.word.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-'));
                }
            }
        }

        #[test]
        fn what_is_indexed_is_found_by_typing_it(text in "[a-zA-ZŁąș0-9.@'-]{1,30}") {
            // Each word that the index keeps of a text answers to at least one reading of the same text.
            let kept = tokens::tokens(crate::field::Kind::Text, &text);
            if let Ok(Some(query)) = Query::parse("q", &text) {
                for group in &query.groups {
                    let found = |term: &Term| kept.iter().any(|word| {
                        if term.whole { *word == term.word } else { word.starts_with(&term.word) }
                    });
                    prop_assert!(group.readings.iter().any(|terms| terms.iter().all(found)), "{text} {kept:?} {group:?}");
                }
            }
        }
    }
}
