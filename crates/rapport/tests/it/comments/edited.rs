//! Editing comments.

use super::{contact, say};
use serde_json::json;
use testing::on_both;

on_both!(whoever_stood_in_a_comment_may_have_left_when_it_is_edited, |app| {
    let team = app.team("Sprzedaż", None).await;
    let (rita, jan) = (app.person("Rita", &["reader"], &[]).await, app.person("Jan", &["reader"], &[]).await);
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/comments");
    let body = format!("@[Jan](user:{}) @[Sprzedaż] ", jan.id);
    let one = format!("/comments/{}", rita.post(&path, &json!({"body": format!("{body}dzwoni")})).await.made());
    app.operator().patch(&format!("/users/{}", jan.id), &json!({"active": false})).await.expect(200);
    app.operator().patch(&format!("/teams/{team}"), &json!({"name": "Handel"})).await.expect(200);
    let edited = rita.patch(&one, &json!({"body": format!("{body}dzwonił")})).await.expect(200);
    assert_eq!((&edited["version"], &edited["cannot_read"]), (&json!(2), &json!([])));
    let idle = rita.patch(&one, &json!({"body": format!("{body}dzwonił")})).await;
    assert_eq!((idle.status, idle.headers.contains_key("x-action")), (200, false));
    let more = format!("{body}@[Marketing]");
    rita.patch(&one, &json!({"body": more})).await.refused_field("body", "mention-unknown");
    rita.post(&path, &json!({"body": body})).await.refused_field("body", "mention-unknown");
});

on_both!(what_two_do_to_a_comment_at_the_same_moment_is_both_done, |app| {
    let (rita, jan) = (app.user("Rita", "reader").await, app.user("Jan", "reader").await);
    let nowak = contact(&app, "Nowak").await;
    let one = format!("/comments/{}", say(&rita, &nowak, "Raz").await);
    let (pin, nothing) = (format!("{one}/pin"), json!({}));
    for round in 0..10 {
        let body = json!({"body": format!("Raz {round}")});
        let mark = if round % 2 == 0 { jan.put(&pin, &nothing).await } else { jan.delete(&pin).await };
        assert_eq!(mark.status, 204);
        let (edited, again) = tokio::join!(rita.patch(&one, &body), async {
            if round % 2 == 0 { jan.delete(&pin).await } else { jan.put(&pin, &nothing).await }
        });
        assert_eq!((edited.status, again.status), (200, 204), "{}{}", edited.text(), again.text());
    }
});
