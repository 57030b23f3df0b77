//! `bench`: makes data of a known shape, drives the release binary over loopback, and prints what it found against
//! the targets; `target/bench.json` has the same for programs.
//!
//! Not here: anything that ships. Floors are measured in the same run, with the same client: see `floor`.
#![expect(clippy::print_stdout, reason = "a command line answers on its standard output")]

mod arguments;
mod child;
mod client;
mod facts;
mod floor;
mod load;
mod place;
mod rows;
mod shapes;
mod table;
mod variant;

use arguments::{Arguments, Mode};
use clap::Parser;
use mimalloc::MiMalloc;
use std::process::ExitCode;
use table::Table;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Why the benchmark cannot go on; a missed target is not among the reasons.
type Failed = Box<dyn std::error::Error + Send + Sync>;
type Outcome<T = ()> = Result<T, Failed>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    let outcome = runtime.block_on(async {
        match &arguments.mode {
            None => measure(&arguments).await,
            Some(Mode::Floor(serving)) => floor::serve(serving).await,
            Some(Mode::Variant(serving)) => variant::serve(serving).await,
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => fail(&failed),
    }
}

fn fail(failed: &Failed) -> ExitCode {
    eprintln!("bench: {failed}");
    ExitCode::FAILURE
}

async fn measure(arguments: &Arguments) -> Outcome {
    let mut table = Table::new(&arguments.only);
    println!("{}", table::machine()?);
    rows::start::measure(arguments, &mut table).await?;
    for shape in arguments.shapes() {
        if rows::alike::wants(&table) {
            rows::alike::measure(arguments, &mut table, &shape).await?;
        }
        if rows::alike::is_all(&table) {
            continue;
        }
        let data = shapes::kept(&arguments.folder, &shape).await?;
        rows::measure(arguments, &mut table, &data).await?;
    }
    if arguments.postgres {
        let scratch = db::testing::Scratch::postgres().await;
        let data = shapes::fresh(place::Place::of(&scratch.config()), &arguments.small_shape()).await?;
        rows::measure(arguments, &mut table, &data).await?;
    }
    println!("{table}");
    std::fs::write(&arguments.json, table.json().to_string())?;
    Ok(())
}
