//! The statements of the queue. Each that ends or keeps a job names its fence: of two who believe they hold the job,
//! only the later one can write.

use base::{Caller, Error, Id, Result, Timestamp};
use db::{Db, Event, Row, Rows, Statement, sql};
use serde_json::{Value, json};

/// How long a worker may be silent before its job goes to another.
pub(crate) const LEASE_MS: i64 = 30_000;
const FIRST_PAUSE_MS: i64 = 10_000;
const LONGEST_PAUSE_MS: i64 = 60 * 60 * 1_000;
/// Longer errors are cut: the log has all of it.
const ERROR_CHARS: usize = 2_000;

/// A job in a worker's hands.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub id: Id,
    pub kind: String,
    pub payload: Value,
    pub user: Option<Id>,
    /// From 1.
    pub attempt: i64,
    pub max_attempts: i64,
    pub fence: i64,
}

/// The next moment at which something may be due; `None` while the queue is empty.
pub(crate) async fn next_due(db: &Db, caller: &Caller) -> Result<Option<Timestamp>> {
    let text = sql!(
        "SELECT (SELECT MIN(due_at) FROM job WHERE tenant_id = ?1 AND priority = 0),
                (SELECT MIN(due_at) FROM job WHERE tenant_id = ?1 AND priority = 1),
                (SELECT MIN(due_at) FROM job WHERE tenant_id = ?1 AND priority = 2)"
    );
    let rows = db.reader(caller).once(Statement::new(text, [caller.tenant.into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let dues = [row.opt_int(0)?, row.opt_int(1)?, row.opt_int(2)?];
    Ok(dues.into_iter().flatten().min().map(Timestamp))
}

/// Takes up to `most` jobs, the urgent first: those whose turn has come, and those whose worker has fallen silent.
/// [`claimed`] reads what it gives back.
pub(crate) fn take(db: &Db, most: usize) -> Statement {
    let now = db.clock().now();
    // The condition stands outside too: two who look at the same moment find the same jobs, and the second to write
    // must see that they are taken.
    let text = sql!(
        "UPDATE job SET state = 'running', due_at = ?3, attempts = attempts + 1, fence = fence + 1
         WHERE tenant_id = ?1 AND due_at <= ?2 AND id IN (
             SELECT id FROM (
                 SELECT id, priority, due_at FROM (SELECT id, priority, due_at FROM job
                     WHERE tenant_id = ?1 AND priority = 0 AND due_at <= ?2 ORDER BY due_at LIMIT ?4) AS high
                 UNION ALL
                 SELECT id, priority, due_at FROM (SELECT id, priority, due_at FROM job
                     WHERE tenant_id = ?1 AND priority = 1 AND due_at <= ?2 ORDER BY due_at LIMIT ?4) AS normal
                 UNION ALL
                 SELECT id, priority, due_at FROM (SELECT id, priority, due_at FROM job
                     WHERE tenant_id = ?1 AND priority = 2 AND due_at <= ?2 ORDER BY due_at LIMIT ?4) AS low
             ) AS due ORDER BY priority, due_at LIMIT ?4)
         RETURNING id, kind, payload, user_id, attempts, max_attempts, fence, priority"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Statement::new(text, [db.tenant().into(), now.into(), lease(now).into(), most.into()])
}

/// The jobs that [`take`] has taken, the urgent first.
pub(crate) fn claimed(rows: &Rows) -> Result<Vec<Claim>> {
    let mut claims: Vec<(i64, Claim)> = rows.iter().map(|row| Ok((row.int(7)?, claim(row)?))).collect::<Result<_>>()?;
    claims.sort_by_key(|(priority, claim)| (*priority, claim.id));
    Ok(claims.into_iter().map(|(_, claim)| claim).collect())
}

fn claim(row: Row<'_>) -> Result<Claim> {
    Ok(Claim {
        id: row.id(0)?,
        kind: row.text(1)?.to_owned(),
        payload: serde_json::from_str(row.text(2)?).map_err(Error::internal)?,
        user: row.opt_id(3)?,
        attempt: row.int(4)?,
        max_attempts: row.int(5)?,
        fence: row.int(6)?,
    })
}

fn lease(now: Timestamp) -> Timestamp {
    Timestamp(now.0 + LEASE_MS)
}

/// Touches exactly one row as long as the job is still this worker's, and renews the lease.
pub(crate) fn hold(db: &Db, id: Id, fence: i64) -> Statement {
    let text = sql!("UPDATE job SET due_at = ?4 WHERE tenant_id = ?1 AND id = ?2 AND fence = ?3 AND state = 'running'");
    let until = lease(db.clock().now());
    Statement::new(text, [db.tenant().into(), id.into(), fence.into(), until.into()])
}

/// As [`hold`], after a piece of the work was done: what gets on has not failed, so its attempts count from here.
pub(crate) fn get_on(db: &Db, id: Id, fence: i64) -> Statement {
    let text = sql!(
        "UPDATE job SET due_at = ?4, attempts = 1
         WHERE tenant_id = ?1 AND id = ?2 AND fence = ?3 AND state = 'running'"
    );
    let until = lease(db.clock().now());
    Statement::new(text, [db.tenant().into(), id.into(), fence.into(), until.into()])
}

/// As [`hold`], and says how far the job has come.
pub(crate) fn progress(db: &Db, id: Id, fence: i64, progress: &Value) -> Statement {
    let text = sql!(
        "UPDATE job SET due_at = ?4, progress = ?5
         WHERE tenant_id = ?1 AND id = ?2 AND fence = ?3 AND state = 'running'"
    );
    let until = lease(db.clock().now());
    let args = [db.tenant().into(), id.into(), fence.into(), until.into(), progress.to_string().into()];
    Statement::new(text, args)
}

/// The job is done.
pub(crate) fn finish(db: &Db, claim: &Claim) -> Statement {
    let text = sql!(
        "UPDATE job SET state = 'done', due_at = NULL, unique_key = NULL, error = NULL, finished_at = ?4
         WHERE tenant_id = ?1 AND id = ?2 AND fence = ?3 AND state = 'running'"
    );
    let now = db.clock().now();
    Statement::new(text, [db.tenant().into(), claim.id.into(), claim.fence.into(), now.into()])
}

/// Back into the queue without counting the attempt.
pub(crate) fn give_back(db: &Db, claim: &Claim, at: Timestamp) -> Statement {
    let text = sql!(
        "UPDATE job SET state = 'waiting', due_at = ?4, attempts = attempts - 1
         WHERE tenant_id = ?1 AND id = ?2 AND fence = ?3 AND state = 'running'"
    );
    Statement::new(text, [db.tenant().into(), claim.id.into(), claim.fence.into(), at.into()])
}

/// Back into the queue after a failure, later each time.
pub(crate) fn retry(db: &Db, claim: &Claim, error: &str) -> Statement {
    let text = sql!(
        "UPDATE job SET state = 'waiting', due_at = ?4, error = ?5
         WHERE tenant_id = ?1 AND id = ?2 AND fence = ?3 AND state = 'running'"
    );
    let at = Timestamp(db.clock().now().0 + pause_ms(claim.attempt));
    let args = [db.tenant().into(), claim.id.into(), claim.fence.into(), at.into(), cut(error).into()];
    Statement::new(text, args)
}

/// Given up; it stays to be looked at, and perhaps tried again by hand.
pub(crate) fn bury(db: &Db, claim: &Claim, error: &str) -> Statement {
    let text = sql!(
        "UPDATE job SET state = 'dead', due_at = NULL, unique_key = NULL, error = ?4, finished_at = ?5
         WHERE tenant_id = ?1 AND id = ?2 AND fence = ?3 AND state = 'running'"
    );
    let now = db.clock().now();
    let args = [db.tenant().into(), claim.id.into(), claim.fence.into(), cut(error).into(), now.into()];
    Statement::new(text, args)
}

/// What is written into the log about a job.
pub(crate) fn event(db: &Db, kind: &'static str, job: Id, job_kind: &str) -> Event {
    let changes = json!({ "job": job_kind }).to_string();
    Event { action: db.ids().next(), kind, object: 0, record: Some(job), changes, also: Vec::new() }
}

/// 10 s, 20 s, 40 s … up to an hour.
pub(crate) fn pause_ms(attempt: i64) -> i64 {
    let doublings = u32::try_from(attempt.clamp(1, 20) - 1).unwrap_or(0);
    FIRST_PAUSE_MS.checked_shl(doublings).map_or(LONGEST_PAUSE_MS, |ms| ms.min(LONGEST_PAUSE_MS))
}

pub(crate) fn cut(error: &str) -> String {
    error.chars().take(ERROR_CHARS).collect()
}
