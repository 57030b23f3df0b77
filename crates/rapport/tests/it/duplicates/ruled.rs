//! Rules of an object: what counts, what is refused on entry, and what they tell nobody.

use super::{make, of, scanned};
use crate::imports::upload::{counts, error_lines, import};
use serde_json::{Value, json};
use testing::{Client, Reply, on_both};

const CONTACTS: &str = "/objects/contacts/duplicate-rules";

async fn rules(client: &Client, object: &str, rules: &Value) -> String {
    let reply = client.put(&format!("/objects/{object}/duplicate-rules"), rules).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.headers["x-action"].to_str().unwrap().to_owned()
}

fn by_mail(on_entry: &str) -> Value {
    json!({"threshold": 60, "on_entry": on_entry, "signals": [
        {"fields": ["email", "emails"], "compare": "exact", "points": 80},
        {"fields": ["first_name", "last_name"], "compare": "name", "points": 50, "against": 50}]})
}

fn candidates(reply: &Reply) -> Vec<Value> {
    reply.json["candidates"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
}

on_both!(the_rules_say_what_counts_and_are_taken_back_like_any_definition, |app| {
    let ada = app.user("Ada", "administrator").await;
    let usual = ada.get(CONTACTS).await.expect(200);
    assert_eq!((&usual["set"], &usual["threshold"], &usual["on_entry"]), (&json!(false), &json!(60), &json!("warn")));
    assert_eq!(usual["signals"][0]["fields"], json!(["email", "emails"]), "{usual}");
    let person = json!({"first_name": "Ewa", "last_name": "Żak", "city": "Łódź", "phone": "+48600123456"});
    let first = make(&ada, "contacts", person.clone()).await;
    assert_eq!(of(&ada, "contacts", person.clone()).await, [first.as_str()]);
    let before = ada.get("/configuration").await.text();

    let set = rules(&ada, "contacts", &by_mail("warn")).await;
    let shown = ada.get(CONTACTS).await.expect(200);
    assert_eq!((&shown["set"], &shown["signals"][1]["against"]), (&json!(true), &json!(50)));
    assert!(of(&ada, "contacts", person.clone()).await.is_empty(), "a phone does not count any more");
    let configured: Value = toml::from_str(&ada.get("/configuration").await.text()).unwrap();
    assert_eq!(configured["objects"][0]["duplicates"]["signals"][0]["compare"], "exact");
    let dependents = ada.get("/objects/contacts/fields/email/dependents").await.text();
    assert!(dependents.contains("duplicate_rules"), "{dependents}");

    let off = rules(&ada, "contacts", &by_mail("off")).await;
    ada.post(&format!("/actions/{set}/undo"), &json!({})).await.refused(409, "undo-changed-since");
    assert!(of(&ada, "contacts", json!({"last_name": "Żak"})).await.is_empty());
    let undone = ada.post(&format!("/actions/{off}/undo"), &json!({})).await;
    let again = undone.headers["x-action"].to_str().unwrap().to_owned();
    assert_eq!(ada.get(CONTACTS).await["on_entry"], "warn");
    ada.post(&format!("/actions/{again}/undo"), &json!({})).await.expect(200);
    assert_eq!(ada.get(CONTACTS).await["on_entry"], "off");
    ada.delete(CONTACTS).await.expect(200);
    assert_eq!(ada.get("/configuration").await.text(), before);
    assert_eq!(of(&ada, "contacts", person).await, [first.as_str()]);
});

on_both!(rules_that_do_not_fit_are_refused_with_their_place, |app| {
    let ada = app.user("Ada", "administrator").await;
    let jan = app.user("Jan", "manager").await;
    jan.get(CONTACTS).await.refused(403, "administrators-only");
    jan.put(CONTACTS, &by_mail("warn")).await.refused(403, "administrators-only");
    assert_eq!(ada.get("/objects/nothing/duplicate-rules").await.status, 404);
    let signal = |signal: Value| json!({"threshold": 10, "signals": [signal]});
    for (wrong, field, code) in [
        (json!({"signals": []}), "signals", "duplicates-signals"),
        (signal(json!({"fields": [], "compare": "exact", "points": 90})), "signals[0].fields", "duplicates-fields"),
        (
            signal(json!({"fields": ["nose"], "compare": "exact", "points": 90})),
            "signals[0].fields[0]",
            "field-unknown",
        ),
        (
            signal(json!({"fields": ["birth_date"], "compare": "phone", "points": 90})),
            "signals[0].fields[0]",
            "duplicates-compare",
        ),
        (
            signal(json!({"fields": ["email", "email"], "compare": "exact", "points": 90})),
            "signals[0].fields[1]",
            "duplicates-twice",
        ),
        (
            signal(json!({"fields": ["email"], "compare": "exact", "points": 190})),
            "signals[0].points",
            "duplicates-share",
        ),
        (
            signal(json!({"fields": ["email"], "compare": "exact", "points": 90, "similar": 10})),
            "signals[0].similar",
            "duplicates-similar",
        ),
        (
            json!({"threshold": 70, "signals": [{"fields": ["email"], "compare": "exact", "points": 60}]}),
            "threshold",
            "duplicates-unreachable",
        ),
        (
            json!({"threshold": 0, "signals": [{"fields": ["email"], "compare": "exact", "points": 60}]}),
            "threshold",
            "duplicates-threshold",
        ),
    ] {
        ada.put(CONTACTS, &wrong).await.refused_field(field, code);
    }
    let named = json!({"fields": ["last_name"], "compare": "name", "points": 90});
    ada.put(CONTACTS, &json!({"signals": [named, named]})).await.refused_field("signals", "duplicates-one-name");
    let unknown = json!({"signals": [{"fields": ["email"], "compare": "magic", "points": 90}]});
    assert_eq!(ada.put(CONTACTS, &unknown).await.status, 422);
    let wrong = json!({"duplicates": {"signals": []}});
    ada.patch("/objects/contacts", &wrong).await.refused_field("duplicates.signals", "duplicates-signals");
    assert_eq!(ada.get(CONTACTS).await["set"], false);
});

on_both!(own_objects_are_looked_through_as_well, |app| {
    let ada = app.user("Ada", "administrator").await;
    let fields = json!([{"name": "serial", "type": "text", "unique": true}, {"name": "mail", "type": "email"},
        {"name": "hotline", "type": "phone"}, {"name": "place", "type": "text"}]);
    ada.post("/objects", &json!({"name": "machines", "fields": fields})).await.expect(201);
    let drill =
        json!({"name": "Wiertarka Bosch GSB", "mail": "d@x.example", "hotline": "+48600123456", "serial": "A-1"});
    let drill = make(&ada, "machines", drill).await;
    let again = json!({"name": "BOSCH wiertarka GSB sp. z o.o.", "hotline": "600 123 456"});
    assert_eq!(of(&ada, "machines", again.clone()).await, [drill.as_str()]);
    assert!(
        of(&ada, "machines", json!({"name": "Wiertarka Bosch GSB"})).await.is_empty(),
        "a name alone is not enough"
    );
    let second = make(&ada, "machines", again).await;
    make(&ada, "machines", json!({"name": "Piła", "serial": "B-2", "place": "Hala 1"})).await;
    assert_eq!(scanned(&app, &ada, "machines").await.column("ids"), [json!([drill, second])]);
    let by_place = json!({"threshold": 70, "signals": [
        {"fields": ["name"], "compare": "company_name", "points": 60},
        {"fields": ["place"], "compare": "address", "points": 60}]});
    rules(&ada, "machines", &by_place).await;
    let saw = make(&ada, "machines", json!({"name": "Pila", "place": "hala nr 1"})).await;
    let found = scanned(&app, &ada, "machines").await;
    assert_eq!(found.column("ids").len(), 1, "{}", found.text());
    assert!(found.text().contains(&saw) && found.text().contains("address"), "{}", found.text());
});

on_both!(what_seems_to_be_there_is_refused_where_the_rules_say_so, |app| {
    let ada = app.user("Ada", "administrator").await;
    let rights = json!({"create": true, "read": "own", "update": "own"});
    let jan = app.user_with("Jan", json!({"name": "clerk", "objects": {"contacts": rights}})).await;
    let mut trusted = rights.clone();
    trusted["duplicates"] = json!(true);
    let eva = app.user_with("Eva", json!({"name": "trusted", "objects": {"contacts": trusted}})).await;
    rules(&ada, "contacts", &by_mail("refuse")).await;
    let kot = json!({"first_name": "Jan", "last_name": "Kot", "email": "kot@x.example"});
    let first = make(&ada, "contacts", kot.clone()).await;
    app.settled().await;
    let before = app.digest().await;

    let refused = ada.post("/records/contacts", &kot).await;
    refused.refused(409, "duplicate-likely");
    assert_eq!((candidates(&refused), &refused["others"]), (vec![json!(first)], &json!(false)));
    assert_eq!(refused["candidates"][0]["reasons"], json!(["email", "name"]));
    let refused = jan.post("/records/contacts", &kot).await;
    refused.refused(409, "duplicate-likely");
    assert!(candidates(&refused).is_empty() && !refused.text().contains(&first), "{}", refused.text());
    assert_eq!(refused["others"], true);
    jan.post("/records/contacts?allow_duplicate=true", &kot).await.refused(403, "rights-duplicates");
    let many = ada.post("/records/contacts/batch", &json!({"create": [kot], "atomic": true})).await;
    assert_eq!((many.status, many.first_error().1.as_str()), (422, "duplicate-likely"), "{}", many.text());
    assert_eq!(app.digest().await, before);

    let lis = json!({"last_name": "Lis", "email": "lis@x.example"});
    let many = json!({"create": [lis, kot, lis, {"last_name": "Ryś", "email": "rys@x.example"}]});
    let results = ada.post("/records/contacts/batch", &many).await.expect(200)["results"].clone();
    let statuses: Vec<_> = results.as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
    assert_eq!(statuses, [201, 409, 409, 201], "{results}");
    for client in [&ada, &eva] {
        client.post("/records/contacts?allow_duplicate=true", &kot).await.made();
    }
    let all = ada.post("/records/contacts/batch?allow_duplicate=true", &json!({"create": [kot]})).await.expect(200);
    assert_eq!(all["results"][0]["status"], 201);
    ada.patch(&format!("/records/contacts/{first}"), &json!({"city": "Łódź"})).await.expect(200);
});

on_both!(an_import_says_which_rows_seem_to_be_there, |app| {
    let ada = app.user("Ada", "administrator").await;
    rules(&ada, "contacts", &by_mail("refuse")).await;
    make(&ada, "contacts", json!({"first_name": "Jan", "last_name": "Kot", "email": "kot@x.example"})).await;
    let file = "first_name,last_name,email\nJan,Kot,KOT@x.example\nEwa,Lis,lis@x.example\nEwa,Lys,lis@x.example\n\
                Jan,Kot,other@x.example\n";
    let done = import(&app, &ada, "contacts", file.as_bytes(), &json!({})).await;
    assert_eq!(counts(&done), [2, 0, 0, 2]);
    let errors = error_lines(&ada, &done).await;
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert!(errors[1].contains("seems to be there already"), "{errors:?}");
});

on_both!(rules_tell_nobody_what_they_may_not_know, |app| {
    let ada = app.user("Ada", "administrator").await;
    let role = json!({"name": "blind", "objects": {"contacts": {"create": true, "read": "all"}},
        "fields": {"contacts": {"email": "masked", "birth_date": "hidden"}}});
    let jan = app.user_with("Jan", role).await;
    let dated = json!({"threshold": 50, "signals": [
        {"fields": ["email", "emails"], "compare": "exact", "points": 90},
        {"fields": ["last_name"], "compare": "name", "points": 70},
        {"fields": ["birth_date"], "compare": "exact", "points": 0, "against": 20}]});
    rules(&ada, "contacts", &dated).await;
    let one = json!({"last_name": "Kot", "birth_date": "1980-01-02"});
    let one = make(&ada, "contacts", one).await;
    make(&ada, "contacts", json!({"last_name": "Kot", "birth_date": "1990-01-02"})).await;
    let found = scanned(&app, &ada, "contacts").await;
    assert_eq!((found.column("score"), found.column("against")), (vec![json!(56)], vec![json!(["birth_date"])]));
    assert!(jan.get("/records/contacts/duplicates").await.column("ids").is_empty(), "the day of birth is behind it");
    let by_id = jan.post("/records/contacts/duplicates", &json!({"id": one})).await;
    assert_eq!((by_id.column("score"), by_id.column("against")), (vec![json!(70)], vec![json!([])]));

    let mut refusing = by_mail("refuse");
    refusing["threshold"] = json!(75);
    rules(&ada, "contacts", &refusing).await;
    make(&ada, "contacts", json!({"last_name": "Lis", "email": "lis@x.example"})).await;
    jan.post("/records/contacts", &json!({"last_name": "Lis"})).await.made();
});
