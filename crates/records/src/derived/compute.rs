//! Computed fields of records, worked out from their other fields: in memory where a record is written, and inside the
//! batch where figures have changed that they are made from.

use super::{expression, is_late};
use crate::{
    expression::{Expression, Place},
    layout::{Record, Selection, custom},
    object::Object,
    schema::Schema,
    sql::Sql,
};
use base::{Id, Result, TenantId};
use db::{Batch, Dialect, Rows, Statement};
use jiff::tz::TimeZone;
use std::{collections::BTreeSet, sync::Arc};

/// Most records that are looked at in one statement.
const TOGETHER: usize = 200;

/// All that is needed to work out the computed fields of an object. Made once for a catalogue.
#[derive(Debug)]
pub struct Computing {
    object: Object,
    /// The places of the computed fields, those first that others read.
    order: Vec<usize>,
    /// One of them is made from figures of other records.
    is_late: bool,
    selection: Selection,
    update: Arc<str>,
    base_currency: String,
    zone: TimeZone,
}

impl Computing {
    /// Nothing for an object without computed fields.
    pub fn new(schema: &Schema, object: &Object) -> Option<Computing> {
        let order = order(object);
        let late = |at: &usize| object.fields.get(*at).is_some_and(|field| is_late(object, field));
        let table = object.table_name();
        (!order.is_empty()).then(|| Computing {
            is_late: order.iter().any(late),
            order,
            selection: Selection::everything(schema, object, "r"),
            update: format!("UPDATE {table} SET custom = ?3 WHERE tenant_id = ?1 AND id = ?2").into(),
            base_currency: schema.settings.base_currency.clone(),
            zone: schema.reading().zone,
            object: object.clone(),
        })
    }

    /// The places of the computed fields.
    pub fn places(&self) -> &[usize] {
        &self.order
    }

    pub fn is_late(&self) -> bool {
        self.is_late
    }

    /// Works out the computed fields of a record whose other fields are as they shall be.
    pub fn work_out(&self, record: &mut Record) {
        let place = Place { base_currency: &self.base_currency, zone: &self.zone };
        for &at in &self.order {
            let field = self.object.fields.get(at);
            let Some((field, expression)) = field.and_then(|field| Some((field, expression(field)?))) else { continue };
            let value = expression.evaluate(&place, &self.object, record).value(field, &self.base_currency);
            if let Some(own) = record.values.get_mut(at) {
                *own = value;
            }
        }
    }

    /// Has the computed fields of records worked out inside a batch, from the records as they are then; whoever else
    /// changes them waits.
    pub fn push(computing: &Arc<Computing>, tenant: TenantId, dialect: Dialect, ids: &BTreeSet<Id>, batch: &mut Batch) {
        let ids: Vec<Id> = ids.iter().copied().collect();
        for some in ids.chunks(TOGETHER) {
            let own = Arc::clone(computing);
            batch.follow(computing.look(tenant, dialect, some), move |rows| own.changes(tenant, rows));
        }
    }

    fn look(&self, tenant: TenantId, dialect: Dialect, ids: &[Id]) -> Statement {
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&self.selection.columns).push(" FROM ").push(self.object.table_name());
        sql.push(" r WHERE r.tenant_id = ").push_arg(tenant).push(" AND r.id IN ").push_list(ids.iter().copied());
        sql.push(" ORDER BY r.id").push(dialect.row_lock().unwrap_or_default());
        sql.statement()
    }

    fn changes(&self, tenant: TenantId, mut rows: Rows) -> Result<Vec<Statement>> {
        let mut changes = Vec::new();
        for row in rows.cells.chunks_exact_mut(self.selection.width()) {
            let before = self.selection.record(&self.object, row)?;
            let mut after = before.clone();
            self.work_out(&mut after);
            if after.values != before.values {
                let cells = [tenant.into(), after.id.into(), custom(&self.object, &after)];
                changes.push(Statement::new(Arc::clone(&self.update), cells));
            }
        }
        Ok(changes)
    }
}

/// The places of an object's computed fields, those first that others read.
fn order(object: &Object) -> Vec<usize> {
    let all = object.fields.iter().enumerate().filter(|(_, field)| !field.deleted);
    let mut open: Vec<_> = all.filter_map(|(at, field)| Some((at, &field.name, expression(field)?))).collect();
    let mut order = Vec::with_capacity(open.len());
    while !open.is_empty() {
        let waits = |expression: &Expression| {
            expression.fields().into_iter().any(|name| open.iter().any(|(_, own, _)| *own == name))
        };
        let (later, now): (Vec<_>, Vec<_>) = open.iter().partition(|(_, _, expression)| waits(expression));
        if now.is_empty() {
            // A circle is refused when it is defined.
            break;
        }
        order.extend(now.iter().map(|(at, ..): &(usize, _, _)| *at));
        open = later;
    }
    order
}
