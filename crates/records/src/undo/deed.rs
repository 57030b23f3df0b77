//! What an action did to one record, all in all, and what would take it back. Pure.

use super::sides::{list_without, names_one};
use crate::{
    field::Field,
    fields::{self, Objects, Reading},
    layout::Record,
    object::Object,
    store::{Change, Led, Op},
    value::{Money, Value},
};
use base::{Error, Id, Message, Result, message};
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};

/// The sum of an action's events about one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    pub object: i64,
    pub record: Id,
    was_made: bool,
    /// The action changed it while it lay in the bin.
    lay_in_bin: bool,
    /// Into the bin (true) or out of it (false), as it came and as it ended.
    bin: Option<(bool, bool)>,
    /// By field: before the action and after it, as the API shows them, and what foreign amounts were worth.
    fields: Map<String, Json>,
}

/// One thing that stands in the way of an undo.
#[derive(Debug, Clone, PartialEq)]
pub struct Obstacle {
    pub object: i64,
    pub record: Id,
    pub field: Option<String>,
    pub message: Message,
}

impl Deed {
    pub fn new(object: i64, record: Id) -> Deed {
        Deed { object, record, was_made: false, lay_in_bin: false, bin: None, fields: Map::new() }
    }

    /// Adds an event, in the order in which they happened.
    pub fn add(&mut self, kind: &str, changes: Map<String, Json>) {
        match kind {
            "created" => self.was_made = true,
            "moved" => self.lay_in_bin = true,
            "binned" | "merged" => self.bin = Some((self.bin.is_none_or(|bin| bin.0), true)),
            "restored" => self.bin = Some((self.bin.is_some_and(|bin| bin.0), false)),
            _ => {}
        }
        for (name, pair) in changes {
            let Json::Array(mut sides) = pair else { continue };
            if let Some(known) = self.fields.get_mut(&name).and_then(|known| known.get_mut(1)) {
                *known = sides.get_mut(1).map(Json::take).unwrap_or_default();
            } else {
                self.fields.insert(name, Json::Array(sides));
            }
        }
    }

    /// Whether the action put the record into the bin, or took it out.
    pub fn went(&self) -> bool {
        self.bin.is_some()
    }

    /// Whether all that the action did to the record was to lead it from or to some others, which it put into the bin
    /// or took out of it: a merge, or the undo of one.
    pub fn moved_with(&self, others: &HashSet<String>) -> bool {
        let is_plain = !others.is_empty() && !self.was_made && self.bin.is_none() && !self.fields.is_empty();
        is_plain && self.fields.values().all(|sides| names_one(sides, others))
    }

    /// Whether the action took the record out of the bin.
    pub fn was_restored(&self) -> bool {
        self.ends_binned() == Some(false)
    }

    /// Whether the action ended with the record in the bin; `None` where it did not touch that.
    fn ends_binned(&self) -> Option<bool> {
        self.bin.filter(|(first, last)| first == last).map(|(_, last)| last)
    }

    /// The change that takes the deed back, as far as nothing stands in the way, and what does. No change where all is
    /// back already. `may_write` says so of a field for whoever takes it back.
    pub fn inverse(
        &self,
        object: &Object,
        now: &Record,
        looking: Looking<'_>,
        may_write: impl Fn(&Field) -> bool,
    ) -> (Option<Change>, Vec<Obstacle>) {
        let is_binned = now.deleted_at.is_some();
        let change = |op, values| {
            let in_bin = op == Op::Update && is_binned;
            let led = if in_bin { Led::Along } else { Led::ByItself };
            Some(Change { in_bin, led, brings_back: true, ..Change::new(op, self.object, self.record, values) })
        };
        if self.was_made {
            return match self.differs(object, now, looking).filter(|_| !looking.regardless) {
                _ if is_binned => (None, Vec::new()),
                Some(field) => (None, vec![self.obstacle(Some(field), message!("undo-changed-since"))]),
                None => (change(Op::Bin, Vec::new()), Vec::new()),
            };
        }
        let op = match self.ends_binned() {
            Some(true) if is_binned => Op::Restore,
            Some(false) if !is_binned => Op::Bin,
            Some(false) if self.fields.is_empty() => return (None, Vec::new()),
            _ if is_binned && !self.lay_in_bin => {
                return (None, vec![self.obstacle(None, message!("undo-binned-since"))]);
            }
            _ => Op::Update,
        };
        let (mut values, mut obstacles) = (Vec::new(), Vec::new());
        for (name, sides) in &self.fields {
            match self.old_value(object, now, looking, &may_write, (name, sides)) {
                Ok(value) => values.extend(value),
                Err(obstacle) => obstacles.push(obstacle),
            }
        }
        let is_idle = op == Op::Update && values.is_empty();
        (change(op, values).filter(|_| !is_idle), obstacles)
    }

    /// A field whose value is not the one that the record was made with.
    fn differs<'o>(&self, object: &'o Object, now: &Record, looking: Looking<'_>) -> Option<&'o str> {
        let made_with = |field: &Field| self.fields.get(&field.name).and_then(|sides| sides.get(1));
        let mut own = object.fields.iter().zip(&now.values).filter(|(field, _)| !field.read_only);
        let changed = own.find(|(field, value)| {
            !same(&fields::to_json(field, value, looking.objects), made_with(field).unwrap_or(&Json::Null))
        });
        changed.map(|(field, _)| field.name.as_str())
    }

    /// The value that a field had before; nothing where it has it again.
    fn old_value(
        &self,
        object: &Object,
        now: &Record,
        looking: Looking<'_>,
        may_write: &impl Fn(&Field) -> bool,
        (name, sides): (&String, &Json),
    ) -> Result<Option<(usize, Value)>, Obstacle> {
        let known = object.fields.iter().position(|field| field.name == *name);
        let Some((at, field)) = known.and_then(|at| Some((at, object.fields.get(at)?))) else {
            return Err(self.obstacle(None, message!("undo-field-gone")));
        };
        let [old, new] = [0, 1].map(|at| sides.get(at).unwrap_or(&Json::Null));
        let current = fields::to_json(field, now.values.get(at).unwrap_or(&Value::Empty), looking.objects);
        if same(&current, old) {
            return Ok(None);
        }
        if !may_write(field) {
            return Err(self.obstacle(None, message!("undo-not-allowed")));
        }
        if field.kind.is_file() && field.holds_many() {
            let [old, new] = [old, new].map(|side| fields::from_json(field, side, looking.reading).unwrap_or_default());
            return Ok(list_without(&old, &new, now.values.get(at).unwrap_or(&Value::Empty)).map(|value| (at, value)));
        }
        if !looking.regardless && !same(&current, new) {
            return Err(self.obstacle(Some(name), message!("undo-changed-since")));
        }
        let value = fields::from_json(field, old, looking.reading);
        let value = worth(value.map_err(|message| self.obstacle(Some(name), message))?, sides);
        let value = if value.is_empty() { self.single(object, now, looking, field) } else { value };
        Ok(Some((at, value)))
    }

    /// A field that holds many and is empty is told by its first's field: that one stands for both.
    fn single(&self, object: &Object, now: &Record, looking: Looking<'_>, field: &Field) -> Value {
        let place = |name| object.fields.iter().position(|other| other.name == name);
        let Some((at, first)) = field.first.and_then(place).and_then(|at| Some((at, object.fields.get(at)?))) else {
            return Value::Empty;
        };
        let old = self.fields.get(&first.name).and_then(|sides| sides.get(0));
        let value = match old {
            Some(old) => fields::from_json(first, old, looking.reading).unwrap_or_default(),
            None => now.values.get(at).cloned().unwrap_or_default(),
        };
        if value.is_empty() { Value::Empty } else { Value::Many(vec![value]) }
    }

    fn obstacle(&self, field: Option<&str>, message: Message) -> Obstacle {
        Obstacle { object: self.object, record: self.record, field: field.map(str::to_owned), message }
    }
}

/// A foreign amount with what it was worth before the action.
fn worth(value: Value, sides: &Json) -> Value {
    match (value, sides[2][0].as_i64()) {
        (Value::Money(money), Some(base)) => Value::Money(Money { base: Some(base), ..money }),
        (value, _) => value,
    }
}

/// How a deed is looked at when it is to be taken back.
#[derive(Clone, Copy)]
pub struct Looking<'a> {
    pub reading: &'a Reading,
    pub objects: &'a Objects,
    /// What others wrote since does not count.
    pub regardless: bool,
}

/// Nothing is written as null, and of fields that hold many as an empty list.
fn same(one: &Json, other: &Json) -> bool {
    let is_nothing = |json: &Json| json.is_null() || json.as_array().is_some_and(Vec::is_empty);
    one == other || is_nothing(one) && is_nothing(other)
}

/// The deeds of an action, from its events in order: object, record, kind, changes as stored.
pub fn deeds<'e>(events: impl Iterator<Item = (i64, Id, &'e str, &'e str)>) -> Result<Vec<Deed>> {
    let mut deeds: Vec<Deed> = Vec::new();
    let mut places = HashMap::new();
    for (object, record, kind, changes) in events {
        let at = *places.entry(record).or_insert_with(|| {
            deeds.push(Deed::new(object, record));
            deeds.len() - 1
        });
        if let Some(deed) = deeds.get_mut(at) {
            deed.add(kind, serde_json::from_str(changes).map_err(Error::internal)?);
        }
    }
    Ok(deeds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn deed(events: &[(&str, Json)]) -> Deed {
        let texts: Vec<String> = events.iter().map(|(_, changes)| changes.to_string()).collect();
        let events = events.iter().zip(&texts).map(|((kind, _), text)| (2, Id(9), *kind, text.as_str()));
        deeds(events).unwrap().remove(0)
    }

    #[test]
    fn several_changes_are_one() {
        let deed =
            deed(&[("changed", json!({"city": ["a", "b"]})), ("changed", json!({"city": ["b", "c"], "x": [1, 2]}))]);
        assert_eq!(Json::Object(deed.fields), json!({"city": ["a", "c"], "x": [1, 2]}));
    }

    #[test]
    fn a_foreign_amount_comes_back_as_what_it_was_worth() {
        let usd = |amount: &str| json!({"amount": amount, "currency": "USD"});
        let first = json!({"price": [usd("1.00"), usd("2.00"), [90, 180]]});
        let deed = deed(&[("changed", first), ("changed", json!({"price": [usd("2.00"), null, [170, null]]}))]);
        assert_eq!(deed.fields["price"], json!([usd("1.00"), null, [90, 180]]));
        let parsed = Value::Money(Money { minor: 100, currency: "USD".to_owned(), base: None });
        assert_eq!(
            worth(parsed, &deed.fields["price"]),
            Value::Money(Money { minor: 100, currency: "USD".to_owned(), base: Some(90) })
        );
    }

    #[test]
    fn there_and_back_is_nothing() {
        assert_eq!(deed(&[("binned", json!({})), ("restored", json!({}))]).ends_binned(), None);
        assert_eq!(deed(&[("binned", json!({}))]).ends_binned(), Some(true));
        assert_eq!(deed(&[("restored", json!({}))]).ends_binned(), Some(false));
        assert!(deed(&[("created", json!({"city": [null, "b"]})), ("changed", json!({"city": ["b", "c"]}))]).was_made);
    }

    #[test]
    fn nothing_is_an_empty_list_as_well() {
        assert!(same(&json!(null), &json!([])));
        assert!(!same(&json!(["a"]), &json!([])));
    }
}
