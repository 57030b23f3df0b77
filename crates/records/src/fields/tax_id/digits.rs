//! The arithmetic that check digits are made with. Pure; every text is taken, and what is no number is nothing.

/// The digits of a text that is nothing but digits.
pub fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// The digits of a text of so many.
pub fn exactly(text: &str, count: usize) -> Option<Vec<u32>> {
    digits(text).filter(|digits| digits.len() == count)
}

/// Each digit times its weight, added up. Digits beyond the weights do not count.
pub fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The check digit is what the others leave when divided by 11; a rest of ten stands for `ten`.
pub fn is_rest_of_11(digits: &[u32], weights: &[u32], ten: Option<u32>) -> bool {
    let rest = weighted(digits, weights) % 11;
    let expected = if rest == 10 { ten } else { Some(rest) };
    expected.is_some() && digits.last().copied() == expected
}

/// The check digit adds the others up to a multiple of 11; ten and eleven stand for the given digits.
pub fn is_complement_to_11(digits: &[u32], weights: &[u32], ten: Option<u32>, eleven: Option<u32>) -> bool {
    let expected = match 11 - weighted(digits, weights) % 11 {
        10 => ten,
        11 => eleven,
        other => Some(other),
    };
    expected.is_some() && digits.last().copied() == expected
}

/// Luhn: every second digit from the right is doubled.
pub fn is_luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, &digit)| if at % 2 == 1 { doubled(digit) } else { digit }).sum();
    sum.is_multiple_of(10)
}

/// ISO 7064, MOD 11,10.
pub fn is_mod_11_10(digits: &[u32]) -> bool {
    let Some((&last, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (product + last) % 10 == 1
}

/// The number that digits write.
pub fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |number, &digit| (number * 10).wrapping_add(u64::from(digit)))
}

/// Whether there is such a day.
pub fn is_day(year: u32, month: u32, day: u32) -> bool {
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    matches!(parts, (Ok(year), Ok(month), Ok(day)) if jiff::civil::Date::new(year, month, day).is_ok())
}
