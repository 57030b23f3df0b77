//! `GET /access`: who may do what with a record, and why. For administrators.

use axum::extract::State;
use base::{Caller, Error, Id, Result, Scope, message};
use identity::Identity;
use records::{
    catalog::{Catalog, Records},
    layout::Record,
    object::Object,
    permissions::{Access, Action},
    store::Work,
    value::Value,
};
use serde_json::{Map, Value as JsonValue, json};
use std::sync::Arc;
use web::{Answer, Json, Needs, Query, Route, Routes, Signed};

/// What the answer is put together from: roles here, records there.
#[derive(Clone)]
struct Rooms {
    records: Records,
    identity: Arc<Identity>,
}

pub fn routes(records: &Records, identity: &Arc<Identity>) -> Routes {
    let rooms = Rooms { records: records.clone(), identity: Arc::clone(identity) };
    Routes::new()
        .add(
            Route::get("/access", explain)
                .needs(Needs::Administrator)
                .summary("Explain who may do what")
                .tag("identity")
                .query(&["object", "id", "user"])
                .answers(
                    json!({"type": "object", "properties": {"actions": {"type": "object"}}, "required": ["actions"]}),
                ),
        )
        .with_state(rooms)
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    object: String,
    id: Option<String>,
    user: String,
}

async fn explain(
    State(rooms): State<Rooms>,
    Signed(caller): Signed,
    Query(asked): Query<Asked>,
) -> Answer<Json<JsonValue>> {
    let unknown = || Error::field("user", message!("identity-user-unknown", user = asked.user));
    let user = rooms.identity.find_user(&asked.user).await?.ok_or_else(unknown)?;
    let catalog = rooms.records.catalog(&caller).await?;
    let object = catalog.object(&asked.object)?;
    let record = match &asked.id {
        Some(id) => Some(load(&rooms, &caller, object, id).await?),
        None => None,
    };
    let subject = rooms.identity.caller_of(user).await?;
    Ok(Json(json!({
        "object": object.name,
        "id": asked.id,
        "actions": actions(&catalog, &subject, object, record.as_ref()),
        "fields": fields(&catalog, &subject, object),
        "because": rooms.identity.explain(user, &object.name).await?,
    })))
}

async fn load(rooms: &Rooms, caller: &Caller, object: &Object, id: &str) -> Result<Record> {
    let id: Id = id.parse().map_err(|_| Error::NotFound("record"))?;
    let work = Work::begin(&rooms.records, caller).await?;
    let mut reader = rooms.records.db().reader(caller);
    let found = work.load(&mut reader, object, &[id], false).await?;
    found.into_iter().next().ok_or(Error::NotFound("record"))
}

/// For each action: how far the right reaches, and, of a record, whether it reaches this one.
fn actions(catalog: &Catalog, subject: &Caller, object: &Object, record: Option<&Record>) -> JsonValue {
    let access = Access::new(&catalog.schema, subject);
    let rights = access.rights(object);
    let all = [
        ("read", Action::Read, rights.read),
        ("update", Action::Update, rights.update),
        ("delete", Action::Delete, rights.delete),
        ("export", Action::Export, rights.export),
    ];
    let mut told = Map::new();
    told.insert("create".to_owned(), json!({"allowed": rights.create}));
    for (name, action, scope) in all {
        let mut answer = json!({"scope": scope_name(scope)});
        if let Some(record) = record {
            let owner = link(object, record, "owner");
            let allowed = access.reach(object, action).covers(owner, link(object, record, "team"));
            answer["allowed"] = json!(allowed);
            answer["is_owner"] = json!(owner.is_some() && owner == subject.plan.user);
            answer["in_team"] =
                json!(link(object, record, "team").is_some_and(|team| subject.plan.teams.contains(&team)));
        }
        told.insert(name.to_owned(), answer);
    }
    JsonValue::Object(told)
}

fn link(object: &Object, record: &Record, name: &str) -> Option<Id> {
    let at = object.fields.iter().position(|field| field.name == name)?;
    record.values.get(at).and_then(Value::link).map(|link| link.id)
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::None => "none",
        Scope::Own => "own",
        Scope::Team => "team",
        Scope::TeamTree => "team_tree",
        Scope::All => "all",
    }
}

/// The fields that the user may not both read and write.
fn fields(catalog: &Catalog, subject: &Caller, object: &Object) -> JsonValue {
    let access = Access::new(&catalog.schema, subject);
    let rules = object.fields.iter().map(|field| (field.name.clone(), access.rule(object, field)));
    let narrow = rules.filter(|(_, rule)| *rule != base::FieldRule::Write);
    narrow.map(|(name, rule)| (name, json!(format!("{rule:?}").to_lowercase()))).collect::<Map<_, _>>().into()
}
