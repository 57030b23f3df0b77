//! Filters that read well and make no sense: each is refused, with the place and the reason.

use super::{refusal, system, world::Company};

fn check(cases: &[(&str, &str)]) {
    let company = Company::with_one("contacts").0;
    for (filter, error) in cases {
        assert_eq!(refusal(&company, &system(), "contacts", filter), *error, "{filter}");
    }
}

#[test]
fn names_must_be_fields_and_relations() {
    check(&[
        ("colour = 1", "filter-unknown-field position=1 name=colour object=contacts"),
        ("city = 'x' and Colour is empty", "filter-unknown-field position=16 name=Colour object=contacts"),
        ("company.colour = 1", "filter-unknown-field position=9 name=colour object=companies"),
        ("city.name = 'x'", "filter-not-a-relation position=1 name=city"),
        ("companies.name = 'x'", "filter-leads-to-many position=1 name=companies"),
        ("orders.total > 1", "filter-leads-to-many position=1 name=orders"),
        ("orders = 'x'", "filter-unknown-field position=1 name=orders object=contacts"),
        ("any(colours)", "filter-unknown-relation position=5 name=colours object=contacts"),
        ("any(company)", "filter-unknown-relation position=5 name=company object=contacts"),
        ("any(orders where colour = 1)", "filter-unknown-field position=18 name=colour object=orders"),
        ("any(tasks where about.name = 'x')", "filter-any-object position=17 name=about"),
    ]);
}

#[test]
fn paths_and_nesting_are_bounded() {
    check(&[
        ("company.parent.parent.parent.name = 'x'", "filter-path-too-long position=30 limit=3"),
        ("any(orders where any(lines where any(tasks where any(notes))))", "filter-nested position=50 limit=3"),
    ]);
}

#[test]
fn operators_must_go_with_the_kind() {
    check(&[
        ("vip > true", "filter-operator position=5 operator=> name=vip kind=yes_no"),
        ("owner < me", "filter-operator position=7 operator=< name=owner kind=user"),
        ("company contains 'x'", "filter-operator position=9 operator=contains name=company kind=relation"),
        ("country starts with 'P'", "filter-operator position=9 operator=starts with name=country kind=country"),
        ("country between 'A' and 'B'", "filter-operator position=9 operator=between name=country kind=country"),
        ("score ends with '1'", "filter-operator position=7 operator=ends with name=score kind=integer"),
        ("city in this week", "filter-operator position=6 operator=in this name=city kind=text"),
        ("score in last 3 days", "filter-operator position=7 operator=in last name=score kind=integer"),
        ("city in tree of 'x'", "filter-operator position=6 operator=in tree name=city kind=text"),
        ("owner in tree of 'x'", "filter-operator position=7 operator=in tree name=owner kind=user"),
        ("any(orders where contact in tree of 'x')", "filter-no-hierarchy position=18 object=contacts"),
        (
            "any(tasks where about in tree of 'x')",
            "filter-operator position=23 operator=in tree name=about kind=relation",
        ),
        ("any(orders as 'x')", "filter-keeps-no-roles position=5 name=orders"),
        ("any(companies on 5)", "filter-needs-day position=18 found=5"),
        ("addresses = 'x'", "filter-operator position=11 operator== name=addresses kind=address"),
        ("addresses in ('x')", "filter-operator position=11 operator=in name=addresses kind=address"),
        ("min(orders.status) = 'open'", "filter-operator position=12 operator=min name=status kind=choice"),
        ("sum(orders.placed_at) > 1", "filter-operator position=12 operator=sum name=placed_at kind=instant"),
    ]);
}

#[test]
fn values_must_be_of_the_kind() {
    check(&[
        ("city = 5", "filter-value position=8 name=city kind=text found=5"),
        ("city = now", "filter-value position=8 name=city kind=text found=now"),
        ("score = '5'", "filter-value position=9 name=score kind=integer found='5'"),
        ("score = money'5 EUR'", "filter-value position=9 name=score kind=integer found=money'5 EUR'"),
        ("budget = '5'", "filter-value position=10 name=budget kind=money found='5'"),
        ("budget = money'5 XYZ'", "filter-unknown-currency position=10 found=XYZ"),
        ("vip = 1", "filter-value position=7 name=vip kind=yes_no found=1"),
        ("renewal = 'soon'", "filter-value position=11 name=renewal kind=date found='soon'"),
        ("renewal = 5", "filter-value position=11 name=renewal kind=date found=5"),
        ("created_at > me", "filter-value position=14 name=created_at kind=instant found=me"),
        ("owner = my_team", "filter-value position=9 name=owner kind=user found=my_team"),
        ("team = me", "filter-value position=8 name=team kind=team found=me"),
        ("company = me", "filter-value position=11 name=company kind=relation found=me"),
        ("country in ('PL', 5)", "filter-value position=19 name=country kind=country found=5"),
        ("score between 1 and 'x'", "filter-value position=21 name=score kind=integer found='x'"),
        ("renewal in last 1.5 days", "filter-stretch position=17 limit=100000 found=1.5"),
        ("renewal in next -1 days", "filter-stretch position=17 limit=100000 found=-1"),
        ("renewal in next 100001 days", "filter-stretch position=17 limit=100000 found=100001"),
    ]);
}

#[test]
fn figures_need_the_right_field_and_number() {
    check(&[
        ("sum(orders) > 1", "filter-needs-field position=5 figure=sum relation=orders"),
        ("count(orders.total) > 1", "filter-takes-no-field position=14 name=total"),
        ("any(orders.total)", "filter-takes-no-field position=12 name=total"),
        ("count(orders) > 'x'", "filter-needs-number position=17 found='x'"),
        ("sum(orders.total) > 'x'", "filter-value position=21 name=total kind=money found='x'"),
        ("max(orders.placed_at) > 5", "filter-value position=25 name=placed_at kind=instant found=5"),
        ("avg(orders.total) > 1.000000001", "filter-too-fine position=21 digits=6"),
    ]);
}
