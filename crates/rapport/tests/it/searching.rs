//! The search box to the letter: objects named in it, what is marked, what was meant, and what comes first.

use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

/// A small trade: two customers, a company and three orders.
async fn trade(app: &TestApp) -> Client {
    let ada = app.user("Ada", "administrator").await;
    let people = json!({"create": [
        {"first_name": "Jan", "last_name": "Kowalski", "email": "jan.kowalski@firma.example", "phone": "+48 12 345 67 89"},
        {"first_name": "Łucja", "last_name": "Groß-Żółć", "emails": ["l.gross@dom.example", "lucja@straße.example"]}
    ]});
    ada.post("/records/contacts/batch", &people).await.expect(200);
    ada.post("/records/companies", &json!({"name": "Kowalski i Synowie", "tax_id": "PL5250000090"})).await.expect(201);
    for number in ["2024-0017", "2024-0018", "2023-2024"] {
        ada.post("/records/orders", &json!({"number": number})).await.expect(201);
    }
    ada
}

async fn titles(client: &Client, asked: &str) -> Vec<Value> {
    client.ask("/search", &[("q", asked)]).await.column("title")
}

on_both!(the_box_searches_in_the_object_that_it_names, |app| {
    let ada = trade(&app).await;
    for asked in ["orders: 2024-", "order:2024", "Zamówienia: 2024-", "COMMANDES : 2024", "comenzi:2024"] {
        assert_eq!(titles(&ada, asked).await.len(), 3, "{asked}");
    }
    assert_eq!(titles(&ada, "orders: 2024-0017").await, ["2024-0017"]);
    assert_eq!(titles(&ada, "kowalski").await.len(), 2);
    assert_eq!(titles(&ada, "contacts: kowalski").await, ["Jan Kowalski"]);
    assert_eq!(titles(&ada, "firma: kowalski").await, ["Kowalski i Synowie"]);
    // What is no object is text, and so is a colon in it.
    assert_eq!(titles(&ada, "jan: kowalski").await, ["Jan Kowalski"]);
    for (object, count) in [("contacts", 1), ("companies", 1), ("orders", 0), ("contacts,companies", 2)] {
        let found = ada.ask("/search", &[("q", "kowalski"), ("object", object)]).await;
        assert_eq!(found.column("id").len(), count, "{object}");
    }
    let both = [("q", "company: kowalski"), ("object", "contacts")];
    assert!(ada.ask("/search", &both).await.column("id").is_empty());
    ada.ask("/search", &[("q", "kowalski"), ("object", "kontakty")])
        .await
        .refused_field("object", "search-object-unknown");

    let labels = json!({"en": "Machine", "pl": "Maszyna", "fr": "Machine", "ro": "Mașină"});
    let plural = json!({"en": "Machines", "pl": "Maszyny", "fr": "Machines", "ro": "Mașini"});
    let machines = json!({"name": "machines", "singular": labels, "label": plural});
    ada.post("/objects", &machines).await.expect(201);
    ada.post("/records/machines", &json!({"name": "Kowalski 3000"})).await.expect(201);
    for asked in ["machines: kowalski", "maszyna: kowalski", "masini: kowalski"] {
        assert_eq!(titles(&ada, asked).await, ["Kowalski 3000"], "{asked}");
    }
});

on_both!(an_object_that_one_may_not_read_is_a_word_like_any_other, |app| {
    trade(&app).await;
    let role = json!({"name": "people", "objects": {"contacts": {"read": "all"}}});
    let vera = app.user_with("Vera", role).await;
    vera.ask("/search", &[("q", "kowalski"), ("object", "orders")])
        .await
        .refused_field("object", "search-object-unknown");
    app.operator().post("/records/contacts", &json!({"last_name": "Orders", "first_name": "Pia"})).await.expect(201);
    assert_eq!(titles(&vera, "orders: pia").await, ["Pia Orders"]);
});

on_both!(hits_say_what_was_found_and_mark_it_as_it_is_written, |app| {
    let ada = trade(&app).await;
    let matched = async |asked: &str| ada.ask("/search", &[("q", asked)]).await.json["items"][0]["matched"].clone();
    let marked = json!([{"field": "email", "text": "jan.kowalski@firma.example", "marks": [[4, 12], [13, 26]]}]);
    assert_eq!(matched("kowalski@firma.example").await, marked);
    assert_eq!(matched("gross").await, json!([{"field": "last_name", "text": "Groß-Żółć", "marks": [[0, 4]]}]));
    assert_eq!(matched("zol").await, json!([{"field": "last_name", "text": "Groß-Żółć", "marks": [[5, 8]]}]));
    let second = json!([{"field": "emails", "text": "lucja@straße.example", "marks": [[0, 5], [6, 20]]}]);
    assert_eq!(matched("lucja@strasse.example").await, second);
    assert_eq!(matched("0048 12/345").await, json!([{"field": "phone", "text": "+48123456789", "marks": [[1, 8]]}]));
    assert_eq!(matched("kowlaski jan").await[0]["marks"], json!([[0, 8]]), "what was meant is marked");

    let body = format!("{} wypowiedzenie umowy najmu {}", "Rozmowa. ".repeat(40), "Dalej. ".repeat(40));
    ada.post("/records/notes", &json!({"body": body})).await.expect(201);
    let note = matched("najmu").await[0].clone();
    let (text, from) = (note["text"].as_str().unwrap(), note["marks"][0][0].as_u64().unwrap());
    assert_eq!(text.chars().skip(usize::try_from(from).unwrap()).take(5).collect::<String>(), "najmu");
    assert!(text.starts_with('…') && text.ends_with('…') && text.chars().count() <= 162, "{text}");

    let role = json!({"name": "shy", "objects": {"contacts": {"read": "all"}},
        "fields": {"contacts": {"email": "masked", "emails": "hidden"}}});
    let vera = app.user_with("Vera", role).await;
    let found = vera.ask("/search", &[("q", "kowalski")]).await;
    assert_eq!(found["items"][0]["fields"], json!(["last_name"]));
    assert!(!found.text().contains("firma.example"));
    assert!(vera.ask("/search", &[("q", "firma.example")]).await.column("id").is_empty());
});

on_both!(where_little_is_found_the_box_says_what_was_probably_meant, |app| {
    let ada = trade(&app).await;
    let suggested =
        async |client: &Client, asked: &str| client.ask("/search", &[("q", asked)]).await["did_you_mean"].clone();
    assert_eq!(suggested(&ada, "kowlaski").await, "kowalski");
    assert_eq!(suggested(&ada, "jan kowlaski").await, "jan kowalski");
    assert_eq!(suggested(&ada, "gros").await, Value::Null, "a beginning is not mistyped");
    assert_eq!(suggested(&ada, "kowalski").await, Value::Null);
    assert_eq!(suggested(&ada, "qqqqqq").await, Value::Null);
    // By slips first, then by how often it is there.
    for last in ["Wiśniewski", "Wiśniewska", "Wiśniewska", "Wiśniewskaa"] {
        ada.post("/records/contacts", &json!({"last_name": last})).await.expect(201);
    }
    assert_eq!(suggested(&ada, "wisnieswka").await, "wiśniewska");

    let role = json!({"name": "own", "objects": {"contacts": {"read": "own"}},
        "fields": {"contacts": {"job_title": "hidden"}}});
    app.role(&role).await;
    let vera = app.person("Vera", &["own"], &[]).await;
    assert_eq!(suggested(&vera, "kowlaski").await, Value::Null, "nobody hears of words in records of others");
    let hers = json!({"last_name": "Kowalsky", "owner": vera.id});
    app.operator().post("/records/contacts", &hers).await.expect(201);
    assert_eq!(suggested(&vera, "kowlasky").await, "kowalsky");
    assert_eq!(suggested(&vera, "kowlaskiy").await, "kowalsky");
});

on_both!(the_likeliest_comes_first, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app.person("Jan", &["administrator"], &[]).await;
    let put = async |last: &str, more: Value| {
        let mut contact = json!({"last_name": last, "owner": null});
        contact.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        app.wait_seconds(1);
        ada.post("/records/contacts", &contact).await.made()
    };
    put("Nowakowska", json!({})).await;
    put("Zielińska", json!({"email": "nowak@dom.example"})).await;
    let first = put("Nowak", json!({"first_name": "Adam"})).await;
    put("Nowak", json!({"first_name": "Ewa"})).await;
    assert_eq!(titles(&ada, "nowak").await, ["Ewa Nowak", "Adam Nowak", "Zielińska", "Nowakowska"]);
    app.wait_seconds(1);
    ada.patch(&format!("/records/contacts/{first}"), &json!({"job_title": "Księgowy"})).await.expect(200);
    assert_eq!(titles(&ada, "nowak").await[..2], ["Adam Nowak", "Ewa Nowak"], "what was changed last");
    put("Nowak", json!({"first_name": "Zenon", "owner": jan.id})).await;
    app.wait_seconds(1);
    put("Nowak", json!({"first_name": "Piotr"})).await;
    assert_eq!(titles(&jan, "nowak").await[0], "Zenon Nowak", "one's own");
    assert_eq!(titles(&ada, "nowak").await[0], "Piotr Nowak");
    put("Nowak", json!({})).await;
    app.wait_seconds(1);
    put("Nowak", json!({"first_name": "Olga"})).await;
    assert_eq!(titles(&ada, "nowak").await[0], "Nowak", "called so and no more");
    assert_eq!(titles(&ada, "nowack").await.last().unwrap(), "Zielińska", "not in the title");
});

on_both!(numbers_are_found_in_any_notation, |app| {
    let ada = trade(&app).await;
    ada.post("/records/companies", &json!({"name": "Bez Kraju", "tax_id": "779-243-30-13"})).await.expect(201);
    ada.post("/records/companies", &json!({"name": "Cu Țară", "tax_id": "RO 14399840"})).await.expect(201);
    for (asked, title) in [
        ("0048 12/345-67", "Jan Kowalski"),
        ("(12) 345 67 89", "Jan Kowalski"),
        ("+48 (0)12 345", "Jan Kowalski"),
        ("012 345 67 89", "Jan Kowalski"),
        ("45-67.89", "Jan Kowalski"),
        ("jan 345 67", "Jan Kowalski"),
        ("jan.kow", "Jan Kowalski"),
        ("@firma.example", "Jan Kowalski"),
        ("jan.kowalski@", "Jan Kowalski"),
        ("kowalski@fir", "Jan Kowalski"),
        ("@straße", "Łucja Groß-Żółć"),
        ("PL 525-000-00-90", "Kowalski i Synowie"),
        ("PL5250000090", "Kowalski i Synowie"),
        ("525 000 00 90", "Kowalski i Synowie"),
        ("5250000090", "Kowalski i Synowie"),
        ("pl-525-000", "Kowalski i Synowie"),
        ("PL 779 243 30 13", "Bez Kraju"),
        ("PL7792433013", "Bez Kraju"),
        ("7792433013", "Bez Kraju"),
        ("RO14399840", "Cu Țară"),
        ("14399840", "Cu Țară"),
        ("ro 14399840", "Cu Țară"),
        ("2024-0017", "2024-0017"),
        ("0018", "2024-0018"),
    ] {
        assert_eq!(titles(&ada, asked).await, [title], "{asked}");
    }
    let role =
        json!({"name": "shy", "objects": {"companies": {"read": "all"}}, "fields": {"companies": {"email": "hidden"}}});
    let vera = app.user_with("Vera", role).await;
    for asked in ["PL 525-000-00-90", "5250000090", "525-000-00-90"] {
        assert_eq!(titles(&vera, asked).await, ["Kowalski i Synowie"], "{asked}");
    }
});

on_both!(the_order_of_hits_tells_nothing_that_is_hidden, |app| {
    let hiding = json!({"name": "plain", "objects": {"contacts": {"read": "all"}},
        "fields": {"contacts": {"updated_at": "hidden", "owner": "hidden"}}});
    app.role(&hiding).await;
    let kim = app.person("Kim", &["plain"], &[]).await;
    let ada = app.user("Ada", "administrator").await;
    let own = json!({"last_name": "Nowak", "first_name": "Own", "owner": kim.id});
    ada.post("/records/contacts", &own).await.made();
    let put = async |first: &str| {
        app.wait_seconds(1);
        ada.post("/records/contacts", &json!({"last_name": "Nowak", "first_name": first})).await.made()
    };
    let old = put("Old").await;
    put("Young").await;
    app.wait_seconds(1);
    ada.patch(&format!("/records/contacts/{old}"), &json!({"job_title": "Księgowy"})).await.expect(200);
    assert_eq!(titles(&kim, "nowak").await, ["Young Nowak", "Old Nowak", "Own Nowak"], "by age alone");
});
