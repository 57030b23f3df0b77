//! What contradicts itself is not merged blindly.

use super::{action, merge, records};
use serde_json::{Value, json};
use testing::on_both;

on_both!(what_contradicts_itself_is_merged_only_when_somebody_says_so, |app| {
    let ada = app.user("Ada", "administrator").await;
    let mut made = Vec::new();
    for (birth, city) in [("1950-01-02", "Łódź"), ("1980-01-02", "Łódź"), ("", "Płock")] {
        let birth = Some(birth).filter(|birth| !birth.is_empty());
        let body = json!({"first_name": "Jan", "last_name": "Kot", "city": city, "birth_date": birth});
        made.push(ada.post("/records/contacts", &body).await.made());
    }
    let [father, son, other]: [String; 3] = made.try_into().unwrap();
    let before = (records(&ada).await, app.digest().await);
    let refused = merge(&ada, &father, &[&son], json!({})).await;
    refused.refused(409, "contradiction");
    let told = [json!({"id": father, "value": "1950-01-02"}), json!({"id": son, "value": "1980-01-02"})];
    assert_eq!(refused["contradictions"], json!([{"field": "birth_date", "values": told}]));
    merge(&ada, &father, &[&other, &son], json!({"city": "Łódź"})).await.refused(409, "contradiction");
    assert_eq!(app.digest().await, before.1);

    let chosen = merge(&ada, &father, &[&son], json!({"birth_date": "1980-01-02"})).await;
    assert_eq!(chosen["birth_date"], "1980-01-02");
    ada.post(&format!("/actions/{}/undo", action(&chosen)), &json!({})).await.expect(200);
    let body = json!({"survivor": father, "merged": [son], "confirm": true});
    let confirmed = ada.post("/records/contacts/merge", &body).await;
    assert_eq!(confirmed["birth_date"], "1950-01-02", "{}", confirmed.text());
    ada.post(&format!("/actions/{}/undo", action(&confirmed)), &json!({})).await.expect(200);
    assert_eq!(records(&ada).await, before.0);
    merge(&ada, &father, &[&other], json!({})).await.expect(200);
});

on_both!(a_number_in_another_notation_contradicts_nothing_and_a_hidden_one_is_not_told, |app| {
    let ada = app.user("Ada", "administrator").await;
    let rights = json!({"create": true, "read": "all", "update": "all", "delete": "all"});
    let role =
        json!({"name": "clerk", "objects": {"companies": rights}, "fields": {"companies": {"tax_id": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    let firm = |tax: &str| json!({"name": "Alfa", "tax_id": tax});
    let mut made: Vec<Value> = Vec::new();
    for tax in ["5250007394", "PL 525-000-73-94", "5260001246"] {
        made.push(json!(ada.post("/records/companies", &firm(tax)).await.made()));
    }
    let merge = |survivor: &Value, merged: &Value| json!({"survivor": survivor, "merged": [merged]});
    let [first, second, third]: [Value; 3] = made.try_into().unwrap();
    ada.post("/records/companies/merge", &merge(&first, &second)).await.expect(200);
    let refused = ada.post("/records/companies/merge", &merge(&first, &third)).await;
    refused.refused(409, "contradiction");
    assert!(refused["title"].as_str().unwrap().contains("tax_id"), "{}", refused.text());
    // Rules that do not look at it do not make it less.
    let rules = json!({"signals": [{"fields": ["name"], "compare": "company_name", "points": 90}]});
    ada.put("/objects/companies/duplicate-rules", &rules).await.expect(200);
    ada.post("/records/companies/merge", &merge(&first, &third)).await.refused(409, "contradiction");
    let merged = jan.post("/records/companies/merge", &merge(&first, &third)).await;
    assert!(merged.status == 200 && !merged.text().contains("tax_id"), "{}", merged.text());
});
