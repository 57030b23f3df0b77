//! Making, moving and deleting reminders.

use super::{Reminder, get, tasks::Wish};
use crate::{
    Talk, decided, notices,
    place::{self, Place},
    preferences,
};
use base::{Caller, Error, Id, Result, Timestamp, message, time::DAY_MS};
use db::{Batch, Cell, Event, Expect, LoggedEvent, Statement, sql};
use serde_json::{Value as Json, json};

/// Longest note, in characters.
const NOTE_CHARS: usize = 500;
/// Reminders of one user that wait.
const MOST_WAITING: i64 = 10_000;
/// The furthest that a reminder may lie ahead, in days.
const FURTHEST_DAYS: i64 = 3_660;

/// A reminder before it is written.
#[derive(Debug, Clone)]
pub struct Draft {
    pub reminder: Reminder,
    pub action: Id,
}

/// The instant that somebody wants to be reminded at.
fn instant(text: &str, now: Timestamp) -> Result<Timestamp> {
    let at = Timestamp::parse(text).ok_or_else(|| Error::field("at", message!("reminder-at")))?;
    match at.0 - now.0 {
        ahead if ahead <= 0 => Err(Error::field("at", message!("reminder-past"))),
        ahead if ahead > FURTHEST_DAYS * DAY_MS => Err(Error::field("at", message!("reminder-too-far"))),
        _ => Ok(at),
    }
}

/// A note as it is kept.
fn note(text: Option<&str>) -> Result<Option<String>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    match text.map(|text| text.chars().count()) {
        Some(long) if long > NOTE_CHARS => Err(Error::field("note", message!("reminder-note-long", most = NOTE_CHARS))),
        _ => Ok(text.map(str::to_owned)),
    }
}

/// Decides on a reminder about a record, for the caller or for another user. [`Draft::write`] adds it to a batch.
///
/// # Errors
/// `Forbidden` for those who are no users or may only read; field errors for `at`, `note` and `for`: a user who is not
/// there or may not read the record; `Conflict` where somebody has too many.
pub async fn create(
    talk: &Talk,
    caller: &Caller,
    place: &Place,
    (at, text): (&str, Option<&str>),
    for_: Option<Id>,
) -> Result<Draft> {
    let me = preferences::user(caller)?;
    place::may_speak(&talk.records, caller, place).await?;
    let db = talk.records.db();
    let (due_at, note) = (instant(at, db.clock().now())?, note(text)?);
    let user = for_.unwrap_or(me);
    if user != me {
        may_be_reminded(talk, place, user).await?;
    }
    let text = sql!("SELECT COUNT(*) FROM reminder WHERE tenant_id = ?1 AND user_id = ?2 AND fired_at IS NULL");
    let rows = db.reader(caller).once(Statement::new(text, [caller.tenant.into(), user.into()])).await?;
    if rows.first().map_or(Ok(0), |row| row.int(0))? >= MOST_WAITING {
        return Err(Error::Conflict(message!("reminder-too-many", most = MOST_WAITING)));
    }
    let reminder = Reminder {
        id: db.ids().next(),
        object: place.object,
        record: place.id,
        user: Some(user),
        created_by: Some(me),
        note,
        due_at,
        fired_at: None,
        version: 1,
    };
    Ok(Draft { reminder, action: db.ids().next() })
}

async fn may_be_reminded(talk: &Talk, place: &Place, user: Id) -> Result<()> {
    let unknown = || Error::field("for", message!("reminder-for"));
    let caller = match (talk.people.caller_of)(user).await {
        Err(Error::NotFound(_)) => return Err(unknown()),
        caller => caller?,
    };
    match place::of(&talk.records, &caller, place.object, place.id).await {
        Err(Error::NotFound(_)) => Err(unknown()),
        found => found.map(drop),
    }
}

impl Draft {
    /// Adds the reminder to a batch, with its entry in the log.
    pub fn write(&self, talk: &Talk, caller: &Caller, batch: &mut Batch) {
        let Reminder { id, object, record, user, created_by, note, due_at, version, .. } = self.reminder.clone();
        let text = sql!(
            "INSERT INTO reminder (tenant_id, id, object_id, record_id, user_id, created_by, note, due_at, version,
                created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        );
        let key: [Cell; 6] =
            [caller.tenant.into(), id.into(), object.into(), record.into(), user.into(), created_by.into()];
        let now = talk.records.db().clock().now();
        let rest: [Cell; 4] = [note.into(), due_at.into(), version.into(), now.into()];
        batch.run(Statement::new(text, key.into_iter().chain(rest)));
        batch.log(event(self.action, "reminder.created", &self.reminder));
    }
}

/// What becomes of a reminder; what is not said stays.
#[derive(Debug, Clone, Default)]
pub struct Change<'t> {
    /// Another instant: it waits again.
    pub at: Option<&'t str>,
    pub note: Option<Option<&'t str>>,
    /// So many minutes from now: it waits again.
    pub minutes: Option<i64>,
}

/// A reminder as it is to be. Pure.
fn changed(old: &Reminder, change: &Change<'_>, now: Timestamp) -> Result<Reminder> {
    let mut new = old.clone();
    if let Some(given) = change.note {
        new.note = note(given)?;
    }
    let at = match (change.at, change.minutes) {
        (Some(text), _) => Some(instant(text, now)?),
        (None, Some(minutes)) if (1..=FURTHEST_DAYS * 24 * 60).contains(&minutes) => {
            Some(Timestamp(now.0 + minutes * 60_000))
        }
        (None, Some(_)) => return Err(Error::field("minutes", message!("reminder-minutes"))),
        (None, None) => None,
    };
    if let Some(at) = at {
        (new.due_at, new.fired_at) = (at, None);
    }
    Ok(new)
}

/// Changes a reminder; gives it and the action, none where it is so already.
///
/// # Errors
/// `NotFound` where it is neither for the caller nor of their making; field errors.
pub async fn change(talk: &Talk, caller: &Caller, id: Id, change: &Change<'_>) -> Result<(Reminder, Option<Id>)> {
    decided(|| put(talk, caller, id, change)).await
}

async fn put(talk: &Talk, caller: &Caller, id: Id, change: &Change<'_>) -> Result<(Reminder, Option<Id>)> {
    let (old, place) = get(&talk.records, caller, id).await?;
    place::may_speak(&talk.records, caller, &place).await?;
    let db = talk.records.db();
    let now = db.clock().now();
    let mut new = changed(&old, change, now)?;
    if new == old {
        return Ok((old, None));
    }
    new.version += 1;
    let text = sql!(
        "UPDATE reminder SET note = ?3, due_at = ?4, fired_at = ?5, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?6"
    );
    let args: [Cell; 6] = [
        caller.tenant.into(),
        id.into(),
        new.note.clone().into(),
        new.due_at.into(),
        new.fired_at.into(),
        old.version.into(),
    ];
    let (action, mut batch) = (db.ids().next(), Batch::new());
    batch.expect(Statement::new(text, args), Expect::Fresh);
    if new.fired_at.is_none() {
        tell_no_more(talk, caller, &old, &mut batch).await?;
    }
    batch.log(event(action, "reminder.changed", &new));
    db.submit(caller, batch).await?;
    Ok((new, Some(action)))
}

/// What a reminder told of is put off or taken back: nobody need read it any more.
async fn tell_no_more(talk: &Talk, caller: &Caller, reminder: &Reminder, batch: &mut Batch) -> Result<()> {
    let Some(user) = reminder.user.filter(|_| reminder.fired_at.is_some()) else { return Ok(()) };
    notices::mark_bundle(talk, caller, (user, &bundle(reminder.id)), batch).await
}

/// Deletes a reminder. Gives the action.
///
/// # Errors
/// As of [`change`].
pub async fn delete(talk: &Talk, caller: &Caller, id: Id) -> Result<Id> {
    decided(|| take_away(talk, caller, id)).await
}

async fn take_away(talk: &Talk, caller: &Caller, id: Id) -> Result<Id> {
    let (old, place) = get(&talk.records, caller, id).await?;
    place::may_speak(&talk.records, caller, &place).await?;
    let text = sql!("DELETE FROM reminder WHERE tenant_id = ?1 AND id = ?2 AND version = ?3");
    let action = talk.records.db().ids().next();
    let mut batch = Batch::new();
    let args = [caller.tenant.into(), id.into(), old.version.into()];
    batch.expect(Statement::new(text, args), Expect::Fresh);
    tell_no_more(talk, caller, &old, &mut batch).await?;
    batch.log(event(action, "reminder.deleted", &old));
    talk.records.db().submit(caller, batch).await?;
    Ok(action)
}

/// What counts up the notice of a reminder while it is unread.
pub(super) fn bundle(id: Id) -> String {
    format!("reminded:{id}")
}

/// It is no record's event: what somebody wants to be reminded of is theirs alone.
pub(super) fn event(action: Id, kind: &'static str, reminder: &Reminder) -> Event {
    let changes: Json = json!({"reminder": reminder.id, "record": reminder.record, "for": reminder.user,
        "at": reminder.due_at.rfc3339()});
    Event { action, kind, object: 0, record: None, changes: changes.to_string(), also: Vec::new() }
}

/// Keeps what a task wants from now on. One whose time is past when it is said is not told of: an import of old tasks
/// reminds nobody.
pub(crate) fn keep(wish: Wish, caller: &Caller, event: &LoggedEvent, task: Id, batch: &mut Batch) {
    let key: [Cell; 2] = [caller.tenant.into(), task.into()];
    let Wish(Some(at)) = wish else {
        let text = sql!("DELETE FROM reminder WHERE tenant_id = ?1 AND id = ?2 AND user_id IS NULL");
        batch.run(Statement::new(text, key));
        return;
    };
    let text = sql!(
        "INSERT INTO reminder (tenant_id, id, object_id, record_id, due_at, fired_at, version, created_at)
         VALUES (?1, ?2, ?3, ?2, ?4, ?5, 1, ?6)
         ON CONFLICT (tenant_id, id) DO UPDATE
         SET due_at = excluded.due_at, fired_at = excluded.fired_at, version = reminder.version + 1"
    );
    let fired_at = (at <= event.at).then_some(event.at);
    let rest: [Cell; 4] = [event.object.into(), at.into(), fired_at.into(), event.at.into()];
    batch.run(Statement::new(text, key.into_iter().chain(rest)));
}
