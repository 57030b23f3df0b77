//! Reading comments: one, or the threads about a record.

use super::Comment;
use crate::place::{self, Place};
use base::{Caller, Error, Id, Result};
use db::Reader;
use records::{catalog::Records, sql::Sql};

/// Answers that one thread may have.
pub const MOST_ANSWERS: usize = 200;

/// A comment and its answers, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    pub first: Comment,
    pub answers: Vec<Comment>,
}

/// A comment and the record that it is about today, whether it is deleted or not.
///
/// # Errors
/// `NotFound` where there is none or the caller may not read the record.
pub async fn find(records: &Records, caller: &Caller, id: Id) -> Result<(Comment, Place)> {
    let mut sql = Comment::select();
    sql.push_arg(caller.tenant).push(" AND c.id = ").push_arg(id);
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    let comment = rows.first().map(Comment::from_row).transpose()?.ok_or(Error::NotFound("comment"))?;
    let place = place::of(records, caller, comment.object, comment.record).await?;
    Ok((comment, place))
}

/// As [`find`], of a comment that is not deleted.
///
/// # Errors
/// As [`find`].
pub async fn get(records: &Records, caller: &Caller, id: Id) -> Result<(Comment, Place)> {
    match find(records, caller, id).await? {
        (comment, place) if comment.deleted_at.is_none() => Ok((comment, place)),
        _ => Err(Error::NotFound("comment")),
    }
}

/// The threads about a record that began before `before`, the youngest first: up to `most`, and whether there are
/// more. What was deleted is there only where something else hangs on it.
pub async fn threads(
    reader: &mut Reader,
    caller: &Caller,
    place: &Place,
    pinned: bool,
    before: Id,
    most: usize,
) -> Result<(Vec<Thread>, bool)> {
    let mut sql = Comment::select();
    sql.push_arg(caller.tenant).push(" AND c.record_id IN ").push_list(place.ids.iter().copied());
    sql.push(" AND c.parent_id IS NULL AND c.id < ").push_arg(before);
    if pinned {
        sql.push(" AND c.pinned_at IS NOT NULL AND c.deleted_at IS NULL");
    } else {
        sql.push(" AND (c.deleted_at IS NULL OR EXISTS (SELECT 1 FROM comment a WHERE a.tenant_id = c.tenant_id");
        sql.push(" AND a.parent_id = c.id AND a.deleted_at IS NULL))");
    }
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    sql.push(" ORDER BY c.id DESC LIMIT ").push_arg(limit);
    let rows = reader.rows(sql.statement()).await?;
    let mut first = rows.iter().map(Comment::from_row).collect::<Result<Vec<_>>>()?;
    let more = first.len() > most;
    first.truncate(most);
    let mut threads: Vec<Thread> = first.into_iter().map(|first| Thread { first, answers: Vec::new() }).collect();
    for answer in answers(reader, caller, &threads).await? {
        let thread = threads.iter_mut().find(|thread| Some(thread.first.id) == answer.parent);
        if let Some(thread) = thread {
            thread.answers.push(answer);
        }
    }
    Ok((threads, more))
}

async fn answers(reader: &mut Reader, caller: &Caller, threads: &[Thread]) -> Result<Vec<Comment>> {
    if threads.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql: Sql = Comment::select();
    sql.push_arg(caller.tenant).push(" AND c.parent_id IN ").push_list(threads.iter().map(|thread| thread.first.id));
    sql.push(" AND c.deleted_at IS NULL ORDER BY c.id");
    reader.rows(sql.statement()).await?.iter().map(Comment::from_row).collect()
}
