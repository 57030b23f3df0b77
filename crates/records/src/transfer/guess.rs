//! What the cells of a column look like.

use crate::{field::Kind, lists};

/// What most cells of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Looks {
    #[default]
    Empty,
    Text,
    LongText,
    Email,
    Phone,
    Date,
    Instant,
    Iban,
    Country,
    YesNo,
    Integer,
    Decimal,
    Money,
    Percent,
    Url,
    /// A few values again and again.
    Choice,
}

impl Looks {
    /// As answered by the API.
    pub fn name(self) -> &'static str {
        match self {
            Looks::Empty => "empty",
            Looks::Iban => "iban",
            other => other.kind().map_or("text", Kind::name),
        }
    }

    /// The kind of a new field for such a column.
    pub fn kind(self) -> Option<Kind> {
        Some(match self {
            Looks::Empty => return None,
            Looks::Text | Looks::Iban => Kind::Text,
            Looks::LongText => Kind::LongText,
            Looks::Email => Kind::Email,
            Looks::Phone => Kind::Phone,
            Looks::Date => Kind::Date,
            Looks::Instant => Kind::Instant,
            Looks::Country => Kind::Country,
            Looks::YesNo => Kind::YesNo,
            Looks::Integer => Kind::Integer,
            Looks::Decimal => Kind::Decimal,
            Looks::Money => Kind::Money,
            Looks::Percent => Kind::Percent,
            Looks::Url => Kind::Url,
            Looks::Choice => Kind::Choice,
        })
    }
}

type Test = fn(&str) -> bool;

/// The tests, the narrow ones first.
const TESTS: &[(Looks, Test)] = &[
    (Looks::Email, is_email),
    (Looks::Url, is_url),
    (Looks::Iban, is_iban),
    (Looks::Date, is_date),
    (Looks::Instant, is_instant),
    (Looks::Percent, |cell| cell.strip_suffix('%').is_some_and(is_number)),
    (Looks::YesNo, is_yes_no),
    (Looks::Phone, is_phone),
    (Looks::Integer, |cell| {
        cell.len() < 16 && cell.strip_prefix('-').unwrap_or(cell).bytes().all(|c| c.is_ascii_digit())
    }),
    (Looks::Decimal, is_number),
    (Looks::Money, is_money),
    (Looks::Country, is_country),
];

/// What nine cells of ten look like; the cells are trimmed and not empty.
pub fn looks<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Looks {
    let count = cells.clone().count();
    if count == 0 {
        return Looks::Empty;
    }
    let is_most = |test: Test| cells.clone().filter(|cell| test(cell)).count() * 10 >= count * 9;
    if let Some((looks, _)) = TESTS.iter().find(|(_, test)| is_most(*test)) {
        return *looks;
    }
    if cells.clone().any(|cell| cell.len() > 200 || cell.contains('\n')) {
        return Looks::LongText;
    }
    let mut different: Vec<&str> = cells.clone().collect();
    different.sort_unstable();
    different.dedup();
    if count >= 10 && different.len() * 4 <= count { Looks::Choice } else { Looks::Text }
}

/// Whether what a column looks like can be read as the kind; `None` where it says nothing either way.
pub fn agrees(kind: Kind, looks: Looks) -> Option<bool> {
    let number = matches!(looks, Looks::Integer | Looks::Decimal | Looks::Money | Looks::Percent | Looks::YesNo);
    match kind {
        _ if looks == Looks::Empty => None,
        Kind::Email => Some(looks == Looks::Email),
        Kind::Phone => Some(matches!(looks, Looks::Phone | Looks::Integer)),
        Kind::Date | Kind::Instant => Some(matches!(looks, Looks::Date | Looks::Instant)),
        Kind::Integer | Kind::Decimal | Kind::Money | Kind::Percent => Some(number),
        Kind::Url => Some(looks == Looks::Url),
        Kind::Country => Some(looks == Looks::Country),
        _ => None,
    }
}

fn is_email(cell: &str) -> bool {
    let Some((person, host)) = cell.rsplit_once('@') else { return false };
    !person.is_empty() && host.contains('.') && !cell.contains(char::is_whitespace)
}

fn is_url(cell: &str) -> bool {
    let is_bare = || cell.starts_with("www.") && cell.len() > 6;
    (cell.starts_with("http://") || cell.starts_with("https://") || is_bare()) && !cell.contains(' ')
}

/// Two letters, two digits and up to thirty more, of which the remainder by 97 is 1.
fn is_iban(cell: &str) -> bool {
    let plain: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let is_shaped = (15..=34).contains(&plain.len())
        && plain.bytes().all(|c| c.is_ascii_alphanumeric())
        && plain.bytes().take(2).all(|c| c.is_ascii_uppercase())
        && plain.bytes().skip(2).take(2).all(|c| c.is_ascii_digit());
    let digits = plain.chars().skip(4).chain(plain.chars().take(4)).filter_map(|c| c.to_digit(36));
    let rest = digits.fold(0, |rest, digit| (rest * if digit > 9 { 100 } else { 10 } + digit) % 97);
    is_shaped && rest == 1
}

/// Three numbers, of which one is a year, with the same mark between them.
fn is_date(cell: &str) -> bool {
    let Some(mark) = cell.chars().find(|c| matches!(c, '-' | '.' | '/')) else { return false };
    let parts: Vec<&str> = cell.trim_end_matches('.').split(mark).collect();
    let number =
        |part: &str, most: u16| part.len() <= 4 && part.parse().is_ok_and(|number: u16| (1..=most).contains(&number));
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => number(month, 12) && number(day, 31),
        [one, two, year] => number(one, 31) && number(two, 31) && matches!(year.len(), 2 | 4) && number(year, 9_999),
        _ => false,
    }
}

/// How days are written, where it is not as ISO writes them: `%d.%m.%Y`. Where either may be, the day comes first.
pub fn date_pattern<'a>(cells: impl Iterator<Item = &'a str>) -> Option<String> {
    let (mut pattern, mut month_first) = (None, false);
    for cell in cells.filter(|cell| is_date(cell)) {
        let mark = cell.chars().find(|c| matches!(c, '-' | '.' | '/'))?;
        let parts: Vec<&str> = cell.split(mark).collect();
        let [one, two, year] = parts.as_slice() else { return None };
        month_first |= two.parse().is_ok_and(|day: u8| day > 12) && one.len() < 3;
        let year_first = format!("%Y{mark}%m{mark}%d");
        let day_last = (one.len() == 4).then_some(year_first);
        let year = if year.len() == 2 { "%y" } else { "%Y" };
        pattern = Some(day_last.unwrap_or_else(|| match month_first {
            true => format!("%m{mark}%d{mark}{year}"),
            false => format!("%d{mark}%m{mark}{year}"),
        }));
    }
    pattern.filter(|pattern| pattern != "%Y-%m-%d")
}

fn is_instant(cell: &str) -> bool {
    let (day, time) = cell.split_once(['T', ' ']).unwrap_or((cell, ""));
    let clock = time.get(..5).unwrap_or_default();
    is_date(day) && clock.bytes().all(|c| c.is_ascii_digit() || c == b':') && clock.contains(':')
}

fn is_yes_no(cell: &str) -> bool {
    let word = base::fold::fold(cell);
    matches!(
        word.as_str(),
        "yes"
            | "no"
            | "true"
            | "false"
            | "tak"
            | "nie"
            | "oui"
            | "non"
            | "da"
            | "nu"
            | "ja"
            | "nein"
            | "prawda"
            | "falsz"
            | "vrai"
            | "faux"
    )
}

fn is_phone(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let is_made_of = cell.chars().all(|c| c.is_ascii_digit() || "+-()./ ".contains(c));
    let has_marks = cell.starts_with(['+', '(']) || cell.starts_with("00") || cell.contains([' ', '-']) || digits == 9;
    is_made_of && (7..=15).contains(&digits) && has_marks && !is_grouped(cell)
}

/// `1 234 567`: an amount.
fn is_grouped(cell: &str) -> bool {
    let mut groups = cell.split(' ');
    let first = groups.next().unwrap_or_default();
    !first.starts_with('+') && first.len() < 3 && !first.starts_with('0') && groups.all(|group| group.len() == 3)
}

fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\''))
}

fn is_money(cell: &str) -> bool {
    let is_sign = |c: char| matches!(c, '€' | '$' | '£') || c.is_ascii_uppercase() || "złei".contains(c);
    let number = cell.trim_matches(|c: char| is_sign(c) || c.is_whitespace());
    number.len() < cell.len() && is_number(number) && cell.chars().filter(|c| is_sign(*c)).count() <= 3
}

fn is_country(cell: &str) -> bool {
    lists::countries().find(cell).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: &[&str], expected: Looks) {
        assert_eq!(looks(cells.iter().copied()), expected, "{cells:?}");
    }

    #[test]
    fn cells_say_what_they_are() {
        check(&[], Looks::Empty);
        check(&["a@example.com", "b@example.pl"], Looks::Email);
        check(&["+48 600 100 200", "(42) 600-10-20"], Looks::Phone);
        check(&["2026-11-22", "22.11.2026", "1/2/99"], Looks::Date);
        check(&["2026-11-22T10:00:00", "22.11.2026 10:15"], Looks::Instant);
        check(&["GB82 WEST 1234 5698 7654 32"], Looks::Iban);
        check(&["GB82 WEST 1234 5698 7654 33"], Looks::Text);
        check(&["Polska", "France", "DE"], Looks::Country);
        check(&["tak", "nie", "tak"], Looks::YesNo);
        check(&["1", "-25"], Looks::Integer);
        check(&["1 234,50", "12.5"], Looks::Decimal);
        check(&["12,50 zł", "€ 3", "USD 1,000.00"], Looks::Money);
        check(&["12.5%", "3 %"], Looks::Percent);
        check(&["https://example.com", "www.example.com"], Looks::Url);
        check(&["Jan", "Ewa"], Looks::Text);
        check(&["one", "two", "one", "two", "one", "two", "one", "two", "one", "two"], Looks::Choice);
    }

    #[test]
    fn days_say_their_order() {
        for (cells, pattern) in [
            (&["22.11.2026"][..], Some("%d.%m.%Y")),
            (&["1/2/99", "12/31/99"], Some("%m/%d/%y")),
            (&["1/2/1999"], Some("%d/%m/%Y")),
            (&["2026/11/22"], Some("%Y/%m/%d")),
            (&["2026-11-22"], None),
        ] {
            assert_eq!(date_pattern(cells.iter().copied()).as_deref(), pattern, "{cells:?}");
        }
    }
}
