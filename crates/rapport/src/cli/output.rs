//! The only room that prints: results to stdout, everything else to stderr.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks to its user here")]

use super::{Common, Failed, Format};
use serde_json::Value;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Structured logs on stderr: JSON, unless a person is watching. A server tells what it does, a command only what
/// is wrong.
pub fn start_log(usual: &str) {
    let filter = EnvFilter::try_from_env("RAPPORT_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        log.compact().init();
    } else {
        log.json().flatten_event(true).init();
    }
}

/// A result: one line of text, or the JSON document.
pub fn result(common: &Common, text: &str, json: &Value) {
    match common.format {
        Format::Json => println!("{json}"),
        _ => println!("{text}"),
    }
}

/// A line on stdout, whatever the format.
pub fn line(text: &str) {
    println!("{text}");
}

/// A line for whoever watches.
pub fn note(text: &str) {
    eprintln!("{text}");
}

/// A bar on stderr for work whose end is known, where a person is watching; nothing otherwise.
#[derive(Clone)]
pub struct Progress {
    bar: indicatif::ProgressBar,
}

impl Progress {
    pub fn new(what: &'static str) -> Progress {
        let style = indicatif::ProgressStyle::with_template("{prefix} {wide_bar} {percent}% {per_sec} {eta}");
        let bar = indicatif::ProgressBar::new(0).with_prefix(what);
        Progress { bar: style.map(|style| bar.clone().with_style(style)).unwrap_or(bar) }
    }

    /// `done` of `all`.
    pub fn show(&self, done: u64, all: u64) {
        self.bar.set_length(all);
        self.bar.set_position(done);
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// The lines of a problem document: the fields' where there are any, else the title and the reasons.
pub fn problem_lines(problem: &Value) -> Vec<String> {
    let title = problem["title"].as_str().unwrap_or("the request failed").to_owned();
    let reasons = problem["reasons"].as_array().into_iter().flatten().map(|reason| {
        let part = |name: &str| reason[name].as_str().unwrap_or_default();
        format!("{} {} {}: {}", part("object"), part("id"), part("field"), part("message"))
    });
    match problem["errors"].as_array().filter(|errors| !errors.is_empty()) {
        Some(errors) => errors
            .iter()
            .map(|error| {
                let part = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
                format!("{}: {}", part("field"), part("message"))
            })
            .collect(),
        None => std::iter::once(title).chain(reasons).collect(),
    }
}

/// Says why on stderr, and gives the exit status.
pub fn fail(failed: Failed) -> ExitCode {
    match failed {
        Failed::Work(causes) => {
            for cause in causes {
                eprintln!("rapport: {cause}");
            }
            ExitCode::from(1)
        }
        Failed::Usage(cause) => {
            eprintln!("rapport: {cause}");
            ExitCode::from(2)
        }
    }
}
