//! What is done to a comment without a word: reactions and pins.

use super::{Comment, get, write::submit};
use crate::{Talk, decided, place};
use base::{Caller, Error, Id, Result, message};
use db::{Cell, Statement, sql};
use serde_json::{Value as Json, json};

/// Different reactions that one comment may have.
const MOST_EMOJI: i64 = 30;

/// A mark on a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Kept at the top of the record's page.
    Pin,
    /// One emoji of the caller's.
    Reaction(String),
}

impl Mark {
    /// A reaction: exactly one emoji, in the form in which it is kept.
    ///
    /// # Errors
    /// A field error for `emoji`.
    pub fn reaction(text: &str) -> Result<Mark> {
        let emoji = emojis::get(text).ok_or_else(|| Error::field("emoji", message!("comment-emoji-unknown")))?;
        Ok(Mark::Reaction(emoji.as_str().to_owned()))
    }

    fn kind(&self, set: bool) -> &'static str {
        match (self, set) {
            (Mark::Pin, true) => "comment.pinned",
            (Mark::Pin, false) => "comment.unpinned",
            (Mark::Reaction(_), true) => "comment.reacted",
            (Mark::Reaction(_), false) => "comment.unreacted",
        }
    }
}

/// Sets a mark or takes it off; gives the action, none where it is so already.
///
/// # Errors
/// `NotFound` where the comment is not there; `Forbidden` for those who may only read, and for reactions of somebody
/// who is no user; `Conflict` for a pin on an answer and for too many kinds of reactions.
pub async fn mark(
    talk: &Talk,
    caller: &Caller,
    id: Id,
    (mark, set): (&Mark, bool),
    undoes: Option<Id>,
) -> Result<Option<Id>> {
    decided(|| put(talk, caller, id, (mark, set), undoes)).await
}

async fn put(
    talk: &Talk,
    caller: &Caller,
    id: Id,
    (mark, set): (&Mark, bool),
    undoes: Option<Id>,
) -> Result<Option<Id>> {
    let (comment, place) = get(&talk.records, caller, id).await?;
    place::may_speak(&talk.records, caller, &place).await?;
    let (statement, more) = match mark {
        Mark::Pin if comment.pinned_at.is_some() == set => return Ok(None),
        Mark::Pin => (pin(talk, caller, &comment, set)?, json!({})),
        Mark::Reaction(emoji) => {
            let user = caller.principal.user().ok_or_else(|| Error::Forbidden(message!("talk-users-only")))?;
            let key = [caller.tenant.into(), id.into(), emoji.as_str().into(), user.into()];
            match reaction(talk, caller, key, set).await? {
                None => return Ok(None),
                Some(statement) => (statement, json!({"emoji": emoji, "user": user})),
            }
        }
    };
    let told: (&'static str, &Comment, Json) = (mark.kind(set), &comment, more);
    submit(talk, caller, statement, told, undoes).await.map(Some)
}

fn pin(talk: &Talk, caller: &Caller, comment: &Comment, set: bool) -> Result<Statement> {
    if comment.parent.is_some() {
        return Err(Error::Conflict(message!("comment-pin-answer")));
    }
    let text = sql!(
        "UPDATE comment SET pinned_at = ?3, pinned_by = ?4, version = version + 1
         WHERE tenant_id = ?1 AND id = ?2 AND version = ?5 AND deleted_at IS NULL"
    );
    let at = set.then(|| talk.records.db().clock().now());
    let by = caller.principal.user().filter(|_| set);
    let args = [caller.tenant.into(), comment.id.into(), at.into(), by.into(), comment.version.into()];
    Ok(Statement::new(text, args))
}

async fn reaction(talk: &Talk, caller: &Caller, key: [Cell; 4], set: bool) -> Result<Option<Statement>> {
    let mut reader = talk.records.db().reader(caller);
    let text = sql!(
        "SELECT user_id FROM comment_reaction WHERE tenant_id = ?1 AND comment_id = ?2 AND emoji = ?3 AND user_id = ?4"
    );
    let is_set = !reader.rows(Statement::new(text, key.clone())).await?.is_empty();
    if is_set == set {
        return Ok(None);
    }
    if !set {
        let text = sql!(
            "DELETE FROM comment_reaction
             WHERE tenant_id = ?1 AND comment_id = ?2 AND emoji = ?3 AND user_id = ?4"
        );
        return Ok(Some(Statement::new(text, key)));
    }
    let [tenant, comment, emoji, user] = key;
    let text = sql!(
        "SELECT COUNT(DISTINCT emoji) FROM comment_reaction WHERE tenant_id = ?1 AND comment_id = ?2 AND emoji <> ?3"
    );
    let rows = reader.rows(Statement::new(text, [tenant.clone(), comment.clone(), emoji.clone()])).await?;
    if rows.first().map_or(Ok(0), |row| row.int(0))? >= MOST_EMOJI {
        return Err(Error::Conflict(message!("comment-emoji-too-many", most = MOST_EMOJI)));
    }
    let text = sql!(
        "INSERT INTO comment_reaction (tenant_id, comment_id, emoji, user_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING"
    );
    let now = talk.records.db().clock().now();
    Ok(Some(Statement::new(text, [tenant, comment, emoji, user, now.into()])))
}
