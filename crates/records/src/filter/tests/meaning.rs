//! What filters mean, by example: one contact, what it holds, and which filters it passes.

use super::{
    system,
    world::{Company, TEAMS, USERS},
};
use crate::{
    filter::{Filter, RecordRef},
    permissions::Access,
    value::{Link, Money, Value},
};
use base::{Caller, Id, Timestamp};

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn texts(all: &[&str]) -> Value {
    Value::Many(all.iter().map(|one| text(one)).collect())
}

fn link(to: RecordRef) -> Value {
    Value::Link(Link::to(to.object, to.id))
}

fn money(minor: i64, currency: &str, base: Option<i64>) -> Value {
    Value::Money(Money { minor, currency: currency.to_owned(), base })
}

fn passes(company: &Company, caller: &Caller, record: RecordRef, filter: &str, now: Timestamp) -> bool {
    let access = Access::new(&company.schema, caller);
    let object = company.schema.object_by_id(record.object).unwrap();
    let checked =
        Filter::parse(filter).and_then(|parsed| Ok(parsed.check(&access, object, now)?.matches(company, record)));
    checked.unwrap_or_else(|error| panic!("{filter}: {error}"))
}

/// The record passes the first filters and none of the others.
fn check(company: &Company, record: RecordRef, yes: &[&str], no: &[&str]) {
    for (filters, expected) in [(yes, true), (no, false)] {
        for filter in filters {
            assert_eq!(passes(company, &system(), record, filter, Timestamp(0)), expected, "{filter}");
        }
    }
}

fn contact(values: &[(&str, Value)]) -> (Company, RecordRef) {
    let (mut company, contact) = Company::with_one("contacts");
    for (field, value) in values {
        company.set(contact, field, value.clone());
    }
    (company, contact)
}

#[test]
fn texts_are_compared_without_case_and_accents_unless_exactly() {
    let (company, contact) = contact(&[("city", text("Łódź")), ("story", text(&format!("{} Ende", "x ".repeat(300))))]);
    check(
        &company,
        contact,
        &[
            "city = 'lodz'",
            "city = '  ŁÓDŹ '",
            "city == 'Łódź'",
            "city != 'Lublin'",
            "city starts with 'ŁÓ'",
            "city ends with 'dz'",
            "city contains 'Ód'",
            "city > 'Kraków' and city < 'Mława' and city >= 'Łódź' and city <= 'lodz'",
            "city between 'K' and 'M'",
            "city in ('Lublin', 'lodz')",
            "story ends with 'ENDE'",
        ],
        &["city == 'lodz'", "city != 'LODZ'", "city contains 'x'", "city between 'M' and 'K'", "city == 'Łódź '"],
    );
}

#[test]
fn nothing_passes_no_comparison_and_not_turns_that_round() {
    let (company, contact) = contact(&[("city", text("Łódź"))]);
    check(
        &company,
        contact,
        &[
            "email is empty",
            "not email = 'a@b.pl'",
            "not email != 'a@b.pl'",
            "not score < 5",
            "not company.name = 'x'",
            "company.name is empty",
            "not company.name is not empty",
            "emails is empty and companies is empty and hobbies is empty and addresses is empty",
            "city is not empty",
            "not city = ''",
        ],
        &[
            "email = 'a@b.pl'",
            "email != 'a@b.pl'",
            "email is not empty",
            "score != 5",
            "score between 0 and 9",
            "company.name != 'x'",
            "emails != 'x'",
            "city = ''",
            "city != ''",
            "city contains ''",
            "city starts with ' '",
            "city in ('')",
            "owner = 'nobody'",
        ],
    );
}

#[test]
fn many_values_mean_any_of_them() {
    let (company, contact) = contact(&[
        ("email", text("Anna@firma.pl")),
        ("emails", texts(&["Anna@firma.pl", "anna@domena.ro"])),
        ("phone", text("+48601234567")),
        ("hobbies", texts(&["chess", "Chopin"])),
        ("tags", texts(&["VIP", "Zürich"])),
    ]);
    check(
        &company,
        contact,
        &[
            "emails = 'ANNA@domena.ro' and emails = 'anna@firma.pl'",
            "emails != 'anna@firma.pl'",
            "emails ends with '.ro' and emails ends with '.pl'",
            "emails == 'Anna@firma.pl'",
            "phones = '601 234 567' and phones starts with '+48 601' and phones contains '123-45'",
            "phone = '+48 601 234 567'",
            "hobbies = 'CHOPIN' and hobbies in ('ski', 'Chess')",
            "tags = 'zurich'",
            "emails is not empty and phones is not empty",
        ],
        &["emails = 'x@firma.pl'", "emails == 'anna@firma.pl'", "phones != '601234567'", "hobbies = 'ski'"],
    );
}

#[test]
fn numbers_are_exact_also_beyond_the_scale() {
    let (company, contact) = contact(&[("score", Value::Int(3)), ("weight", Value::Int(-150)), ("vip", Value::Int(1))]);
    check(
        &company,
        contact,
        &[
            "score = 3 and score = 3.0 and score > 2.9 and score < 3.1 and score >= 2.999 and score <= 3.0001",
            "score != 3.5",
            "weight = -1.5 and weight > -1.501 and weight < -1.499 and weight >= -1.505 and weight <= -1.495",
            "weight between -1.509 and -1.491",
            "score < 99999999999999999999999999 and score > -99999999999999999999999999",
            "score in (1, 2.5, 3)",
            "vip = true and vip != false and vip in (true)",
        ],
        &["score = 3.0001", "score > 3", "weight > -1.5", "weight between -1.499 and -1.491", "vip = false"],
    );
}

#[test]
fn money_is_compared_in_the_base_currency_or_exactly_in_its_own() {
    let (company, contact) = contact(&[("budget", money(100_000, "PLN", Some(23_500)))]);
    check(
        &company,
        contact,
        &[
            "budget = 235 and budget = 235.00 and budget > 234.999 and budget < 235.001 and budget != 235.001",
            "budget = money'1000.00 PLN' and budget = money'1000 PLN' and budget > money'999.999 PLN'",
            "budget != money'1000 EUR' and budget != money'1 PLN'",
            "budget between money'1 PLN' and money'1000 PLN'",
            "budget in (1, money'1000 PLN')",
        ],
        &[
            "budget = 1000",
            "budget > money'1 EUR'",
            "budget < money'99999 EUR'",
            "budget != money'1000 PLN'",
            "budget between money'1 EUR' and money'1000 PLN'",
        ],
    );
    let (company, contact) = contact_without_rate();
    check(
        &company,
        contact,
        &["budget is not empty", "budget = money'7 JPY'", "not budget > 0 and not budget <= 0"],
        &["budget != 1", "budget is empty", "budget = money'7.1 JPY'"],
    );
}

fn contact_without_rate() -> (Company, RecordRef) {
    contact(&[("budget", money(7, "JPY", None))])
}

#[test]
fn codes_are_compared_in_any_case_and_countries_by_name() {
    let (company, contact) = contact(&[("country", text("PL")), ("language", text("fr"))]);
    check(
        &company,
        contact,
        &[
            "country = 'pl' and country = 'Polska' and country != 'RO'",
            "country in ('RO', 'poland')",
            "language = 'FR'",
        ],
        &["country = 'Atlantis'", "country == 'pl'", "language = 'x'"],
    );
}

#[test]
fn references_are_compared_by_id_and_followed_by_path() {
    let (mut company, contact) = contact(&[]);
    let (parent, firm) = (company.add_empty("companies", 10), company.add_empty("companies", 11));
    company.set(parent, "name", text("Grupa Żubr"));
    company.set(firm, "parent", link(parent));
    company.set(firm, "city", text("Łódź"));
    company.set(contact, "company", link(firm));
    company.set(contact, "companies", Value::Many(vec![link(firm), link(parent)]));
    let (users, teams) = (company.schema.object("users").unwrap().id, company.schema.object("teams").unwrap().id);
    company.set(contact, "owner", link(RecordRef { object: users, id: Id(USERS[0]) }));
    company.set(contact, "team", link(RecordRef { object: teams, id: Id(TEAMS[1]) }));
    let same = format!("company = '{}' and companies = '{}' and companies = '{}'", firm.id, parent.id, firm.id);
    check(
        &company,
        contact,
        &[
            &same,
            "company.city = 'lodz' and company.parent.name starts with 'grupa' and company.parent.city is empty",
            "owner.name = 'lucja zak' and team.name is not empty and owner.email contains '@example'",
            "any(companies where name contains 'żubr') and count(companies) = 2",
            "no(companies where city = 'Iași') and all(companies where city = 'Łódź' or name is not empty)",
            "not owner = me and owner != me",
            &format!("owner = '{}' and owner in ('{}', me)", Id(USERS[0]), Id(USERS[0])),
        ],
        &["company = 'x'", "owner = me", "team = my_team", "all(companies where city = 'Łódź')"],
    );
    company.bin(firm);
    check(
        &company,
        contact,
        &["company is not empty", "company.city is empty", "count(companies) = 1"],
        &["company.city = 'Łódź'", "company.parent.name starts with 'grupa'"],
    );
}

#[test]
fn figures_are_made_of_the_living_records_that_pass() {
    let (mut company, contact) = contact(&[]);
    let totals = [money(10_000, "EUR", Some(10_000)), money(50_000, "PLN", Some(11_700)), money(5, "JPY", None)];
    for (id, total) in (100..).zip(totals) {
        let order = company.add_empty("orders", id);
        company.set(order, "contact", link(contact));
        company.set(order, "total", total);
        company.set(order, "status", text(if id == 100 { "paid" } else { "open" }));
    }
    let binned = company.add_empty("orders", 200);
    company.set(binned, "contact", link(contact));
    company.set(binned, "total", money(1, "EUR", Some(1)));
    company.bin(binned);
    check(
        &company,
        contact,
        &[
            "count(orders) = 3 and count(orders where status = 'paid') = 1 and count(orders) != 2.5",
            "sum(orders.total) = 217 and sum(orders.total where status = 'open') = 117",
            "sum(orders.total) = money'100 EUR' and sum(orders.total) = money'500 PLN'",
            "avg(orders.total) = 108.5 and avg(orders.total) < 108.500001 and avg(orders.total) > 108.499999",
            "min(orders.total) = 100 and max(orders.total) = 117 and max(orders.total) = money'5 JPY'",
            "any(orders where total is not empty) and no(orders where status is empty) and all(orders)",
            "count(tasks) = 0 and sum(orders.total where number = 'x') = 0 and all(tasks where status = 'done')",
            "min(orders.total where number = 'x') > 0 or not min(orders.total where number = 'x') > 0",
        ],
        &[
            "any(tasks)",
            "avg(orders.total where number = 'x') != 1",
            "min(orders.total where number = 'x') != 1",
            "sum(orders.total) = money'0.01 EUR'",
            "all(orders where status = 'open')",
        ],
    );
}

#[test]
fn what_is_about_a_record_hangs_on_it_whatever_object_it_is() {
    let (mut company, contact) = contact(&[]);
    let firm = company.add_empty("companies", 11);
    for (id, about) in [(300, contact), (301, firm)] {
        let task = company.add_empty("tasks", id);
        company.set(task, "about", link(about));
        company.set(task, "status", text("open"));
    }
    check(
        &company,
        contact,
        &["count(tasks where status = 'open') = 1", "no(notes)"],
        &["any(tasks where status = 'done')"],
    );
    check(&company, firm, &["count(tasks) = 1"], &["any(notes)"]);
}
