//! Filters that once went wrong, or easily could: the databases and the evaluator agree on them too.

use super::{
    agreement::{callers, compare},
    world::Company,
};
use crate::permissions::Access;
use base::{SystemCaller, Timestamp};
use db::{Options, testing::Scratch};

const CONTACTS: [&str; 24] = [
    "not (email = 'anna@example.com' and score > 3)",
    "not (email = 'anna@example.com' or not score > 3)",
    "not any(orders where not total > 5)",
    "company.parent.city is empty",
    "not company.parent.city is not empty",
    "emails is empty",
    "emails != 'anna@example.com' and not emails = 'anna@example.com'",
    "last_name starts with '\u{10ffff}'",
    "last_name starts with '\u{301}' or city = '\u{301}'",
    "avg(orders.total) != 0 or avg(orders.total) = 0",
    "avg(orders.total where status = 'open') <= -0.005",
    "sum(orders.total) >= 0 and not sum(orders.total) < money'0 PLN'",
    "max(orders.placed_at) = date'2026-03-29' or min(orders.placed_at) != date'2026-10-25'",
    "count(companies where any(people where any(companies))) > 1",
    "any(companies where count(people) > 1 and any(orders where any(lines)))",
    "all(companies where all(orders where total > 0))",
    "owner.name contains 'ł' or coach.name ends with 'one'",
    "sponsor.name is not empty and budget != money'10.00 PLN'",
    "hobbies in ('chess', 'ski') or hobbies is empty",
    "id in ('', 'x') or id.city = 'lodz'",
    "any(companies as 'Właściciel', 'director' on today) or no(companies on date'2026-03-29')",
    "any(companies where count(people as 'director' on now where any(companies on today)) > 0)",
    "companies in tree of '00000000000YG' or not company in tree of 'nobody'",
    "not company.parent in tree of 'x' and any(companies where not parent in tree of '00000000000YG')",
];

#[tokio::test]
async fn both_databases_and_the_evaluator_agree_on_awkward_filters() {
    let company = Company::new(4);
    for scratch in Scratch::each().await {
        let db = scratch.open(Options::default()).await.unwrap();
        company.save(&db, &SystemCaller::for_(db.tenant(), "tests")).await;
        let now = Timestamp::parse("2026-10-25T00:30:00Z").unwrap();
        let callers = callers(db.tenant());
        // Everything, own and team: nothing is hidden from these.
        for caller in [&callers[0], &callers[2], &callers[3]] {
            let access = Access::new(&company.schema, caller);
            let contacts = company.schema.object("contacts").unwrap();
            compare(&db, &company, &access, contacts, &CONTACTS, now).await;
        }
    }
}

#[tokio::test]
async fn the_largest_filters_that_are_read_are_also_answered() {
    let company = Company::new(6);
    let largest = [
        vec!["any(orders where any(lines))"; 100].join(" or "),
        vec!["sum(orders.total) > 1"; 200].join(" and "),
        format!("score in ({})", (0..1_000).map(|n| n.to_string()).collect::<Vec<_>>().join(",")),
        format!("{}not (city = 'x'){}", "not (".repeat(30), ")".repeat(30)),
        vec!["company.parent.parent.city = 'lodz'"; 200].join(" or "),
        vec!["emails contains 'a'"; 200].join(" and "),
    ];
    let filters: Vec<&str> = largest.iter().map(String::as_str).collect();
    for scratch in Scratch::each().await {
        let db = scratch.open(Options::default()).await.unwrap();
        let caller = SystemCaller::for_(db.tenant(), "tests");
        company.save(&db, &caller).await;
        let access = Access::new(&company.schema, &caller);
        let contacts = company.schema.object("contacts").unwrap();
        for filter in filters.chunks(1) {
            compare(&db, &company, &access, contacts, filter, Timestamp(0)).await;
        }
    }
}
