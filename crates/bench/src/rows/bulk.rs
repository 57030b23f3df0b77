//! A change of half of all contacts as one action, what readers notice of it, and its undo.

use super::{Bench, grouped, latency, single};
use crate::{
    Outcome,
    child::Server,
    client::{Client, get, post},
    load::{self, Load},
    place,
    table::{Row, Table},
};
use serde_json::{Value as Json, json};
use std::time::{Duration, Instant};

/// Half of the contacts: their points are spread evenly from 0 to 1,000.
const HALF: &str = "score < 500";
/// What readers may wait while it goes on, against what they wait when nothing does.
const SLOWER: f64 = 2.0;
const UNDONE: f64 = 15_000.0;
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// What the undo must bring back, byte for byte.
const STATE: &str =
    "/records/contacts/export?format=csv&fields=id,email,phone,last_name,city,score,persona,segment,tags";

/// Nobody changes anything in between.
const KEEP: &str = r#"{"conflicts": "keep"}"#;

pub async fn measure(bench: &Bench<'_>, table: &mut Table) -> Outcome {
    if !table.wants("bulk") {
        return Ok(());
    }
    let place = match bench.data.place.folder() {
        Some(folder) => place::copy(folder, &bench.arguments.folder, "bulk")?,
        None => bench.data.place.clone(),
    };
    let server = bench.serve(&place).await?;
    let mut client = Client::connect(server.address).await?;
    let state = get(STATE, &bench.facts.manager);
    let before = client.body(&state).await?;
    let idle = reads(bench, &server).await?;
    let wish = json!({"do": "change", "filter": HALF, "fields": {"segment": "moved"}, "add": {"tags": ["spring"]}});
    let begun = post("/records/contacts/bulk", &bench.facts.manager, &wish.to_string());
    let change = followed(bench, &server, &mut client, begun).await?;
    table.push(changed(bench, &change, &idle));
    let undo = format!("/actions/{}/undo", change.bulk["action"].as_str().ok_or("a change without an action")?);
    let undo = followed(bench, &server, &mut client, post(&undo, &bench.facts.manager, KEEP)).await?;
    let same = client.body(&state).await? == before;
    table.push(undone(bench, &undo, &idle, same));
    server.stop()
}

/// Records that are read one after the other.
async fn reads(bench: &Bench<'_>, server: &Server) -> Outcome<Load> {
    let ids = bench.facts.contacts.iter();
    let asking = single(ids.map(|id| get(&format!("/records/contacts/{id}"), &bench.facts.seller)));
    load::run(server, 1, bench.arguments.duration(), &asking).await
}

/// What was done to many, and what readers had of it meanwhile.
struct Followed {
    bulk: Json,
    per_second: f64,
    seconds: f64,
    reads: Load,
}

async fn followed(bench: &Bench<'_>, server: &Server, client: &mut Client, begin: Vec<u8>) -> Outcome<Followed> {
    let start = Instant::now();
    let begun = client.json(&begin).await?;
    let path = format!("/bulk/{}", begun["id"].as_str().ok_or("the answer is not that of a bulk change")?);
    let ends = async {
        loop {
            let bulk = client.json(&get(&path, &bench.facts.manager)).await?;
            if bulk["state"] != "running" {
                return Outcome::Ok((bulk, start.elapsed().as_secs_f64()));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    let (ended, reads) = tokio::join!(ends, reads(bench, server));
    let ((bulk, seconds), reads) = (ended?, reads?);
    let changed = bulk["changed"].as_f64().ok_or("a bulk change without a number")?;
    Ok(Followed { bulk, per_second: changed / seconds, seconds, reads })
}

fn changed(bench: &Bench<'_>, change: &Followed, idle: &Load) -> Row {
    let slower = change.reads.p99_ms / idle.p99_ms;
    Row {
        key: "bulk",
        what: "one change of half of the contacts, with readers".to_owned(),
        data: bench.name(),
        measured: said(change, idle),
        target: format!("p99 of reads ≤ {SLOWER} × idle"),
        met: Some(slower <= SLOWER),
        figures: figures(change, idle),
    }
}

fn undone(bench: &Bench<'_>, undo: &Followed, idle: &Load, same: bool) -> Row {
    let exact = if same { "all as before" } else { "NOT all as before" };
    Row {
        key: "bulk",
        what: "its undo, with readers".to_owned(),
        data: bench.name(),
        measured: format!("{}; {exact}", said(undo, idle)),
        target: format!("≥ {}/s, exact", grouped(UNDONE)),
        met: Some(same && undo.per_second >= UNDONE),
        figures: figures(undo, idle),
    }
}

fn said(work: &Followed, idle: &Load) -> String {
    let (reads, before) = (latency(&work.reads), latency(idle));
    format!(
        "{}/s, {} in {:.1} s; reads {reads} (idle {before})",
        grouped(work.per_second),
        work.bulk["changed"],
        work.seconds
    )
}

fn figures(work: &Followed, idle: &Load) -> Json {
    json!({
        "per_second": work.per_second, "seconds": work.seconds, "bulk": work.bulk,
        "reads": super::figures(&work.reads), "idle": super::figures(idle),
    })
}
