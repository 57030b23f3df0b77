//! Why a user may do with an object what they may: each role's part, and the sum.

use crate::{
    Identity, account, plan,
    role::{Grant, Role, Rule},
};
use base::{Error, Id, ObjectRights, Result};
use serde_json::{Map, Value, json};

/// `{"user","active","everything","roles":[{"role","everything","rights","fields"}],"rights","fields","teams"}`.
pub(crate) async fn explain(identity: &Identity, user: Id, object: &str) -> Result<Value> {
    let account = account::load(identity, user).await?.ok_or(Error::NotFound("user"))?;
    let plan = account.plan();
    let whole = plan.object(object).map(std::borrow::Cow::into_owned).unwrap_or_default();
    let roles: Vec<Value> = account.roles.iter().map(|role| part(role, object)).collect();
    Ok(json!({
        "user": { "id": account.id, "email": account.email, "name": account.name },
        "active": account.active,
        "everything": plan.everything,
        "teams": plan.teams,
        "team_tree": plan.team_tree,
        "roles": roles,
        "rights": Grant::of(&whole),
        "fields": rules(&whole),
    }))
}

fn part(role: &Role, object: &str) -> Value {
    let (everything, mut objects) = plan::unite(std::iter::once(role));
    let rights = objects.remove(object).unwrap_or_default();
    json!({ "role": role.name, "everything": everything, "rights": Grant::of(&rights), "fields": rules(&rights) })
}

fn rules(rights: &ObjectRights) -> Map<String, Value> {
    let mut rules: Vec<_> = rights.fields.iter().collect();
    rules.sort_by_key(|(field, _)| field.as_str());
    rules.into_iter().map(|(field, rule)| (field.clone(), json!(Rule::from(*rule)))).collect()
}
