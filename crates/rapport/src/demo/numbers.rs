//! Tax numbers and bank accounts that look right and belong to nobody: their check digits are right, and each is in a
//! range that is given to no one. Where a country keeps no such range, one is taken that lies far from all in use.
//!
//! | | tax numbers | accounts |
//! |---|---|---|
//! | Poland | no tax office has the number 000 | no bank has 0000 0000 |
//! | France | no firm's number begins with 0 but those of Monaco, with 000 | no bank has 00000 |
//! | Romania | numbers of ten digits; those in use have eight at most | `AAAA`, the bank of the standard's own example |
//! | United Kingdom | below a million, where none are given | no bank is called `TEST` |
//! | Germany | from 990 000 000, kept for nobody, but far beyond those in use | no bank code begins with 0 |

/// A step between the numbers of records that follow each other; without a factor in common with a power of ten.
const STEP: u64 = 7_919;

/// The tax number that is number `n` of a country, with the country's code.
pub fn tax_id(country: &str, n: u64) -> String {
    let serial = n.wrapping_mul(STEP) % 1_000_000;
    let number = match country {
        "PL" => nip(n),
        "FR" => tva(&with_luhn(&format!("09{serial:06}"))),
        "RO" => {
            let rest = format!("9{:08}", n.wrapping_mul(STEP) % 100_000_000);
            let check = weighted(&rest, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10;
            format!("{rest}{check}")
        }
        "GB" => {
            let rest = format!("0{serial:06}");
            format!("{rest}{:02}", 97 - weighted(&rest, &[8, 7, 6, 5, 4, 3, 2]) % 97)
        }
        _ => with_mod_11_10(&format!("99{serial:06}")),
    };
    format!("{country}{number}")
}

/// The bank account that is number `n` of a country (ISO 13616), without blanks.
pub fn iban(country: &str, n: u64) -> String {
    let serial = n.wrapping_mul(STEP) % 10_000_000_000;
    let account = match country {
        "FR" => format!("{:010}{serial:011}{:02}", 0, 97 - 3 * serial % 97),
        "RO" => format!("AAAA{serial:016}"),
        "GB" => format!("TEST{:06}{:08}", 0, serial % 100_000_000),
        "DE" => format!("{:08}{serial:010}", 0),
        _ => format!("{:08}{serial:016}", 0),
    };
    let check = 98 - remainder(&format!("{account}{country}00"));
    format!("{country}{check:02}{account}")
}

/// A serial number that would need the check digit ten is left out.
fn nip(n: u64) -> String {
    let serial = n.wrapping_mul(STEP) % 500_000 * 2;
    let rest = |serial: u64| format!("000{serial:06}");
    let check = |serial: u64| weighted(&rest(serial), &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    let serial = if check(serial) == 10 { serial + 1 } else { serial };
    format!("{}{}", rest(serial), check(serial))
}

fn tva(siren: &str) -> String {
    format!("{:02}{siren}", (12 + 3 * remainder(siren)) % 97)
}

fn with_luhn(digits: &str) -> String {
    let doubled = |digit: u64| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let each = numerals(digits).rev().enumerate();
    let sum: u64 = each.map(|(at, digit)| if at % 2 == 0 { doubled(digit) } else { digit }).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

fn with_mod_11_10(digits: &str) -> String {
    let product = numerals(digits).fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    format!("{digits}{}", (11 - product) % 10)
}

fn numerals(text: &str) -> impl DoubleEndedIterator<Item = u64> + ExactSizeIterator {
    text.bytes().map(|byte| u64::from(byte.saturating_sub(b'0'))).collect::<Vec<_>>().into_iter()
}

fn weighted(digits: &str, weights: &[u64]) -> u64 {
    numerals(digits).zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// What a text leaves when divided by 97, where letters are the numbers from 10.
fn remainder(text: &str) -> u64 {
    text.chars().filter_map(|sign| sign.to_digit(36)).fold(0, |rest, value| {
        let factor = if value < 10 { 10 } else { 100 };
        (rest * factor + u64::from(value)) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use records::{
        field::{Field, Kind},
        fields::{self, Scheme},
        schema::Schema,
        settings,
        value::Value,
    };
    use std::collections::HashSet;

    fn read(kind: Kind, text: &str) -> Result<Value, base::Message> {
        let field = Field { scheme: Some(Scheme::EuVat), ..Field::new("number", kind) };
        fields::from_text(&field, text, &Schema::new(Vec::new(), settings::defaults()).reading())
    }

    #[test]
    fn tax_numbers_have_right_check_digits_and_do_not_repeat() {
        for country in ["PL", "FR", "RO", "DE", "GB"] {
            let numbers: HashSet<String> = (0..20_000).map(|n| tax_id(country, n)).collect();
            assert_eq!(numbers.len(), 20_000, "{country}");
            // British numbers are read with the code of the part of the country that trades with the Union.
            for number in numbers.iter().map(|number| number.replace("GB", "XI")) {
                assert_eq!(read(Kind::TaxId, &number), Ok(Value::Text(number.clone())));
            }
        }
    }

    #[test]
    fn accounts_have_right_check_digits_and_do_not_repeat() {
        for country in ["PL", "FR", "RO", "DE", "GB"] {
            let accounts: HashSet<String> = (0..5_000).map(|n| iban(country, n)).collect();
            assert_eq!(accounts.len(), 5_000, "{country}");
            for account in accounts {
                assert_eq!(read(Kind::Iban, &account), Ok(Value::Text(account.clone())));
            }
        }
    }

    #[test]
    fn numbers_are_in_the_ranges_that_belong_to_nobody() {
        assert_eq!(tax_id("PL", 1), "PL0000158385");
        assert!(tax_id("FR", 1)[4..].starts_with("09"));
        assert!(iban("RO", 1)[4..].starts_with("AAAA000000"));
    }
}
