//! Durable creates: how much of its speed a server keeps when every answer waits for the disk.

use super::{Bench, figures, grouped, latency};
use crate::{
    Outcome,
    client::post,
    load::{Asking, Load},
    place::{self, Place},
    table::{Row, Table},
};
use serde_json::json;
use std::sync::Arc;

const CLIENTS: usize = 64;
const DELAY_MS: &str = "3";
/// What the fastest peer creates in a second, with eight connections and without waiting for the disk.
const PEER: f64 = 2_695.0;

pub async fn measure(bench: &Bench<'_>, table: &mut Table) -> Outcome {
    if !table.wants("create") {
        return Ok(());
    }
    let place = match bench.data.place.folder() {
        Some(folder) => place::copy(folder, &bench.arguments.folder, "creates")?,
        None => bench.data.place.clone(),
    };
    let full = create(bench, &place, CLIENTS, &[]).await?;
    table.push(Row {
        key: "create",
        what: "durable creates, 64 clients".to_owned(),
        data: bench.name(),
        measured: format!("{}/s, {}", grouped(full.per_second), latency(&full)),
        target: format!("≥ {}/s (3 × the fastest peer, not durable)", grouped(3.0 * PEER)),
        met: Some(full.per_second >= 3.0 * PEER),
        figures: figures(&full),
    });
    if bench.data.place.folder().is_some() {
        sync(bench, table, &place, &full).await?;
    }
    Ok(())
}

/// What waiting for the disk costs; only SQLite's disk can be made faster or slower.
async fn sync(bench: &Bench<'_>, table: &mut Table, place: &Place, full: &Load) -> Outcome {
    let off = create(bench, place, CLIENTS, &["--synchronous-off"]).await?;
    let percent = 100.0 * full.per_second / off.per_second;
    table.push(Row {
        key: "create",
        what: "the same against commits that are not waited for".to_owned(),
        data: bench.name(),
        measured: format!("{percent:.0} % of {}/s", grouped(off.per_second)),
        target: "≥ 70 %".to_owned(),
        met: Some(percent >= 70.0),
        figures: json!({"full": figures(full), "off": figures(&off), "percent": percent}),
    });
    let slow = ["--sync-delay-ms", DELAY_MS];
    let many = create(bench, place, CLIENTS, &slow).await?;
    let one = create(bench, place, 1, &slow).await?;
    let times = many.per_second / one.per_second;
    table.push(Row {
        key: "create",
        what: "a commit takes 3 ms more: 64 clients against one commit per request".to_owned(),
        data: bench.name(),
        measured: format!("{}/s = {times:.0} × {}/s", grouped(many.per_second), grouped(one.per_second)),
        target: "≥ 20 ×".to_owned(),
        met: Some(times >= 20.0),
        figures: json!({"many": figures(&many), "one": figures(&one), "times": times}),
    });
    Ok(())
}

async fn create(bench: &Bench<'_>, place: &Place, clients: usize, more: &[&str]) -> Outcome<Load> {
    let more: Vec<String> = more.iter().map(|&word| word.to_owned()).collect();
    let server = bench.serve_as("variant", place, &more).await?;
    let load = bench.load(&server, clients, &asking(bench)).await;
    server.stop()?;
    load
}

fn asking(bench: &Bench<'_>) -> Asking {
    let (token, names) = (bench.facts.manager.clone(), bench.facts.last_names.clone());
    Arc::new(move |n| {
        let at = usize::try_from(n).unwrap_or(0) % names.len().max(1);
        let name = names.get(at).map_or("Nowak", String::as_str);
        let body = json!({
            "first_name": "Łucja", "last_name": name, "email": format!("new.{n}@example.test"),
            "phone": format!("+48103{:06}", n % 1_000_000), "city": "Łódź", "persona": "buyer", "score": n % 1_000,
            "code": format!("N-{n}"),
        });
        vec![post("/records/contacts", &token, &body.to_string())]
    })
}
