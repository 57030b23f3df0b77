//! Numbers that new records get, without gaps: each is taken from its counter in the batch that makes its record, on
//! the condition that nobody else has taken it. A lost race decides the unit anew.

use super::{Change, Decided, Op, Work};
use crate::{field::Kind, fields::Numbering, object::Object, sql::Sql, value::Value};
use base::Result;
use db::{Batch, Cell, Expect, Reader, Statement, sql};
use std::collections::{HashMap, HashSet};
use tokio::sync::OwnedMutexGuard;

/// The last number taken of each counter: of a field, and within it of a year or of all times.
pub type Counters = HashMap<(i64, String), i64>;

/// A number that a creation takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    counter: (i64, String),
    number: i64,
}

/// The turn to take numbers; to be held until they are committed.
pub type Turn = OwnedMutexGuard<()>;

impl Work<'_> {
    /// Waits until no other unit of this process is about to take numbers, where one of the changes does: two that
    /// decide on the same snapshot would take the same ones.
    pub async fn turn(&self, changes: &[Change]) -> Option<Turn> {
        let objects: HashSet<i64> = changes.iter().filter(|c| c.op == Op::Create).map(|c| c.object).collect();
        let numbered = |id: &i64| self.catalog.object_by_id(*id).is_ok_and(is_numbered);
        if objects.iter().any(numbered) { Some(self.records.numbering_turn().await) } else { None }
    }

    /// The last numbers of the counters from which some changes take.
    pub(super) async fn counters(&self, reader: &mut Reader, changes: &[Change]) -> Result<Counters> {
        let objects: HashSet<i64> = changes.iter().filter(|c| c.op == Op::Create).map(|c| c.object).collect();
        let mut counters = Counters::new();
        for object in objects {
            for (_, field_id, numbering) in numbered(self.catalog.object_by_id(object)?) {
                let name = numbering.counter(self.year());
                let mut sql = Sql::new();
                sql.push("SELECT value FROM counter WHERE tenant_id = ").push_arg(self.caller.tenant);
                sql.push(" AND field_id = ").push_arg(field_id).push(" AND name = ").push_arg(name.as_str());
                let rows = reader.rows(sql.statement()).await?;
                let last = rows.first().map(|row| row.int(0)).transpose()?;
                counters.insert((field_id, name), last.unwrap_or(0));
            }
        }
        Ok(counters)
    }

    /// Gives a creation its numbers, the next of their counters.
    pub(super) fn number(&self, object: &Object, decided: &mut Decided, counters: &mut Counters) {
        if decided.op != Op::Create {
            return;
        }
        for (at, field_id, numbering) in numbered(object) {
            let counter = (field_id, numbering.counter(self.year()));
            let last = counters.entry(counter.clone()).or_insert(0);
            *last += 1;
            if let Some(place) = decided.after.values.get_mut(at) {
                *place = Value::Text(numbering.shown(self.year(), *last));
            }
            decided.changed.push(at);
            decided.numbers.push(Taken { counter, number: *last });
        }
        decided.changed.sort_unstable();
    }

    pub(super) fn write_numbers(&self, one: &Decided, batch: &mut Batch) {
        for Taken { counter: (field, name), number } in &one.numbers {
            let text = sql!(
                "INSERT INTO counter (tenant_id, field_id, name, value) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (tenant_id, field_id, name) DO UPDATE SET value = excluded.value
                 WHERE counter.value = excluded.value - 1"
            );
            let cells = [self.caller.tenant.into(), Cell::Int(*field), Cell::from(name.as_str()), Cell::Int(*number)];
            batch.expect(Statement::new(text, cells), Expect::Fresh);
        }
    }

    /// The year in which records are made now, where the company is.
    fn year(&self) -> i16 {
        self.now.date_in(&self.catalog.schema.reading().zone).year()
    }
}

/// The places of an object's fields that take numbers, with their ids and patterns.
fn numbered(object: &Object) -> impl Iterator<Item = (usize, i64, Numbering)> {
    let fields = object.fields.iter().enumerate().filter(|(_, field)| field.kind == Kind::AutoNumber);
    fields.map(|(at, field)| (at, field.id, Numbering::of(field)))
}

fn is_numbered(object: &Object) -> bool {
    numbered(object).next().is_some()
}
