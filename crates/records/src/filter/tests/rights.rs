//! What a caller may not know of does not exist, by whatever way it is named, and what may not be read is not counted.

use super::{
    agreement::callers,
    refusal, system,
    world::{Company, TEAMS, USERS},
};
use crate::{
    filter::Filter,
    permissions::{Access, Action, Reach},
};
use base::{AccessPlan, Caller, FieldRule, Id, ObjectRights, Principal, Scope, TenantId, Timestamp};
use std::{collections::HashMap, sync::Arc};

/// An object, how far reading it reaches, and rules for its fields.
type Rule<'a> = (&'a str, Scope, &'a [(&'a str, FieldRule)]);

fn caller(rules: &[Rule]) -> Caller {
    let rights = rules.iter().map(|(object, read, fields)| {
        let fields = fields.iter().map(|(field, rule)| ((*field).to_owned(), *rule)).collect();
        ((*object).to_owned(), ObjectRights { read: *read, fields, ..ObjectRights::default() })
    });
    let objects: HashMap<_, _> = rights.collect();
    let plan = AccessPlan { user: Some(Id(USERS[0])), teams: vec![Id(TEAMS[0])], objects, ..AccessPlan::default() };
    Caller { principal: Principal::User(Id(USERS[0])), plan: Arc::new(plan), ..system() }
}

/// Every way to name a field that is not there for the caller is answered like a name that was never given.
fn check_unknown(caller: &Caller, object: &str, hidden: &str, filters: &[&str]) {
    let company = Company::with_one("contacts").0;
    for filter in filters {
        let invented = filter.replace(hidden, "nonsense");
        let expected = refusal(&company, caller, object, &invented);
        assert!(expected.starts_with("filter-unknown-"), "{invented}: {expected}");
        assert_eq!(refusal(&company, caller, object, filter).replace(hidden, "nonsense"), expected, "{filter}");
    }
}

#[test]
fn a_hidden_or_masked_field_is_one_that_does_not_exist() {
    for rule in [FieldRule::Hidden, FieldRule::Masked] {
        let caller = caller(&[
            ("contacts", Scope::All, &[("birth_date", rule), ("company", rule), ("companies", rule)]),
            ("companies", Scope::All, &[("city", rule)]),
            ("orders", Scope::All, &[("total", rule), ("contact", rule)]),
        ]);
        check_unknown(&caller, "contacts", "birth_date", &["birth_date = today", "not birth_date is empty"]);
        check_unknown(&caller, "contacts", "company", &["company is empty", "company.name = 'x'", "company.x = 1"]);
        check_unknown(&caller, "contacts", "companies", &["companies is empty", "any(companies)"]);
        check_unknown(&caller, "orders", "contact", &["contact.email = 'x'"]);
        check_unknown(&caller, "orders", "city", &["company.city = 'x'"]);
        // The relation goes through the hidden field.
        check_unknown(&caller, "contacts", "orders", &["any(orders)", "count(orders) = 0", "orders.total > 1"]);
        check_unknown(&caller, "companies", "total", &["sum(orders.total) > 1", "any(orders where total > 1)"]);
        check_unknown(&caller, "companies", "contacts", &["any(contacts)"]);
        check_unknown(&caller, "companies", "people", &["any(people)"]);
    }
}

#[test]
fn a_field_and_its_twin_are_hidden_together() {
    let emails = ["emails = 'x'", "emails is empty"];
    let email = ["email = 'x'", "email is empty"];
    check_unknown(&caller(&[("contacts", Scope::All, &[("email", FieldRule::Masked)])]), "contacts", "emails", &emails);
    check_unknown(&caller(&[("contacts", Scope::All, &[("emails", FieldRule::Hidden)])]), "contacts", "email", &email);
    // A rule of its own lets the single one stand.
    let primary = [("emails", FieldRule::Hidden), ("email", FieldRule::Read)];
    let caller = caller(&[("contacts", Scope::All, &primary)]);
    check_unknown(&caller, "contacts", "emails", &emails);
    let company = Company::with_one("contacts").0;
    let access = Access::new(&company.schema, &caller);
    let contacts = company.schema.object("contacts").unwrap();
    assert!(Filter::parse("email = 'x'").unwrap().check(&access, contacts, Timestamp(0)).is_ok());
}

#[test]
fn an_object_that_may_not_be_read_is_not_there() {
    let caller = caller(&[("contacts", Scope::All, &[])]);
    check_unknown(&caller, "contacts", "orders", &["any(orders)", "count(orders) = 0"]);
    check_unknown(&caller, "contacts", "tasks", &["no(tasks)"]);
    check_unknown(&caller, "contacts", "companies", &["any(companies)"]);
    check_unknown(&caller, "contacts", "company", &["company.name = 'x'"]);
}

#[test]
fn a_special_category_is_hidden_unless_a_rule_names_it() {
    let mut company = Company::with_one("contacts").0;
    let mut objects = company.schema.objects().to_vec();
    let contacts = objects.iter_mut().find(|object| object.name == "contacts").unwrap();
    contacts.fields.iter_mut().find(|field| field.name == "story").unwrap().personal =
        Some(crate::field::Personal::Special);
    company.schema = crate::schema::Schema::new(objects, company.schema.settings.clone());
    let contacts = company.schema.object("contacts").unwrap();
    let story = contacts.field("story").unwrap();
    let may_know = |caller: &Caller| Access::new(&company.schema, caller).may_know(contacts, story);
    assert!(!may_know(&caller(&[("contacts", Scope::All, &[])])));
    assert!(may_know(&caller(&[("contacts", Scope::All, &[("story", FieldRule::Read)])])));
    assert!(may_know(&system()));
}

#[test]
fn reach_is_no_wider_than_reading() {
    let company = Company::with_one("contacts").0;
    let contacts = company.schema.object("contacts").unwrap();
    let mut caller = caller(&[("contacts", Scope::Own, &[])]);
    let plan = Arc::get_mut(&mut caller.plan).unwrap();
    plan.objects.get_mut("contacts").unwrap().update = Scope::All;
    let access = Access::new(&company.schema, &caller);
    assert_eq!(access.reach(contacts, Action::Update), Reach::Own(Id(USERS[0])));
    assert_eq!(access.reach(contacts, Action::Delete), Reach::Nothing);
    let companies = company.schema.object("companies").unwrap();
    assert!(!access.may_read(companies) && access.reach(companies, Action::Read) == Reach::Nothing);
}

#[test]
fn users_and_teams_are_there_for_everybody_who_has_signed_in() {
    let company = Company::with_one("contacts").0;
    let users = company.schema.object("users").unwrap();
    for caller in callers(TenantId(1)) {
        assert!(Access::new(&company.schema, &caller).may_read(users));
        let nobody = Caller { principal: Principal::Anonymous, ..caller };
        assert!(!Access::new(&company.schema, &nobody).may_read(users));
    }
}
