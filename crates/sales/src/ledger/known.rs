//! What is there already of what a slice of a ledger speaks of.

use super::row::{Told, at};
use base::{Id, Result};
use db::Reader;
use records::{
    layout::Record,
    matching::{self, match_key},
    object::Object,
    sql::Sql,
    store::Work,
    value::Value,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The records by the key under which the ledger names them, folded.
#[derive(Debug, Default)]
pub struct Known {
    pub contacts: HashMap<String, Vec<Id>>,
    pub products: HashMap<String, Record>,
    pub orders: HashMap<String, Record>,
    /// Of the orders, those that this import has made.
    pub own_orders: HashSet<Id>,
}

/// Looks everything up, on one snapshot.
pub async fn look_up(
    work: &Work<'_>,
    reader: &mut Reader,
    [contacts, products, orders]: [&Object; 3],
    rows: &[&Told],
    action: Id,
) -> Result<Known> {
    let mut known = Known::default();
    let keys = keys(contacts, "external_id", rows.iter().filter_map(|row| row.contact_key.as_deref()));
    if let Some(field) = contacts.field("external_id") {
        known.contacts = matching::find(work, reader, contacts, field, &keys).await?;
    }
    let product_keys = self::keys(products, "code", rows.iter().map(|row| row.product_key.as_str()));
    known.products = by_key(work, reader, products, "code", &product_keys).await?;
    let order_keys = self::keys(orders, "number", rows.iter().map(|row| row.order_key.as_str()));
    known.orders = by_key(work, reader, orders, "number", &order_keys).await?;
    let ids: Vec<Id> = known.orders.values().map(|order| order.id).collect();
    known.own_orders = made_by(work, reader, &ids, action).await?;
    Ok(known)
}

/// A key as records are found by it.
pub fn folded(object: &Object, field: &str, key: &str) -> String {
    let field = object.field(field);
    field.and_then(|field| match_key(field, &Value::Text(key.to_owned()))).unwrap_or_default()
}

fn keys<'k>(object: &Object, field: &str, keys: impl Iterator<Item = &'k str>) -> Vec<String> {
    keys.map(|key| folded(object, field, key)).collect::<BTreeSet<_>>().into_iter().collect()
}

async fn by_key(
    work: &Work<'_>,
    reader: &mut Reader,
    object: &Object,
    name: &str,
    keys: &[String],
) -> Result<HashMap<String, Record>> {
    let Some((field, place)) = object.field(name).zip(at(object, name)) else { return Ok(HashMap::new()) };
    let found = matching::find(work, reader, object, field, keys).await?;
    let ids: Vec<Id> = found.into_values().flatten().collect();
    let records = work.load(reader, object, &ids, false).await?;
    let keyed = |record: Record| Some((match_key(field, record.values.get(place)?)?, record));
    Ok(records.into_iter().filter_map(keyed).collect())
}

/// Which of the records were made by one action: the log tells.
async fn made_by(work: &Work<'_>, reader: &mut Reader, ids: &[Id], action: Id) -> Result<HashSet<Id>> {
    let mut made = HashSet::new();
    if ids.is_empty() {
        return Ok(made);
    }
    let mut sql = Sql::new();
    sql.push("SELECT record_id FROM event WHERE tenant_id = ").push_arg(work.caller.tenant);
    sql.push(" AND kind = 'created' AND action_id = ").push_arg(action);
    sql.push(" AND record_id IN ").push_list(ids.iter().copied());
    for row in reader.rows(sql.statement()).await?.iter() {
        made.insert(row.id(0)?);
    }
    Ok(made)
}
