//! How the names of two records stand to each other. Pure.

use super::given;

/// What two names say of whether they mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Same,
    /// A slip, an initial, a name more.
    Similar,
    /// A word in common, or one of them has none: that says nothing.
    Open,
    /// Another person of the family: the family's name, and another given one.
    Kin,
    Different,
}

/// A name by its words in order of the alphabet, and which of them are given ones, a bit each.
#[derive(Debug, Clone, Copy)]
pub struct Called<'a> {
    pub words: &'a str,
    pub given: u16,
}

/// A word that the other name lacks.
type Odd<'a> = (&'a str, bool);

/// Judges two names; people's given names count only where `are_people`.
pub fn standing(one: Called<'_>, other: Called<'_>, are_people: bool) -> Standing {
    if one.words.is_empty() || other.words.is_empty() {
        return Standing::Open;
    }
    if one.words == other.words {
        return Standing::Same;
    }
    let (shared, odd) = (shared(one, other), [odd(one, other), odd(other, one)]);
    let [mine, theirs] = &odd;
    let are_others =
        are_people && mine.iter().any(|(word, _)| theirs.iter().any(|(other, _)| given::differ(word, other)));
    if are_others {
        return if shared == 0 { Standing::Different } else { Standing::Kin };
    }
    if is_slip(one, other, &odd) {
        return Standing::Similar;
    }
    match shared {
        0 => Standing::Different,
        // A middle name, or an initial.
        _ if shared > 1 && (mine.is_empty() || theirs.is_empty()) => Standing::Similar,
        _ if are_initials(mine, theirs) => Standing::Similar,
        _ if are_people && are_kin(one, other, &odd) => Standing::Kin,
        _ => Standing::Open,
    }
}

fn marked(name: Called<'_>) -> impl Iterator<Item = Odd<'_>> {
    name.words.split(' ').enumerate().map(move |(at, word)| (word, at < 16 && name.given >> at & 1 == 1))
}

fn shared(one: Called<'_>, other: Called<'_>) -> usize {
    let has = |name: Called<'_>, word: &str| name.words.split(' ').any(|known| known == word);
    let (one, other) =
        if one.words.split(' ').count() <= other.words.split(' ').count() { (one, other) } else { (other, one) };
    one.words.split(' ').filter(|word| has(other, word)).count()
}

fn odd<'a>(one: Called<'a>, other: Called<'_>) -> Vec<Odd<'a>> {
    marked(one).filter(|(word, _)| !other.words.split(' ').any(|known| known == *word)).collect()
}

/// One slip, or two in longer names. Where a single word differs it is held against the one in its place: a slip in its
/// first letter puts the words in another order, and two in a short word make another one of it.
fn is_slip(one: Called<'_>, other: Called<'_>, [mine, theirs]: &[Vec<Odd<'_>>; 2]) -> bool {
    let letters = |text: &str| text.chars().count();
    let longest = letters(one.words).max(letters(other.words));
    let usual = if longest < 10 { 1 } else { 2 };
    let (one, other, most) = match (mine.as_slice(), theirs.as_slice()) {
        ([(mine, _)], [(theirs, _)]) if letters(mine).max(letters(theirs)) < 6 => (*mine, *theirs, 1),
        ([(mine, _)], [(theirs, _)]) => (*mine, *theirs, usual),
        _ => (one.words, other.words, usual),
    };
    letters(one).abs_diff(letters(other)) <= most && strsim::osa_distance(one, other) <= most
}

/// The one word that is not shared is the first letter of one of the other name.
fn are_initials(mine: &[Odd<'_>], theirs: &[Odd<'_>]) -> bool {
    let starts = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    let is_initial = |one: &str, other: &str| starts(one, other) || starts(other, one);
    match (mine, theirs) {
        ([(one, _)], others) | (others, [(one, _)]) => others.iter().any(|(other, _)| is_initial(one, other)),
        _ => false,
    }
}

/// What differs is a given name, and not the shortened form of the other. Where both differ in the family's name alone,
/// somebody may have married.
fn are_kin(one: Called<'_>, other: Called<'_>, [mine, theirs]: &[Vec<Odd<'_>>; 2]) -> bool {
    let is_short = |one: &str, other: &str| one.chars().count() > 2 && other.starts_with(one);
    let has_given = |odd: &[Odd<'_>]| odd.iter().any(|(_, is_given)| *is_given);
    let are_short =
        mine.iter().any(|(one, _)| theirs.iter().any(|(other, _)| is_short(one, other) || is_short(other, one)));
    let both = !mine.is_empty() && !theirs.is_empty();
    one.given != 0 && other.given != 0 && both && !are_short && (has_given(mine) || has_given(theirs))
}

#[cfg(test)]
mod tests {
    use super::{super::super::sketch::Sketch, *};
    use crate::{duplicates::rules::Compare, value::Value};
    use base::Id;

    fn sketch(name: &str) -> Sketch {
        let parts = name.split('/').map(|part| vec![Value::Text(part.to_owned())]).collect::<Vec<_>>();
        let mut sketch = Sketch::new(Id(1));
        sketch.call(Compare::Name, &parts.iter().map(Vec::as_slice).collect::<Vec<_>>());
        sketch
    }

    fn check(one: &str, other: &str, expected: Standing) {
        let (one, other) = (sketch(one), sketch(other));
        assert_eq!(standing(one.called(), other.called(), true), expected, "{} and {}", one.name, other.name);
        assert_eq!(standing(other.called(), one.called(), true), expected, "{} and {}", other.name, one.name);
    }

    #[test]
    fn one_person_is_written_in_many_ways() {
        check("Jan/Kowalski", "Kowalski/Jan", Standing::Same);
        check("Kasia/Nowak", "Katarzyna/Nowak", Standing::Same);
        check("Katarzyna/Nowak", "Kataryzna/Nowak", Standing::Similar);
        check("Ewa/Nowak", "Weah/Nowak", Standing::Kin);
        check("Tomasz/Nowak", "Omtasz/Nowak", Standing::Similar);
        check("J./Nowak", "Jan/Nowak", Standing::Similar);
        check("Anna Maria/Nowak", "Anna/Nowak", Standing::Similar);
        check("Chris/Smith", "Christobald/Smith", Standing::Open);
        check("Anna/Nowak", "Anna/Kowalska", Standing::Open);
        check("Anna/Nowak", "", Standing::Open);
    }

    #[test]
    fn a_household_is_of_several_people() {
        for (one, other) in [
            ("Jan/Nowak", "Anna/Nowak"),
            ("Maria/Nowak", "Marta/Nowak"),
            ("Daniel/Popescu", "Daniela/Popescu"),
            ("J./Nowak", "A./Nowak"),
            ("Nowak/Jan", "Anna/Nowak"),
            ("Xiaoming/Li", "Guanyu/Li"),
        ] {
            check(one, other, Standing::Kin);
        }
        check("Jan/Nowak", "Ewa/Bąk", Standing::Different);
    }
}
