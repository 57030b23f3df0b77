//! A small company with everything that makes filters hard: nothing at all, letters with marks, days on which clocks
//! change, money in several currencies with and without a rate, several e-mails, records in the bin.

mod save;
mod schema;

pub use schema::schema;

use super::generate::Random;
use crate::{
    field::{Field, Kind},
    filter::{RecordRef, World},
    layout::Record,
    object::Object,
    schema::Schema,
    stored,
    value::{Link, Money, Value},
};
use base::{Id, Timestamp, time};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::BTreeMap;

/// Texts of people who live between the Atlantic and the Black Sea, and of people who try things.
pub const SPICES: [&str; 24] = [
    "Łódź",
    "lodz",
    "LODZ",
    "Straße",
    "strasse",
    "Iași",
    "Iaşi",
    "iasi",
    "İstanbul",
    "Œuvre",
    "oeuvre",
    "Żółć",
    "Ko",
    "Kowalski",
    "kowalczyk",
    "Élodie",
    "a b",
    "it's",
    "100%",
    "_x",
    "\u{301}",
    "\u{10ffff}z",
    "ß",
    "ô",
];
pub const EMAILS: [&str; 5] =
    ["Anna@example.com", "jan.kowalski@firma.pl", "JAN@firma.pl", "i.țepeș@iași.ro", "ł@łódź.pl"];
pub const PHONES: [&str; 4] = ["+48601234567", "+48221234567", "+40721234567", "+33612345678"];
pub const WORDS: [&str; 3] = ["Łódź", "one two", "three"];
pub const ACCOUNTS: [&str; 3] = ["PL61109010140000071219812874", "DE89370400440532013000", "RO49AAAA1B31007593840000"];
pub const URLS: [&str; 3] = ["https://example.com/", "https://www.firma.pl/o-nas", "http://example.com/"];
pub const CURRENCIES: [&str; 4] = ["EUR", "PLN", "USD", "JPY"];
pub const DAYS: [&str; 14] = [
    "0001-01-01",
    "2024-02-29",
    "2025-12-31",
    "2026-01-01",
    "2026-02-28",
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
    "2026-10-24",
    "2026-10-25",
    "2026-10-26",
    "2026-12-31",
    "2027-01-01",
    "9999-12-31",
];

pub const USERS: [i64; 4] = [101, 102, 103, 104];
pub const TEAMS: [i64; 3] = [201, 202, 203];

/// Roles of links: those that the field offers, and another.
pub const ROLES: [&str; 3] = ["director", "owner", "właścicielka"];

/// The tenant's time zone has a night of 23 hours and one of 25.
pub fn zone() -> TimeZone {
    TimeZone::get("Europe/Warsaw").unwrap()
}

/// The company's records, in memory.
pub struct Company {
    pub schema: Schema,
    records: BTreeMap<(i64, Id), Record>,
}

impl Company {
    pub fn new(seed: u64) -> Company {
        let mut company = Company { schema: schema(), records: BTreeMap::new() };
        let mut random = Random(seed);
        company.add_people();
        for (object, count) in [
            ("companies", 12),
            ("contacts", 40),
            ("orders", 50),
            ("order_lines", 70),
            ("tasks", 30),
            ("notes", 12),
            ("machines", 16),
        ] {
            company.add(object, count, &mut random);
        }
        company
    }

    pub fn ids(&self, object: &str) -> Vec<Id> {
        let object = self.schema.object(object).unwrap().id;
        self.records.keys().filter(|(of, _)| *of == object).map(|(_, id)| *id).collect()
    }

    /// An empty company with one empty record of an object, and its users and teams.
    pub fn with_one(object: &str) -> (Company, RecordRef) {
        let mut company = Company { schema: schema(), records: BTreeMap::new() };
        company.add_people();
        let record = company.add_empty(object, 1);
        (company, record)
    }

    pub fn add_empty(&mut self, object: &str, id: i64) -> RecordRef {
        let object = self.schema.object(object).unwrap();
        let values = vec![Value::Empty; object.fields.len()];
        let record = RecordRef { object: object.id, id: Id(id) };
        let empty = Record { object: object.id, id: Id(id), values, deleted_at: None };
        self.records.insert((record.object, record.id), empty);
        record
    }

    pub fn bin(&mut self, record: RecordRef) {
        self.records.get_mut(&(record.object, record.id)).unwrap().deleted_at = Some(Timestamp(1));
    }

    pub fn set(&mut self, record: RecordRef, field: &str, value: Value) {
        let object = self.schema.object_by_id(record.object).unwrap();
        let at = object.fields.iter().position(|other| other.name == field).unwrap();
        self.records.get_mut(&(record.object, record.id)).unwrap().values[at] = value;
    }

    /// Users and teams have ids that the callers of the tests know.
    fn add_people(&mut self) {
        let people = [("users", USERS.as_slice()), ("teams", TEAMS.as_slice())];
        for (object, ids) in people {
            let object = self.schema.object(object).unwrap().clone();
            for (at, id) in ids.iter().enumerate() {
                let name = Value::Text(["Łucja Żak", "Stefan cel Mare", "Œnone", "Ko"][at].to_owned());
                let email = Value::Text(format!("user{at}@example.com"));
                let values = object.fields.iter().map(|field| if field.name == "name" { &name } else { &email });
                let record =
                    Record { object: object.id, id: Id(*id), values: values.cloned().collect(), deleted_at: None };
                self.records.insert((object.id, Id(*id)), record);
            }
        }
    }

    fn add(&mut self, object: &str, count: i64, random: &mut Random) {
        let object = self.schema.object(object).unwrap().clone();
        for number in 0..count {
            let id = Id(object.id * 1_000_000 + number);
            let mut values: Vec<Value> = object.fields.iter().map(|field| self.any_value(field, random)).collect();
            for (at, field) in object.fields.iter().enumerate() {
                match field.name.as_str() {
                    "id" => values[at] = Value::Link(Link::to(object.id, id)),
                    "created_at" | "updated_at" => values[at] = Value::Int(any_instant(random)),
                    "version" => values[at] = Value::Int(1),
                    _ => {}
                }
                // The many are stored where they say more than their first.
                if let Some(first) = field.first.and_then(|f| object.fields.iter().position(|o| o.name == f)) {
                    let is_plain = |value: &Value| value.link().is_none_or(Link::is_plain);
                    let plain = |value: &Value| match value {
                        Value::Link(link) => Value::Link(Link::to(link.object, link.id)),
                        other => other.clone(),
                    };
                    values[first] = values[at].each().first().map(plain).unwrap_or_default();
                    if values[at].each().len() == 1 && values[at].each().iter().all(is_plain) {
                        values[at] = Value::Empty;
                    }
                }
            }
            let deleted_at = random.one_in(8).then_some(Timestamp(1));
            self.records.insert((object.id, id), Record { object: object.id, id, values, deleted_at });
        }
    }

    fn any_value(&self, field: &Field, random: &mut Random) -> Value {
        if random.one_in(4) {
            return Value::Empty;
        }
        if field.holds_many() {
            let one = Field { many: false, kind: stored::single(field.kind), ..field.clone() };
            let mut values: Vec<Value> = (0..=random.below(2)).map(|_| self.any_value(&one, random)).collect();
            values.retain(|value| !value.is_empty());
            values.dedup_by(|one, other| {
                one.link().map_or(one == other, |link| other.link().is_some_and(|o| o.id == link.id))
            });
            return if values.is_empty() { Value::Empty } else { Value::Many(values) };
        }
        let text = |text: &str| Value::Text(text.to_owned());
        match field.kind {
            Kind::Text | Kind::Tags | Kind::AutoNumber => text(random.of(&SPICES)),
            Kind::RichText => Value::Text(format!("<p>{}<b>x</b> &amp; y</p>", random.of(&WORDS))),
            Kind::LongText => {
                Value::Text((0..random.below(90)).map(|_| random.of(&SPICES)).collect::<Vec<_>>().join(" ") + "end")
            }
            Kind::Email => text(random.of(&EMAILS)),
            Kind::Phone => text(random.of(&PHONES)),
            Kind::Iban => text(random.of(&ACCOUNTS)),
            Kind::TaxId => text(random.of(&["PL5260250274", "RO14399840", "FR83404833048"])),
            Kind::Url => text(random.of(&URLS)),
            Kind::Choice | Kind::Choices => match field.choices.as_slice() {
                [] => text("none"),
                choices => Value::Text(choices[random.below(choices.len())].code.clone()),
            },
            Kind::Country => text(random.of(&["PL", "RO", "FR", "DE"])),
            Kind::Language => text(random.of(&["pl", "ro", "fr"])),
            Kind::Currency => text(random.of(&CURRENCIES)),
            Kind::Date => text(random.of(&DAYS)),
            Kind::YesNo => Value::Int(i64::from(random.one_in(2))),
            Kind::Instant => Value::Int(any_instant(random)),
            Kind::Rating => Value::Int(i64::try_from(random.below(6)).unwrap()),
            Kind::Duration => Value::Int(i64::try_from(random.below(9_000)).unwrap()),
            Kind::Integer | Kind::Decimal | Kind::Percent => Value::Int(any_number(random)),
            Kind::Money => {
                let currency = random.of(&CURRENCIES).to_owned();
                let minor = any_number(random);
                let base = if currency == "EUR" { Some(minor) } else { random.one_in(2).then(|| any_number(random)) };
                Value::Money(Money { minor, currency, base })
            }
            Kind::Relation | Kind::Relations | Kind::User | Kind::Team => self.any_link(field, random),
            Kind::Address | Kind::File | Kind::Picture => Value::Empty,
        }
    }

    fn any_link(&self, field: &Field, random: &mut Random) -> Value {
        let targets: Vec<_> = match self.schema.target(field) {
            Some(target) => self.records.keys().filter(|(object, _)| *object == target.id).collect(),
            None => self.records.keys().filter(|(object, _)| [1, 2, 6].contains(object)).collect(),
        };
        if targets.is_empty() {
            return Value::Empty;
        }
        // A few are linked often, so that there is something to add up.
        let most = if random.one_in(2) { targets.len().min(5) } else { targets.len() };
        let (object, id) = *targets[random.below(most)];
        let plain = Link::to(object, id);
        if random.one_in(2) || field.target.as_ref().is_none_or(|target| target.roles.is_none()) {
            return Value::Link(plain);
        }
        let day = |random: &mut Random| random.one_in(2).then(|| random.of(&DAYS).parse().unwrap());
        let role = random.one_in(2).then(|| random.of(&ROLES).to_owned());
        Value::Link(Link { role, from: day(random), until: day(random), ..plain })
    }
}

fn any_number(random: &mut Random) -> i64 {
    match random.below(6) {
        0 => 0,
        1 => 1_000,
        2 => -random.number(500),
        3 => random.number(100_000_000_000),
        _ => random.number(20_000),
    }
}

pub fn any_instant(random: &mut Random) -> i64 {
    let date: Date = time::parse_date(DAYS[1 + random.below(DAYS.len() - 2)]).unwrap();
    let start = time::start_of_day(date, &zone()).0;
    let hours = [0, 0, 1, 2, 3, 12, 22, 23, 24, 25];
    start + hours[random.below(hours.len())] * 3_600_000 + [-1, 0, 0, 1][random.below(4)]
}

impl World for Company {
    fn value(&self, record: RecordRef, field: &Field) -> Value {
        let object = self.schema.object_by_id(record.object).unwrap();
        let at = object.fields.iter().position(|other| other.name == field.name).unwrap();
        let record = self.records.get(&(record.object, record.id));
        record.map(|record| record.values[at].clone()).unwrap_or_default()
    }

    fn lives(&self, record: RecordRef) -> bool {
        self.records.get(&(record.object, record.id)).is_some_and(|record| record.deleted_at.is_none())
    }

    fn pointing(&self, object: &Object, field: &Field, to: RecordRef) -> Vec<RecordRef> {
        let here = self.records.iter().filter(|((of, _), record)| *of == object.id && record.deleted_at.is_none());
        let refs = here.map(|((object, id), _)| RecordRef { object: *object, id: *id });
        let leads = |from: &RecordRef| {
            let value = self.value(*from, field);
            value.each().iter().filter_map(Value::link).any(|link| link.object == to.object && link.id == to.id)
        };
        refs.filter(leads).collect()
    }
}
