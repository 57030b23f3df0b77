//! Fields whose values are made from others and written by the product alone: rolled up from the records that a
//! relation leads to, or computed from other fields of the same record. A value changes in the batch of the change that it follows from; it makes no new version of its
//! record and no history, for it can be made again at any time.
//!
//! Here: what such a field is. What is computed is worked out in `compute`, the statements of figures are in
//! `statement`, who feeds whom is in `feeds`, the first filling in `fill`, what administrators may ask for in `input`.

mod compute;
mod expressed;
mod feeds;
pub mod fill;
mod input;
mod shape;
mod statement;

pub use feeds::{Feeds, Touched};
pub use input::{DERIVED, RollupInput, is_derived};
pub use shape::made;

use crate::{
    expression::Expression,
    field::{Field, Kind},
    filter::Filter,
    object::Object,
    schema::{Inverse, Schema},
    value::{Money, Value},
};
use std::collections::HashSet;

/// How a field's values come about, where nobody writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Derived {
    Rollup(Rollup),
    /// Worked out from the record itself: when it is written, and when a figure changes that it is made from.
    Computed(Expression),
}

/// A figure made of the living records that a to-many relation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollup {
    /// As seen from the field's object: `orders` of companies.
    pub relation: String,
    pub function: Function,
    /// The field of the related records that is added up and so on; absent for a count.
    pub field: Option<String>,
    /// What first and last go by.
    pub by: Option<String>,
    /// Only those that match: own fields and fixed values.
    pub condition: Option<Filter>,
}

/// What a figure says of several values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Count,
    Sum,
    Avg,
    Min,
    Max,
    First,
    Last,
}

impl Function {
    pub const ALL: [Function; 7] =
        [Function::Count, Function::Sum, Function::Avg, Function::Min, Function::Max, Function::First, Function::Last];

    /// As written in a definition.
    pub fn name(self) -> &'static str {
        match self {
            Function::Count => "count",
            Function::Sum => "sum",
            Function::Avg => "avg",
            Function::Min => "min",
            Function::Max => "max",
            Function::First => "first",
            Function::Last => "last",
        }
    }

    pub fn parse(name: &str) -> Option<Function> {
        Function::ALL.into_iter().find(|function| function.name() == name)
    }

    /// Takes the value of one record, the first or last of an order.
    pub fn picks(self) -> bool {
        matches!(self, Function::First | Function::Last)
    }
}

impl Rollup {
    /// The relation, as long as it exists.
    pub fn inverse<'a>(&self, schema: &'a Schema, object: &'a Object) -> Option<Inverse<'a>> {
        schema.inverse(object, &self.relation)
    }

    /// The fields of the related records that the figure depends on, besides the relation itself.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        let condition = self.condition.as_ref().and_then(|condition| condition.own_fields().ok()).unwrap_or_default();
        self.field.as_deref().into_iter().chain(self.by.as_deref()).chain(condition)
    }
}

/// The rolled-up fields of an object.
pub fn rollups(object: &Object) -> impl Iterator<Item = (&Field, &Rollup)> {
    object.fields.iter().filter_map(|field| match &field.derived {
        Some(Derived::Rollup(rollup)) => Some((field, rollup)),
        _ => None,
    })
}

/// How a field is computed; nothing for others.
pub fn expression(field: &Field) -> Option<&Expression> {
    match &field.derived {
        Some(Derived::Computed(expression)) => Some(expression),
        _ => None,
    }
}

/// Values of the field change with those of other records: it is rolled up, or computed from what is.
pub fn is_late(object: &Object, field: &Field) -> bool {
    let (mut open, mut known) = (vec![field], HashSet::new());
    while let Some(field) = open.pop() {
        match &field.derived {
            Some(Derived::Rollup(_)) => return true,
            Some(Derived::Computed(expression)) if known.insert(field.name.as_str()) => {
                open.extend(expression.fields().into_iter().filter_map(|name| object.field(name)));
            }
            _ => {}
        }
    }
    false
}

/// What a new record has in a field before anything leads to it.
pub fn at_first(field: &Field, base_currency: &str) -> Option<Value> {
    let Some(Derived::Rollup(rollup)) = &field.derived else { return None };
    Some(match rollup.function {
        Function::Count | Function::Sum if field.kind == Kind::Money => {
            Value::Money(Money { minor: 0, currency: base_currency.to_owned(), base: Some(0) })
        }
        Function::Count | Function::Sum => Value::Int(0),
        _ => Value::Empty,
    })
}

/// The computed fields of `object` that read one of its fields.
pub fn computed_from<'a>(object: &'a Object, field: &'a Field) -> impl Iterator<Item = &'a Field> {
    let reads = |made: &&Field| expression(made).is_some_and(|own| own.fields().contains(&field.name.as_str()));
    object.fields.iter().filter(|made| !made.deleted).filter(reads)
}

/// The rolled-up fields that are made from a field of `object`, by whose loss they would lose their sense; without a
/// field those of other objects that are made from its records. Each stands beside its object.
pub fn rolled_from<'a>(
    schema: &'a Schema,
    object: &'a Object,
    field: Option<&'a Field>,
) -> impl Iterator<Item = (&'a Object, &'a Field)> {
    let uses = move |of: &Object, rollup: &Rollup| {
        let inverse = rollup.inverse(schema, of).filter(|inverse| inverse.object.id == object.id);
        inverse.is_some_and(|inverse| match field {
            None => of.id != object.id,
            Some(field) => inverse.field.id == field.id || rollup.inputs().any(|input| input == field.name),
        })
    };
    let all = schema.objects().iter().flat_map(|of| rollups(of).map(move |(field, rollup)| (of, field, rollup)));
    all.filter(move |(of, _, rollup)| uses(of, rollup)).map(|(of, field, _)| (of, field))
}
