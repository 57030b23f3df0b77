//! Records that rows only name, made or changed on the way where the map allows it: the company of a contact. Each is
//! made once, however many rows name it. Not here: finding those that are there (`related`).

use super::{
    Outcome, Plan, Planned, RawRow,
    beside::Beside,
    cells::{Ready, unwritable},
    related::Values,
};
use crate::{
    field::Field,
    fields::{self, Reading},
    matching,
    object::Object,
    permissions::Access,
    schema::Schema,
    store::{Change, Decided, Op, Work},
    transfer::{Column, Key},
    value::Value,
};
use base::{FieldError, Id, fold, message};
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

/// Characters of the name of what was made.
const NAME_CHARS: usize = 120;

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
    creates: bool,
    updates: bool,
}

/// What a row wants made if it is not there.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub target: i64,
    pub key_at: usize,
    /// None where the text is no value of the field.
    pub key: Option<String>,
    pub creates: bool,
    pub updates: bool,
    values: Result<Values, Vec<FieldError>>,
}

/// What becomes of the records that rows only name.
#[derive(Default)]
pub(super) struct Named {
    /// Those that are to be made, by object and key.
    pub born: HashMap<(i64, String), Newborn>,
    /// Those that are to be changed, each with its object and what rows say of it.
    pub renewed: HashMap<Id, (i64, Vec<(usize, Values)>)>,
}

/// What a dry run would have made, and the number of the first row that names it.
pub(super) type Imagined = Mutex<HashMap<(i64, String), u64>>;

/// A record that is to be made.
pub(super) struct Newborn {
    pub id: Id,
    /// The rows that name it, each with what it says about it.
    rows: Vec<(usize, Values)>,
    /// All of them count, not the first alone.
    updates: bool,
}

impl Maker {
    /// For a column whose map says `create` or `update`.
    pub fn prepare(column: &Column, object: &Object, schema: &Schema, file: &Reading) -> Option<Maker> {
        let makes = column.makes.as_ref()?;
        let target = schema.target(object.field(column.place.field())?)?;
        let key = column.place.key().and_then(|key| key_field(target, key))?;
        let place = |name: &str| target.fields.iter().position(|field| field.name == name);
        let others = Ready::all(makes.others.clone(), target, schema, file);
        let (key_at, field) = (place(&key)?, target.field(&key)?.clone());
        let (creates, updates) = (makes.create, makes.update);
        Some(Maker { target: target.id, key_at, field, others, is_own: target.id == object.id, creates, updates })
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
        let (creates, updates) = (self.creates, self.updates);
        Wish { target: self.target, key_at: self.key_at, key, creates, updates, values }
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
        Key::Open { .. } => return None,
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
    named: &mut Named,
    relation: &str,
    (row, wish): (usize, Wish),
) -> Result<Id, Vec<FieldError>> {
    let unknown = || vec![FieldError { field: relation.to_owned(), message: message!("not-found") }];
    let values = wish.writable(work, access, relation)?;
    let key = wish.key.ok_or_else(unknown)?;
    let fresh = || Newborn { id: work.records.db().ids().next(), rows: Vec::new(), updates: wish.updates };
    let newborn = named.born.entry((wish.target, key)).or_insert_with(fresh);
    newborn.rows.push((row, values));
    Ok(newborn.id)
}

/// Notes what a row says of a record that is there. What it is known by stays as it is written.
///
/// # Errors
/// As of [`born`].
pub(super) fn renew(
    work: &Work<'_>,
    access: &Access<'_>,
    named: &mut Named,
    relation: &str,
    (row, id, wish): (usize, Id, Wish),
) -> Result<(), Vec<FieldError>> {
    let mut values = wish.writable(work, access, relation)?;
    values.retain(|(at, _)| *at != wish.key_at);
    named.renewed.entry(id).or_insert_with(|| (wish.target, Vec::new())).1.push((row, values));
    Ok(())
}

impl Wish {
    /// What the row says, if the caller may write it.
    fn writable(&self, work: &Work<'_>, access: &Access<'_>, relation: &str) -> Result<Values, Vec<FieldError>> {
        let values = self.values.clone()?;
        let Ok(target) = work.catalog.object_by_id(self.target) else { return Ok(Values::new()) };
        let refused = unwritable(access, target, &values);
        let inside = |error: FieldError| FieldError { field: format!("{relation}.{}", error.field), ..error };
        if refused.is_empty() { Ok(values) } else { Err(refused.into_iter().map(inside).collect()) }
    }
}

/// Puts what is made and changed on the way before the changes that refer to it. What only rows name that do nothing
/// stays as it is. A dry run counts what an earlier slice would have done no second time.
pub(super) fn put_first(plan: &mut Plan, named: Named, rows: &[RawRow], imagined: Option<&Imagined>) {
    let mut imagined = imagined.map(|all| all.lock().unwrap_or_else(PoisonError::into_inner));
    let mut counts = |place: (i64, String), row: usize| {
        let number = rows.get(row).map_or(0, |row| row.number);
        imagined.as_mut().is_none_or(|all| *all.entry(place).or_insert(number) == number)
    };
    let (mut first, mut counted) = (Vec::new(), HashSet::new());
    for (place, newborn) in named.born {
        let Some((rows, values)) = said(plan, newborn.rows, newborn.updates) else { continue };
        let change = Change::new(Op::Create, place.0, newborn.id, values);
        counted.extend((!counts(place, rows.first().copied().unwrap_or_default())).then_some(newborn.id));
        first.push(Planned { change, rows });
    }
    for (id, (object, renewed)) in named.renewed {
        let Some((rows, values)) = said(plan, renewed, true).filter(|(_, values)| !values.is_empty()) else { continue };
        counted
            .extend((!counts((object, format!("id {id}")), rows.first().copied().unwrap_or_default())).then_some(id));
        first.push(Planned { change: Change::new(Op::Update, object, id, values), rows });
    }
    // By age: a table without order would make each run another one.
    first.sort_by_key(|planned| planned.change.id);
    plan.also.extend(first.iter().map(|planned| planned.change.id));
    plan.counted.extend(counted);
    plan.changes.splice(0..0, first);
}

/// The rows that do anything, and what the first of them says, or all: then what a later one says counts.
fn said(plan: &Plan, rows: Vec<(usize, Values)>, all: bool) -> Option<(Vec<usize>, Values)> {
    let does = |row: &usize| matches!(plan.outcomes.get(*row), Some(Outcome::Created | Outcome::Updated));
    let mut rows = rows.into_iter().filter(|(row, _)| does(row));
    let (first, mut values) = rows.next()?;
    let mut places = vec![first];
    for (row, others) in rows {
        places.push(row);
        for (at, value) in others.into_iter().filter(|_| all) {
            match values.iter_mut().find(|(place, _)| *place == at) {
                Some((_, known)) => *known = value,
                None => values.push((at, value)),
            }
        }
    }
    Some((places, values))
}

/// What is made and changed beside the records of the rows.
pub(super) fn told<'d>(work: &Work<'_>, plan: &Plan, decided: impl Iterator<Item = &'d Decided>) -> Beside {
    let mut beside = Beside::default();
    let is_beside = |id: &Id| plan.also.contains(id) && !plan.counted.contains(id);
    for one in decided.filter(|one| is_beside(&one.after.id) && !one.is_idle()) {
        let Ok(object) = work.catalog.object_by_id(one.after.object) else { continue };
        match one.op {
            Op::Create => beside.add(&object.name, name(&one.after.values, object)),
            _ => beside.change(&object.name),
        }
    }
    for object in plan.imagined.iter().filter_map(|object| work.catalog.object_by_id(*object).ok()) {
        beside.add(&object.name, None);
    }
    beside
}

fn name(values: &[Value], object: &Object) -> Option<String> {
    let of = |name: &String| {
        let at = object.fields.iter().position(|field| field.name == *name)?;
        values.get(at)?.text()
    };
    let parts: Vec<&str> = object.title.iter().filter_map(of).collect();
    let shown: String = parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    (!parts.is_empty()).then(|| shown.chars().take(NAME_CHARS).collect())
}

/// Rows that are planned again imagine anew.
pub(super) fn forget(imagined: Option<&Imagined>, rows: &[RawRow]) {
    if let Some(all) = imagined {
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, number| !rows.iter().any(|row| row.number == *number));
    }
}
