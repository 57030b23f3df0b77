//! Fields that are rolled up from related records, and computed from that: right after every change, by whatever way,
//! and for those who filter.

mod killed;
mod oracle;
mod thrown;

use crate::imports::upload::import;
use oracle::agrees;
use serde_json::{Value, json};
use std::time::Duration;
use testing::{Client, Reply, TestApp, on_both};

const FIELDS: &str = "/objects/companies/fields";

fn action(reply: &Reply) -> String {
    assert!(reply.status < 300, "{}", reply.text());
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

/// An administrator, whose companies have figures of their orders.
async fn with_figures(app: &TestApp) -> Client {
    let ada = app.user("Ada", "administrator").await;
    oracle::define(&ada).await;
    ada
}

async fn company(client: &Client, name: &str) -> String {
    client.post("/records/companies", &json!({"name": name})).await.made()
}

fn order(number: &str, company: &str, total: &str) -> Value {
    json!({"number": number, "company": company, "total": total, "placed_at": format!("2026-11-{number}T09:00:00Z")})
}

on_both!(figures_follow_every_change_of_the_records_that_feed_them, |app| {
    let ada = with_figures(&app).await;
    let [first, second] = [company(&ada, "Młyn Wągrowiec").await, company(&ada, "Huta Śląsk").await];
    agrees(&ada, "of nothing").await;
    let path = format!("/records/companies/{first}");
    assert_eq!(ada.get(&path).await["revenue"], json!({"amount": "0.00", "currency": "EUR"}));
    let mut ids = Vec::new();
    for (number, total) in [("01", "100.00"), ("02", "50.25"), ("03", "-7.10")] {
        ids.push(ada.post("/records/orders", &order(number, &first, total)).await.made());
        agrees(&ada, "created").await;
    }
    assert_eq!(ada.get(&path).await["revenue"]["amount"], "143.15");
    let place = |at: usize| format!("/records/orders/{}", ids[at]);
    let changed = ada.patch(&place(0), &json!({"total": "200.00", "status": "shipped"})).await;
    agrees(&ada, "changed").await;
    ada.post(&format!("/actions/{}/undo", action(&changed)), &json!({})).await.expect(200);
    agrees(&ada, "undone").await;
    ada.patch(&place(1), &json!({"status": "cancelled"})).await.expect(200);
    agrees(&ada, "out of the condition").await;
    ada.patch(&place(2), &json!({"company": second})).await.expect(200);
    agrees(&ada, "moved").await;
    ada.delete(&place(0)).await.expect(204);
    agrees(&ada, "binned").await;
    ada.post(&format!("{}/restore", place(0)), &json!({})).await.expect(200);
    agrees(&ada, "restored").await;
    ada.patch(&path, &json!({"city": "Łódź"})).await.expect(200);
    agrees(&ada, "the company itself changed").await;
    ada.delete(&path).await.expect(204);
    ada.patch(&place(1), &json!({"status": "placed"})).await.expect(200);
    ada.post(&format!("{path}/restore"), &json!({})).await.expect(200);
    agrees(&ada, "changed while the company was in the bin").await;
    let many: Vec<Value> = (10..25).map(|n| order(&n.to_string(), [&first, &second][n % 2], "12.34")).collect();
    ada.post("/records/orders/batch", &json!({"create": many, "atomic": true})).await.expect(200);
    agrees(&ada, "a batch").await;
    let merged = ada.post("/records/companies/merge", &json!({"survivor": first, "merged": [second]})).await;
    agrees(&ada, "merged").await;
    ada.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await.expect(200);
    agrees(&ada, "taken apart").await;
    let wish = json!({"do": "change", "filter": "status = 'placed'", "fields": {"status": "confirmed"}});
    ada.post("/records/orders/bulk", &wish).await;
    app.settled().await;
    agrees(&ada, "in bulk").await;
    let file = format!("number,company,total,status\n01,{second},77.00,placed\n98,{first},1.00,returned\n");
    import(&app, &ada, "orders", file.as_bytes(), &json!({"match": "number"})).await;
    agrees(&ada, "imported").await;
    // What follows by itself is no change of the company: no version, no history.
    let company = ada.get(&format!("/records/companies/{second}")).await;
    let history = ada.get(&format!("/records/companies/{second}/history")).await;
    assert!(!history.text().contains("revenue"), "{}", history.text());
    assert!(company["version"].as_i64().unwrap() <= 3, "{}", company.text());
});

on_both!(lists_are_filtered_and_sorted_by_figures, |app| {
    let ada = with_figures(&app).await;
    let mut ids = Vec::new();
    for (name, totals) in [("Alfa", &["10.00", "5.00"][..]), ("Beta", &["40.00"]), ("Gamma", &[])] {
        let id = company(&ada, name).await;
        for (at, total) in totals.iter().enumerate() {
            ada.post("/records/orders", &order(&format!("0{}", at + ids.len() * 3 + 1), &id, total)).await.expect(201);
        }
        ids.push(json!(id));
    }
    app.settled().await;
    let asked = async |filter: &str| ada.ask("/records/companies", &[("filter", filter)]).await.column("id");
    assert_eq!(asked("revenue > 14").await, [ids[0].clone(), ids[1].clone()]);
    assert_eq!(asked("orders_count = 0").await, [ids[2].clone()]);
    assert_eq!(asked("last_status = 'placed' and revenue < 20").await, [ids[0].clone()]);
    let sorted = ada.ask("/records/companies", &[("sort", "-revenue")]).await.column("name");
    assert_eq!(sorted, ["Beta", "Alfa", "Gamma"]);
    let path = format!("/records/companies/{}", ids[0].as_str().unwrap());
    ada.patch(&path, &json!({"revenue": "1.00"})).await.refused_field("revenue", "field-read-only");
    let document = ada.get("/openapi.json").await.expect(200);
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["companies"]["properties"]["revenue"]["readOnly"], json!(true));
    assert_eq!(schemas["companies.input"]["properties"]["revenue"], Value::Null);
    let exported = ada.ask("/records/companies/export", &[("fields", "name,revenue,orders_count")]).await.text();
    assert!(exported.contains("Alfa,15.00 EUR,2"), "{exported}");
});

on_both!(what_was_there_before_the_field_is_filled_in_the_background, |app| {
    let ada = app.user("Ada", "administrator").await;
    let firm = company(&ada, "Stary Klient").await;
    for n in ["01", "02", "03"] {
        ada.post("/records/orders", &order(n, &firm, "3.33")).await.expect(201);
    }
    let figure = json!({"relation": "orders", "function": "sum", "field": "total"});
    let made = ada.post(FIELDS, &json!({"name": "revenue", "type": "rollup", "rollup": figure})).await.expect(201);
    assert_eq!(
        (&made["type"], &made["result_type"], &made["filling"]),
        (&json!("rollup"), &json!("money"), &json!(true))
    );
    let shown = async || ada.get(&format!("/records/companies/{firm}")).await["revenue"]["amount"].clone();
    // Nobody waits for it: the clock stands still.
    let mut committed = app.house.db.committed();
    while ada.get(FIELDS).await["items"].as_array().unwrap().iter().any(|field| field["filling"] == json!(true)) {
        tokio::time::timeout(Duration::from_secs(60), committed.changed()).await.expect("filled").expect("open");
    }
    assert_eq!(shown().await, "9.99");
    app.settled().await;
    assert_eq!(shown().await, "9.99");
    let fields = ada.get(FIELDS).await.expect(200);
    let field = fields["items"].as_array().unwrap().iter().find(|field| field["name"] == "revenue").unwrap().clone();
    assert_eq!((&field["filling"], &field["rollup"]["field"]), (&json!(false), &json!("total")));
    let narrower = json!({"relation": "orders", "function": "sum", "field": "total", "where": "number = '02'"});
    ada.patch(&format!("{FIELDS}/revenue"), &json!({"rollup": narrower})).await.expect(200);
    app.settled().await;
    assert_eq!(shown().await, "3.33");
    // A rate that changes changes what amounts are worth.
    let dollars = json!({"number": "09", "company": firm, "total": "10.00 USD"});
    ada.patch(
        &format!("{FIELDS}/revenue"),
        &json!({"rollup": {"relation": "orders", "function": "max", "field": "total"}}),
    )
    .await
    .expect(200);
    app.settled().await;
    ada.post("/records/orders", &dollars).await.expect(201);
    assert_eq!(shown().await, "3.33");
    ada.put("/rates", &json!({"currency": "USD", "day": "2026-01-01", "rate": "2"})).await;
    app.settled().await;
    assert_eq!(shown().await, "20.00");
    // In the bin nobody keeps it up to date; it is worked out anew when it comes back.
    ada.delete(&format!("{FIELDS}/revenue")).await.expect(204);
    ada.post("/records/orders", &order("11", &firm, "30.00")).await.expect(201);
    ada.post(&format!("{FIELDS}/revenue/restore"), &json!({})).await.expect(200);
    app.settled().await;
    assert_eq!(shown().await, "30.00");
    let count = json!({"relation": "orders", "function": "count"});
    ada.patch(&format!("{FIELDS}/revenue"), &json!({"rollup": count}))
        .await
        .refused_field("rollup", "definition-other-values");
});

on_both!(definitions_that_make_no_sense_are_refused_with_the_place, |app| {
    let ada = with_figures(&app).await;
    app.settled().await;
    let before = app.digest().await;
    let over = |rollup: Value| json!({"name": "x", "type": "rollup", "rollup": rollup});
    let sum = |field: &str| json!({"relation": "orders", "function": "sum", "field": field});
    let with = |place: &str, value: &str| {
        let mut whole = sum("total");
        whole[place] = json!(value);
        over(whole)
    };
    for (place, code, field) in [
        ("rollup", "rollup-missing", json!({"name": "x", "type": "rollup"})),
        ("rollup", "definition-not-of-type", json!({"name": "x", "type": "text", "rollup": sum("total")})),
        (
            "required",
            "definition-not-of-type",
            json!({"name": "x", "type": "rollup", "rollup": sum("total"), "required": true}),
        ),
        ("rollup.relation", "rollup-relation", with("relation", "unicorns")),
        ("rollup.function", "rollup-function", with("function", "median")),
        ("rollup.field", "field-unknown", with("field", "colour")),
        ("rollup.field", "rollup-unfit", with("field", "status")),
        ("rollup.field", "rollup-needs", over(json!({"relation": "orders", "function": "sum"}))),
        ("rollup.field", "rollup-takes-no", with("function", "count")),
        ("rollup.by", "rollup-takes-no", with("by", "placed_at")),
        ("rollup.by", "rollup-needs", with("function", "last")),
        ("rollup.where", "filter-moves", with("where", "placed_at in last 7 days")),
        ("rollup.where", "filter-moves", with("where", "placed_at < now")),
        ("rollup.where", "filter-nobody-asks", with("where", "owner = me")),
        ("rollup.where", "filter-own-fields", with("where", "contact.city = 'Łódź'")),
        ("rollup.where", "filter-unknown-field", with("where", "colour = 'red'")),
    ] {
        let reply = ada.post(FIELDS, &field).await;
        assert_eq!((reply.status, reply.first_error()), (422, (place.to_owned(), code.to_owned())), "{}", reply.text());
    }
    let figure = json!({"name": "x", "type": "rollup",
        "rollup": {"relation": "subsidiaries", "function": "sum", "field": "revenue"}});
    ada.post(FIELDS, &figure).await.refused_field("rollup.field", "rollup-of-rollup");
    assert_eq!(app.digest().await, before);
    // What cannot be filtered by cannot be asked for any more.
    ada.post("/objects/orders/fields", &json!({"name": "memo", "type": "long_text"})).await.expect(201);
    ada.post(
        FIELDS,
        &json!({"name": "memos", "type": "rollup",
        "rollup": {"relation": "orders", "function": "count", "where": "memo is not empty"}}),
    )
    .await
    .expect(201);
    ada.patch("/objects/orders/fields/memo", &json!({"filterable": false}))
        .await
        .refused_field("filterable", "definition-looked-at");
    // What a figure is made from stays as long as the figure.
    ada.post("/objects/orders/fields", &json!({"name": "points", "type": "integer"})).await.expect(201);
    ada.post(FIELDS, &over(sum("points"))).await.expect(201);
    ada.delete("/objects/orders/fields/points").await.refused(409, "definition-looked-at");
    let dependents = ada.get("/objects/orders/fields/points/dependents").await.expect(200);
    assert!(dependents.to_string().contains("\"rollup\""), "{dependents}");
    ada.delete(&format!("{FIELDS}/x")).await.expect(204);
    ada.delete("/objects/orders/fields/points").await.expect(204);
    ada.post(&format!("{FIELDS}/x/restore"), &json!({})).await.refused_field("rollup.field", "field-unknown");
});

on_both!(a_figure_is_as_secret_as_its_field_says, |app| {
    let ada = with_figures(&app).await;
    let rights = json!({"read": "all", "update": "all"});
    let role =
        json!({"name": "clerk", "objects": {"companies": rights}, "fields": {"companies": {"revenue": "hidden"}}});
    let ewa = app.user_with("Ewa", role).await;
    let firm = company(&ada, "Bez Obrotów").await;
    ada.post("/records/orders", &order("01", &firm, "8.00")).await.expect(201);
    let seen = ewa.get(&format!("/records/companies/{firm}")).await.expect(200);
    assert_eq!((&seen["revenue"], &seen["orders_count"]), (&Value::Null, &json!(1)));
    assert_eq!(ewa.ask("/records/companies", &[("filter", "revenue > 1")]).await.status, 422);
    assert_eq!(ewa.ask("/records/companies", &[("sort", "revenue")]).await.status, 422);
    // How it is made is not for those who may not see what it is made from.
    let object = ewa.get("/objects/companies").await.expect(200);
    let field =
        object["fields"].as_array().unwrap().iter().find(|field| field["name"] == "orders_count").unwrap().clone();
    assert_eq!((&field["type"], &field["rollup"]), (&json!("rollup"), &Value::Null));
});

on_both!(figures_of_custom_objects_and_of_relations_to_many_are_kept_too, |app| {
    let ada = app.user("Ada", "administrator").await;
    let visits = json!({"name": "visits", "fields": [
        {"name": "customer", "type": "relation", "target": "companies", "inverse": "visits"},
        {"name": "hosts", "type": "relations", "target": "companies", "inverse": "hosted"},
        {"name": "points", "type": "integer"}, {"name": "on", "type": "date"}, {"name": "motto", "type": "text"}]});
    ada.post("/objects", &visits).await.expect(201);
    let figures = [
        ("points_sum", json!({"relation": "visits", "function": "sum", "field": "points"})),
        ("points_avg", json!({"relation": "visits", "function": "avg", "field": "points"})),
        ("first_on", json!({"relation": "visits", "function": "min", "field": "on"})),
        ("motto", json!({"relation": "visits", "function": "last", "field": "motto", "by": "on"})),
        ("hosted_count", json!({"relation": "hosted", "function": "count"})),
        ("people_count", json!({"relation": "people", "function": "count"})),
    ];
    for (name, rollup) in figures {
        ada.post(FIELDS, &json!({"name": name, "type": "rollup", "rollup": rollup})).await.expect(201);
    }
    let [firm, other] = [company(&ada, "Żubr").await, company(&ada, "Ryś").await];
    let mut visit = json!({"name": "V", "customer": firm, "hosts": [firm, other]});
    let mut ids = Vec::new();
    for (points, on, motto) in [(1, "2026-03-01", "Łyk"), (2, "2026-01-05", "Ćma"), (2, "2026-02-01", "Ósma")] {
        visit["points"] = json!(points);
        visit["on"] = json!(on);
        visit["motto"] = json!(motto);
        ids.push(ada.post("/records/visits", &visit).await.made());
    }
    let shown = async |firm: &str| {
        let seen = ada.get(&format!("/records/companies/{firm}")).await.expect(200);
        let names = ["points_sum", "points_avg", "first_on", "motto", "hosted_count", "people_count"];
        json!(names.map(|name| seen[name].clone()))
    };
    assert_eq!(shown(&firm).await, json!([5, "1.67", "2026-01-05", "Łyk", 3, 0]));
    assert_eq!(shown(&other).await, json!([0, null, null, null, 3, 0]));
    ada.patch(&format!("/records/visits/{}", ids[0]), &json!({"hosts": [other], "customer": other})).await.expect(200);
    assert_eq!(shown(&firm).await, json!([4, "2.00", "2026-01-05", "Ósma", 2, 0]));
    assert_eq!(shown(&other).await, json!([1, "1.00", "2026-03-01", "Łyk", 3, 0]));
    ada.delete(&format!("/records/visits/{}", ids[0])).await.expect(204);
    assert_eq!(shown(&other).await, json!([0, null, null, null, 2, 0]));
    let body = json!({"last_name": "Kot", "companies": [firm, other]});
    let contact = format!("/records/contacts/{}", ada.post("/records/contacts", &body).await.made());
    assert_eq!((&shown(&firm).await[5], &shown(&other).await[5]), (&json!(1), &json!(1)));
    ada.patch(&contact, &json!({"companies": [other]})).await.expect(200);
    assert_eq!((&shown(&firm).await[5], &shown(&other).await[5]), (&json!(0), &json!(1)));
    let found = ada.ask("/records/companies", &[("filter", "motto = 'osma'")]).await.column("name");
    assert_eq!(found, ["Żubr"]);
});
