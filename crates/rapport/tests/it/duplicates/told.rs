//! How pairs change with their records, and how much of them is told to whom.

use super::{make, of, scanned};
use serde_json::json;
use testing::on_both;

on_both!(pairs_follow_their_records, |app| {
    let ada = app.user("Ada", "administrator").await;
    let body = |last: &str| json!({"first_name": "Piotr", "last_name": last, "email": "p@y.example"});
    let first = make(&ada, "contacts", body("Kowalski")).await;
    let second = make(&ada, "contacts", body("Kowalsky")).await;
    let score = scanned(&app, &ada, "contacts").await.column("score");
    for id in [&first, &second] {
        ada.patch(&format!("/records/contacts/{id}"), &json!({"birth_date": "1980-01-02"})).await.expect(200);
    }
    let surer = scanned(&app, &ada, "contacts").await;
    assert!(surer.column("score")[0].as_i64() > score[0].as_i64(), "{}", surer.text());
    assert!(surer.text().contains("birth_date"));
    let other = json!({"first_name": "Anna", "last_name": "Bąk", "birth_date": null});
    ada.patch(&format!("/records/contacts/{second}"), &other).await.expect(200);
    assert!(scanned(&app, &ada, "contacts").await.column("ids").is_empty());
    for wrong in ["limit=0", "limit=201"] {
        ada.get(&format!("/records/contacts/duplicates?{wrong}")).await.refused_field("limit", "limit-range");
    }
    let dismiss = "/records/contacts/duplicates/dismiss";
    ada.post(dismiss, &json!({"ids": [first, first]})).await.refused_field("ids", "duplicates-two");
});

on_both!(a_pair_is_told_only_to_those_who_see_both, |app| {
    let ada = app.user("Ada", "administrator").await;
    let own = json!({"name": "own", "objects": {"contacts": {"create": true, "read": "own", "update": "own"}}});
    let jan = app.user_with("Jan", own).await;
    let body = |last: &str, email: &str| json!({"first_name": "Piotr", "last_name": last, "email": email});
    make(&ada, "contacts", body("Kowalski", "p@y.example")).await;
    make(&jan, "contacts", body("Kowalsky", "p@y.example")).await;
    make(&jan, "contacts", body("Nowak", "n@y.example")).await;
    make(&ada, "contacts", body("Nowka", "n@y.example")).await;
    assert_eq!(scanned(&app, &ada, "contacts").await.column("ids").len(), 2);
    assert!(jan.get("/records/contacts/duplicates").await.column("ids").is_empty());
});

on_both!(what_is_typed_counts_before_what_is_there_and_names_stay_hidden, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "clerk", "objects": {"contacts": {"read": "all"}},
        "fields": {"contacts": {"first_name": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    let first =
        make(&ada, "contacts", json!({"first_name": "Piotr", "last_name": "Kot", "email": "a@x.example"})).await;
    let second =
        make(&ada, "contacts", json!({"first_name": "Tajna", "last_name": "Kot", "email": "b@x.example"})).await;
    let asked = json!({"id": first, "fields": {"email": "b@x.example", "first_name": "Tajna"}});
    assert_eq!(ada.post("/records/contacts/duplicates", &asked).await.column("id"), [json!(second)]);
    let found = jan
        .post("/records/contacts/duplicates", &json!({"fields": {"last_name": "Kot", "email": "b@x.example"}}))
        .await;
    assert_eq!(found.column("title")[0], "Kot", "{}", found.text());
    let people: Vec<_> = (0..25).map(|n| json!({"last_name": format!("Lis {n}"), "email": "lis@x.example"})).collect();
    ada.post("/records/contacts/batch", &json!({"create": people})).await.expect(200);
    assert_eq!(of(&ada, "contacts", json!({"email": "lis@x.example"})).await.len(), 20);
});
