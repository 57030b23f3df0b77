//! Numbers of value added tax in the European Union, and in Northern Ireland, which trades goods as if it were in it:
//! the form and the check digits of each country. Numbers come without the country's code.

use super::{
    digits::{digits, exactly, is_complement_to_11, is_luhn, is_mod_11_10, is_rest_of_11, number, weighted},
    national::{is_cui, is_nip, is_tva},
    people::{is_bulgarian_other, is_egn, is_latvian_person, is_nif, is_rodne_cislo},
};

/// The codes under which numbers are given out. Greece writes `EL`.
pub const CODES: [&str; 28] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

/// Whether the number may be one of the country's.
pub fn is_valid(code: &str, text: &str) -> bool {
    match code {
        "AT" => text.strip_prefix('U').is_some_and(is_austrian),
        "BE" => exactly(text, 10).is_some_and(|all| all[0] < 2 && 97 - number(&all[..8]) % 97 == number(&all[8..])),
        "BG" => is_bulgarian_firm(text) || is_egn(text) || is_bulgarian_other(text),
        "CY" => is_cypriot(text),
        "CZ" => is_czech_firm(text) || is_czech_special(text) || is_rodne_cislo(text),
        "DE" => !text.starts_with('0') && exactly(text, 9).is_some_and(|all| is_mod_11_10(&all)),
        "DK" => {
            !text.starts_with('0')
                && exactly(text, 8).is_some_and(|all| weighted(&all, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
        }
        "EE" => exactly(text, 9).is_some_and(|all| weighted(&all, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)),
        "EL" => exactly(text, 9).is_some_and(|all| is_rest_of_11(&all, &[256, 128, 64, 32, 16, 8, 4, 2], Some(0))),
        "ES" => is_cif(text) || is_nif(text),
        "FI" => exactly(text, 8).is_some_and(|all| is_complement_to_11(&all, &[7, 9, 10, 5, 8, 4, 2], None, Some(0))),
        "FR" => is_tva(text),
        "HR" => exactly(text, 11).is_some_and(|all| is_mod_11_10(&all)),
        "HU" => exactly(text, 8).is_some_and(|all| weighted(&all, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)),
        "IE" => is_irish(text),
        "IT" => is_italian(text),
        "LT" => is_lithuanian(text),
        "LU" => exactly(text, 8).is_some_and(|all| number(&all[..6]) % 89 == number(&all[6..])),
        "LV" => is_latvian_firm(text) || is_latvian_person(text),
        "MT" => exactly(text, 8).is_some_and(|all| weighted(&all, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37)),
        "NL" => is_dutch(text),
        "PL" => is_nip(text),
        "PT" => {
            let weights = [9, 8, 7, 6, 5, 4, 3, 2];
            !text.starts_with('0')
                && exactly(text, 9).is_some_and(|all| is_complement_to_11(&all, &weights, Some(0), Some(0)))
        }
        "RO" => is_cui(text),
        "SE" => text.strip_suffix("01").and_then(|text| exactly(text, 10)).is_some_and(|all| is_luhn(&all)),
        "SI" => {
            let weights = [8, 7, 6, 5, 4, 3, 2];
            !text.starts_with('0')
                && exactly(text, 8).is_some_and(|all| is_complement_to_11(&all, &weights, Some(0), None))
        }
        "SK" => exactly(text, 10)
            .is_some_and(|all| all[0] != 0 && [2, 3, 4, 7, 8, 9].contains(&all[2]) && number(&all).is_multiple_of(11)),
        "XI" => is_british(text),
        _ => false,
    }
}

fn is_austrian(text: &str) -> bool {
    exactly(text, 8).is_some_and(|all| {
        let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
        let sum: u32 =
            all.iter().take(7).zip(0..).map(|(&digit, at)| if at % 2 == 0 { digit } else { doubled(digit) }).sum();
        all.last() == Some(&((10 - (sum + 4) % 10) % 10))
    })
}

/// Bulgarian firms of nine digits.
fn is_bulgarian_firm(text: &str) -> bool {
    exactly(text, 9).is_some_and(|all| match weighted(&all, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => is_rest_of_11(&all, &[3, 4, 5, 6, 7, 8, 9, 10], Some(0)),
        rest => all.last() == Some(&rest),
    })
}

/// Digits at odd places stand for others; the letter is the sum.
fn is_cypriot(text: &str) -> bool {
    let (Some(start), Some(letter)) = (text.get(..8), text.get(8..)) else { return false };
    exactly(start, 8).is_some_and(|all| {
        let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
        let stands_for = |digit: u32| usize::try_from(digit).ok().and_then(|at| odd.get(at).copied()).unwrap_or(0);
        let sum: u32 =
            all.iter().zip(0..).map(|(&digit, at)| if at % 2 == 0 { stands_for(digit) } else { digit }).sum();
        !start.starts_with("12")
            && char::from_u32(u32::from('A') + sum % 26).map(String::from).as_deref() == Some(letter)
    })
}

fn is_czech_firm(text: &str) -> bool {
    let weights = [8, 7, 6, 5, 4, 3, 2];
    !text.starts_with('9') && exactly(text, 8).is_some_and(|all| is_complement_to_11(&all, &weights, Some(0), Some(1)))
}

/// Nine digits that begin with a six.
fn is_czech_special(text: &str) -> bool {
    text.starts_with('6')
        && exactly(text, 9).is_some_and(|all| {
            let rest = weighted(&all[1..8], &[8, 7, 6, 5, 4, 3, 2]) % 11;
            all[8] == (8 + 10 - (21 - rest) % 11) % 10
        })
}

/// Spanish numbers of firms: a letter, seven digits, and a digit or letter that checks them.
fn is_cif(text: &str) -> bool {
    let (Some(kind), Some(middle), Some(check)) = (text.chars().next(), text.get(1..8), text.chars().nth(8)) else {
        return false;
    };
    let Some(all) = exactly(middle, 7) else { return false };
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: u32 = all.iter().enumerate().map(|(at, &digit)| if at % 2 == 0 { doubled(digit) } else { digit }).sum();
    let control = (10 - sum % 10) % 10;
    let digit = check.to_digit(10) == Some(control);
    let letter = "JABCDEFGHI".chars().zip(0..).any(|(letter, at)| letter == check && at == control);
    match kind {
        'A' | 'B' | 'E' | 'H' => digit,
        'N' | 'P' | 'Q' | 'R' | 'S' | 'W' => letter,
        'C' | 'D' | 'F' | 'G' | 'J' | 'U' | 'V' => digit || letter,
        _ => false,
    }
}

/// Seven digits and one or two letters, of which the first checks the rest; or, of old, a sign in the second place.
fn is_irish(text: &str) -> bool {
    let check = |digits: &str, check: char, second: u32| {
        exactly(digits, 7).is_some_and(|all| {
            let sum = weighted(&all, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second;
            "WABCDEFGHIJKLMNOPQRSTUV".chars().zip(0..).any(|(letter, at)| letter == check && at == sum % 23)
        })
    };
    let signs: Vec<char> = text.chars().collect();
    match signs[..] {
        [first, sign, .., last] if signs.len() == 8 && !sign.is_ascii_digit() => {
            let moved: String = ['0'].into_iter().chain(signs[2..7].iter().copied()).chain([first]).collect();
            (sign.is_ascii_uppercase() || matches!(sign, '+' | '*')) && check(&moved, last, 0)
        }
        [.., last] if signs.len() == 8 => check(&signs[..7].iter().collect::<String>(), last, 0),
        [.., last, second] if signs.len() == 9 => match second {
            'W' => check(&signs[..7].iter().collect::<String>(), last, 0),
            'A'..='I' => check(&signs[..7].iter().collect::<String>(), last, u32::from(second) - u32::from('A') + 1),
            _ => false,
        },
        _ => false,
    }
}

/// The eighth to tenth digits are the office that gave the number.
fn is_italian(text: &str) -> bool {
    exactly(text, 11).is_some_and(|all| {
        let office = number(&all[7..10]);
        number(&all[..7]) > 0 && (matches!(office, 1..=100 | 120 | 121 | 888 | 999)) && is_luhn(&all)
    })
}

/// Nine digits for a firm, twelve for a while; the last but one is a one.
fn is_lithuanian(text: &str) -> bool {
    let Some(all) = digits(text).filter(|all| matches!(all.len(), 9 | 12)) else { return false };
    let Some(([.., 1], last)) = all.split_last().map(|(last, rest)| (rest, last)) else { return false };
    let sum = |from: u32| {
        let weights: Vec<u32> = (0..11).map(|at| 1 + (at + from) % 9).collect();
        weighted(&all[..all.len() - 1], &weights) % 11
    };
    let rest = if sum(0) == 10 { sum(2) % 10 } else { sum(0) };
    *last == rest
}

fn is_latvian_firm(text: &str) -> bool {
    exactly(text, 11).is_some_and(|all| all[0] > 3 && weighted(&all, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3)
}

/// Nine digits, `B`, two digits. Firms are checked by their nine digits, people since 2020 by the whole with `NL`.
fn is_dutch(text: &str) -> bool {
    let Some((start, end)) = text.split_once('B') else { return false };
    let (Some(all), Some(suffix)) = (exactly(start, 9), exactly(end, 2)) else { return false };
    let firm = is_rest_of_11(&all, &[9, 8, 7, 6, 5, 4, 3, 2], None);
    number(&suffix) > 0 && (firm || crate::fields::iban::remainder_97(&format!("NL{text}")) == Some(1))
}

/// Nine digits, or twelve for a branch; government and health have short ones.
fn is_british(text: &str) -> bool {
    let short = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| exactly(rest, 3)).map(|all| number(&all));
    if short("GD").is_some_and(|number| number < 500) || short("HA").is_some_and(|number| number >= 500) {
        return true;
    }
    digits(text).filter(|all| matches!(all.len(), 9 | 12)).is_some_and(|all| {
        let sum = weighted(&all, &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
        matches!(sum, 0 | 42)
    })
}
