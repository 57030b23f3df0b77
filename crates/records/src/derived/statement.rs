//! Rolled-up values in SQL: worked out inside the batch from what is stored, so that they are exact whoever else
//! writes at the same time and whenever the machine dies.

use super::{Function, Rollup, rollups};
use crate::{
    field::{Field, Kind, Part, Storage},
    filter,
    object::Object,
    permissions::Access,
    schema::Schema,
    sql::Sql,
};
use base::{Id, SystemCaller, TenantId, Timestamp};
use db::{Batch, Cell, Dialect, Statement};
use std::sync::Arc;

/// The largest sum of whole numbers whose average is worked out.
const MOST_AVERAGED: &str = "90000000000000000";

/// Works out all rolled-up fields of one record, anew, from the related records as they are.
pub struct Recompute {
    /// Waits for those who are changing the same record, where several can at once.
    lock: Option<Arc<str>>,
    text: Arc<str>,
    /// The tenant, the record's id, then the values in conditions.
    args: Vec<Cell>,
}

impl Recompute {
    /// Nothing for an object without rolled-up fields.
    pub fn new(schema: &Schema, tenant: TenantId, dialect: Dialect, object: &Object) -> Option<Recompute> {
        let caller = SystemCaller::for_(tenant, "rolled-up fields");
        let maker = Maker { access: Access::new(schema, &caller), dialect, object };
        let mut sql = Sql::new();
        let (own_tenant, own_id) = (sql.place(tenant), sql.place(Id(0)));
        let own = |alias: &str| format!("{alias}.tenant_id = {own_tenant} AND {alias}.id = {own_id}");
        let (mut document, mut before) = ("p.custom".to_owned(), "WITH made AS MATERIALIZED (SELECT ");
        for (field, rollup) in rollups(object) {
            let name = sql.alias();
            let Some(keys) = maker.push(&mut sql, before, field, rollup) else {
                tracing::warn!(object = object.id, field = field.id, "a rolled-up field makes no sense any more");
                continue;
            };
            sql.push(" AS ").push_expression(&name);
            document = dialect.json_put(&document, &keys, &format!("made.{name}"));
            before = ", ";
        }
        if before != ", " {
            return None;
        }
        let (table, document) = (object.table_name(), dialect.json_filled(&document));
        sql.push(" FROM ").push(table).push(" q WHERE ").push_expression(&own("q"));
        sql.push(") UPDATE ").push(table).push(" AS p SET custom = ").push_expression(&document);
        sql.push(" FROM made WHERE ").push_expression(&own("p"));
        sql.push(" AND p.custom IS DISTINCT FROM ").push_expression(&document);
        let lock = dialect.row_lock();
        let lock = lock.map(|lock| format!("SELECT id FROM {table} WHERE tenant_id = ?1 AND id = ?2{lock}").into());
        Some(Recompute { lock, text: sql.text().into(), args: sql.args().to_vec() })
    }

    /// Adds it to a batch for one record.
    pub fn push(&self, id: Id, batch: &mut Batch) {
        let mut args = self.args.clone();
        if let Some(place) = args.get_mut(1) {
            *place = id.into();
        }
        if let Some(lock) = &self.lock {
            batch.run(Statement::new(lock.clone(), args.iter().take(2).cloned()));
        }
        batch.run(Statement::new(self.text.clone(), args));
    }
}

struct Maker<'a> {
    access: Access<'a>,
    dialect: Dialect,
    object: &'a Object,
}

impl<'a> Maker<'a> {
    /// Writes a field's figure for the row `q` as a JSON object of the parts of its value; answers their keys. Writes
    /// nothing where the definition has lost its sense.
    fn push(&self, sql: &mut Sql, before: &'static str, field: &Field, rollup: &Rollup) -> Option<Vec<String>> {
        let inverse = rollup.inverse(self.access.schema, self.object)?;
        let known = |name: &Option<String>| name.as_deref().and_then(|name| inverse.object.field(name));
        let (source, by) = (known(&rollup.field), known(&rollup.by));
        let condition = match &rollup.condition {
            Some(filter) => Some(filter.check(&self.access, inverse.object, Timestamp(0)).ok()?),
            None => None,
        };
        let there = sql.alias();
        let parts = match (rollup.function, source) {
            (Function::Count, _) => vec![("", "count(*)".to_owned())],
            (_, None) => return None,
            (function, Some(source)) if function.picks() => self.parts(source, &there),
            (function, Some(source)) => self.amount(sql, field, &self.figure(function, source, &there)),
        };
        let members: Vec<(String, String)> = slots(field)
            .flat_map(|slot| parts.iter().map(move |(ending, value)| (format!("{slot}{ending}"), value.clone())))
            .collect();
        sql.push(before).push("(SELECT ").push_expression(&self.dialect.json_object(&members));
        filter::push_leading_here(sql, &self.access, self.dialect, inverse, condition.as_ref(), ("q", &there));
        if let Some(by) = by {
            let (by, way) = (by.expression(self.dialect, &there, Part::Compared), rollup.function == Function::Last);
            let order = [by.clone(), format!("{there}.id")].map(|one| self.dialect.order(&one, way)).join(", ");
            sql.push(" AND ").push_expression(&by).push(" IS NOT NULL ORDER BY ");
            sql.push_expression(&order).push(" LIMIT 1");
        }
        sql.push(")");
        Some(members.into_iter().map(|(key, _)| key).collect())
    }

    /// All parts of one value as it lies there.
    fn parts(&self, source: &Field, there: &str) -> Vec<(&'static str, String)> {
        let part = |part| source.expression(self.dialect, there, part);
        let mut parts = vec![("", part(Part::Value))];
        if source.kind.has_key() {
            parts.push(("k", part(Part::Compared)));
        }
        if source.kind == Kind::Money {
            parts.extend([("b", part(Part::Compared)), ("c", part(Part::Currency))]);
        }
        parts
    }

    /// A number; of money an amount in the base currency.
    fn amount(&self, sql: &mut Sql, field: &Field, figure: &str) -> Vec<(&'static str, String)> {
        let mut parts = vec![("", figure.to_owned())];
        if field.kind == Kind::Money {
            let currency = sql.place(self.access.schema.settings.base_currency.as_str());
            let currency = format!("CASE WHEN {figure} IS NOT NULL THEN CAST({currency} AS TEXT) END");
            parts.extend([("b", figure.to_owned()), ("c", currency)]);
        }
        parts
    }

    fn figure(&self, function: Function, source: &Field, there: &str) -> String {
        let value = source.expression(self.dialect, there, Part::Compared);
        match function {
            Function::Min => format!("min({value})"),
            Function::Max => format!("max({value})"),
            Function::Avg => {
                let finer = if matches!(source.kind, Kind::Integer | Kind::Rating) { 100 } else { 1 };
                average(&self.dialect.bounded_sum(&value), &format!("nullif(count({value}), 0)"), finer)
            }
            _ => self.dialect.bounded_sum(&value),
        }
    }
}

/// `sum × finer / count`, rounded half to even.
fn average(sum: &str, count: &str, finer: i64) -> String {
    let sum = format!("(CASE WHEN ({sum}) BETWEEN -{MOST_AVERAGED} AND {MOST_AVERAGED} THEN ({sum}) * {finer} END)");
    let (whole, twice) = (format!("({sum} / {count})"), format!("(2 * abs({sum} % {count}))"));
    format!(
        "{whole} + CASE WHEN {twice} > {count} OR {twice} = {count} AND {whole} % 2 <> 0 \
         THEN CASE WHEN {sum} < 0 THEN -1 ELSE 1 END ELSE 0 END"
    )
}

/// Where a field's values lie, and where they are on their way to.
fn slots(field: &Field) -> impl Iterator<Item = &str> {
    let own = match &field.storage {
        Storage::Slot(slot) => Some(slot.as_str()),
        Storage::Column(_) => None,
    };
    own.into_iter().chain(field.next_slot.as_deref())
}
