//! What rows make beside their own records, and that leads to them: notes about a contact, tasks, orders. It is made
//! or found, and written in the same piece as the row's record.

use super::{
    Mode, Outcome, Plan, Planned, Preparing, RawRow,
    alike::Alike,
    cells::{self, Ready},
    known::{self, Known},
    making::Imagined,
    related::{self, Parsed, Read},
    rows::match_field,
};
use crate::{
    field::Field,
    fields,
    matching::match_key,
    object::Object,
    permissions::Access,
    schema::Schema,
    store::{Change, Op, Work},
    transfer::{self, Source},
    value::{Link, Value},
};
use base::{Error, FieldError, Id, Result, message};
use db::Reader;
use std::sync::PoisonError;

/// Records of one object that rows make beside.
pub(super) struct Also {
    object: i64,
    name: String,
    columns: Vec<Ready>,
    /// The field that leads to the row's record.
    leads_at: usize,
    /// The field by which one that is there is found.
    match_at: Option<(usize, Field)>,
}

/// What the rows of a slice say of them, and which of them are there.
pub(super) struct Said {
    /// For each row; an error without a reason where it says nothing.
    parsed: Vec<Parsed>,
    known: Known,
}

/// The record of a row.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub id: Id,
    pub object: i64,
    pub is_new: bool,
}

/// The rows of a slice with their records, where they have any.
pub(super) struct Subjects<'r> {
    pub rows: &'r [RawRow],
    pub records: Vec<Option<Subject>>,
    pub mode: Mode,
    /// What a dry run would have made.
    pub imagined: Option<&'r Imagined>,
}

/// Whether the caller may make records of the object.
pub(super) fn may_make(from: &Preparing, object: &str) -> bool {
    let schema: &Schema = &from.catalog.schema;
    schema.object(object).is_some_and(|object| Access::new(schema, from.caller).rights(object).create)
}

impl Also {
    pub fn prepare(from: &Preparing, told: transfer::Also) -> Result<Also> {
        let object = from.catalog.object(&told.object)?;
        let place = |name: &str| object.fields.iter().position(|field| field.name == name);
        let leads_at = place(&told.leads).ok_or(Error::NotFound("field"))?;
        let columns = Ready::all(told.columns, object, &from.catalog.schema, from.reading);
        let match_at = match &told.match_by {
            None => None,
            Some(name) => {
                let at = match_field(object, &columns, name)?;
                object.fields.get(at).map(|field| (at, field.clone()))
            }
        };
        Ok(Also { object: object.id, name: object.name.clone(), columns, leads_at, match_at })
    }

    /// The columns of the file that it takes, each with what it fills.
    pub fn fields(&self) -> impl Iterator<Item = (usize, String)> {
        self.columns.iter().filter_map(|ready| ready.filled(format!("{}.{}", self.name, ready.column.place.field())))
    }

    /// What the record that a row names is known by: two rows that name the same must not stand in one slice.
    pub fn key(&self, row: &RawRow) -> Option<String> {
        let (at, field) = self.match_at.as_ref()?;
        let ready = self.columns.iter().find(|ready| ready.field == *at)?;
        let value = fields::from_text(field, ready.text(row), &ready.reading).ok()?;
        Some(format!("{} {}", self.object, match_key(field, &value)?))
    }

    /// Reads what rows say, and finds what is there. What is wrong with it is an error of the row.
    pub async fn read(
        &self,
        work: &Work<'_>,
        reader: &mut Reader,
        rows: &[RawRow],
        own: &mut [Parsed],
    ) -> Result<Said> {
        let object = work.catalog.object_by_id(self.object)?;
        let read = |(row, own): (&RawRow, &Parsed)| match own {
            Ok(_) if self.is_said(row) => cells::read(&self.columns, work, object, row),
            _ => Err(Vec::new()),
        };
        let mut parsed: Vec<Parsed> = rows.iter().zip(own.iter()).map(read).collect();
        related::resolve(work, reader, object, &mut parsed).await?;
        cells::refuse_unwritable(work, object, &mut parsed);
        self.refuse_led(work, object, &mut parsed);
        let known = match &self.match_at {
            None => Known::new(),
            Some((at, _)) => known::find(work, reader, object, *at, &parsed).await?,
        };
        for (parsed, own) in parsed.iter_mut().zip(own) {
            let key = parsed.as_ref().ok().and_then(|read| self.key_in(&read.values));
            if let Some((field, key)) = key.filter(|(_, key)| known.get(key).is_some_and(|ids| ids.len() > 1)) {
                let (field, message) = (field.name.clone(), message!("match-several", value = key));
                *parsed = Err(vec![FieldError { field, message }]);
            }
            let Err(errors) = parsed else { continue };
            let inside = |error: &FieldError| {
                let (field, message) = (format!("{}.{}", self.name, error.field), error.message.clone());
                FieldError { field, message }
            };
            if !errors.is_empty() {
                *own = Err(errors.iter().map(inside).collect());
            }
        }
        Ok(Said { parsed, known })
    }

    /// Where the caller may not write what leads to the row's record, rows that say anything fail.
    fn refuse_led(&self, work: &Work<'_>, object: &Object, parsed: &mut [Parsed]) {
        let access = Access::new(&work.catalog.schema, work.caller);
        let closed = object.fields.get(self.leads_at).filter(|field| !access.may_write(object, field));
        let Some(field) = closed else { return };
        for row in parsed.iter_mut().filter(|row| row.is_ok()) {
            let message = message!("field-read-only");
            *row = Err(vec![FieldError { field: field.name.clone(), message }]);
        }
    }

    /// Whether the file says anything; a value of the map alone makes nothing.
    fn is_said(&self, row: &RawRow) -> bool {
        let is_told = |ready: &Ready| matches!(ready.column.source, Source::Cell(_));
        self.columns.iter().any(|ready| is_told(ready) && !ready.text(row).trim().is_empty())
    }

    fn key_in(&self, values: &[(usize, Value)]) -> Option<(&Field, String)> {
        let (at, field) = self.match_at.as_ref()?;
        Some((field, known::key_in(values, *at, field)?))
    }

    /// Adds the changes for the rows that do anything, behind those of their own records.
    pub async fn plan(
        &self,
        work: &Work<'_>,
        reader: &mut Reader,
        said: Said,
        subjects: &Subjects<'_>,
        plan: &mut Plan,
    ) -> Result<()> {
        let object = work.catalog.object_by_id(self.object)?;
        let alike = self.alike(work, reader, object, &said, subjects).await?;
        for (at, parsed) in said.parsed.into_iter().enumerate() {
            let does = matches!(plan.outcomes.get(at), Some(Outcome::Created | Outcome::Updated));
            let Some(Read { mut values, left, .. }) = parsed.ok().filter(|_| does) else { continue };
            plan.left.extend(left);
            // An empty cell says nothing.
            values.retain(|(_, value)| !value.is_empty());
            let key = self.key_in(&values).map(|(_, key)| key);
            let found = key.as_ref().and_then(|key| said.known.get(key)?.first().copied());
            let subject = subjects.records.get(at).copied().flatten();
            let is_imagined = found.is_none() && key.is_some_and(|key| subjects.is_imagined((self.object, key), at));
            let Some(subject) = subject.filter(|_| !is_imagined) else {
                plan.imagined.extend((found.is_none() && !is_imagined).then_some(self.object));
                continue;
            };
            let (op, id) = match found {
                Some(_) if subjects.mode == Mode::CreateOnly => continue,
                Some(id) => (Op::Update, id),
                None if alike.has(work, object, subject.id, &values) => continue,
                None => (Op::Create, work.records.db().ids().next()),
            };
            values.extend(self.link(object, op, subject).map(|link| (self.leads_at, link)));
            values.retain(|(at, _)| object.fields.get(*at).is_some_and(|field| field.name != "id"));
            // One record cannot be changed twice at once.
            if plan.also.insert(id) {
                plan.changes.push(Planned { change: Change::new(op, object.id, id, values), rows: vec![at] });
            }
        }
        Ok(())
    }

    /// What leads to the records of the rows already, where nothing else tells it from what they would make.
    async fn alike(
        &self,
        work: &Work<'_>,
        reader: &mut Reader,
        object: &Object,
        said: &Said,
        subjects: &Subjects<'_>,
    ) -> Result<Alike> {
        if self.match_at.is_some() {
            return Ok(Alike::default());
        }
        let known = subjects.records.iter().zip(&said.parsed).filter(|(_, parsed)| parsed.is_ok());
        let known = known.filter_map(|(subject, _)| subject.filter(|subject| !subject.is_new));
        let known: Vec<Id> = known.map(|subject| subject.id).collect();
        let places = self.columns.iter().map(|ready| ready.field).collect();
        Alike::load(work, reader, object, (self.leads_at, places), &known).await
    }

    /// To the record of the row. One that is there and leads to many keeps those.
    fn link(&self, object: &Object, op: Op, subject: Subject) -> Option<Value> {
        let field = object.fields.get(self.leads_at)?;
        let link = Value::Link(Link::to(subject.object, subject.id));
        match field.holds_many() {
            true => (op == Op::Create).then(|| Value::Many(vec![link])),
            false => Some(link),
        }
    }
}

impl Subjects<'_> {
    /// Whether an earlier row of a dry run would have made it.
    fn is_imagined(&self, place: (i64, String), at: usize) -> bool {
        let number = self.rows.get(at).map_or(0, |row| row.number);
        self.imagined.is_some_and(|all| {
            *all.lock().unwrap_or_else(PoisonError::into_inner).entry(place).or_insert(number) != number
        })
    }
}
