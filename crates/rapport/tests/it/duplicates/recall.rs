//! How many of those that are there twice are found, among some thousands made for it, and how many others are taken
//! for the same.

use super::scanned;
use rapport::demo::{SECOND, Shape, fill, planted_companies};
use std::collections::{HashMap, HashSet};
use testing::{Client, TestApp, on_both};

/// External numbers by id.
async fn numbers(client: &Client, object: &str) -> HashMap<String, String> {
    let (mut numbers, mut cursor) = (HashMap::new(), None);
    loop {
        let mut asked = vec![("fields", "external_id"), ("limit", "200")];
        asked.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = client.ask(&format!("/records/{object}"), &asked).await.expect(200);
        for item in page["items"].as_array().unwrap() {
            let text = |name: &str| item[name].as_str().unwrap().to_owned();
            numbers.insert(text("id"), text("external_id"));
        }
        match page["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return numbers,
        }
    }
}

/// Of each pair, the likeliest first, whether it is a planted one.
async fn pairs(client: &Client, object: &str) -> Vec<(Option<String>, i64)> {
    let numbers = numbers(client, object).await;
    let (mut pairs, mut cursor) = (Vec::new(), None);
    loop {
        let mut asked = vec![("limit", "200")];
        asked.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = client.ask(&format!("/records/{object}/duplicates"), &asked).await.expect(200);
        for item in page["items"].as_array().unwrap() {
            let [one, other] = [0, 1].map(|at| &numbers[item["ids"][at].as_str().unwrap()]);
            let is = |second: &String, first: &String| second.strip_suffix(SECOND) == Some(first);
            let planted = [(one, other), (other, one)].into_iter().find(|(second, first)| is(second, first));
            pairs.push((planted.map(|(second, _)| second.clone()), item["score"].as_i64().unwrap()));
        }
        match page["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return pairs,
        }
    }
}

async fn check(app: &TestApp, ada: &Client, object: &str, planted: usize) {
    let found = pairs(ada, object).await;
    let known: HashSet<&String> = found.iter().filter_map(|(planted, _)| planted.as_ref()).collect();
    let all = numbers(ada, object).await.into_values().filter(|number| number.ends_with(SECOND));
    let missed: Vec<String> = all.filter(|number| !known.contains(number)).collect();
    assert!(missed.len() * 100 <= planted, "{object}: of {planted} were not found: {missed:?}");
    let others = found.iter().take(planted).filter(|(planted, _)| planted.is_none()).count();
    assert!(others * 100 <= planted, "{object}: {others} others: {:?}", &found[..planted.min(found.len())]);
    assert_eq!(app.operator().get("/jobs?state=dead").await.column("id").len(), 0);
}

on_both!(who_is_there_twice_is_found_and_hardly_anybody_else, |app| {
    let shape = Shape { companies: 300, ..Shape::planted(2_400, 240, 5) };
    fill(&app.house, shape, |_, _| {}).await.unwrap();
    let ada = app.user("Ada", "administrator").await;
    scanned(&app, &ada, "contacts").await;
    check(&app, &ada, "contacts", 240).await;
    check(&app, &ada, "companies", usize::try_from(planted_companies(&shape)).unwrap()).await;
});
