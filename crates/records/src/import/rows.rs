//! The rows of a plain file: each is one record of one object, new or known by its id or a field.

use super::{
    Mode, Outcome, Plan, Planned, Planner, Preparing, RawRow,
    also::{Also, Subject, Subjects, may_make},
    cells::{self, Ready},
    known::{self, Known, key_in},
    looked::{Again, Verified},
    making::{self, Imagined, Maker},
    related,
    verify::verify,
};
use crate::{
    matching,
    object::Object,
    store::{Change, Op, Work},
    transfer::{MapFile, Mapping, Preset},
    value::Value,
};
use base::{Error, FieldError, Message, Result, message};
use db::Reader;
use futures_util::future::BoxFuture;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// How the columns of a file become the fields of an object.
pub(super) struct ObjectRows {
    object: i64,
    columns: Vec<Ready>,
    /// What else the rows make.
    also: Vec<Also>,
    /// The field by which rows find their record.
    match_at: Option<usize>,
    mode: Mode,
    /// What a dry run would have created, by key, and the row that would: later rows with the key would change it.
    imagined: Option<Mutex<HashMap<String, u64>>>,
    /// The same of what rows only name.
    imagined_beside: Option<Imagined>,
}

impl ObjectRows {
    pub fn prepare(from: &Preparing) -> Result<ObjectRows> {
        let object = from.catalog.object(from.object)?;
        let mapping = mapping(from, object, false)?;
        let columns = Ready::all(mapping.columns, object, &from.catalog.schema, from.reading);
        let also = mapping.also.into_iter().map(|also| Also::prepare(from, also)).collect::<Result<_>>()?;
        let match_name =
            from.match_by.or_else(|| columns.iter().any(|c| c.column.place.field() == "id").then_some("id"));
        let match_at = match match_name {
            None => None,
            Some(name) => Some(match_field(object, &columns, name)?),
        };
        let imagined = (from.dry_run && match_at.is_some()).then(Mutex::default);
        let imagined_beside = from.dry_run.then(Imagined::default);
        if from.mode == Mode::UpdateOnly && match_at.is_none() {
            return Err(Error::field("mode", message!("import-mode-needs-match")));
        }
        Ok(ObjectRows { object: object.id, columns, also, match_at, mode: from.mode, imagined, imagined_beside })
    }
}

/// What goes where. What a map asks for and the caller may not make is refused before the first row; a column that only
/// happens to be called so goes nowhere then, unless it is asked what others could make of it.
pub(super) fn mapping(from: &Preparing, object: &Object, of_others: bool) -> Result<Mapping> {
    let schema = &from.catalog.schema;
    let refused = |message| Error::field("map", message);
    let map = match from.map {
        None if from.preset.is_some() => preset(from)?,
        None => {
            let mut mapping = Mapping::from_header(object, schema, from.header).map_err(refused)?;
            mapping.also.retain(|also| of_others || may_make(from, &also.object));
            return Ok(mapping);
        }
        Some(map) => MapFile::parse(map).map_err(refused)?,
    };
    if let Some(also) = map.also.iter().find(|also| !may_make(from, &also.object)) {
        return Err(refused(message!("file-map-also-unknown", object = also.object)));
    }
    Mapping::from_map(object, schema, from.header, &map).map_err(refused)
}

/// The map of a product's exports.
fn preset(from: &Preparing) -> Result<MapFile> {
    let name = from.preset.unwrap_or_default();
    let unknown = || Error::field("preset", message!("preset-unknown", name = name, known = Preset::names()));
    let preset = Preset::named(name).ok_or_else(unknown)?;
    let none = || Error::field("preset", message!("file-no-column-known", object = from.object));
    preset.map(from.object, from.header).filter(|map| !map.fields.is_empty()).ok_or_else(none)
}

pub(super) fn match_field(object: &Object, columns: &[Ready], name: &str) -> Result<usize> {
    let at = object.fields.iter().position(|field| field.name == name && matching::can_match(field));
    let at = at.ok_or_else(|| Error::field("match", message!("match-unknown", field = name)))?;
    if columns.iter().any(|ready| ready.field == at) {
        Ok(at)
    } else {
        Err(Error::field("match", message!("match-not-in-file", field = name)))
    }
}

impl Planner for ObjectRows {
    fn plan<'a>(
        &'a self,
        work: &'a Work<'a>,
        reader: &'a mut Reader,
        rows: &'a [RawRow],
        dropped: &'a [bool],
    ) -> BoxFuture<'a, Result<Plan>> {
        Box::pin(self.plan_rows(work, reader, rows, dropped))
    }

    fn verify<'a>(
        &'a self,
        work: &'a Work<'a>,
        reader: &'a mut Reader,
        again: &'a [Again],
    ) -> BoxFuture<'a, Result<Option<Verified>>> {
        Box::pin(async move {
            let object = work.catalog.object_by_id(self.object)?;
            verify(work, reader, object, &self.columns, again).await.map(Some)
        })
    }

    fn fields(&self) -> Option<Vec<(usize, String)>> {
        let mut fields = Vec::new();
        for ready in &self.columns {
            let field = ready.column.place.field();
            fields.extend(ready.filled(field.to_owned()));
            let others = ready.maker.iter().flat_map(Maker::others);
            fields.extend(others.filter_map(|other| other.filled(format!("{field}.{}", other.column.place.field()))));
        }
        fields.extend(self.also.iter().flat_map(Also::fields));
        Some(fields)
    }

    fn keys(&self, row: &RawRow) -> Vec<String> {
        let key = self.match_at.and_then(|at| self.columns.iter().find(|ready| ready.field == at));
        let own = key.map(|ready| base::fold::key(ready.text(row))).filter(|key| !key.is_empty());
        let also = self.also.iter().filter_map(|also| also.key(row));
        own.into_iter().chain(self.keys_made(row, true)).chain(also).collect()
    }

    fn made_keys(&self, row: &RawRow) -> Vec<String> {
        self.keys_made(row, false).collect()
    }
}

impl ObjectRows {
    /// The keys of what a row may make: of the rows' own object, or of others.
    fn keys_made<'r>(&'r self, row: &'r RawRow, own: bool) -> impl Iterator<Item = String> + use<'r> {
        let makers = self.columns.iter().filter_map(|ready| Some((ready, ready.maker.as_ref()?)));
        makers.filter(move |(_, maker)| maker.is_own == own).flat_map(|(ready, maker)| maker.shared_keys(ready, row))
    }

    async fn plan_rows(&self, work: &Work<'_>, reader: &mut Reader, rows: &[RawRow], dropped: &[bool]) -> Result<Plan> {
        making::forget(self.imagined_beside.as_ref(), rows);
        let object = work.catalog.object_by_id(self.object)?;
        let mut parsed = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let skip = dropped.get(at).copied().unwrap_or(false);
            parsed.push(if skip { Err(Vec::new()) } else { cells::read(&self.columns, work, object, row) });
        }
        let named = related::resolve(work, reader, object, &mut parsed).await?;
        cells::refuse_unwritable(work, object, &mut parsed);
        let mut said = Vec::with_capacity(self.also.len());
        for also in &self.also {
            said.push(also.read(work, reader, rows, &mut parsed).await?);
        }
        let known = match self.match_at {
            None => Known::new(),
            Some(at) => known::find(work, reader, object, at, &parsed).await?,
        };
        let (mut plan, mut records) = (Plan::default(), Vec::with_capacity(rows.len()));
        for ((at, row), parsed) in rows.iter().enumerate().zip(parsed) {
            let before = plan.changes.len();
            let outcome = match parsed {
                Ok(read) => {
                    let outcome = self.plan_one(work, object, read.values, &known, (at, row.number), &mut plan.changes);
                    // What a row that does nothing leaves is nobody's loss.
                    if matches!(outcome, Outcome::Created | Outcome::Updated) {
                        plan.left.extend(read.left);
                    }
                    outcome
                }
                Err(errors) => Outcome::Failed(errors),
            };
            plan.outcomes.push(outcome);
            let change = plan.changes.get(before).map(|planned| &planned.change);
            let subject =
                |change: &Change| Subject { id: change.id, object: object.id, is_new: change.op == Op::Create };
            records.push(change.map(subject));
        }
        let imagined = self.imagined_beside.as_ref();
        let subjects = Subjects { rows, records, mode: self.mode, imagined };
        for (also, said) in self.also.iter().zip(said) {
            also.plan(work, reader, said, &subjects, &mut plan).await?;
        }
        making::put_first(&mut plan, named, rows, imagined);
        Ok(plan)
    }

    fn plan_one(
        &self,
        work: &Work,
        object: &Object,
        mut values: Vec<(usize, Value)>,
        known: &Known,
        (row, number): (usize, u64),
        changes: &mut Vec<Planned>,
    ) -> Outcome {
        let field = self.match_at.and_then(|at| Some((at, object.fields.get(at)?)));
        let key = field.and_then(|(at, field)| key_in(&values, at, field));
        let by_id = field.is_some_and(|(_, field)| field.name == "id");
        values.retain(|(at, _)| object.fields.get(*at).is_some_and(|field| field.name != "id"));
        let failed = |message: Message| {
            let name = field.map(|(_, field)| field.name.clone()).unwrap_or_default();
            Outcome::Failed(vec![FieldError { field: name, message }])
        };
        match key.as_ref().and_then(|key| known.get(key)).map(Vec::as_slice) {
            Some([_]) if self.mode == Mode::CreateOnly => Outcome::Skipped,
            Some([id]) => {
                changes.push(Planned { change: Change::new(Op::Update, object.id, *id, values), rows: vec![row] });
                Outcome::Updated
            }
            Some([_, _, ..]) => failed(message!("match-several", value = key.unwrap_or_default())),
            _ if by_id && key.is_some() => failed(message!("relation-not-found", id = key.unwrap_or_default())),
            _ if self.mode == Mode::UpdateOnly => Outcome::Skipped,
            _ => {
                if let (Some(imagined), Some(key)) = (&self.imagined, key)
                    && *imagined.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(number) != number
                {
                    return if self.mode == Mode::CreateOnly { Outcome::Skipped } else { Outcome::Updated };
                }
                // An empty cell says nothing about a record that is yet to be: defaults stand.
                values.retain(|(_, value)| !value.is_empty());
                let id = work.records.db().ids().next();
                changes.push(Planned { change: Change::new(Op::Create, object.id, id, values), rows: vec![row] });
                Outcome::Created
            }
        }
    }
}
