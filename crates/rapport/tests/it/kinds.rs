//! What values of particular types mean to those who write, find, take out and bring in.

use crate::imports::upload::{counts, import};
use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

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

on_both!(a_tax_number_is_checked_and_found_with_and_without_its_country, |app| {
    let operator = app.operator();
    let field = json!({"name": "vat", "type": "tax_id", "unique": true, "searched": true, "country": "Francja"});
    let made = operator.post("/objects/companies/fields", &field).await.expect(201);
    assert_eq!((&made["scheme"], &made["country"]), (&json!("eu_vat"), &json!("FR")));
    for (company, shown) in [
        (json!({"name": "Ministry", "vat": "PL 526-025-02-74"}), "PL5260250274"),
        (json!({"name": "Dante", "vat": "14399840", "country": "RO"}), "RO14399840"),
        (json!({"name": "Sedan", "vat": "83 404 833 048"}), "FR83404833048"),
    ] {
        assert_eq!(operator.post("/records/companies", &company).await.expect(201)["vat"], shown);
    }
    for (filter, names) in [
        ("vat = 'ro 14399840'", vec!["Dante"]),
        ("vat starts with 'PL526-025'", vec!["Ministry"]),
        ("vat = '83404833048'", vec!["Sedan"]),
        ("vat in ('PL5260250274', 'FR83404833048')", vec!["Ministry", "Sedan"]),
    ] {
        let found = operator.ask("/records/companies", &[("filter", filter), ("sort", "name")]).await;
        assert_eq!(found.column("name"), names, "{filter}");
    }
    for words in ["5260250274", "pl526"] {
        assert_eq!(operator.ask("/search", &[("q", words)]).await.column("title"), ["Ministry"], "{words}");
    }
    for (number, code) in [("PL5260250275", "field-not-a-vat-number"), ("5260250274", "field-vat-without-country")] {
        let wrong = json!({"name": "Wrong", "vat": number});
        operator.post("/records/companies", &wrong).await.refused_field("vat", code);
    }
    let file = "name,vat\nMinistry of Finance,PL5260250274\nStdnum,NL004495445B01\nWrong,NL004495445B02X\n";
    let done = import(&app, &operator, "companies", file.as_bytes(), &json!({"match": "vat"})).await;
    assert_eq!(counts(&done), [1, 1, 0, 1], "{done}");
});

on_both!(numbers_of_people_are_special_and_refused_until_the_company_allows_them, |app| {
    let ada = app.user("Ada", "administrator").await;
    let pesel = json!({"name": "pesel", "type": "tax_id", "scheme": "pl_pesel", "personal": "ordinary"});
    ada.post("/objects/contacts/fields", &pesel).await.refused_field("scheme", "field-national-ids");
    ada.patch("/settings", &json!({"allow_national_ids": "yes"}))
        .await
        .refused_field("allow_national_ids", "settings-yes-no");
    assert_eq!(ada.get("/settings").await["allow_national_ids"], false);
    ada.patch("/settings", &json!({"allow_national_ids": true})).await.expect(200);
    let made = ada.post("/objects/contacts/fields", &pesel).await.expect(201);
    assert_eq!(made["personal"], "special");
    let person = json!({"last_name": "Nowak", "pesel": "44051401359"});
    let operator = app.operator();
    let contact = operator.post("/records/contacts", &person).await.expect(201);
    assert_eq!(contact["pesel"], "44051401359");
    let contact = format!("/records/contacts/{}", contact["id"].as_str().unwrap());
    operator.patch(&contact, &json!({"pesel": "44051401358"})).await.refused_field("pesel", "field-not-a-tax-id");
    let jan = app.user("Jan", "manager").await;
    assert!(jan.get(&contact).await.expect(200).get("pesel").is_none(), "hidden from roles that do not name it");
    ada.patch("/settings", &json!({"allow_national_ids": false})).await.expect(200);
    operator.patch(&contact, &json!({"pesel": "02270803624"})).await.refused_field("pesel", "field-national-ids");
});

on_both!(a_formatted_text_is_harmless_and_found_by_its_words, |app| {
    let operator = app.operator();
    let field = json!({"name": "profile", "type": "rich_text", "searched": true});
    operator.post("/objects/companies/fields", &field).await.expect(201);
    let sent =
        "<p onclick=\"x()\">Zażółć <b>gęślą</b> jaźń</p><script>alert(1)</script><a href=\"javascript:x\">tu</a>";
    let made = operator.post("/records/companies", &json!({"name": "Harfa", "profile": sent})).await.expect(201);
    assert_eq!(made["profile"], "<p>Zażółć <b>gęślą</b> jaźń</p><a>tu</a>");
    operator.post("/records/companies", &json!({"name": "Lira", "profile": "<p>&nbsp;</p>"})).await.expect(201);
    for (filter, names) in [
        ("profile contains 'zazolc gesla jazn tu'", vec!["Harfa"]),
        ("profile contains '<b>'", vec![]),
        ("profile = 'zażółć gęślą jaźń tu'", vec!["Harfa"]),
        ("profile is empty", vec!["Lira"]),
    ] {
        let found = operator.ask("/records/companies", &[("filter", filter)]).await;
        assert_eq!(found.column("name"), names, "{filter}");
    }
    assert_eq!(operator.ask("/search", &[("q", "gesla")]).await.column("title"), ["Harfa"]);
    assert_eq!(operator.ask("/search", &[("q", "alert")]).await.column("title").len(), 0);
    let file = "name,profile\nLutnia,\"<h1>Cena</h1><iframe src=x></iframe><ul><li>niska</ul>\"\n";
    let done = import(&app, &operator, "companies", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [1, 0, 0, 0], "{done}");
    let taken = [("filter", "profile contains 'cena niska'"), ("fields", "profile"), ("format", "ndjson")];
    let taken = operator.ask("/records/companies/export", &taken).await.text();
    assert_eq!(taken.trim_end(), r#"{"profile":"<h1>Cena</h1><ul><li>niska</li></ul>"}"#);
});

/// An operator of a company whose companies and cases are numbered.
async fn with_numbers(app: &TestApp) -> Client {
    let operator = app.operator();
    let field = json!({"name": "code", "type": "auto_number", "pattern": "K-{yyyy}-{0000}", "searched": true});
    operator.post("/objects/companies/fields", &field).await.expect(201);
    operator
}

on_both!(new_records_are_numbered_without_gaps, |app| {
    let operator = with_numbers(&app).await;
    let bad = json!({"name": "other", "type": "auto_number", "pattern": "K"});
    let refused = operator.post("/objects/companies/fields", &bad).await;
    refused.refused_field("pattern", "definition-numbering");
    assert!(refused.text().contains("K-{yyyy}-{0000}"), "{}", refused.text());
    let company = |name: &str| json!({"name": name});
    for (name, code) in [("A", "K-2026-0001"), ("B", "K-2026-0002")] {
        assert_eq!(operator.post("/records/companies", &company(name)).await.expect(201)["code"], code);
    }
    operator
        .post("/records/companies", &json!({"name": "C", "phone": "?"}))
        .await
        .refused_field("phone", "field-not-a-phone");
    operator.post("/records/companies", &json!({"code": "K-2026-0009"})).await.refused_field("code", "field-read-only");
    operator
        .post("/records/companies", &json!({"phone": "+48228251020"}))
        .await
        .refused_field("name", "field-required");
    let mixed = json!({"create": [company("C"), {"city": "Łódź"}, company("D")]});
    let results = operator.post("/records/companies/batch", &mixed).await.expect(200)["results"].clone();
    assert_eq!(
        (&results[0]["record"]["code"], &results[2]["record"]["code"]),
        (&json!("K-2026-0003"), &json!("K-2026-0004"))
    );
    let whole = json!({"create": [company("E"), {"city": "Łódź"}], "atomic": true});
    operator.post("/records/companies/batch", &whole).await.refused(422, "invalid");
    let file = "name\nE\nF\n\"\"\nG\n";
    let done = import(&app, &operator, "companies", file.as_bytes(), &json!({})).await;
    assert_eq!(done["created"], 3, "{done}");
    let listed = operator.ask("/records/companies", &[("sort", "code"), ("fields", "name,code")]).await;
    assert_eq!(listed.column("name"), ["A", "B", "C", "D", "E", "F", "G"]);
    assert_eq!(listed.column("code").last(), Some(&json!("K-2026-0007")));
    let found = operator.ask("/records/companies", &[("filter", "code = 'k-2026-0002'")]).await;
    assert_eq!(found.column("name"), ["B"]);
    assert_eq!(operator.ask("/search", &[("q", "K-2026-0002")]).await.column("title"), ["B"]);
    let id = found["items"][0]["id"].as_str().unwrap().to_owned();
    let changed = operator.patch(&format!("/records/companies/{id}"), &company("B2")).await.expect(200);
    assert_eq!(changed["code"], "K-2026-0002", "a number stays");
    let history = operator.get(&format!("/records/companies/{id}/history")).await.expect(200);
    let made = history["items"][1]["changes"].to_string();
    assert!(made.contains("K-2026-0002"), "{made}");
    app.clock.set(base::Timestamp::parse("2026-12-31T23:30:00Z").unwrap());
    let next = operator.post("/records/companies", &company("H")).await.expect(201);
    assert_eq!(next["code"], "K-2027-0001", "in Warsaw it is the new year");
});

on_both!(numbers_stay_without_gaps_when_many_create_at_once, |app| {
    let operator = with_numbers(&app).await;
    let mut racing = tokio::task::JoinSet::new();
    for at in 0..40 {
        let operator = operator.clone();
        racing.spawn(async move {
            if at % 4 == 0 {
                let create = [json!({"name": "x"}), json!({"phone": "?"}), json!({"name": "y"})];
                operator.post("/records/companies/batch", &json!({"create": create})).await.expect(200);
            } else {
                operator.post("/records/companies", &json!({"name": "z"})).await.expect(201);
            }
        });
    }
    let file = format!("name\n{}", "w\n".repeat(60));
    let done = import(&app, &operator, "companies", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [60, 0, 0, 0], "{done}");
    racing.join_all().await;
    let listed = operator.ask("/records/companies", &[("sort", "code"), ("limit", "200")]).await;
    let expected: Vec<_> = (1..=110).map(|number| json!(format!("K-2026-{number:04}"))).collect();
    assert_eq!(listed.column("code"), expected);
});

on_both!(a_tax_number_without_its_country_is_one_of_the_records_country, |app| {
    let ada = app.user("Ada", "administrator").await;
    ada.post("/objects/companies/fields", &json!({"name": "vat", "type": "tax_id"})).await.expect(201);
    let made = async |country: Value| {
        ada.post("/records/companies", &json!({"name": "Meubles", "country": country})).await.made()
    };
    let (french, plain) = (made(json!("FR")).await, made(Value::Null).await);
    let path = format!("/records/companies/{french}");
    let changed = ada.patch(&path, &json!({"vat": "40 303 265 045"})).await.expect(200);
    assert_eq!(changed["vat"], "FR40303265045");
    // What the request says of the country counts more, and one without a country is of the company's own.
    ada.patch(&path, &json!({"vat": "40303265045", "country": null})).await.expect(422);
    ada.patch(&format!("/records/companies/{plain}"), &json!({"vat": "40303265045"})).await.expect(422);
    let update = json!([{"id": plain, "vat": "5260001246"}, {"id": french, "vat": "83404833048"}]);
    let batch = ada.post("/records/companies/batch", &json!({"update": update})).await.expect(200);
    let vats = [0, 1].map(|at| batch["results"][at]["record"]["vat"].clone());
    assert_eq!(vats, [json!("PL5260001246"), json!("FR83404833048")], "{batch}");
    // Whoever may not know the country is not told of it by the number.
    let role = json!({"name": "blind", "objects": {"companies": {"read": "all", "update": "all"}},
        "fields": {"companies": {"country": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    jan.patch(&path, &json!({"vat": "40303265045"})).await.expect(422);
});
