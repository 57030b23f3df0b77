//! The option that an action has replaced, and that comes back with the undo of it.

use super::kept;
use crate::{
    catalog::{Catalog, Records},
    definitions::ChoiceInput,
};
use base::{Caller, Error, Id, Result};
use db::{Batch, Event, Expect, Statement, sql};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// An option on its way back.
pub(crate) struct Returning {
    /// The definitions as they are with it.
    pub catalog: Arc<Catalog>,
    statement: Statement,
    changes: Json,
}

impl Returning {
    /// Has it come back with a batch.
    pub fn push(&self, batch: &mut Batch, action: Id) {
        batch.expect(self.statement.clone(), Expect::Fresh);
        let changes = self.changes.to_string();
        batch.log(Event { action, kind: "field.changed", object: 0, record: None, changes, also: Vec::new() });
        batch.schema_changed();
    }
}

/// The option that an action has replaced; nothing where it is there as it was, or the caller is no administrator.
pub(crate) async fn returning(records: &Records, caller: &Caller, action: Id) -> Result<Option<Returning>> {
    if !caller.plan.everything {
        return Ok(None);
    }
    let mut reader = records.db().reader(caller);
    let text = sql!(
        "SELECT changes FROM event WHERE tenant_id = ?1 AND action_id = ?2 AND kind = 'option.replaced'
         ORDER BY tx, seq LIMIT 1"
    );
    let rows = reader.rows(Statement::new(text, [caller.tenant.into(), action.into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let told: Json = serde_json::from_str(row.text(0)?).map_err(Error::internal)?;
    let option: ChoiceInput = serde_json::from_value(told["option"].clone()).map_err(Error::internal)?;
    let catalog = records.catalog(caller).await?;
    let Ok(object) = catalog.object(told["object"].as_str().unwrap_or_default()) else { return Ok(None) };
    let known = object.field(told["field"].as_str().unwrap_or_default());
    let Some(field) = known.filter(|field| told["id"] == json!(Id(field.id))) else { return Ok(None) };
    let kept = kept(&mut reader, caller, object, field).await?;
    let mut options = kept.options.clone();
    match options.iter_mut().find(|one| one.code() == option.code()) {
        Some(there) if there.choice().retired == option.choice().retired => return Ok(None),
        Some(there) => {
            let mut whole = there.clone().whole();
            whole.retired = option.choice().retired;
            *there = ChoiceInput::Whole(whole);
        }
        None => {
            let place = told["place"].as_u64().and_then(|place| usize::try_from(place).ok()).unwrap_or(usize::MAX);
            options.insert(place.min(options.len()), option);
        }
    }
    let statement = kept.replaced(caller, object, field, &options)?;
    let changes = json!({"object": object.name, "field": {"name": field.name, "options": options}});
    let choices = options.iter().map(ChoiceInput::choice).collect();
    let (object, field) = (object.id, field.id);
    let catalog = catalog.with(object, |object| {
        if let Some(own) = object.fields.iter_mut().find(|own| own.id == field) {
            own.choices = choices;
        }
    });
    Ok(Some(Returning { catalog: Arc::new(catalog), statement, changes }))
}
