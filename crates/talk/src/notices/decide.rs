//! Who should hear of what. Pure.

use super::Kind;
use base::Id;
use records::{field, object::Object};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeSet, HashSet};

/// What happened, as far as somebody may want to hear of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// A record was made or changed.
    Written {
        /// The fields that changed; none of a record that was made: nobody follows it yet.
        fields: Vec<String>,
        /// Fields of users, each with whom it holds now by somebody else's doing.
        users: Vec<(String, Id)>,
    },
    /// Something was said; an edited comment tells of those alone whom it mentions now.
    Said { comment: Id, author: Option<Id>, users: BTreeSet<Id>, teams: BTreeSet<Id>, is_new: bool },
    /// Long work has ended.
    Finished { by: Option<Id>, details: Map<String, Json> },
}

/// What an event of the log means; nothing where nobody need hear of it.
pub(super) fn read(
    kind: &str,
    object: Option<&Object>,
    actor: Option<Id>,
    mut changes: Map<String, Json>,
) -> Option<What> {
    let ids = |list: Option<&Json>| list.and_then(Json::as_array).into_iter().flatten().filter_map(id).collect();
    match kind {
        "created" | "changed" => {
            let object = object?;
            let mut users = users(object, &changes);
            users.retain(|(_, user)| Some(*user) != actor);
            // What follows by itself, as figures of related records do, nobody has changed.
            let is_written =
                |name: &&String| object.field(name).is_some_and(|field| !field.read_only && field.derived.is_none());
            let written = changes.keys().filter(is_written).filter(|_| kind == "changed");
            let fields: Vec<String> = written.cloned().collect();
            (!fields.is_empty() || !users.is_empty()).then_some(What::Written { fields, users })
        }
        "comment.created" | "comment.edited" => Some(What::Said {
            comment: changes.get("comment").and_then(id)?,
            author: actor,
            users: ids(changes.get("mentions")),
            teams: ids(changes.get("teams")),
            is_new: kind == "comment.created",
        }),
        "import.done" | "bulk.done" => {
            let work = kind.split('.').next().unwrap_or_default();
            changes.insert("work".to_owned(), work.into());
            let by = changes.remove("by").as_ref().and_then(id);
            Some(What::Finished { by, details: changes })
        }
        _ => None,
    }
}

fn id(json: &Json) -> Option<Id> {
    json.as_str().or_else(|| json["id"].as_str())?.parse().ok()
}

/// Whom the fields of users hold now and did not before.
fn users(object: &Object, changes: &Map<String, Json>) -> Vec<(String, Id)> {
    let mut found = Vec::new();
    for (name, sides) in changes {
        let is_user =
            |field: &&field::Field| field.kind == field::Kind::User && !field.read_only && field.derived.is_none();
        if object.field(name).filter(is_user).is_none() {
            continue;
        }
        let many = |at: usize| match &sides[at] {
            Json::Array(all) => all.iter().filter_map(id).collect(),
            one => id(one).into_iter().collect::<BTreeSet<Id>>(),
        };
        let (old, new) = (many(0), many(1));
        found.extend(new.difference(&old).map(|user| (name.clone(), *user)));
    }
    found
}

/// Who hears of it and as what: each once, and nobody of what they did themselves.
pub(super) fn hearers(
    what: &What,
    actor: Option<Id>,
    followers: &BTreeSet<Id>,
    members: &BTreeSet<Id>,
) -> Vec<(Id, Kind)> {
    let (mut all, mut known): (Vec<(Id, Kind)>, HashSet<Id>) = (Vec::new(), HashSet::new());
    let others = |user: &Id| Some(*user) != actor;
    let mut tell = |users: &mut dyn Iterator<Item = Id>, kind: Kind| {
        for user in users.filter(others) {
            if known.insert(user) {
                all.push((user, kind));
            }
        }
    };
    match what {
        What::Written { fields, users } => {
            tell(&mut users.iter().map(|(_, user)| *user), Kind::Assigned);
            if !fields.is_empty() {
                tell(&mut followers.iter().copied(), Kind::Changed);
            }
        }
        What::Said { users, is_new, .. } => {
            tell(&mut users.union(members).copied(), Kind::Mentioned);
            if *is_new {
                tell(&mut followers.iter().copied(), Kind::Commented);
            }
        }
        // Whoever began it hears of it, and nobody else: it ends when they look elsewhere.
        What::Finished { by, .. } => return by.map(|user| (user, Kind::Finished)).into_iter().collect(),
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(json: Json) -> Map<String, Json> {
        json.as_object().cloned().unwrap()
    }

    fn check(kind: &str, changes: Json, followers: &[i64], expected: &[(i64, Kind)]) {
        let tasks = records::standard::objects().into_iter().find(|object| object.name == "tasks").unwrap();
        let actor = Some(Id(1));
        let set = |ids: &[i64]| ids.iter().map(|id| Id(*id)).collect::<BTreeSet<_>>();
        let what = read(kind, Some(&tasks), actor, map(changes));
        let heard = what.map(|what| hearers(&what, actor, &set(followers), &set(&[]))).unwrap_or_default();
        let expected: Vec<_> = expected.iter().map(|(user, kind)| (Id(*user), *kind)).collect();
        assert_eq!(heard, expected, "{kind}");
    }

    #[test]
    fn each_hears_once_and_nobody_of_their_own_doing() {
        let id = |number: i64| Id(number).to_string();
        check("changed", json!({"subject": ["a", "b"]}), &[1, 2], &[(2, Kind::Changed)]);
        check("changed", json!({"assignee": [null, id(2)]}), &[2, 3], &[(2, Kind::Assigned), (3, Kind::Changed)]);
        check("changed", json!({"assignee": [id(2), id(1)]}), &[2], &[(2, Kind::Changed)]);
        check("created", json!({"assignee": [null, id(2)], "subject": [null, "a"]}), &[3], &[(2, Kind::Assigned)]);
        check("created", json!({"created_by": [null, id(2)]}), &[3], &[]);
        let said = json!({"comment": id(9), "mentions": [id(2)], "teams": []});
        check("comment.created", said.clone(), &[1, 2, 3], &[(2, Kind::Mentioned), (3, Kind::Commented)]);
        check("comment.edited", said, &[1, 2, 3], &[(2, Kind::Mentioned)]);
        check("import.done", json!({"created": 3, "by": id(4)}), &[2], &[(4, Kind::Finished)]);
        check("bulk.done", json!({"by": null}), &[2], &[]);
        check("binned", json!({}), &[2], &[]);
        check("changed", json!({"created_by": [null, id(3)], "gone": [1, 2]}), &[2], &[]);
    }
}
