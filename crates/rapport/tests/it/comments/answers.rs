//! What a thread shows of its answers, and a comment of many reactions.

use super::{contact, say, undo};
use serde_json::{Value, json};
use testing::on_both;

on_both!(an_answer_that_was_deleted_is_gone_and_leaves_room, |app| {
    let rita = app.user("Rita", "reader").await;
    let nowak = contact(&app, "Nowak").await;
    let path = format!("/records/contacts/{nowak}/comments");
    let first = say(&rita, &nowak, "Wątek").await;
    let answer = json!({"body": "Odpowiedź", "parent": first});
    let gone = rita.post(&path, &answer).await.made();
    for _ in 1..200 {
        rita.post(&path, &answer).await.expect(201);
    }
    rita.post(&path, &answer).await.refused(409, "comment-thread-full");
    let deleted = rita.delete(&format!("/comments/{gone}")).await;
    let shown = rita.get(&path).await.expect(200)["items"][0]["answers"].as_array().unwrap().clone();
    assert_eq!(shown.len(), 199);
    assert!(shown.iter().all(|answer| answer["id"] != json!(gone) && answer["body"] == "Odpowiedź"));
    let again = rita.post(&path, &answer).await;
    undo(&rita, &deleted).await.refused(409, "comment-thread-full");
    undo(&rita, &again).await.expect(200);
    undo(&rita, &deleted).await.expect(200);
    assert_eq!(rita.get(&path).await.expect(200)["items"][0]["answers"][0]["id"], json!(gone));
});

on_both!(of_many_who_react_alike_all_count_and_the_first_are_named, |app| {
    let rita = app.user("Rita", "reader").await;
    let nowak = contact(&app, "Nowak").await;
    let one = format!("/comments/{}", say(&rita, &nowak, "Brawo").await);
    let thumb = format!("{one}/reactions/%F0%9F%91%8D");
    for number in 0..22 {
        app.user(&format!("Fan{number}"), "reader").await.put(&thumb, &json!({})).await.expect(204);
        app.wait_seconds(1);
    }
    rita.put(&thumb, &json!({})).await.expect(204);
    rita.put(&format!("{one}/reactions/%E2%9D%A4"), &json!({})).await.expect(204);
    let shown = rita.get(&one).await.expect(200)["reactions"].clone();
    assert_eq!((&shown[0]["count"], &shown[0]["mine"], &shown[1]["count"]), (&json!(23), &json!(true), &json!(1)));
    let names: Vec<Value> = shown[0]["users"].as_array().unwrap().iter().map(|user| user["name"].clone()).collect();
    let first: Vec<Value> = (0..20).map(|number| json!(format!("Fan{number}"))).collect();
    assert_eq!(names, first);
});
