//! The ways by which a circle could come about, and how deep a tree may be.

use super::{company, found, group};
use crate::{bulk::ended, imports::upload};
use serde_json::{Value, json};
use testing::{Client, Reply, on_both};

fn action(reply: &Reply) -> String {
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

async fn lead(client: &Client, record: &str, above: &str) -> Reply {
    client.patch(&company(record), &json!({"parent": above})).await
}

on_both!(no_company_stands_above_itself, |app| {
    let ada = app.user("Ada", "administrator").await;
    let ids = group(&ada, &["Holding", "Holding:Nord", "Nord:Port"]).await;
    let before = app.digest().await;
    lead(&ada, &ids[0], &ids[0]).await.refused_field("parent", "relation-to-itself");
    let refused = lead(&ada, &ids[0], &ids[2]).await;
    refused.refused_field("parent", "hierarchy-circle");
    assert!(refused.text().contains("Holding → Port → Nord → Holding"), "{}", refused.text());
    assert_eq!(app.digest().await, before, "a refused request has changed something");
    // One that may not see what stands between is not told of it.
    let role = json!({"name": "own", "objects": {"companies": {"read": "own", "update": "own"}}});
    let jan = app.user_with("Jan", role).await;
    let jan_id =
        ada.get("/users").await["items"].as_array().unwrap().iter().find(|user| user["name"] == "Jan").unwrap()["id"]
            .clone();
    for id in [&ids[0], &ids[2]] {
        ada.patch(&company(id), &json!({"owner": jan_id})).await.expect(200);
    }
    let refused = lead(&jan, &ids[0], &ids[2]).await;
    assert!(refused.text().contains("Holding → Port → … → Holding"), "{}", refused.text());
    // Once the place between is given up, the other way round is fine.
    ada.patch(&company(&ids[1]), &json!({"parent": null})).await.expect(200);
    lead(&ada, &ids[0], &ids[2]).await.expect(200);
});

on_both!(a_batch_makes_no_circle, |app| {
    let ada = app.user("Ada", "administrator").await;
    let ids = group(&ada, &["Jeden", "Dwa", "Trzy"]).await;
    let half = |at: usize, above: usize| json!({"id": ids[at], "parent": ids[above]});
    let update = json!({"update": [half(0, 1), half(1, 2), half(2, 0)]});
    let mut whole = update.clone();
    whole["atomic"] = json!(true);
    let before = app.digest().await;
    let refused = ada.post("/records/companies/batch", &whole).await;
    assert_eq!((refused.status, refused.first_error().1.as_str()), (422, "hierarchy-circle"), "{}", refused.text());
    assert_eq!(app.digest().await, before);
    let each = ada.post("/records/companies/batch", &update).await.expect(200);
    let statuses: Vec<&Value> = each["results"].as_array().unwrap().iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, [200, 200, 422], "{each}");
    // All to the same place, which is one of them: below the lowest all stand above, below the top the top itself.
    for (to, left_behind) in [(0, 3), (2, 1)] {
        let asked = json!({"do": "change", "filter": "name != 'x'", "fields": {"parent": ids[to]}});
        let begun = ada.post("/records/companies/bulk", &asked).await;
        ended(&app, &ada, &begun).await;
        let left = ada.get(&format!("/bulk/{}/left", begun["id"].as_str().unwrap())).await;
        assert_eq!(left["items"].as_array().unwrap().len(), left_behind, "{}", left.text());
        assert!(left.text().contains(&ids[to]), "{}", left.text());
    }
    assert_eq!(found(&ada, &format!("parent in tree of '{}'", ids[2])).await.len(), 3);
});

on_both!(two_at_once_make_no_circle_together, |app| {
    let ada = app.user("Ada", "administrator").await;
    let ids = group(&ada, &["Raz", "Dwa", "Trzy"]).await;
    for round in 0..12 {
        let (one, other, third) =
            tokio::join!(lead(&ada, &ids[0], &ids[1]), lead(&ada, &ids[1], &ids[2]), lead(&ada, &ids[2], &ids[0]));
        let mut done = [one, other, third].map(|reply| reply.status);
        done.sort_unstable();
        assert_eq!((done[0], done[1]), (200, 200), "round {round}: {done:?}");
        assert!([412, 422].contains(&done[2]), "round {round}: {done:?}");
        for id in &ids {
            ada.patch(&company(id), &json!({"parent": null})).await.expect(200);
        }
    }
});

on_both!(neither_undo_nor_the_bin_brings_a_circle, |app| {
    let ada = app.user("Ada", "administrator").await;
    let ids = group(&ada, &["Holding", "Holding:Nord", "Port"]).await;
    let freed = ada.patch(&company(&ids[1]), &json!({"parent": null})).await;
    lead(&ada, &ids[0], &ids[1]).await.expect(200);
    let undo = ada.post(&format!("/actions/{}/undo", action(&freed)), &json!({})).await;
    undo.refused(409, "undo-refused");
    assert_eq!(undo["reasons"][0]["code"], "hierarchy-circle", "{}", undo.text());
    // What lies in the bin keeps its place, so it can always come back.
    lead(&ada, &ids[1], &ids[2]).await.expect(200);
    ada.delete(&company(&ids[1])).await.expect(204);
    lead(&ada, &ids[2], &ids[0]).await.refused_field("parent", "hierarchy-circle");
    ada.post(&format!("{}/restore", company(&ids[1])), &json!({})).await.expect(200);
    assert_eq!(found(&ada, &format!("parent in tree of '{}'", ids[2])).await, ["Holding", "Nord", "Port"]);
});

on_both!(a_merge_keeps_the_tree, |app| {
    let ada = app.user("Ada", "administrator").await;
    let merge = async |survivor: &str, gone: &str| {
        ada.post("/records/companies/merge", &json!({"survivor": survivor, "merged": [gone]})).await
    };
    // The child that swallows what stands above it goes up to its place.
    let ids = group(&ada, &["Top", "Top:Holding", "Holding:Nord", "Holding:Sud", "Nord:Port"]).await;
    let merged = merge(&ids[2], &ids[1]).await;
    assert_eq!((merged.status, &merged["parent"]), (200, &json!(ids[0])), "{}", merged.text());
    assert_eq!(found(&ada, &format!("parent in tree of '{}'", ids[2])).await, ["Nord", "Port", "Sud"]);
    ada.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await.expect(200);
    assert_eq!(found(&ada, &format!("parent in tree of '{}'", ids[1])).await, ["Holding", "Nord", "Port", "Sud"]);
    // Who swallows what stands two above would stand below what is led to it.
    let before = app.digest().await;
    merge(&ids[4], &ids[1]).await.refused_field("parent", "hierarchy-circle");
    assert_eq!(app.digest().await, before);
});

on_both!(a_merge_is_judged_by_what_it_makes, |app| {
    let ada = app.user("Ada", "administrator").await;
    let merge = async |survivor: &str, gone: &str, parent: Value| {
        let asked = json!({"survivor": survivor, "merged": [gone], "fields": {"parent": parent}});
        ada.post("/records/companies/merge", &asked).await
    };
    let ids = group(&ada, &["Top", "Top:Holding", "Holding:Nord", "Nord:Port", "Other"]).await;
    let parents = async || ada.ask("/records/companies", &[("sort", "name")]).await.column("parent");
    let before = (parents().await, app.digest().await);
    // To stand below what is led to it makes a circle still.
    for below in [&ids[2], &ids[3]] {
        assert_eq!(merge(&ids[3], &ids[1], json!(below)).await.status, 422);
    }
    assert_eq!(app.digest().await, before.1);
    for parent in [Value::Null, json!(ids[4]), json!(ids[0])] {
        let merged = merge(&ids[3], &ids[1], parent.clone()).await;
        assert_eq!((merged.status, &merged["parent"]), (200, &parent), "{}", merged.text());
        assert_eq!(found(&ada, &format!("parent in tree of '{}'", ids[3])).await, ["Nord", "Port"]);
        ada.post(&format!("/actions/{}/undo", action(&merged)), &json!({})).await.expect(200);
        assert_eq!(parents().await, before.0);
    }
});

on_both!(an_import_makes_no_circle, |app| {
    let operator = app.operator();
    let map = "[fields]\nname = \"name\"\nparent.name = { column = \"parent\", create = true }\n";
    let file = "name,parent\nJeden,Dwa\nDwa,Trzy\nTrzy,Jeden\n";
    let asked = json!({"map": map, "match": "name"});
    let done = upload::import(&app, &operator, "companies", file.as_bytes(), &asked).await;
    assert_eq!(done["failed"], 1, "{done}");
    let lines = upload::error_lines(&operator, &done).await;
    assert!(lines.iter().any(|line| line.contains("Trzy")), "{lines:?}");
    let parents = operator.ask("/records/companies", &[("sort", "name")]).await.column("parent");
    assert_eq!(parents.iter().filter(|parent| parent.is_null()).count(), 1, "{parents:?}");
});

on_both!(a_tree_has_fifty_levels_at_most, |app| {
    let ada = app.user("Ada", "administrator").await;
    ada.post("/objects", &json!({"name": "places"})).await.expect(201);
    let field = |name: &str| json!({"name": name, "type": "relation", "target": "places", "inverse": "parts", "hierarchy": true});
    for wrong in [
        json!({"name": "inside", "type": "relation", "target": "companies", "hierarchy": true}),
        json!({"name": "inside", "type": "relations", "target": "places", "hierarchy": true}),
        json!({"name": "inside", "type": "text", "hierarchy": true}),
        json!({"name": "inside", "type": "relation", "target": "places", "hierarchy": true, "filterable": false}),
    ] {
        ada.post("/objects/places/fields", &wrong).await.refused_field("hierarchy", "definition-hierarchy");
    }
    let made = ada.post("/objects/places/fields", &field("inside")).await.expect(201);
    assert_eq!(made["hierarchy"], true, "{made}");
    let place =
        async |name: String, above: &Value| ada.post("/records/places", &json!({"name": name, "inside": above})).await;
    let mut chain: Vec<Value> = vec![Value::Null];
    for level in 1..=50 {
        let last = chain.last().unwrap().clone();
        chain.push(json!(place(format!("Level {level}"), &last).await.made()));
    }
    place("Level 51".to_owned(), &chain[50]).await.refused_field("inside", "hierarchy-too-deep");
    let top = json!(place("Above all".to_owned(), &Value::Null).await.made());
    let first = format!("/records/places/{}", chain[1].as_str().unwrap());
    ada.patch(&first, &json!({"inside": top})).await.refused_field("inside", "hierarchy-too-deep");
    let filter = format!("inside in tree of '{}'", chain[1].as_str().unwrap());
    assert_eq!(ada.ask("/records/places/count", &[("filter", &filter)]).await["count"], 50);
    ada.patch(&first, &json!({"inside": chain[50]})).await.refused_field("inside", "hierarchy-circle");
    // In one batch, the lowest first.
    let parts: Vec<Value> = (2..=51)
        .rev()
        .map(|at| {
            let (id, above) = if at == 51 { (&chain[50], &top) } else { (&chain[at - 1], &chain[at]) };
            json!({"id": id, "inside": above})
        })
        .collect();
    let turned = ada.post("/records/places/batch", &json!({"update": parts})).await.expect(200);
    assert!(turned["results"].as_array().unwrap().iter().any(|one| one["status"] == 422), "{turned}");
    // The definition travels with the configuration.
    let file = ada.get("/configuration").await.text();
    assert!(file.contains("hierarchy = true"), "{file}");
});
