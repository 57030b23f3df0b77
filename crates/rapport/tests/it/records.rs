//! Records: made, read, changed, listed, binned, remembered.

use serde_json::json;
use testing::on_both;

on_both!(a_contact_is_made_read_changed_and_binned, |app| {
    let ada = app.user("Ada", "administrator").await;
    let made = ada
        .post(
            "/records/contacts",
            &json!({"first_name": "Łucja", "last_name": "Żak", "email": "lucja@example.com",
        "phone": "+48 600 123 456", "city": "Łódź"}),
        )
        .await;
    let id = made["id"].as_str().unwrap().to_owned();
    assert!(made.headers.contains_key("x-action"));
    let made = made.expect(201);
    assert_eq!(made["version"], 1);
    assert_eq!(made["phone"], "+48600123456");
    assert_eq!(made["emails"], json!(["lucja@example.com"]));
    let path = format!("/records/contacts/{id}");
    assert_eq!(ada.get(&path).await.expect(200), made);
    let changed = ada.patch(&path, &json!({"last_name": "Nowak-Żak"})).await.expect(200);
    assert_eq!(changed["version"], 2);
    let stale = ada.header("if-match", "\"1\"").patch(&path, &json!({"city": "Kraków"})).await;
    assert_eq!((stale.status, stale["code"].as_str()), (412, Some("stale")));
    let listed = ada.ask("/records/contacts", &[("filter", "city = 'lodz' and last_name contains 'zak'")]).await;
    assert_eq!(listed.column("id"), [json!(id)]);
    assert_eq!(ada.ask("/search", &[("q", "lucj")]).await.column("id"), [json!(id)]);
    assert_eq!(ada.ask("/search", &[("q", "600123")]).await.column("id"), [json!(id)]);
    let history = ada.get(&format!("{path}/history")).await;
    assert_eq!(history.json["items"].as_array().unwrap().len(), 2);
    assert_eq!(history.json["items"][0]["changes"][0], json!({"field": "last_name", "old": "Żak", "new": "Nowak-Żak"}));
    ada.delete(&path).await.expect(204);
    assert_eq!(ada.get(&path).await.status, 404);
    assert!(ada.ask("/search", &[("q", "lucj")]).await.column("id").is_empty());
    let restored = ada.post(&format!("{path}/restore"), &json!({})).await.expect(200);
    assert_eq!(restored["version"], 4);
    assert_eq!(ada.ask("/search", &[("q", "lucj")]).await.column("id"), [json!(id)]);
});
