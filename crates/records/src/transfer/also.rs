//! What rows make beside their own records: which columns fill them, and by which reference they lead to the row's
//! record.

use super::{
    header::Header,
    map_file::{AlsoTold, Told},
    mapping::{self, Column, Place, Source},
};
use crate::{
    field::{Field, Kind},
    object::Object,
    schema::Schema,
};
use base::{Message, message};

/// Records of one object, one for each row that says anything of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    pub object: String,
    pub columns: Vec<Column>,
    /// The field that leads to the row's record.
    pub leads: String,
    /// The field by which one that is there is found.
    pub match_by: Option<String>,
}

impl Also {
    /// Follows the table of a map; `own` are the columns of the rows' records.
    pub(super) fn from_map(
        of: &Object,
        schema: &Schema,
        header: &Header,
        told: &AlsoTold,
        own: &[Column],
    ) -> Result<Also, Message> {
        let inside = |message: Message| within(message, &told.object);
        let unknown = || message!("file-map-also-unknown", object = told.object);
        let object = schema.object(&told.object).filter(|object| !object.internal).ok_or_else(unknown)?;
        let target = |column: &Column| {
            let field = of.field(column.place.field()).filter(|_| column.makes.is_some())?;
            schema.target(field).map(|target| target.id)
        };
        if object.id == of.id || own.iter().filter_map(target).any(|made| made == object.id) {
            return Err(message!("file-map-also-twice", object = object.name));
        }
        let is_way = |(name, told): &&(String, Told)| {
            told.is_row && object.field(name).is_none_or(|field| field.kind.is_reference())
        };
        let named = told.fields.iter().find(is_way).map(|(name, _)| name.as_str());
        let leads = way(object, of, named)?.name.clone();
        let fields: Vec<_> = told.fields.iter().filter(|field| !is_way(field)).cloned().collect();
        if let Some((name, _)) = fields.iter().find(|(_, told)| told.makes()) {
            return Err(inside(message!("file-map-create", field = name)));
        }
        let columns = mapping::columns(object, schema, header, &fields).map_err(inside)?;
        let is_told = columns.iter().any(|column| matches!(column.source, Source::Cell(_)));
        let is_led = !columns.iter().any(|column| [leads.as_str(), "id"].contains(&column.place.field()));
        if !is_told || !is_led {
            return Err(message!("file-map-unclear", field = format!("also.{}", object.name)));
        }
        Ok(Also { object: object.name.clone(), columns, leads, match_by: told.match_by.clone() })
    }

    /// Takes a column that is called `notes.body`; gives whether it is.
    pub(super) fn take(also: &mut Vec<Also>, of: &Object, schema: &Schema, (at, name): (usize, &str)) -> bool {
        let Some((object, leads, field)) = meant(of, schema, name) else { return false };
        let place = match field.kind.is_reference() && schema.target(field).is_some() {
            true => Place::Related { field: field.name.clone(), key: mapping::Key::Title },
            false => Place::Field(field.name.clone()),
        };
        let column = Column::new(Source::Cell(at), place);
        match also.iter_mut().find(|known| known.object == object.name) {
            Some(known) if known.columns.iter().any(|other| other.place.field() == field.name) => return false,
            Some(known) => known.columns.push(column),
            None => also.push(Also {
                object: object.name.clone(),
                columns: vec![column],
                leads: leads.name.clone(),
                match_by: None,
            }),
        }
        true
    }
}

/// What a column called `notes.body` means: the object, the field that leads from there to the rows' object, and the
/// field that it fills.
pub(super) fn meant<'s>(of: &Object, schema: &'s Schema, name: &str) -> Option<(&'s Object, &'s Field, &'s Field)> {
    let (object, field) = name.split_once('.')?;
    let object = schema.object(object.trim()).filter(|object| !object.internal && object.id != of.id)?;
    let leads = way(object, of, None).ok()?;
    let field = mapping::field_called(object, field).filter(|field| !field.read_only && field.name != leads.name)?;
    Some((object, leads, field))
}

/// The reference by which records of `from` lead to those of `to`: the one that is named, or the only one there is.
/// References to that object go before those to any, and those to one before those to many.
fn way<'o>(from: &'o Object, to: &Object, named: Option<&str>) -> Result<&'o Field, Message> {
    let leads_there = |field: &&Field| {
        let target = field.target.as_ref();
        !field.read_only
            && !field.deleted
            && matches!(field.kind, Kind::Relation | Kind::Relations)
            && target.is_some_and(|target| target.object.as_ref().is_none_or(|object| *object == to.name))
    };
    if let Some(name) = named {
        let none = || message!("file-map-also-relation", object = from.name, field = name, to = to.name);
        return from.field(name).filter(leads_there).ok_or_else(none);
    }
    let is_open = |field: &Field| field.target.as_ref().is_some_and(|target| target.object.is_none());
    let grade = |field: &Field| (field.kind == Kind::Relations, is_open(field));
    let mut ways: Vec<&Field> = from.fields.iter().filter(leads_there).collect();
    ways.sort_by_key(|field| grade(field));
    match ways.as_slice() {
        [] => Err(message!("file-map-also-no-relation", object = from.name, to = to.name)),
        [one, two, ..] if grade(one) == grade(two) => {
            let names: Vec<&str> = ways.iter().map(|field| field.name.as_str()).collect();
            Err(message!("file-map-also-relations", object = from.name, to = to.name, fields = names.join(", ")))
        }
        [one, ..] => Ok(one),
    }
}

/// The message with the object before the field that it names.
fn within(mut message: Message, object: &str) -> Message {
    for (name, value) in &mut message.args {
        if *name == "field" {
            *value = format!("also.{object}.{value}");
        }
    }
    message
}
