//! However a file is written, its people are the same: headers of four languages, old encodings, decimal commas.

use super::upload::{counts, error_lines, import, send};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1250, WINDOWS_1252};
use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

async fn contacts(client: &Client) -> Vec<Value> {
    let fields = ("fields", "first_name,last_name,email,city");
    let listed = client.ask("/records/contacts", &[("sort", "email"), fields]).await.expect(200);
    listed["items"].as_array().unwrap().clone()
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, has_lost) = encoding.encode(text);
    assert!(!has_lost, "{text:?} cannot be written in {}", encoding.name());
    bytes.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

on_both!(a_header_in_any_of_the_four_languages_is_understood, |app| {
    let operator = app.operator();
    for (at, header) in [
        "First name,Last name,Email,City",
        "Imię,Nazwisko,E-mail,Miasto",
        "Prénom,Nom,E-mail,Ville",
        "Prenume,Nume,E-mail,Oraș",
    ]
    .into_iter()
    .enumerate()
    {
        let file = format!("{header}\nZoë,Œuvrard,p{at}@example.com,Łódź\n");
        let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({})).await;
        assert_eq!(counts(&done), [1, 0, 0, 0], "{header}: {done}");
    }
    for contact in contacts(&operator).await {
        assert_eq!((&contact["first_name"], &contact["last_name"]), (&json!("Zoë"), &json!("Œuvrard")));
        assert_eq!(contact["city"], "Łódź");
    }
    assert_eq!(operator.ask("/search", &[("q", "oeuvrard")]).await.column("id").len(), 4);
});

on_both!(old_encodings_keep_every_letter, |app| {
    let operator = app.operator();
    let polish = "first_name;last_name;email;city\nŁucja;Żądło;a@example.com;Świętochłowice\n";
    let french = "first_name;last_name;email;city\nHélène;Œuvrard;b@example.com;Besançon\n";
    let romanian = "first_name,last_name,email,city\nȘtefan,Țepeș,c@example.com,Târgoviște\n";
    for (file, name) in [
        (encoded(polish, WINDOWS_1250), "windows-1250"),
        (encoded(french, WINDOWS_1252), "windows-1252"),
        (encoded(romanian, UTF_8), "utf-8"),
        (utf16(&romanian.replace("c@", "d@").replace(',', "\t")), "utf-16 with tabs"),
    ] {
        let done = import(&app, &operator, "contacts", &file, &json!({})).await;
        assert_eq!(counts(&done), [1, 0, 0, 0], "{name}: {done}");
    }
    let names: Vec<String> = contacts(&operator)
        .await
        .iter()
        .map(|contact| {
            format!("{} {} {}", contact["first_name"], contact["last_name"], contact["city"]).replace('"', "")
        })
        .collect();
    let stefan = "Ștefan Țepeș Târgoviște";
    assert_eq!(names, ["Łucja Żądło Świętochłowice", "Hélène Œuvrard Besançon", stefan, stefan]);
    for (asked, count) in [("zadlo", 1), ("lucja", 1), ("oeuvrard", 1), ("helene", 1), ("tepes", 2), ("stefan", 2)] {
        assert_eq!(operator.ask("/search", &[("q", asked)]).await.column("id").len(), count, "{asked}");
    }
});

on_both!(a_map_says_how_numbers_days_and_fixed_values_are_read, |app| {
    let operator = app.operator();
    let file = "Kod;Nazwa;Cena;Rodzaj\nA-1;Młotek;1 234,50;x\nA-2;Gwoździe;0,99;x\n";
    let map = "[file]\ncurrency = \"PLN\"\n[fields]\ncode = \"Kod\"\nname = \"Nazwa\"\nprice = \"Cena\"\n\
               unit = { value = \"szt.\" }\n";
    let done = import(&app, &operator, "products", file.as_bytes(), &json!({"map": map})).await;
    assert_eq!(counts(&done), [2, 0, 0, 0], "{done}");
    let listed = operator.ask("/records/products", &[("sort", "code"), ("fields", "price,unit,category")]).await;
    let price = |amount: &str| json!({"amount": amount, "currency": "PLN"});
    assert_eq!(listed.column("price"), [price("1234.50"), price("0.99")]);
    assert_eq!(listed.column("unit"), ["szt.", "szt."]);
    assert_eq!(
        listed.column("category"),
        [Value::Null, Value::Null],
        "a column that the map does not name is left out"
    );

    let map = "[fields]\nlast_name = \"Who\"\nbirth_date = { column = \"DOB\", dates = \"%m/%d/%Y\" }\n";
    let done =
        import(&app, &operator, "contacts", b"Who,DOB\nAda,12/10/1815\nBob,31/12/1815\n", &json!({"map": map})).await;
    assert_eq!(counts(&done), [1, 0, 0, 1], "{done}");
    assert_eq!(operator.get("/records/contacts?fields=birth_date").await.column("birth_date"), ["1815-12-10"]);
    let errors = error_lines(&operator, &done).await;
    assert!(errors[1].starts_with("Bob,31/12/1815,3,birth_date,"), "{errors:?}");
});

on_both!(companies_and_owners_are_found_by_what_people_call_them, |app| {
    let operator = app.operator();
    let ada = app.user("Ada", "administrator").await;
    let acme = operator.post("/records/companies", &json!({"name": "Zażółć SA"})).await.expect(201);
    for twin in ["Twin", "Twin"] {
        operator.post("/records/companies", &json!({"name": twin})).await.expect(201);
    }
    let file = "last_name,company,owner\nOne,zazolc sa,ada@example.com\nTwo,Nobody,\nThree,Twin,\nFour,,\n";
    let done = import(&app, &ada, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [2, 0, 0, 2], "{done} {:?}", error_lines(&operator, &done).await);
    let listed = operator
        .ask("/records/contacts", &[("filter", "company.name = 'Zażółć SA'"), ("fields", "company,owner")])
        .await;
    assert_eq!(listed.column("company"), [acme["id"].clone()]);
    assert_eq!(
        operator.ask("/records/contacts", &[("filter", "owner.email = 'ada@example.com'")]).await.column("id").len(),
        2
    );
    let errors = error_lines(&operator, &done).await;
    assert!(
        errors[1].starts_with("Two,Nobody,,3,company,") && errors[2].starts_with("Three,Twin,,4,company,"),
        "{errors:?}"
    );

    let by_key = "[fields]\nlast_name = \"last_name\"\ncompany.tax_id = \"nip\"\n";
    operator
        .patch(&format!("/records/companies/{}", acme["id"].as_str().unwrap()), &json!({"tax_id": "5260250274"}))
        .await
        .expect(200);
    let done = import(&app, &ada, "contacts", b"last_name,nip\nFive,5260250274\n", &json!({"map": by_key})).await;
    assert_eq!(counts(&done), [1, 0, 0, 0], "{done}");
});

on_both!(a_map_or_a_header_that_does_not_fit_is_refused_at_once, |app| {
    let operator = app.operator();
    let map = |map: &str| json!({"map": map});
    for (file, options, field, code) in [
        ("last_name\nx\n", map("not toml"), "map", "file-map-unreadable"),
        ("last_name\nx\n", map("[fields]\nlast_name = \"Nobody\"\n"), "map", "file-map-unknown-column"),
        ("last_name\nx\n", map("[fields]\nnobody = \"last_name\"\n"), "map", "file-map-unknown-field"),
        ("last_name\nx\n", map("[fields]\nversion = \"last_name\"\n"), "map", "file-map-unknown-field"),
        ("what,ever\n1,2\n", json!({}), "map", "file-no-column-known"),
        ("last_name\nx\n", json!({"match": "email"}), "match", "match-not-in-file"),
        ("last_name\nx\n", json!({"match": "nothing"}), "match", "match-unknown"),
        ("", json!({}), "file", "file-empty"),
        ("last_name,last_name\nx,y\n", json!({}), "file", "file-column-twice"),
    ] {
        let reply = send(&operator, "contacts", file.as_bytes(), &options).await;
        assert_eq!((reply.status, reply.first_error()), (422, (field.to_owned(), code.to_owned())), "{}", reply.text());
    }
    let reply = send(&operator, "nothing", b"x\n", &json!({})).await;
    assert_eq!(reply.status, 404);
    nothing_is_left(&app).await;
});

/// No file and no import that is still arriving.
pub(super) async fn nothing_is_left(app: &TestApp) {
    let digest = app.digest().await;
    assert_eq!(digest.tables["import_chunk"].rows, 0, "pieces of files are left");
    assert_eq!(app.operator().get("/imports?state=uploading").await.column("id"), Vec::<Value>::new());
}
