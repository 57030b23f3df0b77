//! Numbers of people under which firms of one person pay value added tax in some countries.

use super::digits::{digits, exactly, is_complement_to_11, is_day, is_rest_of_11, number, weighted};

/// Bulgarian numbers of people; firms have them where they are one person.
pub fn is_egn(text: &str) -> bool {
    exactly(text, 10).is_some_and(|all| {
        let [y, y2, m, m2, d, d2, ..] = all[..] else { return false };
        let (month, century) = match 10 * m + m2 {
            month @ 1..=12 => (month, 1900),
            month @ 21..=32 => (month - 20, 1800),
            month @ 41..=52 => (month - 40, 2000),
            _ => return false,
        };
        is_day(century + 10 * y + y2, month, 10 * d + d2) && is_rest_of_11(&all, &[2, 4, 8, 5, 10, 9, 7, 3, 6], Some(0))
    })
}

/// Czech numbers of people: nine digits until 1953, ten since.
pub fn is_rodne_cislo(text: &str) -> bool {
    let Some(all) = digits(text) else { return false };
    let [y, y2, m, m2, d, d2, ..] = all[..] else { return false };
    let year = 10 * y + y2;
    let year = match (all.len(), year) {
        (9, 0..=53) => 1900 + year,
        (10, 54..) => 1900 + year,
        (10, _) => 2000 + year,
        _ => return false,
    };
    let month = (10 * m + m2) % 50 % 20;
    let whole = number(&all);
    let checks = all.len() == 9 || whole.is_multiple_of(11) || whole / 10 % 11 == 10 && whole.is_multiple_of(10);
    is_day(year, month, 10 * d + d2) && checks
}

/// Bulgarian numbers of ten digits that name no citizen.
pub fn is_bulgarian_other(text: &str) -> bool {
    exactly(text, 10).is_some_and(|all| {
        let foreigner = weighted(&all, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
        let other = is_complement_to_11(&all, &[4, 3, 2, 7, 6, 5, 4, 3, 2], None, Some(0));
        all.last() == Some(&foreigner) || other
    })
}

/// Spanish numbers of citizens and of foreigners: eight signs and a letter that checks them.
pub fn is_nif(text: &str) -> bool {
    let (Some(first), Some(middle), Some(letter)) = (text.chars().next(), text.get(1..8), text.chars().nth(8)) else {
        return false;
    };
    let first = match first {
        'X' | 'K' | 'L' | 'M' => '0',
        'Y' => '1',
        'Z' => '2',
        other => other,
    };
    let Some(all) = exactly(&format!("{first}{middle}"), 8) else { return false };
    "TRWAGMYFPDXBNJZSQVHLCKE".chars().zip(0..).any(|(known, at)| known == letter && at == number(&all) % 23)
}

/// Latvian numbers of people: the day of birth, or 32 in its place since 2017.
pub fn is_latvian_person(text: &str) -> bool {
    exactly(text, 11).is_some_and(|all| {
        let [d, d2, m, m2, y, y2, century, ..] = all[..] else { return false };
        let born = is_day(1800 + 100 * century + 10 * y + y2, 10 * m + m2, 10 * d + d2);
        let sum = 1 + weighted(&all, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
        text.starts_with("32") || born && all.last() == Some(&(sum % 11 % 10))
    })
}
