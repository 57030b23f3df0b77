//! The records that were merged into one: what happened to them stands on its time line.

use crate::{merge::ABSORBED, object::Object, query::Question, sql::Sql};
use base::{Error, Id, Result};
use db::Reader;

/// Merged records that one time line tells of.
const MOST: usize = 200;

impl Question<'_> {
    /// The record, and those that went into it, directly or not, and have not come back.
    pub async fn absorbed(&self, reader: &mut Reader, object: &Object, id: Id) -> Result<Vec<Id>> {
        let (mut all, mut next) = (vec![id], vec![id]);
        while !next.is_empty() && all.len() < MOST {
            let mut sql = Sql::new();
            sql.push("SELECT l.to_id FROM link l JOIN ").push(object.table_name());
            sql.push(" r ON r.tenant_id = l.tenant_id AND r.id = l.to_id WHERE l.tenant_id = ");
            sql.push_arg(self.caller.tenant).push(" AND l.field_id = ").push_arg(ABSORBED);
            sql.push(" AND l.from_id IN ").push_list(next.drain(..)).push(" AND r.deleted_at IS NOT NULL LIMIT 200");
            for row in reader.rows(sql.statement()).await?.iter() {
                let id = row.id(0)?;
                if !all.contains(&id) {
                    next.push(id);
                    all.push(id);
                }
            }
        }
        Ok(all)
    }

    /// The living record that a record is part of: itself, or what it was merged into and has not come back from.
    ///
    /// # Errors
    /// `NotFound` where there is none that the caller may read.
    pub async fn living(&self, reader: &mut Reader, object: &Object, id: Id) -> Result<Id> {
        let (mut known, mut next) = (vec![id], vec![id]);
        while !next.is_empty() && known.len() < MOST {
            let titles =
                crate::titles::load(reader, &self.access(), self.records.db().dialect(), (object, false), &next)
                    .await?;
            if let Some(living) = next.iter().find(|id| titles.contains_key(id)) {
                return Ok(*living);
            }
            let mut sql = Sql::new();
            sql.push("SELECT l.from_id FROM link l JOIN ").push(object.table_name());
            sql.push(" r ON r.tenant_id = l.tenant_id AND r.id = l.to_id WHERE l.tenant_id = ");
            sql.push_arg(self.caller.tenant).push(" AND l.field_id = ").push_arg(ABSORBED);
            sql.push(" AND l.to_id IN ").push_list(next.drain(..)).push(" AND r.deleted_at IS NOT NULL LIMIT 200");
            for row in reader.rows(sql.statement()).await?.iter() {
                let id = row.id(0)?;
                if !known.contains(&id) {
                    next.push(id);
                    known.push(id);
                }
            }
        }
        Err(Error::NotFound("record"))
    }
}
