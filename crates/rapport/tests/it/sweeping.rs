//! What goes by itself in time: answers kept for repeated requests, uploads that were cut off.

use serde_json::json;
use testing::on_both;

on_both!(every_schedule_has_somebody_who_does_its_work, |app| {
    let registry = rapport::modules::registry(&app.house.records, &app.house.identity);
    for schedule in &registry.schedules {
        let done = registry.kinds.iter().any(|kind| kind.name == schedule.kind);
        assert!(done, "nobody does {}", schedule.kind);
    }
});

on_both!(a_key_is_free_again_after_a_day, |app| {
    let ada = app.user("Ada", "administrator").await.header("idempotency-key", "order-17");
    let body = json!({"last_name": "Kowalska"});
    let first = ada.post("/records/contacts", &body).await.expect(201);
    assert_eq!(ada.post("/records/contacts", &body).await.expect(201)["id"], first["id"]);
    app.wait_seconds(25 * 60 * 60);
    assert_ne!(ada.post("/records/contacts", &body).await.expect(201)["id"], first["id"]);
});
