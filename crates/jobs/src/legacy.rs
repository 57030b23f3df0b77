//! What a program that died has left behind, where it is certain that it did.

use base::{Result, SystemCaller};
use db::{Batch, Db, Statement, sql};

/// Ends all leases, so that work goes on at once instead of when they run out. Only for whoever opens a database that
/// one program has to itself: that it could be opened proves the one before dead.
pub async fn take_over(db: &Db) -> Result<()> {
    if !db.dialect().has_one_program() {
        return Ok(());
    }
    let caller = SystemCaller::for_(db.tenant(), "worker");
    let mut batch = Batch::new();
    let jobs = sql!("UPDATE job SET due_at = ?2 WHERE tenant_id = ?1 AND state = 'running' AND due_at > ?2");
    batch.run(Statement::new(jobs, [caller.tenant.into(), db.clock().now().into()]));
    let reactions = sql!("UPDATE reaction_cursor SET lease_until = 0 WHERE tenant_id = ?1 AND lease_until > 0");
    batch.run(Statement::new(reactions, [caller.tenant.into()]));
    db.submit(&caller, batch).await.map(drop)
}
