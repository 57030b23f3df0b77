//! What a caller wants done to one record, and what was decided.

use super::numbers::Taken;
use crate::{layout::Record, object::Object, value::Value};
use base::Id;
use jiff::civil::Date;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Create,
    Update,
    /// Into the bin.
    Bin,
    /// Out of the bin.
    Restore,
}

/// Whether a change only leads a record from one that was merged to another: the product's own work, which is not held
/// against rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Led {
    ByItself,
    /// Nor is it asked whether everything else that the record leads to is still there.
    Along,
    /// The undo of that.
    Back,
    /// It is what others are led to, and held against all rules. Its new place in a tree counts for them already.
    Survivor,
}

/// One wish for one record. Values are parsed and stand beside the index of their field.
#[derive(Debug, Clone)]
pub struct Change {
    pub op: Op,
    /// The object's id.
    pub object: i64,
    /// The record; for a creation the id it shall have.
    pub id: Id,
    pub values: Vec<(usize, Value)>,
    /// The version that the caller saw; another one is `stale`.
    pub if_match: Option<i64>,
    /// The day whose rates convert the amounts, where the record itself does not say.
    pub rate_day: Option<Date>,
    pub led: Led,
    /// An update of a record that lies in the bin, and stays there.
    pub in_bin: bool,
    /// What was there before comes back, also an option that is retired by now.
    pub brings_back: bool,
    /// A creation of what seems to be there already, which is wanted all the same.
    pub is_repeated: bool,
}

impl Change {
    pub fn new(op: Op, object: i64, id: Id, values: Vec<(usize, Value)>) -> Change {
        Change {
            op,
            object,
            id,
            values,
            if_match: None,
            rate_day: None,
            led: Led::ByItself,
            in_bin: false,
            brings_back: false,
            is_repeated: false,
        }
    }

    /// Whether the record is looked for in the bin.
    pub(super) fn is_of_bin(&self) -> bool {
        self.op == Op::Restore || self.in_bin
    }

    /// What is wanted of the field called `name`, if anything; the change is one of the object.
    pub(super) fn given(&self, object: &Object, name: &str) -> Option<&Value> {
        let at = object.fields.iter().position(|field| field.name == name)?;
        self.values.iter().find(|(place, _)| *place == at).map(|(_, value)| value)
    }
}

/// The outcome of one change, before it is committed.
#[derive(Debug, Clone)]
pub struct Decided {
    pub op: Op,
    pub before: Option<Record>,
    pub after: Record,
    /// The record that a binned one has become part of.
    pub into: Option<Id>,
    /// Indexes of the fields that differ, without the system's own stamps.
    pub changed: Vec<usize>,
    /// The numbers that a creation takes.
    pub numbers: Vec<Taken>,
}

impl Decided {
    /// Nothing differs: nothing is written.
    pub fn is_idle(&self) -> bool {
        self.op == Op::Update && self.changed.is_empty()
    }
}
