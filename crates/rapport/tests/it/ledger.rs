//! A real sales ledger, brought in by its map: what is there afterwards is what the file says, on both databases.

mod file;

use crate::imports::upload::{counts, import};
use file::Ledger;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testing::{Client, TestApp};

const MAP: &str = include_str!("../../../../docs/examples/superstore.toml");

const BIG_CUSTOMERS: &str = "sum(orders.total where placed_at >= date'2016-01-01') > 5000";
const CALIFORNIA: &str = "ship_region = 'California' and total > 1000";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sales_ledger_becomes_customers_products_orders_and_lines_the_same_on_both_databases() {
    let Some(ledger) = Ledger::fetch().await else { return };
    let mut answers = Vec::new();
    for app in [TestApp::sqlite().await, TestApp::postgres().await] {
        let ada = dollars(&app).await;
        let began = std::time::Instant::now();
        let done = import(&app, &ada, "transactions", &ledger.bytes, &json!({"map": MAP})).await;
        eprintln!("{:?}: {} lines in {:?}", app.house.db.dialect(), ledger.lines, began.elapsed());
        assert_eq!(counts(&done), [9_994, 0, 0, 0], "{done}");
        what_the_file_says_is_there(&ada, &ledger).await;
        answers.push(filters_answer_rightly(&ada, &ledger).await);
        nothing_changes_by_importing_it_again(&app, &ada, &ledger).await;
    }
    for (n, a) in answers.iter().enumerate() {
        std::fs::write(format!("/tmp/t2_answer{n}"), a).unwrap();
    }
    assert!(answers[0] == answers[1], "SQLite and PostgreSQL answer with different bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trying_a_ledger_out_changes_nothing() {
    let Some(ledger) = Ledger::fetch().await else { return };
    for app in [TestApp::sqlite().await, TestApp::postgres().await] {
        let ada = dollars(&app).await;
        let done = import(&app, &ada, "transactions", &ledger.bytes, &json!({"map": MAP, "dry_run": true})).await;
        assert_eq!(counts(&done), [9_994, 0, 0, 0], "{done}");
        for object in ["contacts", "products", "orders", "order_lines"] {
            assert_eq!(count(&ada, object, "").await, 0, "{object}");
        }
        let fields = ada.get("/objects/orders/fields").await.text();
        assert!(!fields.contains("ship_mode"), "trying out must not make fields");
    }
}

/// The operator of a company that counts in dollars, as the ledger does.
async fn dollars(app: &TestApp) -> Client {
    let operator = app.operator();
    operator.patch("/settings", &json!({"base_currency": "USD"})).await.expect(200);
    operator
}

async fn count(client: &Client, object: &str, filter: &str) -> u64 {
    let path = format!("/records/{object}/count");
    let answer = client.ask(&path, &[("filter", filter), ("exact", "true")]).await.expect(200);
    answer["count"].as_u64().unwrap()
}

/// All records that a question finds, page by page, and the bytes of the pages.
async fn all(client: &Client, object: &str, asked: &[(&str, &str)]) -> (Vec<Value>, Vec<u8>) {
    let (mut items, mut bytes, mut cursor) = (Vec::new(), Vec::new(), String::new());
    loop {
        let mut query = asked.to_vec();
        query.push(("limit", "200"));
        if !cursor.is_empty() {
            query.push(("cursor", &cursor));
        }
        let reply = client.ask(&format!("/records/{object}"), &query).await;
        bytes.extend_from_slice(&reply.body);
        let page = reply.expect(200);
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return (items, bytes),
        }
    }
}

fn cents(money: &Value) -> i64 {
    assert_eq!(money["currency"], "USD", "{money}");
    money["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

async fn what_the_file_says_is_there(ada: &Client, ledger: &Ledger) {
    let counted = [("order_lines", 9_994), ("orders", 5_009), ("contacts", 793), ("products", 1_862)];
    for (object, expected) in counted {
        assert_eq!(count(ada, object, "").await, expected, "{object}");
    }
    let (lines, _) = all(ada, "order_lines", &[("fields", "order,product,total,profit")]).await;
    assert_eq!(lines.iter().map(|line| cents(&line["total"])).sum::<i64>(), 229_720_065);
    let pairs: BTreeSet<_> =
        lines.iter().map(|line| (line["order"].to_string(), line["product"].to_string())).collect();
    assert_eq!(lines.len() - pairs.len(), 8, "pairs of an order and a product that come twice stay two lines");
    let (orders, _) = all(ada, "orders", &[("fields", "number,total,ship_mode,sales_region")]).await;
    assert_eq!(orders.iter().map(|order| cents(&order["total"])).sum::<i64>(), 229_720_065);
    for order in &orders {
        let expected = &ledger.orders[order["number"].as_str().unwrap()];
        assert_eq!(cents(&order["total"]), expected.cents, "{order}");
        assert_eq!(order["ship_mode"], json!(expected.ship_mode), "{order}");
    }
    let (products, _) = all(ada, "products", &[("fields", "code,name")]).await;
    assert_eq!(ledger.renamed_products(), 32);
    for product in &products {
        assert_eq!(product["name"], json!(ledger.products[product["code"].as_str().unwrap()]), "the last name wins");
    }
}

/// The two questions of a sales manager, held against sums that are made here from the file. Gives the bytes.
async fn filters_answer_rightly(ada: &Client, ledger: &Ledger) -> Vec<u8> {
    let asked = [("filter", BIG_CUSTOMERS), ("sort", "last_name"), ("fields", "external_id,last_name")];
    let (contacts, mut bytes) = all(ada, "contacts", &asked).await;
    let found: BTreeSet<&str> = contacts.iter().map(|contact| contact["external_id"].as_str().unwrap()).collect();
    let expected = ledger.customers_above(500_000, "2016-01-01");
    assert!(!expected.is_empty() && expected.len() < 793);
    assert_eq!(found, expected.iter().map(String::as_str).collect());
    let names: Vec<String> = contacts.iter().map(|c| base::fold::key(c["last_name"].as_str().unwrap())).collect();
    assert!(names.is_sorted(), "{names:?}");

    let asked = [("filter", CALIFORNIA), ("sort", "-total"), ("fields", "number,total")];
    let (orders, more) = all(ada, "orders", &asked).await;
    let found: Vec<(i64, &str)> =
        orders.iter().map(|order| (cents(&order["total"]), order["number"].as_str().unwrap())).collect();
    assert!(found.is_sorted_by(|one, next| one.0 >= next.0), "{found:?}");
    let in_region = |order: &file::Order| order.region == "California" && order.cents > 100_000;
    let expected: BTreeSet<(i64, &str)> = ledger
        .orders
        .iter()
        .filter(|(_, order)| in_region(order))
        .map(|(number, order)| (order.cents, number.as_str()))
        .collect();
    assert!(expected.len() > 100);
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    bytes.extend(more);
    bytes
}

async fn nothing_changes_by_importing_it_again(app: &TestApp, ada: &Client, ledger: &Ledger) {
    let before = app.digest().await;
    let again = import(app, ada, "transactions", &ledger.bytes, &json!({"map": MAP})).await;
    assert_eq!(counts(&again), [0, 0, 9_994, 0], "{again}");
    // What an import leaves of itself: its row, its job, and its beginning and end in the log.
    let bookkeeping = ["import:", "job:", "event:"];
    let differences = app.digest().await.differences(&before);
    let other = differences.iter().filter(|line| !bookkeeping.iter().any(|own| line.starts_with(own)));
    assert_eq!(other.collect::<Vec<_>>(), Vec::<&String>::new());
}
