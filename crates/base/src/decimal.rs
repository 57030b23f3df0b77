//! Exact decimals: a whole number of units of `10^-scale`. No float ever holds an amount.

/// Why a text is not a decimal of the wanted scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADecimal {
    Malformed,
    /// More digits behind the point than the scale keeps.
    TooFine,
    /// Beyond ±[`LIMIT`].
    TooLarge,
}

/// The largest stored number of units: sums of 9,000 of them still fit 63 bits.
pub const LIMIT: i64 = 1_000_000_000_000_000;

/// Reads `-1234.50` as a whole number of `10^-scale`. Refuses what it would have to round.
pub fn parse(text: &str, scale: u8) -> Result<i64, NotADecimal> {
    let (units, exact) = parse_rounding(text, scale)?;
    if exact { Ok(units) } else { Err(NotADecimal::TooFine) }
}

/// As [`parse`], rounding half to even (IEEE 754's default, as banks do); the flag says whether nothing was lost.
pub fn parse_rounding(text: &str, scale: u8) -> Result<(i64, bool), NotADecimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(NotADecimal::Malformed);
    }
    let mut units: i64 = 0;
    let kept = fraction.bytes().chain(std::iter::repeat(b'0')).take(usize::from(scale));
    for digit in whole.bytes().chain(kept) {
        units = units * 10 + i64::from(digit - b'0');
        if units > LIMIT {
            return Err(NotADecimal::TooLarge);
        }
    }
    let rest = fraction.get(usize::from(scale)..).unwrap_or("").trim_end_matches('0');
    let above_half = rest > "5";
    if above_half || rest == "5" && units % 2 == 1 {
        units += 1;
    }
    Ok((if negative { -units } else { units }, rest.is_empty()))
}

/// Writes units of `10^-scale` with exactly `scale` digits behind the point.
pub fn format(units: i64, scale: u8) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", units.unsigned_abs(), width = usize::from(scale) + 1);
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(scale));
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// `amount × numerator / denominator`, rounded half to even. `None` when it does not fit or `denominator` is 0.
pub fn scale_by(amount: i64, numerator: i64, denominator: i64) -> Option<i64> {
    let (product, divisor) = (i128::from(amount) * i128::from(numerator), i128::from(denominator));
    let (quotient, rest) = (product.checked_div_euclid(divisor)?, product.checked_rem_euclid(divisor)?);
    let twice = rest.checked_mul(2)?;
    let up = twice > divisor.abs() || twice == divisor.abs() && quotient % 2 != 0;
    let rounded = if up { quotient + divisor.signum() } else { quotient };
    i64::try_from(rounded).ok().filter(|units| units.abs() <= LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        for (text, cents) in [("0.005", 0), ("0.015", 2), ("0.025", 2), ("-0.015", -2), ("0.0251", 3), ("2.675", 268)] {
            assert_eq!(parse_rounding(text, 2).map(|r| r.0), Ok(cents), "{text}");
        }
        assert_eq!(scale_by(5, 1, 2), Some(2));
        assert_eq!(scale_by(7, 1, 2), Some(4));
        assert_eq!(scale_by(-5, 1, 2), Some(-2));
        assert_eq!(scale_by(5, 1, 0), None);
    }

    #[test]
    fn what_is_not_a_decimal_says_why() {
        for bad in ["", ".", "-", "1e5", "1,5", "0x1", "٣", "1.2.3", "--1", " 1"] {
            assert_eq!(parse(bad, 2), Err(NotADecimal::Malformed), "{bad:?}");
        }
        assert_eq!(parse("1.234", 2), Err(NotADecimal::TooFine));
        assert_eq!(parse("99999999999999999999", 2), Err(NotADecimal::TooLarge));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(units in -LIMIT..=LIMIT, scale in 0u8..=9) {
            prop_assert_eq!(parse(&format(units, scale), scale), Ok(units));
        }
    }
}
