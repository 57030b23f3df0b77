//! Numbers as a spreadsheet keeps them: binary fractions written with up to 17 digits, of which it shows 15.

/// A number without binary noise: `0.d₁d₂d₃… × 10^point`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    is_negative: bool,
    /// From 0 to 9, the first and the last not 0; none for zero.
    digits: Vec<u8>,
    point: i32,
}

/// Digits that a spreadsheet keeps exactly and shows.
const EXACT_DIGITS: usize = 15;

/// Powers of ten that a spreadsheet can hold.
const MOST_POINT: i32 = 320;

impl Number {
    /// Reads `1234.5`, `-1.5E-7`; rounded half up to 15 digits, as spreadsheets show it.
    pub fn parse(text: &str) -> Option<Number> {
        let text = text.trim();
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = text.split_once(['E', 'e']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && fraction.is_empty() || !is_number(whole) || !is_number(fraction) || mantissa.len() > 400
        {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let exponent: i32 = exponent.parse().ok().filter(|power: &i32| power.abs() <= MOST_POINT)?;
        let point = i32::try_from(whole.len()).ok()? + exponent;
        let mut number = Number { is_negative, digits, point };
        number.round(EXACT_DIGITS);
        (number.point.abs() <= MOST_POINT).then_some(number)
    }

    /// Keeps so many digits from the first that is not 0.
    fn round(&mut self, kept: usize) {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point -= i32::try_from(zeros).unwrap_or(0);
        let rounds_up = self.digits.get(kept).is_some_and(|digit| *digit >= 5);
        self.digits.truncate(kept);
        if rounds_up {
            while self.digits.last() == Some(&9) {
                self.digits.pop();
            }
            match self.digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    self.digits.push(1);
                    self.point += 1;
                }
            }
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            (self.is_negative, self.point) = (false, 0);
        }
    }

    /// A hundred times as much.
    pub fn in_percent(mut self) -> Number {
        if !self.digits.is_empty() {
            self.point += 2;
        }
        self
    }

    /// The digits of a number that is whole and not negative, at least one.
    pub fn whole_digits(&self) -> Option<String> {
        let is_whole = usize::try_from(self.point).is_ok_and(|point| point >= self.digits.len());
        let is_zero = self.digits.is_empty();
        (is_zero || is_whole && !self.is_negative).then(|| self.plain())
    }

    /// Without an exponent: `1234.5`, `-0.00000015`.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        if self.is_negative {
            text.push('-');
        }
        let place = usize::try_from(self.point).unwrap_or(0);
        if place == 0 {
            text.push('0');
        }
        let digit = |digit: &u8| char::from(b'0' + digit);
        text.extend(self.digits.iter().take(place).map(digit));
        text.extend(std::iter::repeat_n('0', place.saturating_sub(self.digits.len())));
        if self.digits.len() > place {
            text.push('.');
            text.extend(std::iter::repeat_n('0', usize::try_from(-self.point).unwrap_or(0)));
            text.extend(self.digits.iter().skip(place).map(digit));
        }
        text
    }

    /// Whole days and the milliseconds of the day that is not over; `None` below zero and beyond any calendar.
    pub fn days_and_milliseconds(&self) -> Option<(i64, i64)> {
        const DAY: i128 = 86_400_000;
        if self.is_negative || self.point > 8 {
            return None;
        }
        let mut scaled: i128 = 0;
        let unit: i128 = 10_000_000_000;
        // Ten digits behind the point are a hundred-thousandth of a second.
        for place in 0..(self.point + 10).max(0) {
            let digit = usize::try_from(place).ok().and_then(|place| self.digits.get(place)).copied().unwrap_or(0);
            scaled = scaled * 10 + i128::from(digit);
        }
        let milliseconds = (scaled * DAY + unit / 2) / unit;
        Some((i64::try_from(milliseconds / DAY).ok()?, i64::try_from(milliseconds % DAY).ok()?))
    }
}
