//! Marking one notice as read, or as not.

use super::{change, follow, people, unread};
use crate::comments::contact;
use serde_json::json;
use testing::on_both;

on_both!(what_came_after_a_notice_was_seen_is_not_marked_as_read, |app| {
    let (ada, _, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    follow(&rita, &nowak).await;
    change(&ada, &nowak, &json!({"city": "Łódź"})).await;
    app.caught_up().await;
    let seen = rita.get("/notifications").await.expect(200)["items"][0].clone();
    let one = format!("/notifications/{}", seen["id"].as_str().unwrap());
    app.wait_seconds(1);
    change(&ada, &nowak, &json!({"city": "Płock"})).await;
    app.caught_up().await;
    let before = app.digest().await;
    rita.patch(&one, &json!({"read": true, "at": seen["at"]})).await.refused(412, "stale");
    rita.patch(&one, &json!({"read": true, "at": "wczoraj"})).await.refused_field("at", "notice-at");
    ada.patch(&one, &json!({"read": true, "at": seen["at"]})).await.refused(404, "not-found");
    assert_eq!(app.digest().await, before);
    assert_eq!(unread(&app, &rita).await, ["Nowak was changed 2 times, last by Ada"]);
    let seen = rita.get("/notifications").await.expect(200)["items"][0]["at"].clone();
    rita.patch(&one, &json!({"read": true, "at": seen})).await.expect(204);
    assert!(unread(&app, &rita).await.is_empty());
});

on_both!(a_notice_that_stays_unread_goes_on_being_counted_up, |app| {
    let (ada, _, rita) = people(&app).await;
    let nowak = contact(&app, "Nowak").await;
    follow(&rita, &nowak).await;
    change(&ada, &nowak, &json!({"city": "Łódź"})).await;
    app.caught_up().await;
    let id = rita.get("/notifications").await.column("id")[0].as_str().unwrap().to_owned();
    rita.patch(&format!("/notifications/{id}"), &json!({"read": false})).await.expect(204);
    change(&ada, &nowak, &json!({"city": "Płock"})).await;
    assert_eq!(unread(&app, &rita).await, ["Nowak was changed 2 times, last by Ada"]);
});
