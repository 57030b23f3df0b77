//! The filters that lists live on are answered from an index, on both databases.

use super::world::schema;
use crate::{
    filter::Filter,
    layout::{Layout, Record},
    permissions::{Access, Action},
    schema::Schema,
    sql::Sql,
    value::{Link, Money, Value},
};
use base::{AccessPlan, Caller, Id, Principal, SystemCaller, Timestamp};
use db::{Batch, Db, Options, Statement, testing::Scratch};
use std::sync::Arc;

/// Enough rows that reading all of them is no good idea.
const CONTACTS: i64 = 3_000;

struct Case {
    object: &'static str,
    filter: &'static str,
    order: &'static str,
    index: &'static str,
}

const CASES: [Case; 8] = [
    Case {
        object: "contacts",
        filter: "last_name starts with 'Name12'",
        order: "last_name_key",
        index: "contact_by_last_name",
    },
    Case { object: "contacts", filter: "email = 'User77@example.com'", order: "id", index: "contact_by_email" },
    Case { object: "contacts", filter: "email == 'user77@example.com'", order: "id", index: "contact_by_email" },
    Case { object: "contacts", filter: "city = 'City 7'", order: "last_name_key", index: "contact_by_city" },
    Case { object: "contacts", filter: "owner = me", order: "last_name_key", index: "contact_by_owner" },
    Case {
        object: "contacts",
        filter: "count(orders where total > 5) > 1",
        order: "last_name_key",
        index: "sales_order_by_contact",
    },
    Case {
        object: "contacts",
        filter: "company in tree of '00000000000YG'",
        order: "last_name_key",
        index: "company_by_parent",
    },
    Case {
        object: "orders",
        filter: "ship_region = 'Region 3' and total > 900",
        order: "total_base",
        index: "sales_order_by_region",
    },
];

#[tokio::test]
async fn the_filters_that_lists_live_on_use_their_index() {
    for scratch in Scratch::each().await {
        let db = scratch.open(Options::default()).await.unwrap();
        let schema = schema();
        fill(&db, &schema).await;
        // Statistics are read when a database is opened.
        db.close().await.unwrap();
        drop(db);
        let db = scratch.open(Options::default()).await.unwrap();
        for case in &CASES {
            let plan = plan(&db, &schema, case).await;
            assert!(plan.contains(case.index), "{:?} {}:\n{plan}", db.dialect(), case.filter);
        }
    }
}

/// What the database would do for the first page.
async fn plan(db: &Db, schema: &Schema, case: &Case) -> String {
    let plan = AccessPlan { user: Some(Id(7)), everything: true, ..AccessPlan::default() };
    let caller =
        Caller { principal: Principal::User(Id(7)), plan: Arc::new(plan), ..SystemCaller::for_(db.tenant(), "tests") };
    let access = Access::new(schema, &caller);
    let object = schema.object(case.object).unwrap();
    let filter = Filter::parse(case.filter).unwrap().check(&access, object, Timestamp(0)).unwrap();
    let mut sql = Sql::new();
    sql.push("SELECT r.id FROM ").push(object.table_name()).push(" r WHERE ");
    access.push_living(&mut sql, object, Action::Read, "r");
    sql.push(" AND ");
    filter.push_sql(&mut sql, &access, db.dialect(), "r");
    sql.push(" ORDER BY ");
    if case.order != "id" {
        sql.push_expression(&db.dialect().order(&format!("r.{}", case.order), false)).push(", ");
    }
    sql.push("r.id LIMIT 51");
    db.explain(&caller, sql.statement()).await.unwrap()
}

async fn fill(db: &Db, schema: &Schema) {
    let caller = SystemCaller::for_(db.tenant(), "tests");
    let mut batch = Batch::new();
    for (object, first) in [("contacts", 1), ("orders", 100_000)] {
        let object = schema.object(object).unwrap();
        let layout = Layout::new(object);
        for number in 0..CONTACTS {
            let link = |id: i64| Value::Link(Link::to(2, Id(id)));
            let value = |name: &str| match name {
                "last_name" => Value::Text(format!("Name{number}")),
                "email" => Value::Text(format!("user{number}@example.com")),
                "city" => Value::Text(format!("City {}", number % 100)),
                "ship_region" => Value::Text(format!("Region {}", number % 40)),
                "owner" => link(number % 50),
                "contact" => link(1 + number / 2),
                "total" => {
                    Value::Money(Money { minor: number * 100, currency: "EUR".into(), base: Some(number * 100) })
                }
                "created_at" | "updated_at" | "version" => Value::Int(1),
                _ => Value::Empty,
            };
            let values = object.fields.iter().map(|field| value(&field.name)).collect();
            let record = Record { object: object.id, id: Id(first + number), values, deleted_at: None };
            batch.run(layout.insert(caller.tenant, object, &record));
        }
    }
    batch.run(Statement::new("ANALYZE", []));
    db.submit(&caller, batch).await.unwrap();
}
