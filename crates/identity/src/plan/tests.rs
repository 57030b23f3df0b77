use super::*;
use serde_json::json;

fn role(value: serde_json::Value) -> Role {
    serde_json::from_value(value).unwrap()
}

#[test]
fn roles_unite_and_the_widest_wins() {
    let roles = [
        role(json!({"name":"a","objects":{"contacts":{"create":true,"read":"own","update":"own"}}})),
        role(json!({"name":"b","objects":{"contacts":{"read":"all"},"orders":{"read":"team"}}})),
    ];
    let (everything, objects) = unite(roles.iter());
    assert!(!everything);
    let contacts = &objects["contacts"];
    assert_eq!((contacts.create, contacts.read, contacts.update), (true, Scope::All, Scope::Own));
    assert_eq!((contacts.delete, contacts.export), (Scope::None, Scope::None));
    assert_eq!(objects["orders"].read, Scope::Team);
}

#[test]
fn a_field_is_as_open_as_the_most_open_role_that_lets_the_object_be_read() {
    let masks = role(json!({"name":"a","objects":{"contacts":{"read":"all"}},
        "fields":{"contacts":{"email":"masked","birth_date":"hidden","rating":"read"}}}));
    let reads = role(json!({"name":"b","objects":{"contacts":{"read":"own"}},
        "fields":{"contacts":{"email":"read","birth_date":"masked"}}}));
    let only_creates = role(json!({"name":"c","objects":{"contacts":{"create":true}}}));
    for order in [[&masks, &reads, &only_creates], [&only_creates, &reads, &masks], [&reads, &masks, &only_creates]] {
        let (_, objects) = unite(order.into_iter());
        let contacts = &objects["contacts"];
        assert_eq!(contacts.field("email"), FieldRule::Read);
        assert_eq!(contacts.field("birth_date"), FieldRule::Masked);
        assert_eq!(contacts.field("rating"), FieldRule::Write, "the second role does not rule it");
    }
}

#[test]
fn a_team_contains_all_teams_below_it_even_in_a_circle() {
    let edges = [(Id(1), None), (Id(2), Some(Id(1))), (Id(3), Some(Id(2))), (Id(4), None)];
    assert_eq!(tree(&[Id(1)], &edges), [Id(1), Id(2), Id(3)]);
    assert_eq!(tree(&[Id(3)], &edges), [Id(3)]);
    let circle = [(Id(1), Some(Id(2))), (Id(2), Some(Id(1)))];
    assert_eq!(tree(&[Id(2)], &circle), [Id(1), Id(2)]);
}

#[test]
fn scopes_narrow_a_plan_and_never_widen_it() {
    let roles = [role(json!({"name":"a",
        "objects":{"contacts":{"create":true,"read":"team","update":"own","export":"all"},"orders":{"read":"all"}},
        "fields":{"contacts":{"email":"hidden"}}}))];
    let whole = plan(Id(9), &roles, vec![], &[]);
    let scopes = ["contacts:read", "contacts:delete", "companies:read", "nonsense", "orders:fly"];
    let narrowed = narrow(&whole, &scopes.map(str::to_owned));
    assert_eq!(narrowed.objects.len(), 1);
    let contacts = &narrowed.objects["contacts"];
    assert_eq!((contacts.read, contacts.delete, contacts.create), (Scope::Team, Scope::None, false));
    assert_eq!((contacts.export, contacts.field("email")), (Scope::None, FieldRule::Hidden));

    let administrator = AccessPlan { everything: true, ..AccessPlan::default() };
    let narrowed = narrow(&administrator, &["contacts:write".to_owned()]);
    assert!(!narrowed.everything);
    let contacts = &narrowed.objects["contacts"];
    assert_eq!((contacts.create, contacts.update, contacts.read), (true, Scope::All, Scope::None));
}

#[test]
fn the_preset_roles_are_the_seven_that_the_contract_names() {
    let names: Vec<String> = crate::role::presets().unwrap().into_iter().map(|role| role.name).collect();
    let named = ["administrator", "manager", "seller", "marketer", "agent", "analyst", "reader"];
    assert_eq!(names, named);
}
