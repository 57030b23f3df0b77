//! Hierarchies: no circle by whatever way, filters on a part of a tree, and a record's place in it.

mod places;
mod ways;

use serde_json::{Value, json};
use testing::Client;

/// Companies by name, each below the one named before the colon: `"Holding", "Holding:Nord", "Nord:Port"`.
async fn group(client: &Client, names: &[&str]) -> Vec<String> {
    let mut made: Vec<(String, String)> = Vec::new();
    for name in names {
        let (above, name) = name.split_once(':').map_or((None, *name), |(above, name)| (Some(above), name));
        let above = above.map(|above| &made.iter().find(|(known, _)| known == above).unwrap().1);
        let company = json!({"name": name, "parent": above});
        let id = client.post("/records/companies", &company).await.made();
        made.push((name.to_owned(), id));
    }
    made.into_iter().map(|(_, id)| id).collect()
}

fn company(id: &str) -> String {
    format!("/records/companies/{id}")
}

/// The names of the companies that a filter finds.
async fn found(client: &Client, filter: &str) -> Vec<Value> {
    client.ask("/records/companies", &[("filter", filter), ("sort", "name")]).await.column("name")
}
