//! The command line.

use crate::shapes::Named;
use clap::{Args, Parser, Subcommand, ValueEnum};
use rapport::demo::Shape;
use std::{path::PathBuf, time::Duration};

/// Measures Rapport against its targets.
#[derive(Debug, Parser)]
#[command(name = "bench")]
pub struct Arguments {
    #[command(subcommand)]
    pub mode: Option<Mode>,
    /// How many contacts the company has.
    #[arg(long, default_value_t = 100_000)]
    pub contacts: u32,
    /// A large shape instead.
    #[arg(long, value_enum)]
    pub shape: Vec<Large>,
    /// Both large shapes.
    #[arg(long)]
    pub full: bool,
    /// Events of the million's log, roughly; less than its records make is not possible.
    #[arg(long, default_value_t = 4_000_000)]
    pub events: u32,
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Only these rows: `point,list,search`.
    #[arg(long, value_delimiter = ',')]
    pub only: Vec<String>,
    /// PostgreSQL as well, on a server of its own.
    #[arg(long)]
    pub postgres: bool,
    /// Seconds that each row is measured for.
    #[arg(long, default_value_t = 3)]
    pub seconds: u64,
    /// The program that is measured.
    #[arg(long, env = "RAPPORT_BENCH_PROGRAM", default_value = "target/release/rapport")]
    pub program: PathBuf,
    /// Where made data is kept from run to run.
    #[arg(long, default_value = "target/bench-data")]
    pub folder: PathBuf,
    /// Where the figures go.
    #[arg(long, default_value = "target/bench.json")]
    pub json: PathBuf,
}

/// A shape that takes minutes to make.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Large {
    /// 250,000 contacts, as others publish it.
    Public,
    /// A million contacts.
    Million,
}

/// What the benchmark starts itself as.
#[derive(Debug, Subcommand)]
pub enum Mode {
    /// Serves bare handlers on the data.
    #[command(hide = true)]
    Floor(Serving),
    /// Serves the product with a disk that is slower, or faster, than it is.
    #[command(hide = true)]
    Variant(Serving),
}

#[derive(Debug, Args)]
pub struct Serving {
    #[arg(long, default_value = ".")]
    pub data: PathBuf,
    #[arg(long)]
    pub database_url: Option<String>,
    #[arg(long)]
    pub tenant: String,
    /// Commits are not waited for.
    #[arg(long)]
    pub synchronous_off: bool,
    /// Each commit takes so much longer.
    #[arg(long, default_value_t = 0)]
    pub sync_delay_ms: u64,
}

impl Arguments {
    pub fn duration(&self) -> Duration {
        Duration::from_secs(self.seconds.max(1))
    }

    pub fn small_shape(&self) -> Named {
        Named { name: thousands(self.contacts), shape: Shape::demo(self.contacts, self.seed) }
    }

    pub fn shapes(&self) -> Vec<Named> {
        let wanted = if self.full { &[Large::Public, Large::Million] } else { self.shape.as_slice() };
        if wanted.is_empty() {
            return vec![self.small_shape()];
        }
        wanted.iter().map(|large| self.large_shape(*large)).collect()
    }

    fn large_shape(&self, large: Large) -> Named {
        match large {
            Large::Public => Named { name: "public".to_owned(), shape: Shape::public(self.seed) },
            Large::Million => {
                let shape = Shape::demo(1_000_000, self.seed).with_events(self.events);
                Named { name: "million".to_owned(), shape }
            }
        }
    }
}

fn thousands(count: u32) -> String {
    if count >= 1_000 && count.is_multiple_of(1_000) { format!("{}k", count / 1_000) } else { count.to_string() }
}
