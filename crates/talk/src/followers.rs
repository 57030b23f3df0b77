//! Who follows a record: because they said so, have spoken or were mentioned there, own it, or have made it.

use crate::{Talk, place::Place, preferences};
use base::{Caller, Error, Id, Result};
use db::{Batch, Event, Reader, Statement, sql};
use records::{
    field::{Field, Kind},
    object::Object,
    query::Question,
    sql::Sql,
    value::Value,
    view::View,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What was said about following is read up to here for one question.
const MOST: i64 = 10_000;

/// Throws away for good who follows a record.
pub const THROW_AWAY: &str = sql!("DELETE FROM follower WHERE tenant_id = ?1 AND record_id = ?2");

/// Why somebody follows a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// They said so.
    Chosen,
    Commented,
    Mentioned,
    /// A field of a user names them.
    Owned,
    Created,
}

impl Because {
    pub fn name(self) -> &'static str {
        match self {
            Because::Chosen => "chosen",
            Because::Commented => "commented",
            Because::Mentioned => "mentioned",
            Because::Owned => "owned",
            Because::Created => "created",
        }
    }

    fn parse(name: &str) -> Because {
        let kept = [Because::Commented, Because::Mentioned];
        kept.into_iter().find(|because| because.name() == name).unwrap_or(Because::Chosen)
    }
}

/// Users with the reasons for which each may follow, before their own choices are asked.
pub type Followers = BTreeMap<Id, BTreeSet<Because>>;

/// All who follow a record, or one that was merged into it, as far as the caller may know the fields that say so.
/// Whoever has said that they do not want to is not among them; what they said of one that was merged into it says
/// nothing about the record itself.
pub async fn of(talk: &Talk, caller: &Caller, place: &Place) -> Result<Followers> {
    let question = Question::new(&talk.records, caller).await?;
    let object = question.catalog.object_by_id(place.object)?;
    let mut found = named(&question, object, &[place.id]).await?.remove(&place.id).unwrap_or_default();
    let mut reader = talk.records.db().reader(caller);
    let mut kept = kept(&mut reader, caller, &place.ids).await?;
    // What is said of the record itself counts more than what was said of those that were merged into it.
    kept.sort_by_key(|(record, ..)| *record == place.id);
    kept.retain(|(record, _, because)| because.is_some() || *record == place.id);
    for (_, user, because) in kept {
        say(&mut found, user, because);
    }
    Ok(found)
}

/// As [`of`], of some records of one object that are there, without those that were merged into them.
pub async fn of_some(talk: &Talk, caller: &Caller, object: &Object, ids: &[Id]) -> Result<HashMap<Id, Followers>> {
    let question = Question::new(&talk.records, caller).await?;
    let mut found = named(&question, object, ids).await?;
    let mut reader = talk.records.db().reader(caller);
    for (record, user, because) in kept(&mut reader, caller, ids).await? {
        if let Some(followers) = found.get_mut(&record) {
            say(followers, user, because);
        }
    }
    Ok(found)
}

fn say(followers: &mut Followers, user: Id, because: Option<Because>) {
    match because {
        Some(because) => {
            followers.entry(user).or_default().insert(because);
        }
        None => {
            followers.remove(&user);
        }
    }
}

/// Whom the records' own fields name, for each record that is there.
async fn named(question: &Question<'_>, object: &Object, ids: &[Id]) -> Result<HashMap<Id, Followers>> {
    let access = question.access();
    let wanted =
        |field: &Field| field.kind == Kind::User && field.name != "updated_by" && access.may_know(object, field);
    let fields: Vec<usize> = object.fields.iter().enumerate().filter(|(_, f)| wanted(f)).map(|(at, _)| at).collect();
    let records = question.some(object, ids, &View::new(&access, object, &fields)).await?;
    let of = |values: Vec<Value>| {
        let mut found = Followers::new();
        for (field, value) in fields.iter().filter_map(|&at| object.fields.get(at).zip(values.get(at))) {
            let because = if field.name == "created_by" { Because::Created } else { Because::Owned };
            for link in value.each().iter().filter_map(Value::link) {
                found.entry(link.id).or_default().insert(because);
            }
        }
        found
    };
    Ok(records.into_iter().map(|(id, values)| (id, of(values))).collect())
}

/// A record, a user who has said or done something about following it, and why they do; nothing where they do not want to.
type Kept = (Id, Id, Option<Because>);

async fn kept(reader: &mut Reader, caller: &Caller, records: &[Id]) -> Result<Vec<Kept>> {
    let mut sql = Sql::new();
    sql.push("SELECT f.record_id, f.user_id, f.because, f.is_following FROM follower f WHERE f.tenant_id = ");
    sql.push_arg(caller.tenant).push(" AND f.record_id IN ").push_list(records.iter().copied());
    sql.push(" ORDER BY f.record_id, f.user_id LIMIT ").push_arg(MOST);
    let rows = reader.rows(sql.statement()).await?;
    let one = |row: db::Row<'_>| {
        let because = row.flag(3)?.then_some(Because::parse(row.text(2)?));
        Ok((row.id(0)?, row.id(1)?, because))
    };
    rows.iter().map(one).collect()
}

/// Whether somebody has said or done something about following a record.
pub async fn has_said(reader: &mut Reader, caller: &Caller, record: Id, user: Id) -> Result<bool> {
    let text = sql!("SELECT user_id FROM follower WHERE tenant_id = ?1 AND record_id = ?2 AND user_id = ?3");
    let args = [caller.tenant.into(), record.into(), user.into()];
    Ok(!reader.rows(Statement::new(text, args)).await?.is_empty())
}

/// Has somebody follow a record by what they have done, unless they have said otherwise.
pub fn join(batch: &mut Batch, caller: &Caller, (object, record): (i64, Id), user: Id, because: Because, at: i64) {
    let text = sql!(
        "INSERT INTO follower (tenant_id, record_id, user_id, object_id, because, is_following, since)
         VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) ON CONFLICT DO NOTHING"
    );
    let name = because.name().into();
    let args = [caller.tenant.into(), record.into(), user.into(), object.into(), name, at.into()];
    batch.run(Statement::new(text, args));
}

/// Says whether the caller wants to follow a record; gives the action, none where they have said so already.
///
/// # Errors
/// `Forbidden` for those who are no users.
pub async fn set(talk: &Talk, caller: &Caller, place: &Place, following: bool) -> Result<Option<Id>> {
    let user = preferences::user(caller)?;
    let db = talk.records.db();
    let said = kept(&mut db.reader(caller), caller, &[place.id]).await?;
    if said.iter().any(|(_, known, because)| *known == user && because.is_some() == following) {
        return Ok(None);
    }
    let (action, now) = (db.ids().next(), db.clock().now());
    let text = sql!(
        "INSERT INTO follower (tenant_id, record_id, user_id, object_id, because, is_following, since)
         VALUES (?1, ?2, ?3, ?4, 'chosen', ?5, ?6)
         ON CONFLICT (tenant_id, record_id, user_id) DO UPDATE
         SET because = excluded.because, is_following = excluded.is_following, since = excluded.since"
    );
    let (record, object) = (place.id.into(), place.object.into());
    let args = [caller.tenant.into(), record, user.into(), object, following.into(), now.into()];
    let mut batch = Batch::new();
    batch.run(Statement::new(text, args));
    let changes = json!({"user": user, "object": place.name, "record": place.id, "following": following}).to_string();
    batch.log(Event { action, kind: "follower.changed", object: 0, record: None, changes, also: Vec::new() });
    db.submit(caller, batch).await?;
    Ok(Some(action))
}

/// A record that somebody follows by having said or done something.
#[derive(Debug, Clone)]
pub struct Followed {
    pub object: i64,
    pub record: Id,
    pub because: Because,
    pub since: i64,
}

/// What the caller follows by having said or done something, the latest first, before a place in that order.
pub async fn list(
    reader: &mut Reader,
    caller: &Caller,
    (since, record): (i64, Id),
    most: i64,
) -> Result<Vec<Followed>> {
    let user = preferences::user(caller)?;
    let text = sql!(
        "SELECT object_id, record_id, because, since FROM follower
         WHERE tenant_id = ?1 AND user_id = ?2 AND is_following = 1 AND (since, record_id) < (?3, ?4)
         ORDER BY since DESC, record_id DESC LIMIT ?5"
    );
    let args = [caller.tenant.into(), user.into(), since.into(), record.into(), most.into()];
    let rows = reader.rows(Statement::new(text, args)).await?;
    let one = |row: db::Row<'_>| {
        let because = Because::parse(row.text(2)?);
        Ok::<_, Error>(Followed { object: row.int(0)?, record: row.id(1)?, because, since: row.int(3)? })
    };
    rows.iter().map(one).collect()
}
