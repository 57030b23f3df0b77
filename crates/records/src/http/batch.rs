//! `POST /records/{object}/batch`: up to a thousand changes in one request, each with its own result, or all or none.

mod results;

use super::{
    answered::{Answered, Once},
    changing::{Manner, repeating, writable},
};
use crate::{
    catalog::Records,
    matching,
    object::Object,
    store::{Change, Decided, Op, Work, countries, parse_input, parse_input_of},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use base::{Error, Id, Result, message};
use db::Batch;
use results::{answered, bad, good, numbered};
use serde_json::{Map, Value as Json, json, value::RawValue};
use std::collections::{HashMap, HashSet};
use web::{Answer, Failure, Needs, Query, Route, Routes, Signed};

/// Most changes in one request.
const MOST: usize = 1_000;

#[derive(Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    create: Vec<Map<String, Json>>,
    /// Each with its `id`, and optionally the `version` that the caller saw.
    update: Vec<Map<String, Json>>,
    delete: Vec<String>,
    /// A creation whose value of this field a record already has changes that record instead.
    #[serde(rename = "match")]
    match_by: Option<String>,
    atomic: bool,
}

pub fn routes() -> Routes<Records> {
    let list = |items: Json| json!({"type": "array", "items": items, "maxItems": MOST});
    let body = json!({
        "type": "object",
        "properties": {
            "create": list(json!({"type": "object"})),
            "update": list(json!({"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]})),
            "delete": list(json!({"type": "string"})),
            "match": {"type": ["string", "null"]},
            "atomic": {"type": "boolean", "default": false}
        },
        "additionalProperties": false
    });
    Routes::new().add(
        Route::post("/records/{object}/batch", batch)
            .needs(Needs::Object("update"))
            .summary("Change many records")
            .tag("records")
            .body(body)
            .parameter("allow_duplicate", repeating())
            .body_limit(16 << 20)
            .answers(json!({
                "type": "object",
                "properties": {"action": {"type": "string"}, "results": {"type": "array", "items": {"type": "object"}}},
                "required": ["action", "results"]
            })),
    )
}

async fn batch(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(manner): Query<Manner>,
    headers: HeaderMap,
    web::Json(request): web::Json<Request>,
) -> Answer<Response> {
    let work = Work::begin(&records, &caller).await?;
    let object = writable(&work, &object)?;
    let count = request.create.len() + request.update.len() + request.delete.len();
    if count > MOST {
        return Err(Error::field("create", message!("batch-too-many", most = MOST)).into());
    }
    let body = serde_json::to_string(&request).map_err(Error::internal)?;
    let route = if manner.allow_duplicate { "batch, allow_duplicate" } else { "batch" };
    let once = Once::new(&records, &caller, &headers, &format!("{} {route}", object.name), &body)?;
    if let Some(answered) = once.before(&records, &caller).await? {
        return Ok(answered.into_response());
    }
    let mut wishes = wishes(&work, object, &request).await?;
    wishes.iter_mut().flatten().for_each(|change| change.is_repeated = manner.allow_duplicate);
    let outcome = if request.atomic {
        together(&work, object, wishes, &once).await
    } else {
        each(&work, object, wishes, &once).await
    };
    match outcome {
        Ok(answered) => Ok(answered.into_response()),
        Err(Stop::Plain(error)) => Ok(once.or_twin(&records, &caller, error).await?.into_response()),
        Err(Stop::Explained(failure)) => match once.before(&records, &caller).await? {
            Some(answered) => Ok(answered.into_response()),
            None => Err(failure),
        },
    }
}

/// One item of the request: a change, or why it is none.
type Wish = Result<Change>;

enum Stop {
    Plain(Error),
    Explained(Failure),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Plain(error)
    }
}

async fn wishes(work: &Work<'_>, object: &Object, request: &Request) -> Result<Vec<Wish>> {
    let mut wishes: Vec<Wish> = request
        .create
        .iter()
        .map(|input| {
            let values = parse_input(work, object, input)?;
            Ok(Change::new(Op::Create, object.id, work.records.db().ids().next(), values))
        })
        .collect();
    if let Some(field) = &request.match_by {
        matching::turn_into_updates(work, object, field, &mut wishes).await?;
    }
    let named = request.update.iter().filter_map(|input| Some((named(input)?, input)));
    let countries = countries(work, object, named).await?;
    wishes.extend(request.update.iter().map(|input| wish_update(work, object, input, &countries)));
    wishes.extend(request.delete.iter().map(|id| {
        let id = id.parse().map_err(|_| Error::NotFound("record"))?;
        Ok(Change::new(Op::Bin, object.id, id, Vec::new()))
    }));
    repeated(&mut wishes);
    Ok(wishes)
}

/// A record can be named once in a request: the second change of it would not know of the first.
fn repeated(wishes: &mut [Wish]) {
    let mut named = HashSet::new();
    for wish in wishes.iter_mut() {
        let again = wish.as_ref().is_ok_and(|change| !named.insert(change.id));
        if again {
            *wish = Err(Error::field("id", message!("batch-repeated")));
        }
    }
}

fn named(input: &Map<String, Json>) -> Option<Id> {
    input.get("id").and_then(Json::as_str).and_then(|id| id.parse().ok())
}

fn wish_update(work: &Work, object: &Object, input: &Map<String, Json>, countries: &HashMap<Id, String>) -> Wish {
    let mut input = input.clone();
    let id = named(&input);
    input.shift_remove("id");
    let id = id.ok_or_else(|| Error::field("id", message!("batch-id-missing")))?;
    let if_match = match input.shift_remove("version") {
        None | Some(Json::Null) => None,
        Some(version) => {
            let wrong = || Error::field("version", message!("if-match-unusable"));
            Some(version.as_i64().ok_or_else(wrong)?)
        }
    };
    let values = parse_input_of(work, object, &input, countries.get(&id).map(String::as_str))?;
    Ok(Change { if_match, ..Change::new(Op::Update, object.id, id, values) })
}

/// All or none: every problem is told, under the item's number.
async fn together(work: &Work<'_>, object: &Object, wishes: Vec<Wish>, once: &Once) -> Result<Answered, Stop> {
    let (mut changes, mut errors) = (Vec::new(), Vec::new());
    for (at, wish) in wishes.into_iter().enumerate() {
        match wish {
            Ok(change) => changes.push(change),
            Err(error) => errors.extend(numbered(at, error)),
        }
    }
    if errors.is_empty() {
        let decided = work.decide(&changes).await?;
        for (at, outcome) in decided.into_iter().enumerate() {
            errors.extend(outcome.err().into_iter().flat_map(|error| numbered(at, error)));
        }
    }
    if !errors.is_empty() {
        return Err(Stop::Explained(Error::Invalid(errors).into()));
    }
    let answer = |decided: &[Decided]| -> Result<Answered> {
        let results = decided.iter().map(|one| good(work, object, one)).collect::<Result<_>>()?;
        Ok(answered(work, results))
    };
    let kept = |decided: &[Decided], batch: &mut Batch| {
        once.remember(work.caller, batch, &answer(decided)?);
        Ok(())
    };
    Ok(answer(&work.apply(&changes, kept).await?)?)
}

/// Each for itself: what can be done is done in one batch; should that one lose a race, item by item.
async fn each(work: &Work<'_>, object: &Object, wishes: Vec<Wish>, once: &Once) -> Result<Answered, Stop> {
    let mut results: Vec<Option<Box<RawValue>>> = Vec::with_capacity(wishes.len());
    let (mut changes, mut places) = (Vec::new(), Vec::new());
    for (at, wish) in wishes.into_iter().enumerate() {
        match wish {
            Ok(change) => {
                changes.push(change);
                places.push(at);
                results.push(None);
            }
            Err(error) => results.push(Some(bad(work.caller.language, error)?)),
        }
    }
    let turn = work.turn(&changes).await;
    let mut decided = Vec::new();
    for ((outcome, &at), change) in work.decide(&changes).await?.into_iter().zip(&places).zip(&changes) {
        match outcome {
            Ok(one) => decided.push((at, one, change.clone())),
            Err(error) => put(&mut results, at, bad(work.caller.language, error)?),
        }
    }
    for (at, one, _) in &decided {
        put(&mut results, *at, good(work, object, one)?);
    }
    let mut batch = Batch::new();
    let outcomes: Vec<Decided> = decided.iter().map(|(_, one, _)| one.clone()).collect();
    let learned = work.write(&outcomes, &mut batch)?;
    let answer = answered(work, results.iter().flatten().cloned().collect());
    once.remember(work.caller, &mut batch, &answer);
    match work.records.db().submit(work.caller, batch).await {
        Ok(_) => {
            work.records.search().learn(learned);
            return Ok(answer);
        }
        Err(error @ Error::Conflict(_)) if is_twin(&error) => return Err(error.into()),
        Err(Error::Stale | Error::Conflict(_)) => {}
        Err(error) => return Err(error.into()),
    }
    // Each of them takes a turn of its own.
    drop(turn);
    let changes = decided.into_iter().map(|(at, _, change)| (at, change)).collect();
    one_by_one(work, object, changes, results, once).await
}

/// Each change in a batch of its own, after the common one has lost a race.
async fn one_by_one(
    work: &Work<'_>,
    object: &Object,
    changes: Vec<(usize, Change)>,
    mut results: Vec<Option<Box<RawValue>>>,
    once: &Once,
) -> Result<Answered, Stop> {
    for (at, change) in changes {
        let result = match work.apply(&[change], |_, _| Ok(())).await {
            Ok(done) => done.first().map(|one| good(work, object, one)).transpose()?,
            Err(error) => Some(bad(work.caller.language, error)?),
        };
        if let Some(place) = results.get_mut(at) {
            *place = result;
        }
    }
    let answer = answered(work, results.into_iter().flatten().collect());
    let mut batch = Batch::new();
    once.remember(work.caller, &mut batch, &answer);
    work.records.db().submit(work.caller, batch).await?;
    Ok(answer)
}

fn is_twin(error: &Error) -> bool {
    matches!(error, Error::Conflict(message) if message.code == "idempotency-twin")
}

fn put(results: &mut [Option<Box<RawValue>>], at: usize, result: Box<RawValue>) {
    if let Some(place) = results.get_mut(at) {
        *place = Some(result);
    }
}
