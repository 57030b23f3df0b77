//! Requests that are sent twice and done once.

use serde_json::json;
use testing::on_both;

on_both!(the_same_request_again_is_answered_again_and_done_once, |app| {
    let ada = app.user("Ada", "administrator").await;
    let keyed = ada.header("idempotency-key", "order-7");
    let body = json!({"last_name": "Wójcik", "city": "Rzeszów"});
    let first = keyed.post("/records/contacts", &body).await;
    let path = format!("/records/contacts/{}", first.made());
    let before = app.digest().await;
    let again = keyed.post("/records/contacts", &body).await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(again.headers["x-action"], first.headers["x-action"]);
    assert_eq!(again.headers["content-type"], first.headers["content-type"]);
    assert_eq!(app.digest().await, before);
    // The answer is the one of then, whatever became of the record.
    ada.patch(&path, &json!({"city": "Tarnów"})).await.expect(200);
    assert_eq!(keyed.post("/records/contacts", &body).await.body, first.body);
    assert_eq!(ada.get("/records/contacts/count").await["count"], 1);
});

on_both!(a_key_means_one_request_of_one_caller, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app.user("Jan", "administrator").await;
    let [ada, jan] = [ada, jan].map(|client| client.header("idempotency-key", "1"));
    let id = ada.post("/records/contacts", &json!({"last_name": "Kos"})).await.made();
    let before = app.digest().await;
    let other = ada.post("/records/contacts", &json!({"last_name": "Sroka"})).await;
    other.refused_field("Idempotency-Key", "idempotency-key-reused");
    assert_eq!(app.digest().await, before);
    ada.post("/records/companies", &json!({"name": "Kos"})).await.made();
    assert_ne!(jan.post("/records/contacts", &json!({"last_name": "Kos"})).await.made(), id);
    let path = format!("/records/contacts/{id}");
    let changed = ada.patch(&path, &json!({"city": "Sopot"})).await;
    assert_eq!(ada.patch(&path, &json!({"city": "Sopot"})).await.body, changed.body);
    let gone = ada.delete(&path).await;
    let again = ada.delete(&path).await;
    assert_eq!((gone.status, again.status), (204, 204));
    assert_eq!(gone.headers["x-action"], again.headers["x-action"]);
    ada.post(&format!("{path}/restore"), &json!({})).await.expect(200);
});

on_both!(a_refused_request_is_not_remembered, |app| {
    let ada = app.user("Ada", "administrator").await.header("idempotency-key", "again");
    let body = json!({"number": "Z/1"});
    let taken = ada.post("/records/orders", &json!({"number": ""})).await;
    taken.refused_field("number", "field-required");
    ada.post("/records/orders", &body).await.made();
});

on_both!(a_day_later_the_key_is_free_again, |app| {
    let ada = app.user("Ada", "administrator").await.header("idempotency-key", "daily");
    let body = json!({"subject": "Raport dzienny"});
    let first = ada.post("/records/tasks", &body).await.made();
    app.wait_seconds(24 * 3600 - 1);
    assert_eq!(ada.post("/records/tasks", &body).await.made(), first);
    app.wait_seconds(2);
    assert_ne!(ada.post("/records/tasks", &body).await.made(), first);
});

on_both!(twenty_that_race_with_one_key_make_one_record, |app| {
    let ada = app.user("Ada", "administrator").await.header("idempotency-key", "race");
    let mut racing = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let ada = ada.clone();
        racing.spawn(async move { ada.post("/records/contacts", &json!({"last_name": "Szpak"})).await });
    }
    let replies = racing.join_all().await;
    for reply in &replies {
        assert_eq!((reply.status, &reply.body), (201, &replies[0].body), "{}", reply.text());
    }
    assert_eq!(ada.get("/records/contacts/count").await["count"], 1);
});

on_both!(an_answer_lost_after_the_commit_is_found_by_the_second_attempt, |app| {
    let ada = app.user("Ada", "administrator").await;
    let bodies = [
        ("/records/contacts", json!({"last_name": "Gawron"})),
        ("/records/contacts/batch", json!({"create": [{"last_name": "Kawka"}, {"last_name": "Wrona"}]})),
        ("/records/contacts/batch", json!({"create": [{"last_name": "Kruk"}], "atomic": true})),
    ];
    for (at, (path, body)) in bodies.iter().enumerate() {
        let keyed = ada.header("idempotency-key", format!("lost-{at}"));
        app.house.db.faults().fail_commit_after_success(1);
        let lost = keyed.post(path, body).await;
        assert!(lost.status >= 500, "{}", lost.text());
        let found = keyed.post(path, body).await;
        assert!(found.status < 300, "{}", found.text());
        assert_eq!(keyed.post(path, body).await.body, found.body);
    }
    let names = ada.ask("/records/contacts", &[("sort", "last_name")]).await.column("last_name");
    assert_eq!(names, ["Gawron", "Kawka", "Kruk", "Wrona"]);
});

on_both!(a_failed_commit_changes_nothing_and_may_be_tried_again, |app| {
    let ada = app.user("Ada", "administrator").await.header("idempotency-key", "failed");
    let before = app.digest().await;
    app.house.db.faults().fail_commit(1);
    let failed = ada.post("/records/contacts", &json!({"last_name": "Żuraw"})).await;
    assert!(failed.status >= 500, "{}", failed.text());
    assert_eq!(app.digest().await, before);
    ada.post("/records/contacts", &json!({"last_name": "Żuraw"})).await.made();
    assert_eq!(ada.ask("/search", &[("q", "zuraw")]).await.column("title"), ["Żuraw"]);
});

on_both!(a_key_that_is_none_is_refused, |app| {
    let ada = app.user("Ada", "administrator").await;
    for key in [String::new(), "k".repeat(256)] {
        let refused = ada.header("idempotency-key", key).post("/records/contacts", &json!({"last_name": "Kos"})).await;
        refused.refused_field("Idempotency-Key", "idempotency-key-unusable");
    }
});
