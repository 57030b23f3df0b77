//! Schedules as the database has them, for those who may see them: whoever made one, and administrators.

use super::Schedule;
use crate::catalog::Records;
use base::{Caller, Error, Id, Result, message};
use db::{Cell, Row, Statement};

/// Most that are listed.
const MOST_LISTED: i64 = 1_000;

const COLUMNS: &str =
    "id, name, object_id, shape, is_enabled, disabled_reason, turn, next_at, version, created_by, created_at";

fn schedule(row: Row<'_>) -> Result<Schedule> {
    Ok(Schedule {
        id: row.id(0)?,
        name: row.text(1)?.to_owned(),
        object: row.int(2)?,
        shape: serde_json::from_str(row.text(3)?).map_err(Error::internal)?,
        is_enabled: row.flag(4)?,
        disabled_reason: row.opt_text(5)?.map(str::to_owned),
        turn: row.int(6)?,
        next_at: row.opt_int(7)?.map(base::Timestamp),
        version: row.int(8)?,
        created_by: row.id(9)?,
        created_at: row.time(10)?,
    })
}

/// Those that the caller may see, the oldest first.
pub async fn list(records: &Records, caller: &Caller) -> Result<Vec<Schedule>> {
    let text = format!(
        "SELECT {COLUMNS} FROM export_schedule WHERE tenant_id = ?1 AND (?2 = 1 OR created_by = ?3) ORDER BY id LIMIT ?4"
    );
    let me = caller.principal.user().unwrap_or(Id(0));
    let cells = [caller.tenant.into(), Cell::Int(caller.plan.everything.into()), me.into(), MOST_LISTED.into()];
    let rows = records.db().reader(caller).once(Statement::new(std::sync::Arc::<str>::from(text), cells)).await?;
    rows.iter().map(schedule).collect()
}

/// One that the caller may see.
///
/// # Errors
/// `NotFound` also where it is another's.
pub async fn get(records: &Records, caller: &Caller, id: Id) -> Result<Schedule> {
    let found = load(records, caller, id).await?;
    let may_see = |schedule: &Schedule| {
        caller.plan.everything || caller.principal.user().is_some_and(|user| user == schedule.created_by)
    };
    found.filter(may_see).ok_or(Error::NotFound("export_schedule"))
}

/// What is written and given here has all rights of its owner: a token whose scopes leave only part of them has no
/// hand in it.
///
/// # Errors
/// `Forbidden`.
pub(super) fn whole(caller: &Caller) -> Result<()> {
    if caller.plan.narrowed { Err(Error::Forbidden(message!("export-schedule-scope"))) } else { Ok(()) }
}

/// One, whoever may see it.
pub(super) async fn load(records: &Records, caller: &Caller, id: Id) -> Result<Option<Schedule>> {
    let text = format!("SELECT {COLUMNS} FROM export_schedule WHERE tenant_id = ?1 AND id = ?2");
    let cells = [caller.tenant.into(), id.into()];
    let rows = records.db().reader(caller).once(Statement::new(std::sync::Arc::<str>::from(text), cells)).await?;
    rows.first().map(schedule).transpose()
}
