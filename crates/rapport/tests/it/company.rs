//! The company's settings, and what one currency is worth in another.

use serde_json::json;
use testing::on_both;

on_both!(settings_are_read_by_all_and_changed_by_administrators, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app.user("Jan", "reader").await;
    let fresh = jan.get("/settings").await.expect(200);
    assert_eq!(
        (&fresh["base_currency"], &fresh["time_zone"], &fresh["country"]),
        (&json!("EUR"), &json!("Europe/Warsaw"), &json!("PL"))
    );
    jan.patch("/settings", &json!({"company": "Moja"})).await.refused(403, "administrators-only");
    let changed = ada
        .patch("/settings", &json!({"company": "Țiriac & Fiii", "country": "ro", "base_currency": "ron", "time_zone": "Europe/Bucharest",
            "languages": ["ro", "en"]}))
        .await
        .expect(200);
    assert_eq!(
        changed,
        json!({"company": "Țiriac & Fiii", "country": "RO", "base_currency": "RON", "time_zone": "Europe/Bucharest",
        "languages": ["ro", "en"], "allow_national_ids": false, "definition_bin_days": 30,
        "file_limit_mb": 25, "file_quota_mb": null})
    );
    assert_eq!(jan.get("/settings").await.expect(200), changed);
    let before = app.digest().await;
    for (name, value) in [
        ("colour", json!("red")),
        ("country", json!("Atlantis")),
        ("base_currency", json!("DOGE")),
        ("time_zone", json!("Mars/Olympus")),
        ("languages", json!([])),
        ("languages", json!(["tlh"])),
        ("company", json!(7)),
    ] {
        let reply = ada.patch("/settings", &json!({name: value})).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, name), "{}", reply.text());
    }
    assert_eq!(app.digest().await, before);
    // A local number is one of the company's country.
    let contact = ada.post("/records/contacts", &json!({"phone": "021 311 22 33"})).await.expect(201);
    assert_eq!(contact["phone"], "+40213112233");
});

on_both!(the_base_currency_stays_once_there_are_amounts, |app| {
    let ada = app.user("Ada", "administrator").await;
    ada.patch("/settings", &json!({"base_currency": "PLN"})).await.expect(200);
    let order =
        ada.post("/records/orders", &json!({"number": "1", "total": {"amount": "10", "currency": "PLN"}})).await.made();
    let before = app.digest().await;
    ada.patch("/settings", &json!({"base_currency": "EUR"})).await.refused(409, "settings-base-currency-in-use");
    assert_eq!(app.digest().await, before);
    ada.patch("/settings", &json!({"base_currency": "PLN", "company": "Sklep"})).await.expect(200);
    ada.delete(&format!("/records/orders/{order}")).await.expect(204);
    ada.patch("/settings", &json!({"base_currency": "EUR"})).await.refused(409, "settings-base-currency-in-use");
});

on_both!(foreign_amounts_are_compared_once_there_is_a_rate, |app| {
    let ada = app.user("Ada", "administrator").await;
    for (number, amount, currency, day) in [
        ("PL", "430.00", "PLN", "2026-11-20"),
        ("US", "100.00", "USD", "2026-11-20"),
        ("EU", "100.00", "EUR", "2026-11-20"),
        ("OLD", "430.00", "PLN", "2026-01-10"),
    ] {
        let order = json!({"number": number, "total": {"amount": amount, "currency": currency}, "placed_at": format!("{day}T12:00:00Z")});
        ada.post("/records/orders", &order).await.expect(201);
    }
    let over = async |limit: &str| {
        let filter = format!("total >= {limit}");
        ada.ask("/records/orders", &[("filter", &filter), ("sort", "number")]).await.column("number")
    };
    assert_eq!(over("1").await, ["EU"]);
    ada.put(
        "/rates",
        &json!({"items": [{"currency": "PLN", "day": "2026-01-01", "rate": "0.20"},
        {"currency": "pln", "day": "2026-11-01", "rate": "0.25"}]}),
    )
    .await
    .expect(200);
    app.settled().await;
    assert_eq!(over("107.50").await, ["PL"]);
    assert_eq!(over("86").await, ["EU", "OLD", "PL"]);
    ada.put("/rates", &json!({"currency": "USD", "day": "2026-11-01", "rate": "0.9"})).await.expect(200);
    app.settled().await;
    assert_eq!(over("90").await, ["EU", "PL", "US"]);
    let exact = ada.ask("/records/orders", &[("filter", "total = money'430.00 PLN'")]).await;
    assert_eq!(exact.column("number").len(), 2);
    let sorted = ada.ask("/records/orders", &[("sort", "-total")]).await;
    assert_eq!(sorted.column("number"), ["PL", "EU", "US", "OLD"]);
    // No new version and no history: nobody changed the order.
    assert_eq!(sorted.column("version"), [1, 1, 1, 1]);
    let next =
        ada.post("/records/orders", &json!({"number": "NEW", "total": {"amount": "400", "currency": "USD"}})).await;
    assert_eq!(next.status, 201);
    assert_eq!(over("360").await, ["NEW"]);
});

on_both!(rates_asked_wrongly_change_nothing, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app.user("Jan", "manager").await;
    let before = app.digest().await;
    for (field, rate) in [
        ("currency", json!({"currency": "ZŁOTY", "day": "2026-11-01", "rate": "1"})),
        ("day", json!({"currency": "PLN", "day": "2026-11-31", "rate": "1"})),
        ("rate", json!({"currency": "PLN", "day": "2026-11-01", "rate": "0"})),
        ("rate", json!({"currency": "PLN", "day": "2026-11-01", "rate": "-1"})),
        ("rate", json!({"currency": "PLN", "day": "2026-11-01", "rate": "cheap"})),
    ] {
        let good = json!({"currency": "USD", "day": "2026-11-01", "rate": "0.9"});
        let reply = ada.put("/rates", &json!({"items": [good, rate]})).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, field), "{}", reply.text());
    }
    jan.put("/rates", &json!({"currency": "USD", "day": "2026-11-01", "rate": "0.9"}))
        .await
        .refused(403, "administrators-only");
    assert_eq!(app.digest().await, before);
});
