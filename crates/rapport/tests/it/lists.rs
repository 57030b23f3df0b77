//! Lists: every row once and in order, page by page; counts; and what is asked wrongly.

use base::fold;
use serde_json::{Value, json};
use std::cmp::Ordering;
use testing::{Client, forged_cursor, on_both};

/// Cities with ties and gaps, in no order.
const CITIES: [Option<&str>; 8] =
    [Some("Łódź"), None, Some("Cluj-Napoca"), Some("Lyon"), Some("łódź"), Some("Évry"), None, Some("Cluj-Napoca")];
const NAMES: [Option<&str>; 5] = [Some("Żak"), Some("Ionescu"), None, Some("Œuvrard"), Some("Ionescu")];
const BIRTHS: [Option<&str>; 3] = [Some("1990-02-28"), None, Some("1985-12-31")];

fn draft(at: usize) -> Value {
    json!({"city": CITIES[at % 8], "last_name": NAMES[at % 5], "birth_date": BIRTHS[at % 3]})
}

async fn fill(client: &Client, count: usize) {
    let drafts: Vec<Value> = (0..count).map(draft).collect();
    client.post("/records/contacts/batch", &json!({"create": drafts, "atomic": true})).await.expect(200);
}

/// The order that `sort` means, told again: folded texts, empties first going up, ties by age.
fn order(sort: &str, one: &Value, other: &Value) -> Ordering {
    let mut descending = false;
    for key in sort.split(',') {
        let name = key.trim_start_matches('-');
        descending = name != key;
        let value = |item: &Value| item[name].as_str().map(fold::key);
        let unlike = match name {
            "id" | "created_at" => Ordering::Equal,
            _ => value(one).cmp(&value(other)),
        };
        let unlike = if descending { unlike.reverse() } else { unlike };
        if unlike.is_ne() {
            return unlike;
        }
    }
    let age = one["id"].as_str().cmp(&other["id"].as_str());
    if descending { age.reverse() } else { age }
}

async fn pages(client: &Client, sort: &str, limit: &str, between: impl AsyncFn(usize)) -> Vec<Value> {
    let (mut rows, mut cursor) = (Vec::new(), None::<String>);
    for page in 0.. {
        let mut query = vec![("sort", sort), ("limit", limit), ("fields", "city,last_name,birth_date")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let answer = client.ask("/records/contacts", &query).await.expect(200);
        rows.extend(answer["items"].as_array().unwrap().clone());
        let Some(next) = answer["next"].as_str() else { break };
        cursor = Some(next.to_owned());
        between(page).await;
    }
    rows
}

const SORTS: [&str; 9] = [
    "city",
    "-city",
    "last_name,city",
    "last_name,-city",
    "-last_name,city,birth_date",
    "-birth_date",
    "birth_date,-last_name,-city",
    "id",
    "-created_at",
];

on_both!(pages_hold_every_row_once_and_in_order, |app| {
    let ada = app.user("Ada", "administrator").await;
    fill(&ada, 41).await;
    let all = pages(&ada, "id", "200", async |_| {}).await;
    assert_eq!(all.len(), 41);
    for sort in SORTS {
        let mut expected = all.clone();
        expected.sort_by(|one, other| order(sort, one, other));
        for limit in ["7", "41", "1"] {
            let rows = pages(&ada, sort, limit, async |_| {}).await;
            assert_eq!(rows, expected, "{sort} by {limit}");
        }
    }
});

on_both!(rows_that_come_while_somebody_pages_neither_hide_nor_repeat_the_others, |app| {
    let ada = app.user("Ada", "administrator").await;
    fill(&ada, 24).await;
    for sort in ["city", "-last_name,city", "-created_at"] {
        let mut expected = pages(&ada, "id", "200", async |_| {}).await;
        expected.sort_by(|one, other| order(sort, one, other));
        let more = async |page: usize| {
            ada.post("/records/contacts", &draft(page + 3)).await.expect(201);
        };
        let mut rows = pages(&ada, sort, "5", more).await;
        assert!(rows.is_sorted_by(|one, other| order(sort, one, other).is_lt()), "{sort}: {rows:?}");
        rows.retain(|row| expected.contains(row));
        assert_eq!(rows, expected, "{sort}");
    }
});

on_both!(letters_of_all_four_languages_stand_beside_their_plain_ones, |app| {
    let ada = app.user("Ada", "administrator").await;
    let sorted = [
        "Abramowicz",
        "Ångström",
        "Çelik",
        "Ćwik",
        "Czaja",
        "Élysée",
        "Eminescu",
        "Iași",
        "Ionescu",
        "Lange",
        "Łukaszewicz",
        "Lutz",
        "Nowak",
        "Ñúñez",
        "Œuvrard",
        "Öztürk",
        "Șandru",
        "Şerban",
        "Ștefănescu",
        "Strauß",
        "Świątek",
        "Țepeș",
        "Ţuţea",
        "Zając",
        "Żak",
        "Źdźbło",
    ];
    let mut drafts: Vec<Value> = sorted.iter().map(|name| json!({"last_name": name})).collect();
    drafts.reverse();
    ada.post("/records/contacts/batch", &json!({"create": drafts})).await.expect(200);
    let mut expected = sorted.to_vec();
    expected.sort_by_key(|name| fold::key(name));
    assert_eq!(ada.ask("/records/contacts", &[("sort", "last_name")]).await.column("last_name"), expected);
    let l = ada.ask("/records/contacts", &[("filter", "last_name starts with 'l'"), ("sort", "last_name")]).await;
    assert_eq!(l.column("last_name"), ["Lange", "Łukaszewicz", "Lutz"]);
    let s = ada
        .ask("/records/contacts", &[("filter", "last_name in ('serban', 'SANDRU', 'świątek')"), ("sort", "-last_name")])
        .await;
    assert_eq!(s.column("last_name"), ["Świątek", "Şerban", "Șandru"]);
    let exact = ada.ask("/records/contacts", &[("filter", "last_name == 'Serban'")]).await;
    assert!(exact.column("id").is_empty());
});

on_both!(nothing_one_and_many_are_listed_alike, |app| {
    let ada = app.user("Ada", "administrator").await;
    let none = ada.get("/records/contacts").await.expect(200);
    assert_eq!(none, json!({"items": [], "next": null}));
    assert_eq!(ada.get("/records/contacts/count").await.expect(200), json!({"count": 0, "exact": true}));
    fill(&ada, 1).await;
    let one = ada.get("/records/contacts?limit=1").await.expect(200);
    assert_eq!((one["items"].as_array().unwrap().len(), &one["next"]), (1, &Value::Null));
    fill(&ada, 50).await;
    let usual = ada.get("/records/contacts").await.expect(200);
    assert_eq!(usual["items"].as_array().unwrap().len(), 50);
    let rest = ada.ask("/records/contacts", &[("cursor", usual["next"].as_str().unwrap())]).await.expect(200);
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
});

on_both!(what_is_in_the_bin_is_listed_apart, |app| {
    let ada = app.user("Ada", "administrator").await;
    fill(&ada, 6).await;
    let ids = ada.get("/records/contacts").await.column("id");
    for id in &ids[..2] {
        ada.delete(&format!("/records/contacts/{}", id.as_str().unwrap())).await.expect(204);
    }
    assert_eq!(ada.get("/records/contacts").await.column("id"), ids[2..]);
    assert_eq!(ada.get("/records/contacts?bin=true").await.column("id"), ids[..2]);
    assert_eq!(ada.get("/records/contacts/count?bin=true").await["count"], 2);
    assert_eq!(ada.get("/records/contacts/count").await["count"], 4);
    let path = format!("/records/contacts/{}", ids[0].as_str().unwrap());
    ada.get(&path).await.refused(404, "not-found");
    assert_eq!(ada.get(&format!("{path}?bin=true")).await.expect(200)["id"], ids[0]);
    let ends = ada.ask("/records/contacts", &[("bin", "true"), ("filter", "city = 'lodz'")]).await;
    assert_eq!(ends.column("id"), ids[..1]);
});

/// The cursors that nobody was given, with the order that they are sent with.
fn bad_cursors() -> Vec<(&'static str, String)> {
    let mut cursors: Vec<_> = [
        json!(["last_name,id", [5], 1]),
        json!(["last_name,id", ["a", "b"], 1]),
        json!(["last_name,id", [], 1]),
        json!(["last_name,id", ["a"], "x"]),
        json!(["last_name,id", [["a"]], 1]),
        json!(["last_name,id", ["\u{0}"], 1]),
        json!(["city,id", ["a"], 1]),
        json!({}),
    ]
    .iter()
    .map(|cursor| ("last_name", forged_cursor(cursor)))
    .collect();
    cursors.push(("birth_date", forged_cursor(&json!(["birth_date,id", [1_990], 1]))));
    cursors.push(("updated_at", forged_cursor(&json!(["updated_at,id", ["yesterday"], 1]))));
    cursors.extend(["x".to_owned(), "%00".to_owned(), "Ą".to_owned(), "A".repeat(5_000)].map(|text| ("city", text)));
    cursors
}

on_both!(a_list_asked_wrongly_is_refused_and_never_breaks, |app| {
    let ada = app.user("Ada", "administrator").await;
    fill(&ada, 3).await;
    let wrong = [
        ("limit", "0"),
        ("limit", "201"),
        ("limit", "-1"),
        ("limit", "many"),
        ("limit", "99999999999999999999"),
        ("sort", "shoe_size"),
        ("sort", "emails"),
        ("sort", "addresses"),
        ("sort", "company"),
        ("sort", "--city"),
        ("sort", "city desc"),
        ("sort", "city,last_name,region,country,postcode"),
        ("sort", "city,city,city,city,city"),
        ("fields", "shoe_size"),
        ("fields", "city,,last_name"),
        ("bin", "maybe"),
        ("filter", "city ="),
        ("filter", "shoe_size = 43"),
        ("offset", "20"),
        ("search", &"a".repeat(3_000)),
    ];
    for (name, value) in wrong {
        let reply = ada.ask("/records/contacts", &[(name, value)]).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, name), "{name}={value}: {}", reply.text());
    }
    for (sort, cursor) in bad_cursors() {
        ada.ask("/records/contacts", &[("sort", sort), ("cursor", &cursor)])
            .await
            .refused_field("cursor", "cursor-unusable");
    }
    for path in ["/records/contacts/count?exact=perhaps", "/records/contacts/count?limit=5", "/records/contacts?city=x"]
    {
        assert_eq!(ada.get(path).await.status, 422, "{path}");
    }
});

on_both!(a_count_is_capped_unless_it_is_to_be_exact, |app| {
    let ada = app.user("Ada", "administrator").await;
    let drafts = vec![json!({"body": "x"}); 1_000];
    for _ in 0..10 {
        ada.post("/records/notes/batch", &json!({"create": drafts, "atomic": true})).await.expect(200);
    }
    assert_eq!(ada.get("/records/notes/count").await.expect(200), json!({"count": 10_000, "exact": true}));
    ada.post("/records/notes", &json!({"body": "one more"})).await.expect(201);
    assert_eq!(ada.get("/records/notes/count").await.expect(200), json!({"count": 10_000, "exact": false}));
    assert_eq!(ada.get("/records/notes/count?exact=true").await.expect(200), json!({"count": 10_001, "exact": true}));
    let few = ada.ask("/records/notes/count", &[("filter", "body = 'ONE more'")]).await;
    assert_eq!(few.expect(200), json!({"count": 1, "exact": true}));
});
