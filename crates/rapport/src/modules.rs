//! The only list of slices: what each contributes to the program.

use crate::{access, configuration};
use identity::Identity;
use jobs::{CallerOf, Registry};
use records::{
    catalog::Records,
    definitions::{Asker, Dependent, Subject},
    import::ImportKind,
    object::Object,
    stories::Story,
};
use std::sync::Arc;
use talk::{People, Talk};
use web::Routes;

/// The objects that features declare, besides those of the customer base.
pub fn objects() -> Vec<Object> {
    sales::objects()
}

/// The kinds of import that features bring, besides that of plain records.
pub fn imports() -> Vec<ImportKind> {
    sales::imports()
}

/// Who is asked what depends on an object or a field, besides the record engine itself.
pub fn askers(identity: &Arc<Identity>) -> Vec<Asker> {
    vec![roles(Arc::clone(identity))]
}

/// What features log about records themselves.
pub fn stories(identity: &Arc<Identity>) -> Vec<Story> {
    talk::stories(&people(identity))
}

/// Users with the rights of the moment, for what is done in their name and told to them.
pub fn callers(identity: &Arc<Identity>) -> CallerOf {
    let identity = Arc::clone(identity);
    Arc::new(move |user| {
        let identity = Arc::clone(&identity);
        Box::pin(async move { identity.caller_of(user).await })
    })
}

/// What features ask of users and teams.
fn people(identity: &Arc<Identity>) -> People {
    let (teams, members) = (Arc::clone(identity), Arc::clone(identity));
    People {
        caller_of: callers(identity),
        team: Arc::new(move |id_or_name| {
            let identity = Arc::clone(&teams);
            Box::pin(async move { identity.find_team(&id_or_name).await })
        }),
        members: Arc::new(move |team, most| {
            let identity = Arc::clone(&members);
            Box::pin(async move { identity.members(team, most).await })
        }),
    }
}

/// Roles may name what is gone, and do so again when it comes back: they stand in nobody's way.
fn roles(identity: Arc<Identity>) -> Asker {
    Arc::new(move |_caller, subject: Subject| {
        let identity = Arc::clone(&identity);
        Box::pin(async move {
            let names = identity.roles_naming(&subject.object, subject.field.as_deref()).await?;
            let role = |name| Dependent { kind: "role", object: subject.object.clone(), name, stands_in_the_way: None };
            Ok(names.into_iter().map(role).collect())
        })
    })
}

/// Every route there is.
pub fn routes(records: &Records, identity: &Arc<Identity>) -> Routes {
    Routes::new()
        .merge(records::http::routes(records.clone()))
        .merge(talk::routes(Talk { records: records.clone(), people: people(identity) }))
        .merge(identity.routes())
        .merge(jobs::routes(records.db().clone()))
        .merge(access::routes(records, identity))
        .merge(configuration::routes(records, identity))
}

/// Everything that workers do.
pub fn registry(records: &Records, identity: &Arc<Identity>) -> Registry {
    let talk = Talk { records: records.clone(), people: people(identity) };
    records::background::registry(records).merge(talk::registry(&talk))
}
