//! Filters on a part of a tree, a record's place in it, and what those learn who may not see all of it.

use super::{company, found, group};
use serde_json::{Value, json};
use testing::{Client, on_both};

const GROUP: [&str; 7] =
    ["Holding", "Holding:Nord", "Holding:Süd", "Nord:Port", "Nord:Stocznia", "Stocznia:Warsztat", "Obca"];

on_both!(a_filter_finds_a_part_of_a_tree, |app| {
    let ada = app.user("Ada", "administrator").await;
    let ids = group(&ada, &GROUP).await;
    let whole = format!("parent in tree of '{}'", ids[0]);
    assert_eq!(found(&ada, &whole).await, ["Holding", "Nord", "Port", "Stocznia", "Süd", "Warsztat"]);
    assert_eq!(found(&ada, &format!("not ({whole})")).await, ["Obca"]);
    let nord = format!("id in tree of '{}' and id != '{}'", ids[1], ids[1]);
    assert_eq!(found(&ada, &nord).await, ["Port", "Stocznia", "Warsztat"]);
    for nobody in ["0000000000000", "nobody", ""] {
        assert!(found(&ada, &format!("parent in tree of '{nobody}'")).await.is_empty());
    }
    // By a path, in lists of others.
    let people = json!([{"last_name": "Port", "company": ids[3]}, {"last_name": "Obcy", "company": ids[6]},
        {"last_name": "Dwojga", "companies": [ids[6], ids[5]]}, {"last_name": "Niczyj"}]);
    ada.post("/records/contacts/batch", &json!({"create": people})).await.expect(200);
    let contacts = async |filter: String| {
        ada.ask("/records/contacts", &[("filter", &filter), ("sort", "last_name")]).await.column("last_name")
    };
    assert_eq!(contacts(format!("company in tree of '{}'", ids[1])).await, ["Port"]);
    assert_eq!(contacts(format!("company.parent in tree of '{}'", ids[1])).await, ["Port"]);
    assert_eq!(contacts(format!("companies in tree of '{}'", ids[1])).await, ["Dwojga", "Port"]);
    let any = format!("any(companies where parent in tree of '{}')", ids[4]);
    assert_eq!(contacts(any).await, ["Dwojga"]);
    let counted = format!("count(people where companies in tree of '{}') = 1", ids[5]);
    assert_eq!(found(&ada, &counted).await, ["Obca", "Warsztat"]);
    // In a view, a count, totals, an export and a bulk change.
    let view = json!({"object": "companies", "name": "Grupa", "filter": whole});
    let view = ada.post("/views", &view).await.made();
    let through = ada.ask("/records/companies/count", &[("view", &view), ("filter", "name > 'P'")]).await;
    assert_eq!(through["count"], 4, "{}", through.text());
    let totals = ada.ask("/records/companies/totals", &[("filter", &whole), ("group", "kind")]).await;
    assert_eq!(totals["total"]["count"], 6, "{}", totals.text());
    let file = ada.ask("/records/companies/export", &[("filter", &nord), ("fields", "name")]).await.text();
    assert_eq!(file.lines().count(), 4, "{file}");
    let bulk = json!({"do": "change", "filter": nord, "fields": {"kind": "partner"}, "dry_run": true});
    assert_eq!(ada.post("/records/companies/bulk", &bulk).await["count"], 3);
    // Rules hold for a record alone.
    let rule = json!({"rules": [{"name": "x", "when": whole, "message": "x"}]});
    let refused = ada.patch("/objects/companies", &rule).await;
    assert_eq!(refused.first_error().1, "filter-own-fields", "{}", refused.text());
    let refused = ada.ask("/records/orders", &[("filter", "contact in tree of 'x'")]).await;
    refused.refused_field("filter", "filter-no-hierarchy");
});

async fn tree(client: &Client, id: &str, query: &[(&str, &str)]) -> Value {
    client.ask(&format!("{}/tree", company(id)), query).await.expect(200)
}

fn titles(items: &Value) -> Vec<&str> {
    items.as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect()
}

on_both!(a_record_tells_its_place, |app| {
    let ada = app.user("Ada", "administrator").await;
    let ids = group(&ada, &GROUP).await;
    let place = tree(&ada, &ids[4], &[]).await;
    assert_eq!(
        (&place["title"], &place["field"], &place["id"]),
        (&json!("Stocznia"), &json!("parent"), &json!(ids[4]))
    );
    assert_eq!(titles(&place["ancestors"]), ["Holding", "Nord"]);
    assert_eq!(place["children"], json!([{"id": ids[5], "title": "Warsztat", "children": 0}]));
    let counted = |count: i64| json!({"count": count, "exact": true});
    let place = tree(&ada, &ids[0], &[("field", "parent"), ("limit", "1")]).await;
    assert_eq!((&place["ancestors"], &place["direct"], &place["below"]), (&json!([]), &counted(2), &counted(5)));
    assert_eq!((titles(&place["children"]), &place["children"][0]["children"]), (vec!["Nord"], &json!(2)));
    let rest = tree(&ada, &ids[0], &[("cursor", place["next"].as_str().unwrap())]).await;
    assert_eq!((titles(&rest["children"]), &rest["next"]), (vec!["Süd"], &Value::Null));
    let path = format!("{}/tree", company(&ids[0]));
    ada.ask(&path, &[("field", "name")]).await.refused_field("field", "tree-unknown");
    ada.ask(&path, &[("limit", "201")]).await.refused_field("limit", "limit-range");
    assert_eq!(ada.get(&format!("{}/tree", company("0000000000000"))).await.status, 404);
    let contact = ada.post("/records/contacts", &json!({"last_name": "Nowak"})).await.made();
    ada.get(&format!("/records/contacts/{contact}/tree")).await.refused_field("field", "tree-none");
    // A second hierarchy has to be named, in filters by its path.
    let field = json!({"name": "seat_of", "type": "relation", "target": "companies", "hierarchy": true});
    ada.post("/objects/companies/fields", &field).await.expect(201);
    ada.get(&path).await.refused_field("field", "tree-several");
    ada.patch(&company(&ids[6]), &json!({"seat_of": ids[0]})).await.expect(200);
    let place = tree(&ada, &ids[6], &[("field", "seat_of")]).await;
    assert_eq!(titles(&place["ancestors"]), ["Holding"]);
    let refused = ada.ask("/records/contacts", &[("filter", "company in tree of 'x'")]).await;
    refused.refused_field("filter", "filter-which-hierarchy");
    assert_eq!(found(&ada, &format!("seat_of in tree of '{}'", ids[0])).await, ["Holding", "Obca"]);
});

on_both!(who_may_not_see_a_record_sees_no_tree_through_it, |app| {
    let ada = app.user("Ada", "administrator").await;
    let ids = group(&ada, &GROUP).await;
    let role = json!({"name": "own", "objects": {"companies": {"read": "own"}, "contacts": {"read": "all"}}});
    let jan = app.user_with("Jan", role).await;
    let users = ada.get("/users").await;
    let jan_id = users["items"].as_array().unwrap().iter().find(|user| user["name"] == "Jan").unwrap()["id"].clone();
    // Nord, in the middle, is not his.
    for at in [0, 2, 4, 5] {
        ada.patch(&company(&ids[at]), &json!({"owner": jan_id})).await.expect(200);
    }
    ada.post("/records/contacts", &json!({"last_name": "Majster", "company": ids[5]})).await.made();
    let contacts = async |client: &Client, of: &str| {
        let filter = format!("company in tree of '{of}'");
        client.ask("/records/contacts", &[("filter", &filter)]).await.column("last_name")
    };
    assert_eq!(found(&jan, &format!("parent in tree of '{}'", ids[0])).await, ["Holding", "Süd"]);
    assert!(found(&jan, &format!("parent in tree of '{}'", ids[1])).await.is_empty());
    assert_eq!(found(&jan, &format!("parent in tree of '{}'", ids[4])).await, ["Stocznia", "Warsztat"]);
    assert_eq!((contacts(&jan, &ids[0]).await.len(), contacts(&ada, &ids[0]).await.len()), (0, 1));
    assert_eq!(contacts(&jan, &ids[4]).await, ["Majster"]);
    let place = tree(&jan, &ids[5], &[]).await;
    assert_eq!(titles(&place["ancestors"]), ["Stocznia"]);
    let place = tree(&jan, &ids[0], &[]).await;
    assert_eq!((titles(&place["children"]), &place["below"]["count"]), (vec!["Süd"], &json!(1)));
    assert_eq!(jan.get(&format!("{}/tree", company(&ids[1]))).await.status, 404);
    // What lies in the bin is not there for anybody.
    ada.delete(&company(&ids[1])).await.expect(204);
    assert_eq!(found(&ada, &format!("parent in tree of '{}'", ids[0])).await, ["Holding", "Süd"]);
    assert_eq!(titles(&tree(&ada, &ids[4], &[]).await["ancestors"]), Vec::<&str>::new());
    // A hidden field makes no tree.
    let role = json!({"name": "blind", "objects": {"companies": {"read": "all"}, "contacts": {"read": "all"}},
        "fields": {"companies": {"parent": "hidden"}}});
    let eva = app.user_with("Eva", role).await;
    eva.get(&format!("{}/tree", company(&ids[0]))).await.refused_field("field", "tree-none");
    let filter = [("filter", "company in tree of 'x'")];
    eva.ask("/records/contacts", &filter).await.refused_field("filter", "filter-no-hierarchy");
    let filter = [("filter", "parent in tree of 'x'")];
    eva.ask("/records/companies", &filter).await.refused_field("filter", "filter-unknown-field");
});
