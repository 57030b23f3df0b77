//! Duplicates at size: how long the look over everything takes, how many of those that were planted it finds, how many
//! others it takes for the same, and what a merge and its undo cost. Asked within the process, without a network.

use super::{grouped, start::mebibytes};
use crate::{
    Outcome,
    arguments::Arguments,
    child::memory,
    place::{self, Place},
    shapes::{self, Named},
    table::{Row, Table},
};
use axum::{
    body::Body,
    http::{Method, Request, Response, header},
};
use base::{Id, SystemCaller};
use db::{Options, Statement, sql};
use http_body_util::BodyExt;
use rapport::{
    demo::{SECOND, Shape, planted_companies},
    house::House,
};
use serde_json::{Value as Json, json};
use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hasher},
    time::{Duration, Instant},
};
use tower::ServiceExt;
use web::Peer;

/// One in so many is there twice.
const EVERY: u32 = 100;
/// Pairs that are merged, and taken apart again.
const MERGED: usize = 1_000;
const SCAN_SECONDS: f64 = 60.0;
const MERGE_MS: f64 = 50.0;
const LOOK_EVERY: Duration = Duration::from_millis(100);

const KEYS: [&str; 2] = ["duplicates", "merge"];

/// Whether any of these rows is asked for.
pub fn wants(table: &Table) -> bool {
    KEYS.iter().any(|key| table.wants(key))
}

/// Whether no other rows are.
pub fn is_all(table: &Table) -> bool {
    table.wants_only(&KEYS)
}

/// Makes people of whom some are there twice, and looks for them.
pub async fn measure(arguments: &Arguments, table: &mut Table, named: &Named) -> Outcome {
    let contacts = named.shape.contacts;
    let shape = Shape::planted(contacts, (contacts / EVERY).max(1), named.shape.seed);
    let data = shapes::kept(&arguments.folder, &Named { name: format!("{}-twice", named.name), shape }).await?;
    let folder = data.place.folder().ok_or("planted data lies in a folder")?;
    let place = place::copy(folder, &arguments.folder, "twice")?;
    let bench = Alike { name: data.name.clone(), shape, house: open(&place).await? };
    let working = bench.house.work();
    let measured = async {
        bench.look(table).await?;
        bench.merge(table).await
    };
    let measured = measured.await;
    working.stop().await;
    measured
}

async fn open(place: &Place) -> Outcome<House> {
    Ok(House::open(place.config(), Options::default()).await?)
}

struct Alike {
    name: String,
    shape: Shape,
    house: House,
}

/// A pair that was found: its points, its records, their external numbers.
struct Pair {
    points: i64,
    ids: [Id; 2],
    numbers: [String; 2],
}

impl Pair {
    /// Who is planted, if the pair is of that record and its first entry.
    fn planted(&self) -> Option<&str> {
        let [one, other] = &self.numbers;
        let is_second = |second: &str, first: &str| second.strip_suffix(SECOND) == Some(first);
        match (is_second(one, other), is_second(other, one)) {
            (true, _) => Some(one),
            (_, true) => Some(other),
            _ => None,
        }
    }
}

impl Alike {
    async fn look(&self, table: &mut Table) -> Outcome {
        if !table.wants("duplicates") {
            return self.scan().await.map(drop);
        }
        let seconds = self.scan().await?;
        let most = memory(std::process::id())?.most_resident;
        table.push(Row {
            key: "duplicates",
            what: "look for duplicates over all contacts and companies".to_owned(),
            data: self.name.clone(),
            measured: format!("{seconds:.1} s, at most {} with the benchmark itself", mebibytes(most)),
            target: format!("≤ {SCAN_SECONDS:.0} s at a million"),
            met: Some(seconds <= SCAN_SECONDS),
            figures: json!({"seconds": seconds, "rss_kb": most}),
        });
        for (object, planted) in [("contacts", self.shape.planted), ("companies", planted_companies(&self.shape))] {
            let pairs = self.pairs(object).await?;
            table.push(found(object, &self.name, usize::try_from(planted)?, &pairs));
        }
        Ok(())
    }

    /// Looks over everything; gives the seconds that it took.
    async fn scan(&self) -> Outcome<f64> {
        let start = Instant::now();
        let (_, begun) = self.ask(Method::POST, "/duplicates/scan", Some(json!({}))).await?;
        let job = begun["job"].as_str().ok_or("no job was begun")?.to_owned();
        loop {
            let (_, job) = self.ask(Method::GET, &format!("/jobs/{job}"), None).await?;
            match job["state"].as_str() {
                Some("done") => return Ok(start.elapsed().as_secs_f64()),
                Some("dead") => return Err(format!("the look failed: {job}").into()),
                _ => tokio::time::sleep(LOOK_EVERY).await,
            }
        }
    }

    /// All pairs that are kept, the likeliest first.
    async fn pairs(&self, object: &str) -> Outcome<Vec<Pair>> {
        let caller = SystemCaller::for_(self.house.db.tenant(), "bench");
        let text = match object {
            "contacts" => sql!(
                "SELECT d.points, d.low_id, d.high_id, a.external_id, b.external_id FROM duplicate d
                   JOIN contact a ON a.tenant_id = d.tenant_id AND a.id = d.low_id
                   JOIN contact b ON b.tenant_id = d.tenant_id AND b.id = d.high_id
                  WHERE d.tenant_id = ?1 AND d.state = 'open' ORDER BY d.points DESC, d.low_id, d.high_id"
            ),
            _ => sql!(
                "SELECT d.points, d.low_id, d.high_id, a.external_id, b.external_id FROM duplicate d
                   JOIN company a ON a.tenant_id = d.tenant_id AND a.id = d.low_id
                   JOIN company b ON b.tenant_id = d.tenant_id AND b.id = d.high_id
                  WHERE d.tenant_id = ?1 AND d.state = 'open' ORDER BY d.points DESC, d.low_id, d.high_id"
            ),
        };
        let rows = self.house.db.reader(&caller).once(Statement::new(text, [caller.tenant.into()])).await?;
        let mut pairs = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            let numbers = [row.opt_text(3)?, row.opt_text(4)?].map(|text| text.unwrap_or_default().to_owned());
            pairs.push(Pair { points: row.int(0)?, ids: [row.id(1)?, row.id(2)?], numbers });
        }
        Ok(pairs)
    }

    /// Merges planted pairs one after the other, and takes all of it back.
    async fn merge(&self, table: &mut Table) -> Outcome {
        if !table.wants("merge") {
            return Ok(());
        }
        let before = self.state().await?;
        let (mut merges, mut undos, mut actions) = (Vec::new(), Vec::new(), Vec::new());
        let pairs = self.pairs("contacts").await?;
        for pair in pairs.iter().filter(|pair| pair.planted().is_some()).take(MERGED) {
            let body = json!({"survivor": pair.ids[0], "merged": [pair.ids[1]]});
            let start = Instant::now();
            let (response, _) = self.ask(Method::POST, "/records/contacts/merge", Some(body)).await?;
            merges.push(start.elapsed());
            let action = response.headers().get("x-action").and_then(|action| action.to_str().ok());
            actions.push(action.ok_or("a merge without an action")?.to_owned());
        }
        for action in actions.iter().rev() {
            let start = Instant::now();
            self.ask(Method::POST, &format!("/actions/{action}/undo"), Some(json!({}))).await?;
            undos.push(start.elapsed());
        }
        let is_exact = self.state().await? == before;
        let (merge, undo) = (spread(merges)?, spread(undos)?);
        table.push(Row {
            key: "merge",
            what: format!("merge of two, {} times", actions.len()),
            data: self.name.clone(),
            measured: told(&merge),
            target: format!("p99 ≤ {MERGE_MS:.0} ms"),
            met: Some(merge.p99_ms <= MERGE_MS),
            figures: json!({"p50_ms": merge.p50_ms, "p99_ms": merge.p99_ms, "most_ms": merge.most_ms}),
        });
        let exact = if is_exact { "every record as before" } else { "not as before" };
        table.push(Row {
            key: "merge",
            what: "undo of each of them".to_owned(),
            data: self.name.clone(),
            measured: format!("{}; {exact}", told(&undo)),
            target: "the same state, but for the history".to_owned(),
            met: Some(is_exact),
            figures: json!({"p50_ms": undo.p50_ms, "p99_ms": undo.p99_ms, "most_ms": undo.most_ms, "exact": is_exact}),
        });
        Ok(())
    }

    /// One number for all that contacts and companies say, but for who changed them last and how often.
    async fn state(&self) -> Outcome<u64> {
        let mut hasher = DefaultHasher::new();
        for object in ["contacts", "companies"] {
            let (_, described) = self.ask(Method::GET, &format!("/objects/{object}/fields"), None).await?;
            let names = described["items"].as_array().into_iter().flatten().filter_map(|field| field["name"].as_str());
            let kept = names.filter(|name| !["version", "updated_at", "updated_by"].contains(name));
            let fields = kept.collect::<Vec<_>>().join(",");
            let path = format!("/records/{object}/export?format=ndjson&fields={fields}");
            let mut body = self.send(Method::GET, &path, None).await?.into_body();
            while let Some(frame) = body.frame().await {
                frame?.data_ref().into_iter().for_each(|bytes| hasher.write(bytes));
            }
        }
        Ok(hasher.finish())
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Json>) -> Outcome<(Response<()>, Json)> {
        let (head, body) = self.send(method, path, body).await?.into_parts();
        let bytes = body.collect().await?.to_bytes();
        Ok((Response::from_parts(head, ()), serde_json::from_slice(&bytes).unwrap_or_default()))
    }

    /// A question of the machine's operator, which must be answered well.
    async fn send(&self, method: Method, path: &str, body: Option<Json>) -> Outcome<Response<Body>> {
        let asked = format!("{method} {path}");
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", web::BASE))
            .header(header::CONTENT_TYPE, "application/json")
            .extension(Peer { address: None, local: true })
            .body(Body::from(body.map(|body| body.to_string()).unwrap_or_default()))?;
        let Ok(response) = self.house.app.router().oneshot(request).await;
        if !response.status().is_success() {
            let status = response.status();
            let bytes = response.into_body().collect().await?.to_bytes();
            return Err(format!("{asked}: {status}: {}", String::from_utf8_lossy(&bytes)).into());
        }
        Ok(response)
    }
}

/// How many of the planted ones were found, and how many others stand among as many pairs at the top.
fn found(object: &str, data: &str, planted: usize, pairs: &[Pair]) -> Row {
    let known: HashSet<&str> = pairs.iter().filter_map(Pair::planted).collect();
    let others = |pairs: &[Pair]| pairs.iter().filter(|pair| pair.planted().is_none()).count();
    let top = pairs.get(..planted.min(pairs.len())).unwrap_or_default();
    let percent = |part: usize, whole: usize| {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        100.0 * count(part) / count(whole.max(1))
    };
    let (recall, wrong, rest) = (percent(known.len(), planted), percent(others(top), top.len()), others(pairs));
    let lowest = top.last().map_or(0, |pair| pair.points);
    Row {
        key: "duplicates",
        what: format!("planted {object} found; others among as many pairs with the most points"),
        data: data.to_owned(),
        measured: format!(
            "{recall:.2} % of {}; {wrong:.2} % others down to {lowest} points ({} others among all {})",
            grouped(f64::from(u32::try_from(planted).unwrap_or(u32::MAX))),
            rest,
            pairs.len()
        ),
        target: "≥ 99 %; ≤ 1 %".to_owned(),
        met: Some(recall >= 99.0 && wrong <= 1.0),
        figures: json!({"planted": planted, "found": known.len(), "pairs": pairs.len(), "others": rest,
            "others_at_top": others(top), "lowest_at_top": lowest}),
    }
}

/// How long something took, in milliseconds.
struct Spread {
    p50_ms: f64,
    p99_ms: f64,
    most_ms: f64,
}

fn spread(mut times: Vec<Duration>) -> Outcome<Spread> {
    times.sort();
    let at =
        |part: usize| times.get(times.len() * part / 100).or(times.last()).map(|time| time.as_secs_f64() * 1_000.0);
    let nothing = "nothing was merged: no planted pair was found";
    Ok(Spread { p50_ms: at(50).ok_or(nothing)?, p99_ms: at(99).ok_or(nothing)?, most_ms: at(100).ok_or(nothing)? })
}

fn told(times: &Spread) -> String {
    format!("p50 {:.1} ms, p99 {:.1} ms, at most {:.1} ms", times.p50_ms, times.p99_ms, times.most_ms)
}
