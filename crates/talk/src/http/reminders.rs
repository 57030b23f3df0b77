//! `…/reminders` of a record, `/reminders`, `/reminders/{id}` and its snooze.

use super::page_size;
use crate::{
    Talk,
    place::{self, Place},
    reminders::{self, Change, Of, Reminder},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Id, Result, message};
use db::Batch;
use records::{
    cursor,
    http::{Answered, Once, by, parse_id},
    query::Question,
};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

const USUAL: usize = 50;
const MOST: usize = 200;
/// What cursors of reminders are made for.
const ORDER: &str = "due_at,id";

pub(super) fn routes() -> Routes<Talk> {
    let (text, time) = (|| json!({"type": ["string", "null"]}), || json!({"type": "string", "format": "date-time"}));
    let reminder = schema;
    let page = || {
        json!({"type": "object", "required": ["items", "next"], "properties": {
            "items": {"type": "array", "items": reminder()}, "next": text()}})
    };
    let body = |properties: Value, required: &[&str]| json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required});
    let new = body(json!({"at": time(), "note": text(), "for": text()}), &["at"]);
    let changed = body(json!({"at": time(), "note": text()}), &[]);
    let snooze = body(json!({"minutes": {"type": "integer", "minimum": 1}}), &["minutes"]);
    let named = |route: Route<Talk>, summary| route.needs(Needs::SignedIn).summary(summary).tag("reminders");
    let listed = |route: Route<Talk>, summary| {
        named(route, summary)
            .query(&["cursor"])
            .parameter("done", json!({"type": "boolean", "default": false}))
            .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}))
            .answers(page())
    };
    Routes::new()
        .add(
            listed(
                Route::get("/records/{object}/{id}/reminders", of_record),
                "List the caller's reminders of a record",
            )
            .needs(Needs::Object("read")),
        )
        .add(
            named(
                Route::post("/records/{object}/{id}/reminders", create),
                "Be reminded of a record, or remind another",
            )
            .needs(Needs::Object("read"))
            .body(new)
            .answers(reminder())
            .status(201),
        )
        .add(listed(Route::get("/reminders", own), "List the caller's reminders"))
        .add(named(Route::get("/reminders/{id}", get), "Get a reminder").answers(reminder()))
        .add(named(Route::patch("/reminders/{id}", change), "Change a reminder").body(changed).answers(reminder()))
        .add(
            named(Route::post("/reminders/{id}/snooze", snoozed), "Put a reminder off by some minutes")
                .body(snooze)
                .answers(reminder()),
        )
        .add(named(Route::delete("/reminders/{id}", delete), "Delete a reminder").status(204))
}

fn schema() -> Value {
    let (id, text) = (|| json!({"type": "string"}), || json!({"type": ["string", "null"]}));
    let time = || json!({"type": ["string", "null"], "format": "date-time"});
    json!({"type": "object", "required": ["id", "object", "record", "at", "note", "for", "by", "done_at", "version"],
        "properties": {"id": id(), "object": id(), "record": id(), "title": text(), "at": time(), "note": text(),
            "for": {"type": "object"}, "by": {"type": "object"}, "done_at": time(), "version": {"type": "integer"}}})
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    done: bool,
    cursor: Option<String>,
    limit: Option<usize>,
}

async fn of_record(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer<Json<Value>> {
    let place = place::find(&talk.records, &caller, &object, parse_id(&id, "record")?).await?;
    page(&talk, &caller, &Of::Records(place.ids), &asked).await
}

async fn own(State(talk): State<Talk>, Signed(caller): Signed, Query(asked): Query<Asked>) -> Answer<Json<Value>> {
    page(&talk, &caller, &Of::User, &asked).await
}

async fn page(talk: &Talk, caller: &Caller, of: &Of, asked: &Asked) -> Answer<Json<Value>> {
    let limit = page_size(asked.limit, USUAL, MOST)?;
    let after = cursor::instant(asked.cursor.as_deref(), ORDER, (i64::MIN, Id(0)))?;
    let mut reader = talk.records.db().reader(caller);
    let mut found = reminders::list(&mut reader, caller, of, asked.done, (after, limit + 1)).await?;
    drop(reader);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more);
    let next = next.map(|last| cursor::after_instant((last.due_at.0, last.id), ORDER));
    let items = shown(talk, caller, &found).await?;
    Ok(Json(json!({"items": items, "next": next})))
}

/// Reminders about what the caller may read now.
async fn shown(talk: &Talk, caller: &Caller, found: &[Reminder]) -> Result<Vec<Value>> {
    let question = Question::new(&talk.records, caller).await?;
    let mut places: HashMap<Id, Place> = HashMap::new();
    for reminder in found {
        if places.contains_key(&reminder.record) {
            continue;
        }
        match place::of(&talk.records, caller, reminder.object, reminder.record).await {
            Ok(place) => drop(places.insert(reminder.record, place)),
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let people: Vec<Id> = found.iter().flat_map(|one| [one.user, one.created_by]).flatten().collect();
    let mut names = question.titles("users", &people).await?;
    for object in places.values().map(|place| place.name.as_str()).collect::<BTreeSet<_>>() {
        let ids: Vec<Id> = places.values().filter(|place| place.name == object).map(|place| place.id).collect();
        names.extend(question.titles(object, &ids).await?);
    }
    let user = |id: Option<Id>| id.map(|id| json!({"id": id, "name": names.get(&id)}));
    let one = |reminder: &Reminder| {
        let place = places.get(&reminder.record)?;
        Some(json!({
            "id": reminder.id,
            "object": place.name,
            "record": place.id,
            "title": names.get(&place.id),
            "at": reminder.due_at.rfc3339(),
            "note": reminder.note,
            "for": user(reminder.user),
            "by": user(reminder.created_by),
            "done_at": reminder.fired_at.map(|at| at.rfc3339()),
            "version": reminder.version,
        }))
    };
    Ok(found.iter().filter_map(one).collect())
}

async fn show(talk: &Talk, caller: &Caller, reminder: &Reminder) -> Result<Value> {
    let one = shown(talk, caller, std::slice::from_ref(reminder)).await?;
    one.into_iter().next().ok_or(Error::NotFound("reminder"))
}

async fn get(State(talk): State<Talk>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Json<Value>> {
    let (reminder, _) = reminders::get(&talk.records, &caller, parse_id(&id, "reminder")?).await?;
    Ok(Json(show(&talk, &caller, &reminder).await?))
}

#[derive(Debug, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct New {
    at: String,
    note: Option<String>,
    #[serde(rename = "for")]
    receiver: Option<String>,
}

async fn create(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    headers: HeaderMap,
    Json(new): Json<New>,
) -> Answer<Response> {
    let records = &talk.records;
    let place = place::find(records, &caller, &object, parse_id(&id, "record")?).await?;
    let once = Once::new(records, &caller, &headers, &format!("{object} reminder {id}"), &json!(new).to_string())?;
    if let Some(answered) = once.before(records, &caller).await? {
        return Ok(answered.into_response());
    }
    let unknown = |_| Error::field("for", message!("reminder-for"));
    let receiver: Option<Id> = new.receiver.as_deref().map(|text| text.parse().map_err(unknown)).transpose()?;
    let draft = reminders::create(&talk, &caller, &place, (&new.at, new.note.as_deref()), receiver).await?;
    let body = show(&talk, &caller, &draft.reminder).await?.to_string();
    let answered = Answered { status: StatusCode::CREATED, action: Some(draft.action), body };
    let mut batch = Batch::new();
    draft.write(&talk, &caller, &mut batch);
    once.commit(records, &caller, batch, answered).await
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Changed {
    at: Option<String>,
    #[serde(deserialize_with = "said")]
    note: Option<Option<String>>,
}

/// A field that is there, if only with `null`.
fn said<'d, D: serde::Deserializer<'d>>(deserializer: D) -> std::result::Result<Option<Option<String>>, D::Error> {
    serde::Deserialize::deserialize(deserializer).map(Some)
}

async fn change(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(changed): Json<Changed>,
) -> Answer<Response> {
    let note = changed.note.as_ref().map(|note| note.as_deref());
    let wanted = Change { at: changed.at.as_deref(), note, minutes: None };
    put(&talk, &caller, &id, &wanted).await
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Snooze {
    minutes: i64,
}

async fn snoozed(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(snooze): Json<Snooze>,
) -> Answer<Response> {
    put(&talk, &caller, &id, &Change { minutes: Some(snooze.minutes), ..Change::default() }).await
}

async fn put(talk: &Talk, caller: &Caller, id: &str, wanted: &Change<'_>) -> Answer<Response> {
    let (reminder, action) = reminders::change(talk, caller, parse_id(id, "reminder")?, wanted).await?;
    Ok((action.map(by), Json(show(talk, caller, &reminder).await?)).into_response())
}

async fn delete(State(talk): State<Talk>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    let action = reminders::delete(&talk, &caller, parse_id(&id, "reminder")?).await?;
    Ok((StatusCode::NO_CONTENT, by(action)).into_response())
}
