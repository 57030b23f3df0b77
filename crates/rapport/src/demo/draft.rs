//! A change in the making: values by the names of their fields.

use base::{Error, Id, Result, Timestamp};
use jiff::civil::Date;
use records::{
    object::Object,
    store::{Change, Op},
    value::{Link, Money, Value},
};

/// Values for one record.
pub struct Draft<'a> {
    object: &'a Object,
    values: Vec<(usize, Value)>,
    unknown: Option<&'static str>,
}

impl<'a> Draft<'a> {
    pub fn new(object: &'a Object) -> Draft<'a> {
        Draft { object, values: Vec::with_capacity(object.fields.len()), unknown: None }
    }

    pub fn put(mut self, field: &'static str, value: Value) -> Draft<'a> {
        match self.object.fields.iter().position(|known| known.name == field) {
            Some(at) => self.values.push((at, value)),
            None => self.unknown = Some(field),
        }
        self
    }

    pub fn text(self, field: &'static str, text: impl Into<String>) -> Draft<'a> {
        self.put(field, Value::Text(text.into()))
    }

    pub fn int(self, field: &'static str, number: i64) -> Draft<'a> {
        self.put(field, Value::Int(number))
    }

    pub fn flag(self, field: &'static str, flag: bool) -> Draft<'a> {
        self.int(field, i64::from(flag))
    }

    pub fn date(self, field: &'static str, date: Date) -> Draft<'a> {
        self.text(field, date.to_string())
    }

    pub fn instant(self, field: &'static str, at: Timestamp) -> Draft<'a> {
        self.int(field, at.0)
    }

    /// The write path adds the amount in the base currency.
    pub fn money(self, field: &'static str, minor: i64, currency: &str) -> Draft<'a> {
        self.put(field, Value::Money(Money { minor, currency: currency.to_owned(), base: None }))
    }

    pub fn link(self, field: &'static str, object: i64, id: Id) -> Draft<'a> {
        self.put(field, link(object, id, None))
    }

    pub fn texts(self, field: &'static str, texts: Vec<String>) -> Draft<'a> {
        self.put(field, Value::Many(texts.into_iter().map(Value::Text).collect()))
    }

    pub fn create(self, id: Id) -> Result<Change> {
        self.change(Op::Create, id)
    }

    pub fn update(self, id: Id) -> Result<Change> {
        self.change(Op::Update, id)
    }

    fn change(self, op: Op, id: Id) -> Result<Change> {
        match self.unknown {
            None => Ok(Change::new(op, self.object.id, id, self.values)),
            Some(field) => Err(Error::internal(format!("{} have no field {field}", self.object.name))),
        }
    }
}

pub fn link(object: i64, id: Id, role: Option<&str>) -> Value {
    Value::Link(Link { role: role.map(str::to_owned), ..Link::to(object, id) })
}
