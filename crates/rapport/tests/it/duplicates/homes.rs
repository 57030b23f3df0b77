//! Households: no duplicates, but to be found.

use super::{make, of, scanned};
use serde_json::{Value, json};
use testing::on_both;

on_both!(who_lives_together_is_found_and_is_no_duplicate, |app| {
    let ada = app.user("Ada", "administrator").await;
    let person = |first: &str, more: Value| {
        let mut body = json!({"first_name": first, "last_name": "Nowak", "city": "Łódź", "street": "Piotrkowska 12",
            "postcode": "90-001", "phone": "+48421234567", "email": "nowakowie@x.example"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let jan = make(&ada, "contacts", person("Jan", json!({}))).await;
    let anna = make(&ada, "contacts", person("Anna", json!({"street": "PIOTRKOWSKA 12", "email": null}))).await;
    let ewa = person(
        "Ewa",
        json!({"street": null, "phone": "+48600123456", "emails": ["e@x.example", "nowakowie@x.example"]}),
    );
    let ewa = make(&ada, "contacts", ewa).await;
    let next = json!({"email": null, "phone": null, "postcode": "90-002"});
    make(&ada, "contacts", person("Olaf", next)).await;
    assert!(of(&ada, "contacts", person("Marta", json!({}))).await.is_empty());
    assert!(scanned(&app, &ada, "contacts").await.column("ids").is_empty());
    let home = |id: &str| format!("/records/contacts/{id}/household");
    let found = ada.get(&home(&jan)).await;
    assert_eq!(found.column("id"), [json!(anna), json!(ewa)]);
    assert_eq!(found.column("shares"), [json!(["address", "phone"]), json!(["email"])]);
    assert_eq!(found.column("title")[0], "Anna Nowak");
    assert_eq!(ada.get(&home(&anna)).await.column("id"), [json!(jan)]);

    let rights = json!({"create": true, "read": "all"});
    let shy = json!({"name": "shy", "objects": {"contacts": rights},
        "fields": {"contacts": {"phone": "masked", "street": "hidden", "last_name": "hidden"}}});
    let shy = app.user_with("Shy", shy).await.get(&home(&jan)).await;
    assert_eq!((shy.column("id"), shy.column("title")), (vec![json!(ewa)], vec![json!("Ewa")]));
    let own = json!({"name": "own", "objects": {"contacts": {"create": true, "read": "own"}}});
    assert_eq!(app.user_with("Own", own).await.get(&home(&jan)).await.status, 404);
});
