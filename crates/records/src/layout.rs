//! The statements and column places of one object, made once from its definition and used for every record.

use crate::{
    document::Document,
    field::{Field, Storage},
    object::{Object, Table},
    schema::Schema,
    stored,
    value::Value,
};
use base::{Error, Id, Result, TenantId, Timestamp};
use db::{Cell, Statement};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// A record in memory, its values beside the object's fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub object: i64,
    pub id: Id,
    /// In the order of [`Object::fields`]; the system fields are among them.
    pub values: Vec<Value>,
    /// In the bin since.
    pub deleted_at: Option<Timestamp>,
}

/// The column that tells whether a record is still what it was.
const VERSION: &str = "version";

/// How an object's records are read and written.
#[derive(Debug)]
pub struct Layout {
    table: &'static str,
    /// All columns but the tenant, in the order of the table's insert.
    columns: Vec<String>,
    insert: Arc<str>,
    /// Index of the field `version`.
    version: usize,
}

impl Layout {
    pub fn new(object: &Object) -> Layout {
        let mut columns = vec!["id".to_owned()];
        if object.table == Table::Shared {
            columns.push("object_id".to_owned());
        }
        for field in stored_fields(object) {
            if let Storage::Column(column) = field.storage {
                columns.extend(stored::endings(field).iter().map(|ending| format!("{column}{ending}")));
            }
        }
        columns.extend(["deleted_at".to_owned(), "custom".to_owned()]);
        let table = object.table_name();
        let places: Vec<String> = (2..columns.len() + 2).map(|n| format!("?{n}")).collect();
        Layout {
            table,
            insert: format!(
                "INSERT INTO {table} (tenant_id, {}) VALUES (?1, {})",
                columns.join(", "),
                places.join(", ")
            )
            .into(),
            columns,
            version: object.fields.iter().position(|field| field.name == VERSION).unwrap_or_default(),
        }
    }

    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// Makes the row of a new record.
    pub fn insert(&self, tenant: TenantId, object: &Object, record: &Record) -> Statement {
        Statement { text: self.insert.clone().into(), args: self.cells(tenant, object, record) }
    }

    pub fn version_of(&self, record: &Record) -> i64 {
        record.values.get(self.version).and_then(Value::int).unwrap_or(0)
    }

    /// Sets the columns in which a record differs from what it was; touches no row where the version is another by now.
    /// The others are left alone because SQLite writes each index anew that knows a column which is set, to whatever
    /// value: a change of one field of a contact would cost twenty indexes.
    pub fn update(&self, tenant: TenantId, object: &Object, before: &Record, after: &Record) -> Statement {
        let (old, new) = (self.cells(tenant, object, before), self.cells(tenant, object, after));
        let sides = old.into_iter().zip(new).skip(1);
        let differ = self.columns.iter().zip(sides).filter(|(column, (old, new))| old != new || *column == VERSION);
        let mut args = vec![Cell::from(tenant), Cell::from(before.id), Cell::Int(self.version_of(before))];
        let mut text = format!("UPDATE {} SET ", self.table);
        for (column, (_, cell)) in differ {
            let comma = if args.len() > 3 { ", " } else { "" };
            args.push(cell);
            text.push_str(&format!("{comma}{column} = ?{}", args.len()));
        }
        text.push_str(" WHERE tenant_id = ?1 AND id = ?2 AND version = ?3");
        Statement { text: Arc::<str>::from(text).into(), args }
    }

    /// The arguments of `insert`.
    fn cells(&self, tenant: TenantId, object: &Object, record: &Record) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(self.columns.len() + 2);
        cells.push(Cell::from(tenant));
        cells.push(Cell::from(record.id));
        if object.table == Table::Shared {
            cells.push(Cell::Int(object.id));
        }
        for (field, value) in object.fields.iter().zip(&record.values).filter(|(field, _)| field.name != "id") {
            if let Storage::Column(_) = field.storage {
                stored::push_cells(field, value, &mut cells);
            }
        }
        cells.push(Cell::from(record.deleted_at));
        cells.push(custom(object, record));
        cells
    }
}

/// A record's `custom` document.
pub fn custom(object: &Object, record: &Record) -> Cell {
    let mut document = Map::new();
    for (field, value) in object.fields.iter().zip(&record.values) {
        stored::put_custom(field, value, &mut document);
    }
    if document.is_empty() { Cell::Null } else { Cell::Text(Json::Object(document).to_string()) }
}

/// The fields that a record stores besides its id.
fn stored_fields(object: &Object) -> impl Iterator<Item = &Field> {
    object.fields.iter().filter(|field| field.name != "id")
}

/// Which columns a query must select for some fields, and how the row becomes values again.
#[derive(Debug)]
pub struct Selection {
    /// Indexes into [`Object::fields`], in the wanted order.
    pub fields: Vec<usize>,
    /// The select list; the first column is the id, the second `deleted_at`.
    pub columns: String,
    /// Where each wanted field's cells begin; `None` for those in `custom`.
    places: Vec<Option<(usize, usize)>>,
    /// The objects that the wanted references lead to.
    targets: Vec<Option<i64>>,
    /// Where the `custom` document is, if it is needed.
    custom: Option<usize>,
}

impl Selection {
    pub fn new(schema: &Schema, object: &Object, fields: Vec<usize>, alias: &str) -> Selection {
        // Users and teams have no bin.
        let binned = if object.internal { "NULL".to_owned() } else { format!("{alias}.deleted_at") };
        let mut columns = vec![format!("{alias}.id"), binned];
        let (mut places, mut targets) = (Vec::new(), Vec::new());
        let wanted: Vec<&Field> = fields.iter().filter_map(|&at| object.fields.get(at)).collect();
        for field in &wanted {
            targets.push(schema.target(field).map(|target| target.id));
            places.push(match field.storage {
                _ if field.name == "id" => Some((0, 1)),
                Storage::Column(column) => {
                    let from = columns.len();
                    let endings = stored::value_endings(field);
                    columns.extend(endings.iter().map(|ending| format!("{alias}.{column}{ending}")));
                    Some((from, columns.len()))
                }
                Storage::Slot(_) => None,
            });
        }
        let custom = places.contains(&None).then_some(columns.len());
        columns.extend(custom.map(|_| format!("{alias}.custom")));
        Selection { fields, columns: columns.join(", "), places, targets, custom }
    }

    /// Every field of the object.
    pub fn everything(schema: &Schema, object: &Object, alias: &str) -> Selection {
        Selection::new(schema, object, (0..object.fields.len()).collect(), alias)
    }

    /// How many columns the select list has.
    pub fn width(&self) -> usize {
        let last = self.places.iter().flatten().map(|place| place.1).max().unwrap_or(0).max(2);
        last + usize::from(self.custom.is_some())
    }

    /// The wanted values of a row, in the order of `fields`; texts are taken out of the cells.
    pub fn values(&self, object: &Object, row: &mut [Cell]) -> Result<Vec<Value>> {
        let custom = self.take_custom(row);
        let document = document(custom.as_deref())?;
        (0..self.fields.len()).map(|place| self.take(object, place, row, &document)).collect()
    }

    /// The value of the field at a place in `fields`, from a row that stays as it is.
    pub fn value(&self, object: &Object, place: usize, row: &[Cell], document: &Document) -> Result<Value> {
        let (from, to) = self.places.get(place).copied().flatten().unwrap_or_default();
        let mut own = vec![Cell::Null; row.len().min(to)];
        own.iter_mut().zip(row).skip(from).for_each(|(own, cell)| own.clone_from(cell));
        self.take(object, place, &mut own, document)
    }

    fn take(&self, object: &Object, place: usize, row: &mut [Cell], document: &Document) -> Result<Value> {
        let field = self.fields.get(place).and_then(|&at| object.fields.get(at));
        let field = field.ok_or_else(|| Error::internal("a selected field is gone"))?;
        let target = self.targets.get(place).copied().flatten();
        match self.places.get(place).copied().flatten() {
            Some((0, _)) => link_to(object, row),
            Some((from, to)) => stored::take_cells(field, target, row.get_mut(from..to).unwrap_or_default()),
            None => stored::get_custom(field, target, document),
        }
    }

    /// The first cell of the field at a place in `fields`; `None` for one in `custom`.
    pub fn cell_of(&self, place: usize) -> Option<usize> {
        self.places.get(place).copied().flatten().map(|(from, _)| from)
    }

    /// The text of the `custom` document, to be read with [`document`].
    pub fn take_custom(&self, row: &mut [Cell]) -> Option<String> {
        match std::mem::take(row.get_mut(self.custom?)?) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole record, when every field was selected.
    pub fn record(&self, object: &Object, row: &mut [Cell]) -> Result<Record> {
        let id = db::Row(row).id(0)?;
        let deleted_at = db::Row(row).opt_int(1)?.map(Timestamp);
        Ok(Record { object: object.id, id, values: self.values(object, row)?, deleted_at })
    }
}

/// The members of a row's `custom` document; none where it has none.
pub fn document(custom: Option<&str>) -> Result<Document<'_>> {
    custom.map_or_else(|| Ok(Document::default()), Document::read)
}

fn link_to(object: &Object, row: &[Cell]) -> Result<Value> {
    Ok(Value::Link(crate::value::Link::to(object.id, db::Row(row).id(0)?)))
}
