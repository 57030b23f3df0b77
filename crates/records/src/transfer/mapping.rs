//! Which column of a file goes into which field, by the names in the header or by a map that somebody wrote.
//! Not here: looking up the records that natural keys mean.

use super::{
    also::Also,
    header::Header,
    map_file::{MapFile, Told, Unknown},
};
use crate::{
    field::{Field, Kind},
    fields::Reading,
    import::key_field,
    matching,
    object::{Labels, Object},
    schema::Schema,
};
use base::{Language, Message, fold, message};
use std::collections::HashMap;

/// The plan for all rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pub columns: Vec<Column>,
    /// What else each row makes.
    pub also: Vec<Also>,
    /// Columns of the file that go nowhere.
    pub ignored: Vec<String>,
}

/// One thing that every row brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub source: Source,
    pub place: Place,
    /// strftime pattern of this column alone.
    pub dates: Option<String>,
    /// ISO 4217, of this column alone.
    pub currency: Option<String>,
    /// Of a reference whose record may be made or changed.
    pub makes: Option<Makes>,
    /// What stands for what, by its folded key.
    pub values: HashMap<String, String>,
    pub unknown: Unknown,
}

/// What becomes of the record that a reference means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Makes {
    /// It is made where it is not there.
    pub create: bool,
    /// It is changed where it is there.
    pub update: bool,
    /// What else the row says about it, as fields of that record.
    pub others: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A column of the file, counted from 0.
    Cell(usize),
    /// The same text for every row.
    Fixed(String),
}

/// Where a value goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Into a field, read by its kind. The field `id` is read-only and names the record that the row is about.
    Field(String),
    /// Into a reference, to the record that the text means.
    Related { field: String, key: Key },
}

/// How a text means a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Its id, one of its unique fields, or its title.
    Title,
    /// One field of it: `company.name`.
    Field(String),
    /// One field of a record of any object, or of one that is named: `about.external_id`, `about.contacts.external_id`.
    Open { object: Option<String>, field: String },
}

impl Mapping {
    /// Matches columns and fields by name or label, in any of the four languages. What matches nothing is ignored;
    /// two columns for one field are refused.
    pub fn from_header(object: &Object, schema: &Schema, header: &Header) -> Result<Mapping, Message> {
        let mut mapping = Mapping::default();
        for (at, name) in header.names().iter().enumerate() {
            match place(object, schema, name) {
                Some(place) => mapping.add(Source::Cell(at), place, &Told::default(), header)?,
                None if Also::take(&mut mapping.also, object, schema, (at, name)) => {}
                None => mapping.ignored.push(name.clone()),
            }
        }
        if mapping.columns.is_empty() {
            return Err(message!("file-no-column-known", object = object.name));
        }
        Ok(mapping)
    }

    /// Follows a map to the letter: columns that it does not name are ignored.
    pub fn from_map(object: &Object, schema: &Schema, header: &Header, map: &MapFile) -> Result<Mapping, Message> {
        let mut mapping = Mapping { columns: columns(object, schema, header, &map.fields)?, ..Mapping::default() };
        for told in &map.also {
            mapping.also.push(Also::from_map(object, schema, header, told, &mapping.columns)?);
        }
        let all = || mapping.columns.iter().chain(mapping.also.iter().flat_map(|also| &also.columns));
        let others = |column: &'_ Column| column.makes.clone().map(|makes| makes.others).unwrap_or_default();
        let made: Vec<Column> = all().flat_map(others).collect();
        let is_used = |at: usize| all().chain(&made).any(|column| column.source == Source::Cell(at));
        let unused = header.names().iter().enumerate().filter(|(at, _)| !is_used(*at));
        mapping.ignored = unused.map(|(_, name)| name.clone()).collect();
        Ok(mapping)
    }
    fn add(&mut self, source: Source, place: Place, told: &Told, header: &Header) -> Result<(), Message> {
        let (dates, currency, unknown) = (told.dates.clone(), told.currency.clone(), told.unknown);
        let values = told.values.iter().map(|(from, to)| (fold::key(from.trim()), to.clone())).collect();
        let same = self.columns.iter_mut().find(|column| column.place.field() == place.field());
        if let Some(maker) = same
            && let Place::Related { key: Key::Field(name), .. } = &place
            && !told.makes()
            && maker.place.key() != place.key()
            && let Some(makes) = &mut maker.makes
            && !makes.others.iter().any(|other| other.place.field() == name)
        {
            makes.others.push(Column {
                dates,
                currency,
                values,
                unknown,
                ..Column::new(source, Place::Field(name.clone()))
            });
            return Ok(());
        }
        if let Some(other) = self.columns.iter().find(|column| column.place.field() == place.field()) {
            let (first, second) = (other.source.name(header), source.name(header));
            return Err(message!("file-field-twice", field = place.field(), first = first, second = second));
        }
        let makes = told.makes().then(|| Makes { create: told.create, update: told.update, others: Vec::new() });
        self.columns.push(Column { source, place, dates, currency, makes, values, unknown });
        Ok(())
    }
}

/// The columns that a map names for an object, those that make a record first: what else is said of it joins them.
pub(super) fn columns(
    object: &Object,
    schema: &Schema,
    header: &Header,
    fields: &[(String, Told)],
) -> Result<Vec<Column>, Message> {
    let mut mapping = Mapping::default();
    let (makers, others): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, told)| told.makes());
    for (name, told) in makers.into_iter().chain(others) {
        let place = place(object, schema, name).ok_or_else(|| message!("file-map-unknown-field", field = name))?;
        let source = match (&told.column, &told.value) {
            (Some(column), _) => {
                let unknown = || message!("file-map-unknown-column", column = column);
                Source::Cell(header.place(column.trim()).ok_or_else(unknown)?)
            }
            (None, Some(value)) => Source::Fixed(value.clone()),
            (None, None) => return Err(message!("file-map-unclear", field = name)),
        };
        if told.makes() && !can_make(object, schema, &place) {
            return Err(message!("file-map-create", field = name));
        }
        // A row may be about the very record that another row changes through it.
        let target = object.field(place.field()).and_then(|field| schema.target(field));
        if told.update && target.is_some_and(|target| target.id == object.id) {
            return Err(message!("file-map-update-own", field = name, object = object.name));
        }
        mapping.add(source, place, told, header)?;
    }
    Ok(mapping.columns)
}

impl Column {
    pub fn new(source: Source, place: Place) -> Column {
        let (values, unknown) = (HashMap::new(), Unknown::Fail);
        Column { source, place, dates: None, currency: None, makes: None, values, unknown }
    }

    /// How this column is read, in a file that is read like this.
    pub fn reading(&self, file: &Reading) -> Reading {
        let mut reading = file.clone();
        if self.dates.is_some() {
            reading.dates.clone_from(&self.dates);
        }
        if let Some(currency) = &self.currency {
            reading.currency.clone_from(currency);
        }
        reading
    }
}

impl Source {
    fn name<'a>(&'a self, header: &'a Header) -> &'a str {
        match self {
            Source::Cell(at) => header.names().get(*at).map_or("", String::as_str),
            Source::Fixed(value) => value,
        }
    }
}

impl Place {
    /// The field that the value ends in.
    pub fn field(&self) -> &str {
        match self {
            Place::Field(field) | Place::Related { field, .. } => field,
        }
    }

    /// How the text means a record, where it means one.
    pub fn key(&self) -> Option<&Key> {
        match self {
            Place::Field(_) => None,
            Place::Related { key, .. } => Some(key),
        }
    }
}

/// Whether what a text means there can be made from it.
fn can_make(object: &Object, schema: &Schema, place: &Place) -> bool {
    let target = object.field(place.field()).and_then(|field| schema.target(field));
    let key = target.zip(place.key()).and_then(|(target, key)| key_field(target, key));
    key.is_some()
}

/// The place that a column's name means.
pub(super) fn place(object: &Object, schema: &Schema, name: &str) -> Option<Place> {
    if let Some(field) = field_called(object, name) {
        if field.read_only {
            return (field.name == "id").then(|| Place::Field(field.name.clone()));
        }
        // A reference to any object says itself which one it means.
        let is_related = field.kind.is_reference() && schema.target(field).is_some();
        return Some(match is_related {
            true => Place::Related { field: field.name.clone(), key: Key::Title },
            false => Place::Field(field.name.clone()),
        });
    }
    let (first, second) = name.split_once('.')?;
    let field = field_called(object, first).filter(|field| !field.read_only)?;
    let key = match schema.target(field) {
        Some(target) => Key::Field(field_called(target, second)?.name.clone()),
        None => open_key(schema, field, second)?,
    };
    Some(Place::Related { field: field.name.clone(), key })
}

/// How a reference to any object is told: by one field of the object that is named, or of all that have it.
fn open_key(schema: &Schema, field: &Field, key: &str) -> Option<Key> {
    let is_open = field.kind == Kind::Relation;
    let fits = |object: &Object, name: &str| {
        let found = field_called(object, name).filter(|field| matching::can_match(field) && !object.internal);
        found.map(|field| field.name.clone())
    };
    let (object, field) = match key.split_once('.') {
        Some((object, name)) => {
            let object = schema.object(object.trim())?;
            (Some(object.name.clone()), fits(object, name)?)
        }
        None => (None, schema.objects().iter().find_map(|object| fits(object, key))?),
    };
    is_open.then_some(Key::Open { object, field })
}

/// The field of that name, or else the first with that label.
pub(super) fn field_called<'a>(object: &'a Object, name: &str) -> Option<&'a Field> {
    let key = fold::key(name);
    let by_name = || object.fields.iter().find(|field| field.name == key || field.name.replace('_', " ") == key);
    let by_label = || object.fields.iter().find(|field| is_called(&field.labels, &key));
    object.field(name.trim()).or_else(by_name).or_else(by_label)
}

fn is_called(labels: &Labels, key: &str) -> bool {
    Language::ALL.into_iter().any(|language| fold::key(labels.in_language(language)) == key)
}
