//! The commands. Each is a client of the same door as a browser: the server's local socket where one is running,
//! otherwise a house opened here under the exclusive lock.

mod configuration;
mod door;
mod export;
mod import;
mod output;
mod people;
mod serve;
mod tools;
mod undo;

use crate::house::House;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::{path::PathBuf, process::ExitCode};
use tokio::runtime::{Builder, Handle, Runtime};

/// A CRM in one program.
#[derive(Debug, Parser)]
#[command(name = "rapport", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
struct Common {
    /// Where the data lies.
    #[arg(long, env = "RAPPORT_DATA", default_value = "./data", global = true)]
    data: PathBuf,
    /// `postgres://…`; without it, SQLite in the data folder.
    #[arg(long, env = "RAPPORT_DATABASE_URL", global = true)]
    database_url: Option<String>,
    /// Where the contents of files lie; without it, `files` in the data folder. Servers of one company share it.
    #[arg(long, env = "RAPPORT_FILES", global = true)]
    files: Option<PathBuf>,
    /// The company whose data is meant.
    #[arg(long, env = "RAPPORT_TENANT", default_value = "main", global = true)]
    tenant: String,
    /// The user, by e-mail, with whose rights the command acts; without it, the system.
    #[arg(long = "as", env = "RAPPORT_AS", global = true)]
    as_email: Option<String>,
    /// How results are printed.
    #[arg(long, env = "RAPPORT_FORMAT", value_enum, default_value_t = Format::Text, global = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    // Those below are formats of `export` alone.
    #[value(hide = true)]
    Csv,
    #[value(hide = true)]
    Ndjson,
    #[value(hide = true)]
    Xlsx,
    #[value(hide = true)]
    Vcf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve over HTTP, with the workers, in one process.
    Serve(serve::Arguments),
    /// Bring records in from a CSV, XLSX, ODS or vCard file; a file that was cut off is gone on with.
    Import(import::Arguments),
    /// Bring orders with lines, customers and products in from one flat file.
    ImportTransactions(import::LedgerArguments),
    /// Write records to stdout: CSV, or what --format says: csv, ndjson, xlsx, vcf.
    Export(export::Arguments),
    /// Take back what an action did: a change, a merge, an import, an undo.
    Undo(undo::Arguments),
    /// All that an administrator has shaped, as one file to be reviewed.
    Configuration {
        #[command(subcommand)]
        command: configuration::ConfigurationCommand,
    },
    /// Users, without the browser.
    User {
        #[command(subcommand)]
        command: people::UserCommand,
    },
    /// API tokens, without the browser.
    Token {
        #[command(subcommand)]
        command: people::TokenCommand,
    },
    /// Fill the database with a plausible company of any size.
    Demo(tools::DemoArguments),
    /// Bring the database's schema up to date.
    Migrate,
    /// Print the OpenAPI document.
    Openapi,
}

/// Why a command failed.
enum Failed {
    /// The work failed: exit status 1, one line for each cause.
    Work(Vec<String>),
    /// The command makes no sense: exit status 2.
    Usage(String),
}

type Outcome = Result<(), Failed>;

impl From<base::Error> for Failed {
    fn from(error: base::Error) -> Failed {
        let failure = web::Failure::from(error);
        Failed::Work(output::problem_lines(&failure.document(base::Language::English)))
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Failed {
        Failed::Work(vec![error.to_string()])
    }
}

/// How long the program waits at its end for what does not.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
/// Of threads that work in the background, 0 being usual and 19 the most.
const NICENESS: i32 = 19;

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    output::start_log(if matches!(cli.command, Command::Serve(_)) { "info" } else { "error" });
    let runtimes = runtime().and_then(|runtime| Ok((runtime, background(&cli)?)));
    let (runtime, background) = match runtimes {
        Ok(runtimes) => runtimes,
        Err(error) => return output::fail(Failed::from(error)),
    };
    let jobs = background.as_ref().unwrap_or(&runtime).handle().clone();
    let outcome = runtime.block_on(dispatch(cli, &jobs));
    // What still runs in the background has been told to stop; nobody waits for more than this.
    runtime.shutdown_timeout(PATIENCE);
    if let Some(background) = background {
        background.shutdown_timeout(PATIENCE);
    }
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => output::fail(failed),
    }
}

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread().enable_all().build()
}

/// The threads of a server's jobs on the embedded database. They stand back where somebody waits for an answer and the
/// cores are taken: without that, one in a hundred reads beside a large bulk change waits until the scheduler takes a
/// core away from it. On PostgreSQL the work is elsewhere, and jobs share their connections with those who wait.
fn background(cli: &Cli) -> std::io::Result<Option<Runtime>> {
    if !matches!(cli.command, Command::Serve(_)) || cli.common.database_url.is_some() {
        return Ok(None);
    }
    let stand_back = || {
        // A machine that does not let them is slower beside large jobs, and works.
        let _ = rustix::process::nice(NICENESS);
    };
    let name = "background";
    let mut threads = Builder::new_multi_thread();
    threads.worker_threads(2).thread_name(name).on_thread_start(stand_back).enable_all().build().map(Some)
}

async fn dispatch(cli: Cli, jobs: &Handle) -> Outcome {
    let common = &cli.common;
    match cli.command {
        Command::Serve(arguments) => serve::run(common, arguments, jobs).await,
        Command::Import(arguments) => import::run(common, arguments).await,
        Command::ImportTransactions(arguments) => import::run_ledger(common, arguments).await,
        Command::Export(arguments) => export::run(common, arguments).await,
        Command::Undo(arguments) => undo::run(common, arguments).await,
        Command::Configuration { command } => configuration::run(common, command).await,
        Command::User { command } => people::run_user(common, command).await,
        Command::Token { command } => people::run_token(common, command).await,
        Command::Demo(arguments) => tools::demo(common, arguments).await,
        Command::Migrate => tools::migrate(common).await,
        Command::Openapi => tools::openapi(common).await,
    }
}

impl Common {
    fn database(&self) -> db::Config {
        let tenant = self.tenant.clone();
        match &self.database_url {
            Some(url) => db::Config::Postgres { url: url.clone(), tenant },
            None => db::Config::Sqlite { dir: self.data.clone(), tenant },
        }
    }

    /// Opens the house on that data.
    async fn open(&self) -> base::Result<House> {
        let files = self.files.clone().unwrap_or_else(|| self.data.join("files"));
        House::open_with(self.database(), db::Options::default(), &files).await
    }

    /// Where a running server listens for commands.
    fn socket(&self) -> PathBuf {
        self.data.join(format!("{}.sock", self.tenant))
    }
}
