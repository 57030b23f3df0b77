//! Options that give way to others, and come back.

use super::{FIELDS, contact, fields, options};
use crate::bulk::{count, ended};
use serde_json::{Value, json};
use testing::on_both;

on_both!(an_option_gives_way_to_another_one_and_comes_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    fields(&ada).await;
    let some: Vec<Value> = (0..1_200)
        .map(
            |n| json!({"last_name": format!("N{n}"), "stage": (["warm", "cold"][n % 2]), "hobbies": ["golf", "chess"]}),
        )
        .collect();
    ada.post("/records/contacts/batch", &json!({"create": some[..700]})).await.expect(200);
    ada.post("/records/contacts/batch", &json!({"create": some[700..]})).await.expect(200);
    let first = ada.ask("/records/contacts", &[("filter", "stage = 'warm'"), ("limit", "2")]).await;
    let [binned, living] = [0, 1].map(|at| format!("/records/contacts/{}", first["items"][at]["id"].as_str().unwrap()));
    ada.delete(&binned).await.expect(204);
    let path = format!("{FIELDS}/stage/options/warm/replace");
    for (with, code) in [("warm", "definition-option-replacement"), ("hot", "definition-option-replacement")] {
        ada.post(&path, &json!({"with": with})).await.refused_field("with", code);
    }
    assert_eq!(ada.post(&path, &json!({})).await.status, 422);
    let unknown = ada.post(&format!("{FIELDS}/stage/options/hot/replace"), &json!({"with": "new"})).await;
    assert_eq!(unknown.status, 404);
    let begun = ada.post(&path, &json!({"with": "new"})).await;
    let done = ended(&app, &ada, &begun).await;
    assert_eq!(
        [&done["state"], &done["total"], &done["changed"], &done["left"]],
        [&json!("done"), &json!(600), &json!(600), &json!(0)]
    );
    app.settled().await;
    assert_eq!(options(&ada, "stage").await.as_array().unwrap().len(), 2);
    assert_eq!((count(&ada, "stage = 'new'").await, count(&ada, "stage = 'warm'").await), (599, 0));
    assert_eq!(
        ada.get(&format!("{living}/history")).await["items"][0]["changes"],
        json!([{"field": "stage", "old": "warm", "new": "new"}])
    );
    ada.post(&format!("{binned}/restore"), &json!({})).await.expect(200);
    assert_eq!(ada.get(&binned).await["stage"], "new");
    // Undo has the option back, where it was and as it looked, and every record.
    let undo = format!("/actions/{}/undo", begun.headers["x-action"].to_str().unwrap());
    let undone = ada.post(&undo, &json!({})).await;
    undone.clone().expect(200);
    let shown = options(&ada, "stage").await;
    assert_eq!(
        (&shown[1]["code"], &shown[1]["colour"], shown[1].get("retired")),
        (&json!("warm"), &json!("#ff8800"), None)
    );
    assert_eq!((count(&ada, "stage = 'new'").await, count(&ada, "stage = 'warm'").await), (0, 600));
    // Several in one field; nothing in the place; and more than fits into one batch.
    let begun = ada.post(&format!("{FIELDS}/hobbies/options/golf/replace"), &json!({"with": null})).await;
    assert_eq!(ended(&app, &ada, &begun).await["changed"], 1_200);
    app.settled().await;
    assert_eq!((count(&ada, "hobbies = 'golf'").await, count(&ada, "hobbies = 'chess'").await), (0, 1_200));
    assert_eq!(options(&ada, "hobbies").await.as_array().unwrap().len(), 2);
    let undo = format!("/actions/{}/undo", begun.headers["x-action"].to_str().unwrap());
    let undoing = ada.post(&undo, &json!({"conflicts": "keep"})).await;
    assert_eq!(ended(&app, &ada, &undoing).await["left"], 0);
    assert_eq!(ada.get(&living).await["hobbies"], json!(["golf", "chess"]));
    assert_eq!(count(&ada, "hobbies = 'golf'").await, 1_200);
});

on_both!(an_undo_that_is_refused_leaves_the_option_out, |app| {
    let ada = app.user("Ada", "administrator").await;
    fields(&ada).await;
    let id = contact(&ada, "A", &json!({"stage": "warm"})).await;
    let begun = ada.post(&format!("{FIELDS}/stage/options/warm/replace"), &json!({"with": "cold"})).await;
    ended(&app, &ada, &begun).await;
    app.settled().await;
    ada.patch(&format!("/records/contacts/{id}"), &json!({"stage": "new"})).await.expect(200);
    let before = app.digest().await;
    let undo = format!("/actions/{}/undo", begun.headers["x-action"].to_str().unwrap());
    ada.post(&undo, &json!({})).await.refused(409, "undo-refused");
    assert_eq!(app.digest().await, before);
    ada.post(&undo, &json!({"conflicts": "overwrite"})).await.expect(200);
    assert_eq!(ada.get(&format!("/records/contacts/{id}")).await["stage"], "warm");
    // One that nobody had comes back as well.
    let begun = ada.post(&format!("{FIELDS}/stage/options/cold/replace"), &json!({"with": "new"})).await;
    ended(&app, &ada, &begun).await;
    app.settled().await;
    assert_eq!(options(&ada, "stage").await.as_array().unwrap().len(), 2);
    let undo = format!("/actions/{}/undo", begun.headers["x-action"].to_str().unwrap());
    ada.post(&undo, &json!({})).await.expect(200);
    assert_eq!(options(&ada, "stage").await[2]["code"], "cold");
    ada.post(&undo, &json!({})).await.refused(404, "not-found");
});

on_both!(what_cannot_be_replaced_stays_retired_and_is_told, |app| {
    let ada = app.user("Ada", "administrator").await;
    fields(&ada).await;
    let id = contact(&ada, "A", &json!({"stage": "warm", "city": "Oslo"})).await;
    contact(&ada, "B", &json!({"stage": "warm"})).await;
    let path = format!("{FIELDS}/stage/options/warm/replace");
    let rule = |when: &str| json!({"rules": [{"name": "chilly", "when": when, "message": "Too cold"}]});
    ada.patch("/objects/contacts", &rule("stage = 'warm' and city = 'Bergen'")).await.expect(200);
    ada.post(&path, &json!({"with": "cold"})).await.refused(409, "definition-option-named");
    ada.patch("/objects/contacts", &rule("stage = 'cold' and city = 'Oslo'")).await.expect(200);
    let computed = json!({"name": "heat", "type": "computed", "expression": "if('warm' = lower(stage), 1, 0)"});
    ada.post(FIELDS, &computed).await.expect(201);
    ada.post(&path, &json!({"with": "cold"})).await.refused(409, "definition-option-named");
    ada.patch(&format!("{FIELDS}/heat"), &json!({"expression": "if(stage = 'cold', 1, 0)"})).await.expect(200);
    ada.patch(&format!("{FIELDS}/stage"), &json!({"default": "warm"})).await.expect(200);
    ada.post(&path, &json!({"with": "cold"})).await.refused(409, "definition-default-retired");
    ada.patch(&format!("{FIELDS}/stage"), &json!({"default": null})).await.expect(200);
    ada.patch(&format!("{FIELDS}/stage"), &json!({"required": true})).await.expect(200);
    ada.post(&path, &json!({"with": null})).await.refused_field("with", "field-required");
    let begun = ada.post(&path, &json!({"with": "cold"})).await;
    let done = ended(&app, &ada, &begun).await;
    assert_eq!([&done["changed"], &done["left"]], [&json!(1), &json!(1)]);
    app.settled().await;
    let left = ada.get(&format!("/bulk/{}/left", begun["id"].as_str().unwrap())).await;
    assert_eq!((left.column("id"), left.column("code")), (vec![json!(id)], vec![json!("rule-broken")]));
    let shown = options(&ada, "stage").await;
    assert_eq!((&shown[1]["code"], &shown[1]["retired"]), (&json!("warm"), &json!(true)));
    // What is computed from the option follows the record.
    let heat = ada.ask("/records/contacts", &[("filter", "heat = 1")]).await;
    assert_eq!((heat.column("last_name"), heat.column("stage")), (vec![json!("B")], vec![json!("cold")]));
});
