//! Changes of all that a filter finds: counted first, done in the background, told, stopped, undone.

mod begun;

use crate::imports::upload::import;
use serde_json::{Value, json};
use testing::{Client, Reply, TestApp, on_both};

/// Waits for the end of a bulk change, and gives how it went.
pub(crate) async fn ended(app: &TestApp, client: &Client, begun: &Reply) -> Value {
    assert_eq!(begun.status, 202, "{}", begun.text());
    let mut committed = app.house.db.committed();
    loop {
        committed.mark_unchanged();
        let state = client.get(&format!("/bulk/{}", begun["id"].as_str().unwrap())).await.expect(200);
        if state["state"] != "running" {
            return state;
        }
        committed.changed().await.unwrap();
    }
}

fn action(reply: &Reply) -> String {
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

/// As many contacts, a third of them in Łódź.
pub(crate) async fn contacts(client: &Client, count: usize) {
    for from in (0..count).step_by(1_000) {
        let one = |n: usize| {
            json!({"last_name": format!("Osoba {n}"), "city": (["Łódź", "Płock", "Sibiu"][n % 3]),
            "segment": if n.is_multiple_of(2) { json!("old") } else { Value::Null }})
        };
        let some: Vec<Value> = (from..count.min(from + 1_000)).map(one).collect();
        client.post("/records/contacts/batch", &json!({"create": some})).await.expect(200);
    }
}

pub(crate) async fn count(client: &Client, filter: &str) -> i64 {
    client.ask("/records/contacts/count", &[("filter", filter), ("exact", "true")]).await["count"].as_i64().unwrap()
}

on_both!(all_that_a_filter_finds_is_changed_and_changed_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    contacts(&ada, 1_500).await;
    let wish = json!({"do": "change", "filter": "city = 'lodz'", "fields": {"segment": "vip"}, "dry_run": true});
    assert_eq!(ada.post("/records/contacts/bulk", &wish).await.expect(200), json!({"count": 500}));
    assert_eq!(count(&ada, "segment = 'vip'").await, 0);
    // The field that is changed may be the one that is asked for.
    let wish =
        json!({"do": "change", "filter": "city in ('Łódź', 'Płock')", "fields": {"city": "Zgierz", "segment": "vip"}});
    let begun = ada.post("/records/contacts/bulk", &wish).await;
    let done = ended(&app, &ada, &begun).await;
    assert_eq!(
        [&done["state"], &done["total"], &done["done"], &done["changed"], &done["left"]],
        [&json!("done"), &json!(1000), &json!(1000), &json!(1000), &json!(0)]
    );
    assert_eq!(
        (count(&ada, "city = 'zgierz' and segment = 'vip'").await, count(&ada, "segment = 'old'").await),
        (1_000, 250)
    );
    let undo = format!("/actions/{}/undo", action(&begun));
    ada.post(&undo, &json!({})).await.refused(409, "undo-too-many");
    let other = ada.ask("/records/contacts", &[("filter", "city = 'Zgierz'"), ("limit", "1")]).await;
    let path = format!("/records/contacts/{}", other["items"][0]["id"].as_str().unwrap());
    ada.patch(&path, &json!({"segment": "mine"})).await.expect(200);
    let undoing = ada.post(&undo, &json!({"conflicts": "keep"})).await;
    let undone = ended(&app, &ada, &undoing).await;
    assert_eq!([&undone["state"], &undone["changed"], &undone["left"]], [&json!("done"), &json!(1000), &json!(1)]);
    let left = ada.get(&format!("/bulk/{}/left", undoing["id"].as_str().unwrap())).await;
    assert_eq!(left.column("code"), ["undo-changed-since"]);
    assert_eq!(ada.get(&path).await["segment"], "mine");
    assert_eq!((count(&ada, "city = 'lodz'").await, count(&ada, "segment = 'old'").await), (500, 749));
    let history = ada.get(&format!("{path}/history")).await;
    assert_eq!(history["items"][0]["undoes"], json!(action(&begun)));
});

on_both!(an_import_is_taken_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    let known = ada
        .post("/records/contacts", &json!({"last_name": "Stary", "external_id": "K-7", "city": "Sibiu"}))
        .await
        .made();
    // The last rows change what the first ones have made: more than a slice of the undo lies between them.
    let line = |n: usize| format!("K-{},Osoba {n},{}", n % 1_200, if n < 1_200 { "Arad" } else { "Deva" });
    let lines: Vec<String> = (0..1_300).map(line).collect();
    let file = format!("external_id,last_name,city\n{}\n", lines.join("\n"));
    let import = import(&app, &ada, "contacts", file.as_bytes(), &json!({"match": "external_id"})).await;
    assert_eq!((&import["created"], &import["updated"]), (&json!(1_199), &json!(101)));
    assert_eq!((count(&ada, "city = 'Arad'").await, count(&ada, "city = 'Deva'").await), (1_100, 100));
    let undoing =
        ada.post(&format!("/actions/{}/undo", import["action"].as_str().unwrap()), &json!({"conflicts": "keep"})).await;
    let undone = ended(&app, &ada, &undoing).await;
    assert_eq!([&undone["state"], &undone["changed"], &undone["left"]], [&json!("done"), &json!(1_300), &json!(0)]);
    assert_eq!(count(&ada, "").await, 1);
    let path = format!("/records/contacts/{known}");
    assert_eq!((&ada.get(&path).await["last_name"], &ada.get(&path).await["city"]), (&json!("Stary"), &json!("Sibiu")));
});

on_both!(values_join_and_leave_and_records_go_and_come_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    contacts(&ada, 9).await;
    let wish = json!({"do": "change", "filter": "city = 'Sibiu'", "add": {"emails": ["all@x.example"]}});
    let begun = ada.post("/records/contacts/bulk", &wish).await;
    assert_eq!(ended(&app, &ada, &begun).await["changed"], 3);
    assert_eq!(count(&ada, "emails = 'all@x.example'").await, 3);
    let wish = json!({"do": "change", "search": "osoba", "remove": {"emails": ["all@x.example"]}});
    let begun = ada.post("/records/contacts/bulk", &wish).await;
    assert_eq!(ended(&app, &ada, &begun).await["changed"], 3);
    let begun = ada.post("/records/contacts/bulk", &json!({"do": "delete", "filter": "city = 'Łódź'"})).await;
    assert_eq!(ended(&app, &ada, &begun).await["changed"], 3);
    assert_eq!(count(&ada, "").await, 6);
    let begun = ada.post("/records/contacts/bulk", &json!({"do": "restore", "filter": "last_name = 'Osoba 3'"})).await;
    assert_eq!(ended(&app, &ada, &begun).await["changed"], 1);
    assert_eq!(count(&ada, "").await, 7);
});

on_both!(a_bulk_change_reaches_no_further_than_its_caller, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "own", "objects": {"contacts": {"create": true, "read": "all", "update": "own"}},
        "fields": {"contacts": {"birth_date": "hidden", "segment": "read"}}});
    let jan = app.user_with("Jan", role).await;
    contacts(&ada, 5).await;
    for name in ["Jeden", "Dwa", "Trzy", "Cztery"] {
        jan.post("/records/contacts", &json!({"last_name": name})).await.made();
    }
    let bulk = "/records/contacts/bulk";
    let before = app.digest().await;
    jan.post(bulk, &json!({"do": "delete"})).await.refused(403, "rights-delete");
    jan.post(bulk, &json!({"do": "change", "fields": {"segment": "x"}}))
        .await
        .refused_field("segment", "field-read-only");
    jan.post(bulk, &json!({"do": "change", "fields": {"birth_date": null}}))
        .await
        .refused_field("birth_date", "field-unknown");
    let wish = json!({"do": "change", "filter": "birth_date is empty", "fields": {"city": "x"}});
    assert_eq!(jan.post(bulk, &wish).await.status, 422);
    ada.post(bulk, &json!({"do": "change"})).await.refused_field("fields", "bulk-nothing");
    ada.post(bulk, &json!({"do": "dance"})).await.refused_field("do", "bulk-unknown");
    ada.post(bulk, &json!({"do": "delete", "fields": {"city": "x"}})).await.refused_field("fields", "bulk-no-fields");
    ada.post(bulk, &json!({"do": "change", "add": {"city": ["x"]}})).await.refused_field("city", "bulk-holds-one");
    assert_eq!(app.digest().await, before);
    let begun = jan.post(bulk, &json!({"do": "change", "fields": {"city": "Turda"}})).await;
    let done = ended(&app, &jan, &begun).await;
    assert_eq!([&done["total"], &done["changed"]], [&json!(4), &json!(4)]);
    assert_eq!(count(&ada, "city = 'Turda'").await, 4);
    let ewa = app.user("Ewa", "manager").await;
    let path = format!("/bulk/{}", begun["id"].as_str().unwrap());
    assert_eq!(ewa.get(&path).await.status, 404);
    assert_eq!(ewa.delete(&path).await.status, 404);
    jan.delete(&path).await.refused(409, "bulk-over");
});

on_both!(what_joins_is_there_once_and_what_leaves_goes_in_whatever_form, |app| {
    let ada = app.user("Ada", "administrator").await;
    let firm = ada.post("/records/companies", &json!({"name": "Wągrowiec Meble"})).await.made();
    let body = json!({"last_name": "Żak", "tags": ["VIP", "Łódź"], "companies": [{"id": firm, "role": "director"}]});
    let path = format!("/records/contacts/{}", ada.post("/records/contacts", &body).await.made());
    let before = ada.get(&path).await.expect(200);
    for (add, changed) in [(json!({"companies": [firm]}), 0), (json!({"tags": ["vip", "lodz"]}), 0)] {
        let begun = ada.post("/records/contacts/bulk", &json!({"do": "change", "add": add})).await;
        assert_eq!(ended(&app, &ada, &begun).await["changed"], changed, "{add}");
        assert_eq!(ada.get(&path).await.expect(200), before);
    }
    let remove = json!({"companies": [firm], "tags": ["vip", "lodz"]});
    let begun = ada.post("/records/contacts/bulk", &json!({"do": "change", "remove": remove})).await;
    assert_eq!(ended(&app, &ada, &begun).await["changed"], 1);
    let now = ada.get(&path).await.expect(200);
    assert_eq!([&now["companies"], &now["company"], &now["tags"]], [&json!([]), &Value::Null, &json!([])]);
});
