//! The filter language: one text for lists, segments, rights, automation, reports and exports.
//!
//! A text is parsed into a tree, the tree is checked against fields and rights into a plan, and the plan is either
//! compiled to SQL or evaluated on a record in memory. `docs/filters.md` describes the language to users.

use crate::{object::Object, permissions::Access, sql::Sql};
use base::{Id, Result, Timestamp};
use db::Dialect;

/// A filter as written: well-formed, not yet known to make sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {}

impl Filter {
    /// Reads the text of a filter.
    ///
    /// # Errors
    /// `Invalid` on the field `filter`, with the position of the offending character, counted from 1.
    pub fn parse(_text: &str) -> Result<Filter> {
        Ok(Filter {})
    }

    /// Finds out what the filter means for records of an object, for this caller at this moment.
    ///
    /// # Errors
    /// `Invalid` on the field `filter`; a field that the caller may not know of is one that does not exist.
    pub fn check<'a>(
        &self,
        access: &Access<'a>,
        object: &'a Object,
        _now: Timestamp,
    ) -> Result<Checked<'a>> {
        let _ = access;
        Ok(Checked { object })
    }
}

/// A filter that makes sense: fields found, values of their kinds, rights and relative dates resolved.
#[derive(Debug, Clone)]
pub struct Checked<'a> {
    object: &'a Object,
}

impl Checked<'_> {
    /// The object whose records it is about.
    pub fn object(&self) -> &Object {
        self.object
    }

    /// Writes the condition, in parentheses, on the row called `alias`. It may be NULL, which stands for false.
    ///
    /// It says nothing about which rows of the object may be seen: that is [`Access::push_living`].
    pub fn push_sql(&self, sql: &mut Sql, _access: &Access<'_>, _dialect: Dialect, _alias: &str) {
        sql.push("(TRUE)");
    }

    /// Whether a record passes, with what the world knows of it and of the records that it is related to.
    pub fn matches(&self, world: &dyn World, record: RecordRef) -> bool {
        let _ = (world, record);
        true
    }
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
    fn value(&self, record: RecordRef, field: &crate::field::Field) -> crate::value::Value;

    /// The record exists and is not in the bin.
    fn lives(&self, record: RecordRef) -> bool;

    /// The living records of `object` whose `field` leads to `to`.
    fn pointing(
        &self,
        object: &Object,
        field: &crate::field::Field,
        to: RecordRef,
    ) -> Vec<RecordRef>;
}
