//! Objects and fields that are deleted: what depends on them, the bin, and the way back.

use super::{
    answered::by,
    objects::{describe, described_field},
};
use crate::{
    catalog::Records,
    definitions::{self, Binned, Deletion, Dependent, Manner, Subject},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Id, Result, message};
use serde_json::{Map, Value as JsonValue, json};
use web::{Answer, Failure, Json, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    const OBJECT: &str = "/objects/{object}";
    const FIELD: &str = "/objects/{object}/fields/{field}";
    let named = |route: Route<Records>, summary| route.summary(summary).tag("objects");
    let dependents = || {
        json!({"type": "object", "required": ["items", "records"], "properties": {
            "items": {"type": "array", "items": {"type": "object", "properties": {
                "kind": {"type": "string"}, "object": {"type": "string"}, "name": {"type": "string"},
                "stands_in_the_way": {"type": "boolean"}, "message": {"type": ["string", "null"]}}}},
            "records": {"type": "integer"}}})
    };
    let object = || json!({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]});
    let for_good = || json!({"type": "boolean", "description": "throw it away at once instead of into the bin"});
    Routes::new()
        .add(
            named(Route::get("/objects/{object}/dependents", of_object), "List what depends on an object")
                .answers(dependents()),
        )
        .add(
            named(Route::get("/objects/{object}/fields/{field}/dependents", of_field), "List what depends on a field")
                .answers(dependents()),
        )
        .add(
            named(Route::delete(OBJECT, delete_object), "Delete an object")
                .parameter("for_good", for_good())
                .status(204),
        )
        .add(named(Route::delete(FIELD, delete_field), "Delete a field").parameter("for_good", for_good()).status(204))
        .add(named(Route::post("/objects/{object}/restore", restore_object), "Restore an object").answers(object()))
        .add(
            named(Route::post("/objects/{object}/fields/{field}/restore", restore_field), "Restore a field")
                .answers(object()),
        )
}

/// The bin, as `GET /objects?deleted=true` and that of fields answer it.
///
/// # Errors
/// `Forbidden` for whoever is no administrator.
pub async fn list(records: &Records, caller: &Caller, object: Option<&str>) -> Result<JsonValue> {
    if !caller.plan.everything {
        return Err(Error::Forbidden(message!("administrators-only")));
    }
    let items: Vec<JsonValue> = definitions::bin(records, caller, object).await?.iter().map(binned).collect();
    Ok(json!({"items": items}))
}

fn binned(one: &Binned) -> JsonValue {
    let mut json = json!({"id": one.id, "name": one.name, "deleted_at": one.deleted_at.rfc3339(),
        "purged_at": one.purged_at.rfc3339(), "records": one.records});
    if let Some(kind) = &one.kind {
        json["type"] = json!(kind);
    }
    json
}

fn told(caller: &Caller, dependents: &[Dependent]) -> Vec<JsonValue> {
    let one = |one: &Dependent| {
        let message = one.stands_in_the_way.as_ref();
        json!({"kind": one.kind, "object": one.object, "name": one.name, "stands_in_the_way": message.is_some(),
            "message": message.map(|message| web::speak(message, caller.language))})
    };
    dependents.iter().map(one).collect()
}

async fn of_object(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
) -> Answer<Json<JsonValue>> {
    Ok(Json(depending(&records, &caller, Subject { object, field: None }).await?))
}

async fn of_field(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, field)): Path<(String, String)>,
) -> Answer<Json<JsonValue>> {
    Ok(Json(depending(&records, &caller, Subject { object, field: Some(field) }).await?))
}

async fn depending(records: &Records, caller: &Caller, subject: Subject) -> Result<JsonValue> {
    let found = definitions::dependents(records, caller, &subject).await?;
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(&subject.object)?;
    let field = subject.field.as_ref().and_then(|name| object.field(name));
    let holders = definitions::holders(records, caller, object, field).await?;
    Ok(json!({"items": told(caller, &found), "records": holders}))
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    for_good: bool,
}

async fn delete_object(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(Asked { for_good }): Query<Asked>,
) -> Answer<Response> {
    let manner = Manner { for_good, undoes: None };
    let action = done(&caller, definitions::delete_object(&records, &caller, &object, manner).await?)?;
    Ok((StatusCode::NO_CONTENT, by(action)).into_response())
}

async fn delete_field(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, field)): Path<(String, String)>,
    Query(Asked { for_good }): Query<Asked>,
) -> Answer<Response> {
    let manner = Manner { for_good, undoes: None };
    let action = done(&caller, definitions::delete_field(&records, &caller, (&object, &field), manner).await?)?;
    Ok((StatusCode::NO_CONTENT, by(action)).into_response())
}

/// The action of a deletion; where something stands in the way, a refusal that lists what depends.
pub(super) fn done(caller: &Caller, deletion: Deletion) -> Answer<Id> {
    match deletion {
        Deletion::Done(action) => Ok(action),
        Deletion::Refused(found) => {
            let first = found.iter().find_map(|one| one.stands_in_the_way.clone());
            let first = first.unwrap_or_else(|| message!("undo-refused"));
            let extra = Map::from_iter([("dependents".to_owned(), JsonValue::Array(told(caller, &found)))]);
            Err(Failure::with(Error::Conflict(first), extra))
        }
    }
}

async fn restore_object(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
) -> Answer<Response> {
    let (action, name) = definitions::restore_object(&records, &caller, &object, None).await?;
    Ok((by(action), Json(describe(&records, &caller, &name).await?)).into_response())
}

async fn restore_field(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, field)): Path<(String, String)>,
) -> Answer<Response> {
    let (action, name) = definitions::restore_field(&records, &caller, (&object, &field), None).await?;
    Ok((by(action), Json(described_field(&records, &caller, &object, &name).await?)).into_response())
}
