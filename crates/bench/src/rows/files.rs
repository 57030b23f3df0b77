//! Files: contacts out as CSV, and in through the command that users have.

use super::{Bench, grouped, start::mebibytes};
use crate::{
    Outcome,
    child::{self, Server, command},
    client::{Client, get},
    facts,
    place::empty_folder,
    table::{Row, Table},
};
use serde_json::json;
use std::{
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

const EXPORT: f64 = 100_000.0;
const IMPORT: f64 = 15_000.0;

pub async fn export(bench: &Bench<'_>, table: &mut Table, server: &Server) -> Outcome {
    if !table.wants("export") {
        return Ok(());
    }
    let before = server.memory()?;
    let start = Instant::now();
    let mut client = Client::connect(server.address).await?;
    let answer = client.ask(&get("/records/contacts/export?format=csv", &bench.facts.manager)).await?;
    if answer.status != 200 {
        return Err(format!("the export answered {}", answer.status).into());
    }
    let per_second = f64::from(u32::try_from(answer.lines)?) / start.elapsed().as_secs_f64();
    let grown = server.memory()?.most_resident.saturating_sub(before.most_resident);
    table.push(Row {
        key: "export",
        what: "export of all contacts as CSV, all fields".to_owned(),
        data: bench.name(),
        measured: format!(
            "{}/s; {} lines, {} more at the most",
            grouped(per_second),
            answer.lines,
            mebibytes(grown)
        ),
        target: format!("≥ {}/s, flat memory", grouped(EXPORT)),
        met: Some(per_second >= EXPORT),
        figures: json!({"per_second": per_second, "lines": answer.lines, "bytes": answer.body_bytes, "grown_kb": grown}),
    });
    Ok(())
}

/// Into an empty database, then once more, so that every row is matched.
pub async fn import(bench: &Bench<'_>, table: &mut Table) -> Outcome {
    if !table.wants("import") || bench.data.place.folder().is_none() {
        return Ok(());
    }
    let file = bench.arguments.folder.join("contacts.csv");
    let rows = facts::write_csv(&bench.data.place, &file).await?;
    let place = empty_folder(&bench.arguments.folder, "import")?;
    let mut arguments: Vec<String> = ["import", "contacts"].map(str::to_owned).to_vec();
    arguments.push(file.to_string_lossy().into_owned());
    arguments.extend(["--match", "external_id"].map(str::to_owned));
    arguments.extend(place.arguments());
    let Run { seconds, most_kb } = run(&bench.arguments.program, &arguments).await?;
    let per_second = f64::from(u32::try_from(rows)?) / seconds;
    table.push(Row {
        key: "import",
        what: "import of all contacts from CSV, matched by a field, with history and search".to_owned(),
        data: bench.name(),
        measured: format!("{}/s; {rows} rows in {seconds:.1} s, at most {}", grouped(per_second), mebibytes(most_kb)),
        target: format!("≥ {}/s, flat memory", grouped(IMPORT)),
        met: Some(per_second >= IMPORT),
        figures: json!({"per_second": per_second, "rows": rows, "seconds": seconds, "most_rss_kb": most_kb}),
    });
    std::fs::remove_file(file)?;
    Ok(())
}

struct Run {
    seconds: f64,
    most_kb: u64,
}

const LOOK_EVERY: Duration = Duration::from_millis(20);

async fn run(program: &Path, arguments: &[String]) -> Outcome<Run> {
    let start = Instant::now();
    let mut command = command(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let mut most_kb = 0;
    loop {
        if let Some(status) = child.try_wait()? {
            let seconds = start.elapsed().as_secs_f64();
            return if status.success() { Ok(Run { seconds, most_kb }) } else { Err(said(child).into()) };
        }
        // The process may end while it is looked at.
        most_kb = child::memory(child.id()).map_or(most_kb, |memory| most_kb.max(memory.most_resident));
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn said(mut child: Child) -> String {
    let mut text = String::new();
    if let Some(mut from) = child.stderr.take() {
        // Half of a message is better than none.
        let _ = std::io::Read::read_to_string(&mut from, &mut text);
    }
    text
}
