//! What happens, as it happens: only about records that the listener may see, and no values at all.

use serde_json::json;
use testing::on_both;

on_both!(a_listener_hears_of_the_records_that_they_may_see, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "own-only", "objects": {"contacts": {"create": true, "read": "own", "update": "own", "delete": "own"}}});
    let jan = app.user_with("Jan", role).await;
    let mut heard = jan.follow("/events").await;
    let mut all = ada.follow("/events").await;
    ada.patch("/settings", &json!({"company": "Tajna"})).await.expect(200);
    let hidden = ada.post("/records/contacts", &json!({"last_name": "Tajna"})).await.made();
    ada.post("/records/companies", &json!({"name": "Tajna"})).await.made();
    let made = jan.post("/records/contacts", &json!({"last_name": "Jawny"})).await;
    let id = made.made();
    let (name, event) = heard.next().await;
    let expected = json!({"kind": "created", "action": made.headers["x-action"].to_str().unwrap(), "at": testing::NOW.replace('Z', ".000Z"),
        "object": "contacts", "id": id});
    assert_eq!((name.as_str(), event), ("record", expected));
    jan.delete(&format!("/records/contacts/{id}")).await.expect(204);
    assert_eq!(heard.next().await.1["kind"], "binned");
    let mut ids = Vec::new();
    while ids.len() < 4 {
        let (name, event) = all.next().await;
        ids.extend((name == "record").then(|| event["id"].clone()));
    }
    assert_eq!((&ids[0], &ids[2], &ids[3]), (&json!(hidden), &json!(id), &json!(id)));
});

on_both!(whoever_comes_back_hears_what_they_missed, |app| {
    let ada = app.user("Ada", "administrator").await;
    let mut heard = ada.follow("/events").await;
    let first = ada.post("/records/contacts", &json!({"last_name": "Pierwszy"})).await.made();
    assert_eq!(heard.next().await.1["id"], json!(first));
    let last = heard.last_id.clone().unwrap();
    drop(heard);
    let second = ada.post("/records/contacts", &json!({"last_name": "Drugi"})).await.made();
    let mut again = ada.header("last-event-id", last).follow("/events").await;
    assert_eq!(again.next().await.1["id"], json!(second));
});

on_both!(a_listener_whose_rights_change_is_sent_away, |app| {
    let jan = app.person("Jan", &["reader"], &[]).await;
    let mut heard = jan.follow("/events").await;
    app.operator().patch(&format!("/users/{}", jan.id), &json!({"active": false})).await.expect(200);
    assert!(heard.try_next().await.is_none());
    jan.get("/events").await.refused(401, "unauthenticated");
});
