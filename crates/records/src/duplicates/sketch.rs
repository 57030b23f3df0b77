//! What of a record tells whether it is a duplicate, small enough to hold a million of them.

use super::names;
use crate::{
    field::{Field, Kind},
    object::Object,
    value::Value,
};
use base::{Id, fold};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Where an object has what is compared; indexes into [`Object::fields`].
#[derive(Debug, Clone, Default)]
pub struct Traits {
    is_company: bool,
    names: Vec<usize>,
    emails: Vec<usize>,
    phones: Vec<usize>,
    codes: Vec<usize>,
    city: Option<usize>,
    birth: Option<usize>,
    company: Option<usize>,
}

/// The traits of one record; what is compared for being equal only is kept as a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    pub id: Id,
    pub is_company: bool,
    /// The words of the name, in order, with blanks between them.
    pub name: Box<str>,
    pub emails: Box<[u64]>,
    pub phones: Box<[u64]>,
    pub codes: Box<[u64]>,
    pub city: u64,
    pub birth: u64,
    pub company: u64,
}

/// Two numbers without the way they are dialled from abroad or at home are the same.
const PHONE_DIGITS: usize = 9;

impl Traits {
    pub fn of(object: &Object) -> Traits {
        let place = |name: &str| object.fields.iter().position(|field| field.name == name);
        let all = |is: &dyn Fn(&Field) -> bool| {
            object.fields.iter().enumerate().filter(|(_, field)| is(field)).map(|(at, _)| at).collect()
        };
        Traits {
            is_company: object.name == "companies",
            names: object.title.iter().filter_map(|name| place(name)).collect(),
            emails: all(&|field| field.kind == Kind::Email),
            phones: all(&|field| field.kind == Kind::Phone),
            codes: all(&|field| {
                let is_code = matches!(field.kind, Kind::TaxId | Kind::Iban);
                field.name == "tax_id" || is_code || field.unique && field.kind == Kind::Text
            }),
            city: place("city"),
            birth: place("birth_date"),
            company: place("company"),
        }
    }

    /// Without the fields that are not known.
    pub fn known(mut self, is_known: impl Fn(usize) -> bool) -> Traits {
        for list in [&mut self.names, &mut self.emails, &mut self.phones, &mut self.codes] {
            list.retain(|&at| is_known(at));
        }
        for single in [&mut self.city, &mut self.birth, &mut self.company] {
            *single = single.filter(|&at| is_known(at));
        }
        self
    }

    /// The reasons of a score that tell nothing but what is known.
    pub fn told(&self, is_known: impl Fn(usize) -> bool) -> Vec<&'static str> {
        let all = |list: &[usize]| list.iter().all(|&at| is_known(at));
        let one = |single: Option<usize>| single.is_none_or(&is_known);
        let reasons = [
            ("code", all(&self.codes)),
            ("email", all(&self.emails)),
            ("phone", all(&self.phones)),
            ("name", all(&self.names)),
            ("similar_name", all(&self.names)),
            ("city", one(self.city)),
            ("birth_date", one(self.birth)),
            ("company", one(self.company)),
        ];
        reasons.into_iter().filter(|(_, known)| *known).map(|(reason, _)| reason).collect()
    }

    /// Whether one value of this field alone leads to the other record.
    pub fn is_told_by_value(&self, at: usize) -> bool {
        self.emails.contains(&at) || self.phones.contains(&at) || self.codes.contains(&at)
    }

    /// Every field that is looked at.
    pub fn fields(&self) -> Vec<usize> {
        let lists = [&self.names, &self.emails, &self.phones, &self.codes];
        let single = [self.city, self.birth, self.company].into_iter().flatten();
        let mut all: Vec<usize> = lists.into_iter().flatten().copied().chain(single).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The sketch of a record; `value` gives a field's value by its index.
    pub fn sketch<'v>(&self, id: Id, value: impl Fn(usize) -> Option<&'v Value>) -> Sketch {
        let texts = |places: &[usize]| -> Vec<&'v str> {
            places.iter().filter_map(|&at| value(at)).flat_map(Value::each).filter_map(Value::text).collect()
        };
        let name = texts(&self.names).join(" ");
        let words = if self.is_company { names::company(&name) } else { names::person(&name) };
        let one = |at: Option<usize>| at.and_then(&value);
        let text = |at| one(at).and_then(Value::text).map_or(0, |text| number(&fold::key(text)));
        Sketch {
            id,
            is_company: self.is_company,
            name: words.join(" ").into(),
            emails: numbers(texts(&self.emails).into_iter().map(fold::key)),
            phones: numbers(texts(&self.phones).into_iter().filter_map(local)),
            codes: numbers(texts(&self.codes).into_iter().filter_map(code)),
            city: text(self.city),
            birth: text(self.birth),
            company: one(self.company).and_then(Value::link).map_or(0, |link| number(&link.id.0)),
        }
    }
}

/// The end of a number, as it is dialled everywhere.
fn local(phone: &str) -> Option<String> {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().saturating_sub(PHONE_DIGITS);
    (digits.len() >= 7).then(|| digits.iter().skip(from).collect())
}

/// A code without its separators.
fn code(text: &str) -> Option<String> {
    let bare: String = fold::fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    let digits = bare.trim_start_matches(|c: char| c.is_alphabetic());
    let known = if digits.len() >= 6 { digits.to_owned() } else { bare };
    (known.len() >= 3).then_some(known)
}

fn numbers(texts: impl Iterator<Item = String>) -> Box<[u64]> {
    let mut all: Vec<u64> = texts.map(|text| number(&text)).collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

/// A number that stands for a value; 0 stands for none.
pub fn number(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish().max(1)
}
