//! What a decided change does to the tables: the row, its links, items and unique keys, its search terms, its event.

use super::{
    Decided, Op, Work,
    unique::{taken, unique_key},
};
use crate::{
    derived::Touched,
    field::{Field, Kind},
    fields,
    object::Object,
    permissions::Access,
    search::{Indexer, Learned, SCOPE_FIELDS},
    stored,
    value::Value,
};
use base::{Id, Result};
use db::{Batch, Cell, Event, Expect, Statement, sql};
use serde_json::{Map, Value as Json, json};

impl Work<'_> {
    /// Adds the statements of decided changes to a batch. The answer is to be handed to [`crate::search::Search::learn`]
    /// once the batch has committed.
    pub fn write(&self, decided: &[Decided], batch: &mut Batch) -> Result<Learned> {
        let mut indexer = self.records.search().indexer(self.caller.tenant);
        let mut touched = Touched::new(&self.catalog);
        for one in decided.iter().filter(|one| !one.is_idle()) {
            let object = self.catalog.object_by_id(one.after.object)?;
            self.write_row(object, one, batch)?;
            self.write_many(object, one, batch);
            self.write_files(object, one, batch);
            self.write_unique(object, one, batch);
            self.write_parting(object, one, batch)?;
            self.write_numbers(one, batch);
            index(object, one, &mut indexer);
            batch.log(self.event(object, one));
            touched.change(object, one.before.as_ref(), &one.after);
        }
        touched.push(self.caller.tenant, self.records.db().dialect(), batch)?;
        self.write_trees(decided, batch)?;
        Ok(indexer.finish(batch))
    }

    fn write_row(&self, object: &Object, one: &Decided, batch: &mut Batch) -> Result<()> {
        let layout = self.catalog.layout(object)?;
        let tenant = self.caller.tenant;
        match &one.before {
            None => batch.run(layout.insert(tenant, object, &one.after)),
            Some(before) => batch.expect(layout.update(tenant, object, before, &one.after), Expect::Fresh),
        }
        Ok(())
    }

    /// Links and items of the changed fields that hold many: the old ones go, the new ones come.
    fn write_many(&self, object: &Object, one: &Decided, batch: &mut Batch) {
        for &at in &one.changed {
            let (Some(field), Some(value)) = (object.fields.get(at), one.after.values.get(at)) else { continue };
            if !field.holds_many() {
                continue;
            }
            let had = one.before.as_ref().and_then(|before| before.values.get(at)).is_some_and(|v| !v.is_empty());
            let key = [Cell::from(self.caller.tenant), Cell::from(one.after.id), Cell::Int(field.id)];
            match field.kind {
                Kind::Relations => self.write_links(key, had, value, batch),
                _ => self.write_items(key, had, field, value, batch),
            }
        }
    }

    fn write_links(&self, key: [Cell; 3], had: bool, value: &Value, batch: &mut Batch) {
        if had {
            let text = sql!("DELETE FROM link WHERE tenant_id = ?1 AND from_id = ?2 AND field_id = ?3");
            batch.run(Statement::new(text, key.clone()));
        }
        for (position, link) in (0_i64..).zip(value.each().iter().filter_map(Value::link)) {
            let [from, until] = [link.from, link.until].map(|day| Cell::from(day.map(|day| day.to_string())));
            let rest = [Cell::from(link.id), Cell::Int(position), Cell::from(link.role.clone()), from, until];
            let text = sql!(
                "INSERT INTO link (tenant_id, from_id, field_id, to_id, position, role, from_day, until_day)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING"
            );
            batch.run(Statement::new(text, key.iter().cloned().chain(rest)));
        }
    }

    fn write_items(&self, key: [Cell; 3], had: bool, field: &Field, value: &Value, batch: &mut Batch) {
        if had {
            let text = sql!("DELETE FROM item WHERE tenant_id = ?1 AND record_id = ?2 AND field_id = ?3");
            batch.run(Statement::new(text, key.clone()));
        }
        let one = super::decide::one_of(field);
        for (position, value) in (0_i64..).zip(value.each()) {
            let shown = fields::kind(one.kind).to_text(&one, value, self.catalog.schema.names());
            let folded = stored::key(&one, value).unwrap_or_else(|| item_key(&one, &shown));
            let rest = [Cell::Int(position), Cell::Text(shown), Cell::Text(folded)];
            let text = sql!(
                "INSERT INTO item (tenant_id, record_id, field_id, position, value, key)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
            );
            batch.run(Statement::new(text, key.iter().cloned().chain(rest)));
        }
    }

    /// Keys that may stand only once among the living: the old ones are given up, the new ones taken or refused.
    fn write_unique(&self, object: &Object, one: &Decided, batch: &mut Batch) {
        let access = Access::new(&self.catalog.schema, self.caller);
        for (at, field) in object.fields.iter().enumerate().filter(|(_, field)| field.unique) {
            let old = one.before.as_ref().filter(|before| before.deleted_at.is_none());
            let old = old.and_then(|before| unique_key(field, before.values.get(at)?));
            let new = one.after.values.get(at).filter(|_| one.after.deleted_at.is_none());
            let new = new.and_then(|value| unique_key(field, value));
            if old == new {
                continue;
            }
            let key = |key: String| [Cell::from(self.caller.tenant), Cell::Int(field.id), Cell::Text(key)];
            if let Some(old) = old {
                let text = sql!("DELETE FROM unique_key WHERE tenant_id = ?1 AND field_id = ?2 AND key = ?3");
                batch.run(Statement::new(text, key(old)));
            }
            if let Some(new) = new {
                let text = sql!(
                    "INSERT INTO unique_key (tenant_id, field_id, key, record_id) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO NOTHING"
                );
                let expect = Expect::Free(taken(&access, object, field, &new));
                batch.expect(Statement::new(text, key(new).into_iter().chain([one.after.id.into()])), expect);
            }
        }
    }

    /// A record that was merged, has come back, and goes by itself is no part of any other.
    fn write_parting(&self, object: &Object, one: &Decided, batch: &mut Batch) -> Result<()> {
        let layout = self.catalog.layout(object)?;
        // To be merged and to come back takes two versions: what is younger was never merged.
        let is_old = one.before.as_ref().is_some_and(|before| layout.version_of(before) > 2);
        if one.op == Op::Bin && one.into.is_none() && is_old {
            let text = sql!("DELETE FROM link WHERE tenant_id = ?1 AND to_id = ?2 AND field_id = ?3");
            let cells = [self.caller.tenant.into(), one.after.id.into(), Cell::Int(crate::merge::ABSORBED)];
            batch.run(Statement::new(text, cells));
        }
        Ok(())
    }

    fn event(&self, object: &Object, one: &Decided) -> Event {
        let mut changes = Map::with_capacity(one.changed.len());
        for &at in &one.changed {
            let Some(field) = object.fields.get(at) else { continue };
            let old = one.before.as_ref().and_then(|before| before.values.get(at));
            changes.insert(field.name.clone(), self.sides(field, old, one.after.values.get(at)));
        }
        let kind = match one.op {
            Op::Create => "created",
            Op::Update if one.after.deleted_at.is_some() => "moved",
            Op::Update => "changed",
            Op::Bin if one.into.is_some() => "merged",
            Op::Bin => "binned",
            Op::Restore => "restored",
        };
        Event {
            action: self.action,
            kind,
            object: object.id,
            record: Some(one.after.id),
            changes: Json::Object(changes).to_string(),
            also: told(object, one),
        }
    }

    /// Before and after, as the API shows them; of foreign amounts a third part: what both were worth in the smallest
    /// unit of the base currency, so that an undo brings that back as well.
    fn sides(&self, field: &Field, old: Option<&Value>, new: Option<&Value>) -> Json {
        let home = &self.catalog.schema.settings.base_currency;
        let worth = [old, new].map(|value| match value {
            Some(Value::Money(money)) if money.currency != *home => money.base,
            _ => None,
        });
        match worth {
            [None, None] => json!([self.shown(field, old), self.shown(field, new)]),
            worth => json!([self.shown(field, old), self.shown(field, new), worth]),
        }
    }

    fn shown(&self, field: &Field, value: Option<&Value>) -> Json {
        value.map_or(Json::Null, |value| fields::to_json(field, value, self.catalog.schema.names()))
    }
}

/// What the change means to the search box.
fn index(object: &Object, one: &Decided, indexer: &mut Indexer) {
    let is_kept = |field: &Field| field.searched || SCOPE_FIELDS.contains(&field.name.as_str());
    let is_indexed = |at: &usize| object.fields.get(*at).is_some_and(is_kept);
    match one.op {
        Op::Update if one.after.deleted_at.is_some() => {}
        Op::Bin => indexer.remove(one.after.id),
        Op::Create | Op::Restore => indexer.put(object, one.after.id, &one.after.values, false),
        Op::Update if one.changed.iter().any(is_indexed) => {
            indexer.put(object, one.after.id, &one.after.values, true);
        }
        Op::Update => {}
    }
}

/// The records on whose time line this also stands.
fn told(object: &Object, one: &Decided) -> Vec<Id> {
    let on_timeline = |field: &Field| field.target.as_ref().is_some_and(|target| target.on_timeline);
    let fields = object.fields.iter().zip(&one.after.values).filter(|(field, _)| on_timeline(field));
    let linked = fields.flat_map(|(_, value)| value.each()).filter_map(Value::link).map(|link| link.id);
    linked.chain(one.into).collect()
}

/// What an item without a folded text is compared by.
fn item_key(field: &Field, shown: &str) -> String {
    match field.kind {
        Kind::Address => base::fold::key(shown),
        _ => shown.to_owned(),
    }
}
