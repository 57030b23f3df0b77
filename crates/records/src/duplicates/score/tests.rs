use super::*;
use crate::value::{Link, Value};
use base::Id;

/// The usual rules of contacts.
pub fn contacts() -> Judge {
    usual("contacts")
}

fn usual(name: &str) -> Judge {
    Judge::of(&crate::standard::objects().into_iter().find(|object| object.name == name).unwrap())
}

/// `name/e-mail/phone/city/birth` of a person; `name/e-mail/phone/city/tax number/parent` of a company.
fn sketch(object: &str, id: i64, text: &str) -> Sketch {
    let definition = crate::standard::objects().into_iter().find(|known| known.name == object).unwrap();
    let names = match object {
        "contacts" => ["last_name", "email", "phone", "city", "birth_date", ""],
        _ => ["name", "email", "phone", "city", "tax_id", "parent"],
    };
    let mut values = vec![Value::Empty; definition.fields.len()];
    let mut put = |name: &str, value| {
        values[definition.fields.iter().position(|field| field.name == name).unwrap()] = value;
    };
    for (name, part) in names.into_iter().zip(text.split('/').map(str::trim)).filter(|(_, part)| !part.is_empty()) {
        let (first, last) = part.rsplit_once(' ').unwrap_or(("", part));
        match name {
            "last_name" => {
                put("last_name", Value::Text(last.to_owned()));
                put("first_name", Value::Text(first.to_owned()));
            }
            "parent" => put(name, Value::Link(Link::to(1, Id(part.parse().unwrap())))),
            _ => put(name, Value::Text(part.to_owned())),
        }
    }
    usual(object).sketch(Id(id), |at| values.get(at))
}

fn points(object: &str, one: &str, other: &str) -> u8 {
    let (judge, one, other) = (usual(object), sketch(object, 1, one), sketch(object, 2, other));
    let points = score(&judge, &one, &other).points;
    assert_eq!(points, score(&judge, &other, &one).points);
    points
}

fn check(one: &str, other: &str, from: u8, to: u8) {
    let points = points("contacts", one, other);
    assert!((from..=to).contains(&points), "{one} and {other}: {points}");
}

#[test]
fn the_same_person_in_other_words_is_found() {
    check("Jan Kowalski/j@x/600123456/Łódź", "Kowalski Jan/j@x/600123456/Łódź", 95, 100);
    check("Kasia Wójcik/k@x", "Katarzyna Wojcik/k@x", 90, 100);
    check("Jan Kowalski//600123456", "Jan Kowalsky//600123456", 75, 90);
    check("Jan Kowalski///Łódź", "Jan Kowalski///Łódź", 60, 75);
    check("Jan Adam Kowalski/j@x", "J. Kowalski/j@x", 80, 100);
}

#[test]
fn other_people_are_left_alone() {
    check("Jan Kowalski/biuro@x", "Anna Nowak/biuro@x", 0, 50);
    check("Jan Kowalski//600123456/Łódź", "Ewa Bąk//600123456/Łódź", 0, 50);
    check("Jan Kowalski", "Jan Kowalski", 0, 59);
    check("Jan Kowalski///Łódź/1980", "Jan Kowalski///Łódź/1990", 0, 40);
    check("Jan Kowalski//600123456/Łódź", "Anna Kowalska//600123456/Łódź", 0, 59);
}

/// What the built-in scoring gave before there were rules.
#[test]
fn the_usual_rules_weigh_as_ever() {
    for (one, other, expected) in [
        ("Jan Kot/j@x/600123456/Łódź/1980", "Jan Kot/j@x/600123456/Łódź/1980", 100),
        ("Jan Kot/j@x", "Jan Kot/j@x", 94),
        ("Jan Kowalski/j@x", "Jan Kowalsky/j@x", 92),
        ("Jan Kowalski//600123456", "Jan Kowalski//600123456", 82),
        ("Jan Kowalski//600123456", "Jan Kowalsky//600123456", 78),
        ("Jan Kot///Łódź", "Jan Kot///Lodz", 71),
        ("Jan Kot", "Jan Kot", 55),
        ("/j@x", "/j@x", 85),
        ("Jan Kot/j@x///1980", "Jan Kot/j@x///1990", 28),
        ("Jan Kot/j@x", "Ewa Bąk/j@x", 42),
    ] {
        assert_eq!(points("contacts", one, other), expected, "{one} and {other}");
    }
    for (one, other, expected) in [
        ("Alfa////5250007394", "Alfa S.A.////PL 525-000-73-94", 99),
        ("Meble///Łódź", "Meble sp. z o.o.///Łódź", 84),
        ("Meble", "Meble", 75),
        ("Meble/a@x///1234567", "Meble/a@x///7654321", 29),
    ] {
        assert_eq!(points("companies", one, other), expected, "{one} and {other}");
    }
}

/// From here on two records are shown first, and merged first.
const TOP: u8 = 80;

#[test]
fn a_household_is_not_one_person() {
    let home = "nowakowie@x/600123456/Łódź";
    for (one, other) in
        [("Jan", "Anna"), ("Maria", "Marta"), ("Daniel", "Daniela"), ("J.", "A."), ("Xiaoming", "Guanyu")]
    {
        check(&format!("{one} Nowak/{home}"), &format!("{other} Nowak/{home}"), 0, 59);
    }
    check(&format!("Jan Nowak/{home}/1950-01-01"), &format!("Jan Nowak/{home}/1980-01-01"), 0, 59);
    // A slip in the name of one person is none.
    check(&format!("Katarzyna Nowak/{home}"), &format!("Katarzyan Nowak/{home}"), TOP, 100);
    // Whoever marries stays the same.
    check(&format!("Anna Nowak/{home}/1980-01-01"), &format!("Anna Kowalska/{home}/1980-01-01"), TOP, 100);
}

#[test]
fn people_of_one_name_are_told_apart_by_how_they_are_reached() {
    check("Jan Nowak/j@x/600123456/Łódź", "Jan Nowak/jan@y/700123456/Łódź", 0, 59);
    check("Jan Nowak/j@x/600123456/Łódź/1980", "Jan Nowak/jan@y/700123456/Łódź/1980", 60, TOP);
    check("Jan Nowak/j@x/600123456", "Jan Nowak/jan@y/600123456", 60, TOP);
}

#[test]
fn companies_of_a_group_are_not_one_company() {
    let check = |one: &str, other: &str, from: u8, to: u8| {
        let points = points("companies", one, other);
        assert!((from..=to).contains(&points), "{one} and {other}: {points}");
    };
    check("Alfa S.A./a@x//Łódź/5250007394", "Alfa sp. z o.o./a@x//Łódź/5260001246", 0, 59);
    check("Alfa/a@x//Łódź", "Alfa/a@x//Gdańsk", 0, TOP - 1);
    check("Alfa/a@x//Łódź", "Alfa Gdańsk/a@x//Gdańsk//1", 0, 59);
    check("Alfa Łódź/a@x////7", "Alfa Łódź/a@x////7", 0, 59);
    // One that has moved keeps its number.
    check("Alfa/a@x//Łódź/5250007394", "Alfa S.A./a@x//Gdańsk/PL5250007394", 95, 100);
}
