//! The cells of a row as values of fields, and which of them the caller may write.

use super::{
    RawRow,
    making::Maker,
    related::{Parsed, Read, Wanted},
};
use crate::{
    fields::{self, Reading},
    object::Object,
    permissions::Access,
    schema::Schema,
    store::Work,
    transfer::{Column, Place, Source, Unknown},
    value::Value,
};
use base::{FieldError, fold, message};

/// A column with all that reading its cells needs.
pub(super) struct Ready {
    pub column: Column,
    /// The place of its field in the object.
    pub field: usize,
    pub reading: Reading,
    /// Of references whose records are made or changed.
    pub maker: Option<Maker>,
}

impl Ready {
    /// For the columns of an object.
    pub fn all(columns: Vec<Column>, object: &Object, schema: &Schema, file: &Reading) -> Vec<Ready> {
        let ready = |column: Column| {
            let field = object.fields.iter().position(|field| field.name == column.place.field())?;
            let maker = Maker::prepare(&column, object, schema, file);
            Some(Ready { field, reading: column.reading(file), column, maker })
        };
        columns.into_iter().filter_map(ready).collect()
    }

    /// What a row has for it, or what the map says that stands for.
    pub fn text<'r>(&'r self, row: &'r RawRow) -> &'r str {
        let text = match &self.column.source {
            Source::Cell(at) => row.cell(*at),
            Source::Fixed(text) => text,
        };
        match self.column.values.is_empty() {
            true => text,
            false => self.column.values.get(&fold::key(text.trim())).map_or(text, String::as_str),
        }
    }

    /// The column of the file whose cells are left where they make no sense.
    fn leaves(&self) -> Option<usize> {
        match self.column.source {
            Source::Cell(at) if self.column.unknown == Unknown::Leave => Some(at),
            _ => None,
        }
    }

    /// The column of the file that it is, with what it fills; a value of the map is no column.
    pub fn filled(&self, field: String) -> Option<(usize, String)> {
        match self.column.source {
            Source::Cell(at) => Some((at, field)),
            Source::Fixed(_) => None,
        }
    }
}

/// The values of a row by field, and the references that its texts mean.
pub(super) fn read(columns: &[Ready], work: &Work<'_>, object: &Object, row: &RawRow) -> Parsed {
    let mut read = Read { values: Vec::with_capacity(columns.len()), ..Read::default() };
    let mut errors = Vec::new();
    for ready in columns {
        let Some(field) = object.fields.get(ready.field) else { continue };
        let text = ready.text(row);
        match &ready.column.place {
            Place::Related { key, .. } if !text.trim().is_empty() => {
                let text = text.trim().to_owned();
                let wish = ready.maker.as_ref().and_then(|maker| {
                    let target = work.catalog.object_by_id(maker.target).ok()?;
                    Some(maker.wish(target, &field.name, &ready.reading, &text, row))
                });
                let leaves = ready.leaves();
                read.wanted.push(Wanted { at: ready.field, key: key.clone(), text, wish, leaves });
            }
            Place::Related { .. } => read.values.push((ready.field, Value::Empty)),
            Place::Field(_) => match (fields::from_text(field, text, &ready.reading), ready.leaves()) {
                (Ok(value), _) => read.values.push((ready.field, value)),
                (Err(_), Some(column)) => read.left.push(column),
                (Err(message), None) => errors.push(FieldError { field: field.name.clone(), message }),
            },
        }
    }
    if errors.is_empty() { Ok(read) } else { Err(errors) }
}

/// A column that the caller may not write fails its rows, unless it says nothing.
pub(super) fn refuse_unwritable(work: &Work<'_>, object: &Object, parsed: &mut [Parsed]) {
    let access = Access::new(&work.catalog.schema, work.caller);
    for row in parsed {
        let Ok(read) = row else { continue };
        let errors = unwritable(&access, object, &read.values);
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
