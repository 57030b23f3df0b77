//! Records that hold files: who may have them, and what becomes of them with the records.

use super::{attach, form, png, send};
use crate::imports::upload::{counts, import};
use serde_json::{Value, json};
use testing::{Client, Reply, TestApp, on_both};

fn action(reply: &Reply) -> String {
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

async fn names(client: &Client, path: &str) -> Vec<Value> {
    client.get(&format!("{path}/attachments")).await.column("name")
}

async fn contact(client: &Client, name: &str) -> String {
    let made = client.post("/records/contacts", &json!({"last_name": name})).await.made();
    format!("/records/contacts/{made}")
}

/// Contacts with a photo and a passport, which is of a special kind.
async fn with_fields(app: &TestApp) {
    for field in [
        json!({"name": "photo", "type": "picture"}),
        json!({"name": "passport", "type": "file", "many": true, "personal": "special"}),
    ] {
        app.operator().post("/objects/contacts/fields", &field).await.expect(201);
    }
}

on_both!(a_file_is_its_senders_until_a_record_holds_it_and_then_of_those_who_read_the_record, |app| {
    with_fields(&app).await;
    let grant = json!({"create": true, "read": "own", "update": "own"});
    app.role(&json!({"name": "own-contacts", "objects": {"contacts": grant}})).await;
    let jan = app.person("Jan", &["own-contacts"], &[]).await;
    let ewa = app.person("Ewa", &["own-contacts"], &[]).await;
    let boss = app.user("Ada", "administrator").await;
    let photo = send(&jan, "jan.png", &png()).await;
    let path = format!("/files/{}", photo["id"].as_str().unwrap());
    assert_eq!(jan.get(&path).await.status, 200);
    assert_eq!([ewa.get(&path).await.status, boss.get(&path).await.status], [404, 404]);
    // Nor may anybody else put it anywhere.
    let body = json!({"last_name": "Thief", "photo": photo["id"]});
    ewa.post("/records/contacts", &body).await.refused_field("photo", "field-file-unknown");
    let body = json!({"last_name": "Nowak", "photo": photo["id"]});
    let made = jan.post("/records/contacts", &body).await.expect(201);
    assert_eq!(made["photo"], photo);
    let record = format!("/records/contacts/{}", made["id"].as_str().unwrap());
    assert_eq!(
        [jan.get(&path).await.status, boss.get(&path).await.status, ewa.get(&path).await.status],
        [200, 200, 404]
    );
    jan.patch(&record, &json!({"owner": ewa.id})).await;
    boss.patch(&record, &json!({"owner": ewa.id})).await.expect(200);
    assert_eq!([jan.get(&path).await.status, ewa.get(&path).await.status], [404, 200], "it goes with the record");
    // What is hidden of the record is hidden of its files.
    let pass = send(&boss, "pass.txt", b"AB 123").await;
    boss.patch(&record, &json!({"passport": [pass["id"]]})).await.expect(200);
    assert_eq!(ewa.get(&format!("/files/{}", pass["id"].as_str().unwrap())).await.status, 404);
    assert_eq!(boss.get(&format!("/files/{}", pass["id"].as_str().unwrap())).await.status, 200);
    ewa.patch(&record, &json!({"photo": null})).await.expect(200);
    assert_eq!([ewa.get(&path).await.status, boss.get(&path).await.status], [404, 404], "no record holds it any more");
    boss.delete(&record).await.expect(204);
    assert_eq!(boss.get(&format!("/files/{}", pass["id"].as_str().unwrap())).await.status, 404, "in the bin");
});

on_both!(a_picture_is_a_picture_and_values_come_and_go_like_others, |app| {
    with_fields(&app).await;
    let ada = app.user("Ada", "administrator").await;
    let record = contact(&ada, "Nowak").await;
    let text = send(&ada, "photo.png", b"not a picture").await;
    ada.patch(&record, &json!({"photo": text["id"]})).await.refused_field("photo", "field-not-a-picture");
    ada.patch(&record, &json!({"photo": "0000000000001"})).await.refused_field("photo", "field-file-unknown");
    ada.patch(&record, &json!({"photo": "photo.png"})).await.refused_field("photo", "field-not-a-file");
    let photo = send(&ada, "photo.png", &png()).await;
    let set = ada.patch(&record, &json!({"photo": photo["id"], "passport": [text["id"], text["id"]]})).await;
    let (set, done) = (set.clone().expect(200), action(&set));
    assert_eq!((&set["photo"], &set["passport"]), (&photo, &json!([text])));
    let again = ada.patch(&record, &json!({"photo": photo, "passport": [text["id"]]})).await.expect(200);
    assert_eq!(again["version"], set["version"], "what was shown can be sent back, and nothing differs");
    for (filter, found) in [("photo is not empty", 1), ("photo is empty", 0), ("passport is not empty", 1)] {
        assert_eq!(ada.ask("/records/contacts", &[("filter", filter)]).await.column("id").len(), found, "{filter}");
    }
    let cleared = ada.patch(&record, &json!({"photo": null, "passport": []})).await;
    assert_eq!(cleared.status, 200);
    assert_eq!(ada.get(&record).await["photo"], json!(null));
    ada.post(&format!("/actions/{}/undo", action(&cleared)), &json!({})).await.expect(200);
    assert_eq!((&ada.get(&record).await["photo"], &ada.get(&record).await["passport"]), (&photo, &json!([text])));
    let history = ada.get(&format!("{record}/history")).await;
    assert_eq!(history["items"][1]["changes"][0]["old"], photo, "{}", history.text());
    ada.post(&format!("/actions/{done}/undo"), &json!({})).await.expect(200);
    assert_eq!(ada.get(&record).await["passport"], json!([]));
});

on_both!(files_leave_in_tables_by_name_and_come_in_by_id, |app| {
    with_fields(&app).await;
    let ada = app.user("Ada", "administrator").await;
    let [one, two] = [send(&ada, "a; b.txt", b"1").await, send(&ada, "(c).txt", b"2").await];
    let ids = [&one, &two].map(|file| file["id"].as_str().unwrap());
    let body = json!({"last_name": "Nowak", "passport": ids, "external_id": "K-1"});
    ada.post("/records/contacts", &body).await.expect(201);
    let taken = ada.ask("/records/contacts/export", &[("fields", "external_id,passport")]).await.text();
    assert!(taken.contains(&format!("a; b.txt ({})", ids[0])), "{taken}");
    let back = taken.replace("K-1", "K-2").replace("external_id,passport", "external_id,passport,last_name");
    let back = back.trim_end().replace('\r', "") + ",Zak\n";
    let done = import(&app, &ada, "contacts", back.as_bytes(), &json!({"match": "external_id"})).await;
    assert_eq!(counts(&done), [1, 0, 0, 0], "{done}");
    let found = ada.ask("/records/contacts", &[("filter", "external_id = 'K-2'")]).await;
    assert_eq!(found.column("passport"), [json!([one, two])]);
    let bad = "last_name,passport\nKos,umowa.pdf\n";
    let done = import(&app, &ada, "contacts", bad.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [0, 0, 0, 1], "a name alone names no file: {done}");
});

on_both!(attachments_come_and_go_and_are_taken_back, |app| {
    let ada = app.user("Ada", "administrator").await;
    let record = contact(&ada, "Nowak").await;
    let first = attach(&ada, &record, "umowa.txt", b"Umowa").await;
    let sent = send(&ada, "aneks.txt", b"Aneks").await;
    let added = ada.post(&format!("{record}/attachments"), &json!({"file": sent["id"]})).await;
    assert_eq!((added.status, &added["name"]), (201, &json!("aneks.txt")));
    assert_eq!(names(&ada, &record).await, ["umowa.txt", "aneks.txt"]);
    assert_eq!(ada.get(&record).await.json.get("attachments"), None, "shown where it is asked for");
    let shown = ada.get(&format!("{record}?fields=attachments")).await;
    assert_eq!(shown["attachments"][1], sent);
    let timeline = ada.get(&format!("{record}/timeline")).await;
    assert_eq!(timeline["items"][0]["changes"][0]["new"][1]["name"], "aneks.txt", "{}", timeline.text());
    let gone = ada.delete(&format!("{record}/attachments/{first}")).await;
    assert_eq!(gone.status, 204);
    assert_eq!(names(&ada, &record).await, ["aneks.txt"]);
    ada.delete(&format!("{record}/attachments/{first}")).await.refused(404, "not-found");
    ada.post(&format!("/actions/{}/undo", action(&gone)), &json!({})).await.expect(200);
    assert_eq!(names(&ada, &record).await, ["umowa.txt", "aneks.txt"]);
    assert_eq!(ada.get(&format!("/files/{first}")).await.text(), "Umowa");
    let filter = [("filter", "attachments is not empty")];
    assert_eq!(ada.ask("/records/contacts", &filter).await.column("last_name"), ["Nowak"]);
    // Only what the action did is taken back, whatever came since.
    ada.post(&format!("/actions/{}/undo", action(&added)), &json!({})).await.expect(200);
    assert_eq!(names(&ada, &record).await, ["umowa.txt"]);
    // Others at the same moment do not get lost.
    let both = tokio::join!(attach(&ada, &record, "x.txt", b"x"), attach(&ada, &record, "y.txt", b"y"));
    assert_ne!(both.0, both.1);
    assert_eq!(names(&ada, &record).await.len(), 3);
});

on_both!(attachments_follow_a_merge_and_its_undo, |app| {
    let ada = app.user("Ada", "administrator").await;
    let (keep, gone) = (contact(&ada, "Żak").await, contact(&ada, "Zak").await);
    attach(&ada, &keep, "a.txt", b"a").await;
    let file = attach(&ada, &gone, "b.txt", b"b").await;
    let id = |path: &str| json!(path.rsplit('/').next().unwrap());
    let merged = ada.post("/records/contacts/merge", &json!({"survivor": id(&keep), "merged": [id(&gone)]})).await;
    assert_eq!(merged.status, 200, "{}", merged.text());
    assert_eq!(names(&ada, &keep).await, ["a.txt", "b.txt"]);
    assert_eq!(ada.get(&format!("/files/{file}")).await.text(), "b");
    ada.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await.expect(200);
    assert_eq!(names(&ada, &keep).await, ["a.txt"]);
    assert_eq!(names(&ada, &gone).await, ["b.txt"]);
});

on_both!(whoever_may_not_change_a_record_attaches_nothing_to_it, |app| {
    let ada = app.user("Ada", "administrator").await;
    let record = contact(&ada, "Nowak").await;
    let file = attach(&ada, &record, "umowa.txt", b"Umowa").await;
    app.role(&json!({"name": "looks", "objects": {"contacts": {"read": "all"}}})).await;
    app.role(&json!({"name": "blind", "objects": {"contacts": {"read": "all", "update": "all"}},
        "fields": {"contacts": {"attachments": "hidden"}}}))
        .await;
    app.role(&json!({"name": "keeps", "objects": {"contacts": {"read": "all", "update": "all"}},
        "fields": {"contacts": {"attachments": "read"}}}))
        .await;
    let keeps = app.user("Kim", "keeps").await;
    let (looks, blind) = (app.user("Lena", "looks").await, app.user("Bea", "blind").await);
    let stranger = app.user_with("Sam", json!({"name": "none", "objects": {}})).await;
    let before = app.digest().await;
    let path = format!("{record}/attachments");
    for (client, status) in [(&looks, 403), (&keeps, 403), (&blind, 404), (&stranger, 404)] {
        assert_eq!(form(client, &path, "x.txt", "text/plain", b"x").await.status, status);
        assert_eq!(client.delete(&format!("{path}/{file}")).await.status, status);
    }
    assert_eq!(names(&looks, &record).await, ["umowa.txt"]);
    assert_eq!(looks.get(&format!("/files/{file}")).await.status, 200);
    for client in [&blind, &stranger] {
        assert_eq!(client.get(&path).await.status, 404);
        assert_eq!(client.get(&format!("/files/{file}")).await.status, 404);
    }
    assert_eq!(app.digest().await.differences(&before), Vec::<String>::new());
});
