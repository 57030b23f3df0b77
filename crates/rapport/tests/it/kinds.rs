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
