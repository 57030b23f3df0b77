//! The job that makes notices of the reminders whose time has come. Each is taken and told of in one commit, so that
//! it is told once, whenever the program was killed.

use super::{Reminder, SELECT, write};
use crate::{
    Talk,
    notices::{Desk, Kind, New},
    place,
};
use base::{Error, Id, Result, Timestamp};
use db::{Event, Expect, Statement, sql};
use jobs::{JobContext, JobKind, Outcome, Schedule, When};
use records::{object::Object, query::Question, sql::Sql, value::Value, view::View};
use serde_json::json;
use std::time::Duration;

/// Reminders that are taken at once.
const SLICE: i64 = 200;
/// How often a slice that lost a race is decided anew.
const ATTEMPTS: usize = 3;
/// How exact reminders are.
const EVERY: Duration = Duration::from_secs(60);

/// When the job is due.
pub fn schedule() -> Schedule {
    Schedule { name: "talk.remind", kind: "talk.remind", when: When::Every(EVERY) }
}

/// The job.
pub fn remind(talk: &Talk) -> JobKind {
    let talk = talk.clone();
    JobKind::new("talk.remind", move |context| {
        let talk = talk.clone();
        async move {
            let mut lost = 0;
            while !context.stopping() {
                match slice(&talk, &context).await {
                    Ok(true) => lost = 0,
                    Ok(false) => break,
                    // Somebody has put one off at this very moment: look again.
                    Err(Error::Stale) if lost < ATTEMPTS => lost += 1,
                    Err(error) => return Err(error),
                }
            }
            Ok(Outcome::done())
        }
    })
}

/// Takes some reminders; false when there were none.
async fn slice(talk: &Talk, context: &JobContext) -> Result<bool> {
    let caller = &context.caller;
    let now = talk.records.db().clock().now();
    let mut sql = Sql::new();
    sql.push(SELECT).push_arg(caller.tenant).push(" AND m.fired_at IS NULL AND m.due_at <= ").push_arg(now);
    sql.push(" ORDER BY m.due_at, m.id LIMIT ").push_arg(SLICE);
    let rows = talk.records.db().reader(caller).once(sql.statement()).await?;
    let due: Vec<Reminder> = rows.iter().map(Reminder::from_row).collect::<Result<_>>()?;
    if due.is_empty() {
        return Ok(false);
    }
    let mut desk = Desk::new(talk, caller.clone());
    for reminder in &due {
        let text = sql!(
            "UPDATE reminder SET fired_at = ?3, version = version + 1 WHERE tenant_id = ?1 AND id = ?2 AND version = ?4"
        );
        let args = [caller.tenant.into(), reminder.id.into(), now.into(), reminder.version.into()];
        desk.batch.expect(Statement::new(text, args), Expect::Fresh);
        tell(talk, &mut desk, reminder, now).await?;
    }
    let changes = json!({"reminders": due.iter().map(|reminder| reminder.id).collect::<Vec<_>>()}).to_string();
    let action = talk.records.db().ids().next();
    desk.batch.log(Event { action, kind: "reminder.fired", object: 0, record: None, changes, also: Vec::new() });
    context.submit_piece(desk.finish()).await.map(|_| true)
}

/// Tells whom it is for, if they may read the record now.
async fn tell(talk: &Talk, desk: &mut Desk<'_>, reminder: &Reminder, now: Timestamp) -> Result<()> {
    let receiver = match reminder.user {
        Some(user) => Some(user),
        None => whose(talk, desk, reminder).await?,
    };
    let Some(user) = receiver else { return Ok(()) };
    let Some((caller, _)) = desk.user(user).await? else { return Ok(()) };
    let place = match place::of(&talk.records, caller, reminder.object, reminder.record).await {
        Err(Error::NotFound(_)) => return Ok(()),
        place => place?,
    };
    desk.put(New {
        user,
        kind: Kind::Reminded,
        bundle: write::bundle(reminder.id),
        object: place.object,
        record: Some(place.id),
        comment: None,
        actor: reminder.created_by.filter(|by| *by != user),
        count: 1,
        details: json!({"reminder": reminder.user.map(|_| reminder.id), "note": reminder.note}),
        // No event of the log has caused it: a later one of the same reminder counts more.
        place: db::Cursor { tx: 0, seq: now.0 },
        at: now,
    });
    Ok(())
}

/// Whoever has the task now, or owns it; nobody where it is done with.
async fn whose(talk: &Talk, desk: &Desk<'_>, reminder: &Reminder) -> Result<Option<Id>> {
    let question = Question::new(&talk.records, &desk.caller).await?;
    let Ok(object) = question.catalog.object_by_id(reminder.object) else { return Ok(None) };
    let at = |name: &str| object.fields.iter().position(|field| field.name == name);
    let wanted: Vec<usize> = ["status", "assignee", "owner", "created_by"].into_iter().filter_map(at).collect();
    let view = View::new(&question.access(), object, &wanted);
    let found = question.some(object, &[reminder.record], &view).await?;
    Ok(found.get(&reminder.record).and_then(|values| receiver(object, values)))
}

fn receiver(object: &Object, values: &[Value]) -> Option<Id> {
    let value = |name: &str| values.get(object.fields.iter().position(|field| field.name == name)?);
    let is_over = value("status").and_then(Value::text).is_some_and(|status| ["done", "cancelled"].contains(&status));
    let user = |name: &str| value(name).and_then(Value::link).map(|link| link.id);
    if is_over { None } else { user("assignee").or_else(|| user("owner")).or_else(|| user("created_by")) }
}
