//! Hierarchies: no record stands above itself, and no tree is deeper than filters walk. Said with the way that a circle
//! would take where that can be seen beforehand, and held again in the batch, behind a lock: two that each make half of
//! a circle at the same time do not both pass.
//!
//! Records in the bin keep their places in the tree, so that nothing has to be asked of those that come back.

mod walks;

use super::{Change, Decided, Led, Op, Work};
use crate::{field::Field, object::Object, permissions::Access, titles, value::Value};
use base::{Error, Id, Result, message};
use db::{Batch, Cell, Expect, Reader, Statement, sql};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most levels of a tree, the top among them.
pub const MOST_LEVELS: i64 = 50;

/// How many ids one query asks for.
const SLICE: usize = 500;

/// What stands in for a record on the way that the caller may not see.
const UNSEEN: &str = "…";

/// What is known of the trees that some changes touch, by field and record.
#[derive(Debug, Default)]
pub(super) struct Trees {
    above: HashMap<(i64, Id), Id>,
    /// How many levels hang below a record.
    below: HashMap<(i64, Id), i64>,
    /// What those are called that may be told of a circle.
    names: HashMap<Id, String>,
}

/// A record that is to stand below another one.
#[derive(Clone, Copy)]
struct Move {
    record: Id,
    above: Id,
    is_new: bool,
}

impl Trees {
    /// Whether a decided change keeps the trees of its object.
    pub(super) fn check(&self, object: &Object, decided: &Decided) -> Result<()> {
        let record = decided.after.id;
        for (field, above) in moves(object, decided) {
            let way = self.way_up(field.id, above);
            let circle = way.iter().position(|&id| id == record);
            if let Some(end) = circle {
                let shown = std::iter::once(&record).chain(way.iter().take(end + 1)).map(|id| self.name(*id));
                let path = shown.collect::<Vec<_>>().join(" → ");
                return Err(Error::field(&field.name, message!("hierarchy-circle", path = path)));
            }
            let levels = i64::try_from(way.len()).unwrap_or(i64::MAX) + 1 + self.below(field.id, record);
            if levels > MOST_LEVELS {
                return Err(Error::field(&field.name, message!("hierarchy-too-deep", most = MOST_LEVELS)));
            }
        }
        Ok(())
    }

    /// Takes a change into account before those that stand in front of it: the survivor of a merge, and what goes back to
    /// the others when it is undone. Only at the end is there a tree.
    fn foresee(&mut self, field: i64, at: usize, change: &Change) {
        let value = change.values.iter().find(|(place, _)| *place == at).map(|(_, value)| value);
        let Some(value) = value.filter(|_| matches!(change.led, Led::Survivor | Led::Back)) else { return };
        match value.link() {
            Some(above) => self.above.insert((field, change.id), above.id),
            None => self.above.remove(&(field, change.id)),
        };
    }

    /// Takes a change that was decided into account for those behind it.
    pub(super) fn take(&mut self, access: &Access<'_>, object: &Object, decided: &Decided) {
        if object.hierarchies().next().is_none() {
            return;
        }
        let record = decided.after.id;
        for (at, field) in object.hierarchies().filter(|(at, _)| decided.changed.contains(at)) {
            let Some(above) = decided.after.values.get(at).and_then(Value::link) else {
                self.above.remove(&(field.id, record));
                continue;
            };
            self.above.insert((field.id, record), above.id);
            let mut levels = self.below(field.id, record);
            for id in self.way_up(field.id, above.id) {
                levels += 1;
                let known = self.below.entry((field.id, id)).or_default();
                *known = levels.max(*known);
            }
        }
        if decided.op == Op::Create {
            let fields = titles::fields(access, object);
            let value = |field: &&Field| {
                let at = object.fields.iter().position(|other| other.name == field.name);
                at.and_then(|at| decided.after.values.get(at)).cloned().unwrap_or_default()
            };
            let values: Vec<Value> = fields.iter().map(value).collect();
            self.names.insert(record, titles::title(access, object, &fields, &values));
        }
    }

    /// The record itself and those above it, as far as the tree may go.
    fn way_up(&self, field: i64, from: Id) -> Vec<Id> {
        let up = |id: &Id| self.above.get(&(field, *id)).copied();
        let most = usize::try_from(MOST_LEVELS + 1).unwrap_or(usize::MAX);
        std::iter::successors(Some(from), up).take(most).collect()
    }

    fn below(&self, field: i64, record: Id) -> i64 {
        self.below.get(&(field, record)).copied().unwrap_or(0)
    }

    fn name(&self, id: Id) -> &str {
        self.names.get(&id).map(String::as_str).filter(|name| !name.is_empty()).unwrap_or(UNSEEN)
    }
}

impl Work<'_> {
    /// Reads what stands above the new places of records, and how much hangs below those that move.
    pub(super) async fn trees(&self, reader: &mut Reader, changes: &[Change]) -> Result<Trees> {
        let mut trees = Trees::default();
        let objects: HashSet<i64> = changes.iter().map(|change| change.object).collect();
        for object in objects {
            let object = self.catalog.object_by_id(object)?;
            let own = || changes.iter().filter(|change| change.object == object.id);
            for (at, field) in object.hierarchies() {
                let moves: Vec<Move> = own().filter_map(|change| wanted(change, at)).collect();
                if moves.is_empty() {
                    continue;
                }
                let above: HashSet<Id> = moves.iter().map(|wish| wish.above).collect();
                self.read_above(reader, object, field, &above.into_iter().collect::<Vec<_>>(), &mut trees).await?;
                own().for_each(|change| trees.foresee(field.id, at, change));
                let moved: HashSet<Id> = moves.iter().filter(|wish| !wish.is_new).map(|wish| wish.record).collect();
                self.read_below(reader, object, field, &moved.into_iter().collect::<Vec<_>>(), &mut trees).await?;
                self.read_names(reader, (object, field), &moves, &mut trees).await?;
            }
        }
        Ok(trees)
    }

    /// What they are called, as far as the caller may know, where a circle looks likely.
    async fn read_names(
        &self,
        reader: &mut Reader,
        (object, field): (&Object, &Field),
        moves: &[Move],
        trees: &mut Trees,
    ) -> Result<()> {
        let moved: HashSet<Id> = moves.iter().map(|wish| wish.record).collect();
        let mut ids: Vec<Id> = Vec::new();
        for wish in moves {
            let way = trees.way_up(field.id, wish.above);
            if way.iter().any(|id| moved.contains(id)) {
                ids.extend(way.into_iter().chain([wish.record]));
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let access = Access::new(&self.catalog.schema, self.caller);
        let dialect = self.records.db().dialect();
        for slice in ids.chunks(SLICE) {
            trees.names.extend(titles::load(reader, &access, dialect, (object, false), slice).await?);
        }
        Ok(())
    }

    /// Locks the trees that some changes touch, and holds them against circles as they are then.
    pub(super) fn write_trees(&self, decided: &[Decided], batch: &mut Batch) -> Result<()> {
        let mut moved: BTreeMap<i64, (&Object, &Field, Vec<Id>)> = BTreeMap::new();
        for one in decided {
            let object = self.catalog.object_by_id(one.after.object)?;
            for (field, _) in moves(object, one) {
                moved.entry(field.id).or_insert((object, field, Vec::new())).2.push(one.after.id);
            }
        }
        for (object, field, ids) in moved.into_values() {
            let text = sql!(
                "INSERT INTO hierarchy (tenant_id, field_id) VALUES (?1, ?2)
                 ON CONFLICT (tenant_id, field_id) DO UPDATE SET field_id = excluded.field_id"
            );
            batch.run(Statement::new(text, [self.caller.tenant.into(), Cell::Int(field.id)]));
            batch.expect(self.sound(object, field, &ids).statement(), Expect::Fresh);
        }
        Ok(())
    }
}

fn wanted(change: &Change, at: usize) -> Option<Move> {
    let (_, value) = change.values.iter().find(|(place, _)| *place == at)?;
    Some(Move { record: change.id, above: value.link()?.id, is_new: change.op == Op::Create })
}

/// The hierarchies in which a change gives its record another place below one, and that one.
fn moves<'o>(object: &'o Object, decided: &'o Decided) -> impl Iterator<Item = (&'o Field, Id)> {
    object.hierarchies().filter(|(at, _)| decided.changed.contains(at)).filter_map(|(at, field)| {
        let above = decided.after.values.get(at).and_then(Value::link)?;
        Some((field, above.id))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout::Record, value::Link};

    /// Moves `record` below `above` in a tree of `(record, above)` pairs; the path of the circle, or the first error's code.
    fn check(tree: &[(i64, i64)], below: i64, (record, above): (i64, i64)) -> Result<(), String> {
        let object = crate::standard::objects().remove(0);
        let (at, field) = object.hierarchies().next().unwrap();
        let mut trees = Trees::default();
        for &(record, above) in tree {
            trees.above.insert((field.id, Id(record)), Id(above));
        }
        trees.names.extend((1..=9).map(|id| (Id(id), id.to_string())));
        trees.below.insert((field.id, Id(record)), below);
        let mut values = vec![Value::Empty; object.fields.len()];
        values[at] = Value::Link(Link::to(object.id, Id(above)));
        let after = Record { object: object.id, id: Id(record), values, deleted_at: None };
        let changed = vec![at];
        let decided = Decided { op: Op::Update, before: None, after, into: None, changed, numbers: Vec::new() };
        trees.check(&object, &decided).map_err(|error| match error {
            Error::Invalid(errors) => {
                let message = &errors[0].message;
                let path = message.args.iter().find(|(name, _)| *name == "path").map(|(_, value)| value.clone());
                path.unwrap_or_else(|| message.code.to_owned())
            }
            other => panic!("{other}"),
        })
    }

    #[test]
    fn a_circle_is_told_with_its_way() {
        assert_eq!(check(&[(2, 1), (3, 2)], 0, (4, 3)), Ok(()));
        assert_eq!(check(&[(2, 1), (3, 2)], 2, (1, 3)), Err("1 → 3 → 2 → 1".to_owned()));
        assert_eq!(check(&[(20, 1), (3, 20)], 2, (1, 3)), Err("1 → 3 → … → 1".to_owned()));
        // A circle that is there already, elsewhere, ends the walk all the same.
        assert_eq!(check(&[(2, 3), (3, 2)], 0, (1, 3)), Err("hierarchy-too-deep".to_owned()));
    }

    #[test]
    fn a_tree_has_so_many_levels_at_most() {
        let chain: Vec<(i64, i64)> = (2..=48).map(|id| (id, id - 1)).collect();
        assert_eq!(check(&chain, 1, (100, 48)), Ok(()));
        assert_eq!(check(&chain, 2, (100, 48)), Err("hierarchy-too-deep".to_owned()));
    }
}
