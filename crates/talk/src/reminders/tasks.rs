//! Tasks that say themselves when somebody is to be reminded of them. Pure.

use base::Timestamp;
use records::object::Object;
use serde_json::{Map, Value as Json};

/// What a task wants from now on: to be reminded of at an instant, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish(pub Option<Timestamp>);

/// What a change of a record says about that; nothing where it says nothing.
pub(crate) fn wish(object: &Object, changes: &Map<String, Json>) -> Option<Wish> {
    let sides = changes.get("remind_at").filter(|_| object.name == "tasks")?;
    Some(Wish(sides[1].as_str().and_then(Timestamp::parse)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_field_of_tasks_is_a_wish() {
        let object = |name: &str| records::standard::objects().into_iter().find(|object| object.name == name).unwrap();
        let check = |name: &str, changes: Json, expected: Option<Wish>| {
            assert_eq!(wish(&object(name), changes.as_object().unwrap()), expected, "{name} {changes}");
        };
        let at = "2026-11-23T11:00:00.000Z";
        check("tasks", json!({"remind_at": [null, at]}), Some(Wish(Timestamp::parse(at))));
        check("tasks", json!({"remind_at": [at, null]}), Some(Wish(None)));
        check("tasks", json!({"due_at": [null, at]}), None);
        check("notes", json!({"remind_at": [null, at]}), None);
    }
}
