//! Starting and sitting there: cold start, idle memory, the size of the program.

use super::Bench;
use crate::{
    Outcome,
    arguments::Arguments,
    child::{Memory, Server},
    place::{Place, empty_folder},
    table::{Row, Table},
};
use serde_json::json;
use std::time::Duration;

const STARTS: usize = 5;
/// What is allocated for the start has been given back by then.
const SETTLED: Duration = Duration::from_secs(2);

/// What needs no data of a certain size.
pub async fn measure(arguments: &Arguments, table: &mut Table) -> Outcome {
    if table.wants("size") {
        let bytes = std::fs::metadata(&arguments.program)?.len();
        table.push(Row {
            key: "size",
            what: "the program's file".to_owned(),
            data: String::new(),
            measured: mebibytes(bytes / 1_024),
            target: String::new(),
            met: None,
            figures: json!({"bytes": bytes}),
        });
    }
    if table.wants("start") {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            let place = empty_folder(&arguments.folder, "empty")?;
            let server = serve(arguments, &place, &[]).await?;
            times.push(server.ready_after);
            server.stop()?;
        }
        table.push(cold(times, "empty".to_owned(), Duration::from_millis(300)));
    }
    if table.wants("memory") {
        let place = empty_folder(&arguments.folder, "demo")?;
        let server = serve(arguments, &place, &["--demo"]).await?;
        server_settled().await;
        let first = server.memory()?;
        server.stop()?;
        table.push(idle(first, "made just now", None));
        let server = serve(arguments, &place, &[]).await?;
        server_settled().await;
        let second = server.memory()?;
        server.stop()?;
        table.push(idle(second, "demo", Some(64 * 1_024)));
    }
    Ok(())
}

async fn serve(arguments: &Arguments, place: &Place, more: &[&str]) -> Outcome<Server> {
    let mut words: Vec<String> = ["serve", "--listen", "127.0.0.1:0"].map(str::to_owned).to_vec();
    words.extend(place.arguments());
    words.extend(more.iter().map(|&word| word.to_owned()));
    Server::start(&arguments.program, &words, &arguments.folder.join("start.log")).await
}

async fn server_settled() {
    tokio::time::sleep(SETTLED).await;
}

/// Starts the product anew on the data, several times.
pub async fn filled(bench: &Bench<'_>, table: &mut Table) -> Outcome {
    if table.wants("start") {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            let server = bench.serve(&bench.data.place).await?;
            times.push(server.ready_after);
            server.stop()?;
        }
        table.push(cold(times, bench.name(), Duration::from_millis(500)));
    }
    Ok(())
}

/// Memory once everything has been asked.
pub fn after_work(bench: &Bench<'_>, table: &mut Table, server: &Server) -> Outcome {
    if table.wants("memory") {
        let row = idle(server.memory()?, "", None);
        table.push(Row { data: bench.name(), what: "memory after all the questions above".to_owned(), ..row });
    }
    Ok(())
}

fn cold(mut times: Vec<Duration>, data: String, target: Duration) -> Row {
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    Row {
        key: "start",
        what: format!("cold start to the first answer, median of {}", times.len()),
        data,
        measured: format!("{:.0} ms", median.as_secs_f64() * 1_000.0),
        target: format!("{} ms", target.as_millis()),
        met: Some(median <= target),
        figures: json!({"ms": times.iter().map(|time| time.as_secs_f64() * 1_000.0).collect::<Vec<_>>()}),
    }
}

fn idle(memory: Memory, data: &str, target: Option<u64>) -> Row {
    Row {
        key: "memory",
        what: "idle memory (proportional; resident)".to_owned(),
        data: data.to_owned(),
        measured: format!("{}; {}", mebibytes(memory.proportional), mebibytes(memory.resident)),
        target: target.map(mebibytes).unwrap_or_default(),
        met: target.map(|target| memory.proportional <= target),
        figures: json!({
            "pss_kb": memory.proportional, "rss_kb": memory.resident, "most_rss_kb": memory.most_resident,
        }),
    }
}

pub fn mebibytes(kilobytes: u64) -> String {
    format!("{} MiB", kilobytes.div_ceil(1_024))
}
