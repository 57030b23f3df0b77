//! `…/follow` and `…/followers` of a record, `/following`, and `/me/preferences`.

use super::page_size;
use crate::{
    Talk,
    followers::{self, Because, Followed},
    place,
    preferences::{self, Preferences},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base::{Caller, Error, Id, Result, Timestamp};
use records::{
    cursor,
    http::{by, parse_id},
    query::Question,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

const USUAL: usize = 50;
const MOST: usize = 200;
/// What cursors of followed records are made for.
const ORDER: &str = "since,id";

pub(super) fn routes() -> Routes<Talk> {
    let items = |next: bool| {
        let mut schema = json!({"type": "object", "properties": {"items": {"type": "array"}}, "required": ["items"]});
        if next {
            schema["properties"]["next"] = json!({"type": ["string", "null"]});
        }
        schema
    };
    let flags = |names: &[&str]| {
        let properties: Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), json!({"type": "boolean"}))).collect();
        json!({"type": "object", "properties": properties, "additionalProperties": false})
    };
    let chosen = json!({"type": "object", "additionalProperties": false, "properties": {
        "follow": flags(&["owned", "created", "commented", "mentioned"]),
        "notify": flags(&["mentioned", "assigned", "commented", "changed", "finished"])}});
    let named = |route: Route<Talk>, summary| route.needs(Needs::SignedIn).summary(summary).tag("following");
    let of_record = |route: Route<Talk>, summary| named(route, summary).needs(Needs::Object("read"));
    Routes::new()
        .add(of_record(Route::put("/records/{object}/{id}/follow", follow), "Follow a record").status(204))
        .add(of_record(Route::delete("/records/{object}/{id}/follow", unfollow), "Follow a record no more").status(204))
        .add(
            of_record(Route::get("/records/{object}/{id}/followers", of), "List who follows a record")
                .answers(items(false)),
        )
        .add(
            named(Route::get("/following", list), "List what the caller follows")
                .query(&["cursor"])
                .parameter("limit", json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}))
                .answers(items(true)),
        )
        .add(named(Route::get("/me/preferences", chosen_now), "Get what the caller is told of").answers(chosen.clone()))
        .add(
            named(Route::patch("/me/preferences", choose), "Choose what to be told of")
                .body(chosen.clone())
                .answers(chosen),
        )
}

async fn set(talk: &Talk, caller: &Caller, (object, id): (&str, &str), following: bool) -> Answer<Response> {
    let place = place::find(&talk.records, caller, object, parse_id(id, "record")?).await?;
    place::may_speak(&talk.records, caller, &place).await?;
    let action = followers::set(talk, caller, &place, following).await?;
    Ok((StatusCode::NO_CONTENT, action.map(by), ()).into_response())
}

async fn follow(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
) -> Answer<Response> {
    set(&talk, &caller, (&object, &id), true).await
}

async fn unfollow(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
) -> Answer<Response> {
    set(&talk, &caller, (&object, &id), false).await
}

async fn of(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
) -> Answer<Json<Value>> {
    let place = place::find(&talk.records, &caller, &object, parse_id(&id, "record")?).await?;
    let all = followers::of(&talk, &caller, &place).await?;
    let ids: Vec<Id> = all.keys().copied().collect();
    let question = Question::new(&talk.records, &caller).await?;
    let names = question.titles("users", &ids).await?;
    let mut items = Vec::new();
    for (user, reasons) in &all {
        // Those who are gone, and those whose own choice it is not, follow nothing.
        let Ok(_) = (talk.people.caller_of)(*user).await else { continue };
        let chosen = preferences::load(&talk, &caller, *user).await?;
        let because: BTreeSet<&Because> = reasons.iter().filter(|because| chosen.follow.counts(**because)).collect();
        if !because.is_empty() {
            let because: Vec<&str> = because.into_iter().map(|because| because.name()).collect();
            items.push(json!({"id": user, "name": names.get(user), "because": because}));
        }
    }
    Ok(Json(json!({"items": items})))
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    cursor: Option<String>,
    limit: Option<usize>,
}

async fn list(State(talk): State<Talk>, Signed(caller): Signed, Query(asked): Query<Asked>) -> Answer<Json<Value>> {
    let limit = page_size(asked.limit, USUAL, MOST)?;
    let before = cursor::instant(asked.cursor.as_deref(), ORDER, (i64::MAX, Id(i64::MAX)))?;
    let mut reader = talk.records.db().reader(&caller);
    let wanted = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut followed = followers::list(&mut reader, &caller, before, wanted).await?;
    drop(reader);
    let more = followed.len() > limit;
    followed.truncate(limit);
    let next = followed.last().filter(|_| more);
    let next = next.map(|one| cursor::after_instant((one.since, one.record), ORDER));
    Ok(Json(json!({"items": shown(&talk, &caller, &followed).await?, "next": next})))
}

/// What is followed as it can be read today: what was merged into another record is shown as that one, once, and not
/// where the caller has said of that one itself whether they follow it.
async fn shown(talk: &Talk, caller: &Caller, followed: &[Followed]) -> Result<Vec<Value>> {
    let question = Question::new(&talk.records, caller).await?;
    let mut titles = HashMap::new();
    for object in followed.iter().map(|one| one.object).collect::<BTreeSet<_>>() {
        let ids: Vec<Id> = followed.iter().filter(|one| one.object == object).map(|one| one.record).collect();
        if let Ok(object) = question.catalog.object_by_id(object) {
            titles.extend(question.titles(&object.name, &ids).await?);
        }
    }
    let (mut items, mut survivors) = (Vec::new(), BTreeSet::new());
    for one in followed {
        let Ok(object) = question.catalog.object_by_id(one.object) else { continue };
        let called = match titles.remove(&one.record) {
            Some(title) => Some((one.record, title)),
            None => survivor(talk, caller, one).await?.filter(|(record, _)| survivors.insert(*record)),
        };
        if let Some((record, title)) = called {
            items.push(json!({"object": object.name, "id": record, "title": title, "because": one.because.name(),
                "since": Timestamp(one.since).rfc3339()}));
        }
    }
    Ok(items)
}

/// What a record was merged into and what that is called, where the caller may read it and has said nothing of it.
async fn survivor(talk: &Talk, caller: &Caller, one: &Followed) -> Result<Option<(Id, String)>> {
    let place = match place::of(&talk.records, caller, one.object, one.record).await {
        Err(Error::NotFound(_)) => return Ok(None),
        place => place?,
    };
    let mut reader = talk.records.db().reader(caller);
    if followers::has_said(&mut reader, caller, place.id, preferences::user(caller)?).await? {
        return Ok(None);
    }
    drop(reader);
    let question = Question::new(&talk.records, caller).await?;
    Ok(question.titles(&place.name, &[place.id]).await?.remove(&place.id).map(|title| (place.id, title)))
}

async fn chosen_now(State(talk): State<Talk>, Signed(caller): Signed) -> Answer<Json<Preferences>> {
    let user = preferences::user(&caller)?;
    Ok(Json(preferences::load(&talk, &caller, user).await?))
}

async fn choose(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Json(given): Json<Map<String, Value>>,
) -> Answer<Response> {
    let (chosen, action) = preferences::choose(&talk, &caller, &given).await?;
    Ok((action.map(by), Json(chosen)).into_response())
}
