//! What people say to each other about records: threads, mentions, reactions, pins; who hears it, and how it is undone.

mod answers;
mod edited;

use serde_json::{Value, json};
use testing::{Client, Reply, TestApp, on_both};

pub(crate) async fn contact(app: &TestApp, name: &str) -> String {
    app.operator().post("/records/contacts", &json!({"last_name": name})).await.made()
}

pub(crate) async fn say(client: &Client, record: &str, body: &str) -> String {
    client.post(&format!("/records/contacts/{record}/comments"), &json!({"body": body})).await.made()
}

async fn said(client: &Client, record: &str) -> Vec<Value> {
    client.get(&format!("/records/contacts/{record}/comments")).await.column("body")
}

fn action(reply: &Reply) -> String {
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

async fn undo(client: &Client, reply: &Reply) -> Reply {
    client.post(&format!("/actions/{}/undo", action(reply)), &json!({})).await
}

on_both!(whoever_may_read_a_record_talks_about_it_in_threads, |app| {
    let (ada, rita) = (app.user("Ada", "administrator").await, app.user("Rita", "reader").await);
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/comments");
    let made = rita.post(&path, &json!({"body": "<p>Dzwonił <b>w piątek</b><script>x()</script></p>"})).await;
    assert_eq!(made["body"], "<p>Dzwonił <b>w piątek</b></p>");
    assert_eq!((&made["author"]["name"], &made["parent"], &made["version"]), (&json!("Rita"), &Value::Null, &json!(1)));
    let first = made.made();
    let answer = ada.post(&path, &json!({"body": "Oddzwonię", "parent": first})).await.made();
    // Whoever answers an answer goes on in the same thread.
    let second = rita.post(&path, &json!({"body": "Dzięki", "parent": answer})).await;
    assert_eq!(second["parent"], json!(first));
    say(&ada, &nowak, "Nowy wątek").await;
    let page = rita.get(&path).await;
    assert_eq!(page.column("body"), ["Nowy wątek", "<p>Dzwonił <b>w piątek</b></p>"]);
    let answers: Vec<_> =
        page["items"][1]["answers"].as_array().unwrap().iter().map(|one| one["body"].clone()).collect();
    assert_eq!(answers, ["Oddzwonię", "Dzięki"]);
    let page = rita.get(&format!("{path}?limit=1")).await;
    assert_eq!((page.column("body"), page["items"][0]["answers"].clone()), (vec![json!("Nowy wątek")], json!([])));
    let rest = rita.ask(&path, &[("cursor", page["next"].as_str().unwrap())]).await;
    assert_eq!((rest.column("id"), &rest["next"]), (vec![json!(first)], &Value::Null));
    assert_eq!(ada.get(&format!("/comments/{answer}")).await.expect(200)["body"], "Oddzwonię");

    rita.post(&path, &json!({"body": " <p> </p>"})).await.refused_field("body", "field-required");
    rita.post(&path, &json!({"body": "a", "parent": "x"})).await.refused_field("parent", "comment-parent-unknown");
    rita.post(&path, &json!({"body": "a", "colour": 1})).await.refused_field("colour", "body-unknown-field");
    rita.get(&format!("{path}?limit=51")).await.refused_field("limit", "limit-range");
    rita.get(&format!("{path}?cursor=%21")).await.refused_field("cursor", "cursor-unusable");
    let other = contact(&app, "Kowalski").await;
    let elsewhere =
        rita.post(&format!("/records/contacts/{other}/comments"), &json!({"body": "a", "parent": first})).await;
    elsewhere.refused_field("parent", "comment-parent-unknown");
});

on_both!(a_comment_is_its_authors_and_its_deletion_leaves_a_trace, |app| {
    let (ada, rita, jan) =
        (app.user("Ada", "administrator").await, app.user("Rita", "reader").await, app.user("Jan", "reader").await);
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/comments");
    let first = say(&rita, &nowak, "Pierwszy").await;
    let one = format!("/comments/{first}");
    app.wait_seconds(60);
    let before = app.digest().await;
    jan.patch(&one, &json!({"body": "Obcy"})).await.refused(403, "comment-not-yours");
    ada.patch(&one, &json!({"body": "Obcy"})).await.refused(403, "comment-not-yours");
    jan.delete(&one).await.refused(403, "comment-not-yours");
    let idle = rita.patch(&one, &json!({"body": "Pierwszy"})).await;
    assert!(!idle.headers.contains_key("x-action"));
    assert_eq!(app.digest().await, before);
    let changed = rita.patch(&one, &json!({"body": "Poprawiony"})).await;
    assert_eq!((&changed["body"], &changed["version"]), (&json!("Poprawiony"), &json!(2)));
    assert_eq!(changed["edited_at"], "2026-11-23T11:01:00.000Z");
    assert_eq!(undo(&rita, &changed).await.expect(200)["undoes"], json!(action(&changed)));
    assert_eq!(said(&jan, &nowak).await, ["Pierwszy"]);
    undo(&rita, &changed).await.refused(409, "undo-nothing");

    let answer = jan.post(&path, &json!({"body": "Odpowiedź", "parent": first})).await.made();
    let deleted = ada.delete(&one).await;
    assert_eq!(deleted.status, 204);
    let trace = jan.get(&path).await.expect(200)["items"][0].clone();
    assert_eq!((&trace["body"], &trace["deleted_by"]["name"]), (&Value::Null, &json!("Ada")));
    assert_eq!((trace.get("author"), &trace["answers"][0]["body"]), (None, &json!("Odpowiedź")));
    jan.get(&one).await.refused(404, "not-found");
    jan.put(&format!("{one}/pin"), &json!({})).await.refused(404, "not-found");
    jan.post(&path, &json!({"body": "a", "parent": first})).await.refused_field("parent", "comment-parent-unknown");
    jan.delete(&format!("/comments/{answer}")).await.expect(204);
    assert!(said(&jan, &nowak).await.is_empty(), "nothing hangs on it any more");
    undo(&jan, &deleted).await.refused(403, "comment-not-yours");
    undo(&ada, &deleted).await.expect(200);
    assert_eq!(said(&jan, &nowak).await, ["Pierwszy"]);
});

on_both!(making_a_comment_can_be_undone_and_that_as_well, |app| {
    let (rita, jan) = (app.user("Rita", "reader").await, app.user("Jan", "reader").await);
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/comments");
    let made = rita.post(&path, &json!({"body": "Pomyłka"})).await;
    undo(&jan, &made).await.refused(403, "comment-not-yours");
    let undone = undo(&rita, &made).await;
    assert!(said(&rita, &nowak).await.is_empty());
    undo(&rita, &made).await.refused(409, "undo-nothing");
    undo(&rita, &undone).await.expect(200);
    assert_eq!(said(&rita, &nowak).await, ["Pomyłka"]);
    let changed = rita.patch(&format!("/comments/{}", made.made()), &json!({"body": "Raz"})).await;
    rita.patch(&format!("/comments/{}", made.made()), &json!({"body": "Dwa"})).await.expect(200);
    undo(&rita, &changed).await.refused(409, "undo-changed-since");
});

on_both!(a_comment_asked_for_twice_under_one_key_is_made_once, |app| {
    let rita = app.user("Rita", "reader").await.header("idempotency-key", "k1");
    let nowak = contact(&app, "Nowak").await;
    let first = say(&rita, &nowak, "Raz").await;
    assert_eq!(say(&rita, &nowak, "Raz").await, first);
    assert_eq!(said(&rita, &nowak).await, ["Raz"]);
});

on_both!(reactions_and_pins_are_marks_that_can_be_taken_back, |app| {
    let (rita, jan) = (app.user("Rita", "reader").await, app.user("Jan", "reader").await);
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/comments");
    let (first, _) = (say(&rita, &nowak, "Ważne").await, say(&rita, &nowak, "Mniej ważne").await);
    let one = format!("/comments/{first}");
    // A thumb, and a heart without the sign that makes it red.
    for client in [&rita, &jan] {
        client.put(&format!("{one}/reactions/%F0%9F%91%8D"), &json!({})).await.expect(204);
    }
    app.wait_seconds(1);
    let heart = jan.put(&format!("{one}/reactions/%E2%9D%A4"), &json!({})).await;
    let again = jan.put(&format!("{one}/reactions/%E2%9D%A4%EF%B8%8F"), &json!({})).await;
    assert!(heart.headers.contains_key("x-action") && !again.headers.contains_key("x-action"));
    let shown = rita.get(&one).await.expect(200)["reactions"].clone();
    let names =
        |at: usize| shown[at]["users"].as_array().unwrap().iter().map(|user| user["name"].clone()).collect::<Vec<_>>();
    assert_eq!((&shown[0]["emoji"], &shown[0]["count"], &shown[0]["mine"]), (&json!("👍"), &json!(2), &json!(true)));
    assert_eq!((names(0).len(), names(1), &shown[1]["mine"]), (2, vec![json!("Jan")], &json!(false)));
    assert_eq!(shown[1]["emoji"], "❤️");
    undo(&rita, &heart).await.refused(403, "comment-not-yours");
    undo(&jan, &heart).await.expect(200);
    jan.delete(&format!("{one}/reactions/%F0%9F%91%8D")).await.expect(204);
    assert_eq!(rita.get(&one).await.expect(200)["reactions"][0]["count"], 1);
    assert_eq!(rita.get(&one).await.expect(200)["reactions"].as_array().unwrap().len(), 1);
    for wrong in ["ok", "%F0%9F%91%8D%F0%9F%91%8D", "%20"] {
        jan.put(&format!("{one}/reactions/{wrong}"), &json!({})).await.refused_field("emoji", "comment-emoji-unknown");
    }
    app.operator().put(&format!("{one}/reactions/%F0%9F%91%8D"), &json!({})).await.refused(403, "talk-users-only");

    let pinned = jan.put(&format!("{one}/pin"), &json!({})).await;
    let page = rita.get(&format!("{path}?pinned=true")).await;
    assert_eq!((page.column("body"), &page["items"][0]["pinned"]["by"]["name"]), (vec![json!("Ważne")], &json!("Jan")));
    let answer = jan.post(&path, &json!({"body": "a", "parent": first})).await.made();
    jan.put(&format!("/comments/{answer}/pin"), &json!({})).await.refused(409, "comment-pin-answer");
    undo(&rita, &pinned).await.expect(200);
    assert!(rita.get(&format!("{path}?pinned=true")).await.column("id").is_empty());
});

on_both!(mentions_name_users_and_teams_that_are_there, |app| {
    let team = app.team("Sprzedaż", None).await;
    app.role(&json!({"name": "nothing", "objects": {"companies": {"read": "all"}}})).await;
    let (rita, vera) = (app.person("Rita", &["reader"], &[]).await, app.person("Vera", &["nothing"], &[]).await);
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/comments");
    let body = format!("@[Vera](user:{}) @[Rita](user:{}) @[sprzedaz] @[S](team:{team})", vera.id, rita.id);
    let made = rita.post(&path, &json!({"body": body})).await.expect(201);
    assert_eq!(made["cannot_read"], json!([{"id": vera.id, "name": "Vera"}]));
    assert_eq!(
        made["mentions"],
        json!([
            {"type": "user", "id": vera.id, "name": "Vera"},
            {"type": "user", "id": rita.id, "name": "Rita"},
            {"type": "team", "id": null, "name": "sprzedaz"},
            {"type": "team", "id": team, "name": "Sprzedaż"},
        ])
    );
    for unknown in ["@[Kto](user:0000000000001)", "@[Nikt](user:me)", "@[Marketing]", "@[X](team:0000000000001)"] {
        rita.post(&path, &json!({"body": unknown})).await.refused_field("body", "mention-unknown");
    }
    app.operator().patch(&format!("/users/{}", vera.id), &json!({"active": false})).await.expect(200);
    rita.post(&path, &json!({"body": body})).await.refused_field("body", "mention-unknown");
});

on_both!(what_may_not_be_read_is_not_talked_about, |app| {
    app.role(&json!({"name": "own", "objects": {"contacts": {"read": "own"}}})).await;
    let (rita, vera) = (app.user("Rita", "reader").await, app.person("Vera", &["own"], &[]).await);
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/comments");
    let made = rita.post(&path, &json!({"body": "Tajne"})).await;
    let one = format!("/comments/{}", made.made());
    let before = app.digest().await;
    vera.get(&path).await.refused(404, "not-found");
    vera.post(&path, &json!({"body": "a"})).await.refused(404, "not-found");
    for reply in [
        vera.get(&one).await,
        vera.patch(&one, &json!({"body": "a"})).await,
        vera.delete(&one).await,
        vera.put(&format!("{one}/pin"), &json!({})).await,
        vera.put(&format!("{one}/reactions/%F0%9F%91%8D"), &json!({})).await,
        undo(&vera, &made).await,
    ] {
        reply.refused(404, "not-found");
    }
    rita.get(&format!("/records/users/{}/comments", vera.id)).await.refused(404, "not-found");
    // A token that may only read listens and is silent.
    let narrow = app.token(&vera.email, &json!({"name": "n", "scopes": ["contacts:read"]})).await;
    app.operator().patch(&format!("/records/contacts/{nowak}"), &json!({"owner": vera.id})).await.expect(200);
    assert_ne!(app.digest().await, before);
    let before = app.digest().await;
    assert_eq!(said(&narrow, &nowak).await, ["Tajne"]);
    narrow.post(&path, &json!({"body": "a"})).await.refused(403, "talk-scope");
    narrow.put(&format!("{one}/pin"), &json!({})).await.refused(403, "talk-scope");
    assert_eq!(app.digest().await, before);
    say(&vera, &nowak, "Teraz wolno").await;
});

on_both!(comments_stand_on_the_time_line, |app| {
    let rita = app.user("Rita", "reader").await;
    let nowak = contact(&app, "Nowak").await;
    let first = say(&rita, &nowak, "Umowa w piątek").await;
    rita.put(&format!("/comments/{first}/reactions/%F0%9F%91%8D"), &json!({})).await.expect(204);
    for page in ["timeline", "history"] {
        let past = rita.get(&format!("/records/contacts/{nowak}/{page}")).await;
        assert_eq!(past.column("kind"), ["comment.created", "created"], "{page}: reactions are not told");
        assert_eq!(past["items"][0]["comment"], json!({"id": first, "parent": null, "body": "Umowa w piątek"}));
        assert_eq!((&past["items"][0]["by"]["name"], &past["items"][0]["changes"]), (&json!("Rita"), &json!([])));
    }
    rita.delete(&format!("/comments/{first}")).await.expect(204);
    let past = rita.get(&format!("/records/contacts/{nowak}/timeline")).await;
    assert_eq!(past.column("kind"), ["comment.deleted", "comment.created", "created"]);
    assert_eq!(past["items"][1]["comment"]["body"], Value::Null, "what was deleted is not told");
});

on_both!(comments_follow_their_record_into_the_bin_and_through_a_merge, |app| {
    let (ada, rita) = (app.user("Ada", "administrator").await, app.user("Rita", "reader").await);
    let (nowak, twin) = (contact(&app, "Nowak").await, contact(&app, "Nowak-Kowalska").await);
    let (first, other) = (say(&rita, &nowak, "O Nowak").await, say(&rita, &twin, "O drugiej").await);
    ada.delete(&format!("/records/contacts/{nowak}")).await.expect(204);
    rita.get(&format!("/records/contacts/{nowak}/comments")).await.refused(404, "not-found");
    rita.get(&format!("/comments/{first}")).await.refused(404, "not-found");
    ada.post(&format!("/records/contacts/{nowak}/restore"), &json!({})).await.expect(200);
    assert_eq!(said(&rita, &nowak).await, ["O Nowak"]);

    let merge = ada.post("/records/contacts/merge", &json!({"survivor": nowak, "merged": [twin]})).await;
    assert_eq!(merge.status, 200, "{}", merge.text());
    assert_eq!(said(&rita, &nowak).await, ["O drugiej", "O Nowak"]);
    assert_eq!(rita.get(&format!("/comments/{other}")).await.expect(200)["record"], json!(nowak));
    let path = format!("/records/contacts/{nowak}/comments");
    rita.post(&path, &json!({"body": "Odpowiedź", "parent": other})).await.expect(201);
    assert_eq!(rita.get(&path).await.expect(200)["items"][0]["answers"][0]["body"], "Odpowiedź");
    let told = rita.get(&format!("/records/contacts/{nowak}/timeline")).await.column("kind");
    assert_eq!(told.iter().filter(|kind| *kind == "comment.created").count(), 3);
    undo(&ada, &merge).await.expect(200);
    assert_eq!(
        (said(&rita, &nowak).await, said(&rita, &twin).await),
        (vec![json!("O Nowak")], vec![json!("O drugiej")])
    );
    let thread = rita.get(&format!("/records/contacts/{twin}/comments")).await.expect(200);
    assert_eq!(thread["items"][0]["answers"][0]["body"], "Odpowiedź", "a thread stays together");
});
