//! The search box: across objects, by words, prefixes, numbers and near misses; only what the asker may see.

use serde_json::json;
use testing::on_both;

on_both!(people_companies_and_orders_are_found_by_what_one_remembers, |app| {
    let ada = app.user("Ada", "administrator").await;
    let contact = json!({"first_name": "Łucja", "last_name": "Wiśniewska", "emails": ["l.wisniewska@firma.example", "lucja@dom.example"],
        "phones": ["+48 600 123 456", "+40 21 311 22 33"]});
    ada.post("/records/contacts", &contact).await.expect(201);
    ada.post("/records/companies", &json!({"name": "Țăndărei Mobilă", "tax_id": "RO12345678"})).await.expect(201);
    ada.post("/records/orders", &json!({"number": "ZAM/2026/0042"})).await.expect(201);
    for (asked, title) in [
        ("wisniew", "Łucja Wiśniewska"),
        ("ŁUCJA", "Łucja Wiśniewska"),
        ("wisniewska lucja", "Łucja Wiśniewska"),
        ("wisneiwska", "Łucja Wiśniewska"),
        ("lucja@dom", "Łucja Wiśniewska"),
        ("600123", "Łucja Wiśniewska"),
        ("3112233", "Łucja Wiśniewska"),
        ("tandarei", "Țăndărei Mobilă"),
        ("RO12345678", "Țăndărei Mobilă"),
        ("2026/0042", "ZAM/2026/0042"),
    ] {
        assert_eq!(ada.ask("/search", &[("q", asked)]).await.column("title"), [title], "{asked}");
    }
    for nothing in ["", " ", "!?", "qqqqqq"] {
        assert!(ada.ask("/search", &[("q", nothing)]).await.column("id").is_empty(), "{nothing:?}");
    }
    let listed = ada.ask("/records/contacts", &[("search", "wisniew"), ("filter", "phone is not empty")]).await;
    assert_eq!(listed.column("last_name"), ["Wiśniewska"]);
    assert_eq!(ada.ask("/records/contacts/count", &[("search", "nikt")]).await["count"], 0);
    for (name, value) in [("limit", "0"), ("limit", "51"), ("offset", "1")] {
        assert_eq!(ada.ask("/search", &[("q", "a"), (name, value)]).await.status, 422);
    }
});

on_both!(what_was_changed_or_binned_is_found_as_it_is_now, |app| {
    let ada = app.user("Ada", "administrator").await;
    let path =
        format!("/records/contacts/{}", ada.post("/records/contacts", &json!({"last_name": "Panieńska"})).await.made());
    let titles = async |asked: &str| ada.ask("/search", &[("q", asked)]).await.column("title");
    ada.patch(&path, &json!({"last_name": "Mężatkowska"})).await.expect(200);
    assert!(titles("panienska").await.is_empty());
    assert_eq!(titles("mezatk").await, ["Mężatkowska"]);
    ada.delete(&path).await.expect(204);
    assert!(titles("mezatk").await.is_empty());
    ada.post(&format!("{path}/restore"), &json!({})).await.expect(200);
    assert_eq!(titles("mezatk").await, ["Mężatkowska"]);
});
