//! `POST /records/{object}/duplicates`: of one record; `GET …/duplicates`: all pairs that the last look found.

use super::{answered::by, changing::writable, parse_id};
use crate::{
    catalog::Records,
    duplicates::{self, Candidate, Judge, Likely, OnEntry},
    object::Object,
    permissions::Access,
    query::{DEFAULT_LIMIT, MOST, Question},
    store::{Work, parse_input, seen},
    value::Value,
    view::View,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base::{Error, Id, Result, message};
use db::Batch;
use serde_json::{Map, Value as JsonValue, json};
use web::{Answer, Failure, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let limit = json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT});
    let body = json!({"type": "object", "additionalProperties": false, "properties": {
        "id": {"type": "string"}, "fields": {"type": "object"}}});
    let list = json!({"type": "object", "properties": {
        "items": {"type": "array", "items": {"type": "object"}}, "next": {"type": ["string", "null"]}}});
    Routes::new()
        .add(
            Route::post("/records/{object}/duplicates", of_one)
                .needs(Needs::Object("read"))
                .summary("Find records that may be the same as this one")
                .tag("records")
                .body(body)
                .answers(list.clone()),
        )
        .add(
            Route::get("/records/{object}/duplicates", all)
                .needs(Needs::Object("read"))
                .summary("List pairs of records that may be the same, the likeliest first")
                .tag("records")
                .query(&["cursor"])
                .parameter("limit", limit)
                .answers(list),
        )
        .add(
            Route::post("/records/{object}/duplicates/dismiss", dismiss)
                .needs(Needs::Object("update"))
                .summary("Say that two records are not the same")
                .tag("records")
                .body(json!({"type": "object", "required": ["ids"], "properties": {
                    "ids": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}}}))
                .status(204),
        )
        .add(
            Route::post("/duplicates/scan", scan)
                .needs(Needs::Administrator)
                .summary("Look for duplicates among all records now")
                .tag("records")
                .status(202),
        )
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    id: Option<String>,
    fields: Map<String, JsonValue>,
}

async fn of_one(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Json(asked): Json<Request>,
) -> Answer<Json<JsonValue>> {
    let work = Work::begin(&records, &caller).await?;
    let object = Question::new(&records, &caller).await?.object(&object)?.clone();
    let id = asked.id.as_deref().map(|id| parse_id(id, "record")).transpose()?;
    let mut values = known(&work, &object, id).await?;
    for (at, value) in parse_input(&work, &object, &asked.fields)? {
        values.retain(|(place, _)| *place != at);
        values.push((at, value));
    }
    // Where nothing is looked for on entry, a record that is there is still held against the others.
    let found = match id {
        None if Judge::of(&object).on_entry == OnEntry::Off => Vec::new(),
        id => duplicates::candidates(&work, &object, id, &values).await?,
    };
    Ok(Json(json!({"items": shown(&work, &object, &found), "next": null})))
}

fn shown(work: &Work, object: &Object, found: &[Candidate]) -> Vec<JsonValue> {
    let item = |candidate: &Candidate| {
        let (reasons, against) = sides(&candidate.reasons);
        json!({
            "id": candidate.record.id,
            "title": title(work, object, &candidate.record.values),
            "score": candidate.score.points,
            "reasons": reasons,
            "against": against,
        })
    };
    found.iter().map(item).collect()
}

/// What speaks for it, and what against it.
fn sides(reasons: &[String]) -> (Vec<&str>, Vec<&str>) {
    let against = reasons.iter().filter_map(|reason| reason.strip_prefix('-'));
    (reasons.iter().map(String::as_str).filter(|reason| !reason.starts_with('-')).collect(), against.collect())
}

/// Why a record is not made: those that the caller may see, and whether there are others.
pub(super) fn refused(work: &Work, object: &Object, error: Error, likely: &Likely) -> Failure {
    let members = [("candidates", json!(shown(work, object, &likely.seen))), ("others", json!(likely.unseen))];
    Failure::with(error, members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// What the caller may know of a record that is there already.
pub(super) async fn known(work: &Work<'_>, object: &Object, id: Option<Id>) -> Result<Vec<(usize, Value)>> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let access = Access::new(&work.catalog.schema, work.caller);
    let fields: Vec<usize> = object
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| access.may_know(object, field))
        .map(|(at, _)| at)
        .collect();
    let question = Question { records: work.records, caller: work.caller, catalog: work.catalog.clone() };
    let values = question.get(object, id, &View::new(&access, object, &fields), false).await?;
    let shown = fields.into_iter().map(|at| (at, seen(object, &values, at)));
    Ok(shown.filter(|(_, value)| !value.is_empty()).collect())
}

fn title(work: &Work, object: &Object, values: &[Value]) -> String {
    let access = Access::new(&work.catalog.schema, work.caller);
    let named = object.fields.iter().zip(values).filter(|(field, _)| object.title.contains(&field.name));
    let known = named.filter(|(field, _)| access.may_know(object, field));
    known.filter_map(|(_, value)| value.text()).collect::<Vec<_>>().join(" ")
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Page {
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn all(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(asked): Query<Page>,
) -> Answer<Json<JsonValue>> {
    let work = Work::begin(&records, &caller).await?;
    let object = Question::new(&records, &caller).await?.object(&object)?.clone();
    let limit = asked.limit.unwrap_or(DEFAULT_LIMIT);
    let count = usize::try_from(limit).ok().filter(|_| (1..=MOST).contains(&limit));
    let count = count.ok_or_else(|| Error::field("limit", message!("limit-range", most = MOST)))?;
    let (pairs, next) = duplicates::list(&work, &object, asked.cursor.as_deref(), count).await?;
    let item = |pair: &duplicates::Pair| {
        let (reasons, against) = sides(&pair.reasons);
        json!({"ids": [pair.low, pair.high], "score": pair.points, "reasons": reasons, "against": against})
    };
    Ok(Json(json!({"items": pairs.iter().map(item).collect::<Vec<_>>(), "next": next})))
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Two {
    ids: Vec<String>,
}

async fn dismiss(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Json(asked): Json<Two>,
) -> Answer<Response> {
    let work = Work::begin(&records, &caller).await?;
    let object = writable(&work, &object)?;
    if Access::new(&work.catalog.schema, &caller).rights(object).update == base::Scope::None {
        return Err(Error::Forbidden(message!("rights-change", object = object.name)).into());
    }
    let [one, other] = asked.ids.as_slice() else {
        return Err(Error::field("ids", message!("duplicates-two")).into());
    };
    let (one, other) = (parse_id(one, "record")?, parse_id(other, "record")?);
    if one == other {
        return Err(Error::field("ids", message!("duplicates-two")).into());
    }
    duplicates::dismiss(&work, object, one, other).await?;
    Ok((StatusCode::NO_CONTENT, by(work.action)).into_response())
}

async fn scan(State(records): State<Records>, Signed(caller): Signed) -> Answer<Response> {
    let mut batch = Batch::new();
    let job = duplicates::later(&records, &mut batch);
    records.db().submit(&caller, batch).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({"job": job}))).into_response())
}
