//! Reminders: what somebody wants to hear of a record at a certain time. When the time has come they become notices,
//! once.
//!
//! A task may say itself when (`remind_at`): that is a reminder without a receiver, for whoever has the task then.

mod due;
mod tasks;
mod write;

pub use due::{remind, schedule};
pub(crate) use tasks::wish;
pub(crate) use write::keep;
pub use write::{Change, change, create, delete};

use crate::{place, preferences};
use base::{Caller, Error, Id, Result, Timestamp};
use db::{Reader, Row, sql};
use records::{catalog::Records, sql::Sql};

/// Throws away for good who is to be reminded of a record.
pub const THROW_AWAY: &str = sql!("DELETE FROM reminder WHERE tenant_id = ?1 AND record_id = ?2");

/// One reminder as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    pub id: Id,
    pub object: i64,
    pub record: Id,
    /// Nobody where a task says when.
    pub user: Option<Id>,
    pub created_by: Option<Id>,
    pub note: Option<String>,
    pub due_at: Timestamp,
    /// When it became a notice, or was let go because nobody could read it.
    pub fired_at: Option<Timestamp>,
    pub version: i64,
}

const SELECT: &str = "SELECT m.id, m.object_id, m.record_id, m.user_id, m.created_by, m.note, m.due_at, m.fired_at,
    m.version FROM reminder m WHERE m.tenant_id = ";

impl Reminder {
    fn from_row(row: Row<'_>) -> Result<Reminder> {
        Ok(Reminder {
            id: row.id(0)?,
            object: row.int(1)?,
            record: row.id(2)?,
            user: row.opt_id(3)?,
            created_by: row.opt_id(4)?,
            note: row.opt_text(5)?.map(str::to_owned),
            due_at: row.time(6)?,
            fired_at: row.opt_int(7)?.map(Timestamp),
            version: row.int(8)?,
        })
    }
}

/// A reminder that is for the caller or was made by them, about what they may read.
///
/// # Errors
/// `NotFound` otherwise; `Forbidden` for those who are no users.
pub async fn get(records: &Records, caller: &Caller, id: Id) -> Result<(Reminder, place::Place)> {
    let user = preferences::user(caller)?;
    let mut sql = Sql::new();
    sql.push(SELECT).push_arg(caller.tenant).push(" AND m.id = ").push_arg(id).push(" AND (m.user_id = ");
    sql.push_arg(user).push(" OR m.created_by = ").push_arg(user).push(")");
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    let found = rows.first().map(Reminder::from_row).transpose()?;
    let reminder = found.filter(|found| found.user.is_some()).ok_or(Error::NotFound("reminder"))?;
    let place = place::of(records, caller, reminder.object, reminder.record).await?;
    Ok((reminder, place))
}

/// Which reminders a list is of.
#[derive(Debug, Clone)]
pub enum Of {
    /// Those about some records that are for the user or were made by them.
    Records(Vec<Id>),
    /// All that are for the user.
    User,
}

/// Reminders of a user, the earliest first, after a place in that order: those that wait, or those that are over.
pub async fn list(
    reader: &mut Reader,
    caller: &Caller,
    of: &Of,
    is_over: bool,
    ((at, id), most): ((i64, Id), usize),
) -> Result<Vec<Reminder>> {
    let user = preferences::user(caller)?;
    let mut sql = Sql::new();
    sql.push(SELECT).push_arg(caller.tenant);
    match of {
        Of::User => sql.push(" AND m.user_id = ").push_arg(user),
        Of::Records(records) => {
            sql.push(" AND m.record_id IN ").push_list(records.iter().copied()).push(" AND m.user_id IS NOT NULL");
            sql.push(" AND (m.user_id = ").push_arg(user).push(" OR m.created_by = ").push_arg(user).push(")")
        }
    };
    sql.push(if is_over { " AND m.fired_at IS NOT NULL" } else { " AND m.fired_at IS NULL" });
    sql.push(" AND (m.due_at, m.id) > (").push_arg(at).push(", ").push_arg(id).push(")");
    sql.push(" ORDER BY m.due_at, m.id LIMIT ").push_arg(i64::try_from(most).unwrap_or(i64::MAX));
    reader.rows(sql.statement()).await?.iter().map(Reminder::from_row).collect()
}
