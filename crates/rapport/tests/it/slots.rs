//! Slots of custom fields: values that move to one with an index, and those that are thrown away.

use serde_json::json;
use testing::on_both;

on_both!(a_field_can_be_filtered_by_later_and_gives_its_slot_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    let fields = "/objects/contacts/fields";
    let plain = |name: &str| json!({"name": name, "type": "text", "filterable": false});
    ada.post(fields, &plain("motto")).await.expect(201);
    let mut ids = Vec::new();
    for motto in ["Łatwo", "ave", "Łatwo", "vale"] {
        ids.push(ada.post("/records/contacts", &json!({"last_name": "Kot", "motto": motto})).await.made());
    }
    ada.delete(&format!("/records/contacts/{}", ids[2])).await.expect(204);
    let query = [("filter", "motto = 'latwo'")];
    assert_eq!(ada.ask("/records/contacts", &query).await.status, 422);
    let moving = ada.patch(&format!("{fields}/motto"), &json!({"filterable": true})).await.expect(200);
    assert_eq!((&moving["filterable"], &moving["becoming_filterable"]), (&json!(false), &json!(true)));
    // What is written on the way is there at its end.
    ada.patch(&format!("/records/contacts/{}", ids[1]), &json!({"motto": "łatwo"})).await.expect(200);
    ada.patch(&format!("/records/contacts/{}", ids[3]), &json!({"motto": null})).await.expect(200);
    app.settled().await;
    let moved = ada.get("/objects/contacts").await;
    let field = moved["fields"].as_array().unwrap().iter().find(|field| field["name"] == "motto").unwrap();
    assert_eq!((&field["filterable"], &field["becoming_filterable"]), (&json!(true), &json!(false)));
    assert_eq!(ada.ask("/records/contacts", &query).await.column("id"), [json!(ids[0]), json!(ids[1])]);
    ada.post(&format!("/records/contacts/{}/restore", ids[2]), &json!({})).await.expect(200);
    assert_eq!(ada.ask("/records/contacts", &query).await.column("id").len(), 3);
    let version = ada.get(&format!("/records/contacts/{}", ids[0])).await;
    assert_eq!((&version["version"], &version["motto"]), (&json!(1), &json!("Łatwo")));
    // Twenty texts can be filtered by: the one that goes makes room for the next, which is empty.
    for n in 1..20 {
        ada.post(fields, &json!({"name": format!("f{n}"), "type": "text"})).await.expect(201);
    }
    ada.post(fields, &json!({"name": "f20", "type": "text"}))
        .await
        .refused_field("filterable", "definition-slots-full");
    ada.delete(&format!("{fields}/motto?for_good=true")).await.expect(204);
    ada.post(fields, &json!({"name": "f20", "type": "text"}))
        .await
        .refused_field("filterable", "definition-slots-full");
    app.settled().await;
    ada.post(fields, &json!({"name": "f20", "type": "text"})).await.expect(201);
    assert_eq!(ada.get(&format!("/records/contacts/{}", ids[0])).await["f20"], json!(null));
});

on_both!(what_shall_be_searched_from_now_on_is_found_in_what_is_there, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app.user("Jan", "seller").await;
    ada.post("/objects/contacts/fields", &json!({"name": "motto", "type": "text"})).await.expect(201);
    let id = ada.post("/records/contacts", &json!({"last_name": "Kot", "motto": "Perkele"})).await.made();
    let found = async || ada.ask("/search", &[("q", "perkele")]).await.column("id");
    assert!(found().await.is_empty());
    ada.patch("/objects/contacts/fields/motto", &json!({"searched": true})).await.expect(200);
    app.settled().await;
    assert_eq!(found().await, [json!(id)]);
    assert!(jan.ask("/search", &[("q", "perkele")]).await.column("id").is_empty());
    ada.patch("/objects/contacts/fields/motto", &json!({"searched": false})).await.expect(200);
    app.settled().await;
    assert!(found().await.is_empty());
    assert_eq!(ada.ask("/search", &[("q", "kot")]).await.column("id"), [json!(id)]);
});
