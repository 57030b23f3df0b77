//! The rows of the table, each group in a file: what is asked, of whom, and against which target.

pub mod alike;
mod bulk;
mod files;
mod finding;
mod reading;
pub mod start;
mod writing;

use crate::{
    Outcome,
    arguments::Arguments,
    child::Server,
    facts::{self, Facts},
    load::{self, Asking, Load},
    shapes::Data,
    table::Table,
};
use serde_json::{Value as Json, json};
use std::{path::Path, sync::Arc};

/// Everything that is measured on one set of data.
pub async fn measure(arguments: &Arguments, table: &mut Table, data: &Data) -> Outcome {
    let bench = Bench { arguments, data, facts: facts::gather(data).await? };
    start::filled(&bench, table).await?;
    let floor = reading::Floor::measure(&bench, table).await?;
    let server = bench.serve(&data.place).await?;
    reading::measure(&bench, table, &server, &floor).await?;
    finding::measure(&bench, table, &server).await?;
    files::export(&bench, table, &server).await?;
    start::after_work(&bench, table, &server)?;
    server.stop()?;
    writing::measure(&bench, table).await?;
    bulk::measure(&bench, table).await?;
    files::import(&bench, table).await
}

/// What all rows of one set of data share.
pub struct Bench<'a> {
    pub arguments: &'a Arguments,
    pub data: &'a Data,
    pub facts: Facts,
}

impl Bench<'_> {
    /// Starts the product.
    pub async fn serve(&self, place: &crate::place::Place) -> Outcome<Server> {
        let mut arguments = vec!["serve".to_owned(), "--listen".to_owned(), "127.0.0.1:0".to_owned()];
        arguments.extend(place.arguments());
        Server::start(&self.arguments.program, &arguments, &self.log("server")).await
    }

    /// Starts this program as a server of another kind.
    pub async fn serve_as(&self, mode: &str, place: &crate::place::Place, more: &[String]) -> Outcome<Server> {
        let mut arguments = vec![mode.to_owned()];
        arguments.extend(place.arguments());
        arguments.extend_from_slice(more);
        Server::start(Path::new("/proc/self/exe"), &arguments, &self.log(mode)).await
    }

    fn log(&self, name: &str) -> std::path::PathBuf {
        self.arguments.folder.join(format!("{name}.log"))
    }

    pub async fn load(&self, server: &Server, connections: usize, asking: &Asking) -> Outcome<Load> {
        load::run(server, connections, self.arguments.duration(), asking).await
    }

    /// What the table calls the data.
    pub fn name(&self) -> String {
        match self.data.place.folder() {
            Some(_) => self.data.name.clone(),
            None => format!("{}, {}", self.data.name, self.data.place.database()),
        }
    }
}

/// Questions made beforehand, in turn.
fn in_turn(requests: Vec<Vec<Vec<u8>>>) -> Asking {
    Arc::new(move |n| {
        let count = u64::try_from(requests.len()).unwrap_or(1).max(1);
        let at = usize::try_from(n % count).unwrap_or(0);
        requests.get(at).cloned().unwrap_or_default()
    })
}

fn single(requests: impl IntoIterator<Item = Vec<u8>>) -> Asking {
    in_turn(requests.into_iter().map(|request| vec![request]).collect())
}

fn figures(load: &Load) -> Json {
    json!({
        "per_second": load.per_second, "p50_ms": load.p50_ms, "p99_ms": load.p99_ms,
        "operations": load.operations, "worked_us": load.worked_us, "bytes": load.bytes,
    })
}

fn latency(load: &Load) -> String {
    format!("p50 {:.2} ms, p99 {:.2} ms", load.p50_ms, load.p99_ms)
}

fn rate(load: &Load) -> String {
    format!("{}/s, {}, {:.0} µs of work", grouped(load.per_second), latency(load), load.worked_us)
}

/// A whole number with commas.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
