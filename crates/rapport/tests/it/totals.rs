//! Groups and totals of lists.

use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

/// Orders of two companies, in two currencies, around the turn of a month and of the clocks.
async fn orders(app: &TestApp) -> (String, String) {
    let root = app.operator();
    root.put("/rates", &json!({"items": [{"currency": "PLN", "day": "2020-01-01", "rate": "0.25"}]})).await.expect(200);
    let company = async |name: &str| root.post("/records/companies", &json!({"name": name})).await.made();
    let (north, south) = (company("Północ sp. z o.o.").await, company("Sud SRL").await);
    for (number, company, placed_at, status, amount, currency, city) in [
        ("1", Some(&north), "2026-01-31T22:59:59.999Z", "placed", "100.00", "EUR", Some("Łódź")),
        ("2", Some(&north), "2026-01-31T23:00:00.000Z", "placed", "40.00", "PLN", Some("lodz")),
        ("3", Some(&south), "2026-03-29T21:59:00.000Z", "delivered", "0.01", "EUR", Some("Iași")),
        ("4", Some(&south), "2026-03-29T22:00:00.000Z", "delivered", "0.02", "EUR", None),
        ("5", None, "2025-12-31T23:30:00.000Z", "placed", "7.50", "EUR", Some("Łódź")),
    ] {
        let order = json!({"number": number, "company": company, "placed_at": placed_at, "status": status,
            "total": {"amount": amount, "currency": currency}, "ship_city": city});
        root.post("/records/orders", &order).await.made();
    }
    (north, south)
}

async fn totals(client: &Client, query: &[(&str, &str)]) -> Value {
    client.ask("/records/orders/totals", query).await.expect(200)
}

fn euro(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

/// The groups' keys with their counts and first totals.
fn lines(answer: &Value, key: &str, total: &str) -> Vec<(Value, i64, Value)> {
    let groups = answer["groups"].as_array().unwrap().iter();
    groups
        .map(|group| (group["key"][key].clone(), group["count"].as_i64().unwrap(), group["totals"][total].clone()))
        .collect()
}

on_both!(orders_are_added_up_by_month_on_the_companys_clock, |app| {
    orders(&app).await;
    let ada = app.user("Ada", "administrator").await;
    let sum = "sum(total)";
    let months = totals(&ada, &[("group", "month(placed_at)"), ("totals", sum)]).await;
    assert_eq!(
        lines(&months, "month(placed_at)", sum),
        [
            (json!("2026-01"), 2, euro("107.50")),
            (json!("2026-02"), 1, euro("10.00")),
            (json!("2026-03"), 2, euro("0.03")),
        ]
    );
    assert_eq!(months["total"], json!({"count": 5, "totals": {sum: euro("117.53")}}));
    assert_eq!(months["more"], false);
    let days = totals(&ada, &[("group", "placed_at"), ("filter", "status = 'delivered'")]).await;
    assert_eq!(
        lines(&days, "placed_at", sum),
        [(json!("2026-03-29"), 1, Value::Null), (json!("2026-03-30"), 1, Value::Null)]
    );
    for (unit, names) in [
        ("week", vec!["2026-W01", "2026-W05", "2026-W13", "2026-W14"]),
        ("quarter", vec!["2026-Q1"]),
        ("year", vec!["2026"]),
    ] {
        let group = format!("{unit}(placed_at)");
        let found = totals(&ada, &[("group", &group)]).await;
        let keys: Vec<Value> = lines(&found, &group, sum).into_iter().map(|line| line.0).collect();
        assert_eq!(keys, names, "{unit}");
    }
});

on_both!(each_group_opens_as_the_list_of_its_records, |app| {
    orders(&app).await;
    let ada = app.user("Ada", "administrator").await;
    for group in [
        "status",
        "company",
        "ship_city",
        "owner",
        "placed_at",
        "week(placed_at)",
        "month(placed_at)",
        "quarter(placed_at)",
        "year(placed_at)",
        "status,month(placed_at)",
        "company,ship_city",
        "currency",
    ] {
        let answer = totals(&ada, &[("group", group), ("totals", "sum(total)")]).await;
        let groups = answer["groups"].as_array().unwrap();
        let mut all = 0;
        for one in groups {
            let filter = one["filter"].as_str().unwrap();
            let count = ada.ask("/records/orders/count", &[("filter", filter)]).await;
            assert_eq!(count["count"], one["count"], "{group}: {filter}");
            all += one["count"].as_i64().unwrap();
        }
        assert_eq!(all, 5, "{group}");
    }
});

on_both!(groups_have_names_and_an_order, |app| {
    let (north, south) = orders(&app).await;
    let ada = app.user("Ada", "administrator").await;
    let sum = "sum(total)";
    let by_sum = totals(&ada, &[("group", "company"), ("totals", sum), ("sort", "-sum(total)")]).await;
    assert_eq!(
        lines(&by_sum, "company", sum),
        [(json!(north), 2, euro("110.00")), (Value::Null, 1, euro("7.50")), (json!(south), 2, euro("0.03"))]
    );
    let labels: Vec<&Value> =
        by_sum["groups"].as_array().unwrap().iter().map(|one| &one["labels"]["company"]).collect();
    assert_eq!(labels, [&json!("Północ sp. z o.o."), &Value::Null, &json!("Sud SRL")]);
    let cities = totals(&ada, &[("group", "ship_city"), ("sort", "-count"), ("limit", "2")]).await;
    assert_eq!(cities["more"], true);
    let found: Vec<i64> = lines(&cities, "ship_city", sum).iter().map(|line| line.1).collect();
    assert_eq!(found, [3, 1]);
    assert_eq!(cities["total"]["count"], 5);
    let plain = totals(&ada, &[("totals", "avg(total),min(total),max(placed_at),max(total)")]).await;
    assert_eq!(plain["groups"], json!([]));
    let expected = json!({"avg(total)": euro("23.51"), "min(total)": euro("0.01"), "max(total)": euro("100.00"),
        "max(placed_at)": "2026-03-29T22:00:00.000Z"});
    assert_eq!(plain["total"]["totals"], expected);
    let none = totals(&ada, &[("filter", "number = '99'"), ("totals", "sum(total),avg(total),max(total)")]).await;
    let zero = json!({"sum(total)": euro("0.00"), "avg(total)": null, "max(total)": null});
    assert_eq!(none["total"], json!({"count": 0, "totals": zero}));
});

on_both!(what_cannot_be_grouped_or_added_up_is_refused, |app| {
    let ada = app.user("Ada", "administrator").await;
    let plain = json!({"name": "remark", "type": "text", "filterable": false});
    ada.post("/objects/orders/fields", &plain).await.expect(201);
    for (part, text, field, code) in [
        ("group", "remark", "group", "totals-no-group"),
        ("group", "shoe_size", "group", "fields-unknown"),
        ("group", "month(status)", "group", "totals-not-a-date"),
        ("group", "fortnight(placed_at)", "group", "totals-unit"),
        ("group", "total", "group", "totals-no-group"),
        ("group", "tags", "group", "totals-no-group"),
        ("group", "status,owner,team", "group", "totals-too-many"),
        ("totals", "total", "totals", "totals-unreadable"),
        ("totals", "median(total)", "totals", "totals-unreadable"),
        ("totals", "sum(status)", "totals", "totals-not-a-number"),
        ("totals", "sum(placed_at)", "totals", "totals-not-a-number"),
        ("sort", "sum(total)", "sort", "totals-sort"),
        ("limit", "0", "limit", "limit-range"),
        ("limit", "1001", "limit", "limit-range"),
        ("filter", "city =", "filter", "filter-expected"),
        ("view", "0000000000000", "view", "view-unknown"),
    ] {
        ada.ask("/records/orders/totals", &[(part, text)]).await.refused_field(field, code);
    }
});

on_both!(only_what_a_caller_may_know_is_added_up, |app| {
    orders(&app).await;
    let role = json!({"name": "narrow", "objects": {"orders": {"create": true, "read": "own"}},
        "fields": {"orders": {"total": "hidden", "ship_city": "masked"}}});
    let kim = app.user_with("Kim", role).await;
    kim.post("/records/orders", &json!({"number": "k", "status": "delivered"})).await.made();
    let seen = totals(&kim, &[("group", "status")]).await;
    assert_eq!(lines(&seen, "status", ""), [(json!("delivered"), 1, Value::Null)]);
    for (part, text, field) in [("totals", "sum(total)", "totals"), ("group", "ship_city", "group")] {
        kim.ask("/records/orders/totals", &[(part, text)]).await.refused_field(field, "fields-unknown");
    }
    let blind = app.user_with("blind", json!({"name": "blind", "objects": {}})).await;
    assert_eq!(blind.get("/records/orders/totals").await.status, 404);
    let root = app.user("Root", "administrator").await;
    let view = json!({"object": "orders", "name": "Cities", "audience": "all", "filter": "status = 'delivered'",
        "group": "ship_city", "totals": "sum(total)"});
    let view = root.post("/views", &view).await.made();
    let through = totals(&root, &[("view", &view)]).await;
    assert_eq!(
        lines(&through, "ship_city", "sum(total)"),
        [(Value::Null, 2, euro("0.02")), (json!("Iași"), 1, euro("0.01")),]
    );
    let through = totals(&kim, &[("view", &view)]).await;
    assert_eq!(through, json!({"groups": [], "total": {"count": 1, "totals": {}}, "more": false}));
    let shown = kim.get(&format!("/views/{view}")).await.expect(200);
    assert_eq!((&shown["group"], &shown["totals"]), (&json!(""), &json!("")));
    root.post("/views", &json!({"object": "orders", "name": "x", "group": "shoe_size"}))
        .await
        .refused_field("group", "fields-unknown");
});
