//! From roles and teams to one [`AccessPlan`]: pure functions, no database.

use crate::role::Role;
use base::{AccessPlan, FieldRule, Id, ObjectRights, Scope};
use std::collections::{HashMap, HashSet};

/// A team and the team above it.
pub(crate) type Edge = (Id, Option<Id>);

/// What roles together allow: the widest wins, action by action and field by field.
///
/// A field rule counts among the roles that let the object be read: a role that says nothing of a field lets it be
/// seen, so a field is only as hidden as the most open of these roles keeps it.
pub(crate) fn unite<'a>(roles: impl Iterator<Item = &'a Role>) -> (bool, HashMap<String, ObjectRights>) {
    let mut everything = false;
    let mut objects: HashMap<String, ObjectRights> = HashMap::new();
    for role in roles {
        everything |= role.everything;
        for (name, grant) in &role.objects {
            let rules = field_rules(role, name);
            let known = objects.contains_key(name);
            let rights = objects.entry(name.clone()).or_default();
            let read = Scope::from(grant.read);
            if read > Scope::None {
                rights.fields = match known && rights.read > Scope::None {
                    true => widest(&rights.fields, &rules),
                    false => rules,
                };
            }
            rights.create |= grant.create;
            rights.read = rights.read.max(read);
            rights.update = rights.update.max(grant.update.into());
            rights.delete = rights.delete.max(grant.delete.into());
            rights.export = rights.export.max(grant.export.into());
            rights.duplicates |= grant.duplicates;
        }
    }
    (everything, objects)
}

fn field_rules(role: &Role, object: &str) -> HashMap<String, FieldRule> {
    let rules = role.fields.get(object).into_iter().flatten();
    rules.map(|(field, rule)| (field.clone(), (*rule).into())).collect()
}

/// A field that one side does not name is open there, so only what both name stays ruled.
fn widest(one: &HashMap<String, FieldRule>, other: &HashMap<String, FieldRule>) -> HashMap<String, FieldRule> {
    let both = one.iter().filter_map(|(field, rule)| Some((field, rule, other.get(field)?)));
    both.map(|(field, rule, other)| (field.clone(), *rule.max(other))).collect()
}

/// `teams` and all below them. A circle, which two simultaneous changes could make, does no harm.
pub(crate) fn tree(teams: &[Id], edges: &[Edge]) -> Vec<Id> {
    let mut below: HashMap<Id, Vec<Id>> = HashMap::new();
    for (team, parent) in edges {
        if let Some(parent) = parent {
            below.entry(*parent).or_default().push(*team);
        }
    }
    let mut found: Vec<Id> = Vec::new();
    let mut seen = HashSet::new();
    let mut open: Vec<Id> = teams.to_vec();
    while let Some(team) = open.pop() {
        if seen.insert(team) {
            found.push(team);
            open.extend(below.get(&team).into_iter().flatten());
        }
    }
    found.sort_unstable();
    found
}

/// The plan of a user with these roles and teams.
pub(crate) fn plan(user: Id, roles: &[Role], teams: Vec<Id>, edges: &[Edge]) -> AccessPlan {
    let (everything, objects) = unite(roles.iter());
    let team_tree = tree(&teams, edges);
    AccessPlan { user: Some(user), teams, team_tree, objects, everything, narrowed: false }
}

/// What a token may do with an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Read,
    Create,
    Update,
    Delete,
    Export,
}

/// Reads `contacts:read`; `write` stands for create, update and delete.
pub(crate) fn scope(text: &str) -> Option<(&str, &'static [Act])> {
    let (object, action) = text.split_once(':')?;
    let acts: &[Act] = match action {
        "read" => &[Act::Read],
        "create" => &[Act::Create],
        "update" => &[Act::Update],
        "delete" => &[Act::Delete],
        "export" => &[Act::Export],
        "write" => &[Act::Create, Act::Update, Act::Delete],
        _ => return None,
    };
    let named = !object.is_empty() && object.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    named.then_some((object, acts))
}

/// The plan with only what the scopes name: never more than before, and never the settings.
pub fn narrow(plan: &AccessPlan, scopes: &[String]) -> AccessPlan {
    let mut objects: HashMap<String, ObjectRights> = HashMap::new();
    for (object, acts) in scopes.iter().filter_map(|text| scope(text)) {
        let Some(whole) = plan.object(object) else { continue };
        let kept = objects.entry(object.to_owned()).or_default();
        kept.fields.clone_from(&whole.fields);
        for act in acts {
            match act {
                Act::Read => kept.read = whole.read,
                Act::Create => (kept.create, kept.duplicates) = (whole.create, whole.duplicates),
                Act::Update => kept.update = whole.update,
                Act::Delete => kept.delete = whole.delete,
                Act::Export => kept.export = whole.export,
            }
        }
    }
    AccessPlan { objects, everything: false, narrowed: true, ..plan.clone() }
}

#[cfg(test)]
mod tests;
