//! The records of one slice, and what becomes of them.

use super::{Bulk, Effect};
use crate::{
    field::Field,
    fields::{self, MOST_VALUES},
    layout::Record,
    object::Object,
    query::Question,
    sql::Sql,
    store::{Change, Decided, Op, Work, parse_input},
    undo::{self, Conflicts, Obstacle},
    value::Value,
};
use base::{Error, Id, Message, Result, message};
use db::Cursor;
use std::collections::HashMap;

/// Most records of one slice, and half the events of one that is taken back.
pub(super) const SLICE: i64 = 500;

/// A slice that is decided.
#[derive(Debug, Default)]
pub(super) struct Slice {
    pub decided: Vec<Decided>,
    /// What is left as it is, and why.
    pub left: Vec<(Id, Message)>,
    /// How many of the total it deals with.
    pub count: i64,
    /// Where the next one begins.
    pub place: String,
}

impl Slice {
    /// Decides changes of records that are known; what cannot be done is left, with the reason.
    pub async fn decide(&mut self, work: &Work<'_>, changes: &[Change], known: HashMap<Id, Record>) -> Result<()> {
        for (change, outcome) in changes.iter().zip(work.decide_knowing(changes, known).await?) {
            match outcome {
                Ok(one) if one.is_idle() => {}
                Ok(one) => self.decided.push(one),
                // Gone in the meantime.
                Err(Error::NotFound(_)) => {}
                Err(error) => self.left.push((change.id, reason(error)?)),
            }
        }
        Ok(())
    }
}

/// The slice behind a place, of so many records at most; `None` at the end.
pub(super) async fn next(work: &Work<'_>, bulk: &Bulk, place: &str, size: i64) -> Result<Option<Slice>> {
    match &bulk.wish.effect {
        Effect::Undo { action, conflicts } => taken_back(work, *action, *conflicts, place, size).await,
        Effect::Replace(wanted) => super::replacing::next(work, bulk, wanted, place, size).await,
        _ => found(work, bulk, place, size).await,
    }
}

/// What a filter finds, in the order of ids. Whatever was made after the start is not meant.
async fn found(work: &Work<'_>, bulk: &Bulk, place: &str, size: i64) -> Result<Option<Slice>> {
    let object = work.catalog.object_by_id(bulk.object)?;
    let question = Question { records: work.records, caller: work.caller, catalog: work.catalog.clone() };
    let after = place.parse().unwrap_or(Id(0));
    let mut sql = Sql::new();
    sql.push("SELECT r.id");
    question.push_from(&mut sql, object, &bulk.wish.request(), bulk.wish.needs()).await?;
    sql.push(" AND r.id > ").push_arg(after).push(" AND r.id < ").push_arg(bulk.id);
    sql.push(" ORDER BY r.id LIMIT ").push_arg(size);
    let rows = work.records.db().reader(work.caller).once(sql.statement()).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
    let Some(last) = ids.last() else { return Ok(None) };
    let (place, count) = (last.to_string(), i64::try_from(ids.len()).unwrap_or(size));
    let (mut changes, known) = changes(work, object, &bulk.wish.effect, ids).await?;
    let mut slice = Slice { place, count, ..Slice::default() };
    let full = changes.extract_if(.., |change| change.values.iter().any(|(_, value)| value.each().len() > MOST_VALUES));
    slice.left.extend(full.map(|change| (change.id, message!("field-too-many", max = MOST_VALUES))));
    slice.decide(work, &changes, known).await?;
    Ok(Some(slice))
}

/// The changes, and the records as they were read where these hang on what was there.
async fn changes(
    work: &Work<'_>,
    object: &Object,
    effect: &Effect,
    ids: Vec<Id>,
) -> Result<(Vec<Change>, HashMap<Id, Record>)> {
    let op = match effect {
        Effect::Delete => Op::Bin,
        Effect::Restore => Op::Restore,
        Effect::Change(_) | Effect::Replace(_) | Effect::Undo { .. } => Op::Update,
    };
    let Effect::Change(wanted) = effect else {
        let plain = ids.into_iter().map(|id| Change::new(op, object.id, id, Vec::new()));
        return Ok((plain.collect(), HashMap::new()));
    };
    let values = parse_input(work, object, &wanted.fields)?;
    let (add, remove) = (parse_input(work, object, &wanted.add)?, parse_input(work, object, &wanted.remove)?);
    if add.is_empty() && remove.is_empty() {
        let given = ids.into_iter().map(|id| Change::new(op, object.id, id, values.clone()));
        return Ok((given.collect(), HashMap::new()));
    }
    let mut reader = work.records.db().reader(work.caller);
    let records = work.load(&mut reader, object, &ids, false).await?;
    let change = |record: &Record| {
        let mut values = values.clone();
        for (at, _) in add.iter().chain(&remove) {
            let is_given = values.iter().any(|(given, _)| given == at);
            if let Some(field) = object.fields.get(*at).filter(|_| !is_given) {
                let own = crate::store::seen(object, &record.values, *at);
                values.push((*at, mixed(field, &own, part(&add, *at), part(&remove, *at))));
            }
        }
        Change::new(op, object.id, record.id, values)
    };
    let changes = records.iter().map(change).collect();
    Ok((changes, records.into_iter().map(|record| (record.id, record)).collect()))
}

fn part(values: &[(usize, Value)], at: usize) -> &[Value] {
    values.iter().find(|(place, _)| *place == at).map_or(&[], |(_, value)| value.each())
}

/// The values of a field with some more and without some.
fn mixed(field: &Field, own: &Value, add: &[Value], remove: &[Value]) -> Value {
    let has = |all: &[Value], value: &Value| all.iter().any(|known| fields::same(field, known, value));
    let mut all: Vec<Value> = own.each().iter().filter(|value| !has(remove, value)).cloned().collect();
    for value in add {
        if !has(&all, value) {
            all.push(value.clone());
        }
    }
    if all.is_empty() { Value::Empty } else { Value::Many(all) }
}

/// What an action did, from its end.
async fn taken_back(
    work: &Work<'_>,
    action: Id,
    conflicts: Conflicts,
    place: &str,
    size: i64,
) -> Result<Option<Slice>> {
    let before =
        place.split_once(' ').and_then(|(tx, seq)| Some(Cursor { tx: tx.parse().ok()?, seq: seq.parse().ok()? }));
    let mut reader = work.records.db().reader(work.caller);
    let most = usize::try_from(size * 2).map_or(undo::MOST, |most| most.min(undo::MOST));
    let found = undo::read(&mut reader, work.caller, action, before, most).await?;
    if found.events == 0 {
        return Ok(None);
    }
    let (place, count) = (format!("{} {}", found.last.tx, found.last.seq), found.events);
    let (decided, left) = undo::take_back(work, &mut reader, found, conflicts).await?;
    let left = left.into_iter().map(|Obstacle { record, message, .. }| (record, message)).collect();
    Ok(Some(Slice { decided, left, count, place }))
}

/// Why a record is left as it was.
fn reason(error: Error) -> Result<Message> {
    match error {
        Error::Invalid(errors) => {
            errors.into_iter().next().map(|error| error.message).ok_or_else(|| Error::internal("no reason"))
        }
        Error::Conflict(message) | Error::Forbidden(message) => Ok(message),
        other => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Kind;

    #[test]
    fn values_join_and_leave() {
        let text = |text: &str| Value::Text(text.to_owned());
        let field = Field::new("tags", Kind::Tags);
        let own = Value::Many(vec![text("a"), text("b")]);
        assert_eq!(mixed(&field, &own, &[text("b"), text("c")], &[text("a")]), Value::Many(vec![text("b"), text("c")]));
        assert_eq!(mixed(&field, &own, &[], &[text("a"), text("b")]), Value::Empty);
        assert_eq!(mixed(&field, &Value::Empty, &[text("a")], &[]), Value::Many(vec![text("a")]));
    }
}
