//! What records are called, as far as a caller may know.

use crate::{
    field::{Field, Kind},
    fields,
    layout::Selection,
    object::Object,
    permissions::{Access, Action},
    query::Question,
    sql::Sql,
    value::Value,
};
use base::{Id, Result};
use db::{Dialect, Reader};
use std::collections::HashMap;

/// Longest title in characters.
const TITLE_CHARS: usize = 120;

/// The fields that name an object's records, without those that are hidden from the caller.
pub fn fields<'o>(access: &Access, object: &'o Object) -> Vec<&'o Field> {
    let names = object.title.iter().filter_map(|name| object.field(name));
    names.filter(|field| access.may_see(object, field)).collect()
}

/// What a record is called, from the values of [`fields`].
pub fn title(access: &Access, object: &Object, fields: &[&Field], values: &[Value]) -> String {
    let shown = fields.iter().zip(values).filter_map(|(field, value)| match value {
        Value::Empty | Value::Many(_) | Value::Link(_) => None,
        value if access.may_know(object, field) => {
            Some(fields::kind(field.kind).to_text(field, value, access.schema.names()))
        }
        value => Some(fields::kind(field.kind).masked(field, value)),
    });
    let whole = shown.collect::<Vec<_>>().join(" ");
    let line = if fields.iter().any(|field| field.kind == Kind::LongText) {
        whole.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        whole
    };
    line.chars().take(TITLE_CHARS).collect()
}

impl Question<'_> {
    /// What those of some records are called that are there and that the caller may read.
    pub async fn titles(&self, object: &str, ids: &[Id]) -> Result<HashMap<Id, String>> {
        let Some(object) = self.catalog.schema.object(object).filter(|_| !ids.is_empty()) else {
            return Ok(HashMap::new());
        };
        let db = self.records.db();
        load(&mut db.reader(self.caller), &self.access(), db.dialect(), (object, false), ids).await
    }
}

/// What those of some records are called that are there, or lie in the bin, and that the caller may read.
pub async fn load(
    reader: &mut Reader,
    access: &Access<'_>,
    dialect: Dialect,
    (object, binned): (&Object, bool),
    ids: &[Id],
) -> Result<HashMap<Id, String>> {
    if ids.is_empty() || !access.may_read(object) {
        return Ok(HashMap::new());
    }
    let named = fields(access, object);
    let place = |field: &&Field| object.fields.iter().position(|other| other.name == field.name);
    let selection = Selection::new(access.schema, object, named.iter().filter_map(place).collect(), "r");
    let mut sql = Sql::new();
    sql.push("SELECT ").push_expression(&selection.columns).push(" FROM ").push(object.table_name()).push(" r WHERE ");
    access.push_rows(&mut sql, object, Action::Read, "r", binned);
    sql.push(" AND ");
    crate::search::push_named(&mut sql, dialect, "r", ids);
    let rows = reader.rows(sql.statement()).await?;
    let called = rows.iter().map(|row| {
        let values = selection.values(object, &mut row.0.to_vec())?;
        Ok((row.id(0)?, title(access, object, &named, &values)))
    });
    called.collect()
}
