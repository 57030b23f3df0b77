//! The words of documents, found in the search box.

use super::{attach, send};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use testing::{Client, on_both};
use zip::{ZipWriter, write::SimpleFileOptions};

fn docx(text: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    write!(archive, "<w:document><w:p><w:t>{text}</w:t></w:p></w:document>").unwrap();
    archive.finish().unwrap().into_inner()
}

async fn found(client: &Client, asked: &str) -> Vec<(Value, Value)> {
    let reply = client.ask("/search", &[("q", asked)]).await;
    let items = reply.clone().expect(200)["items"].as_array().unwrap().clone();
    items.into_iter().map(|item| (item["title"].clone(), item["in"].clone())).collect()
}

on_both!(a_record_is_found_by_the_words_of_its_documents, |app| {
    let ada = app.user("Ada", "administrator").await;
    let firm = ada.post("/records/companies", &json!({"name": "Stolarnia Bełchatów"})).await.made();
    let firm = format!("/records/companies/{firm}");
    let contract = attach(&ada, &firm, "umowa.docx", &docx("Kara umowna za opóźnienie dostawy okuć")).await;
    attach(&ada, &firm, "notatka.txt", "Rozmowa o gwarancji".as_bytes()).await;
    ada.post("/records/contacts", &json!({"last_name": "Opóźnienie"})).await.expect(201);
    app.settled().await;
    let here = (json!("Stolarnia Bełchatów"), json!("umowa.docx"));
    for asked in ["umowna kara", "KARA UMOWNA", "okuc", "dostaw"] {
        assert_eq!(found(&ada, asked).await, std::slice::from_ref(&here), "{asked}");
    }
    assert_eq!(found(&ada, "gwarancji").await, [(json!("Stolarnia Bełchatów"), json!("notatka.txt"))]);
    assert_eq!(found(&ada, "opoznienie").await, [(json!("Opóźnienie"), json!(null)), here.clone()], "records first");
    assert_eq!(found(&ada, "kara gwarancji").await, [], "all words in one document");
    assert_eq!(found(&ada, "stolarnia").await, [(json!("Stolarnia Bełchatów"), json!(null))]);
    let hit = &ada.ask("/search", &[("q", "umowna")]).await["items"][0];
    assert_eq!((&hit["object"], &hit["fields"]), (&json!("companies"), &json!(["attachments"])));
    let gone = ada.delete(&format!("{firm}/attachments/{contract}")).await;
    assert_eq!(found(&ada, "umowna").await, []);
    let action = gone.headers["x-action"].to_str().unwrap();
    ada.post(&format!("/actions/{action}/undo"), &json!({})).await.expect(200);
    assert_eq!(found(&ada, "umowna").await, [here]);
    ada.delete(&firm).await.expect(204);
    assert_eq!(found(&ada, "umowna").await, []);
});

on_both!(a_document_is_found_only_by_those_who_may_read_it, |app| {
    let ada = app.user("Ada", "administrator").await;
    let secret = json!({"name": "papers", "type": "file", "many": true, "personal": "special"});
    app.operator().post("/objects/contacts/fields", &secret).await.expect(201);
    app.role(&json!({"name": "own-contacts", "objects": {"contacts": {"read": "own"}}})).await;
    app.role(&json!({"name": "looks", "objects": {"contacts": {"read": "all"}}})).await;
    let (own, looks) = (app.user("Jan", "own-contacts").await, app.user("Lena", "looks").await);
    let record = ada.post("/records/contacts", &json!({"last_name": "Nowak"})).await.made();
    let record = format!("/records/contacts/{record}");
    attach(&ada, &record, "open.txt", b"harmonogram").await;
    let paper = send(&ada, "diagnoza.txt", b"rozpoznanie").await;
    ada.patch(&record, &json!({"papers": [paper["id"]]})).await.expect(200);
    send(&ada, "mine.txt", b"niczyje").await;
    app.settled().await;
    for (client, word, count) in [
        (&ada, "harmonogram", 1),
        (&looks, "harmonogram", 1),
        (&own, "harmonogram", 0),
        (&ada, "rozpoznanie", 1),
        (&looks, "rozpoznanie", 0),
        (&own, "rozpoznanie", 0),
        (&ada, "niczyje", 0),
    ] {
        assert_eq!(found(client, word).await.len(), count, "{word}");
    }
});

on_both!(a_broken_document_hurts_nobody, |app| {
    let ada = app.user("Ada", "administrator").await;
    let record = ada.post("/records/contacts", &json!({"last_name": "Nowak"})).await.made();
    let record = format!("/records/contacts/{record}");
    let cut = docx("urwana");
    attach(&ada, &record, "broken.docx", &cut[..cut.len() / 2]).await;
    attach(
        &ada,
        &record,
        "broken.pdf",
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >>\ntrailer << /Root 1 0 R >>",
    )
    .await;
    let many: String = (0..60_000).map(|n| format!("wyraz{n} ")).collect();
    attach(&ada, &record, "long.txt", many.as_bytes()).await;
    app.settled().await;
    assert_eq!(found(&ada, "wyraz17").await, [(json!("Nowak"), json!("long.txt"))]);
});
