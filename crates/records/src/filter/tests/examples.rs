//! Filters that once went wrong, or easily could: the databases and the evaluator agree on them too.

use super::{
    agreement::{callers, compare},
    world::Company,
};
use crate::permissions::Access;
use base::{SystemCaller, Timestamp};
use db::{Options, testing::Scratch};

const CONTACTS: [&str; 20] = [
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
];

#[tokio::test]
async fn both_databases_and_the_evaluator_agree_on_awkward_filters() {
    let company = Company::new(4);
    for scratch in Scratch::each().await {
        let db = scratch.open(Options::default()).await.unwrap();
        company.save(&db, &SystemCaller::for_(db.tenant(), "tests")).await;
        let now = Timestamp::parse("2026-10-25T00:30:00Z").unwrap();
        for caller in callers(db.tenant()).into_iter().take(3).filter(|caller| caller.plan.objects.len() != 7) {
            let access = Access::new(&company.schema, &caller);
            let contacts = company.schema.object("contacts").unwrap();
            compare(&db, &company, &access, contacts, &CONTACTS, now).await;
        }
    }
}
