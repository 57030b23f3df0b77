//! Walks up and down a hierarchy in the database, over all records whoever may see them, the bin among them. None is
//! longer than a tree is deep, so that they end where there is a circle.

use super::{MOST_LEVELS, SLICE, Trees};
use crate::{
    field::{Field, Part},
    object::Object,
    permissions::Access,
    sql::Sql,
    store::Work,
};
use base::{Id, Result};
use db::Reader;

impl Work<'_> {
    pub(super) async fn read_above(
        &self,
        reader: &mut Reader,
        object: &Object,
        field: &Field,
        ids: &[Id],
        trees: &mut Trees,
    ) -> Result<()> {
        for slice in ids.chunks(SLICE) {
            let mut sql = Sql::new();
            sql.push("WITH RECURSIVE ");
            self.push_way_up(&mut sql, object, field, slice);
            sql.push(" SELECT DISTINCT up.id, up.above FROM up WHERE up.above IS NOT NULL");
            for row in reader.rows(sql.statement()).await?.iter() {
                trees.above.insert((field.id, row.id(0)?), row.id(1)?);
            }
        }
        Ok(())
    }

    pub(super) async fn read_below(
        &self,
        reader: &mut Reader,
        object: &Object,
        field: &Field,
        ids: &[Id],
        trees: &mut Trees,
    ) -> Result<()> {
        let access = Access::new(&self.catalog.schema, self.caller);
        for slice in ids.chunks(SLICE) {
            let mut sql = Sql::new();
            sql.push("WITH RECURSIVE down (start, id, level) AS (SELECT r.id, r.id, CAST(0 AS BIGINT) FROM ");
            sql.push(object.table_name()).push(" r WHERE ");
            access.push_object(&mut sql, object, "r");
            sql.push(" AND r.id IN ").push_list(slice.iter().copied());
            sql.push(" UNION SELECT d.start, r.id, d.level + 1 FROM down d JOIN ").push(object.table_name());
            sql.push(" r ON ");
            access.push_object(&mut sql, object, "r");
            sql.push(" AND ").push_field(self.records.db().dialect(), "r", field, Part::Compared);
            sql.push(" = d.id WHERE d.level < ").push_arg(MOST_LEVELS);
            sql.push(") SELECT d.start, max(d.level) FROM down d GROUP BY d.start");
            for row in reader.rows(sql.statement()).await?.iter() {
                trees.below.insert((field.id, row.id(0)?), row.int(1)?);
            }
        }
        Ok(())
    }

    /// Touches the row of the hierarchy if no way up or down from some records is too long. On PostgreSQL it must be a
    /// statement of its own: it sees what was committed while the one before it waited for the lock.
    pub(super) fn sound(&self, object: &Object, field: &Field, ids: &[Id]) -> Sql {
        let access = Access::new(&self.catalog.schema, self.caller);
        let mut sql = Sql::new();
        sql.push("UPDATE hierarchy SET field_id = field_id WHERE tenant_id = ").push_arg(self.caller.tenant);
        sql.push(" AND field_id = ").push_arg(field.id).push(" AND NOT EXISTS (WITH RECURSIVE ");
        self.push_way_up(&mut sql, object, field, ids);
        sql.push(", down (id, level) AS (SELECT u.start, max(u.level) FROM up u GROUP BY u.start UNION ");
        sql.push("SELECT r.id, d.level + 1 FROM down d JOIN ").push(object.table_name()).push(" r ON ");
        access.push_object(&mut sql, object, "r");
        sql.push(" AND ").push_field(self.records.db().dialect(), "r", field, Part::Compared);
        sql.push(" = d.id WHERE d.level <= ").push_arg(MOST_LEVELS);
        sql.push(") SELECT 1 FROM down d WHERE d.level > ").push_arg(MOST_LEVELS).push(")");
        sql
    }

    /// `up (start, id, above, level) AS (…)`: some records and all that stand above them, whoever may see them.
    fn push_way_up(&self, sql: &mut Sql, object: &Object, field: &Field, ids: &[Id]) {
        let access = Access::new(&self.catalog.schema, self.caller);
        let dialect = self.records.db().dialect();
        sql.push("up (start, id, above, level) AS (SELECT r.id, r.id, ").push_field(dialect, "r", field, Part::Value);
        sql.push(", CAST(1 AS BIGINT) FROM ").push(object.table_name()).push(" r WHERE ");
        access.push_object(sql, object, "r");
        sql.push(" AND r.id IN ").push_list(ids.iter().copied());
        sql.push(" UNION SELECT u.start, r.id, ").push_field(dialect, "r", field, Part::Value);
        sql.push(", u.level + 1 FROM up u JOIN ").push(object.table_name()).push(" r ON ");
        access.push_object(sql, object, "r");
        sql.push(" AND r.id = u.above WHERE u.level <= ").push_arg(MOST_LEVELS).push(")");
    }
}
