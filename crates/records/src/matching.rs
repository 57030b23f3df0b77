//! Finding the record that an incoming row means, by the value of one field.

use crate::{
    field::{Field, Kind, Part},
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
    store::{Change, Op, Work, one_of},
    stored,
    value::Value,
};
use base::{Error, Id, Result, message};
use db::Reader;
use std::collections::HashMap;

/// How many keys one query looks for.
const SLICE: usize = 500;

/// The text by which a value is found again: folded where texts are, exact where codes are.
pub fn match_key(field: &Field, value: &Value) -> Option<String> {
    let one = one_of(field);
    let value = value.each().first()?;
    stored::key(&one, value).or_else(|| value.text().map(str::to_owned))
}

/// Whether records can be found by this field: a text-like one.
pub fn can_match(field: &Field) -> bool {
    let one = one_of(field);
    field.name == "id"
        || one.kind.has_key()
        || matches!(one.kind, Kind::Phone | Kind::Iban | Kind::TaxId | Kind::Choice)
}

/// Most records that one key finds. Nobody needs more: it is ambiguous, and says nothing.
const MOST: i64 = 300;

/// The living records that the caller may see, by the key of one field. A key that several records have maps to
/// all of them, oldest first, up to [`MOST`]. Where a field holds many, the only one of a record stands in its twin.
pub async fn find(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    field: &Field,
    keys: &[String],
) -> Result<HashMap<String, Vec<Id>>> {
    let mut found: HashMap<String, Vec<Id>> = HashMap::new();
    let twin = field.first.and_then(|first| object.field(first));
    for field in std::iter::once(field).chain(twin) {
        collect(work, reader, object, (field, keys), &mut found).await?;
    }
    for ids in found.values_mut() {
        ids.sort();
        ids.dedup();
    }
    Ok(found)
}

async fn collect(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    (field, keys): (&Field, &[String]),
    found: &mut HashMap<String, Vec<Id>>,
) -> Result<()> {
    for slice in keys.chunks(SLICE) {
        let few = i64::try_from(slice.len()).unwrap_or(MOST) + MOST;
        let mut rows = reader.rows(statement(work, object, field, slice, few)).await?.cells;
        // Some key is one of very many records: then each is looked for by itself.
        if i64::try_from(rows.len() / 2).unwrap_or(few) >= few {
            rows.clear();
            for key in slice {
                rows.extend(reader.rows(statement(work, object, field, std::slice::from_ref(key), MOST)).await?.cells);
            }
        }
        for row in rows.chunks_exact_mut(2) {
            found.entry(db::Row(row).text(0)?.to_owned()).or_default().push(db::Row(row).id(1)?);
        }
    }
    Ok(())
}

/// Keys and ids of the records that have one of some keys.
fn statement(work: &Work<'_>, object: &Object, field: &Field, keys: &[String], most: i64) -> db::Statement {
    let mut sql = Sql::new();
    let keys = keys.iter().map(String::as_str);
    if field.holds_many() {
        sql.push("SELECT i.key, r.id FROM item i JOIN ").push(object.table_name());
        sql.push(" r ON r.tenant_id = i.tenant_id AND r.id = i.record_id WHERE i.field_id = ").push_arg(field.id);
        sql.push(" AND i.tenant_id = ").push_arg(work.caller.tenant).push(" AND i.key IN ").push_list(keys);
    } else {
        let dialect = work.records.db().dialect();
        sql.push("SELECT ").push_field(dialect, "r", field, Part::Compared).push(", r.id FROM ");
        sql.push(object.table_name()).push(" r WHERE ");
        sql.push_field(dialect, "r", field, Part::Compared).push(" IN ").push_list(keys);
    }
    sql.push(" AND ");
    let access = Access::new(&work.catalog.schema, work.caller);
    access.push_living(&mut sql, object, Action::Read, "r");
    sql.push(" LIMIT ").push_arg(most);
    sql.statement()
}

/// Creations whose value of `name` a record already has become changes of that record; the first one wins where a
/// request repeats a value. A value that several records have is refused: nobody can tell which is meant.
pub async fn turn_into_updates(
    work: &Work<'_>,
    object: &Object,
    name: &str,
    wishes: &mut [Result<Change>],
) -> Result<()> {
    let access = Access::new(&work.catalog.schema, work.caller);
    let known = object.fields.iter().enumerate().find(|(_, field)| field.name == name);
    let (at, field) = known
        .filter(|(_, field)| can_match(field) && access.may_filter(object, field))
        .ok_or_else(|| Error::field("match", message!("match-unknown", field = name)))?;
    let key = |change: &Change| {
        change.values.iter().find(|(place, _)| *place == at).and_then(|(_, value)| match_key(field, value))
    };
    let keys: Vec<String> = wishes.iter().flatten().filter_map(key).collect();
    let mut reader = work.records.db().reader(work.caller);
    let found = find(work, &mut reader, object, field, &keys).await?;
    for wish in wishes.iter_mut() {
        let Some(key) = wish.as_ref().ok().and_then(key) else { continue };
        match found.get(&key).map(Vec::as_slice) {
            Some([id]) => {
                if let Ok(change) = wish {
                    change.op = Op::Update;
                    change.id = *id;
                }
            }
            Some([_, _, ..]) => {
                *wish = Err(Error::field(name, message!("match-several", value = key)));
            }
            _ => {}
        }
    }
    Ok(())
}
