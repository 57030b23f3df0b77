//! The values of a field on both sides of an action. Pure.

use crate::value::Value;
use serde_json::Value as Json;
use std::collections::HashSet;

/// Whether one of some ids stands anywhere in a value.
pub(super) fn names_one(json: &Json, ids: &HashSet<String>) -> bool {
    match json {
        Json::String(text) => ids.contains(text),
        Json::Array(all) => all.iter().any(|one| names_one(one, ids)),
        Json::Object(parts) => parts.values().any(|one| names_one(one, ids)),
        _ => false,
    }
}

/// A list of files as it would be without an action that made `new` of `old`: what others have added and taken off since
/// stays as they wanted it. Nothing where that is what it is.
pub(super) fn list_without(old: &Value, new: &Value, now: &Value) -> Option<Value> {
    let mut all: Vec<Value> = now.each().to_vec();
    all.retain(|value| old.each().contains(value) || !new.each().contains(value));
    for (at, value) in old.each().iter().enumerate().filter(|(_, value)| !new.each().contains(value)) {
        if !all.contains(value) {
            all.insert(at.min(all.len()), value.clone());
        }
    }
    let all = if all.is_empty() { Value::Empty } else { Value::Many(all) };
    (all != *now).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::File;

    #[test]
    fn of_a_list_of_files_only_what_the_action_did_is_taken_back() {
        let list = |ids: &str| {
            let file = |c: char| Value::File(Box::new(File { id: i64::from(u32::from(c)), ..File::default() }));
            if ids.is_empty() { Value::Empty } else { Value::Many(ids.chars().map(file).collect()) }
        };
        for (old, new, now, expected) in [
            ("", "a", "a", Some("")),
            ("", "a", "abc", Some("bc")),
            ("ab", "b", "bc", Some("abc")),
            ("ab", "", "c", Some("abc")),
            ("a", "b", "bc", Some("ac")),
            ("", "a", "bc", None),
            ("a", "", "a", None),
        ] {
            let found = list_without(&list(old), &list(new), &list(now));
            assert_eq!(found, expected.map(list), "{old} {new} {now}");
        }
    }
}
