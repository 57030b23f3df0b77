//! The options of choices: coloured, ordered, retired, counted, taken out, replaced and brought back.

mod replaced;

use crate::{
    bulk::{count, ended},
    imports::upload::{counts, import},
};
use serde_json::{Value, json};
use testing::{Client, on_both};

pub(crate) const FIELDS: &str = "/objects/contacts/fields";

/// A choice of three and one of several among contacts.
pub(crate) async fn fields(client: &Client) {
    let options = json!([
        {"code": "new", "label": {"en": "New", "pl": "Nowy"}, "colour": "Teal"},
        {"code": "warm", "label": "Warm", "colour": "#FF8800"},
        "cold"
    ]);
    client.post(FIELDS, &json!({"name": "stage", "type": "choice", "options": options})).await.expect(201);
    client.post(FIELDS, &json!({"name": "hobbies", "type": "choices", "options": ["golf", "chess", "opera"]})).await;
}

pub(crate) async fn contact(client: &Client, name: &str, rest: &Value) -> String {
    let mut body = rest.clone();
    body["last_name"] = json!(name);
    client.post("/records/contacts", &body).await.made()
}

pub(crate) async fn options(client: &Client, field: &str) -> Value {
    let known = client.get("/objects/contacts").await.expect(200);
    let found = known["fields"].as_array().unwrap().iter().find(|one| one["name"] == field).unwrap().clone();
    found["options"].clone()
}

fn retired(codes: &[&str], out: &[&str]) -> Value {
    let one = |code: &&str| if out.contains(code) { json!({"code": code, "retired": true}) } else { json!(code) };
    codes.iter().map(one).collect()
}

on_both!(options_have_labels_colours_and_an_order, |app| {
    let ada = app.user("Ada", "administrator").await;
    fields(&ada).await;
    let shown = options(&ada, "stage").await;
    assert_eq!(
        (&shown[0]["colour"], &shown[1]["colour"], &shown[2]["colour"]),
        (&json!("teal"), &json!("#ff8800"), &Value::Null)
    );
    assert_eq!(shown[0]["label"]["pl"], "Nowy");
    assert_eq!((shown[2].get("colour"), shown[2].get("retired")), (None, None));
    // What was shown can be sent back, in another order.
    let turned = json!([shown[1], shown[2], shown[0]]);
    let changed = ada.patch(&format!("{FIELDS}/stage"), &json!({"options": turned})).await.expect(200);
    assert_eq!(changed["options"], turned);
    for (bad, code) in [
        (json!(["new", "warm", "cold", {"code": "x", "colour": "mauve"}]), "definition-colour"),
        (json!(["new", "warm", "cold", "new"]), "definition-options"),
        (json!([]), "definition-options"),
    ] {
        ada.patch(&format!("{FIELDS}/stage"), &json!({"options": bad})).await.refused_field("options", code);
    }
    let strange = json!({"options": ["new", "warm", "cold", {"code": "x", "hue": 3}]});
    assert_eq!(ada.patch(&format!("{FIELDS}/stage"), &strange).await.status, 422);
    // Lists are sorted by code, groups follow the order of the options.
    for (name, stage) in [("A", "warm"), ("B", "new"), ("C", "cold")] {
        contact(&ada, name, &json!({"stage": stage})).await;
    }
    assert_eq!(ada.ask("/records/contacts", &[("sort", "stage")]).await.column("stage"), ["cold", "new", "warm"]);
    let groups = ada.ask("/records/contacts/totals", &[("group", "stage")]).await.expect(200);
    let keys: Vec<&Value> = groups["groups"].as_array().unwrap().iter().map(|group| &group["key"]["stage"]).collect();
    assert_eq!(keys, ["warm", "cold", "new"], "{groups}");
});

on_both!(what_is_retired_stays_and_is_not_chosen_any_more, |app| {
    let ada = app.user("Ada", "administrator").await;
    fields(&ada).await;
    let old = contact(&ada, "Old", &json!({"stage": "warm", "hobbies": ["golf", "chess"]})).await;
    let path = format!("/records/contacts/{old}");
    let before = ada.patch(&path, &json!({"stage": "cold"})).await;
    before.clone().expect(200);
    ada.post(&format!("/actions/{}/undo", before.headers["x-action"].to_str().unwrap()), &json!({})).await.expect(200);
    let later = ada.patch(&path, &json!({"stage": "cold", "hobbies": ["chess"]})).await;
    later.clone().expect(200);
    for (field, codes, out) in
        [("stage", ["new", "warm", "cold"], "warm"), ("hobbies", ["golf", "chess", "opera"], "golf")]
    {
        let wanted = json!({"options": retired(&codes, &[out])});
        ada.patch(&format!("{FIELDS}/{field}"), &wanted).await.expect(200);
    }
    assert_eq!(options(&ada, "stage").await[1]["retired"], true);
    assert!(ada.get("/openapi.json").await.text().contains(r#""x-retired":["warm"]"#));
    // Undo brings back exactly what was there.
    let undo = format!("/actions/{}/undo", later.headers["x-action"].to_str().unwrap());
    ada.post(&undo, &json!({})).await.expect(200);
    let shown = ada.get(&path).await;
    assert_eq!((&shown["stage"], &shown["hobbies"]), (&json!("warm"), &json!(["golf", "chess"])));
    // It may be kept, and be written by whoever keeps it.
    ada.patch(&path, &json!({"stage": "Warm", "city": "Łódź", "hobbies": ["opera", "golf"]})).await.expect(200);
    assert_eq!(count(&ada, "stage = 'warm' and hobbies = 'golf'").await, 1);
    let exported = ada.ask("/records/contacts/export", &[("fields", "last_name,stage")]).await.text();
    assert!(exported.contains("Old,warm"), "{exported}");
    // Nobody else gets it, by any way.
    let digest = app.digest().await;
    let fresh = ada.post("/records/contacts", &json!({"last_name": "New", "stage": "warm"})).await;
    fresh.refused_field("stage", "field-retired-choice");
    assert!(fresh.text().contains("warm"), "{}", fresh.text());
    let other = ada.post("/records/contacts", &json!({"last_name": "New", "hobbies": ["chess", "golf"]})).await;
    other.refused_field("hobbies", "field-retired-choice");
    let wish = json!({"do": "change", "fields": {"stage": "warm"}});
    ada.post("/records/contacts/bulk", &wish).await.refused_field("stage", "field-retired-choice");
    assert_eq!(app.digest().await.tables["contact"], digest.tables["contact"]);
    let file = "last_name,stage\nImported,Warm\nFine,new\n";
    let done = import(&app, &ada, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [1, 0, 0, 1], "{done}");
    // To the bin and back.
    ada.delete(&path).await.expect(204);
    ada.post(&format!("{path}/restore"), &json!({})).await.expect(200);
    assert_eq!(ada.get(&path).await["stage"], "warm");
    // A merge takes it over.
    let survivor = contact(&ada, "Old", &json!({})).await;
    let merge = json!({"survivor": survivor, "merged": [old], "fields": {"hobbies": ["golf"]}});
    let merged = ada.post("/records/contacts/merge", &merge).await.expect(200);
    assert_eq!((&merged["stage"], &merged["hobbies"]), (&json!("warm"), &json!(["golf"])));
    let alone = contact(&ada, "Alone", &json!({})).await;
    let merge = json!({"survivor": survivor, "merged": [alone], "fields": {"stage": "warm"}});
    ada.post("/records/contacts/merge", &merge).await.expect(200);
    let nobody = [contact(&ada, "X", &json!({})).await, contact(&ada, "X", &json!({})).await];
    let merge = json!({"survivor": nobody[0], "merged": [nobody[1]], "fields": {"stage": "warm"}});
    ada.post("/records/contacts/merge", &merge).await.refused_field("stage", "field-retired-choice");
    // The default is one that can be chosen.
    ada.patch(&format!("{FIELDS}/stage"), &json!({"default": "warm"}))
        .await
        .refused_field("default", "definition-default-retired");
});

on_both!(an_option_that_nobody_has_can_be_left_out, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app.user("Jan", "seller").await;
    fields(&ada).await;
    contact(&ada, "A", &json!({"stage": "warm", "hobbies": ["golf", "chess"]})).await;
    let binned = contact(&ada, "B", &json!({"stage": "warm", "hobbies": ["golf"]})).await;
    ada.delete(&format!("/records/contacts/{binned}")).await.expect(204);
    let listed = ada.get(&format!("{FIELDS}/stage/options")).await;
    assert_eq!(
        (listed.column("code"), listed.column("records")),
        (vec![json!("new"), json!("warm"), json!("cold")], vec![json!(0), json!(2), json!(0)])
    );
    assert_eq!(ada.get(&format!("{FIELDS}/hobbies/options")).await.column("records"), [2, 1, 0]);
    assert_eq!(jan.get(&format!("{FIELDS}/stage/options")).await.status, 403);
    assert_eq!(ada.get(&format!("{FIELDS}/city/options")).await.status, 404);
    let kept = ada.patch(&format!("{FIELDS}/stage"), &json!({"options": ["new", "cold"]})).await;
    kept.refused_field("options", "definition-option-in-use");
    assert!(kept.text().contains('2'), "{}", kept.text());
    ada.patch(&format!("{FIELDS}/stage"), &json!({"options": ["warm", "cold"]})).await.expect(200);
    ada.patch(&format!("{FIELDS}/hobbies"), &json!({"options": ["golf", "chess"]})).await.expect(200);
    ada.post("/records/contacts", &json!({"last_name": "C", "stage": "new"}))
        .await
        .refused_field("stage", "field-unknown-choice");
    let rule = json!({"rules": [{"name": "chilly", "when": "not (stage in ('WARM', 'Cold')) and city = 'Oslo'", "message": "?"}]});
    ada.patch("/objects/contacts", &rule).await.expect(200);
    ada.patch(&format!("{FIELDS}/stage"), &json!({"options": ["warm"]}))
        .await
        .refused_field("options", "definition-option-named");
    assert_eq!(ada.get(&format!("{FIELDS}/stage/options")).await["items"][1]["named_by"], json!(["chilly"]));
});

on_both!(options_of_standard_fields_are_dressed_and_joined_by_others, |app| {
    let ada = app.user("Ada", "administrator").await;
    let path = "/objects/companies/fields/kind";
    let kinds = ada.get("/objects/companies").await.expect(200);
    let kind = kinds["fields"].as_array().unwrap().iter().find(|field| field["name"] == "kind").unwrap().clone();
    let mut wanted = kind["options"].as_array().unwrap().clone();
    let declared = wanted.len();
    wanted.reverse();
    wanted[0]["colour"] = json!("violet");
    wanted[0]["label"] = json!("Rival & friend");
    wanted.insert(1, json!({"code": "press", "label": {"en": "Press", "pl": "Prasa"}}));
    let changed = ada.patch(path, &json!({"options": wanted})).await.expect(200);
    assert_eq!((&changed["options"][0]["colour"], &changed["options"][1]["code"]), (&json!("violet"), &json!("press")));
    assert_eq!(changed["options"].as_array().unwrap().len(), declared + 1);
    let press = json!({"name": "Gazeta", "kind": "Prasa"});
    let press = ada.post("/records/companies", &press).await.expect(201);
    assert_eq!(press["kind"], "press");
    ada.patch(path, &json!({"options": ["press", "customer"]}))
        .await
        .refused_field("options", "definition-option-standard");
    ada.patch(path, &json!({"required": true})).await.refused(409, "definition-standard");
    ada.patch("/objects/companies/fields/name", &json!({"options": ["a"]})).await.refused(409, "definition-standard");
    let file = ada.get("/configuration").await.text();
    let read: Value = toml::from_str(&file).unwrap();
    let companies = read["objects"].as_array().unwrap().iter().find(|one| one["name"] == "companies").unwrap().clone();
    assert_eq!(companies["options"]["kind"][1]["code"], "press", "{file}");
    // One of our own goes when it is replaced; one that the program declares stays, retired.
    for (code, with) in [("press", "customer"), ("customer", "supplier")] {
        let begun = ada.post(&format!("{path}/options/{code}/replace"), &json!({"with": with})).await;
        assert_eq!(ended(&app, &ada, &begun).await["changed"], 1);
        app.settled().await;
    }
    let options = ada.get(&format!("{path}/options")).await;
    assert_eq!(options.column("code").len(), declared);
    let customer = options["items"].as_array().unwrap().iter().find(|one| one["code"] == "customer").unwrap().clone();
    assert_eq!((&customer["retired"], &customer["records"]), (&json!(true), &json!(0)));
});
