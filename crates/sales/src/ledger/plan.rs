//! What a slice of a ledger does: customers and products that are missing, orders made or gone on with, a line a row.

use super::{
    known::{self, Known, folded},
    prepare::Part,
    row::{self, Objects, Told, Values, at},
};
use base::{FieldError, Id, Message, Result, message};
use db::Reader;
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use records::{
    import::{Outcome, Plan, Planned, Planner, RawRow},
    layout::Record,
    object::Object,
    store::{Change, Op, Work, record_day},
    value::{Link, Money, Value},
};
use std::collections::HashMap;

/// A ledger's map, ready to be followed.
#[derive(Debug)]
pub struct Ledger {
    pub contact: Part,
    pub product: Part,
    pub order: Part,
    pub line: Part,
    /// The action of this import: orders of other actions are left alone.
    pub action: Id,
}

impl Planner for Ledger {
    fn plan<'a>(
        &'a self,
        work: &'a Work<'a>,
        reader: &'a mut Reader,
        rows: &'a [RawRow],
        dropped: &'a [bool],
    ) -> BoxFuture<'a, Result<Plan>> {
        Box::pin(self.plan_rows(work, reader, rows, dropped))
    }

    fn merges_rows(&self) -> bool {
        true
    }

    fn keys(&self, row: &RawRow) -> Vec<String> {
        let parts = [("contact", &self.contact), ("product", &self.product), ("order", &self.order)];
        let key = |(name, part): (&str, &Part)| Some(format!("{name} {}", base::fold::key(row.cell(part.key?))));
        parts.into_iter().filter_map(key).collect()
    }
}

/// A slice on its way to a plan.
struct Slice<'a> {
    objects: Objects<'a>,
    known: Known,
    work: &'a Work<'a>,
    /// Places in the lists below, by folded key.
    contacts: HashMap<String, usize>,
    products: HashMap<String, usize>,
    orders: HashMap<String, usize>,
    contact_changes: Vec<Planned>,
    product_changes: Vec<Planned>,
    order_changes: Vec<Planned>,
    line_changes: Vec<Planned>,
}

impl Ledger {
    async fn plan_rows(&self, work: &Work<'_>, reader: &mut Reader, rows: &[RawRow], dropped: &[bool]) -> Result<Plan> {
        let object = |part: &Part| work.catalog.object_by_id(part.object);
        let objects = [object(&self.contact)?, object(&self.product)?, object(&self.order)?, object(&self.line)?];
        let is_dropped = |at: usize| dropped.get(at).copied().unwrap_or(false);
        let read = rows.iter().enumerate().map(|(at, row)| match is_dropped(at) {
            true => Err(Vec::new()),
            false => row::read(self, objects, row),
        });
        let read: Vec<_> = read.collect();
        let good: Vec<&Told> = read.iter().flatten().collect();
        let [contacts, products, orders, _] = objects;
        let known = known::look_up(work, reader, [contacts, products, orders], &good, self.action).await?;
        let mut slice = Slice {
            objects,
            known,
            work,
            contacts: HashMap::new(),
            products: HashMap::new(),
            orders: HashMap::new(),
            contact_changes: Vec::new(),
            product_changes: Vec::new(),
            order_changes: Vec::new(),
            line_changes: Vec::new(),
        };
        let outcomes = read.into_iter().enumerate().map(|(at, told)| match told {
            Ok(told) => slice.row(at, &told).unwrap_or_else(Outcome::Failed),
            Err(errors) => Outcome::Failed(errors),
        });
        let outcomes = outcomes.collect();
        Ok(Plan { changes: slice.changes(), outcomes, ..Plan::default() })
    }
}

type Row<T> = Result<T, Vec<FieldError>>;

impl Slice<'_> {
    fn row(&mut self, row: usize, told: &Told) -> Row<Outcome> {
        let [_, _, orders, lines] = self.objects;
        let order_key = folded(orders, "number", &told.order_key);
        let strange = self.known.orders.get(&order_key).is_some_and(|order| !self.known.own_orders.contains(&order.id));
        if strange {
            return Ok(Outcome::Skipped);
        }
        let total = total(lines, &told.line);
        let contact = told.contact_key.as_deref().map(|key| self.contact(row, key, &told.contact)).transpose()?;
        let product = self.product(row, told);
        let order = self.order(row, told, &order_key, contact, total)?;
        let mut values = told.line.clone();
        values.extend(at(lines, "order").map(|field| (field, link(orders, order))));
        values.extend(at(lines, "product").map(|field| (field, link(self.objects[1], product))));
        let id = self.work.records.db().ids().next();
        let change = Change { rate_day: self.day(told), ..Change::new(Op::Create, lines.id, id, values) };
        self.line_changes.push(Planned { change, rows: vec![row] });
        Ok(Outcome::Created)
    }

    /// The day whose rates convert the line's amounts: the order's.
    fn day(&self, told: &Told) -> Option<Date> {
        let placed = at(self.objects[2], "placed_at")?;
        let zone = &self.work.catalog.schema.reading().zone;
        told.order.iter().find(|(field, _)| *field == placed).and_then(|(_, value)| record_day(value, zone))
    }

    fn contact(&mut self, row: usize, key: &str, values: &Values) -> Row<Id> {
        let contacts = self.objects[0];
        let folded = folded(contacts, "external_id", key);
        match self.known.contacts.get(&folded).map(Vec::as_slice) {
            Some([id]) => return Ok(*id),
            Some([_, _, ..]) => return Err(wrong("contacts.external_id", message!("match-several", value = key))),
            _ => {}
        }
        if let Some(planned) = self.contacts.get(&folded).and_then(|&at| self.contact_changes.get_mut(at)) {
            planned.rows.push(row);
            return Ok(planned.change.id);
        }
        let mut values = values.clone();
        values.extend(at(contacts, "external_id").map(|field| (field, Value::Text(key.to_owned()))));
        let change = self.creation(contacts, values);
        let id = change.id;
        self.contacts.insert(folded, self.contact_changes.len());
        self.contact_changes.push(Planned { change, rows: vec![row] });
        Ok(id)
    }

    /// The product; of several names the last one stays.
    fn product(&mut self, row: usize, told: &Told) -> Id {
        let products = self.objects[1];
        let folded = folded(products, "code", &told.product_key);
        if let Some(planned) = self.products.get(&folded).and_then(|&at| self.product_changes.get_mut(at)) {
            planned.rows.push(row);
            put_all(&mut planned.change.values, &told.product);
            return planned.change.id;
        }
        let mut values = told.product.clone();
        let change = match self.known.products.get(&folded) {
            Some(product) => Change::new(Op::Update, products.id, product.id, values),
            None => {
                values.extend(at(products, "code").map(|field| (field, Value::Text(told.product_key.clone()))));
                self.creation(products, values)
            }
        };
        let id = change.id;
        self.products.insert(folded, self.product_changes.len());
        self.product_changes.push(Planned { change, rows: vec![row] });
        id
    }

    /// The order, its total grown by the line's.
    fn order(&mut self, row: usize, told: &Told, key: &str, contact: Option<Id>, total: Option<Money>) -> Row<Id> {
        let orders = self.objects[2];
        if let Some(planned) = self.orders.get(key).and_then(|&at| self.order_changes.get_mut(at)) {
            grow(orders, &mut planned.change.values, None, total)?;
            planned.rows.push(row);
            return Ok(planned.change.id);
        }
        let mut values = Vec::new();
        let change = match self.known.orders.get(key) {
            Some(order) => {
                grow(orders, &mut values, Some(order), total)?;
                Change::new(Op::Update, orders.id, order.id, values)
            }
            None => {
                values.clone_from(&told.order);
                values.extend(at(orders, "number").map(|field| (field, Value::Text(told.order_key.clone()))));
                values.extend(at(orders, "contact").zip(contact).map(|(field, id)| (field, link(self.objects[0], id))));
                let currency = total.as_ref().map(|total| Value::Text(total.currency.clone()));
                values.extend(at(orders, "currency").zip(currency));
                if at(orders, "shipped_at").is_some_and(|field| values.iter().any(|(place, _)| *place == field)) {
                    values.extend(at(orders, "status").map(|field| (field, Value::Text("shipped".to_owned()))));
                }
                grow(orders, &mut values, None, total)?;
                self.creation(orders, values)
            }
        };
        let id = change.id;
        self.orders.insert(key.to_owned(), self.order_changes.len());
        self.order_changes.push(Planned { change, rows: vec![row] });
        Ok(id)
    }

    fn creation(&self, object: &Object, values: Values) -> Change {
        Change::new(Op::Create, object.id, self.work.records.db().ids().next(), values)
    }

    /// What is referred to comes first.
    fn changes(self) -> Vec<Planned> {
        let Slice { contact_changes, product_changes, order_changes, line_changes, .. } = self;
        contact_changes.into_iter().chain(product_changes).chain(order_changes).chain(line_changes).collect()
    }
}

fn put_all(values: &mut Values, newer: &Values) {
    for (field, value) in newer {
        values.retain(|(place, _)| place != field);
        values.push((*field, value.clone()));
    }
}

fn link(object: &Object, id: Id) -> Value {
    Value::Link(Link::to(object.id, id))
}

fn total(lines: &Object, values: &Values) -> Option<Money> {
    let field = at(lines, "total")?;
    values.iter().find(|(place, _)| *place == field).and_then(|(_, value)| match value {
        Value::Money(money) => Some(money.clone()),
        _ => None,
    })
}

/// Adds an amount to the order's total: to the one in `values`, else to the stored one.
fn grow(orders: &Object, values: &mut Values, stored: Option<&Record>, more: Option<Money>) -> Row<()> {
    let (Some(field), Some(more)) = (at(orders, "total"), more) else { return Ok(()) };
    let planned = values.iter().find(|(place, _)| *place == field).map(|(_, value)| value);
    let before = planned.or_else(|| stored.and_then(|order| order.values.get(field)));
    let sum = match before {
        Some(Value::Money(before)) if before.currency != more.currency => {
            return Err(wrong("orders.total", message!("ledger-currencies-mixed")));
        }
        Some(Value::Money(before)) => Money { minor: before.minor.saturating_add(more.minor), ..more },
        _ => more,
    };
    values.retain(|(place, _)| *place != field);
    values.push((field, Value::Money(sum)));
    Ok(())
}

fn wrong(field: &str, message: Message) -> Vec<FieldError> {
    vec![FieldError { field: field.to_owned(), message }]
}
