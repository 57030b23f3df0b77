//! `POST /actions/{id}/undo`: the one undo, for a field as for an import.

use super::answered::by;
use crate::{
    bulk::{self, Effect, Wish},
    catalog::Records,
    definitions,
    query::Question,
    stories,
    undo::{self, Conflicts, Obstacle, Undone},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Id, Result, message};
use serde_json::{Map, Value, json};
use web::{Answer, Failure, Json, Needs, Route, Routes, Signed};

/// Reasons that one answer names.
const NAMED: usize = 100;

pub fn routes() -> Routes<Records> {
    let reasons = json!({"type": "array", "items": {"type": "object", "properties": {
        "object": {"type": "string"}, "id": {"type": ["string", "null"]}, "field": {"type": ["string", "null"]},
        "code": {"type": "string"}, "message": {"type": "string"}}}});
    Routes::new().add(
        Route::post("/actions/{id}/undo", run)
            .needs(Needs::SignedIn)
            .summary("Undo an action")
            .tag("records")
            .body(json!({"type": "object", "properties": {
                "conflicts": {"type": "string", "enum": ["refuse", "keep", "overwrite"], "default": "refuse"}},
                "additionalProperties": false}))
            .answers(json!({"type": "object", "required": ["action", "undoes", "records", "left"], "properties": {
                "action": {"type": "string"}, "undoes": {"type": "string"}, "records": {"type": "integer"},
                "left": reasons}})),
    )
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    conflicts: Conflicts,
}

async fn run(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(asked): Json<Request>,
) -> Answer<Response> {
    let id: Id = id.parse().map_err(|_| Error::NotFound("action"))?;
    if let Some(taken_back) = definitions::take_back(&records, &caller, id).await? {
        let action = super::bin::done(&caller, taken_back)?;
        let body = json!({"action": action, "undoes": id, "records": 0, "left": []});
        return Ok((by(action), Json(body)).into_response());
    }
    if let Some((story, told)) = stories::find(&records, &caller, id).await? {
        let action = (story.take_back)(records.clone(), caller, id, told).await?;
        let body = json!({"action": action, "undoes": id, "records": 0, "left": []});
        return Ok((by(action), Json(body)).into_response());
    }
    let undone = match undo::undo(&records, &caller, id, asked.conflicts).await {
        // Nobody can tell in advance what of so much was changed since: the caller says what becomes of it.
        Err(Error::TooLarge(_)) if asked.conflicts != Conflicts::Refuse => {
            let total = undo::count(&records, &caller, id).await?;
            let effect = Effect::Undo { action: id, conflicts: asked.conflicts };
            let wish = Wish { filter: None, search: None, effect };
            let mut batch = db::Batch::new();
            let by = records.db().ids().next();
            if let Some(returning) = definitions::returning(&records, &caller, id).await? {
                returning.push(&mut batch, by);
            }
            let begun = bulk::begin_in(&records, &caller, (0, by), &wish, total, batch).await?;
            return Ok(super::bulk::accepted(&begun, None));
        }
        Err(Error::TooLarge(message)) => return Err(Error::Conflict(message).into()),
        undone => undone?,
    };
    let reasons = reasons(&records, &caller, &undone).await?;
    if undone.refused {
        let extra = Map::from_iter([("reasons".to_owned(), Value::Array(reasons))]);
        return Err(Failure::with(Error::Conflict(message!("undo-refused")), extra));
    }
    let body = json!({"action": undone.action, "undoes": id, "records": undone.records, "left": reasons});
    Ok((by(undone.action), Json(body)).into_response())
}

/// What stays as it is, in the caller's language, as far as the caller may know of it.
async fn reasons(records: &Records, caller: &Caller, undone: &Undone) -> Result<Vec<Value>> {
    let question = Question::new(records, caller).await?;
    Ok(undone.left.iter().take(NAMED).map(|obstacle| reason(&question, obstacle)).collect())
}

fn reason(question: &Question, obstacle: &Obstacle) -> Value {
    let object = question.catalog.object_by_id(obstacle.object).ok();
    let object = object.filter(|object| question.access().may_read(object));
    let shown = |name: &&String| {
        object.is_some_and(|object| object.field(name).is_some_and(|field| question.access().may_see(object, field)))
    };
    let id = Some(obstacle.record).filter(|id| id.0 != 0);
    json!({
        "object": object.map(|object| &object.name),
        "id": id,
        "field": obstacle.field.as_ref().filter(shown),
        "code": obstacle.message.code,
        "message": web::speak(&obstacle.message, question.caller.language),
    })
}
