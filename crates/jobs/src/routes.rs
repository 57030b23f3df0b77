//! What administrators see of the queue, and how they try again what was given up.

use crate::queue;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Id, Result, Timestamp, message};
use db::{Batch, Db, Expect, Row, Statement, sql};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

const USUAL: i64 = 50;
const MOST: i64 = 200;
const STATES: [&str; 4] = ["waiting", "running", "done", "dead"];

/// `GET /jobs`, `GET /jobs/{id}`, `POST /jobs/{id}/retry`.
pub fn routes(db: Db) -> Routes {
    let job = json!({ "type": "object", "properties": {
        "id": { "type": "string" },
        "kind": { "type": "string" },
        "state": { "type": "string", "enum": STATES },
        "user": { "type": ["string", "null"] },
        "payload": {},
        "progress": {},
        "attempts": { "type": "integer" },
        "max_attempts": { "type": "integer" },
        "due_at": { "type": ["string", "null"], "format": "date-time" },
        "error": { "type": ["string", "null"] },
        "created_at": { "type": "string", "format": "date-time" },
        "finished_at": { "type": ["string", "null"], "format": "date-time" },
    } });
    let page = json!({ "type": "object", "required": ["items", "next"], "properties": {
        "items": { "type": "array", "items": job }, "next": { "type": ["string", "null"] } } });
    Routes::new()
        .add(
            Route::get("/jobs", list)
                .summary("List jobs, newest first")
                .tag("jobs")
                .query(&["cursor"])
                .parameter("state", json!({ "type": "string", "enum": STATES }))
                .parameter("limit", json!({ "type": "integer", "minimum": 1, "maximum": MOST }))
                .answers(page),
        )
        .add(Route::get("/jobs/{id}", get).summary("Get a job").tag("jobs").answers(job.clone()))
        .add(Route::post("/jobs/{id}/retry", retry).summary("Try a dead job again").tag("jobs").answers(job))
        .all_need(Needs::Administrator)
        .with_state(db)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    state: Option<String>,
    limit: Option<i64>,
    cursor: Option<String>,
}

fn shown(row: Row<'_>) -> Result<Value> {
    let json = |column| match row.opt_text(column)? {
        Some(text) => serde_json::from_str(text).map_err(Error::internal),
        None => Ok(Value::Null),
    };
    let instant = |column| Ok::<_, Error>(row.opt_int(column)?.map(|at| Timestamp(at).rfc3339()));
    Ok(json!({
        "id": row.id(0)?,
        "kind": row.text(1)?,
        "state": row.text(2)?,
        "user": row.opt_id(3)?,
        "payload": json(4)?,
        "progress": json(5)?,
        "attempts": row.int(6)?,
        "max_attempts": row.int(7)?,
        "due_at": instant(8)?,
        "error": row.opt_text(9)?,
        "created_at": instant(10)?,
        "finished_at": instant(11)?,
    }))
}

async fn list(State(db): State<Db>, Signed(caller): Signed, Query(asked): Query<List>) -> Answer<Json<Value>> {
    let limit = asked.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(Error::field("limit", message!("jobs-limit", most = MOST)).into());
    }
    let wrong = |_| Error::field("cursor", message!("jobs-cursor"));
    let before = asked.cursor.as_deref().map_or(Ok(Id(i64::MAX)), str::parse).map_err(wrong)?;
    let state = asked.state.unwrap_or_default();
    if !state.is_empty() && !STATES.contains(&state.as_str()) {
        return Err(Error::field("state", message!("jobs-state", states = STATES.join(", "))).into());
    }
    let text = sql!(
        "SELECT id, kind, state, user_id, payload, progress, attempts, max_attempts, due_at, error, created_at, finished_at
         FROM job WHERE tenant_id = ?1 AND id < ?2 AND (state = ?3 OR ?3 = '') ORDER BY id DESC LIMIT ?4"
    );
    let args = [caller.tenant.into(), before.into(), state.into(), (limit + 1).into()];
    let rows = db.reader(&caller).once(Statement::new(text, args)).await?;
    let mut items: Vec<Value> = rows.iter().map(shown).collect::<Result<_>>()?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|last| last["id"].clone());
    Ok(Json(json!({ "items": items, "next": next })))
}

async fn one(db: &Db, caller: &Caller, id: &str) -> Result<(Id, Value)> {
    let id: Id = id.parse().map_err(|_| Error::NotFound("job"))?;
    let text = sql!(
        "SELECT id, kind, state, user_id, payload, progress, attempts, max_attempts, due_at, error, created_at, finished_at
         FROM job WHERE tenant_id = ?1 AND id = ?2"
    );
    let rows = db.reader(caller).once(Statement::new(text, [caller.tenant.into(), id.into()])).await?;
    let row = rows.first().ok_or(Error::NotFound("job"))?;
    Ok((id, shown(row)?))
}

async fn get(State(db): State<Db>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Json<Value>> {
    Ok(Json(one(&db, &caller, &id).await?.1))
}

async fn retry(State(db): State<Db>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    let (job, before) = one(&db, &caller, &id).await?;
    let text = sql!(
        "UPDATE job SET state = 'waiting', due_at = ?3, attempts = 0, error = NULL, finished_at = NULL
         WHERE tenant_id = ?1 AND id = ?2 AND state = 'dead'"
    );
    let now = db.clock().now();
    let mut batch = Batch::new();
    let statement = Statement::new(text, [caller.tenant.into(), job.into(), now.into()]);
    batch.expect(statement, Expect::Free(message!("jobs-not-dead")));
    let event = queue::event(&db, "job.retried", job, before["kind"].as_str().unwrap_or_default());
    let action = event.action;
    batch.log(event);
    db.submit(&caller, batch).await?;
    let answer = Json(one(&db, &caller, &id).await?.1);
    Ok((StatusCode::OK, [("x-action", action.to_string())], answer).into_response())
}
