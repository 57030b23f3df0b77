//! People and companies that are there twice on purpose, so that it can be counted how many of them are found: the last
//! ones of their kind are second entries of others, written as people in a hurry write them, with less to know them by.

use super::{Shape, chance::Chance, customers, twins, world::World};
use base::{Id, Result, fold};
use records::{object::Object, store::Change, value::Value};

const PLANTED: u64 = 12;
/// How a second entry's external number ends; what stands before it is that of the first.
pub const SECOND: &str = "-2";

/// Names and how their bearers are called.
const SHORT: [(&str, &str); 14] = [
    ("Katarzyna", "Kasia"),
    ("Małgorzata", "Gosia"),
    ("Agnieszka", "Agnieszka"),
    ("Joanna", "Asia"),
    ("Barbara", "Basia"),
    ("Krzysztof", "Krzysiek"),
    ("Tomasz", "Tomek"),
    ("Piotr", "Piotrek"),
    ("Wojciech", "Wojtek"),
    ("Alexandru", "Sandu"),
    ("Elena", "Lenuța"),
    ("William", "Bill"),
    ("Thomas", "Tom"),
    ("Philippe", "Phil"),
];

/// How many companies are second entries.
pub fn companies(shape: &Shape) -> u32 {
    (shape.planted / 10).min(shape.companies / 10)
}

/// The number of the person who is contact number `n`: mostly `n` itself.
pub fn first_of(shape: &Shape, n: u64) -> u64 {
    match shape.planted {
        0 => twins::first_of(n),
        planted => first(n, shape.contacts, planted).unwrap_or(n),
    }
}

/// Whether contact number `n` is one of those that every company has twice.
pub fn is_twin(shape: &Shape, n: u64) -> bool {
    shape.planted == 0 && twins::is_second(n)
}

/// The first entry of number `n` of `count`, of which the last `planted` are second ones, spread evenly.
fn first(n: u64, count: u32, planted: u32) -> Option<u64> {
    let firsts = u64::from(count.saturating_sub(planted));
    let place = n.checked_sub(firsts).filter(|_| planted > 0)?;
    Some(place * (firsts / u64::from(planted)).max(1) % firsts.max(1))
}

/// Creates contact number `n`.
pub fn contact(world: &World, n: u64, id: Id) -> Result<Change> {
    let Shape { seed, contacts, planted, .. } = world.shape;
    let Some(first) = first(n, contacts, planted) else { return customers::contact(world, n, id) };
    let mut again = Again::of(world.object("contacts")?, customers::contact(world, first, id)?);
    let mut chance = Chance::of(seed, PLANTED, n);
    let (given, family) = (again.text("first_name"), again.text("last_name"));
    // Who has no day of birth is known by the telephone.
    let has_birth = !again.text("birth_date").is_empty();
    let reach: &[&'static str] = if has_birth { &["email", "emails", "phone", "phones"] } else { &["email", "emails"] };
    match n % 8 {
        0 => again.put("last_name", typed(&family, &mut chance)).without(&["phone", "phones", "birth_date"]),
        1 => again.put("first_name", family).put("last_name", given).without(&["email", "emails", "birth_date"]),
        2 => again.put("first_name", short(&given)).without(reach).without(&["company", "companies"]),
        3 => again.put("last_name", typed(&family, &mut chance)).without(reach),
        4 => {
            let other =
                format!("{}{n}@example.net", fold::fold(&family).replace(|c: char| !c.is_ascii_alphanumeric(), ""));
            let loud = fold::fold(&family).to_uppercase();
            again.put("last_name", loud).without(&["email", "emails"]).put("email", other)
        }
        5 => again.put("first_name", initial(&given)).without(&["phone", "phones", "city", "company", "companies"]),
        6 => again.put("first_name", typed(&given, &mut chance)).without(&["email", "emails", "city", "street"]),
        _ => {
            let whole = format!("{family} {given}");
            again.put("last_name", whole).without(&["first_name", "email", "emails"]).without(&["street", "postcode"])
        }
    };
    let number = format!("{}{SECOND}", again.text("external_id"));
    Ok(again.put("external_id", number).change())
}

/// Creates company number `n`.
pub fn company(world: &World, n: u64, id: Id) -> Result<Change> {
    let Shape { seed, companies: count, .. } = world.shape;
    let Some(first) = first(n, count, companies(&world.shape)) else { return customers::company(world, n, id) };
    let mut again = Again::of(world.object("companies")?, customers::company(world, first, id)?);
    let mut chance = Chance::of(seed, PLANTED + 1, n);
    let (name, legal, tax) = (again.text("name"), again.text("legal_name"), again.text("tax_id"));
    match n % 4 {
        0 => again.put("name", legal.to_uppercase()).without(&["tax_id", "phone"]),
        1 => again.put("name", typed(&name, &mut chance)).put("tax_id", spaced(&tax)).without(&["email", "phone"]),
        2 => again.put("name", typed(&name, &mut chance)).without(&["tax_id", "email"]),
        _ => again.put("name", fold::fold(&legal)).without(&["tax_id", "email"]),
    };
    let number = format!("{}{SECOND}", again.text("external_id"));
    Ok(again.put("external_id", number).change())
}

/// A first entry on its way to be written again.
struct Again<'a> {
    object: &'a Object,
    change: Change,
}

impl<'a> Again<'a> {
    fn of(object: &'a Object, change: Change) -> Again<'a> {
        Again { object, change }
    }

    fn at(&self, name: &str) -> usize {
        self.object.fields.iter().position(|field| field.name == name).unwrap_or(usize::MAX)
    }

    fn text(&self, name: &str) -> String {
        let at = self.at(name);
        let value = self.change.values.iter().find(|(place, _)| *place == at);
        value.and_then(|(_, value)| value.text()).unwrap_or_default().to_owned()
    }

    fn put(&mut self, name: &'static str, text: String) -> &mut Again<'a> {
        let at = self.at(name);
        self.change.values.retain(|(place, _)| *place != at);
        self.change.values.push((at, Value::Text(text)));
        self
    }

    fn without(&mut self, names: &[&'static str]) -> &mut Again<'a> {
        let places: Vec<usize> = names.iter().map(|name| self.at(name)).collect();
        self.change.values.retain(|(place, _)| !places.contains(place));
        self
    }

    fn change(&mut self) -> Change {
        self.change.clone()
    }
}

fn short(name: &str) -> String {
    let known = SHORT.iter().find(|(long, _)| *long == name);
    known.map_or_else(|| initial(name), |(_, short)| (*short).to_owned())
}

fn initial(name: &str) -> String {
    name.chars().take(1).chain(['.']).collect()
}

/// A name with a slip behind its first letter: one too few, one too many, the wrong one, or two the wrong way round.
fn typed(name: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = 1 + chance.place(letters.len().saturating_sub(2));
    match (chance.place(4), letters.len()) {
        (_, 0..=2) => letters.push('y'),
        (0, _) => drop(letters.remove(at)),
        (1, _) => letters.insert(at, 'y'),
        (2, _) => letters.swap(at, at + 1),
        _ => letters.iter_mut().skip(at).take(1).for_each(|letter| *letter = 'y'),
    }
    letters.into_iter().collect()
}

/// A number as it stands on an invoice.
fn spaced(number: &str) -> String {
    let mut out = String::new();
    for (at, c) in number.chars().enumerate() {
        if at > 0 && (at + 1) % 3 == 0 {
            out.push(if at % 2 == 0 { ' ' } else { '-' });
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_second_entry_has_a_first_of_its_own() {
        let firsts: std::collections::BTreeSet<u64> = (900..1_000).filter_map(|n| first(n, 1_000, 100)).collect();
        assert_eq!((firsts.len(), firsts.iter().all(|n| *n < 900)), (100, true));
        assert_eq!((first(899, 1_000, 100), first(5, 10, 0)), (None, None));
    }

    #[test]
    fn a_slip_is_no_more_than_one() {
        for n in 0..500 {
            let mut chance = Chance::of(1, PLANTED, n);
            let slipped = typed("Wiśniewska", &mut chance);
            assert!(slipped.starts_with('W') && slipped.chars().count().abs_diff(10) <= 1, "{slipped}");
        }
        assert_eq!(
            (typed("Li", &mut Chance::of(1, 1, 1)), spaced("PL5250007394")),
            ("Liy".to_owned(), "PL 525-000 739-4".into())
        );
    }
}
