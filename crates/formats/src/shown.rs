//! Number formats: whether a number is a day, a share, or a row of digits such as a postcode, by the format that it is
//! shown in.

use crate::{
    dates::{self, Parts, Since},
    number::Number,
};

/// How the numbers of a cell are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Shown {
    #[default]
    Plain,
    Moment(Parts),
    Percent,
    /// An amount with the code of its currency.
    Amount(String),
    /// Digits in places, each mask up to some number: `00-000`.
    Masks(Vec<Mask>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Numbers for which it is, all without a condition; `None` stands for any.
    up_to: Option<u64>,
    places: Vec<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `0`: a digit, or a zero.
    Digit,
    /// `#`: a digit where there is one.
    Optional,
    Sign(char),
}

impl Shown {
    /// The formats that have a number instead of a code.
    pub fn built_in(number: u64) -> Shown {
        match number {
            9 | 10 => Shown::Percent,
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shown::Moment(Parts::Day),
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Shown::Moment(Parts::Time),
            22 => Shown::Moment(Parts::DayAndTime),
            _ => Shown::Plain,
        }
    }

    /// From a format's code: `yyyy\-mm\-dd`, `0.0%`, `[<=9999999]###\-####;\(###\)\ ###\-####`.
    pub fn from_code(code: &str) -> Shown {
        if code.trim().is_empty() || code.eq_ignore_ascii_case("general") || code.len() > 1_000 {
            return Shown::Plain;
        }
        let sections = sections(code);
        let Some(first) = sections.first() else { return Shown::Plain };
        if let Some(parts) = first.moment() {
            return Shown::Moment(parts);
        }
        if first.plain.contains('%') {
            return Shown::Percent;
        }
        if let Some(currency) = first.currency() {
            return Shown::Amount(currency);
        }
        let mut masks = Vec::new();
        for section in sections.iter().take(2) {
            let Some(places) = section.mask() else { break };
            masks.push(Mask { up_to: section.up_to, places });
            if section.up_to.is_none() {
                return Shown::Masks(masks);
            }
        }
        Shown::Plain
    }

    /// The text for a number as the file holds it; the text itself where it is no number.
    pub fn text(&self, raw: &str, since: Since) -> String {
        let Some(number) = Number::parse(raw) else { return raw.trim().to_owned() };
        match self {
            Shown::Plain => number.plain(),
            Shown::Percent => format!("{}%", number.in_percent().plain()),
            Shown::Amount(currency) => format!("{} {currency}", number.plain()),
            Shown::Moment(parts) => dates::text(&number, *parts, since).unwrap_or_else(|| number.plain()),
            Shown::Masks(masks) => masked(&number, masks).unwrap_or_else(|| number.plain()),
        }
    }
}

fn masked(number: &Number, masks: &[Mask]) -> Option<String> {
    let digits = number.whole_digits()?;
    let value: u64 = digits.parse().ok()?;
    let mask = masks.iter().find(|mask| mask.up_to.is_none_or(|most| value <= most))?;
    let mut left: Vec<char> = digits.chars().collect();
    let mut text = Vec::new();
    let mut places = mask.places.iter().rev().peekable();
    while let Some(place) = places.next() {
        match place {
            Place::Digit => text.push(left.pop().unwrap_or('0')),
            Place::Optional => text.extend(left.pop()),
            Place::Sign(sign) => text.push(*sign),
        }
        let is_last = !places.clone().any(|place| !matches!(place, Place::Sign(_)));
        if is_last {
            text.extend(left.drain(..).rev());
        }
    }
    Some(text.into_iter().rev().collect())
}

/// One of the parts between semicolons.
#[derive(Debug, Default)]
struct Section {
    /// Letters and signs that mean something.
    plain: String,
    /// The same with what is shown as it is, which is marked.
    marks: Vec<(char, bool)>,
    up_to: Option<u64>,
    is_elapsed: bool,
}

fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        if c == ';' {
            sections.push(Section::default());
            continue;
        }
        let Some(section) = sections.last_mut() else { break };
        match c {
            '"' => section.marks.extend(characters.by_ref().take_while(|c| *c != '"').map(|c| (c, true))),
            '\\' => section.marks.extend(characters.next().map(|c| (c, true))),
            '_' | '*' => drop(characters.next()),
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                section.bracket(&inside);
            }
            other => {
                section.plain.push(other.to_ascii_lowercase());
                section.marks.push((other, false));
            }
        }
    }
    sections
}

impl Section {
    fn bracket(&mut self, inside: &str) {
        let is_elapsed = |letter: char| !inside.is_empty() && inside.chars().all(|c| c.eq_ignore_ascii_case(&letter));
        self.is_elapsed |= ['h', 'm', 's'].into_iter().any(is_elapsed);
        if let Some(most) = inside.strip_prefix("<=") {
            self.up_to = most.trim().parse().ok();
        } else if let Some(below) = inside.strip_prefix('<') {
            self.up_to = below.trim().parse::<u64>().ok().and_then(|below| below.checked_sub(1));
        }
    }

    fn moment(&self) -> Option<Parts> {
        // `General` and `E+` have letters of days in them.
        let plain = self.plain.replace("general", "").replace("am/pm", "h").replace("a/p", "h");
        let has = |letter: char| plain.contains(letter);
        let has_time = has('h') || has('s') || self.is_elapsed;
        let has_day = has('y') || has('d') || has('m') && !has_time;
        match (has_day, has_time) {
            (true, true) => Some(Parts::DayAndTime),
            (true, false) => Some(Parts::Day),
            (false, true) => Some(Parts::Time),
            (false, false) => None,
        }
    }

    /// A currency that stands behind the number by its code, as our own exports write it: `#,##0.00" EUR"`.
    fn currency(&self) -> Option<String> {
        let shown: String = self.marks.iter().filter(|(_, is_literal)| *is_literal).map(|(c, _)| *c).collect();
        let code = shown.strip_prefix(' ')?;
        let is_code = code.len() == 3 && code.bytes().all(|c| c.is_ascii_uppercase());
        (is_code && self.plain.ends_with('0')).then(|| code.to_owned())
    }

    /// The places of digits, where the format is for numbers that are read digit by digit and not for amounts.
    fn mask(&self) -> Option<Vec<Place>> {
        let mut places = Vec::new();
        for (c, _) in &self.marks {
            places.push(match c {
                '0' => Place::Digit,
                '#' => Place::Optional,
                '-' | '(' | ')' | ' ' | '+' | '/' => Place::Sign(*c),
                _ => return None,
            });
        }
        let digits = places.iter().filter(|place| !matches!(place, Place::Sign(_))).count();
        let signs = places.len() - digits;
        let zeros = places.iter().filter(|place| **place == Place::Digit).count();
        let is_grouped: String = self.marks.iter().map(|(c, _)| *c).collect();
        let is_amount = matches!(is_grouped.trim(), "# ##0" | "### ###" | "# ###" | "0 000" | "#### ");
        (digits > 1 && !is_amount && (signs > 0 || zeros > 1)).then_some(places)
    }
}
