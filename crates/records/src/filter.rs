//! The filter language: one text for lists, segments, rights, automation, reports and exports.
//!
//! A text is parsed into a tree, the tree is checked against fields and rights into a plan, and the plan is either
//! compiled to SQL or evaluated on a record in memory. `docs/filters.md` describes the language to users.

mod check;
mod compile;
mod evaluate;
mod own;
mod parse;
mod plan;
mod print;
mod problem;
pub(crate) mod tree;
pub(crate) mod words;

#[cfg(test)]
mod tests;

pub(crate) use problem::shown;

use crate::{
    field::Field,
    object::Object,
    permissions::{Access, Action},
    schema::Inverse,
    sql::Sql,
    value::Value,
};
use base::{Id, Result, Timestamp};
use db::Dialect;
use std::fmt;

/// A filter as written: well-formed, not yet known to make sense. Prints as text that reads back as the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    root: tree::Node,
}

impl Filter {
    /// Reads the text of a filter.
    ///
    /// # Errors
    /// `Invalid` on the field `filter`, with the position of the offending character, counted from 1.
    pub fn parse(text: &str) -> Result<Filter> {
        parse::parse(text).map(|root| Filter { root })
    }

    /// Finds out what the filter means for records of an object, for this caller at this moment.
    ///
    /// # Errors
    /// `Invalid` on the field `filter`; a field that the caller may not know of is one that does not exist.
    pub fn check<'a>(&self, access: &Access<'a>, object: &'a Object, now: Timestamp) -> Result<Checked<'a>> {
        Ok(Checked { object, condition: check::check(&self.root, *access, object, now)? })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

/// A filter that makes sense: fields found, values of their kinds, rights and relative dates resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked<'a> {
    object: &'a Object,
    condition: plan::Condition<'a>,
}

impl Checked<'_> {
    /// The object whose records it is about.
    pub fn object(&self) -> &Object {
        self.object
    }

    /// Writes the condition, in parentheses, on the row called `alias`. It may be NULL, which stands for false.
    ///
    /// It says nothing about which rows of the object may be seen: that is [`Access::push_living`].
    pub fn push_sql(&self, sql: &mut Sql, access: &Access<'_>, dialect: Dialect, alias: &str) {
        sql.push("(");
        compile::push(&self.condition, sql, access, dialect, alias);
        sql.push(")");
    }

    /// Whether a record passes, with what the world knows of it and of the records that it is related to.
    pub fn matches(&self, world: &dyn World, record: RecordRef) -> bool {
        evaluate::holds(&self.condition, world, record)
    }
}

/// ` FROM … WHERE …`: the living records, as `there`, that lead to the row called `here`, and pass.
pub fn push_leading_here(
    sql: &mut Sql,
    access: &Access<'_>,
    dialect: Dialect,
    inverse: Inverse<'_>,
    condition: Option<&Checked<'_>>,
    (here, there): (&str, &str),
) {
    let first = inverse.field.first.and_then(|first| inverse.object.field(first));
    let related = plan::Related {
        way: plan::Way::Back(plan::Source { field: inverse.field, first }),
        object: inverse.object,
        reach: access.reach(inverse.object, Action::Read),
        terms: None,
        condition: condition.map(|checked| checked.condition.clone()),
        ask: plan::Ask::Some,
    };
    compile::push_related(&related, sql, access, dialect, (here, there));
}

/// One record, for [`World`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordRef {
    pub object: i64,
    pub id: Id,
}

/// The records that a filter is evaluated on in memory. Rights are the filter's own business.
pub trait World {
    /// A field's value; empty where the record is unknown.
    fn value(&self, record: RecordRef, field: &Field) -> Value;

    /// The record exists and is not in the bin.
    fn lives(&self, record: RecordRef) -> bool;

    /// The living records of `object` whose `field` leads to `to`.
    fn pointing(&self, object: &Object, field: &Field, to: RecordRef) -> Vec<RecordRef>;
}

/// A field's name as a filter writes it: in backquotes where it would be a key word.
pub fn name(name: &str) -> String {
    tree::Name { at: tree::Position(0), text: name.to_owned() }.to_string()
}

/// A text as a filter writes it, in quotes.
pub fn text(text: &str) -> String {
    tree::LiteralValue::Text(text.to_owned()).to_string()
}
