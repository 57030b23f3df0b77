//! Fields that are computed from others of the same record; those that are computed from figures of other records are
//! held against a new calculation in `rollups`.

use serde_json::{Value, json};
use testing::on_both;

const FIELDS: &str = "/objects/order_lines/fields";

fn computed(name: &str, expression: &str) -> Value {
    json!({"name": name, "type": "computed", "expression": expression})
}

on_both!(a_value_follows_the_fields_that_it_is_made_from, |app| {
    let ada = app.user("Ada", "administrator").await;
    let made =
        ada.post(FIELDS, &computed("net", "unit_price * quantity * (1 - coalesce(discount, 0))")).await.expect(201);
    assert_eq!((&made["type"], &made["result_type"]), (&json!("computed"), &json!("money")));
    ada.post(FIELDS, &computed("size", "if(net >= 100, 'Duże', 'małe')")).await.expect(201);
    let pieces = json!({"name": "pieces", "type": "computed", "expression": "quantity * 2", "scale": 0});
    ada.post(FIELDS, &pieces).await.expect(201);
    ada.post(
        "/objects/orders/fields",
        &json!({"name": "worth", "type": "rollup",
        "rollup": {"relation": "lines", "function": "sum", "field": "net", "where": "size = 'duże'"}}),
    )
    .await
    .expect(201);
    let order = ada.post("/records/orders", &json!({"number": "Ł-1"})).await.made();
    let line = json!({"order": order, "quantity": "2.5", "unit_price": "33.33", "discount": "0.1"});
    let line = ada.post("/records/order_lines", &line).await.expect(201);
    assert_eq!(line["net"], json!({"amount": "74.99", "currency": "EUR"}));
    assert_eq!((&line["size"], &line["pieces"]), (&json!("małe"), &json!(5)));
    let path = format!("/records/order_lines/{}", line["id"].as_str().unwrap());
    let worth = async || ada.get(&format!("/records/orders/{order}")).await["worth"]["amount"].clone();
    assert_eq!(worth().await, "0.00");
    let changed = ada.patch(&path, &json!({"quantity": "4"})).await;
    assert_eq!((&changed["net"]["amount"], &changed["size"]), (&json!("119.99"), &json!("Duże")));
    assert_eq!(worth().await, "119.99");
    let found = async |filter: &str| ada.ask("/records/order_lines", &[("filter", filter)]).await.column("id").len();
    assert_eq!((found("net > 100").await, found("size = 'duze'").await, found("pieces < 8").await), (1, 1, 0));
    assert_eq!(ada.ask("/records/order_lines", &[("sort", "-net")]).await.column("id").len(), 1);
    ada.patch(&path, &json!({"net": "1.00"})).await.refused_field("net", "field-read-only");
    let history = ada.get(&format!("{path}/history")).await;
    assert!(!history.text().contains("\"net\""), "{}", history.text());
    let undo = format!("/actions/{}/undo", changed.headers["x-action"].to_str().unwrap());
    ada.post(&undo, &json!({})).await.expect(200);
    assert_eq!((&ada.get(&path).await["net"]["amount"], &worth().await), (&json!("74.99"), &json!("0.00")));
    let document = ada.get("/openapi.json").await.expect(200);
    assert_eq!(document["components"]["schemas"]["order_lines"]["properties"]["net"]["readOnly"], json!(true));
});

on_both!(a_new_or_changed_expression_is_worked_out_for_what_is_there, |app| {
    let ada = app.user("Ada", "administrator").await;
    let contacts = "/objects/contacts/fields";
    let id = ada.post("/records/contacts", &json!({"first_name": "Żaneta", "last_name": "Kot"})).await.made();
    let binned = ada.post("/records/contacts", &json!({"first_name": "Łucja", "last_name": "Bąk"})).await.made();
    ada.delete(&format!("/records/contacts/{binned}")).await.expect(204);
    let made = ada.post(contacts, &computed("initials", "left(first_name, 1) & left(last_name, 1)")).await.expect(201);
    assert_eq!((&made["filling"], &made["read_only"]), (&json!(true), &json!(true)));
    ada.post(contacts, &computed("mark", "lower(initials) & '!'")).await.expect(201);
    app.settled().await;
    let shown = async |id: &str| {
        let seen = ada.get(&format!("/records/contacts/{id}")).await.expect(200);
        json!([seen["initials"], seen["mark"], seen["version"]])
    };
    assert_eq!(shown(&id).await, json!(["ŻK", "żk!", 1]));
    ada.post(&format!("/records/contacts/{binned}/restore"), &json!({})).await.expect(200);
    assert_eq!(shown(&binned).await, json!(["ŁB", "łb!", 3]));
    let path = format!("{contacts}/initials");
    ada.patch(&path, &json!({"expression": "left(last_name, 2)"})).await.expect(200);
    app.settled().await;
    assert_eq!(shown(&id).await, json!(["Ko", "ko!", 1]));
    let before = app.digest().await;
    ada.patch(&path, &json!({"expression": "mark & 'x'"})).await.refused_field("expression", "expression-circle");
    ada.patch(&path, &json!({"expression": "initials & 'x'"})).await.refused_field("expression", "expression-circle");
    ada.patch(&path, &json!({"expression": "1 + 1"})).await.refused_field("computed", "definition-other-values");
    ada.delete(&path).await.refused(409, "definition-looked-at");
    assert_eq!(app.digest().await, before);
    let dependents = ada.get(&format!("{path}/dependents")).await.expect(200);
    assert!(dependents.to_string().contains("\"computed\""), "{dependents}");
    let standard = ada.get(&format!("{contacts}/last_name/dependents")).await.expect(200);
    assert!(standard.to_string().contains("initials"), "{standard}");
    ada.delete(&format!("{contacts}/mark")).await.expect(204);
    ada.patch(&path, &json!({"expression": "first_name"})).await.expect(200);
    ada.post(&format!("{contacts}/mark/restore"), &json!({})).await.expect(200);
    app.settled().await;
    assert_eq!(shown(&id).await, json!(["Żaneta", "żaneta!", 1]));
});

on_both!(figures_made_from_computed_values_follow_their_expression, |app| {
    let ada = app.user("Ada", "administrator").await;
    let order = ada.post("/records/orders", &json!({"number": "1"})).await.made();
    for quantity in ["1", "2"] {
        let line = json!({"order": order, "quantity": quantity, "unit_price": "10.00"});
        ada.post("/records/order_lines", &line).await.expect(201);
    }
    ada.post(FIELDS, &computed("net", "unit_price * quantity")).await.expect(201);
    let worth = json!({"relation": "lines", "function": "sum", "field": "net"});
    ada.post("/objects/orders/fields", &json!({"name": "worth", "type": "rollup", "rollup": worth})).await.expect(201);
    let half = "if(worth > 25, 'Drogie', 'tanie') & ' ' & number";
    ada.post("/objects/orders/fields", &computed("verdict", half)).await.expect(201);
    app.settled().await;
    let shown = async || {
        let seen = ada.get(&format!("/records/orders/{order}")).await.expect(200);
        json!([seen["worth"]["amount"], seen["verdict"], seen["version"]])
    };
    assert_eq!(shown().await, json!(["30.00", "Drogie 1", 1]));
    ada.patch(&format!("{FIELDS}/net"), &json!({"expression": "unit_price"})).await.expect(200);
    app.settled().await;
    assert_eq!(shown().await, json!(["20.00", "tanie 1", 1]));
    // It moves to a place with an index, and is found there.
    let path = "/objects/orders/fields/verdict";
    ada.delete(path).await.expect(204);
    let plain = json!({"name": "judgement", "type": "computed", "expression": half, "filterable": false});
    ada.post("/objects/orders/fields", &plain).await.expect(201);
    app.settled().await;
    ada.patch("/objects/orders/fields/judgement", &json!({"filterable": true})).await.expect(200);
    ada.patch(&format!("{FIELDS}/net"), &json!({"expression": "unit_price * 2"})).await.expect(200);
    app.settled().await;
    let found = ada.ask("/records/orders", &[("filter", "judgement = 'drogie 1'")]).await;
    assert_eq!(found.column("judgement"), ["Drogie 1"]);
});

on_both!(what_the_company_decides_anew_is_worked_out_anew, |app| {
    let ada = app.user("Ada", "administrator").await;
    let orders = "/objects/orders/fields";
    ada.post(orders, &computed("double", "total * 2")).await.expect(201);
    ada.post(orders, &computed("day", "add_days(placed_at, 0)")).await.expect(201);
    ada.post(orders, &json!({"name": "code", "type": "auto_number"})).await.expect(201);
    ada.post(orders, &computed("sign", "'#' & code & '/' & year(placed_at) & '/' & version")).await.expect(201);
    let order = json!({"number": "1", "total": "10.00 USD", "placed_at": "2026-12-31T23:30:00Z"});
    let order = format!("/records/orders/{}", ada.post("/records/orders", &order).await.made());
    app.settled().await;
    let shown = async || {
        let seen = ada.get(&order).await.expect(200);
        json!([seen["double"], seen["day"], seen["sign"]])
    };
    let dollars = json!({"amount": "20.00", "currency": "USD"});
    assert_eq!(shown().await, json!([dollars, "2027-01-01", "#1/2027/1"]));
    let found = async |filter: &str| ada.ask("/records/orders", &[("filter", filter)]).await.column("id").len();
    assert_eq!(found("double > 0").await, 0);
    ada.put("/rates", &json!({"currency": "USD", "day": "2026-01-01", "rate": "3"})).await.expect(200);
    app.settled().await;
    assert_eq!((found("double > 59").await, found("double > 60").await), (1, 0));
    ada.patch("/settings", &json!({"time_zone": "Europe/London"})).await.expect(200);
    app.settled().await;
    assert_eq!(shown().await, json!([dollars, "2026-12-31", "#1/2026/1"]));
    ada.patch(&order, &json!({"number": "2"})).await.expect(200);
    assert_eq!(shown().await[2], "#1/2026/2");
});

on_both!(rules_and_conditions_look_at_computed_values, |app| {
    let ada = app.user("Ada", "administrator").await;
    ada.post("/objects/contacts/fields", &computed("full", "trim(first_name & ' ' & last_name)")).await.expect(201);
    let rules = json!({"rules": [{"name": "short", "when": "full = 'x y'", "message": "Too short"}]});
    ada.patch("/objects/contacts", &rules).await.expect(200);
    let body = json!({"first_name": "X", "last_name": "Y"});
    let reply = ada.post("/records/contacts", &body).await;
    assert_eq!(reply.status, 422, "{}", reply.text());
    let made = ada.post("/records/contacts", &json!({"first_name": "Ewa", "last_name": "Y"})).await.expect(201);
    assert_eq!(made["full"], "Ewa Y");
    let reply =
        ada.patch(&format!("/records/contacts/{}", made["id"].as_str().unwrap()), &json!({"first_name": "x"})).await;
    assert_eq!(reply.status, 422, "{}", reply.text());
});

on_both!(how_a_value_is_made_is_for_those_who_may_see_what_it_is_made_from, |app| {
    let ada = app.user("Ada", "administrator").await;
    for (name, expression) in [("tag", "last_name & '/' & birth_date"), ("plain", "last_name & '!'"), ("own", "'x'")] {
        ada.post("/objects/contacts/fields", &computed(name, expression)).await.expect(201);
    }
    let rights = json!({"read": "all", "update": "all"});
    let hidden = json!({"birth_date": "hidden", "own": "hidden"});
    let role = json!({"name": "clerk", "objects": {"contacts": rights}, "fields": {"contacts": hidden}});
    let ewa = app.user_with("Ewa", role).await;
    let body = json!({"last_name": "Wójcik", "birth_date": "1990-05-01"});
    let id = ada.post("/records/contacts", &body).await.made();
    let seen = ewa.get(&format!("/records/contacts/{id}")).await.expect(200);
    assert_eq!((&seen["tag"], &seen["own"]), (&json!("Wójcik/1990-05-01"), &Value::Null));
    let object = ewa.get("/objects/contacts").await.expect(200);
    let field = |name: &str| object["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).cloned();
    assert_eq!(field("tag").unwrap()["expression"], Value::Null);
    assert_eq!(field("plain").unwrap()["expression"], "last_name & '!'");
    assert!(field("own").is_none());
    assert_eq!(ewa.ask("/records/contacts", &[("filter", "own = 'x'")]).await.status, 422);
    ewa.post("/objects/contacts/fields", &computed("mine", "birth_date")).await.refused(403, "administrators-only");
});

on_both!(expressions_that_make_no_sense_are_refused_with_the_place, |app| {
    let ada = app.user("Ada", "administrator").await;
    app.settled().await;
    let before = app.digest().await;
    let orders = "/objects/orders/fields";
    for (code, expression) in [
        ("expression-expected", "total *"),
        ("expression-unknown-field", "colour & 'x'"),
        ("expression-unknown-function", "median(total)"),
        ("expression-arguments", "left(status)"),
        ("expression-moves", "days_between(placed_at, today)"),
        ("expression-types", "total & 1 + status"),
        ("expression-unfit-field", "contact"),
        ("expression-path", "company.country"),
        ("expression-number", "1.00000000001"),
    ] {
        let reply = ada.post(orders, &computed("x", expression)).await;
        reply.refused_field("expression", code);
        assert!(reply.text().contains("at character"), "{}", reply.text());
    }
    for (place, code, field) in [
        ("expression", "expression-missing", json!({"type": "computed"})),
        ("scale", "definition-not-of-type", json!({"type": "computed", "expression": "status", "scale": 2})),
        ("scale", "definition-scale", json!({"type": "computed", "expression": "1 / 3", "scale": 10})),
        ("unique", "definition-not-of-type", json!({"type": "computed", "expression": "status", "unique": true})),
        (
            "rollup",
            "definition-not-of-type",
            json!({"type": "computed", "expression": "status",
            "rollup": {"relation": "lines", "function": "count"}}),
        ),
        ("expression", "definition-not-of-type", json!({"type": "text", "expression": "status"})),
    ] {
        let mut field = field;
        field["name"] = json!("x");
        ada.post(orders, &field).await.refused_field(place, code);
    }
    assert_eq!(app.digest().await, before);
});

on_both!(the_type_of_a_value_follows_from_its_expression, |app| {
    let ada = app.user("Ada", "administrator").await;
    let orders = "/objects/orders/fields";
    for (at, (expression, kind, scale)) in [
        ("total", "money", Value::Null),
        ("total / money'1.00 EUR'", "decimal", json!(2)),
        ("round(total / money'3.00 EUR', 4)", "decimal", json!(4)),
        ("days_between(placed_at, shipped_at)", "integer", Value::Null),
        ("status = 'placed' or shipped_at is empty", "yes_no", Value::Null),
        ("if(status is empty, placed_at, shipped_at)", "instant", Value::Null),
        ("add_days(placed_at, 14)", "date", Value::Null),
        ("text(total)", "text", Value::Null),
    ]
    .into_iter()
    .enumerate()
    {
        let made = ada.post(orders, &computed(&format!("c{at}"), expression)).await.expect(201);
        assert_eq!((&made["result_type"], &made["scale"]), (&json!(kind), &scale), "{expression}");
        assert_eq!(made["expression"], expression);
    }
});
