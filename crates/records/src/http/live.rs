//! `GET /events`: what happens, as it happens, to records that the caller may see. No values are sent: whoever wants
//! them reads the record, with the rights of that moment.

use crate::{catalog::Records, object::Object, permissions::Action, query::Question, sql::Sql};
use async_stream::stream;
use axum::{extract::State, response::Response};
use base::{Caller, Id, Result, SystemCaller};
use db::{Cursor, LoggedEvent};
use serde_json::{Value as Json, json};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};
use web::{Answer, Class, LastEventId, LiveEvent, Needs, Route, Routes, Signed};

/// The truth is polled this often; a hint of this process comes at once.
const POLL: Duration = Duration::from_millis(500);
const SLICE: u32 = 500;
/// Events that are for the users alone whom they name under `for`, whatever others may see.
const PERSONAL: &str = "notice.";

pub fn routes() -> Routes<Records> {
    Routes::new().add(
        Route::get("/events", events)
            .needs(Needs::SignedIn)
            .class(Class::Stream)
            .summary("Follow what happens")
            .tag("events")
            .content("text/event-stream"),
    )
}

async fn events(
    State(records): State<Records>,
    Signed(caller): Signed,
    LastEventId(last): LastEventId,
) -> Answer<Response> {
    let system = SystemCaller::for_(caller.tenant, "live events");
    let from = match last.as_deref().and_then(place) {
        Some(cursor) => cursor,
        None => records.db().last_event(&system).await?,
    };
    // Rights may have changed: then the stream ends, and the browser comes back with what it may see now.
    let access = records.db().stamp(caller.tenant).await?.access;
    let mut committed = records.db().committed();
    Ok(web::live(stream! {
        let mut cursor = from;
        loop {
            let Ok(entries) = records.db().events_after(&system, cursor, SLICE).await else { break };
            let full = entries.len() >= SLICE as usize;
            if let Some(last) = entries.last() {
                cursor = last.cursor;
            }
            match records.db().stamp(caller.tenant).await {
                Ok(stamp) if stamp.access == access => {}
                _ => break,
            }
            let Ok(shown) = visible(&records, &caller, entries).await else { break };
            for event in shown {
                yield event;
            }
            if !full {
                let _ = tokio::time::timeout(POLL, committed.changed()).await;
            }
        }
    }))
}

fn place(text: &str) -> Option<Cursor> {
    let (tx, seq) = text.split_once('-')?;
    Some(Cursor { tx: tx.parse().ok()?, seq: seq.parse().ok()? })
}

/// The events about records that the caller may see now, those that are for them alone, and, for administrators, those
/// about no record.
async fn visible(records: &Records, caller: &Caller, entries: Vec<LoggedEvent>) -> Result<Vec<LiveEvent>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let question = Question::new(records, caller).await?;
    let mut wanted: HashMap<i64, HashSet<Id>> = HashMap::new();
    for entry in &entries {
        wanted.entry(entry.object).or_default().extend(entry.record);
    }
    let mut seen: HashSet<Id> = HashSet::new();
    for (object, ids) in wanted {
        if let Ok(object) = question.catalog.object_by_id(object) {
            seen.extend(visible_ids(&question, object, ids).await?);
        }
    }
    let live = |entry: &LoggedEvent| {
        let id = Some(format!("{}-{}", entry.cursor.tx, entry.cursor.seq));
        let head = json!({"kind": entry.kind, "action": entry.action, "at": entry.at.rfc3339()});
        let Some(record) = entry.record else {
            if entry.kind.starts_with(PERSONAL) {
                let is_meant = is_for(entry, caller.principal.user());
                return is_meant.then(|| LiveEvent { id, name: "notification", data: head.to_string() });
            }
            return caller.plan.everything.then(|| LiveEvent { id, name: "system", data: head.to_string() });
        };
        let object = question.catalog.object_by_id(entry.object).ok()?;
        let mut data = head;
        data["object"] = json!(object.name);
        data["id"] = json!(record);
        seen.contains(&record).then(|| LiveEvent { id, name: "record", data: data.to_string() })
    };
    Ok(entries.iter().filter_map(live).collect())
}

/// Whether an event names the user among those whom it is for.
fn is_for(entry: &LoggedEvent, user: Option<Id>) -> bool {
    let changes: Json = serde_json::from_str(&entry.changes).unwrap_or_default();
    let named = changes["for"].as_array().into_iter().flatten();
    user.is_some_and(|user| named.into_iter().any(|one| *one == json!(user)))
}

async fn visible_ids(question: &Question<'_>, object: &Object, ids: HashSet<Id>) -> Result<HashSet<Id>> {
    let access = question.access();
    if ids.is_empty() || object.internal || !access.may_read(object) {
        return Ok(HashSet::new());
    }
    let mut found = HashSet::new();
    for binned in [false, true] {
        let mut sql = Sql::new();
        sql.push("SELECT r.id FROM ").push(object.table_name()).push(" r WHERE ");
        access.push_rows(&mut sql, object, Action::Read, "r", binned);
        sql.push(" AND r.id IN ").push_list(ids.iter().copied());
        let rows = question.records.db().reader(question.caller).once(sql.statement()).await?;
        for row in rows.iter() {
            found.insert(row.id(0)?);
        }
    }
    Ok(found)
}
