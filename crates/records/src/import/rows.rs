//! The rows of a plain file: each is one record of one object, new or known by its id or a field.

use super::{
    Mode, Outcome, Plan, Planned, Planner, Preparing, RawRow,
    making::{self, Imagined, Maker},
    related::{self, Wanted},
};
use crate::{
    field::Field,
    fields::{self, Reading},
    matching::{self, match_key},
    object::Object,
    permissions::Access,
    store::{Change, Op, Work},
    transfer::{Column, MapFile, Mapping, Place, Preset, Source},
    value::Value,
};
use base::{Error, FieldError, Id, Message, Result, message};
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
    /// The field by which rows find their record.
    match_at: Option<usize>,
    mode: Mode,
    /// What a dry run would have created, by key, and the row that would: later rows with the key would change it.
    imagined: Option<Mutex<HashMap<String, u64>>>,
    /// The same of what rows only name.
    imagined_beside: Option<Imagined>,
}

/// A column with all that reading its cells needs.
pub(super) struct Ready {
    pub column: Column,
    pub field: usize,
    pub reading: Reading,
    /// Of references whose records are made where they are not there.
    pub maker: Option<Maker>,
}

impl Ready {
    /// What a row has for it.
    pub fn text<'r>(&'r self, row: &'r RawRow) -> &'r str {
        match &self.column.source {
            Source::Cell(at) => row.cell(*at),
            Source::Fixed(text) => text,
        }
    }
}

impl ObjectRows {
    pub fn prepare(from: &Preparing) -> Result<ObjectRows> {
        let object = from.catalog.object(from.object)?;
        let mapping = match from.map {
            None if from.preset.is_some() => {
                let map = preset(from)?;
                Mapping::from_map(object, &from.catalog.schema, from.header, &map)
            }
            None => Mapping::from_header(object, &from.catalog.schema, from.header),
            Some(map) => {
                MapFile::parse(map).and_then(|map| Mapping::from_map(object, &from.catalog.schema, from.header, &map))
            }
        };
        let mapping = mapping.map_err(|message| Error::field("map", message))?;
        let place = |name: &str| object.fields.iter().position(|field| field.name == name);
        let ready = |column: Column| {
            let field = place(column.place.field())?;
            let maker = Maker::prepare(&column, object, &from.catalog.schema, from.reading);
            Some(Ready { field, reading: column.reading(from.reading), column, maker })
        };
        let columns: Vec<Ready> = mapping.columns.into_iter().filter_map(ready).collect();
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
        Ok(ObjectRows { object: object.id, columns, match_at, mode: from.mode, imagined, imagined_beside })
    }

    /// The values of a row by field, and the references that its texts mean.
    fn read(&self, work: &Work<'_>, object: &Object, row: &RawRow) -> related::Parsed {
        let (mut values, mut wanted, mut errors) = (Vec::with_capacity(self.columns.len()), Vec::new(), Vec::new());
        for ready in &self.columns {
            let Some(field) = object.fields.get(ready.field) else { continue };
            let text = ready.text(row);
            match &ready.column.place {
                Place::Related { key, .. } if !text.trim().is_empty() => {
                    let text = text.trim().to_owned();
                    let wish = ready.maker.as_ref().and_then(|maker| {
                        let target = work.catalog.object_by_id(maker.target).ok()?;
                        Some(maker.wish(target, &field.name, &ready.reading, &text, row))
                    });
                    wanted.push(Wanted { at: ready.field, key: key.clone(), text, wish });
                }
                Place::Related { .. } => values.push((ready.field, Value::Empty)),
                Place::Field(_) => match fields::from_text(field, text, &ready.reading) {
                    Ok(value) => values.push((ready.field, value)),
                    Err(message) => errors.push(FieldError { field: field.name.clone(), message }),
                },
            }
        }
        if errors.is_empty() { Ok((values, wanted)) } else { Err(errors) }
    }
}

/// The map of a product's exports.
fn preset(from: &Preparing) -> Result<MapFile> {
    let name = from.preset.unwrap_or_default();
    let unknown = || Error::field("preset", message!("preset-unknown", name = name, known = Preset::names()));
    let preset = Preset::named(name).ok_or_else(unknown)?;
    let none = || Error::field("preset", message!("file-no-column-known", object = from.object));
    preset.map(from.object, from.header).filter(|map| !map.fields.is_empty()).ok_or_else(none)
}

fn match_field(object: &Object, columns: &[Ready], name: &str) -> Result<usize> {
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

    fn fields(&self) -> Option<Vec<(usize, String)>> {
        let taken = |ready: &Ready, field: String| match ready.column.source {
            Source::Cell(at) => Some((at, field)),
            Source::Fixed(_) => None,
        };
        let mut fields = Vec::new();
        for ready in &self.columns {
            let field = ready.column.place.field();
            fields.extend(taken(ready, field.to_owned()));
            let others = ready.maker.iter().flat_map(Maker::others);
            fields.extend(others.filter_map(|other| taken(other, format!("{field}.{}", other.column.place.field()))));
        }
        Some(fields)
    }

    fn keys(&self, row: &RawRow) -> Vec<String> {
        let key = self.match_at.and_then(|at| self.columns.iter().find(|ready| ready.field == at));
        let own = key.map(|ready| base::fold::key(ready.text(row))).filter(|key| !key.is_empty());
        own.into_iter().chain(self.keys_made(row, true)).collect()
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
        let object = work.catalog.object_by_id(self.object)?;
        let mut parsed = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let skip = dropped.get(at).copied().unwrap_or(false);
            parsed.push(if skip { Err(Vec::new()) } else { self.read(work, object, row) });
        }
        let born = related::resolve(work, reader, object, &mut parsed).await?;
        refuse_unwritable(work, object, &mut parsed);
        let known = self.known(work, reader, object, &parsed).await?;
        let mut plan = Plan::default();
        for ((at, row), parsed) in rows.iter().enumerate().zip(parsed) {
            let outcome = match parsed {
                Ok((values, _)) => self.plan_one(work, object, values, &known, (at, row.number), &mut plan.changes),
                Err(errors) => Outcome::Failed(errors),
            };
            plan.outcomes.push(outcome);
        }
        making::put_first(&mut plan, born, rows, self.imagined_beside.as_ref());
        Ok(plan)
    }

    async fn known(
        &self,
        work: &Work<'_>,
        reader: &mut Reader,
        object: &Object,
        parsed: &[related::Parsed],
    ) -> Result<HashMap<String, Vec<Id>>> {
        let Some((at, field)) = self.match_at.and_then(|at| Some((at, object.fields.get(at)?))) else {
            return Ok(HashMap::new());
        };
        // What the caller may not filter by must not be found out by importing either.
        let access = Access::new(&work.catalog.schema, work.caller);
        if field.name != "id" && !access.may_filter(object, field) {
            return Err(Error::field("match", message!("match-unknown", field = field.name)));
        }
        let rows = parsed.iter().flatten();
        let keys: Vec<String> = rows.filter_map(|(values, _)| key_in(values, at, field)).collect();
        if field.name == "id" {
            let ids: Vec<Id> = keys.iter().filter_map(|key| key.parse().ok()).collect();
            let found = work.load(reader, object, &ids, false).await?;
            return Ok(found.iter().map(|record| (record.id.to_string(), vec![record.id])).collect());
        }
        matching::find(work, reader, object, field, &keys).await
    }

    fn plan_one(
        &self,
        work: &Work,
        object: &Object,
        mut values: Vec<(usize, Value)>,
        known: &HashMap<String, Vec<Id>>,
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

fn key_in(values: &[(usize, Value)], at: usize, field: &Field) -> Option<String> {
    let value = values.iter().find(|(place, _)| *place == at).map(|(_, value)| value)?;
    match value.link() {
        Some(link) if field.name == "id" => Some(link.id.to_string()),
        _ => match_key(field, value),
    }
}

/// A column that the caller may not write fails its rows, unless it says nothing.
fn refuse_unwritable(work: &Work, object: &Object, parsed: &mut [related::Parsed]) {
    let access = Access::new(&work.catalog.schema, work.caller);
    for row in parsed {
        let Ok((values, _)) = row else { continue };
        let errors = unwritable(&access, object, values);
        if !errors.is_empty() {
            *row = Err(errors);
        }
    }
}

/// What is wrong with values that the caller may not write.
pub(super) fn unwritable(access: &Access<'_>, object: &Object, values: &[(usize, Value)]) -> Vec<FieldError> {
    let refused = |(at, value): &(usize, Value)| {
        let field = object.fields.get(*at).filter(|field| field.name != "id" && !value.is_empty())?;
        let known = access.may_see(object, field);
        let message = if known { message!("field-read-only") } else { message!("field-unknown", object = object.name) };
        (!access.may_write(object, field)).then(|| FieldError { field: field.name.clone(), message })
    };
    values.iter().filter_map(refused).collect()
}
