//! Tests of a place in a hierarchy: the part below a record is walked once, downwards, along the index of its field.

use super::Compiler;
use crate::{
    field::Part,
    filter::plan::{Source, Within},
    store::MOST_LEVELS,
};

impl Compiler<'_, '_> {
    pub(super) fn within(&mut self, within: &Within<'_>, alias: &str) {
        let Some(source) = within.way else {
            self.sql.push_column(alias, "id").push(" IN ");
            return self.part(within);
        };
        if source.field.holds_many() {
            return self.one_within(within, source, alias);
        }
        self.sql.push_field(self.dialect, alias, source.field, Part::Compared).push(" IN ");
        self.part(within);
    }

    /// One of the many that the field leads to stands there.
    fn one_within(&mut self, within: &Within<'_>, source: Source<'_>, alias: &str) {
        self.sql.push("(");
        if let Some(first) = source.first {
            self.sql.push_field(self.dialect, alias, first, Part::Compared).push(" IN ");
            self.part(within);
            self.sql.push(" OR ");
        }
        let link = self.sql.alias();
        self.sql.push_column(alias, "id").push(" IN (SELECT ").push_column(&link, "from_id");
        self.sql.push(" FROM link ").push_expression(&link);
        self.sql.push(" WHERE ").push_column(&link, "tenant_id").push(" = ").push_arg(self.access.caller.tenant);
        self.sql.push(" AND ").push_column(&link, "field_id").push(" = ").push_arg(source.field.id);
        self.sql.push(" AND ").push_column(&link, "to_id").push(" IN ");
        self.part(within);
        self.sql.push("))");
    }

    /// `(WITH RECURSIVE … SELECT …)`: the ids of that part of the tree.
    fn part(&mut self, within: &Within<'_>) {
        let (part, above, row) = (self.sql.alias(), self.sql.alias(), self.sql.alias());
        let table = within.object.table_name();
        self.sql.push("(WITH RECURSIVE ").push_expression(&part).push(" (id, level) AS (SELECT ");
        self.sql.push_column(&row, "id").push(", CAST(1 AS BIGINT) FROM ").push(table).push(" ").push_expression(&row);
        self.sql.push(" WHERE ");
        self.access.push_living_within(self.sql, within.object, &within.reach, &row);
        self.sql.push(" AND ").push_column(&row, "id").push(" = ").push_arg(within.top);
        self.sql.push(" UNION ALL SELECT ").push_column(&row, "id").push(", ").push_column(&above, "level");
        self.sql.push(" + 1 FROM ").push_expression(&part).push(" ").push_expression(&above);
        self.sql.push(" JOIN ").push(table).push(" ").push_expression(&row).push(" ON ");
        self.access.push_living_within(self.sql, within.object, &within.reach, &row);
        self.sql.push(" AND ").push_field(self.dialect, &row, within.up, Part::Compared);
        self.sql.push(" = ").push_column(&above, "id");
        self.sql.push(" WHERE ").push_column(&above, "level").push(" < ").push_arg(MOST_LEVELS);
        self.sql.push(") SELECT id FROM ").push_expression(&part).push(")");
    }
}
