//! `GET /records/{object}`, its count, and single records.

use super::{expand, parse_id};
use crate::{
    catalog::Records,
    json,
    object::Object,
    query::{ListRequest, Question},
    recents,
    totals::TotalsRequest,
    value::Value,
    view::View,
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use std::sync::Arc;
use web::{Answer, Json, Needs, Query, RawJson, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    Routes::new()
        .add(
            Route::get("/records/{object}", list)
                .needs(Needs::Object("read"))
                .summary("List records")
                .tag("records")
                .query(&["filter", "sort", "fields", "search", "cursor", "view"])
                .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}))
                .parameter("bin", json!({"type": "boolean", "default": false}))
                .answers(super::document::page_schema()),
        )
        .add(
            Route::get("/records/{object}/totals", totals)
                .needs(Needs::Object("read"))
                .summary("Group records and add up their figures")
                .tag("records")
                .query(&["group", "totals", "sort", "filter", "search", "view"])
                .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": 1000, "default": 200}))
                .parameter("bin", json!({"type": "boolean", "default": false}))
                .answers(totals_schema()),
        )
        .add(
            Route::get("/records/{object}/count", count)
                .needs(Needs::Object("read"))
                .summary("Count records")
                .tag("records")
                .query(&["filter", "search", "view"])
                .parameter("exact", json!({"type": "boolean", "default": false}))
                .parameter("bin", json!({"type": "boolean", "default": false}))
                .answers(json!({
                    "type": "object",
                    "properties": {"count": {"type": "integer"}, "exact": {"type": "boolean"}},
                    "required": ["count", "exact"]
                })),
        )
        .add(
            Route::get("/records/{object}/{id}", get)
                .needs(Needs::Object("read"))
                .summary("Get a record")
                .tag("records")
                .query(&["fields", "expand"])
                .parameter("bin", json!({"type": "boolean", "default": false}))
                .answers(super::document::record_schema()),
        )
}

async fn list(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(request): Query<ListRequest>,
) -> Answer<RawJson> {
    let question = Question::new(&records, &caller).await?;
    let object = question.object(&object)?;
    let request = question.through(object, request).await?;
    let mut page = question.list(object, &request).await?;
    let view = Arc::clone(&page.view);
    let mut out = String::with_capacity(32 * view.columns.len() * page.rows().len() + 64);
    out.push_str("{\"items\":[");
    for (at, row) in page.rows().enumerate() {
        out.push_str(if at > 0 { ",{" } else { "{" });
        json::write_row(&mut out, &question.catalog.schema, object, &view, row)?;
        out.push('}');
    }
    out.push_str("],\"next\":");
    match &page.next {
        Some(next) => json::write_text(&mut out, next),
        None => out.push_str("null"),
    }
    out.push('}');
    Ok(RawJson(out.into()))
}

fn totals_schema() -> serde_json::Value {
    let figures = json!({"count": {"type": "integer"}, "totals": {"type": "object"}});
    let mut group = figures.clone();
    group["key"] = json!({"type": "object"});
    group["labels"] = json!({"type": "object"});
    group["filter"] = json!({"type": "string", "description": "Finds exactly the records of the group"});
    json!({"type": "object", "required": ["groups", "total", "more"], "properties": {
        "groups": {"type": "array", "items": {"type": "object", "properties": group}},
        "total": {"type": "object", "properties": figures},
        "more": {"type": "boolean"},
    }})
}

async fn totals(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(request): Query<TotalsRequest>,
) -> Answer<Json<serde_json::Value>> {
    let question = Question::new(&records, &caller).await?;
    Ok(Json(question.totals(question.object(&object)?, request).await?))
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CountRequest {
    filter: Option<String>,
    search: Option<String>,
    exact: bool,
    bin: Option<bool>,
    view: Option<String>,
}

async fn count(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(asked): Query<CountRequest>,
) -> Answer<Json<serde_json::Value>> {
    let question = Question::new(&records, &caller).await?;
    let object = question.object(&object)?;
    let CountRequest { filter, search, exact, bin, view } = asked;
    let request = ListRequest { filter, search, bin, view, ..ListRequest::default() };
    let request = question.through(object, request).await?;
    let (count, exact) = question.count(object, &request, exact).await?;
    Ok(Json(json!({"count": count, "exact": exact})))
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct GetRequest {
    fields: Option<String>,
    expand: Option<String>,
    bin: bool,
}

async fn get(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    Query(asked): Query<GetRequest>,
) -> Answer<Response> {
    let question = Question::new(&records, &caller).await?;
    let object = question.object(&object)?;
    let view = question.view(object, asked.fields.as_deref())?;
    let opened = expand::places(&question, object, asked.expand.as_deref())?;
    let id = parse_id(&id, "record")?;
    let (values, answer) = if opened.is_empty() {
        let values = question.get(object, id, &view, asked.bin).await?;
        let answer = record(&question, object, &view, &values);
        (values, answer)
    } else {
        let shown = view.columns.iter().map(|column| column.at);
        let needed: Vec<usize> = shown.chain(opened.iter().copied()).collect();
        let values = question.get(object, id, &View::new(&question.access(), object, &needed), asked.bin).await?;
        let answer = expand::record(&question, object, &view, &values, &opened).await?;
        (values, answer)
    };
    recents::looked_at(&records, &caller, object, id);
    let mut response = RawJson(answer.into()).into_response();
    if let Some(tag) = entity_tag(object, &values) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// One record as a JSON object, for this caller.
pub(super) fn record(question: &Question, object: &Object, view: &View, values: &[Value]) -> String {
    let mut out = String::with_capacity(1_024);
    out.push('{');
    json::write_members(&mut out, &question.catalog.schema, object, &view.columns, values);
    out.push('}');
    out
}

/// `"version"`, to be sent back as `If-Match`.
pub(super) fn entity_tag(object: &Object, values: &[Value]) -> Option<HeaderValue> {
    let at = object.fields.iter().position(|field| field.name == "version")?;
    let version = values.get(at).and_then(Value::int)?;
    quoted(version)
}

fn quoted(version: i64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{version}\"")).ok()
}

/// An answer with the version of what it shows.
pub(super) fn versioned(status: StatusCode, version: i64, shown: Json<serde_json::Value>) -> Response {
    let mut response = (status, shown).into_response();
    if let Some(tag) = quoted(version) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
