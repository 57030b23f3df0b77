//! Values of custom fields that move: to a slot with an index when a field shall be filtered by from now on, and out
//! of the way when it is gone, so that its slot can be given to another.
//!
//! Nothing that people wrote changes: this makes no new version and no history.

use crate::{
    background::number,
    catalog::Records,
    definitions::{self, TOMBSTONE},
    derived::Touched,
    object::Object,
    sql::Sql,
};
use base::{Error, Id, Result, TenantId, Timestamp};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use jobs::{Job, JobContext, JobKind, Outcome, Priority};
use serde_json::{Map, Value as Json, json};

const JOB: &str = "records.refit";
const SLICE: i64 = 500;
/// Whoever began to write before the definition changed has ended by then.
const GRACE_MS: i64 = 30_000;
/// What the keys of a slot end with.
const ENDINGS: [&str; 5] = ["", "k", "c", "b", "o"];

/// Has the values of a field moved, or thrown away if it is gone.
pub fn later(records: &Records, batch: &mut Batch, object: i64, field: i64) {
    let at = Timestamp(records.db().clock().now().0 + GRACE_MS);
    let payload = json!({"object": object, "field": field});
    let job = Job::new(JOB, payload).unique(format!("{JOB}:{field}")).at(at).priority(Priority::Low);
    jobs::enqueue(batch, records.db(), job);
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

/// A field's row.
struct Kept {
    name: String,
    is_gone: bool,
    slot: String,
    next: Option<String>,
    definition: String,
}

impl Kept {
    /// A record's document as it has to be; nothing where it is so already. Of what is gone no slot keeps anything.
    fn refit(&self, document: Map<String, Json>) -> Option<Map<String, Json>> {
        match self.next.as_deref().filter(|_| self.is_gone) {
            None => refitted(document, &self.slot, self.next.as_deref()),
            Some(next) => {
                let first = refitted(document.clone(), &self.slot, None);
                refitted(first.clone().unwrap_or(document), next, None).or(first)
            }
        }
    }
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let (object_id, field) = (number(&context.payload, "object")?, number(&context.payload, "field")?);
    let catalog = records.catalog(&context.caller).await?;
    let Some(object) = catalog.schema.object_by_id(object_id) else { return Ok(Outcome::done()) };
    let Some(kept) = kept(records, context, field).await? else { return Ok(Outcome::done()) };
    if !kept.is_gone && kept.next.is_none() {
        return Ok(Outcome::done());
    }
    let mut after = Id(0);
    while let Some(last) = slice(records, context, object_id, &kept, after).await? {
        after = last;
        if context.stopping() {
            return Ok(Outcome::Again { at: records.db().clock().now(), batch: Batch::new() });
        }
    }
    let mut batch = Batch::new();
    if kept.is_gone {
        let key: [Cell; 2] = [context.caller.tenant.into(), Cell::Int(field)];
        batch.run(Statement::new(sql!("DELETE FROM item WHERE tenant_id = ?1 AND field_id = ?2"), key.clone()));
        batch.run(Statement::new(sql!("DELETE FROM field_definition WHERE tenant_id = ?1 AND id = ?2"), key));
    } else if let Some(next) = &kept.next {
        arrive(records, context, object, field, (&kept, next), &mut batch)?;
    }
    Ok(Outcome::Done(batch))
}

async fn kept(records: &Records, context: &JobContext, field: i64) -> Result<Option<Kept>> {
    let text = sql!(
        "SELECT name, slot, next_slot, definition, deleted_at FROM field_definition WHERE tenant_id = ?1 AND id = ?2"
    );
    let cells = [context.caller.tenant.into(), Cell::Int(field)];
    let rows = records.db().reader(&context.caller).once(Statement::new(text, cells)).await?;
    let kept = |row: db::Row| {
        Ok(Kept {
            name: row.text(0)?.to_owned(),
            is_gone: row.text(0)?.starts_with(TOMBSTONE) && row.opt_int(4)?.is_none(),
            slot: row.text(1)?.to_owned(),
            next: row.opt_text(2)?.map(str::to_owned),
            definition: row.text(3)?.to_owned(),
        })
    };
    rows.first().map(kept).transpose()
}

/// Refits the next records after an id, in the bin or not; gives the last one that was looked at.
async fn slice(records: &Records, context: &JobContext, object: i64, kept: &Kept, after: Id) -> Result<Option<Id>> {
    // Anew for each slice: derived fields may have been defined otherwise meanwhile.
    let catalog = &*records.catalog(&context.caller).await?;
    let object = catalog.object_by_id(object)?;
    let tenant = context.caller.tenant;
    let mut sql = Sql::new();
    sql.push("SELECT r.id, r.version, r.custom FROM ").push(object.table_name());
    sql.push(" r WHERE r.tenant_id = ").push_arg(tenant).push(" AND r.id > ").push_arg(after);
    if object.table == crate::object::Table::Shared {
        sql.push(" AND r.object_id = ").push_arg(object.id);
    }
    sql.push(" AND r.custom IS NOT NULL ORDER BY r.id LIMIT ").push_arg(SLICE);
    let rows = records.db().reader(&context.caller).once(sql.statement()).await?;
    let (mut batch, mut last, mut touched) = (Batch::new(), None, Touched::new(catalog));
    for row in rows.iter() {
        let (id, version) = (row.id(0)?, row.int(1)?);
        last = Some(id);
        let document: Map<String, Json> = serde_json::from_str(row.text(2)?).map_err(Error::internal)?;
        if let Some(document) = kept.refit(document) {
            batch.expect(rewritten(object, tenant, id, version, document), Expect::Fresh);
            // Figures, and what is computed from them, change without a new version.
            touched.anew(object, id);
        }
    }
    touched.push(tenant, records.db().dialect(), &mut batch)?;
    if !batch.is_empty() {
        // Somebody changed a record in between: the job comes again and finds the rest.
        context.submit_piece(batch).await.map_err(|error| match error {
            Error::Stale => Error::Unavailable { seconds: 1 },
            other => other,
        })?;
    }
    Ok(last)
}

fn rewritten(object: &Object, tenant: TenantId, id: Id, version: i64, document: Map<String, Json>) -> Statement {
    let text =
        format!("UPDATE {} SET custom = ?4 WHERE tenant_id = ?1 AND id = ?2 AND version = ?3", object.table_name());
    let custom = if document.is_empty() { Cell::Null } else { Cell::Text(Json::Object(document).to_string()) };
    let text: std::sync::Arc<str> = text.into();
    Statement::new(text, [tenant.into(), id.into(), Cell::Int(version), custom])
}

/// The document with the values also under the next slot, or without them; nothing where it is so already.
fn refitted(mut document: Map<String, Json>, slot: &str, next: Option<&str>) -> Option<Map<String, Json>> {
    let before = document.clone();
    for ending in ENDINGS {
        let own = format!("{slot}{ending}");
        match next {
            None => {
                document.remove(&own);
            }
            Some(next) => {
                let value = document.get(&own).cloned();
                let place = format!("{next}{ending}");
                match value {
                    Some(value) => document.insert(place, value),
                    None => document.remove(&place),
                };
            }
        }
    }
    (document != before).then_some(document)
}

/// All values lie in the next slot: it becomes the field's, and the old one is emptied.
fn arrive(
    records: &Records,
    context: &JobContext,
    object: &Object,
    field: i64,
    (kept, next): (&Kept, &str),
    batch: &mut Batch,
) -> Result<()> {
    let tenant = context.caller.tenant;
    let mut definition: Map<String, Json> = serde_json::from_str(&kept.definition).map_err(Error::internal)?;
    definition.insert("filterable".to_owned(), json!(true));
    let definition = Json::Object(definition).to_string();
    let text = sql!(
        "UPDATE field_definition SET slot = ?3, next_slot = NULL, definition = ?4
         WHERE tenant_id = ?1 AND id = ?2 AND next_slot = ?3"
    );
    let cells = [tenant.into(), Cell::Int(field), next.into(), definition.as_str().into()];
    batch.expect(Statement::new(text, cells), Expect::Fresh);
    let grave = records.db().ids().next();
    let text = sql!(
        "INSERT INTO field_definition (tenant_id, id, object_id, name, slot, position, definition)
         VALUES (?1, ?2, ?3, ?4, ?5, ?2, ?6)"
    );
    let cells = [
        tenant.into(),
        grave.into(),
        Cell::Int(object.id),
        format!("{TOMBSTONE}{grave}").into(),
        kept.slot.as_str().into(),
        definition.into(),
    ];
    batch.run(Statement::new(text, cells));
    later(records, batch, object.id, grave.0);
    if let Some(own) = object.fields.iter().find(|own| own.id == field) {
        crate::indexes::later(records, batch, object, &definitions::in_slot(own, next))?;
    }
    let changes = json!({"object": object.name, "field": kept.name, "filterable": true}).to_string();
    let action = records.db().ids().next();
    batch.log(Event { action, kind: "field.changed", object: 0, record: None, changes, also: Vec::new() });
    batch.schema_changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: Json, next: Option<&str>, expected: Option<Json>) {
        let Json::Object(document) = document else { panic!() };
        assert_eq!(refitted(document, "x1", next).map(Json::Object), expected);
    }

    #[test]
    fn values_come_along_whole_and_go_whole() {
        let document = json!({"x1": "Ą", "x1k": "a", "x10": 5, "t2": 1});
        check(
            document.clone(),
            Some("t1"),
            Some(json!({"x1": "Ą", "x1k": "a", "x10": 5, "t2": 1, "t1": "Ą", "t1k": "a"})),
        );
        check(document, None, Some(json!({"x10": 5, "t2": 1})));
        check(json!({"x1": 1, "t1": 1}), Some("t1"), None);
        check(json!({"t1": 1}), Some("t1"), Some(json!({})));
        check(json!({"x10": 1}), None, None);
    }
}
