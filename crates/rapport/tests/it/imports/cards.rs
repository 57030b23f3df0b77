//! Cards of a phone: brought in as contacts, and taken out again.

use super::{
    upload::{counts, error_lines, import, send},
    written::nothing_is_left,
};
use serde_json::json;
use testing::on_both;

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Żądło;Łucja;;;\r\nFN:Łucja Żądło\r\nORG:Acme\r\nTITLE:Director\r\n\
    EMAIL;TYPE=HOME:home@example.com\r\nEMAIL;TYPE=WORK,PREF:work@example.com\r\nTEL;TYPE=CELL:+48 600 100 200\r\n\
    ADR;TYPE=WORK:;;Piotrkowska 1;Łódź;;90-001;Poland\r\nADR;TYPE=HOME:;;Rue 2;Paris;;75001;France\r\nBDAY:19900203\r\n\
    PHOTO;ENCODING=b:QUJD\r\n QUJD\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BBak;Jan\r\nORG:Nobody Ltd\r\nEND:VCARD\r\n";

on_both!(cards_become_contacts_and_contacts_cards, |app| {
    let operator = app.operator();
    let acme = operator.post("/records/companies", &json!({"name": "Acme"})).await.expect(201);
    let done = import(&app, &operator, "contacts", CARDS.as_bytes(), &json!({})).await;
    assert_eq!((counts(&done), &done["format"]), ([1, 0, 0, 1], &json!("vcf")), "{done}");
    assert!(done["warnings"][0].as_str().unwrap().contains("PHOTO (1)"), "{done}");
    let errors = error_lines(&operator, &done).await;
    assert!(errors[1].starts_with("Jan,Żak,Nobody Ltd,") && errors[1].contains(",3,company,"), "{errors:?}");

    let found = operator.get("/records/contacts").await.expect(200)["items"][0].clone();
    for (field, value) in [
        ("first_name", json!("Łucja")),
        ("company", acme["id"].clone()),
        ("emails", json!(["work@example.com", "home@example.com"])),
        ("phone", json!("+48600100200")),
        ("postcode", json!("90-001")),
        ("country", json!("PL")),
        (
            "addresses",
            json!([{"label": "home", "street": "Rue 2", "postcode": "75001", "city": "Paris", "country": "FR"}]),
        ),
        ("birth_date", json!("1990-02-03")),
    ] {
        assert_eq!(found[field], value, "{field}: {found}");
    }

    let file = operator.get("/records/contacts/export?format=vcf").await;
    assert_eq!(file.headers["content-type"], "text/vcard; charset=utf-8");
    let text = file.text();
    for line in
        ["N:Żądło;Łucja;;;", "ORG:Acme", "TEL;TYPE=VOICE,PREF:+48600100200", "ADR;TYPE=HOME:;;Rue 2;Paris;;75001;FR"]
    {
        assert!(text.lines().any(|known| known == line), "{line}: {text}");
    }
    let again = import(&app, &operator, "contacts", text.as_bytes(), &json!({"match": "emails"})).await;
    assert!([counts(&again)[1], counts(&again)[2]].contains(&1), "the same person: {again}");
});

on_both!(companies_of_cards_are_made_where_the_map_says_so, |app| {
    let operator = app.operator();
    let map = "[fields]\nlast_name = \"last_name\"\ncompany = { column = \"company\", create = true }\n";
    let done = import(&app, &operator, "contacts", CARDS.as_bytes(), &json!({"map": map})).await;
    assert_eq!(counts(&done), [2, 0, 0, 0], "{done}");
    let made = json!([{"object": "companies", "created": 2, "names": ["Acme", "Nobody Ltd"]}]);
    assert_eq!(done["made"], made);
});

on_both!(what_a_card_notes_is_a_note_about_the_contact, |app| {
    let operator = app.operator();
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nowak;Jan;;;\r\nEMAIL:n@example.com\r\nNOTE:Lubi kawę\\, rano\r\nNOTE:Druga\r\n\
        END:VCARD\r\nBEGIN:VCARD\r\nN:Lis;Ewa\r\nEND:VCARD\r\n";
    let tried = import(&app, &operator, "contacts", card.as_bytes(), &json!({"dry_run": true})).await;
    let done = import(&app, &operator, "contacts", card.as_bytes(), &json!({"match": "emails"})).await;
    let made = json!([{"object": "notes", "created": 1, "names": ["Lubi kawę, rano Druga"]}]);
    assert_eq!((&done["made"], &tried["made"], &done["warnings"]), (&made, &made, &json!([])), "{done}");
    let asked = [("filter", "any(notes where body = 'Lubi kawę, rano\n\nDruga')")];
    assert_eq!(operator.ask("/records/contacts", &asked).await.column("last_name"), ["Nowak"]);
    let again = import(&app, &operator, "contacts", card.as_bytes(), &json!({"match": "emails"})).await;
    assert_eq!(again["made"], json!([]), "the same card makes no note twice: {again}");
});

on_both!(cards_are_people_and_whole, |app| {
    let operator = app.operator();
    for (object, file, code) in
        [("companies", CARDS, "card-contacts-only"), ("contacts", "BEGIN:VCARD\r\nN:Cut;Off\r\n", "card-broken")]
    {
        let reply = send(&operator, object, file.as_bytes(), &json!({})).await;
        assert_eq!(
            (reply.status, reply.first_error()),
            (422, ("file".to_owned(), code.to_owned())),
            "{}",
            reply.text()
        );
    }
    assert_eq!(operator.get("/records/companies/export?format=vcf").await.status, 422);
    nothing_is_left(&app).await;
});
