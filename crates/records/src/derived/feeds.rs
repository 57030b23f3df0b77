//! Which records' figures depend on which other records, and those that a batch has touched.

use super::{compute::Computing, rollups, statement::Recompute};
use crate::{catalog::Catalog, layout::Record, object::Object, schema::Schema, store::seen, value::Value};
use base::{Id, Result, TenantId};
use db::{Batch, Dialect};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// What feeds rolled-up fields, by the object of the records that feed them. Made once for a catalogue.
#[derive(Debug, Default)]
pub struct Feeds {
    of: HashMap<i64, Vec<Feed>>,
    /// The objects that have rolled-up fields.
    rolled: BTreeSet<i64>,
    /// Those that have computed ones.
    computing: HashMap<i64, Arc<Computing>>,
}

/// Records of one object feed figures of another.
#[derive(Debug)]
struct Feed {
    /// Whose figures.
    object: i64,
    /// The place of the field that leads there.
    relation: usize,
    /// The places of the fields that the figures depend on.
    inputs: BTreeSet<usize>,
}

impl Feeds {
    pub fn new(schema: &Schema) -> Feeds {
        let mut feeds = Feeds::default();
        for object in schema.objects() {
            feeds.computing.extend(Computing::new(schema, object).map(|own| (object.id, Arc::new(own))));
            for (_, rollup) in rollups(object) {
                feeds.rolled.insert(object.id);
                let Some(inverse) = rollup.inverse(schema, object) else { continue };
                let place = |name: &str| inverse.object.fields.iter().position(|field| field.name == name);
                let Some(relation) = place(&inverse.field.name) else { continue };
                let inputs = rollup.inputs().filter_map(place).collect::<BTreeSet<usize>>();
                let all = feeds.of.entry(inverse.object.id).or_default();
                match all.iter_mut().find(|feed| feed.object == object.id && feed.relation == relation) {
                    Some(feed) => feed.inputs.extend(inputs),
                    None => all.push(Feed { object: object.id, relation, inputs }),
                }
            }
        }
        feeds
    }

    /// Works out the computed fields of a record whose other fields are as they shall be.
    pub fn compute(&self, record: &mut Record) {
        if let Some(computing) = self.computing.get(&record.object) {
            computing.work_out(record);
        }
    }

    /// Whether the object has rolled-up fields.
    pub fn is_rolled(&self, object: &Object) -> bool {
        self.rolled.contains(&object.id)
    }
}

/// The records whose figures a batch has touched: each is worked out once, in the order of their ids, at its end.
pub struct Touched<'c> {
    catalog: &'c Catalog,
    ids: BTreeMap<i64, BTreeSet<Id>>,
    /// Those whose computed fields are worked out although no figure of theirs has changed.
    alone: BTreeMap<i64, BTreeSet<Id>>,
}

impl<'c> Touched<'c> {
    pub fn new(catalog: &'c Catalog) -> Touched<'c> {
        Touched { catalog, ids: BTreeMap::new(), alone: BTreeMap::new() }
    }

    /// A record's own figures may have been overwritten: its row was.
    pub fn row(&mut self, object: &Object, id: Id) {
        if self.catalog.feeds.is_rolled(object) {
            self.ids.entry(object.id).or_default().insert(id);
        }
    }

    /// As [`Touched::row`] where nobody has worked out the record's computed fields, or not from what stands there.
    pub fn anew(&mut self, object: &Object, id: Id) {
        self.row(object, id);
        if self.catalog.feeds.computing.contains_key(&object.id) {
            self.alone.entry(object.id).or_default().insert(id);
        }
    }

    /// A record's computed fields may come out differently: so may the figures that are made from them.
    pub fn led_by_computed(&mut self, object: &Object, record: &Record) {
        let computed = self.catalog.feeds.computing.get(&object.id).map(|own| own.places()).unwrap_or_default();
        let feeds = self.catalog.feeds.of.get(&object.id).into_iter().flatten();
        for feed in feeds.filter(|feed| computed.iter().any(|at| feed.inputs.contains(at))) {
            self.ids
                .entry(feed.object)
                .or_default()
                .extend(feed.side(object, record).into_iter().flat_map(|side| side.to));
        }
    }

    /// A record was written: what it led to, and what it leads to now, has other figures.
    pub fn change(&mut self, object: &Object, before: Option<&Record>, after: &Record) {
        if before.is_some() {
            self.row(object, after.id);
        }
        for feed in self.catalog.feeds.of.get(&object.id).into_iter().flatten() {
            let (old, new) = (before.and_then(|record| feed.side(object, record)), feed.side(object, after));
            if old == new {
                continue;
            }
            let ids = [old, new].into_iter().flatten().flat_map(|side| side.to);
            self.ids.entry(feed.object).or_default().extend(ids);
        }
    }

    /// Adds what works the figures out to a batch whose changes stand before it.
    pub fn push(mut self, tenant: TenantId, dialect: Dialect, batch: &mut Batch) -> Result<()> {
        for (object, ids) in std::mem::take(&mut self.ids) {
            let object = self.catalog.object_by_id(object)?;
            if let Some(recompute) = Recompute::new(&self.catalog.schema, tenant, dialect, object) {
                ids.iter().for_each(|id| recompute.push(*id, batch));
            }
            if self.catalog.feeds.computing.get(&object.id).is_some_and(|computing| computing.is_late()) {
                self.alone.entry(object.id).or_default().extend(ids);
            }
        }
        for (object, ids) in &self.alone {
            if let Some(computing) = self.catalog.feeds.computing.get(object) {
                Computing::push(computing, tenant, dialect, ids, batch);
            }
        }
        Ok(())
    }
}

/// All of a record that figures of others depend on.
#[derive(PartialEq)]
struct Side<'r> {
    to: BTreeSet<Id>,
    inputs: Vec<Option<&'r Value>>,
}

impl Feed {
    /// Nothing where the record counts for nobody.
    fn side<'r>(&self, object: &Object, record: &'r Record) -> Option<Side<'r>> {
        if record.deleted_at.is_some() {
            return None;
        }
        let linked = seen(object, &record.values, self.relation);
        let to = linked.each().iter().filter_map(Value::link).filter(|link| link.object == self.object);
        let to: BTreeSet<Id> = to.map(|link| link.id).collect();
        let inputs = self.inputs.iter().map(|at| record.values.get(*at)).collect();
        (!to.is_empty()).then_some(Side { to, inputs })
    }
}
