//! What a survivor takes over from the records that go into it. Pure.

use crate::{
    catalog::rate_field,
    field::Field,
    fields,
    layout::Record,
    object::Object,
    store::seen,
    value::{Money, Value},
};
use base::Id;

/// The survivor's new values: what was wanted; of fields that hold many all that any of the records has; and what it
/// lacks from the first that has it. It does not lead to itself.
pub fn values(
    object: &Object,
    survivor: &Record,
    others: &[&Record],
    wanted: &[(usize, Value)],
) -> Vec<(usize, Value)> {
    let gone: Vec<Id> = others.iter().map(|other| other.id).chain([survivor.id]).collect();
    let is_dated = rate_field(object).is_some();
    let mut values = wanted.to_vec();
    for (at, field) in object.fields.iter().enumerate() {
        if field.read_only || wanted.iter().any(|(given, _)| *given == at) || is_first(object, field) {
            continue;
        }
        let own = seen(object, &survivor.values, at);
        let all = others.iter().map(|other| seen(object, &other.values, at));
        let new = match field.holds_many() {
            true => united(field, own.clone(), all, &gone),
            false => std::iter::once(own.clone()).chain(all).map(|value| outward(value, &gone)).find(|v| !v.is_empty()),
        };
        let new = new.map(|value| if is_dated { unconverted(value) } else { value }).unwrap_or_default();
        if new != own && !(is_dated && new == unconverted(own)) {
            values.push((at, new));
        }
    }
    values
}

/// The single twin of a field that holds many follows it.
fn is_first(object: &Object, field: &Field) -> bool {
    object.fields.iter().any(|other| other.first == Some(field.name.as_str()))
}

fn united(field: &Field, own: Value, others: impl Iterator<Item = Value>, gone: &[Id]) -> Option<Value> {
    let mut all: Vec<Value> = Vec::new();
    for value in std::iter::once(own).chain(others).flat_map(|value| value.each().to_vec()) {
        let value = outward(value, gone);
        if !value.is_empty()
            && all.len() < fields::MOST_VALUES
            && !all.iter().any(|known| fields::same(field, known, &value))
        {
            all.push(value);
        }
    }
    (!all.is_empty()).then_some(Value::Many(all))
}

/// An amount that is to be converted at the day of the survivor.
fn unconverted(value: Value) -> Value {
    match value {
        Value::Money(money) => Value::Money(Money { base: None, ..money }),
        value => value,
    }
}

/// Nothing in place of a link to one of those that become the same.
fn outward(value: Value, gone: &[Id]) -> Value {
    match value {
        Value::Link(link) if gone.contains(&link.id) => Value::Empty,
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Link;

    fn record(id: i64, values: &[(&str, Value)]) -> (Object, Record) {
        let object = crate::standard::objects().remove(0);
        let mut all = vec![Value::Empty; object.fields.len()];
        for (name, value) in values {
            all[object.fields.iter().position(|field| field.name == *name).unwrap()] = value.clone();
        }
        let record = Record { object: object.id, id: Id(id), values: all, deleted_at: None };
        (object, record)
    }

    fn check(
        survivor: &[(&str, Value)],
        other: &[(&str, Value)],
        wanted: &[(&str, Value)],
        expected: &[(&str, Value)],
    ) {
        let (object, survivor) = record(1, survivor);
        let (_, other) = record(2, other);
        let at = |name: &str| object.fields.iter().position(|field| field.name == name).unwrap();
        let wanted: Vec<_> = wanted.iter().map(|(name, value)| (at(name), value.clone())).collect();
        let expected: Vec<_> = expected.iter().map(|(name, value)| (at(name), value.clone())).collect();
        assert_eq!(values(&object, &survivor, &[&other], &wanted), expected);
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn link(id: i64) -> Value {
        Value::Link(Link::to(1, Id(id)))
    }

    #[test]
    fn the_survivor_keeps_what_it_has_and_takes_what_it_lacks() {
        check(&[("name", text("A"))], &[("name", text("B")), ("city", text("Łódź"))], &[], &[("city", text("Łódź"))]);
        check(&[("name", text("A"))], &[("name", text("B"))], &[("name", text("C"))], &[("name", text("C"))]);
        check(&[], &[("city", text("Łódź"))], &[("city", Value::Empty)], &[("city", Value::Empty)]);
    }

    #[test]
    fn tags_are_united_whatever_their_case() {
        let tags = |all: &[&str]| Value::Many(all.iter().copied().map(text).collect());
        check(&[("tags", tags(&["VIP"]))], &[("tags", tags(&["vip", "łoś"]))], &[], &[("tags", tags(&["VIP", "łoś"]))]);
    }

    #[test]
    fn nothing_leads_to_itself() {
        check(&[("parent", link(2))], &[("parent", link(3))], &[], &[("parent", link(3))]);
        check(&[("parent", link(2))], &[("parent", link(1))], &[], &[("parent", Value::Empty)]);
    }
}
