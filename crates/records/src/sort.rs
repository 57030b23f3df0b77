//! The order of a list: the fields named in `sort`, then the id, so that every row has one place.

use crate::{
    cursor::Cursor,
    field::{Field, Part},
    object::Object,
    permissions::Access,
    sql::Sql,
};
use base::{Error, Result, message};
use db::{Cell, Dialect};

/// A list's order, checked against the object and the caller.
#[derive(Debug)]
pub struct Order<'a> {
    keys: Vec<Key<'a>>,
    /// The direction of the id, which breaks ties: that of the last key, so that one index serves both.
    descending: bool,
    /// `last_name,-id`: what cursors are made for.
    pub name: String,
}

#[derive(Debug)]
struct Key<'a> {
    field: &'a Field,
    descending: bool,
}

/// Most fields that a list may be sorted by.
const MOST_KEYS: usize = 4;

impl<'a> Order<'a> {
    /// Reads `last_name,-created_at`. Ids grow with the time of creation, so `created_at` is their order.
    ///
    /// # Errors
    /// A field error for `sort` when a field cannot be sorted by, or the caller may not know of it.
    pub fn parse(text: &str, access: &Access, object: &'a Object) -> Result<Order<'a>> {
        let (mut keys, mut descending) = (Vec::new(), false);
        let wrong = |message| Error::field("sort", message);
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let name = word.strip_prefix('-').unwrap_or(word);
            descending = name.len() != word.len();
            let field = object.field(name).filter(|field| access.may_know(object, field));
            let field = field.ok_or_else(|| wrong(message!("sort-unknown", field = name, object = object.name)))?;
            if !field.sortable || field.holds_many() {
                return Err(wrong(message!("sort-not-sortable", field = name)));
            }
            if field.name == "id" || field.name == "created_at" {
                break;
            }
            keys.push(Key { field, descending });
        }
        if keys.len() > MOST_KEYS {
            return Err(wrong(message!("sort-too-many", most = MOST_KEYS)));
        }
        let sign = |descending: bool| if descending { "-" } else { "" };
        let words = keys.iter().map(|key| format!("{}{},", sign(key.descending), key.field.name));
        let name = words.collect::<String>() + sign(descending) + "id";
        Ok(Order { keys, descending, name })
    }

    /// Reads a cursor of this order.
    ///
    /// # Errors
    /// A field error for `cursor` when it is of another order, or of values that its fields cannot have.
    pub fn place(&self, text: &str) -> Result<Cursor> {
        let cursor = Cursor::decode(text, &self.name)?;
        let fits = |(key, cell): (&Key, &Cell)| match cell {
            Cell::Int(_) => key.field.kind.is_number(),
            Cell::Text(_) => !key.field.kind.is_number(),
            Cell::Null => true,
            Cell::Bytes(_) => false,
        };
        let fits = self.keys.iter().zip(&cursor.values).all(fits);
        if fits { Ok(cursor) } else { Err(Error::field("cursor", message!("cursor-unusable"))) }
    }

    /// `, expression` for each sort value: they follow the selected columns.
    pub fn push_columns(&self, sql: &mut Sql, dialect: Dialect, alias: &str) {
        for key in &self.keys {
            sql.push(", ").push_field(dialect, alias, key.field, Part::Compared);
        }
    }

    /// ` ORDER BY …`.
    pub fn push_order(&self, sql: &mut Sql, dialect: Dialect, alias: &str) {
        sql.push(" ORDER BY ");
        for key in &self.keys {
            let expression = key.field.expression(dialect, alias, Part::Compared);
            sql.push_expression(&dialect.order(&expression, key.descending)).push(", ");
        }
        sql.push_column(alias, "id").push(if self.descending { " DESC" } else { "" });
    }

    /// ` AND …`: only what comes after the cursor. Empties come first going up and last going down.
    pub fn push_after(&self, sql: &mut Sql, dialect: Dialect, alias: &str, cursor: &Cursor) {
        let places: Vec<Option<String>> =
            cursor.values.iter().map(|cell| (*cell != Cell::Null).then(|| sql.place(cell.clone()))).collect();
        let columns: Vec<String> =
            self.keys.iter().map(|key| key.field.expression(dialect, alias, Part::Compared)).collect();
        if let (Some(key), Some(column), Some(Some(place))) = (self.keys.first(), columns.first(), places.first())
            && !key.descending
        {
            // Said twice on purpose: this bound alone lets an index start at the right place.
            sql.push(" AND ").push_expression(&format!("{column} >= {place}"));
        }
        if let (Some(key), Some(column), Some(Some(place)), Dialect::Sqlite) =
            (self.keys.first(), columns.first(), places.first(), dialect)
            && key.descending
            && self.keys.len() == 1
        {
            sql.push(" AND ").push_expression(&format!("({column} <= {place} OR {column} IS NULL)"));
        }
        sql.push(" AND (");
        let mut equal = String::new();
        for ((key, column), place) in self.keys.iter().zip(&columns).zip(&places) {
            let beyond = match (place, key.descending) {
                (Some(place), false) => format!("{column} > {place}"),
                (Some(place), true) => format!("({column} < {place} OR {column} IS NULL)"),
                (None, false) => format!("{column} IS NOT NULL"),
                (None, true) => "1 = 0".to_owned(),
            };
            sql.push_expression(&format!("({equal}{beyond}) OR "));
            let same = place.as_ref().map_or(format!("{column} IS NULL"), |place| format!("{column} = {place}"));
            equal = format!("{equal}{same} AND ");
        }
        sql.push("(").push_expression(&equal).push_column(alias, "id");
        sql.push(if self.descending { " < " } else { " > " }).push_arg(cursor.id).push("))");
    }
}
