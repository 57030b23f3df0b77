//! What values of particular types mean to those who write, find, take out and bring in.

use crate::imports::upload::{counts, import};
use serde_json::json;
use testing::on_both;

on_both!(tags_are_free_and_found_whatever_their_case, |app| {
    let operator = app.operator();
    let jan = json!({"last_name": "Jan", "tags": ["VIP", "Łódź", "vip", " lodz "]});
    let jan = operator.post("/records/contacts", &jan).await.made();
    operator.post("/records/contacts", &json!({"last_name": "Ewa", "tags": ["gold"]})).await.expect(201);
    let file = "last_name,tags\nAdam,\"gold; Vip; GOLD\"\nZoë,\n";
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [2, 0, 0, 0], "{done}");
    for (filter, names) in [
        ("tags = 'vip'", vec!["Adam", "Jan"]),
        ("tags in ('LODZ', 'gold')", vec!["Adam", "Ewa", "Jan"]),
        ("tags starts with 'go'", vec!["Adam", "Ewa"]),
        ("tags is empty", vec!["Zoë"]),
        ("not (tags = 'vip')", vec!["Ewa", "Zoë"]),
    ] {
        let found = operator.ask("/records/contacts", &[("filter", filter), ("sort", "last_name")]).await;
        assert_eq!(found.column("last_name"), names, "{filter}");
    }
    let shown = operator.get(&format!("/records/contacts/{jan}")).await.expect(200);
    assert_eq!(shown["tags"], json!(["VIP", "Łódź"]));
    let taken = [("filter", "last_name = 'Adam'"), ("fields", "tags")];
    assert_eq!(operator.ask("/records/contacts/export", &taken).await.text().lines().last(), Some("gold; Vip"));
    let same = operator.patch(&format!("/records/contacts/{jan}"), &json!({"tags": ["VIP", "Łódź", "LODZ"]})).await;
    assert_eq!(same.expect(200)["version"], 1, "nothing differs");
    let none = operator.patch(&format!("/records/contacts/{jan}"), &json!({"tags": []})).await.expect(200);
    assert_eq!(none["tags"], json!([]));
    let long = json!({"tags": ["x".repeat(101)]});
    let refused = operator.patch(&format!("/records/contacts/{jan}"), &long).await;
    refused.refused_field("tags", "field-text-too-long");
});

on_both!(an_account_is_kept_in_one_form_and_found_in_any, |app| {
    let operator = app.operator();
    let field = json!({"name": "account", "type": "iban", "unique": true, "searched": true});
    operator.post("/objects/companies/fields", &field).await.expect(201);
    let orlen = json!({"name": "Orlen", "account": "pl61 1090 1014 0000 0712 1981 2874"});
    let made = operator.post("/records/companies", &orlen).await.expect(201);
    assert_eq!(made["account"], "PL61109010140000071219812874");
    for filter in [
        "account = 'PL61 1090 1014 0000 0712 1981 2874'",
        "account starts with 'pl61 1090'",
        "account contains '1981-2874'",
        "account == 'PL61109010140000071219812874'",
    ] {
        let found = operator.ask("/records/companies", &[("filter", filter)]).await;
        assert_eq!(found.column("name"), ["Orlen"], "{filter}");
    }
    assert_eq!(operator.ask("/search", &[("q", "PL61109010140000071219812874")]).await.column("title"), ["Orlen"]);
    let twin = json!({"name": "Twin", "account": "PL61109010140000071219812874"});
    operator.post("/records/companies", &twin).await.refused(409, "unique-taken");
    let slip = json!({"name": "Slip", "account": "PL61109010140000071219812875"});
    operator.post("/records/companies", &slip).await.refused_field("account", "field-iban-check");
    let file = "name,account\nOrlen SA,PL61 1090 1014 0000 0712 1981 2874\nBCR,RO49 AAAA 1B31 0075 9384 0000\nX,RO1\n";
    let done = import(&app, &operator, "companies", file.as_bytes(), &json!({"match": "account"})).await;
    assert_eq!(counts(&done), [1, 1, 0, 1], "{done}");
});
