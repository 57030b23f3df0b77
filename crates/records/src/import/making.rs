//! Records that rows name and that are not there yet, made on the way where the map allows it: the company of a
//! contact. Each is made once, however many rows name it. Not here: finding those that are there (`related`).

use super::{
    Outcome, Plan, Planned, RawRow,
    beside::Beside,
    related::Values,
    rows::{Ready, unwritable},
};
use crate::{
    field::Field,
    fields::{self, Reading},
    matching,
    object::Object,
    permissions::Access,
    schema::Schema,
    store::{Change, Op, Work},
    transfer::{Column, Key},
    value::Value,
};
use base::{FieldError, Id, fold, message};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// How a column makes the records that its cells name.
pub(super) struct Maker {
    /// The object of what is made.
    pub target: i64,
    /// The field that the cell fills, and by which it is found again.
    pub key_at: usize,
    field: Field,
    /// What else the row says about it.
    others: Vec<Ready>,
    /// Of the same object as the rows: then a row may be about a record that another row makes.
    pub is_own: bool,
}

/// What a row wants made if it is not there.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub target: i64,
    pub key_at: usize,
    /// None where the text is no value of the field.
    pub key: Option<String>,
    values: Result<Values, Vec<FieldError>>,
}

/// What is yet to be made, by object and key.
pub(super) type Born = HashMap<(i64, String), Newborn>;

/// What a dry run would have made, and the number of the first row that names it.
pub(super) type Imagined = Mutex<HashMap<(i64, String), u64>>;

/// A record that is to be made.
pub(super) struct Newborn {
    pub id: Id,
    /// The rows that name it, each with what it says about it.
    rows: Vec<(usize, Values)>,
}

impl Maker {
    /// For a column whose map says `create`.
    pub fn prepare(column: &Column, object: &Object, schema: &Schema, file: &Reading) -> Option<Maker> {
        let others = column.makes.as_ref()?;
        let target = schema.target(object.field(column.place.field())?)?;
        let key = column.place.key().and_then(|key| key_field(target, key))?;
        let place = |name: &str| target.fields.iter().position(|field| field.name == name);
        let ready = |column: &Column| {
            let field = place(column.place.field())?;
            Some(Ready { field, reading: column.reading(file), column: column.clone(), maker: None })
        };
        let others = others.iter().filter_map(ready).collect();
        let (key_at, field) = (place(&key)?, target.field(&key)?.clone());
        Some(Maker { target: target.id, key_at, field, others, is_own: target.id == object.id })
    }

    /// What the row says of the record that it names by `text`.
    pub fn wish(&self, target: &Object, relation: &str, reading: &Reading, text: &str, row: &RawRow) -> Wish {
        let (mut values, mut errors) = (Vec::new(), Vec::new());
        let mut read = |at: usize, text: &str, reading: &Reading| {
            let field = target.fields.get(at)?;
            match fields::from_text(field, text, reading) {
                Ok(value) => {
                    let key = matching::match_key(field, &value);
                    if !value.is_empty() {
                        values.push((at, value));
                    }
                    key
                }
                Err(message) => {
                    errors.push(FieldError { field: format!("{relation}.{}", field.name), message });
                    None
                }
            }
        };
        let key = read(self.key_at, text, reading);
        for other in &self.others {
            read(other.field, other.text(row), &other.reading);
        }
        let values = if errors.is_empty() { Ok(values) } else { Err(errors) };
        Wish { target: self.target, key_at: self.key_at, key, values }
    }

    /// By what slices tell that they may make the same: as it is kept, and where it may be one of the rows' own
    /// objects also as it is written, since that is what rows are known by.
    pub fn shared_keys(&self, ready: &Ready, row: &RawRow) -> Vec<String> {
        let text = ready.text(row).trim();
        let value = fields::from_text(&self.field, text, &ready.reading);
        let kept = value.ok().and_then(|value| matching::match_key(&self.field, &value));
        match self.is_own {
            true => kept.into_iter().chain(Some(fold::key(text)).filter(|key| !key.is_empty())).collect(),
            false => kept.map(|key| format!("{} {key}", self.target)).into_iter().collect(),
        }
    }

    /// Other columns that are read.
    pub fn others(&self) -> impl Iterator<Item = &Ready> {
        self.others.iter()
    }
}

/// The one field that a text fills in a record that is made for it.
pub(crate) fn key_field(target: &Object, key: &Key) -> Option<String> {
    let name = match key {
        Key::Field(name) => name,
        Key::Title => match target.title.as_slice() {
            [one] => one,
            _ => return None,
        },
    };
    let field = target.field(name)?;
    let fits = !target.internal && !field.read_only && !field.holds_many() && matching::can_match(field);
    fits.then(|| name.clone())
}

/// The record that a wish means, among what is yet to be made.
///
/// # Errors
/// What is wrong with the values, or that the caller may not write them.
pub(super) fn born(
    work: &Work<'_>,
    access: &Access<'_>,
    born: &mut Born,
    relation: &str,
    (row, wish): (usize, Wish),
) -> Result<Id, Vec<FieldError>> {
    let values = wish.values?;
    let unknown = || vec![FieldError { field: relation.to_owned(), message: message!("not-found") }];
    let (Ok(target), Some(key)) = (work.catalog.object_by_id(wish.target), wish.key) else { return Err(unknown()) };
    let refused = unwritable(access, target, &values);
    if !refused.is_empty() {
        let inside = |error: FieldError| FieldError { field: format!("{relation}.{}", error.field), ..error };
        return Err(refused.into_iter().map(inside).collect());
    }
    let fresh = || Newborn { id: work.records.db().ids().next(), rows: Vec::new() };
    let newborn = born.entry((wish.target, key)).or_insert_with(fresh);
    newborn.rows.push((row, values));
    Ok(newborn.id)
}

/// Puts what is made before the changes that refer to it. What only rows name that do nothing is not made. A dry run
/// counts what an earlier slice would have made no second time.
pub(super) fn put_first(plan: &mut Plan, born: Born, rows: &[RawRow], imagined: Option<&Imagined>) {
    let does = |row: &usize| matches!(plan.outcomes.get(*row), Some(Outcome::Created | Outcome::Updated));
    let mut imagined = imagined.map(|all| all.lock().unwrap_or_else(PoisonError::into_inner));
    if let Some(all) = &mut imagined {
        // A slice that is planned again imagines anew.
        all.retain(|_, number| !rows.iter().any(|row| row.number == *number));
    }
    let (mut made, mut also) = (Vec::new(), Vec::new());
    for (place, newborn) in born {
        let named: Vec<usize> = newborn.rows.iter().map(|(row, _)| *row).filter(does).collect();
        let Some((first, values)) = newborn.rows.into_iter().find(|(row, _)| named.contains(row)) else { continue };
        let number = rows.get(first).map_or(0, |row| row.number);
        let object = place.0;
        if imagined.as_mut().is_none_or(|all| *all.entry(place).or_insert(number) == number) {
            also.push(newborn.id);
        }
        made.push(Planned { change: Change::new(Op::Create, object, newborn.id, values), rows: named });
    }
    // By age: a table without order would make each run another one.
    made.sort_by_key(|planned| planned.change.id);
    plan.also = also;
    plan.changes.splice(0..0, made);
}

/// What a plan makes beside the records of its rows.
pub(super) fn told(work: &Work<'_>, plan: &Plan) -> Beside {
    let mut beside = Beside::default();
    for change in plan.changes.iter().map(|planned| &planned.change).filter(|change| plan.also.contains(&change.id)) {
        if let Ok(object) = work.catalog.object_by_id(change.object) {
            beside.add(&object.name, name(&change.values, object));
        }
    }
    beside
}

fn name(values: &[(usize, Value)], object: &Object) -> Option<String> {
    let of = |name: &String| {
        let at = object.fields.iter().position(|field| field.name == *name)?;
        values.iter().find(|(place, _)| *place == at)?.1.text()
    };
    let parts: Vec<&str> = object.title.iter().filter_map(of).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
