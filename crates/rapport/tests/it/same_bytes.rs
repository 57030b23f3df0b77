//! Both databases answer alike: the same requests, at the same time, with the same ids, give the same bytes.

use serde_json::{Value, json};
use testing::{Client, Reply, TestApp};

/// A conversation: every answer's status and body.
struct Script {
    client: Client,
    answers: Vec<(String, u16, String)>,
}

impl Script {
    fn keep(&mut self, asked: &str, reply: &Reply) -> Value {
        self.answers.push((asked.to_owned(), reply.status, reply.text()));
        reply.json.clone()
    }

    async fn get(&mut self, path: &str, query: &[(&str, &str)]) -> Value {
        let reply = self.client.ask(path, query).await;
        self.keep(&format!("GET {path} {query:?}"), &reply)
    }

    async fn post(&mut self, path: &str, body: Value) -> Value {
        let reply = self.client.post(path, &body).await;
        self.keep(&format!("POST {path} {body}"), &reply)
    }

    async fn patch(&mut self, path: &str, body: Value) -> Value {
        let reply = self.client.patch(path, &body).await;
        self.keep(&format!("PATCH {path} {body}"), &reply)
    }

    async fn delete(&mut self, path: &str) {
        let reply = self.client.delete(path).await;
        self.keep(&format!("DELETE {path}"), &reply);
    }

    /// All pages of a list.
    async fn pages(&mut self, path: &str, query: &[(&str, &str)]) {
        let mut cursor = None::<String>;
        loop {
            let mut query = query.to_vec();
            query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            match self.get(path, &query).await["next"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
    }
}

const PEOPLE: [(&str, &str, &str); 12] = [
    ("Łucja", "Żak", "Łódź"),
    ("Ștefan", "Țepeș", "Târgoviște"),
    ("Élodie", "Œuvrard", "Évry"),
    ("Jürgen", "Strauß", "Köln"),
    ("Ana", "Șandru", "Iași"),
    ("Paweł", "Źdźbło", "łódź"),
    ("", "Nowak", ""),
    ("İbrahim", "Öztürk", "İzmir"),
    ("Zoë", "ǅ", "𝄞"),
    ("Ola", "o'Neil", "100%"),
    ("Kim", "A_b", "a\\b"),
    ("Ian", "ábc", "Å"),
];

async fn company_and_people(script: &mut Script) -> Vec<String> {
    let company = script.post("/records/companies", json!({"name": "Moara \"Bună\" S.R.L.", "country": "RO"})).await;
    let mut ids = Vec::new();
    for (at, (first, last, city)) in PEOPLE.iter().enumerate() {
        let contact = json!({"first_name": first, "last_name": last, "city": city, "company": company["id"],
            "emails": [format!("p{at}@example.com"), format!("q{at}@example.org")], "birth_date": format!("19{:02}-02-28", 50 + at),
            "tags": ["vip", "łódź"], "addresses": [{"city": city}]});
        ids.push(script.post("/records/contacts", contact).await["id"].as_str().unwrap_or_default().to_owned());
    }
    for (at, id) in ids.iter().enumerate() {
        let order = json!({"number": format!("Z-{at}"), "contact": id, "total": {"amount": format!("{}.{at:02}", at * 100), "currency": "EUR"},
            "placed_at": format!("2026-{:02}-15T23:30:00Z", at + 1)});
        script.post("/records/orders", order).await;
    }
    ids
}

async fn questions(script: &mut Script, ids: &[String]) {
    for sort in ["last_name", "-last_name,city", "city,-last_name", "birth_date", "-id"] {
        script.pages("/records/contacts", &[("sort", sort), ("limit", "5")]).await;
    }
    for filter in [
        "city = 'lodz'",
        "city == 'łódź'",
        "last_name starts with 'z' or last_name contains '_'",
        "city contains '%' or city contains '\\'",
        "any(orders where total > 300 and placed_at in this year)",
        "sum(orders.total) between 100 and 500",
        "avg(orders.total) > 250.5",
        "count(orders) >= 1 and company.country = 'RO'",
        "emails ends with 'example.org' and not tags = 'VIP'",
        "tags = 'lodz' and birth_date < date'1955-01-01'",
        "first_name is empty",
        "shoe_size = 1",
        "city >",
    ] {
        script
            .get("/records/contacts", &[("filter", filter), ("sort", "last_name"), ("fields", "last_name,city")])
            .await;
        script.get("/records/contacts/count", &[("filter", filter), ("exact", "true")]).await;
    }
    for asked in ["zak", "stef", "600", "oeuvrard", "exmaple", "o'neil", "z-1"] {
        script.get("/search", &[("q", asked)]).await;
    }
    let path = format!("/records/contacts/{}", ids[1]);
    script.get(&path, &[("expand", "company,owner")]).await;
    script.pages(&format!("{path}/history"), &[("limit", "2")]).await;
    script.get(&format!("{path}/timeline"), &[]).await;
    for format in ["csv", "ndjson"] {
        script.get("/records/contacts/export", &[("format", format), ("filter", "city is not empty")]).await;
    }
    script.get("/objects", &[]).await;
    script.get("/openapi.json", &[]).await;
    script.get("/settings", &[]).await;
}

async fn script(app: &TestApp) -> Vec<(String, u16, String)> {
    let mut script = Script { client: app.operator(), answers: Vec::new() };
    script
        .post(
            "/objects/contacts/fields",
            json!({"name": "shoe", "type": "decimal", "scale": 1, "label": {"pl": "But", "en": "Shoe"}}),
        )
        .await;
    script.post("/objects", json!({"name": "visits", "fields": [{"name": "guest", "type": "relation", "target": "contacts", "inverse": "visits"}]})).await;
    app.settled().await;
    app.clock.set(base::Timestamp::parse(testing::NOW).unwrap());
    let ids = company_and_people(&mut script).await;
    let path = format!("/records/contacts/{}", ids[1]);
    script.patch(&path, json!({"city": "Brașov", "shoe": "43.5", "emails": ["x@example.com"]})).await;
    script.patch(&path, json!({"city": 7, "version": 1})).await;
    script.post("/records/visits", json!({"name": "Vizită", "guest": ids[1]})).await;
    script.delete(&format!("/records/contacts/{}", ids[2])).await;
    script.post(&format!("/records/contacts/{}/restore", ids[2]), json!({})).await;
    script.delete(&format!("/records/contacts/{}", ids[3])).await;
    script
        .post("/records/orders/batch", json!({"create": [{"number": "z-1"}, {"number": "N-1"}], "delete": ["x"]}))
        .await;
    questions(&mut script, &ids).await;
    script.answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_answer_with_the_same_bytes() {
    let (sqlite, postgres) = (TestApp::sqlite().await, TestApp::postgres().await);
    let (one, other) = (script(&sqlite).await, script(&postgres).await);
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one, other);
    }
    let refused = one.iter().filter(|answer| answer.1 >= 500).count();
    assert_eq!(refused, 0);
    let differences = sqlite.digest().await.differences(&postgres.digest().await);
    assert_eq!(differences, Vec::<String>::new());
}
