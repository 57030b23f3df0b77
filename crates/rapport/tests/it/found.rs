//! The search box: across objects, by words, prefixes, numbers and near misses; only what the asker may see.

use base::SystemCaller;
use db::{Batch, Dialect, Statement, sql};
use jobs::Job;
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

on_both!(who_gets_a_record_finds_it_at_once_and_who_gives_it_away_no_more, |app| {
    let contacts = |scope: &str| json!({"name": scope, "objects": {"contacts": {"read": scope}}});
    app.role(&contacts("own")).await;
    app.role(&contacts("team")).await;
    let (poland, romania) = (app.team("Polska", None).await, app.team("România", None).await);
    let vera = app.person("Vera", &["own"], &[]).await;
    let jan = app.person("Jan", &["own"], &[]).await;
    let ion = app.person("Ion", &["team"], &[&romania]).await;
    let contact = json!({"last_name": "Przechodnia", "owner": vera.id, "team": poland});
    let path = format!("/records/contacts/{}", app.operator().post("/records/contacts", &contact).await.made());
    let finders = async || {
        let mut finders = Vec::new();
        for (name, person) in [("vera", &vera), ("jan", &jan), ("ion", &ion)] {
            for asked in ["prz", "przechodnia", "przehcodnia"] {
                let found = person.ask("/search", &[("q", asked)]).await.column("id").len();
                let listed = person.ask("/records/contacts", &[("search", asked)]).await.column("id").len();
                assert_eq!(found, listed, "{name} {asked}");
                finders.extend((found > 0).then_some(name));
            }
        }
        finders.dedup();
        finders
    };
    assert_eq!(finders().await, ["vera"]);
    app.operator().patch(&path, &json!({"owner": jan.id})).await.expect(200);
    assert_eq!(finders().await, ["jan"]);
    app.operator().patch(&path, &json!({"team": romania})).await.expect(200);
    assert_eq!(finders().await, ["jan", "ion"]);
    app.operator().patch(&path, &json!({"owner": null, "team": null})).await.expect(200);
    assert!(finders().await.is_empty());
});

on_both!(what_was_indexed_without_its_owner_is_indexed_anew, |app| {
    app.role(&json!({"name": "own", "objects": {"contacts": {"read": "own"}, "companies": {"read": "own"}}})).await;
    let vera = app.person("Vera", &["own"], &[]).await;
    let operator = app.operator();
    // More than one slice of the job's.
    let people: Vec<_> = (0..450).map(|n| json!({"last_name": format!("Dawna{n}x"), "owner": vera.id})).collect();
    for people in people.chunks(150) {
        operator.post("/records/contacts/batch", &json!({"create": people})).await.expect(200);
    }
    operator.post("/records/companies", &json!({"name": "Dawna spółka", "owner": vera.id})).await.expect(201);
    let binned = operator.post("/records/contacts", &json!({"last_name": "Wyrzucona", "owner": vera.id})).await.made();
    operator.delete(&format!("/records/contacts/{binned}")).await.expect(204);
    app.settled().await;

    let app = app.restart().await;
    let db = &app.house.db;
    let mut batch = Batch::new();
    batch.run(Statement::new(
        if db.dialect() == Dialect::Sqlite { "DELETE FROM search" } else { "DELETE FROM search_doc" },
        [],
    ));
    let text = sql!("INSERT INTO search_reindex (tenant_id, object_id, after_id) VALUES (?1, 0, 0)");
    batch.run(Statement::new(text, [db.tenant().into()]));
    jobs::enqueue(&mut batch, db, Job::new("records.reindex", json!({})));
    db.submit(&SystemCaller::for_(db.tenant(), "test"), batch).await.unwrap();
    app.settled().await;
    let vera = app.token("vera@example.com", &json!({"name": "again"})).await;
    for asked in ["dawna0x", "dawna449x", "spolka"] {
        assert_eq!(vera.ask("/search", &[("q", asked)]).await.column("id").len(), 1, "{asked}");
    }
    assert_eq!(vera.ask("/records/contacts/count", &[("search", "dawn")]).await["count"], 450);
    assert!(app.operator().ask("/search", &[("q", "wyrzucona")]).await.column("id").is_empty());
    let caller = SystemCaller::for_(db.tenant(), "test");
    let left = db.reader(&caller).once(Statement::new("SELECT after_id FROM search_reindex", [])).await.unwrap();
    assert!(left.is_empty());
});
