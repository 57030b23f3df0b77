//! `in tree of`: what belongs to a part of a hierarchy, for whom, and from which index it is answered.

use super::{agreement::callers, refusal, system, world::Company};
use crate::{
    filter::{Filter, RecordRef},
    permissions::Access,
    value::{Link, Value},
};
use base::{Caller, Timestamp};

fn link(to: RecordRef) -> Value {
    Value::Link(Link::to(to.object, to.id))
}

/// A company, one below it, one below that, one elsewhere; and a contact of the last two.
fn group() -> (Company, [RecordRef; 4], RecordRef) {
    let (mut company, top) = Company::with_one("companies");
    let [middle, low, other] = [1_000_101, 1_000_102, 1_000_103].map(|id| company.add_empty("companies", id));
    let contact = company.add_empty("contacts", 2_000_101);
    company.set(middle, "parent", link(top));
    company.set(low, "parent", link(middle));
    company.set(contact, "company", link(low));
    company.set(contact, "companies", Value::Many(vec![link(low), link(other)]));
    (company, [top, middle, low, other], contact)
}

fn passes(company: &Company, caller: &Caller, record: RecordRef, filter: &str) -> bool {
    let access = Access::new(&company.schema, caller);
    let object = company.schema.object_by_id(record.object).unwrap();
    Filter::parse(filter).unwrap().check(&access, object, Timestamp(0)).unwrap().matches(company, record)
}

#[test]
fn a_tree_is_its_top_and_all_that_hangs_on_it() {
    let (mut company, [top, middle, low, other], contact) = group();
    for (of, in_group) in [(top, true), (middle, true), (low, true), (other, false)] {
        for path in ["company", "company.parent"] {
            let filter = format!("{path} in tree of '{}'", of.id);
            assert_eq!(passes(&company, &system(), contact, &filter), in_group, "{filter}");
        }
        assert!(passes(&company, &system(), contact, &format!("companies in tree of '{}'", of.id)));
    }
    let below = format!("parent in tree of '{}'", middle.id);
    let found = [top, middle, low, other].map(|one| passes(&company, &system(), one, &below));
    assert_eq!(found, [false, true, true, false]);
    // A circle, which may be older than the rule against it, ends.
    company.set(top, "parent", link(low));
    let found = [top, middle, low, other].map(|one| passes(&company, &system(), one, &below));
    assert_eq!(found, [true, true, true, false]);
    assert!(!passes(&company, &system(), top, "parent in tree of 'nobody'"));
}

#[test]
fn what_is_not_there_for_the_caller_hides_what_hangs_on_it() {
    let (mut company, [top, middle, low, _], contact) = group();
    let filter = format!("company in tree of '{}'", top.id);
    // Reads what they or their team own.
    let own = callers(system().tenant).remove(3);
    let mine = Value::Link(Link::to(8, own.plan.user.unwrap()));
    for record in [top, low, contact] {
        company.set(record, "owner", mine.clone());
    }
    assert!(!passes(&company, &own, contact, &filter));
    assert!(!passes(&company, &own, contact, &format!("company in tree of '{}'", middle.id)));
    company.set(middle, "owner", mine);
    assert!(passes(&company, &own, contact, &filter));
    company.bin(middle);
    assert!(!passes(&company, &own, contact, &filter));
    assert!(!passes(&company, &system(), contact, &filter));
}

#[test]
fn a_rule_cannot_walk() {
    let filter = Filter::parse("city = 'x' and parent in tree of 'x'").unwrap();
    assert_eq!(filter.own_fields().unwrap_err().code, "filter-own-fields");
}

#[test]
fn what_is_asked_is_said_in_full() {
    let company = Company::with_one("companies").0;
    for (filter, error) in [
        ("parent in tree 'x'", "filter-expected position=16 expected=of found='x' ended=no"),
        ("parent in tree of 5", "filter-expected position=19 expected=text found=5 ended=no"),
        ("id in tree of me", "filter-expected position=15 expected=text found=me ended=no"),
    ] {
        assert_eq!(refusal(&company, &system(), "companies", filter), error, "{filter}");
    }
}
