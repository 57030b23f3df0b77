//! The numbers that Poland, France and Romania give to firms and to people.

use super::digits::{digits, exactly, is_day, is_luhn, is_rest_of_11, number, weighted};

/// Tax number of Poland: ten digits.
pub fn is_nip(text: &str) -> bool {
    exactly(text, 10).is_some_and(|digits| is_rest_of_11(&digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7], None))
}

/// Statistical number of Poland: nine digits for a firm, fourteen for a part of it.
pub fn is_regon(text: &str) -> bool {
    let firm = |digits: &[u32]| is_rest_of_11(digits, &[8, 9, 2, 3, 4, 5, 6, 7], Some(0));
    let part = |digits: &[u32]| is_rest_of_11(digits, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8], Some(0));
    match digits(text) {
        Some(all) if all.len() == 9 => firm(&all),
        Some(all) if all.len() == 14 => all.get(..9).is_some_and(firm) && part(&all),
        _ => false,
    }
}

/// Court register of Poland: ten digits, none of which checks the others.
pub fn is_krs(text: &str) -> bool {
    exactly(text, 10).is_some_and(|digits| number(&digits) > 0)
}

/// People in Poland: eleven digits that begin with the day of birth.
pub fn is_pesel(text: &str) -> bool {
    exactly(text, 11).is_some_and(|all| {
        let [y, y2, m, m2, d, d2, ..] = all[..] else { return false };
        let (month, century) = match 10 * m + m2 {
            month @ 81..=92 => (month - 80, 1800),
            month @ 1..=12 => (month, 1900),
            month @ 21..=32 => (month - 20, 2000),
            month @ 41..=52 => (month - 40, 2100),
            month @ 61..=72 => (month - 60, 2200),
            _ => return false,
        };
        let sum = weighted(&all, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
        is_day(century + 10 * y + y2, month, 10 * d + d2) && sum.is_multiple_of(10)
    })
}

/// Firms in France: nine digits.
pub fn is_siren(text: &str) -> bool {
    exactly(text, 9).is_some_and(|digits| is_luhn(&digits) && number(&digits) > 0)
}

/// Places of firms in France: fourteen digits that begin with the firm's.
pub fn is_siret(text: &str) -> bool {
    // The post has more places than its number has room for: the sum of their digits is a multiple of five.
    let post = text.starts_with("356000000");
    let fits = |digits: &[u32]| is_luhn(digits) || post && digits.iter().sum::<u32>() % 5 == 0;
    text.get(..9).is_some_and(is_siren) && exactly(text, 14).is_some_and(|digits| fits(&digits))
}

/// Value added tax of France: two signs that check the firm's number, then that number.
pub fn is_tva(text: &str) -> bool {
    let (Some(key), Some(siren)) = (text.get(..2), text.get(2..)) else { return false };
    let Some(firm) = exactly(siren, 9).map(|digits| number(&digits)) else { return false };
    // Firms in Monaco have numbers of their own behind three noughts.
    if !siren.starts_with("000") && !is_siren(siren) {
        return false;
    }
    if let Some(key) = exactly(key, 2) {
        return number(&key) == (12 + 3 * (firm % 97)) % 97;
    }
    let place = |sign: u8| ALPHABET.bytes().position(|letter| letter == sign).and_then(|at| u64::try_from(at).ok());
    let [first, second] = key.as_bytes() else { return false };
    let (Some(one), Some(two)) = (place(*first), place(*second)) else { return false };
    let check = if one < 10 { (one * 24 + two).checked_sub(10) } else { (one * 34 + two).checked_sub(100) };
    check.is_some_and(|check| (firm + 1 + check / 11) % 11 == check % 11)
}

/// Without the letters that look like digits.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Firms in Romania: two to ten digits.
pub fn is_cui(text: &str) -> bool {
    let Some(all) = digits(text).filter(|digits| (2..=10).contains(&digits.len())) else { return false };
    let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let Some((last, rest)) = all.split_last() else { return false };
    let sum = weighted(rest, weights.get(9 - rest.len()..).unwrap_or_default());
    !text.starts_with('0') && sum * 10 % 11 % 10 == *last
}

/// People in Romania: thirteen digits; the first says sex and century, then comes the day of birth.
pub fn is_cnp(text: &str) -> bool {
    exactly(text, 13).is_some_and(|all| {
        let [sex, y, y2, m, m2, d, d2, ..] = all[..] else { return false };
        let centuries: &[u32] = match sex {
            1 | 2 => &[1900],
            3 | 4 => &[1800],
            5 | 6 => &[2000],
            // Residents, of whom the number does not say the century.
            7..=9 => &[1900, 2000],
            _ => &[],
        };
        centuries.iter().any(|century| is_day(century + 10 * y + y2, 10 * m + m2, 10 * d + d2))
            && is_rest_of_11(&all, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9], Some(1))
    })
}
