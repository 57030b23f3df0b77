//! Comments in histories and time lines, and the undo of what was done to them.

use super::{Comment, Mark, change_back, delete, find, mark, restore};
use crate::{People, Talk, decided};
use base::{Caller, Error, Id, Result, message};
use db::sql;
use records::{
    catalog::Records,
    stories::{Story, Told},
};
use serde_json::{Value as Json, json};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Throws away for good what was said about a record.
pub const THROW_AWAY: &[&str] = &[
    sql!(
        "DELETE FROM comment_reaction WHERE tenant_id = ?1 AND comment_id IN
            (SELECT id FROM comment WHERE tenant_id = ?1 AND record_id = ?2)"
    ),
    sql!("DELETE FROM comment WHERE tenant_id = ?1 AND record_id = ?2"),
];

/// How histories tell of comments and how what was done to them is taken back; and what else goes with a record that is
/// thrown away for good.
pub fn story(people: &People, throw_away: Vec<&'static str>) -> Story {
    let people = people.clone();
    Story {
        name: "comment",
        tell: Arc::new(|records, caller, told| Box::pin(tell(records, caller, told))),
        take_back: Arc::new(move |records, caller, action, told| {
            let talk = Talk { records, people: people.clone() };
            Box::pin(async move { take_back(&talk, &caller, action, &told).await })
        }),
        throw_away,
    }
}

/// What a comment says today, whatever it said then; nothing of reactions.
async fn tell(records: Records, caller: Caller, told: Vec<Told>) -> Result<Vec<Option<Json>>> {
    let ids: HashSet<Id> = told.iter().filter_map(comment_of).collect();
    let mut comments: HashMap<Id, Comment> = HashMap::new();
    if !ids.is_empty() {
        let mut sql = Comment::select();
        sql.push_arg(caller.tenant).push(" AND c.id IN ").push_list(ids);
        for row in records.db().reader(&caller).once(sql.statement()).await?.iter() {
            let comment = Comment::from_row(row)?;
            comments.insert(comment.id, comment);
        }
    }
    let say = |one: &Told| {
        let comment = comments.get(&comment_of(one)?)?;
        let body = comment.deleted_at.is_none().then_some(&comment.body);
        let said = json!({"id": comment.id, "parent": comment.parent, "body": body});
        (!["reacted", "unreacted"].contains(&one.verb.as_str())).then_some(said)
    };
    Ok(told.iter().map(say).collect())
}

fn comment_of(told: &Told) -> Option<Id> {
    told.changes.get("comment")?.as_str()?.parse().ok()
}

async fn take_back(talk: &Talk, caller: &Caller, action: Id, told: &Told) -> Result<Id> {
    let nothing = || Error::Conflict(message!("undo-nothing"));
    let id = comment_of(told).ok_or(Error::NotFound("action"))?;
    let text = |name: &str| told.changes.get(name).and_then(Json::as_str).unwrap_or_default();
    // Whoever may not read the record knows of no action.
    let (comment, _) = find(&talk.records, caller, id).await?;
    let is_gone = comment.deleted_at.is_some();
    match told.verb.as_str() {
        "deleted" => restore(talk, caller, id, action).await,
        _ if is_gone => Err(nothing()),
        "created" | "restored" => delete(talk, caller, id, Some(action)).await,
        "edited" => {
            let side = |at: usize| told.changes.get("body").and_then(|sides| sides[at].as_str()).unwrap_or_default();
            decided(|| change_back(talk, caller, id, [side(0), side(1)], action)).await
        }
        "pinned" | "unpinned" => {
            let set = told.verb == "unpinned";
            mark(talk, caller, id, (&Mark::Pin, set), Some(action)).await?.ok_or_else(nothing)
        }
        _ if Some(text("user")) != caller.principal.user().map(|user| user.to_string()).as_deref() => {
            Err(Error::Forbidden(message!("comment-not-yours")))
        }
        _ => {
            let reaction = Mark::Reaction(text("emoji").to_owned());
            let set = told.verb == "unreacted";
            mark(talk, caller, id, (&reaction, set), Some(action)).await?.ok_or_else(nothing)
        }
    }
}
