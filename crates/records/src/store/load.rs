//! What a decision must know first: the records as they are, and which of the mentioned ones the caller may see.

use super::{Change, Op, Work, numbers::Counters, trees::Trees};
use crate::value::File;
use crate::{
    layout::{Record, Selection},
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
    value::{Link, Value},
};
use base::{Id, Result};
use db::Reader;
use std::collections::{HashMap, HashSet};

/// The facts on which changes are decided, all from one snapshot.
#[derive(Debug, Default)]
pub struct Facts {
    /// The records to be changed that the caller may see.
    pub records: HashMap<Id, Record>,
    /// The referenced records that exist, are not in the bin, and that the caller may see.
    pub visible: HashSet<Id>,
    /// Unique keys that are taken: (field, key) → by whom.
    pub taken: HashMap<(i64, String), Id>,
    /// The first team of each owner that a creation names.
    pub teams: HashMap<Id, Id>,
    /// The named files that the caller may put into the records, by record and id.
    pub files: HashMap<(Id, i64), File>,
    /// The last numbers of the counters from which creations take.
    pub counters: Counters,
    /// The trees in which records get another place.
    pub(super) trees: Trees,
}

/// How many ids one query asks for.
const SLICE: usize = 500;

impl Work<'_> {
    /// Reads the facts that some changes need; nothing is read for what needs none, nor what is `known`.
    pub(super) async fn facts(&self, changes: &[Change], known: HashMap<Id, Record>) -> Result<Facts> {
        let mut reader = self.records.db().reader(self.caller);
        let mut facts = Facts { records: known, ..Facts::default() };
        for binned in [false, true] {
            let existing = changes.iter().filter(|c| c.op != Op::Create && c.is_of_bin() == binned);
            let unknown = existing.filter(|change| !facts.records.contains_key(&change.id));
            let unknown = grouped(unknown.map(|change| (change.object, change.id)));
            for (object, ids) in unknown {
                let object = self.catalog.object_by_id(object)?;
                for record in self.load(&mut reader, object, &ids, binned).await? {
                    facts.records.insert(record.id, record);
                }
            }
        }
        // What is made or comes back with the same changes can be referred to by them.
        let is_there = |change: &&Change| match change.op {
            Op::Create => true,
            Op::Restore => facts.records.contains_key(&change.id),
            Op::Update | Op::Bin => false,
        };
        let fresh: HashSet<Id> = changes.iter().filter(is_there).map(|change| change.id).collect();
        let mentioned = changes.iter().flat_map(|change| &change.values).flat_map(|(_, value)| value.each());
        let mentioned = mentioned.filter_map(Value::link).filter(|link| !fresh.contains(&link.id));
        for (object, ids) in grouped(mentioned.map(|link: &Link| (link.object, link.id))) {
            let object = self.catalog.object_by_id(object)?;
            facts.visible.extend(self.visible(&mut reader, object, &ids).await?);
        }
        facts.visible.extend(fresh);
        self.taken_keys(&mut reader, changes, &mut facts).await?;
        self.teams(&mut reader, changes, &mut facts).await?;
        self.files(&mut reader, changes, &mut facts).await?;
        facts.counters = self.counters(&mut reader, changes).await?;
        facts.trees = self.trees(&mut reader, changes).await?;
        Ok(facts)
    }

    async fn teams(&self, reader: &mut Reader, changes: &[Change], facts: &mut Facts) -> Result<()> {
        let mut owners = HashSet::new();
        for change in changes.iter().filter(|change| change.op == Op::Create) {
            let owner = change.given(self.catalog.object_by_id(change.object)?, "owner");
            owners.extend(owner.and_then(Value::link).map(|owner| owner.id));
        }
        let owners: Vec<Id> = owners.into_iter().collect();
        for slice in owners.chunks(SLICE) {
            let mut sql = Sql::new();
            sql.push("SELECT m.user_id, m.team_id FROM user_team m WHERE m.tenant_id = ").push_arg(self.caller.tenant);
            sql.push(" AND m.user_id IN ").push_list(slice.iter().copied()).push(" ORDER BY m.position");
            for row in reader.rows(sql.statement()).await?.iter() {
                facts.teams.entry(row.id(0)?).or_insert(row.id(1)?);
            }
        }
        Ok(())
    }

    /// Loads records that the caller may see, in no order: the living, or those in the bin.
    pub async fn load(&self, reader: &mut Reader, object: &Object, ids: &[Id], binned: bool) -> Result<Vec<Record>> {
        let access = Access::new(&self.catalog.schema, self.caller);
        let selection = Selection::everything(&self.catalog.schema, object, "r");
        let mut found = Vec::with_capacity(ids.len());
        for slice in ids.chunks(SLICE) {
            let mut sql = Sql::new();
            sql.push("SELECT ")
                .push_expression(&selection.columns)
                .push(" FROM ")
                .push(object.table_name())
                .push(" r WHERE ");
            access.push_rows(&mut sql, object, Action::Read, "r", binned);
            push_ids(&mut sql, "r", slice);
            let mut rows = reader.rows(sql.statement()).await?;
            for row in rows.cells.chunks_exact_mut(selection.width()) {
                found.push(selection.record(object, row)?);
            }
        }
        Ok(found)
    }

    /// Which of the ids are living records that the caller may see.
    pub async fn visible(&self, reader: &mut Reader, object: &Object, ids: &[Id]) -> Result<Vec<Id>> {
        let access = Access::new(&self.catalog.schema, self.caller);
        let mut found = Vec::with_capacity(ids.len());
        for slice in ids.chunks(SLICE) {
            let mut sql = Sql::new();
            sql.push("SELECT r.id FROM ").push(object.table_name()).push(" r WHERE ");
            access.push_living(&mut sql, object, Action::Read, "r");
            push_ids(&mut sql, "r", slice);
            for row in reader.rows(sql.statement()).await?.iter() {
                found.push(row.id(0)?);
            }
        }
        Ok(found)
    }

    async fn taken_keys(&self, reader: &mut Reader, changes: &[Change], facts: &mut Facts) -> Result<()> {
        let mut wanted: HashMap<i64, Vec<String>> = HashMap::new();
        for change in changes {
            let object = self.catalog.object_by_id(change.object)?;
            let restored = facts.records.get(&change.id).filter(|_| change.op == Op::Restore);
            let values = change.values.iter().map(|(at, value)| (*at, value));
            let restored = restored.into_iter().flat_map(|record| record.values.iter().enumerate());
            for (at, value) in values.chain(restored) {
                if let Some(field) = object.fields.get(at).filter(|field| field.unique)
                    && let Some(key) = super::unique::unique_key(field, value)
                {
                    wanted.entry(field.id).or_default().push(key);
                }
            }
        }
        for (field, keys) in wanted {
            for slice in keys.chunks(SLICE) {
                let mut sql = Sql::new();
                sql.push("SELECT key, record_id FROM unique_key WHERE tenant_id = ").push_arg(self.caller.tenant);
                sql.push(" AND field_id = ").push_arg(field).push(" AND key IN ");
                sql.push_list(slice.iter().map(String::as_str));
                for row in reader.rows(sql.statement()).await?.iter() {
                    facts.taken.insert((field, row.text(0)?.to_owned()), row.id(1)?);
                }
            }
        }
        Ok(())
    }
}

fn push_ids(sql: &mut Sql, alias: &str, ids: &[Id]) {
    sql.push(" AND ").push_column(alias, "id").push(" IN ").push_list(ids.iter().copied());
}

fn grouped(pairs: impl Iterator<Item = (i64, Id)>) -> HashMap<i64, Vec<Id>> {
    let mut groups: HashMap<i64, HashSet<Id>> = HashMap::new();
    for (object, id) in pairs {
        groups.entry(object).or_default().insert(id);
    }
    groups.into_iter().map(|(object, ids)| (object, ids.into_iter().collect())).collect()
}
