//! The figures of companies worked out anew, from what the interface tells of their orders, and what is computed from
//! them.

use serde_json::{Value, json};
use testing::Client;

/// The fields that are held against it, with their objects, in the order in which they are made.
pub fn fields() -> Vec<(&'static str, Value)> {
    let computed = |name: &str, expression: &str| json!({"name": name, "type": "computed", "expression": expression});
    let rolled = |(name, rollup)| ("companies", json!({"name": name, "type": "rollup", "rollup": rollup}));
    let fees = ("fees", json!({"relation": "orders", "function": "sum", "field": "fee"}));
    let standing = "if(net > 1000 and orders_count > 1, 'Duży', 'mały') & ' ' & coalesce(upper(city), '?')";
    let mut all = vec![("orders", computed("fee", "round(total / 10, 2)"))];
    all.extend(figures().into_iter().chain([fees]).map(rolled));
    all.push(("companies", computed("net", "revenue - fees")));
    all.push(("companies", computed("standing", standing)));
    all
}

fn figures() -> [(&'static str, Value); 6] {
    let of = |function: &str, field: &str| json!({"relation": "orders", "function": function, "field": field});
    let mut revenue = of("sum", "total");
    revenue["where"] = json!("status != 'cancelled'");
    let mut last = of("last", "status");
    last["by"] = json!("placed_at");
    [
        ("orders_count", json!({"relation": "orders", "function": "count"})),
        ("revenue", revenue),
        ("smallest", of("min", "total")),
        ("last_order", of("max", "placed_at")),
        ("average", of("avg", "total")),
        ("last_status", last),
    ]
}

/// Makes the fields.
pub async fn define(client: &Client) {
    for (object, field) in fields() {
        client.post(&format!("/objects/{object}/fields"), &field).await.expect(201);
    }
}

/// Every company's figures are those of its living orders.
pub async fn agrees(client: &Client, place: &str) {
    let orders = all(client, "orders").await;
    for order in &orders {
        assert_eq!(order["fee"], euro(cents(&order["total"]).map(|total| half_even(total, 10))), "{place}: {order}");
    }
    for company in all(client, "companies").await {
        let own: Vec<&Value> = orders.iter().filter(|order| order["company"] == company["id"]).collect();
        for (name, expected) in expected(&company, &own) {
            assert_eq!(company[name], expected, "{place}: {name} of {}", company["name"]);
        }
    }
}

async fn all(client: &Client, object: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut query = vec![("limit", "200")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = client.ask(&format!("/records/{object}"), &query).await.expect(200);
        found.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return found,
        }
    }
}

fn euro(cents: Option<i64>) -> Value {
    cents.map_or(Value::Null, |cents| json!({"amount": amount(cents), "currency": "EUR"}))
}

fn expected(company: &Value, orders: &[&Value]) -> [(&'static str, Value); 9] {
    let totals = |orders: &mut dyn Iterator<Item = &Value>| -> Vec<i64> {
        orders.filter_map(|order| cents(&order["total"])).collect()
    };
    let counted = totals(&mut orders.iter().copied().filter(|order| order["status"] != "cancelled"));
    // An empty field is not `!= 'cancelled'`, and no order here has an empty one.
    let every = totals(&mut orders.iter().copied());
    let (count, sum) = (i64::try_from(every.len()).unwrap(), every.iter().sum::<i64>());
    let mut placed: Vec<(&str, &str, &Value)> = orders
        .iter()
        .filter_map(|order| Some((order["placed_at"].as_str()?, order["id"].as_str()?, &order["status"])))
        .collect();
    placed.sort_by_key(|(at, id, _)| (*at, *id));
    let last = placed.last();
    let (revenue, fees) = (counted.iter().sum::<i64>(), every.iter().map(|total| half_even(*total, 10)).sum::<i64>());
    let size = if revenue - fees > 100_000 && orders.len() > 1 { "Duży" } else { "mały" };
    let city = company["city"].as_str().map_or("?".to_owned(), str::to_uppercase);
    [
        ("fees", euro(Some(fees))),
        ("net", euro(Some(revenue - fees))),
        ("standing", json!(format!("{size} {city}"))),
        ("orders_count", json!(orders.len())),
        ("revenue", euro(Some(revenue))),
        ("smallest", euro(every.iter().min().copied())),
        ("last_order", last.map_or(Value::Null, |(at, ..)| json!(at))),
        ("average", euro((count > 0).then(|| half_even(sum, count)))),
        ("last_status", last.map_or(Value::Null, |(.., status)| (*status).clone())),
    ]
}

fn cents(total: &Value) -> Option<i64> {
    let amount = total["amount"].as_str()?;
    amount.replace('.', "").parse().ok()
}

fn amount(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

fn half_even(sum: i64, count: i64) -> i64 {
    let (whole, rest) = (sum.div_euclid(count), sum.rem_euclid(count));
    let up = 2 * rest > count || 2 * rest == count && whole % 2 != 0;
    whole + i64::from(up)
}
