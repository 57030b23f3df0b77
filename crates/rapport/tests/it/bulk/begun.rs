//! Between the wish and its end: what changes meanwhile, what is left and told, what cannot be undone yet.

use super::{action, contacts, count, ended};
use crate::imports::upload::send;
use serde_json::{Value, json};
use testing::on_both;

on_both!(what_is_still_going_on_is_not_taken_back, |app| {
    let mut app = app;
    let ada = app.user("Ada", "administrator").await;
    let jan = app.user("Jan", "reader").await;
    contacts(&ada, 3).await;
    app.rest().await;
    let begun = ada.post("/records/contacts/bulk", &json!({"do": "change", "fields": {"city": "Zgierz"}})).await;
    let undo = format!("/actions/{}/undo", action(&begun));
    let before = app.digest().await;
    ada.post(&undo, &json!({})).await.refused(409, "undo-still-running");
    ada.post(&undo, &json!({"conflicts": "overwrite"})).await.refused(409, "undo-still-running");
    jan.post(&undo, &json!({})).await.refused(404, "not-found");
    let import = send(&ada, "contacts", b"last_name\nKot\n", &json!({})).await.expect(202);
    let import = format!("/actions/{}/undo", import["action"].as_str().unwrap());
    ada.post(&import, &json!({})).await.refused(409, "undo-still-running");
    assert_eq!(app.digest().await.tables["contact"], before.tables["contact"]);
    app.work();
    app.settled().await;
    assert_eq!(count(&ada, "city = 'Zgierz'").await, 3);
    ada.post(&undo, &json!({})).await.expect(200);
    ada.post(&import, &json!({})).await.expect(200);
    assert_eq!((count(&ada, "city = 'Zgierz'").await, count(&ada, "").await), (0, 3));
});

on_both!(what_is_made_later_is_not_meant_and_what_is_stopped_stays, |app| {
    let mut app = app;
    let ada = app.user("Ada", "administrator").await;
    contacts(&ada, 2).await;
    app.rest().await;
    let wish = |city: &str| json!({"do": "change", "fields": {"city": city}});
    let begun = ada.post("/records/contacts/bulk", &wish("Zgierz")).await;
    let stopped = ada.post("/records/contacts/bulk", &wish("Arad")).await;
    let stopped = format!("/bulk/{}", stopped["id"].as_str().unwrap());
    ada.delete(&stopped).await.expect(204);
    ada.post("/records/contacts", &json!({"last_name": "Nowa", "city": "Deva"})).await.made();
    app.work();
    assert_eq!(ended(&app, &ada, &begun).await["changed"], 2);
    app.settled().await;
    assert_eq!((count(&ada, "city = 'Deva'").await, count(&ada, "city = 'Arad'").await), (1, 0));
    assert_eq!(ada.get(&stopped).await["state"], "stopped");
});

on_both!(a_wish_that_has_lost_its_sense_fails_and_says_so, |app| {
    let mut app = app;
    let ada = app.user("Ada", "administrator").await;
    ada.post("/objects/contacts/fields", &json!({"name": "card", "type": "text"})).await.expect(201);
    contacts(&ada, 2).await;
    app.settled().await;
    app.rest().await;
    let begun = ada.post("/records/contacts/bulk", &json!({"do": "change", "fields": {"card": "x"}})).await;
    ada.delete("/objects/contacts/fields/card").await.expect(204);
    app.work();
    let failed = ended(&app, &ada, &begun).await;
    assert_eq!([&failed["state"], &failed["changed"]], [&json!("failed"), &json!(0)]);
    assert!(failed["error"].as_str().is_some_and(|error| !error.is_empty()), "{failed}");
});

on_both!(what_does_not_fit_is_left_and_told_page_by_page, |app| {
    let ada = app.user("Ada", "administrator").await;
    let ewa = app.user("Ewa", "manager").await;
    let tags: Vec<String> = (0..1_000).map(|n| format!("t{n}")).collect();
    let mut full = Vec::new();
    for name in ["Jeden", "Dwa", "Trzy"] {
        full.push(ada.post("/records/contacts", &json!({"last_name": name, "tags": tags})).await.made());
    }
    ada.post("/records/contacts", &json!({"last_name": "Pusty"})).await.made();
    let bulk = "/records/contacts/bulk";
    let mut paths = Vec::new();
    for _ in 0..2 {
        let begun = ewa.post(bulk, &json!({"do": "change", "add": {"tags": ["nowy"]}})).await;
        let done = ended(&app, &ada, &begun).await;
        assert_eq!([&done["state"], &done["left"]], [&json!("done"), &json!(3)]);
        paths.push(format!("/bulk/{}/left", begun["id"].as_str().unwrap()));
    }
    assert_eq!(count(&ada, "tags = 'nowy'").await, 1);
    let page = ewa.get(&format!("{}?limit=2", paths[0])).await;
    assert_eq!(
        (page.column("id"), page.column("code")),
        (vec![json!(full[0]), json!(full[1])], vec![json!("field-too-many"); 2])
    );
    let rest = ewa.ask(&paths[0], &[("cursor", page["next"].as_str().unwrap())]).await;
    assert_eq!((rest.column("id"), &rest["next"]), (vec![json!(full[2])], &Value::Null));
    for wrong in ["limit=0", "limit=201"] {
        ewa.get(&format!("{}?{wrong}", paths[1])).await.refused_field("limit", "limit-range");
    }
    ewa.post(bulk, &json!({"do": "change", "remove": {"city": ["x"]}})).await.refused_field("city", "bulk-holds-one");
    let both =
        json!({"do": "change", "filter": "last_name = 'Pusty'", "fields": {"tags": ["a"]}, "add": {"tags": ["b"]}});
    let begun = ewa.post(bulk, &both).await;
    ended(&app, &ewa, &begun).await;
    let one = ada.ask("/records/contacts", &[("filter", "last_name = 'Pusty'")]).await;
    assert_eq!(one["items"][0]["tags"], json!(["a"]));
});
