//! Following records: who does and why, what each lists and chooses.

use crate::comments::{contact, say};
use serde_json::{Value, json};
use testing::{Client, TestApp, on_both};

/// Who follows a contact: names, each with the reasons.
async fn followers(client: &Client, id: &str) -> Vec<(String, Value)> {
    let page = client.get(&format!("/records/contacts/{id}/followers")).await.expect(200);
    let one = |item: &Value| (item["name"].as_str().unwrap().to_owned(), item["because"].clone());
    let mut all: Vec<_> = page["items"].as_array().unwrap().iter().map(one).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn follower(name: &str, because: &[&str]) -> (String, Value) {
    (name.to_owned(), json!(because))
}

async fn set_owner(app: &TestApp, id: &str, user: &str) {
    app.operator().patch(&format!("/records/contacts/{id}"), &json!({"owner": user})).await.expect(200);
}

on_both!(whoever_may_read_a_record_follows_it_and_lets_it_go, |app| {
    app.role(&json!({"name": "own", "objects": {"contacts": {"read": "own"}}})).await;
    let (rita, vera) = (app.user("Rita", "reader").await, app.person("Vera", &["own"], &[]).await);
    let (nowak, zak) = (contact(&app, "Nowak").await, contact(&app, "Żak").await);
    let path = format!("/records/contacts/{nowak}/follow");
    let before = app.digest().await;
    vera.put(&path, &json!({})).await.refused(404, "not-found");
    vera.get(&format!("/records/contacts/{nowak}/followers")).await.refused(404, "not-found");
    let narrow = app.token("rita@example.com", &json!({"name": "n", "scopes": ["contacts:read"]})).await;
    assert_ne!(app.digest().await, before, "a token was made");
    let before = app.digest().await;
    narrow.put(&path, &json!({})).await.refused(403, "talk-scope");
    app.operator().put(&path, &json!({})).await.refused(403, "talk-users-only");
    assert_eq!(app.digest().await, before);

    let followed = rita.put(&path, &json!({})).await;
    assert!(followed.status == 204 && followed.headers.contains_key("x-action"));
    assert!(!rita.put(&path, &json!({})).await.headers.contains_key("x-action"), "she does already");
    app.wait_seconds(1);
    rita.put(&format!("/records/contacts/{zak}/follow"), &json!({})).await.expect(204);
    assert_eq!(followers(&rita, &nowak).await, [follower("Rita", &["chosen"])]);
    let list = rita.get("/following").await;
    assert_eq!(
        (list.column("title"), list.column("because")),
        (vec![json!("Żak"), json!("Nowak")], vec![json!("chosen"); 2])
    );
    let page = rita.get("/following?limit=1").await;
    let rest = rita.ask("/following", &[("cursor", page["next"].as_str().unwrap())]).await;
    assert_eq!((rest.column("id"), &rest["next"]), (vec![json!(nowak)], &Value::Null));
    rita.get("/following?cursor=x").await.refused_field("cursor", "cursor-unusable");
    rita.delete(&path).await.expect(204);
    assert!(followers(&rita, &nowak).await.is_empty());
    assert_eq!(rita.get("/following").await.column("title"), ["Żak"]);
    app.operator().delete(&format!("/records/contacts/{zak}")).await.expect(204);
    assert!(rita.get("/following").await.column("title").is_empty(), "it lies in the bin");
});

on_both!(who_owns_makes_speaks_or_is_mentioned_follows_unless_they_do_not_want_to, |app| {
    let (ada, rita) = (app.person("Ada", &["administrator"], &[]).await, app.person("Rita", &["reader"], &[]).await);
    let jan = app.person("Jan", &["reader"], &[]).await;
    app.caught_up().await;
    let nowak = ada.post("/records/contacts", &json!({"last_name": "Nowak"})).await.made();
    set_owner(&app, &nowak, &rita.id).await;
    say(&jan, &nowak, &format!("@[Ada](user:{})", ada.id)).await;
    app.caught_up().await;
    let all =
        [follower("Ada", &["mentioned", "created"]), follower("Jan", &["commented"]), follower("Rita", &["owned"])];
    assert_eq!(followers(&ada, &nowak).await, all);
    assert_eq!(jan.get("/following").await.column("because"), ["commented"]);
    // Whoever has said no is not brought back by being mentioned, and an owner may say no as well.
    for client in [&jan, &rita] {
        client.delete(&format!("/records/contacts/{nowak}/follow")).await.expect(204);
    }
    say(&ada, &nowak, &format!("@[Jan](user:{})", jan.id)).await;
    app.caught_up().await;
    assert_eq!(followers(&ada, &nowak).await, all[..1]);
});

on_both!(each_chooses_what_they_follow_by_themselves, |app| {
    let (ada, rita) = (app.person("Ada", &["administrator"], &[]).await, app.person("Rita", &["reader"], &[]).await);
    app.caught_up().await;
    let all = rita.get("/me/preferences").await.expect(200);
    assert_eq!(all["follow"], json!({"owned": true, "created": true, "commented": true, "mentioned": true}));
    let chosen = rita.patch("/me/preferences", &json!({"follow": {"owned": false, "commented": false}})).await;
    assert_eq!((&chosen["follow"]["owned"], &chosen["notify"]), (&json!(false), &all["notify"]));
    assert!(chosen.headers.contains_key("x-action"));
    let nowak = ada.post("/records/contacts", &json!({"last_name": "Nowak", "owner": rita.id})).await.made();
    say(&rita, &nowak, "Nie śledzę").await;
    app.caught_up().await;
    assert_eq!(followers(&ada, &nowak).await, [follower("Ada", &["created"])]);
    let before = app.digest().await;
    rita.patch("/me/preferences", &json!({"follow": {"all": true}}))
        .await
        .refused_field("follow.all", "body-unknown-field");
    rita.patch("/me/preferences", &json!({"notify": {"changed": 1}}))
        .await
        .refused_field("notify.changed", "body-wrong-kind");
    rita.patch("/me/preferences", &json!({"colour": {}})).await.refused_field("colour", "body-unknown-field");
    app.operator().patch("/me/preferences", &json!({})).await.refused(403, "talk-users-only");
    assert_eq!(app.digest().await, before);
});

on_both!(those_who_follow_a_record_follow_what_it_is_merged_into, |app| {
    let (ada, rita) = (app.person("Ada", &["administrator"], &[]).await, app.person("Rita", &["reader"], &[]).await);
    let (nowak, twin) = (contact(&app, "Nowak").await, contact(&app, "Nowak-Kowalska").await);
    rita.put(&format!("/records/contacts/{twin}/follow"), &json!({})).await.expect(204);
    let merge = ada.post("/records/contacts/merge", &json!({"survivor": nowak, "merged": [twin]})).await;
    assert_eq!(followers(&ada, &nowak).await, [follower("Rita", &["chosen"])]);
    let action = merge.headers["x-action"].to_str().unwrap().to_owned();
    ada.post(&format!("/actions/{action}/undo"), &json!({})).await.expect(200);
    assert!(followers(&ada, &nowak).await.is_empty());
    assert_eq!(followers(&ada, &twin).await, [follower("Rita", &["chosen"])]);
});

on_both!(letting_a_duplicate_go_is_not_letting_its_survivor_go, |app| {
    let (ada, rita) = (app.person("Ada", &["administrator"], &[]).await, app.person("Rita", &["reader"], &[]).await);
    let (nowak, twin) = (contact(&app, "Nowak").await, contact(&app, "Nowak-Kowalska").await);
    set_owner(&app, &nowak, &rita.id).await;
    rita.delete(&format!("/records/contacts/{twin}/follow")).await.expect(204);
    ada.post("/records/contacts/merge", &json!({"survivor": nowak, "merged": [twin]})).await.expect(200);
    assert_eq!(followers(&ada, &nowak).await, [follower("Rita", &["owned"])]);
    rita.delete(&format!("/records/contacts/{nowak}/follow")).await.expect(204);
    assert!(followers(&ada, &nowak).await.is_empty());
});

on_both!(choices_made_at_the_same_moment_are_all_kept, |app| {
    let rita = app.user("Rita", "reader").await;
    for chosen in [false, true, false, true, false] {
        let (owned, changed) = (json!({"follow": {"owned": chosen}}), json!({"notify": {"changed": chosen}}));
        let (one, other) = tokio::join!(rita.patch("/me/preferences", &owned), rita.patch("/me/preferences", &changed));
        assert_eq!((one.status, other.status), (200, 200), "{}{}", one.text(), other.text());
        let all = rita.get("/me/preferences").await.expect(200);
        assert_eq!((&all["follow"]["owned"], &all["notify"]["changed"]), (&json!(chosen), &json!(chosen)));
    }
});

on_both!(what_was_merged_is_listed_as_what_it_went_into, |app| {
    let (ada, rita) = (app.person("Ada", &["administrator"], &[]).await, app.person("Rita", &["reader"], &[]).await);
    let nowak = contact(&app, "Nowak").await;
    let mut twins = Vec::new();
    for name in ["Nowak-Kowalska", "Nowakowa"] {
        let twin = contact(&app, name).await;
        rita.put(&format!("/records/contacts/{twin}/follow"), &json!({})).await.expect(204);
        twins.push(twin);
    }
    ada.post("/records/contacts/merge", &json!({"survivor": nowak, "merged": twins})).await.expect(200);
    let listed = rita.get("/following").await;
    assert_eq!((listed.column("id"), listed.column("title")), (vec![json!(nowak)], vec![json!("Nowak")]));
    let path = format!("/records/contacts/{nowak}/follow");
    rita.put(&path, &json!({})).await.expect(204);
    assert_eq!(rita.get("/following").await.column("title"), ["Nowak"], "once, by what she has said of it");
    rita.delete(&path).await.expect(204);
    assert!(rita.get("/following").await.column("title").is_empty(), "she has let it go");
});
