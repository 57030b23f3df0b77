//! Exports on a schedule: `GET/POST/PATCH/DELETE /export-schedules`, their runs and the files of these.

use super::{changing::if_match, parse_id, reading::versioned, uploads};
use crate::{
    catalog::Records,
    export_schedules::{self as schedules, Run, Schedule, ScheduleInput},
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Result};
use serde_json::{Value as JsonValue, json};
use web::{Answer, Class, Json, Needs, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let named = |route: Route<Records>, summary| route.needs(Needs::SignedIn).summary(summary).tag("exports");
    let items = |one: JsonValue| json!({"type": "object", "properties": {"items": {"type": "array", "items": one}}});
    const ALL: &str = "/export-schedules";
    const ONE: &str = "/export-schedules/{schedule}";
    const RUNS: &str = "/export-schedules/{schedule}/runs";
    const FILE: &str = "/export-schedules/{schedule}/runs/{run}/file";
    Routes::new()
        .add(named(Route::get(ALL, all), "List exports on a schedule").answers(items(schema())))
        .add(
            named(Route::post(ALL, create), "Export on a schedule")
                .body(input(&["name", "object", "every"]))
                .answers(schema())
                .status(201),
        )
        .add(named(Route::get(ONE, one), "Get an export on a schedule").answers(schema()))
        .add(named(Route::patch(ONE, change), "Change an export on a schedule").body(input(&[])).answers(schema()))
        .add(named(Route::delete(ONE, delete), "Delete an export on a schedule").status(204))
        .add(named(Route::get(RUNS, runs), "List the files of an export on a schedule").answers(items(run_schema())))
        .add(named(Route::post(RUNS, run_now), "Export now").answers(run_schema()).status(202))
        .add(
            named(Route::get(FILE, file), "Get a file of an export on a schedule")
                .class(Class::Transfer)
                .content("application/octet-stream"),
        )
}

fn properties() -> JsonValue {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    json!({
        "name": {"type": "string", "maxLength": 100},
        "object": {"type": "string", "examples": ["contacts"]},
        "filter": {"type": ["string", "null"]},
        "view": {"type": ["string", "null"]},
        "fields": {"type": "array", "items": {"type": "string"}},
        "format": {"type": "string", "enum": ["csv", "ndjson", "xlsx", "vcf"]},
        "every": {"type": "object", "required": ["unit", "at"], "additionalProperties": false, "properties": {
            "unit": {"type": "string", "enum": ["day", "week", "month"]},
            "at": {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}$", "examples": ["06:00"]},
            "weekday": {"type": "string", "enum": days},
            "day": {"type": "integer", "minimum": 1, "maximum": 31}}},
        "keep": {"type": "integer", "minimum": 1, "maximum": 100},
        "enabled": {"type": "boolean"},
    })
}

fn input(required: &[&str]) -> JsonValue {
    json!({"type": "object", "required": required, "properties": properties(), "additionalProperties": false})
}

fn schema() -> JsonValue {
    let (mut properties, text) = (properties(), json!({"type": ["string", "null"]}));
    for name in ["id", "disabled_reason", "next_at", "created_by", "created_at"] {
        properties[name] = text.clone();
    }
    properties["version"] = json!({"type": "integer"});
    json!({"type": "object", "required": ["id", "name"], "properties": properties})
}

fn run_schema() -> JsonValue {
    let text = || json!({"type": ["string", "null"]});
    json!({"type": "object", "required": ["id", "state"], "properties": {
        "id": {"type": "string"}, "state": {"type": "string", "enum": ["waiting", "done", "failed"]}, "due_at": text(),
        "started_at": text(), "finished_at": text(), "records": {"type": "integer"}, "error": text(),
        "file": {"type": ["object", "null"], "properties": {
            "name": {"type": "string"}, "type": {"type": "string"}, "size": {"type": "integer"}}}}})
}

async fn all(State(records): State<Records>, Signed(caller): Signed) -> Answer<Json<JsonValue>> {
    let mut items = Vec::new();
    for schedule in schedules::list(&records, &caller).await? {
        items.push(shown(&records, &caller, &schedule).await?);
    }
    Ok(Json(json!({"items": items})))
}

async fn create(
    State(records): State<Records>,
    Signed(caller): Signed,
    Json(input): Json<ScheduleInput>,
) -> Answer<Response> {
    let schedule = schedules::create(&records, &caller, input).await?;
    answer(&records, &caller, &schedule, StatusCode::CREATED).await
}

async fn one(State(records): State<Records>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    let schedule = schedules::get(&records, &caller, parse_id(&id, "export_schedule")?).await?;
    answer(&records, &caller, &schedule, StatusCode::OK).await
}

async fn change(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(input): Json<ScheduleInput>,
) -> Answer<Response> {
    let schedule =
        schedules::change(&records, &caller, parse_id(&id, "export_schedule")?, if_match(&headers)?, input).await?;
    answer(&records, &caller, &schedule, StatusCode::OK).await
}

async fn delete(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer<StatusCode> {
    schedules::delete(&records, &caller, parse_id(&id, "export_schedule")?, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn runs(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Json<JsonValue>> {
    let runs = schedules::list_runs(&records, &caller, parse_id(&id, "export_schedule")?).await?;
    Ok(Json(json!({"items": runs.iter().map(Run::to_json).collect::<Vec<_>>()})))
}

async fn run_now(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<(StatusCode, Json<JsonValue>)> {
    let run = schedules::run_now(&records, &caller, parse_id(&id, "export_schedule")?).await?;
    Ok((StatusCode::ACCEPTED, Json(run.to_json())))
}

async fn file(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((schedule, run)): Path<(String, String)>,
) -> Answer<Response> {
    let run = run.parse().map_err(|_| Error::NotFound("export_run"))?;
    let file = schedules::download(&records, &caller, parse_id(&schedule, "export_schedule")?, run).await?;
    let lost = || Error::internal("the content of an export is not in the folder of files");
    let content = records.files().open(&file.sha256).await?.ok_or_else(lost)?;
    let response = Body::from_stream(uploads::pieces(content)).into_response();
    let mut response = uploads::described(response, &file, &format!("\"{}\"", file.sha256));
    uploads::put(response.headers_mut(), header::CONTENT_TYPE, &file.kind);
    uploads::put(response.headers_mut(), header::CONTENT_DISPOSITION, &uploads::disposition(&file.name, false));
    response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("none"));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(file.size_bytes));
    Ok(response)
}

/// The schedule with its version for `If-Match`.
async fn answer(records: &Records, caller: &Caller, schedule: &Schedule, status: StatusCode) -> Answer<Response> {
    Ok(versioned(status, schedule.version, Json(shown(records, caller, schedule).await?)))
}

async fn shown(records: &Records, caller: &Caller, schedule: &Schedule) -> Result<JsonValue> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.schema.object_by_id(schedule.object).filter(|object| !object.deleted);
    Ok(schedule.to_json(object.map(|object| object.name.as_str())))
}
