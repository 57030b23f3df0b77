//! Writing comments: each change is one row and one entry in the log of the record that it was written on.

use super::{Comment, MOST_ANSWERS, find, get};
use crate::{
    Talk, decided,
    mentions::{self, Mentioned},
    place::{self, Place},
};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use records::{
    field::{Field, Kind},
    fields,
    value::Value,
};
use serde_json::{Value as Json, json};

/// A comment before it is written, with who is mentioned in it.
#[derive(Debug, Clone)]
pub struct Draft {
    pub comment: Comment,
    pub mentioned: Mentioned,
    pub action: Id,
}

/// Reads the text of a comment as a field of rich text is read.
async fn body(talk: &Talk, caller: &Caller, given: &str) -> Result<String> {
    let catalog = talk.records.catalog(caller).await?;
    let field = Field::new("body", Kind::RichText);
    let read = fields::from_json(&field, &json!(given), &catalog.schema.reading());
    match read.map_err(|refused| Error::field("body", refused))? {
        Value::Text(html) => Ok(html),
        _ => Err(Error::field("body", message!("field-required"))),
    }
}

/// Decides on a new comment about a record. [`Draft::write`] adds it to a batch.
///
/// # Errors
/// `Forbidden` where the caller may only read; field errors for the text and for what it answers; `Conflict` where a
/// thread has as many answers as it may have.
pub async fn create(talk: &Talk, caller: &Caller, place: &Place, given: &str, parent: Option<Id>) -> Result<Draft> {
    place::may_speak(&talk.records, caller, place).await?;
    let body = body(talk, caller, given).await?;
    let thread = match parent {
        Some(parent) => Some(thread(talk, caller, place, parent).await?),
        None => None,
    };
    let mentioned = mentions::resolve(&talk.people, &body, "").await?;
    let db = talk.records.db();
    let comment = Comment {
        id: db.ids().next(),
        object: place.object,
        // A thread stays together, also when a merge is taken back.
        record: thread.as_ref().map_or(place.id, |first| first.record),
        parent: thread.map(|first| first.id),
        author: caller.principal.user(),
        body,
        version: 1,
        created_at: db.clock().now(),
        edited_at: None,
        deleted_at: None,
        deleted_by: None,
        pinned_at: None,
        pinned_by: None,
    };
    Ok(Draft { comment, mentioned, action: db.ids().next() })
}

/// The first comment of the thread that an answer belongs to.
async fn thread(talk: &Talk, caller: &Caller, place: &Place, parent: Id) -> Result<Comment> {
    let unknown = || Error::field("parent", message!("comment-parent-unknown"));
    let known = |(comment, about): (Comment, Place)| (about.id == place.id).then_some(comment);
    let found = match find(&talk.records, caller, parent).await {
        Err(Error::NotFound(_)) => None,
        found => known(found?),
    };
    let first = match found.ok_or_else(unknown)? {
        // Whoever answers an answer goes on in the same thread.
        Comment { parent: Some(first), .. } => find(&talk.records, caller, first).await?.0,
        first if first.deleted_at.is_some() => return Err(unknown()),
        first => first,
    };
    assert_room(talk, caller, first.id).await?;
    Ok(first)
}

/// A thread takes one more answer. Those that were deleted do not count.
async fn assert_room(talk: &Talk, caller: &Caller, first: Id) -> Result<()> {
    let text = sql!("SELECT COUNT(*) FROM comment WHERE tenant_id = ?1 AND parent_id = ?2 AND deleted_at IS NULL");
    let statement = Statement::new(text, [caller.tenant.into(), first.into()]);
    let rows = talk.records.db().reader(caller).once(statement).await?;
    let count = rows.first().map_or(Ok(0), |row| row.int(0))?;
    match usize::try_from(count) {
        Ok(count) if count < MOST_ANSWERS => Ok(()),
        _ => Err(Error::Conflict(message!("comment-thread-full", most = MOST_ANSWERS))),
    }
}

impl Draft {
    /// Adds the comment to a batch, with its entry in the log.
    pub fn write(&self, caller: &Caller, batch: &mut Batch) {
        let Comment { id, object, record, parent, author, body, version, created_at, .. } = self.comment.clone();
        let text = sql!(
            "INSERT INTO comment (tenant_id, id, object_id, record_id, parent_id, author, body, version, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        );
        let args: [Cell; 9] = [
            caller.tenant.into(),
            id.into(),
            object.into(),
            record.into(),
            parent.into(),
            author.into(),
            body.as_str().into(),
            version.into(),
            created_at.into(),
        ];
        batch.run(Statement::new(text, args));
        let Mentioned { users, teams } = &self.mentioned;
        let more = json!({"parent": parent, "body": body, "mentions": users, "teams": teams});
        batch.log(event(self.action, "comment.created", &self.comment, more));
    }
}

/// Changes the text of a comment; gives it and the action, none where it says the same already.
///
/// # Errors
/// `Forbidden` for everybody but its author; field errors for the text.
pub async fn change_body(talk: &Talk, caller: &Caller, id: Id, given: &str) -> Result<(Comment, Option<Id>)> {
    let body = body(talk, caller, given).await?;
    decided(|| put(talk, caller, id, &body)).await
}

async fn put(talk: &Talk, caller: &Caller, id: Id, body: &str) -> Result<(Comment, Option<Id>)> {
    let comment = own(talk, caller, id).await?;
    if body == comment.body {
        return Ok((comment, None));
    }
    let new = mentions::resolve(&talk.people, body, &comment.body).await?;
    let (comment, action) = put_body(talk, caller, comment, body.to_owned(), (&new, None)).await?;
    Ok((comment, Some(action)))
}

/// Gives a comment the text back that an action has changed, where it has not been changed again.
///
/// # Errors
/// `Forbidden` for everybody but its author; `Conflict` where it says something else by now.
pub async fn change_back(talk: &Talk, caller: &Caller, id: Id, [old, new]: [&str; 2], undoes: Id) -> Result<Id> {
    let comment = own(talk, caller, id).await?;
    if comment.body == old {
        return Err(Error::Conflict(message!("undo-nothing")));
    }
    if comment.body != new {
        return Err(Error::Conflict(message!("undo-changed-since")));
    }
    let nobody = Mentioned::default();
    Ok(put_body(talk, caller, comment, old.to_owned(), (&nobody, Some(undoes))).await?.1)
}

/// A comment that the caller has written.
async fn own(talk: &Talk, caller: &Caller, id: Id) -> Result<Comment> {
    let (comment, place) = get(&talk.records, caller, id).await?;
    place::may_speak(&talk.records, caller, &place).await?;
    let is_own = comment.author == caller.principal.user();
    if is_own { Ok(comment) } else { Err(Error::Forbidden(message!("comment-not-yours"))) }
}

async fn put_body(
    talk: &Talk,
    caller: &Caller,
    comment: Comment,
    body: String,
    (new, undoes): (&Mentioned, Option<Id>),
) -> Result<(Comment, Id)> {
    let now = talk.records.db().clock().now();
    let text = sql!(
        "UPDATE comment SET body = ?3, edited_at = ?4, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?5 AND deleted_at IS NULL"
    );
    let args = [caller.tenant.into(), comment.id.into(), body.as_str().into(), now.into(), comment.version.into()];
    let more = json!({"body": [comment.body, body], "mentions": new.users, "teams": new.teams});
    let action = submit(talk, caller, Statement::new(text, args), ("comment.edited", &comment, more), undoes).await?;
    let version = comment.version + 1;
    Ok((Comment { body, edited_at: Some(now), version, ..comment }, action))
}

/// Deletes a comment: a trace stays where a thread hangs on it. Gives the action.
///
/// # Errors
/// `Forbidden` for everybody but its author and administrators.
pub async fn delete(talk: &Talk, caller: &Caller, id: Id, undoes: Option<Id>) -> Result<Id> {
    decided(|| take_away(talk, caller, id, undoes)).await
}

async fn take_away(talk: &Talk, caller: &Caller, id: Id, undoes: Option<Id>) -> Result<Id> {
    let (comment, place) = get(&talk.records, caller, id).await?;
    place::may_speak(&talk.records, caller, &place).await?;
    may_delete(caller, &comment)?;
    let text = sql!(
        "UPDATE comment SET deleted_at = ?3, deleted_by = ?4, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?5 AND deleted_at IS NULL"
    );
    let now = talk.records.db().clock().now();
    let by = caller.principal.user();
    let args = [caller.tenant.into(), id.into(), now.into(), by.into(), comment.version.into()];
    submit(talk, caller, Statement::new(text, args), ("comment.deleted", &comment, json!({})), undoes).await
}

/// Takes the deletion of a comment back, by an undo of that action. Gives the action.
///
/// # Errors
/// `Forbidden` as for its deletion; `Conflict` where it is there, and where its thread has become full.
pub async fn restore(talk: &Talk, caller: &Caller, id: Id, undoes: Id) -> Result<Id> {
    decided(|| bring_back(talk, caller, id, undoes)).await
}

async fn bring_back(talk: &Talk, caller: &Caller, id: Id, undoes: Id) -> Result<Id> {
    let (comment, place) = find(&talk.records, caller, id).await?;
    place::may_speak(&talk.records, caller, &place).await?;
    may_delete(caller, &comment)?;
    if comment.deleted_at.is_none() {
        return Err(Error::Conflict(message!("undo-nothing")));
    }
    if let Some(first) = comment.parent {
        assert_room(talk, caller, first).await?;
    }
    let text = sql!(
        "UPDATE comment SET deleted_at = NULL, deleted_by = NULL, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?3 AND deleted_at IS NOT NULL"
    );
    let args = [caller.tenant.into(), id.into(), comment.version.into()];
    submit(talk, caller, Statement::new(text, args), ("comment.restored", &comment, json!({})), Some(undoes)).await
}

fn may_delete(caller: &Caller, comment: &Comment) -> Result<()> {
    let may = caller.plan.everything || comment.author.is_some() && comment.author == caller.principal.user();
    if may { Ok(()) } else { Err(Error::Forbidden(message!("comment-not-yours"))) }
}

/// Commits one change of a comment with its entry in the log, and with a note where it is an undo.
pub(super) async fn submit(
    talk: &Talk,
    caller: &Caller,
    statement: Statement,
    (kind, comment, more): (&'static str, &Comment, Json),
    undoes: Option<Id>,
) -> Result<Id> {
    let action = talk.records.db().ids().next();
    let mut batch = Batch::new();
    batch.expect(statement, Expect::Fresh);
    batch.log(event(action, kind, comment, more));
    if let Some(undone) = undoes {
        batch.log(records::undo::note(action, undone));
    }
    talk.records.db().submit(caller, batch).await?;
    Ok(action)
}

fn event(action: Id, kind: &'static str, comment: &Comment, more: Json) -> Event {
    let changes = comment.changes(more);
    Event { action, kind, object: comment.object, record: Some(comment.record), changes, also: Vec::new() }
}
