//! Many changes in one request: each with its result, or all or none.

use serde_json::{Value, json};
use testing::{Client, Reply, on_both};

async fn batch(client: &Client, object: &str, body: &Value) -> Reply {
    client.post(&format!("/records/{object}/batch"), body).await
}

#[track_caller]
fn statuses(reply: &Reply) -> Vec<u64> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply["results"].as_array().unwrap().iter().map(|result| result["status"].as_u64().unwrap()).collect()
}

on_both!(each_item_has_its_own_result, |app| {
    let ada = app.user("Ada", "administrator").await;
    let mut ids = Vec::new();
    for number in ["A", "B", "E", "F"] {
        ids.push(ada.post("/records/orders", &json!({"number": number})).await.made());
    }
    let reply = batch(&ada, "orders", &json!({
        "create": [{"number": "C", "ship_city": "Brașov"}, {"number": "a"}, {"ship_city": "Oradea"}, {"number": "D", "colour": "red"}],
        "update": [{"id": ids[0], "version": 1, "ship_city": "Arad"}, {"id": ids[1], "version": 7, "ship_city": "Deva"},
            {"id": "0000000000001", "ship_city": "Deva"}, {"ship_city": "Deva"}, {"id": ids[2], "version": "1", "ship_city": "Deva"}],
        "delete": [ids[3], "0000000000002", "x", ids[3]]
    }))
    .await;
    assert_eq!(statuses(&reply), [201, 409, 422, 422, 200, 412, 404, 422, 422, 204, 404, 404, 422]);
    assert_eq!(reply.headers["x-action"].to_str().unwrap(), reply["action"].as_str().unwrap());
    let results = reply["results"].as_array().unwrap();
    assert_eq!(results[0]["record"]["ship_city"], "Brașov");
    assert_eq!(results[0]["id"], results[0]["record"]["id"]);
    assert_eq!(results[1]["problem"]["code"], "unique-taken");
    assert_eq!(results[3]["problem"]["errors"][0]["field"], "colour");
    assert_eq!(results[4]["record"]["version"], 2);
    assert_eq!(results[8]["problem"]["errors"][0]["field"], "version");
    assert_eq!(ada.ask("/records/orders", &[("sort", "number")]).await.column("number"), ["A", "B", "C", "E"]);
    // One action, in the history of each.
    let history = ada.get(&format!("/records/orders/{}/history", ids[0])).await;
    assert_eq!(history["items"][0]["action"], reply["action"]);
});

on_both!(all_or_nothing_means_nothing_when_one_is_wrong, |app| {
    let ada = app.user("Ada", "administrator").await;
    let id = ada.post("/records/orders", &json!({"number": "A"})).await.made();
    let before = app.digest().await;
    let wrong = [
        (json!({"create": [{"number": "B"}, {"number": "a"}]}), vec!["1"]),
        (json!({"create": [{"number": "B"}, {"number": "b"}]}), vec!["1"]),
        (json!({"create": [{"number": "B", "x": 1, "y": 2}], "delete": [id, "x"]}), vec!["0.x", "0.y", "2"]),
        (json!({"create": [{"number": "B"}], "update": [{"id": id, "version": 9}]}), vec!["1"]),
        (
            json!({"create": [{"number": "B"}], "update": [{"id": id, "ship_city": "x"}, {"id": id, "ship_city": "y"}]}),
            vec!["2.id"],
        ),
        (json!({"update": [{"id": id, "ship_city": "x"}], "delete": [id]}), vec!["1.id"]),
    ];
    for (mut body, fields) in wrong {
        body["atomic"] = json!(true);
        let reply = batch(&ada, "orders", &body).await;
        reply.refused(422, "invalid");
        let told: Vec<_> =
            reply["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap().to_owned()).collect();
        assert_eq!(told, fields, "{}", reply.text());
        assert_eq!(app.digest().await.differences(&before), Vec::<String>::new());
    }
    let good = json!({"create": [{"number": "B"}], "update": [{"id": id, "number": "C"}], "atomic": true});
    assert_eq!(statuses(&batch(&ada, "orders", &good).await), [201, 200]);
});

on_both!(a_creation_that_matches_changes_what_is_there, |app| {
    let ada = app.user("Ada", "administrator").await;
    let known =
        ada.post("/records/contacts", &json!({"last_name": "Mazur", "email": "Mazur@Firma.example"})).await.made();
    for _ in 0..2 {
        ada.post("/records/contacts", &json!({"last_name": "Bliźniak", "email": "twin@firma.example"})).await.made();
    }
    let reply = batch(&ada, "contacts", &json!({"match": "email", "create": [
        {"email": "mazur@firma.example", "city": "Ełk"}, {"email": "new@firma.example"}, {"email": "twin@firma.example"},
        {"last_name": "Bez adresu"}]}))
    .await;
    assert_eq!(statuses(&reply), [200, 201, 422, 201]);
    assert_eq!(reply["results"][0]["id"], json!(known));
    assert_eq!(reply["results"][2]["problem"]["errors"][0]["code"], "match-several");
    let mazur = ada.get(&format!("/records/contacts/{known}")).await.expect(200);
    assert_eq!((&mazur["city"], &mazur["last_name"], &mazur["version"]), (&json!("Ełk"), &json!("Mazur"), &json!(2)));
    for field in ["shoe_size", "addresses", ""] {
        batch(&ada, "contacts", &json!({"match": field, "create": [{}]})).await.refused_field("match", "match-unknown");
    }
    let repeated = json!({"match": "email", "create": [{"email": "mazur@firma.example", "city": "Olsztyn"}, {"email": "MAZUR@firma.example"}]});
    assert_eq!(statuses(&batch(&ada, "contacts", &repeated).await), [200, 422]);
});

on_both!(a_thousand_items_are_taken_and_no_more, |app| {
    let ada = app.user("Ada", "administrator").await;
    let drafts: Vec<Value> = (0..1_001).map(|number| json!({"code": format!("P{number}"), "name": "Śruba"})).collect();
    let before = app.digest().await;
    batch(&ada, "products", &json!({"create": drafts})).await.refused_field("create", "batch-too-many");
    batch(&ada, "products", &json!({"create": drafts[..600], "delete": vec!["x"; 401]}))
        .await
        .refused_field("create", "batch-too-many");
    assert_eq!(app.digest().await, before);
    let reply = batch(&ada, "products", &json!({"create": drafts[..1_000]})).await;
    assert!(statuses(&reply).iter().all(|status| *status == 201));
    assert_eq!(ada.get("/records/products/count").await["count"], 1_000);
    assert_eq!(statuses(&batch(&ada, "products", &json!({})).await), Vec::<u64>::new());
    let unknown = batch(&ada, "products", &json!({"upsert": []})).await;
    assert!((400..=422).contains(&unknown.status), "{}", unknown.text());
});
