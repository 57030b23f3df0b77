//! What leads to merged records: whatever its rules say, in the bin as well, however much it is; and the way back.

use super::{action, merge};
use crate::bulk::ended;
use serde_json::{Value, json};
use testing::on_both;

on_both!(a_rule_does_not_hold_up_what_is_led_elsewhere, |app| {
    let ada = app.person("Ada", &["administrator"], &[]).await;
    let keep = ada.post("/records/contacts", &json!({"last_name": "Jeden"})).await.made();
    let gone = ada.post("/records/contacts", &json!({"last_name": "Dwa"})).await.made();
    let order = app.operator().post("/records/orders", &json!({"number": "Z-1", "contact": gone})).await.made();
    let path = format!("/records/orders/{order}");
    let rules = json!([{"name": "shipping", "when": "ship_city is empty", "message": "Where to?"}]);
    ada.patch("/objects/orders", &json!({"rules": rules})).await.expect(200);
    ada.patch(&path, &json!({"number": "Z-2"})).await.expect(422);
    let merged = merge(&ada, &keep, &[&gone], json!({})).await;
    let undo = format!("/actions/{}/undo", action(&merged));
    let led = ada.get(&path).await;
    assert_eq!((&led["contact"], &led["updated_by"]), (&json!(keep), &json!(ada.id)));
    let history = ada.get(&format!("{path}/history")).await;
    assert_eq!(history["items"][0]["by"]["name"], "Ada");
    // Who comes back is held against them.
    let rule = |rules: Value| json!({"rules": rules});
    let nobody = json!([{"name": "two", "when": "last_name = 'Dwa'", "message": "Not Dwa"}]);
    ada.patch("/objects/contacts", &rule(nobody)).await.expect(200);
    ada.post(&undo, &json!({})).await.refused(409, "undo-refused");
    ada.patch("/objects/contacts", &rule(json!([]))).await.expect(200);
    let undone = ada.post(&undo, &json!({})).await;
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert_eq!(ada.get(&path).await["contact"], json!(gone));
    // A rule is judged where something else is taken back.
    ada.patch(&path, &json!({"ship_city": "Łódź"})).await.expect(200);
    let emptied = ada.patch(&path, &json!({"ship_city": "Płock", "number": "Z-3"})).await;
    let rules = json!([{"name": "city", "when": "ship_city = 'Łódź'", "message": "Not there"}]);
    ada.patch("/objects/orders", &json!({"rules": rules})).await.expect(200);
    ada.post(&format!("/actions/{}/undo", action(&emptied)), &json!({})).await.refused(409, "undo-refused");
});

on_both!(what_lies_in_the_bin_is_led_as_well_and_led_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    let firm = ada.post("/records/companies", &json!({"name": "Trzecia"})).await.made();
    let keep = ada.post("/records/companies", &json!({"name": "Jeden"})).await.made();
    let gone = ada.post("/records/companies", &json!({"name": "Dwa"})).await.made();
    let body = json!({"last_name": "Żak", "companies": [{"id": gone, "role": "director"}, firm]});
    let person = format!("/records/contacts/{}", ada.post("/records/contacts", &body).await.made());
    let note = json!({"body": "Dzwoniła", "about": {"object": "companies", "id": gone}});
    let note = format!("/records/notes/{}", ada.post("/records/notes", &note).await.made());
    let child = ada.post("/records/companies", &json!({"name": "Córka", "parent": gone})).await.made();
    let child = format!("/records/companies/{child}");
    for path in [&person, &note, &child] {
        ada.delete(path).await.expect(204);
    }
    // Whoever leads to another one in the bin is led, too.
    ada.delete(&format!("/records/companies/{firm}")).await.expect(204);
    let body = json!({"survivor": keep, "merged": [gone]});
    let merged = ada.post("/records/companies/merge", &body).await;
    let undo = format!("/actions/{}/undo", action(&merged));
    assert!(ada.ask("/search", &[("q", "Córka")]).await.column("id").is_empty());
    let restored = async |path: &str| {
        let mut one = ada.post(&format!("{path}/restore"), &json!({})).await.expect(200);
        ada.delete(path).await.expect(204);
        one.as_object_mut().unwrap().remove("version");
        one
    };
    assert_eq!(restored(&note).await["about"]["id"], json!(keep));
    assert_eq!(restored(&child).await["parent"], json!(keep));
    let one = restored(&person).await;
    assert_eq!((&one["company"], &one["companies"][0]["role"]), (&json!(keep), &json!("director")));
    let undone = ada.post(&undo, &json!({})).await;
    assert_eq!((undone.status, &undone["records"]), (200, &json!(4)), "{}", undone.text());
    let again = undone.headers["x-action"].to_str().unwrap().to_owned();
    assert_eq!(restored(&note).await["about"]["id"], json!(gone));
    assert_eq!(restored(&child).await["parent"], json!(gone));
    assert_eq!(restored(&person).await["company"], json!(gone));
    ada.post(&format!("/actions/{again}/undo"), &json!({})).await.expect(200);
    assert_eq!(restored(&note).await["about"]["id"], json!(keep));
});

on_both!(whoever_leads_to_one_in_the_bin_is_led_all_the_same, |app| {
    let ada = app.user("Ada", "administrator").await;
    let firm = ada.post("/records/companies", &json!({"name": "Trzecia"})).await.made();
    let keep = ada.post("/records/companies", &json!({"name": "Jeden"})).await.made();
    let gone = ada.post("/records/companies", &json!({"name": "Dwa"})).await.made();
    let body = json!({"last_name": "Żak", "companies": [gone, firm]});
    let person = format!("/records/contacts/{}", ada.post("/records/contacts", &body).await.made());
    ada.delete(&format!("/records/companies/{firm}")).await.expect(204);
    ada.post("/records/companies/merge", &json!({"survivor": keep, "merged": [gone]})).await.expect(200);
    assert_eq!(ada.get(&person).await["company"], json!(keep));
});

on_both!(a_merge_of_much_is_taken_back_as_a_whole, |app| {
    let ada = app.user("Ada", "administrator").await;
    let keep = ada.post("/records/companies", &json!({"name": "Jeden"})).await.made();
    let gone = ada.post("/records/companies", &json!({"name": "Dwa"})).await.made();
    for from in [0, 1_000] {
        let people: Vec<Value> = (from..(from + 1_000).min(1_300))
            .map(|n| json!({"last_name": format!("Osoba {n}"), "company": gone}))
            .collect();
        ada.post("/records/contacts/batch", &json!({"create": people})).await.expect(200);
    }
    let merged = ada.post("/records/companies/merge", &json!({"survivor": keep, "merged": [gone]})).await;
    let of = async |company: &str| {
        let filter = format!("company.name = '{company}'");
        ada.ask("/records/contacts/count", &[("filter", &filter)]).await["count"].clone()
    };
    assert_eq!(of("Jeden").await, 1_300);
    let undo = format!("/actions/{}/undo", action(&merged));
    ada.post(&undo, &json!({})).await.refused(409, "undo-too-many");
    let undoing = ada.post(&undo, &json!({"conflicts": "keep"})).await;
    let undone = ended(&app, &ada, &undoing).await;
    assert_eq!([&undone["state"], &undone["left"]], [&json!("done"), &json!(0)]);
    assert_eq!((of("Jeden").await, of("Dwa").await), (json!(0), json!(1_300)));
});

on_both!(a_merge_takes_what_it_may_and_no_more, |app| {
    let ada = app.user("Ada", "administrator").await;
    let keep = app.operator().post("/records/contacts", &json!({"last_name": "Jeden"})).await.made();
    let tags = |from: usize| (from..from + 600).map(|n| format!("t{n}")).collect::<Vec<_>>();
    let gone = ada.post("/records/contacts", &json!({"last_name": "Dwa", "tags": tags(0)})).await.made();
    let also = ada.post("/records/contacts", &json!({"last_name": "Trzy", "tags": tags(600)})).await.made();
    let many: Vec<String> = (1..=21).map(|n| format!("00000000000{n:02}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    merge(&ada, &keep, &many, json!({})).await.refused_field("merged", "merge-count");
    merge(&ada, &keep, &[&gone, &gone], json!({})).await.refused_field("merged", "merge-count");
    let merged = merge(&ada, &keep, &[&gone, &also], json!({})).await;
    assert_eq!((merged["tags"].as_array().unwrap().len(), &merged["created_by"]), (1_000, &Value::Null));
});

on_both!(an_undone_merge_leaves_no_trace_on_time_lines, |app| {
    let ada = app.user("Ada", "administrator").await;
    let keep = ada.post("/records/contacts", &json!({"last_name": "Jeden"})).await.made();
    let gone = ada.post("/records/contacts", &json!({"last_name": "Dwa"})).await.made();
    let timeline = format!("/records/contacts/{keep}/timeline");
    let tells = async || ada.get(&timeline).await.column("title").contains(&json!("Dwa"));
    let merged = merge(&ada, &keep, &[&gone], json!({})).await;
    ada.patch(&format!("/records/contacts/{keep}"), &json!({"city": "Łódź"})).await.expect(200);
    assert!(tells().await);
    let undone = ada.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await;
    let again = ada.post(&format!("/actions/{}/undo", action(&undone)), &json!({})).await;
    assert!(tells().await);
    ada.post(&format!("/actions/{}/undo", action(&again)), &json!({})).await.expect(200);
    let told = ada.get(&timeline).await.column("kind").len();
    let path = format!("/records/contacts/{gone}");
    ada.patch(&path, &json!({"city": "Tajne"})).await.expect(200);
    ada.delete(&path).await.expect(204);
    let now = ada.get(&timeline).await;
    assert_eq!(now.column("kind").len(), told, "{}", now.text());
    assert!(!now.text().contains("Tajne"), "{}", now.text());
});

on_both!(the_undo_of_a_merge_names_no_object_that_is_hidden, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "clerk", "objects": {"contacts": {"create": true, "read": "all", "update": "all",
        "delete": "all"}}});
    let jan = app.user_with("Jan", role).await;
    let keep = jan.post("/records/contacts", &json!({"last_name": "Jeden"})).await.made();
    let gone = jan.post("/records/contacts", &json!({"last_name": "Dwa"})).await.made();
    ada.post("/records/orders", &json!({"number": "Z-1", "contact": gone})).await.made();
    let merged = merge(&jan, &keep, &[&gone], json!({})).await;
    let refused = jan.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await;
    refused.refused(409, "undo-refused");
    let reason = &refused["reasons"][0];
    assert_eq!(
        [&reason["object"], &reason["id"], &reason["code"]],
        [&Value::Null, &Value::Null, &json!("undo-out-of-reach")]
    );
});

on_both!(a_merge_that_is_asked_for_twice_is_done_once, |app| {
    let ada = app.user("Ada", "administrator").await;
    let keep = ada.post("/records/contacts", &json!({"last_name": "Jeden"})).await.made();
    let gone = ada.post("/records/contacts", &json!({"last_name": "Dwa", "city": "Łódź"})).await.made();
    let named = ada.header("idempotency-key", "merge-1");
    let first = merge(&named, &keep, &[&gone], json!({})).await;
    let before = app.digest().await;
    let second = merge(&named, &keep, &[&gone], json!({})).await;
    assert_eq!((action(&first), first.text()), (action(&second), second.text()));
    assert_eq!(app.digest().await, before);
    merge(&named, &keep, &[&gone], json!({"city": "Płock"}))
        .await
        .refused_field("Idempotency-Key", "idempotency-key-reused");
});

on_both!(an_amount_that_is_taken_over_is_worth_what_it_was_on_the_survivors_day, |app| {
    let ada = app.user("Ada", "administrator").await;
    for (day, rate) in [("2026-11-01", "0.5"), ("2026-11-15", "0.8")] {
        ada.put("/rates", &json!({"currency": "USD", "day": day, "rate": rate})).await.expect(200);
    }
    app.settled().await;
    let order = async |number: &str, day: &str, total: Value| {
        let body = json!({"number": number, "placed_at": format!("{day}T10:00:00Z"), "total": total});
        ada.post("/records/orders", &body).await.made()
    };
    let usd = json!({"amount": "100.00", "currency": "USD"});
    let gone = order("Z-1", "2026-11-05", usd).await;
    let keep = order("Z-2", "2026-11-20", Value::Null).await;
    let worth =
        async |base: &str| ada.ask("/records/orders", &[("filter", &format!("total = {base}"))]).await.column("id");
    assert_eq!(worth("50").await, [json!(gone)]);
    ada.post("/records/orders/merge", &json!({"survivor": keep, "merged": [gone]})).await.expect(200);
    assert_eq!(worth("80").await, [json!(keep)]);
});
