//! `POST`, `PATCH`, `DELETE` of one record, and its way out of the bin.

use super::{
    answered::{Answered, Once},
    parse_id,
    reading::{entity_tag, record},
};
use crate::{
    catalog::Records,
    duplicates::{self, REFUSED},
    layout::Record,
    object::Object,
    query::Question,
    store::{Change, Op, Work, countries, parse_input, parse_input_of},
    templates,
    value::Value,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Error, Id, Result, message};
use serde_json::{Map, Value as JsonValue, json};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    Routes::new()
        .add(
            Route::post("/records/{object}", create)
                .needs(Needs::Object("create"))
                .summary("Create a record")
                .tag("records")
                .query(&["template"])
                .body(json!({"type": "object"}))
                .parameter("allow_duplicate", repeating())
                .answers(super::document::record_schema())
                .status(201),
        )
        .add(
            Route::patch("/records/{object}/{id}", update)
                .needs(Needs::Object("update"))
                .summary("Change a record")
                .tag("records")
                .body(json!({"type": "object"}))
                .answers(super::document::record_schema()),
        )
        .add(
            Route::delete("/records/{object}/{id}", bin)
                .needs(Needs::Object("delete"))
                .summary("Put a record into the bin")
                .tag("records")
                .status(204),
        )
        .add(
            Route::post("/records/{object}/{id}/restore", restore)
                .needs(Needs::Object("delete"))
                .summary("Take a record out of the bin")
                .tag("records")
                .answers(super::document::record_schema()),
        )
}

/// How a creation says that it is wanted although the record seems to be there already.
pub(super) fn repeating() -> JsonValue {
    json!({"type": "boolean", "default": false,
        "description": "create also what seems to be there already, where the rules of the object refuse it"})
}

/// What a batch may say beside its items.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Manner {
    pub allow_duplicate: bool,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CreateRequest {
    template: Option<String>,
    allow_duplicate: bool,
}

async fn create(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(asked): Query<CreateRequest>,
    headers: HeaderMap,
    Json(input): Json<Map<String, JsonValue>>,
) -> Answer<Response> {
    let work = Work::begin(&records, &caller).await?;
    let object = writable(&work, &object)?;
    let id = records.db().ids().next();
    let template = asked.template.as_deref().filter(|template| !template.trim().is_empty());
    let (mut route, values) = match template {
        None => ("create".to_owned(), parse_input(&work, object, &input)?),
        Some(template) => {
            let whole = templates::begun_with(&work, object, template, &input).await?;
            (format!("create {}", template.trim()), parse_input(&work, object, &whole)?)
        }
    };
    if asked.allow_duplicate {
        route.push_str(", allow_duplicate");
    }
    let change = Change { is_repeated: asked.allow_duplicate, ..Change::new(Op::Create, object.id, id, values) };
    run(&work, &headers, &route, &JsonValue::Object(input), object, change).await
}

async fn update(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    headers: HeaderMap,
    Json(input): Json<Map<String, JsonValue>>,
) -> Answer<Response> {
    let work = Work::begin(&records, &caller).await?;
    let object = writable(&work, &object)?;
    let id = parse_id(&id, "record")?;
    let country = countries(&work, object, [(id, &input)].into_iter()).await?.remove(&id);
    let values = parse_input_of(&work, object, &input, country.as_deref())?;
    let if_match = if_match(&headers)?;
    let change = Change { if_match, ..Change::new(Op::Update, object.id, id, values) };
    run(&work, &headers, &format!("update {id}"), &JsonValue::Object(input), object, change).await
}

async fn bin(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let work = Work::begin(&records, &caller).await?;
    let object = writable(&work, &object)?;
    let id = parse_id(&id, "record")?;
    let change = Change { if_match: if_match(&headers)?, ..Change::new(Op::Bin, object.id, id, Vec::new()) };
    run(&work, &headers, &format!("bin {id}"), &JsonValue::Null, object, change).await
}

async fn restore(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let work = Work::begin(&records, &caller).await?;
    let object = writable(&work, &object)?;
    let id = parse_id(&id, "record")?;
    let change = Change::new(Op::Restore, object.id, id, Vec::new());
    run(&work, &headers, &format!("restore {id}"), &JsonValue::Null, object, change).await
}

/// Does one change once, however often it is asked for under one key.
async fn run(
    work: &Work<'_>,
    headers: &HeaderMap,
    route: &str,
    body: &JsonValue,
    object: &Object,
    change: Change,
) -> Answer<Response> {
    let (records, caller) = (work.records, work.caller);
    let route = format!("{} {route}", object.name);
    let once = Once::new(records, caller, headers, &route, &body.to_string())?;
    if let Some(answered) = once.before(records, caller).await? {
        return Ok(answered.into_response());
    }
    let op = change.op;
    let kept = |decided: &[crate::store::Decided], batch: &mut db::Batch| {
        if let Some(one) = decided.first().filter(|_| once.is_named()) {
            once.remember(caller, batch, &answer(work, object, op, &one.after)?);
        }
        Ok(())
    };
    match work.apply(std::slice::from_ref(&change), kept).await {
        Ok(decided) => {
            let after = decided.first().map(|one| &one.after).ok_or_else(|| Error::internal("no outcome"))?;
            let mut response = answer(work, object, op, after)?.into_response();
            if let Some(tag) = entity_tag(object, &after.values) {
                response.headers_mut().insert(header::ETAG, tag);
            }
            Ok(response)
        }
        Err(Error::Conflict(message)) if message.code == REFUSED => {
            if let Some(answered) = once.before(records, caller).await? {
                return Ok(answered.into_response());
            }
            let likely = duplicates::likely(work, object, &change).await?;
            Err(super::duplicates::refused(work, object, Error::Conflict(message), &likely))
        }
        Err(error) => Ok(once.or_twin(records, caller, error).await?.into_response()),
    }
}

fn answer(work: &Work, object: &Object, op: Op, after: &Record) -> Result<Answered> {
    let status = match op {
        Op::Create => StatusCode::CREATED,
        Op::Bin => StatusCode::NO_CONTENT,
        Op::Update | Op::Restore => StatusCode::OK,
    };
    let body = if op == Op::Bin { String::new() } else { shown(work, object, after.id, &after.values)? };
    Ok(Answered { status, action: Some(work.action), body })
}

/// The written record as the caller may see it.
pub(super) fn shown(work: &Work, object: &Object, id: Id, values: &[Value]) -> Result<String> {
    let question = Question { records: work.records, caller: work.caller, catalog: work.catalog.clone() };
    let view = question.view(object, None)?;
    let mut values = values.to_vec();
    if let Some(at) = object.fields.iter().position(|field| field.name == "id")
        && let Some(place) = values.get_mut(at)
    {
        *place = Value::Link(crate::value::Link::to(object.id, id));
    }
    Ok(record(&question, object, &view, &values))
}

/// An object whose records the caller may at least read or create.
pub(super) fn writable<'w>(work: &'w Work<'_>, name: &str) -> Result<&'w Object> {
    let object = work.catalog.object(name)?;
    let access = crate::permissions::Access::new(&work.catalog.schema, work.caller);
    if access.may_read(object) || access.rights(object).create { Ok(object) } else { Err(Error::NotFound("object")) }
}

/// The version in `If-Match`, if there is one.
pub(super) fn if_match(headers: &HeaderMap) -> Result<Option<i64>> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or("").trim().trim_start_matches("W/").trim_matches('"');
    if text == "*" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Error::field("If-Match", message!("if-match-unusable")))
}
