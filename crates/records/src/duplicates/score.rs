//! How likely it is that two records mean the same, from 0 to 100, and why. Pure.
//!
//! Each agreement leaves a part of the doubt: together they leave the product (a naive combination of independent
//! evidence, as in record linkage after Fellegi and Sunter). A contradiction takes most of the certainty back.

use super::sketch::Sketch;

/// What two records have in common, and how much they contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    pub points: u8,
    /// `email`, `phone`, `code`, `name`, `similar_name`, `city`, `birth_date`, `company`.
    pub reasons: Vec<&'static str>,
}

/// How names of two records stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    Same,
    Similar,
    /// A word in common, or one of them has none.
    Open,
    Different,
}

/// Percent of doubt that an agreement leaves.
const EMAIL: u64 = 15;
const PHONE: u64 = 40;
const CODE: u64 = 5;
const PERSON: (u64, u64) = (45, 55);
const COMPANY: (u64, u64) = (25, 40);
const CITY: u64 = 65;
const BIRTH: u64 = 40;
const EMPLOYER: u64 = 60;
/// Percent of certainty that a contradiction leaves.
const OTHER_NAME: u64 = 50;
const OTHER_BIRTH: u64 = 30;
const OTHER_CODE: u64 = 30;

/// Judges a pair.
pub fn score(one: &Sketch, other: &Sketch) -> Score {
    let (mut doubt, mut reasons) = (100_u64, Vec::new());
    let mut agree = |reason, left: u64| {
        doubt = doubt * left / 100;
        reasons.push(reason);
    };
    let names = names(&one.name, &other.name);
    let weights = if one.is_company { COMPANY } else { PERSON };
    let shares = |one: &[u64], other: &[u64]| one.iter().any(|value| other.contains(value));
    let same = |one: u64, other: u64| one != 0 && one == other;
    let differs = |one: u64, other: u64| one != 0 && other != 0 && one != other;
    if shares(&one.codes, &other.codes) {
        agree("code", CODE);
    }
    if shares(&one.emails, &other.emails) {
        agree("email", EMAIL);
    }
    if shares(&one.phones, &other.phones) {
        agree("phone", PHONE);
    }
    match names {
        Names::Same => agree("name", weights.0),
        Names::Similar => agree("similar_name", weights.1),
        Names::Open | Names::Different => {}
    }
    if same(one.city, other.city) {
        agree("city", CITY);
    }
    if same(one.birth, other.birth) {
        agree("birth_date", BIRTH);
    }
    if same(one.company, other.company) {
        agree("company", EMPLOYER);
    }
    let mut points = 100 - doubt;
    let mut contradict = |left: u64| points = points * left / 100;
    if names == Names::Different {
        contradict(OTHER_NAME);
    }
    if differs(one.birth, other.birth) {
        contradict(OTHER_BIRTH);
    }
    if !one.codes.is_empty() && !other.codes.is_empty() && !shares(&one.codes, &other.codes) {
        contradict(OTHER_CODE);
    }
    Score { points: u8::try_from(points).unwrap_or(100), reasons }
}

fn names(one: &str, other: &str) -> Names {
    if one.is_empty() || other.is_empty() {
        return Names::Open;
    }
    if one == other {
        return Names::Same;
    }
    let longest = one.chars().count().max(other.chars().count());
    let slips = if longest < 10 { 1 } else { 2 };
    if strsim::osa_distance(one, other) <= slips {
        return Names::Similar;
    }
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (few, many) = (words(one), words(other));
    let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
    let shared = few.iter().filter(|word| many.contains(word)).count();
    match shared {
        0 => Names::Different,
        // A middle name, or an initial.
        _ if shared == few.len() && shared > 1 => Names::Similar,
        _ if shared + 1 == few.len() && is_initial(&few, &many) => Names::Similar,
        _ => Names::Open,
    }
}

/// The word of one that is not shared is the first letter of that of the other.
fn is_initial(few: &[String], many: &[String]) -> bool {
    let odd = |words: &[String], others: &[String]| words.iter().find(|word| !others.contains(word)).cloned();
    let (Some(one), Some(other)) = (odd(few, many), odd(many, few)) else { return false };
    let starts = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    starts(&one, &other) || starts(&other, &one)
}

#[cfg(test)]
mod tests {
    use super::super::{names, sketch::number};
    use super::*;
    use base::Id;

    fn person(text: &str) -> Sketch {
        // name / e-mail / phone / city / birth
        let mut parts = text.split('/').map(str::trim);
        let mut part = || parts.next().unwrap_or("");
        let some = |text: &str| if text.is_empty() { 0 } else { number(text) };
        let list = |text: &str| -> Box<[u64]> { if text.is_empty() { [].into() } else { [number(text)].into() } };
        Sketch {
            id: Id(1),
            is_company: false,
            name: names::person(part()).join(" ").into(),
            emails: list(part()),
            phones: list(part()),
            codes: [].into(),
            city: some(part()),
            birth: some(part()),
            company: 0,
        }
    }

    fn check(one: &str, other: &str, from: u8, to: u8) {
        let points = score(&person(one), &person(other)).points;
        assert!((from..=to).contains(&points), "{one} and {other}: {points}");
        assert_eq!(points, score(&person(other), &person(one)).points);
    }

    #[test]
    fn the_same_person_in_other_words_is_found() {
        check("Jan Kowalski/j@x/600/Łódź", "Kowalski Jan/j@x/600/Łódź", 95, 100);
        check("Kasia Wójcik/k@x", "Katarzyna Wojcik/k@x", 90, 100);
        check("Jan Kowalski//600", "Jan Kowalsky//600", 75, 90);
        check("Jan Kowalski///Łódź", "Jan Kowalski///Łódź", 60, 75);
        check("Jan Adam Kowalski/j@x", "J. Kowalski/j@x", 80, 100);
    }

    #[test]
    fn other_people_are_left_alone() {
        check("Jan Kowalski/biuro@x", "Anna Nowak/biuro@x", 0, 50);
        check("Jan Kowalski//600/Łódź", "Ewa Bąk//600/Łódź", 0, 50);
        check("Jan Kowalski", "Jan Kowalski", 0, 59);
        check("Jan Kowalski///Łódź/1980", "Jan Kowalski///Łódź/1990", 0, 40);
        check("Jan Kowalski//600/Łódź", "Anna Kowalska//600/Łódź", 0, 59);
    }
}
