//! The rules of change: pure functions from what is and what is wanted to what shall be.

use super::{
    Change, Decided, Led, Op, Work,
    load::Facts,
    numbers::Counters,
    retired::check_choices,
    trees::Trees,
    twins,
    unique::{Keys, check_unique},
};
use crate::{
    catalog::rate_field,
    derived, duplicates,
    field::{Field, Kind},
    layout::Record,
    object::Object,
    permissions::{Access, Action},
    rules::{self, Rules},
    stored::single,
    value::{Link, Money, Value},
};
use base::{Error, FieldError, Id, Result, message};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::HashMap;

/// What the changes of a unit have taken before the one at hand, and the rules that it is held against.
struct Claims<'a> {
    rules: Rules<'a>,
    keys: Keys,
    counters: Counters,
    trees: Trees,
}

impl Work<'_> {
    /// Decides each change by itself, on one snapshot. The outer error is a broken machine; the inner ones are
    /// the caller's.
    pub async fn decide(&self, changes: &[Change]) -> Result<Vec<Result<Decided>>> {
        self.decide_knowing(changes, HashMap::new()).await
    }

    /// As [`Work::decide`] where the records have been read already: by this caller, with the wanted side of the bin,
    /// and with their versions in the changes.
    pub async fn decide_knowing(&self, changes: &[Change], known: HashMap<Id, Record>) -> Result<Vec<Result<Decided>>> {
        let mut facts = self.facts(changes, known).await?;
        let system = rules::caller(self.caller.tenant);
        let objects = changes.iter().map(|change| change.object).collect();
        let rules = Rules::new(&Access::new(&self.catalog.schema, &system), &objects, self.now);
        let (counters, trees) = (std::mem::take(&mut facts.counters), std::mem::take(&mut facts.trees));
        let mut claims = Claims { keys: HashMap::new(), counters, trees, rules };
        let mut refusals = duplicates::refusals(self, changes).await?;
        let decide = |(at, change)| refusals.unless(at, || self.decide_one(change, &facts, &mut claims));
        Ok(changes.iter().enumerate().map(decide).collect())
    }

    fn decide_one(&self, change: &Change, facts: &Facts, claims: &mut Claims<'_>) -> Result<Decided> {
        let object = self.catalog.object_by_id(change.object)?;
        let change = super::files::known(object, change, facts)?;
        let change = change.as_ref();
        let mut decided = match change.op {
            Op::Create => self.decide_creation(object, change, facts)?,
            Op::Update => self.decide_update(object, change, facts)?,
            Op::Bin | Op::Restore => self.decide_bin(object, change, facts)?,
        };
        check_links(object, change, facts)?;
        if !change.brings_back {
            check_choices(object, &change.values, &decided.before.iter().collect::<Vec<_>>())?;
        }
        if !decided.is_idle() {
            self.catalog.feeds.compute(&mut decided.after);
        }
        let access = Access::new(&self.catalog.schema, self.caller);
        let is_led = matches!(change.led, Led::Along | Led::Back);
        if decided.after.deleted_at.is_none() && !decided.is_idle() && !is_led {
            claims.rules.check(&access, object, &decided.after, self.caller.language)?;
        }
        claims.trees.check(object, &decided)?;
        check_unique(&access, object, &decided, facts, &mut claims.keys)?;
        claims.trees.take(&access, object, &decided);
        // Last, so that a refused record takes no number.
        self.number(object, &mut decided, &mut claims.counters);
        if !decided.numbers.is_empty() {
            self.catalog.feeds.compute(&mut decided.after);
        }
        Ok(decided)
    }

    fn decide_creation(&self, object: &Object, change: &Change, facts: &Facts) -> Result<Decided> {
        let access = Access::new(&self.catalog.schema, self.caller);
        if !access.rights(object).create {
            return Err(refused(&access, object));
        }
        let after = self.begun(object, change, &facts.teams);
        check_required(object, &after, None)?;
        let changed = differing(object, None, &after);
        Ok(Decided { op: Op::Create, before: None, after, into: None, changed, numbers: Vec::new() })
    }

    /// The record that a creation makes, but for what is computed and counted. `teams` are the first ones of owners.
    pub fn begun(&self, object: &Object, change: &Change, teams: &HashMap<Id, Id>) -> Record {
        let values = vec![Value::Empty; object.fields.len()];
        let mut begun = Record { object: object.id, id: change.id, values, deleted_at: None };
        for (at, field) in object.fields.iter().enumerate() {
            set(&mut begun, at, self.initial(field));
        }
        if let Some(owner) = change.given(object, "owner") {
            let team = owner.link().and_then(|owner| teams.get(&owner.id).copied());
            let at = object.fields.iter().position(|field| field.name == "team").unwrap_or(usize::MAX);
            set(&mut begun, at, self.link("teams", team));
        }
        self.put(object, change, &mut begun);
        begun
    }

    fn initial(&self, field: &Field) -> Value {
        let user = self.caller.principal.user();
        let link = |object: &str, id: Option<Id>| self.link(object, id);
        match field.name.as_str() {
            "created_at" | "updated_at" => Value::Int(self.now.0),
            "created_by" | "updated_by" | "owner" => link("users", user),
            "team" => link("teams", self.caller.plan.teams.first().copied()),
            "version" => Value::Int(1),
            _ => {
                let derived = derived::at_first(field, &self.catalog.schema.settings.base_currency);
                derived.or_else(|| field.default.clone()).unwrap_or_default()
            }
        }
    }

    fn link(&self, object: &str, id: Option<Id>) -> Value {
        let object = self.catalog.schema.object(object).map(|object| object.id);
        object.zip(id).map_or(Value::Empty, |(object, id)| Value::Link(Link::to(object, id)))
    }

    fn decide_update(&self, object: &Object, change: &Change, facts: &Facts) -> Result<Decided> {
        let before = self.existing(object, change, facts)?;
        if !self.covers(object, Action::Update, before) {
            return Err(Error::Forbidden(message!("rights-change", object = object.name)));
        }
        let mut after = before.clone();
        self.put(object, change, &mut after);
        let given: Vec<usize> = change.values.iter().map(|(at, _)| *at).collect();
        check_required(object, &after, Some(&given))?;
        let changed = differing(object, Some(before), &after);
        if !changed.is_empty() {
            self.restamp(object, before, &mut after);
        }
        Ok(Decided { op: Op::Update, before: Some(before.clone()), after, into: None, changed, numbers: Vec::new() })
    }

    fn decide_bin(&self, object: &Object, change: &Change, facts: &Facts) -> Result<Decided> {
        let before = self.existing(object, change, facts)?;
        if !self.covers(object, Action::Delete, before) {
            return Err(Error::Forbidden(message!("rights-delete", object = object.name)));
        }
        let mut after = before.clone();
        after.deleted_at = (change.op == Op::Bin).then_some(self.now);
        if !change.values.is_empty() {
            if !self.covers(object, Action::Update, before) {
                return Err(Error::Forbidden(message!("rights-change", object = object.name)));
            }
            self.put(object, change, &mut after);
        }
        let changed = differing(object, Some(before), &after);
        self.restamp(object, before, &mut after);
        Ok(Decided { op: change.op, before: Some(before.clone()), after, into: None, changed, numbers: Vec::new() })
    }

    fn covers(&self, object: &Object, action: Action, record: &Record) -> bool {
        let link = |name: &str| {
            let at = object.fields.iter().position(|field| field.name == name)?;
            record.values.get(at).and_then(Value::link).map(|link| link.id)
        };
        Access::new(&self.catalog.schema, self.caller).reach(object, action).covers(link("owner"), link("team"))
    }

    fn existing<'f>(&self, object: &Object, change: &Change, facts: &'f Facts) -> Result<&'f Record> {
        let before = facts.records.get(&change.id).ok_or(Error::NotFound("record"))?;
        let version = self.catalog.layout(object)?.version_of(before);
        if change.if_match.is_some_and(|wanted| wanted != version) {
            return Err(Error::Stale);
        }
        Ok(before)
    }

    /// Puts the given values in, with what follows from them: twins and amounts in the base currency. An amount that
    /// stays, or comes back, keeps what it was worth, unless the record's own day has changed.
    fn put(&self, object: &Object, change: &Change, record: &mut Record) {
        let mut given = Vec::with_capacity(change.values.len());
        for (at, value) in &change.values {
            set(record, *at, value.clone());
            given.push(*at);
        }
        twins::align(object, record, &given);
        let money = |field: &Field| field.kind == Kind::Money && !field.holds_many() && field.derived.is_none();
        if object.fields.iter().any(money) {
            let day = self.rate_day(object, change, record);
            let dated = rate_field(object).is_some_and(|(at, _)| given.contains(&at));
            for (at, _) in object.fields.iter().enumerate().filter(|(_, field)| money(field)) {
                if let Some(Value::Money(amount)) = record.values.get_mut(at)
                    && (amount.base.is_none() || dated && !given.contains(&at))
                {
                    let base = self.catalog.in_base_currency(amount.minor, &amount.currency, day);
                    *amount = Money { base, ..amount.clone() };
                }
            }
        }
    }

    fn rate_day(&self, object: &Object, change: &Change, record: &Record) -> Date {
        let zone = &self.catalog.schema.reading().zone;
        let own = rate_field(object).and_then(|(at, _)| record_day(record.values.get(at)?, zone));
        own.or(change.rate_day).unwrap_or_else(|| self.now.date_in(zone))
    }

    /// Who changed it, when, and the next version.
    fn restamp(&self, object: &Object, before: &Record, after: &mut Record) {
        for (at, field) in object.fields.iter().enumerate() {
            match field.name.as_str() {
                "updated_at" | "updated_by" => set(after, at, self.initial(field)),
                "version" => {
                    let version = before.values.get(at).and_then(Value::int).unwrap_or(0);
                    set(after, at, Value::Int(version + 1));
                }
                _ => {}
            }
        }
    }
}

/// The calendar day of a date or an instant.
pub fn record_day(value: &Value, zone: &TimeZone) -> Option<Date> {
    match value {
        Value::Text(date) => base::time::parse_date(date),
        Value::Int(at) => Some(base::Timestamp(*at).date_in(zone)),
        _ => None,
    }
}

fn refused(access: &Access, object: &Object) -> Error {
    if access.may_read(object) {
        Error::Forbidden(message!("rights-create", object = object.name))
    } else {
        Error::NotFound("object")
    }
}

fn set(record: &mut Record, at: usize, value: Value) {
    if let Some(place) = record.values.get_mut(at) {
        *place = value;
    }
}

/// The fields that a person changed; the system's own stamps do not count.
fn differing(object: &Object, before: Option<&Record>, after: &Record) -> Vec<usize> {
    let differs = |at: &usize| {
        let field = object.fields.get(*at);
        let old = before.and_then(|before| before.values.get(*at)).unwrap_or(&Value::Empty);
        !field.is_none_or(|field| field.read_only) && after.values.get(*at) != Some(old)
    };
    (0..object.fields.len()).filter(differs).collect()
}

fn check_required(object: &Object, after: &Record, given: Option<&[usize]>) -> Result<()> {
    let missing = object.fields.iter().enumerate().filter(|(at, field)| {
        field.required
            && given.is_none_or(|given| given.contains(at))
            && after.values.get(*at).is_none_or(Value::is_empty)
    });
    let errors: Vec<FieldError> = missing
        .map(|(_, field)| FieldError { field: field.name.clone(), message: message!("field-required") })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

fn check_links(object: &Object, change: &Change, facts: &Facts) -> Result<()> {
    for (at, value) in &change.values {
        let Some(field) = object.fields.get(*at) else { continue };
        for link in value.each().iter().filter_map(Value::link) {
            if !facts.visible.contains(&link.id) && change.led != Led::Along {
                return Err(Error::field(&field.name, message!("relation-not-found", id = link.id)));
            }
            if link.id == change.id {
                return Err(Error::field(&field.name, message!("relation-to-itself")));
            }
        }
    }
    Ok(())
}

/// The field as each of its several values sees it.
pub fn one_of(field: &Field) -> Field {
    Field { kind: single(field.kind), many: false, ..field.clone() }
}
