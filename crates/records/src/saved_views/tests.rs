use super::*;
use base::{AccessPlan, Language, ObjectRights, Principal, Scope, TenantId};
use std::{collections::HashMap, sync::Arc};

const ME: Id = Id(1);
const MINE: Id = Id(10);
const BELOW: Id = Id(11);

fn caller(update: Scope) -> Caller {
    let views = ObjectRights { update, ..ObjectRights::default() };
    let objects = HashMap::from([(RIGHTS.to_owned(), views)]);
    let plan = AccessPlan {
        user: Some(ME),
        teams: vec![MINE],
        team_tree: vec![MINE, BELOW],
        objects,
        everything: false,
        narrowed: false,
    };
    Caller { tenant: TenantId(1), principal: Principal::User(ME), plan: Arc::new(plan), language: Language::English }
}

fn view(audience: Audience, owner: Id, team: Option<Id>) -> SavedView {
    SavedView {
        id: Id(99),
        object: "contacts".to_owned(),
        name: "Łódź".to_owned(),
        share: Share { audience, team, owner: Some(owner) },
        shape: Shape::default(),
        is_default: false,
        version: 1,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}

fn check(view: &SavedView, update: Scope, seen: bool, changed: bool) {
    let caller = caller(update);
    let found = (view.share.is_seen_by(&caller), view.share.may_be_changed_by(&caller));
    assert_eq!(found, (seen, changed), "{view:?} {update:?}");
}

#[test]
fn a_private_view_is_its_owners_alone() {
    for update in [Scope::None, Scope::Team, Scope::All] {
        check(&view(Audience::Private, ME, None), update, true, true);
        check(&view(Audience::Private, Id(2), None), update, false, false);
    }
}

#[test]
fn a_team_reads_its_views_and_those_who_may_change_them() {
    check(&view(Audience::Team, Id(2), Some(MINE)), Scope::None, true, false);
    check(&view(Audience::Team, Id(2), Some(MINE)), Scope::Team, true, true);
    check(&view(Audience::Team, Id(2), Some(BELOW)), Scope::Team, false, false);
    check(&view(Audience::Team, Id(2), Some(BELOW)), Scope::TeamTree, true, true);
    check(&view(Audience::Team, Id(2), Some(Id(77))), Scope::TeamTree, false, false);
    check(&view(Audience::Team, ME, Some(Id(77))), Scope::None, true, true);
}

#[test]
fn everybody_reads_what_is_for_all_and_few_change_it() {
    check(&view(Audience::All, ME, None), Scope::TeamTree, true, false);
    check(&view(Audience::All, Id(2), None), Scope::All, true, true);
}
