//! What was found, as a table for people and as JSON for programs.

use crate::Outcome;
use serde_json::{Value as Json, json};
use std::fmt;

/// Rows in the order in which they were measured.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Row>,
    only: Vec<String>,
}

/// One thing that was measured.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which rows `--only` means.
    pub key: &'static str,
    pub what: String,
    /// On which data.
    pub data: String,
    pub measured: String,
    pub target: String,
    /// `None` where there is nothing to reach.
    pub met: Option<bool>,
    pub figures: Json,
}

impl Table {
    pub fn new(only: &[String]) -> Table {
        Table { rows: Vec::new(), only: only.to_vec() }
    }

    /// The row is asked for.
    pub fn wants(&self, key: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == key)
    }

    /// Nothing is asked for but these.
    pub fn wants_only(&self, keys: &[&str]) -> bool {
        !self.only.is_empty() && self.only.iter().all(|wanted| keys.contains(&wanted.as_str()))
    }

    pub fn push(&mut self, row: Row) {
        eprintln!("{:<8} {:<12} {} [load {}]", row.data, row.key, row.measured, load_average());
        self.rows.push(row);
    }

    pub fn json(&self) -> Json {
        let rows = self.rows.iter().map(|row| {
            json!({
                "key": row.key, "what": row.what, "data": row.data, "measured": row.measured,
                "target": row.target, "met": row.met, "figures": row.figures,
            })
        });
        json!({"machine": machine().unwrap_or_default(), "rows": rows.collect::<Vec<_>>()})
    }
}

impl fmt::Display for Table {
    /// As Markdown, so that it can be put into a paper as it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | data | measured | target | met |\n|---|---|---|---|---|")?;
        for Row { what, data, measured, target, met, .. } in &self.rows {
            let met = met.map_or("", |met| if met { "yes" } else { "**no**" });
            writeln!(f, "| {what} | {data} | {measured} | {target} | {met} |")?;
        }
        Ok(())
    }
}

/// The machine, in a line.
pub fn machine() -> Outcome<String> {
    let processors = std::fs::read_to_string("/proc/cpuinfo")?;
    let models: Vec<&str> = processors.lines().filter_map(|line| line.strip_prefix("model name")).collect();
    let model = models.first().map(|model| model.trim_start_matches([' ', '\t', ':'])).unwrap_or("unknown");
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let kilobytes = memory.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    let gib = kilobytes.div_ceil(1 << 20);
    Ok(format!("{} × {model}, {gib} GiB, load average {}", models.len(), load_average()))
}

/// Of the last minute: others' work is in every figure.
pub fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}
