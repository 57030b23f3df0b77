//! Reading notices: only those that tell of what the caller may still read.

use super::{COLUMNS, Notice};
use crate::{Talk, place, preferences};
use base::{Caller, Error, Id, Result};
use records::{cursor, query::Question, sql::Sql};
use std::collections::HashMap;

/// Unread notices are counted up to here.
pub const MOST_COUNTED: usize = 200;

/// What cursors of this list are made for.
const ORDER: &str = "at,id";
/// Looks for more where much may not be read any more.
const ROUNDS: usize = 5;

/// A notice that the caller may see.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub notice: Notice,
    /// The record as it can be read today (what it was merged into), and what it is called.
    pub record: Option<(Id, String)>,
}

/// A page of the caller's notices, the latest first, and the cursor of the next.
///
/// # Errors
/// `Forbidden` for those who are no users; a field error for a bad cursor.
pub async fn page(
    talk: &Talk,
    caller: &Caller,
    unread: bool,
    cursor: Option<&str>,
    limit: usize,
) -> Result<(Vec<Seen>, Option<String>)> {
    let user = preferences::user(caller)?;
    let mut before = cursor::instant(cursor, ORDER, (i64::MAX, Id(i64::MAX)))?;
    let (mut seen, mut next) = (Vec::new(), None);
    for _ in 0..ROUNDS {
        let wanted = limit - seen.len();
        let mut found = load(talk, caller, user, unread, before, wanted + 1).await?;
        let more = found.len() > wanted;
        found.truncate(wanted);
        let Some(last) = found.last() else { break };
        before = (last.at.0, last.id);
        next = more.then(|| cursor::after_instant(before, ORDER));
        seen.extend(visible(talk, caller, found).await?);
        if !more || seen.len() >= limit {
            break;
        }
    }
    Ok((seen, next))
}

/// How many notices wait to be read: exactly, or more than [`MOST_COUNTED`].
///
/// # Errors
/// `Forbidden` for those who are no users.
pub async fn unread(talk: &Talk, caller: &Caller) -> Result<(usize, bool)> {
    let user = preferences::user(caller)?;
    let end = (i64::MAX, Id(i64::MAX));
    let mut found = load(talk, caller, user, true, end, MOST_COUNTED + 1).await?;
    let more = found.len() > MOST_COUNTED;
    found.truncate(MOST_COUNTED);
    Ok((visible(talk, caller, found).await?.len(), more))
}

async fn load(
    talk: &Talk,
    caller: &Caller,
    user: Id,
    unread: bool,
    (at, id): (i64, Id),
    most: usize,
) -> Result<Vec<Notice>> {
    let mut sql = Sql::new();
    sql.push(COLUMNS).push_arg(caller.tenant).push(" AND n.user_id = ").push_arg(user);
    sql.push(" AND (n.at, n.id) < (").push_arg(at).push(", ").push_arg(id).push(")");
    if unread {
        sql.push(" AND n.read_at IS NULL");
    }
    sql.push(" ORDER BY n.at DESC, n.id DESC LIMIT ").push_arg(i64::try_from(most).unwrap_or(i64::MAX));
    // No view is kept while titles are read: nobody holds one connection while they wait for another.
    let rows = talk.records.db().reader(caller).once(sql.statement()).await?;
    rows.iter().map(Notice::from_row).collect()
}

/// Those about what the caller may read now.
async fn visible(talk: &Talk, caller: &Caller, found: Vec<Notice>) -> Result<Vec<Seen>> {
    let question = Question::new(&talk.records, caller).await?;
    let access = question.access();
    let mut by_object: HashMap<i64, Vec<Id>> = HashMap::new();
    for notice in &found {
        by_object.entry(notice.object).or_default().extend(notice.record);
    }
    let mut called: HashMap<Id, (Id, String)> = HashMap::new();
    for (object, ids) in by_object {
        let Ok(object) = question.catalog.object_by_id(object) else { continue };
        let titles = question.titles(&object.name, &ids).await?;
        for id in ids {
            if let Some(title) = titles.get(&id) {
                called.insert(id, (id, title.clone()));
                continue;
            }
            // Merged, perhaps: then it is told of what it went into.
            match place::of(&talk.records, caller, object.id, id).await {
                Ok(place) => {
                    let title = question.titles(&object.name, &[place.id]).await?.remove(&place.id);
                    called.extend(title.map(|title| (id, (place.id, title))));
                }
                Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    let see = |notice: Notice| {
        let Some(record) = notice.record else {
            let object = question.catalog.object_by_id(notice.object).ok();
            let may = notice.object == 0 || object.is_some_and(|object| access.may_read(object));
            return may.then_some(Seen { notice, record: None });
        };
        let record = called.get(&record).cloned()?;
        Some(Seen { notice, record: Some(record) })
    };
    Ok(found.into_iter().filter_map(see).collect())
}
