//! Rules that an administrator sets: what no record of an object may be, and when a field is required. They are
//! filters, held against the new state of a record in memory before it is written, whoever writes it.
//!
//! Not here: how rules are defined and kept, see `definitions`.

use crate::{
    field::Field,
    filter::{Checked, Filter, RecordRef, World},
    layout::Record,
    object::{Labels, Object},
    permissions::Access,
    schema::Schema,
    value::Value,
};
use base::{Caller, Error, FieldError, Language, Message, Result, SystemCaller, TenantId, Timestamp, message};
use std::collections::{HashMap, HashSet};

/// A record that matches is refused with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub name: String,
    pub when: Filter,
    pub message: Labels,
}

/// On whose behalf rules are held against records: what they look at does not depend on the writer's rights.
pub fn caller(tenant: TenantId) -> Caller {
    SystemCaller::for_(tenant, "rules")
}

/// What is wrong with a filter that is to stand in a definition of the object.
pub fn problem(schema: &Schema, object: &Object, text: &str, tenant: TenantId, now: Timestamp) -> Option<Message> {
    let check = || -> Result<Option<Message>> {
        let filter = Filter::parse(text)?;
        let caller = caller(tenant);
        filter.check(&Access::new(schema, &caller), object, now)?;
        Ok(filter.own_fields().err())
    };
    match check() {
        Ok(problem) => problem,
        Err(Error::Invalid(errors)) => errors.into_iter().next().map(|error| error.message),
        Err(_) => Some(message!("invalid")),
    }
}

/// The rules of some objects, ready to be held against records at one moment.
pub struct Rules<'a>(HashMap<i64, OfObject<'a>>);

struct OfObject<'a> {
    refused: Vec<(&'a Rule, Checked<'a>)>,
    required: Vec<(usize, &'a Field, Checked<'a>)>,
}

impl<'a> Rules<'a> {
    /// A rule that has lost its sense, as when a new release knows a field no more, is left out and told of.
    pub fn new(access: &Access<'a>, objects: &HashSet<i64>, now: Timestamp) -> Rules<'a> {
        let mut all = HashMap::new();
        for object in objects.iter().filter_map(|id| access.schema.object_by_id(*id)) {
            let checked = |filter: &Filter| {
                let checked = filter.check(access, object, now);
                checked.inspect_err(|_| tracing::warn!(object = object.id, "a rule makes no sense any more")).ok()
            };
            let refused = object.rules.iter().filter_map(|rule| Some((rule, checked(&rule.when)?)));
            let conditions = object.fields.iter().enumerate();
            let required =
                conditions.filter_map(|(at, field)| Some((at, field, checked(field.required_when.as_ref()?)?)));
            let of_object = OfObject { refused: refused.collect(), required: required.collect() };
            if !of_object.refused.is_empty() || !of_object.required.is_empty() {
                all.insert(object.id, of_object);
            }
        }
        Rules(all)
    }

    /// Holds a record's new state against the rules of its object.
    ///
    /// # Errors
    /// A field error for each field that is missing; where none is, one for each rule that the record breaks, at the
    /// first field that the rule looks at and the writer may see.
    pub fn check(&self, access: &Access<'_>, object: &Object, record: &Record, language: Language) -> Result<()> {
        let Some(OfObject { refused, required }) = self.0.get(&object.id) else { return Ok(()) };
        let (alone, this) = (Alone { object, record }, RecordRef { object: object.id, id: record.id });
        let is_empty = |at: usize| record.values.get(at).is_none_or(Value::is_empty);
        let missing = required.iter().filter(|(at, _, when)| is_empty(*at) && when.matches(&alone, this));
        let mut errors: Vec<FieldError> = missing
            .map(|(_, field, _)| FieldError { field: field.name.clone(), message: message!("field-required") })
            .collect();
        if errors.is_empty() {
            let broken = refused.iter().filter(|(_, when)| when.matches(&alone, this));
            errors.extend(broken.map(|(rule, _)| FieldError {
                field: place(access, object, rule),
                message: message!("rule-broken", text = rule.message.in_language(language)),
            }));
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }
}

/// The field at which a writer is told of a broken rule.
fn place(access: &Access<'_>, object: &Object, rule: &Rule) -> String {
    let names = rule.when.own_fields().unwrap_or_default();
    let visible = |name: &&str| object.field(name).is_some_and(|field| access.may_see(object, field));
    names.into_iter().find(visible).unwrap_or_default().to_owned()
}

/// A record by itself: nothing is known of those that it leads to.
struct Alone<'r> {
    object: &'r Object,
    record: &'r Record,
}

impl World for Alone<'_> {
    fn value(&self, _record: RecordRef, field: &Field) -> Value {
        let at = self.object.fields.iter().position(|own| own.id == field.id);
        at.and_then(|at| self.record.values.get(at)).cloned().unwrap_or_default()
    }

    fn lives(&self, _record: RecordRef) -> bool {
        true
    }

    fn pointing(&self, _object: &Object, _field: &Field, _to: RecordRef) -> Vec<RecordRef> {
        Vec::new()
    }
}
