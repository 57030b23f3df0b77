//! Fields that hold many and the single field that holds their first: `emails` and `email`.
//!
//! The many are stored only when they say more than the first alone; this keeps ordinary rows small and fast.

use crate::{
    layout::Record,
    object::Object,
    value::{Link, Value},
};

/// Brings twins into line after a change of some fields: the first of the many and the single one always agree.
pub fn align(object: &Object, record: &mut Record, given: &[usize]) {
    for (many_at, field) in object.fields.iter().enumerate() {
        let Some(first) = field.first else { continue };
        let Some(first_at) = object.fields.iter().position(|other| other.name == first) else { continue };
        let (many_given, first_given) = (given.contains(&many_at), given.contains(&first_at));
        if !many_given && !first_given {
            continue;
        }
        let single = plain(record.values.get(first_at).cloned().unwrap_or_default());
        let mut all: Vec<Value> = record.values.get(many_at).map(|many| many.each().to_vec()).unwrap_or_default();
        if many_given {
            drop_repeats(&mut all);
        }
        if first_given {
            put_first(&mut all, single, many_given);
        }
        let first_value = all.first().cloned().map(plain).unwrap_or_default();
        let is_more = all.len() > 1 || all.iter().any(says_more);
        set(record, first_at, first_value);
        set(record, many_at, if is_more { Value::Many(all) } else { Value::Empty });
    }
}

/// The values of a field as a caller sees them: a lone first stands for the many.
pub fn seen(object: &Object, values: &[Value], at: usize) -> Value {
    let own = values.get(at).cloned().unwrap_or_default();
    let first = object.fields.get(at).and_then(|field| field.first);
    match (own, first) {
        (Value::Empty, Some(first)) => {
            let first_at = object.fields.iter().position(|field| field.name == first);
            match first_at.and_then(|at| values.get(at)) {
                None | Some(Value::Empty) => Value::Empty,
                Some(single) => Value::Many(vec![single.clone()]),
            }
        }
        (own, _) => own,
    }
}

/// A new single value takes the place of the old first one, unless the many were given as well: then it only
/// moves to the front.
fn put_first(all: &mut Vec<Value>, single: Value, keep_old: bool) {
    if !keep_old && !all.is_empty() {
        all.remove(0);
    }
    if !single.is_empty() {
        let place = all.iter().position(|value| plain(value.clone()) == single);
        let value = place.map_or(single, |place| all.remove(place));
        all.insert(0, value);
    }
}

fn drop_repeats(all: &mut Vec<Value>) {
    let mut seen = Vec::new();
    all.retain(|value| {
        let one = plain(value.clone());
        let fresh = !seen.contains(&one);
        seen.push(one);
        fresh
    });
}

fn says_more(value: &Value) -> bool {
    value.link().is_some_and(|link| !link.is_plain())
}

fn plain(value: Value) -> Value {
    match value {
        Value::Link(link) => Value::Link(Link::to(link.object, link.id)),
        other => other,
    }
}

fn set(record: &mut Record, at: usize, value: Value) {
    if let Some(place) = record.values.get_mut(at) {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Id;

    fn check(stored: [&str; 2], given: &[(&str, &[&str])], expected: [&str; 2]) {
        let contacts = crate::standard::objects().remove(1);
        let at = |name: &str| contacts.fields.iter().position(|field| field.name == name).unwrap();
        let text = |text: &&str| Value::Text((*text).to_owned());
        let many = |texts: &[&str]| match texts {
            [] => Value::Empty,
            some => Value::Many(some.iter().map(text).collect()),
        };
        let mut values = vec![Value::Empty; contacts.fields.len()];
        values[at("email")] = if stored[0].is_empty() { Value::Empty } else { text(&stored[0]) };
        values[at("emails")] = many(&stored[1].split_whitespace().collect::<Vec<_>>());
        for (name, texts) in given {
            values[at(name)] = match *name {
                "email" => texts.first().map(text).unwrap_or_default(),
                _ => many(texts),
            };
        }
        let mut record = Record { object: contacts.id, id: Id(1), values, deleted_at: None };
        let given: Vec<usize> = given.iter().map(|(name, _)| at(name)).collect();
        align(&contacts, &mut record, &given);
        let show = |value: &Value| value.each().iter().filter_map(Value::text).collect::<Vec<_>>().join(" ");
        assert_eq!([show(&record.values[at("email")]), show(&record.values[at("emails")])], expected);
    }

    #[test]
    fn the_first_and_the_many_agree() {
        check(["", ""], &[("email", &["a"])], ["a", ""]);
        check(["", ""], &[("emails", &["a"])], ["a", ""]);
        check(["", ""], &[("emails", &["a", "b", "a"])], ["a", "a b"]);
        check(["a", ""], &[("email", &["b"])], ["b", ""]);
        check(["a", "a b"], &[("email", &["c"])], ["c", "c b"]);
        check(["a", "a b"], &[("email", &["b"])], ["b", ""]);
        check(["a", "a b"], &[("email", &[])], ["b", ""]);
        check(["a", "a b"], &[("emails", &[])], ["", ""]);
        check(["a", ""], &[("email", &["b"]), ("emails", &["a", "b"])], ["b", "b a"]);
    }
}
