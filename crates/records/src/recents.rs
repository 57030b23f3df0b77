//! What each user looked at last.
//!
//! A look at a record must not cost a write: looks are gathered in memory and written some at a time. What was gathered
//! within the last minute is lost with a program that is killed. These are traces of reading, not changes of data, so
//! the log of events does not tell of them.

use crate::{catalog::Records, object::Object, query::Question, search::Within, titles};
use base::{Caller, Id, Principal, Result, SystemCaller, TenantId, Timestamp};
use db::{Batch, Statement, sql};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// So many are kept of each user.
pub const MOST: usize = 100;

/// So many looks of a user are gathered, or looks of so long, before they are written.
const GATHERED: usize = 20;
const GATHERED_MS: i64 = 60_000;

/// A record that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// The object's name.
    pub object: String,
    pub id: Id,
    /// What the record is called, as far as the user may know.
    pub title: String,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    object: i64,
    record: Id,
    at: Timestamp,
}

/// Looks that are not written yet, by user.
#[derive(Debug, Default)]
pub struct Recents(Mutex<HashMap<(TenantId, Id), Vec<Look>>>);

/// A user has looked at a record in the browser; programs with tokens read too much to tell anything. Writes nothing,
/// or later.
pub fn looked_at(records: &Records, caller: &Caller, object: &Object, record: Id) {
    let Principal::User(user) = caller.principal else { return };
    let at = records.db().clock().now();
    if records.recents().gather((caller.tenant, user), Look { object: object.id, record, at }) {
        let (records, caller) = (records.clone(), caller.clone());
        #[expect(clippy::disallowed_methods, reason = "whoever reads does not wait for what is noted about it")]
        tokio::spawn(async move {
            if let Err(error) = write(&records, &caller, (caller.tenant, user)).await {
                tracing::warn!(target: "records", %error, "recently read records were not written");
            }
        });
    }
}

/// Notes a look at a record at once.
///
/// # Errors
/// `NotFound` where the caller may not read the record.
pub async fn note(question: &Question<'_>, object: &Object, record: Id) -> Result<()> {
    let (records, caller) = (question.records, question.caller);
    let view = question.view(object, Some("id"))?;
    question.get(object, record, &view, false).await?;
    let Some(user) = caller.principal.user() else { return Ok(()) };
    let at = records.db().clock().now();
    records.recents().gather((caller.tenant, user), Look { object: object.id, record, at });
    write(records, caller, (caller.tenant, user)).await
}

/// What the caller looked at last and may still read, the latest first.
pub async fn list(question: &Question<'_>, within: &Within, limit: usize) -> Result<Vec<Recent>> {
    let (records, caller) = (question.records, question.caller);
    let Some(user) = caller.principal.user() else { return Ok(Vec::new()) };
    let mut reader = records.db().reader(caller);
    let text = sql!("SELECT object_id, record_id, seen_at FROM recent WHERE tenant_id = ?1 AND user_id = ?2 LIMIT ?3");
    let most = i64::try_from(2 * MOST).unwrap_or(i64::MAX);
    let rows = reader.rows(Statement::new(text, [caller.tenant.into(), user.into(), most.into()])).await?;
    let mut looks = records.recents().gathered((caller.tenant, user));
    for row in rows.iter() {
        looks.push(Look { object: row.int(0)?, record: row.id(1)?, at: row.time(2)? });
    }
    latest(&mut looks);
    let access = question.access();
    let mut titles = HashMap::new();
    for object in question.catalog.schema.objects().iter().filter(|object| within.contains(object)) {
        let ids: Vec<Id> = looks.iter().filter(|look| look.object == object.id).map(|look| look.record).collect();
        titles.extend(titles::load(&mut reader, &access, records.db().dialect(), (object, false), &ids).await?);
    }
    let recent = |look: &Look| {
        let object = question.catalog.schema.object_by_id(look.object)?.name.clone();
        Some(Recent { object, id: look.record, title: titles.remove(&look.record)?, at: look.at })
    };
    Ok(looks.iter().filter_map(recent).take(limit).collect())
}

/// Forgets what the caller looked at.
pub async fn forget(records: &Records, caller: &Caller) -> Result<()> {
    let Some(user) = caller.principal.user() else { return Ok(()) };
    records.recents().drop_until((caller.tenant, user), Timestamp(i64::MAX));
    let mut batch = Batch::new();
    let text = sql!("DELETE FROM recent WHERE tenant_id = ?1 AND user_id = ?2");
    batch.run(Statement::new(text, [caller.tenant.into(), user.into()]));
    records.db().submit(caller, batch).await.map(drop)
}

/// Writes what was gathered of all users: before the program ends.
pub async fn write_all(records: &Records) -> Result<()> {
    for (tenant, user) in records.recents().users() {
        write(records, &SystemCaller::for_(tenant, "recently read records"), (tenant, user)).await?;
    }
    Ok(())
}

async fn write(records: &Records, caller: &Caller, (tenant, user): (TenantId, Id)) -> Result<()> {
    let looks = records.recents().gathered((tenant, user));
    let Some(last) = looks.iter().map(|look| look.at).max() else { return Ok(()) };
    let mut batch = Batch::new();
    for look in &looks {
        let text = sql!(
            "INSERT INTO recent (tenant_id, user_id, record_id, object_id, seen_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (tenant_id, user_id, record_id) DO UPDATE SET seen_at = excluded.seen_at
                WHERE recent.seen_at < excluded.seen_at"
        );
        let cells = [tenant.into(), user.into(), look.record.into(), look.object.into(), look.at.into()];
        batch.run(Statement::new(text, cells));
    }
    let text = sql!(
        "DELETE FROM recent WHERE tenant_id = ?1 AND user_id = ?2 AND record_id NOT IN (
            SELECT record_id FROM recent WHERE tenant_id = ?1 AND user_id = ?2
            ORDER BY seen_at DESC, record_id DESC LIMIT ?3)"
    );
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    batch.run(Statement::new(text, [tenant.into(), user.into(), most.into()]));
    records.db().submit(caller, batch).await?;
    records.recents().drop_until((tenant, user), last);
    Ok(())
}

/// Each record once, the latest look first.
fn latest(looks: &mut Vec<Look>) {
    looks.sort_by_key(|look| (look.record, std::cmp::Reverse(look.at)));
    looks.dedup_by_key(|look| look.record);
    looks.sort_by_key(|look| std::cmp::Reverse((look.at, look.record)));
    looks.truncate(MOST);
}

impl Recents {
    /// Whether it is time to write.
    fn gather(&self, user: (TenantId, Id), look: Look) -> bool {
        let mut all = self.all();
        let looks = all.entry(user).or_default();
        looks.push(look);
        latest(looks);
        let oldest = looks.last().map_or(look.at, |oldest| oldest.at);
        looks.len() >= GATHERED || look.at.0.saturating_sub(oldest.0) >= GATHERED_MS
    }

    fn gathered(&self, user: (TenantId, Id)) -> Vec<Look> {
        self.all().get(&user).cloned().unwrap_or_default()
    }

    fn drop_until(&self, user: (TenantId, Id), last: Timestamp) {
        let mut all = self.all();
        if let Some(looks) = all.get_mut(&user) {
            looks.retain(|look| look.at > last);
            if looks.is_empty() {
                all.remove(&user);
            }
        }
    }

    fn users(&self) -> Vec<(TenantId, Id)> {
        self.all().keys().copied().collect()
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<(TenantId, Id), Vec<Look>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_gathered_until_they_are_worth_a_write() {
        let (recents, user) = (Recents::default(), (TenantId(1), Id(7)));
        let look = |record: i64, at: i64| Look { object: 2, record: Id(record), at: Timestamp(at) };
        for record in 1..20 {
            assert!(!recents.gather(user, look(record, record)), "{record}");
        }
        assert!(!recents.gather(user, look(3, 50)), "the same again");
        assert!(recents.gather(user, look(20, 60)));
        assert_eq!(recents.gathered(user).first(), Some(&look(20, 60)));
        recents.drop_until(user, Timestamp(50));
        assert_eq!(recents.gathered(user), [look(20, 60)]);
        assert!(recents.gather(user, look(21, 60 + GATHERED_MS)), "the other one waits for a minute");
        recents.drop_until(user, Timestamp(i64::MAX));
        assert!(recents.users().is_empty());
    }
}
