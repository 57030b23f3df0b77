//! The house's own tools, run as `cargo xtask COMMAND`. `tidy` is a test as well, so `bin/check` runs it.
//!
//! Not here: anything that the product does.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]
#![expect(clippy::print_stdout, reason = "a command line answers on its standard output")]

mod papers;
mod repository;
mod storeys;
mod tidy;

use repository::Repository;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  tidy    sizes, forbidden words and imports, storeys, papers: everything that a text search can hold
  help    this text
";

/// What is wrong and where, one line each.
type Complaints = Vec<String>;

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    match command.as_str() {
        "tidy" => report(&Repository::here()),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        other => {
            eprint!("unknown command `{other}`\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

/// Prints every complaint; the exit status says whether there was one.
fn report(repository: &std::io::Result<Repository>) -> ExitCode {
    let complaints = match repository {
        Ok(repository) => complaints(repository),
        Err(error) => vec![format!("the repository cannot be read: {error}")],
    };
    for complaint in &complaints {
        println!("{complaint}");
    }
    if complaints.is_empty() {
        println!("tidy: nothing to complain about");
        return ExitCode::SUCCESS;
    }
    println!("tidy: {} complaints", complaints.len());
    ExitCode::FAILURE
}

/// All that the keepers find.
fn complaints(repository: &Repository) -> Complaints {
    [tidy::complaints(repository), storeys::complaints(repository), papers::complaints(repository)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn none(complaints: &[String]) {
        assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
    }

    #[test]
    fn the_repository_is_tidy() {
        none(&tidy::complaints(&Repository::here().unwrap()));
    }

    #[test]
    fn imports_point_down_and_the_map_says_so() {
        none(&storeys::complaints(&Repository::here().unwrap()));
    }

    #[test]
    fn every_place_that_the_papers_name_exists() {
        none(&papers::complaints(&Repository::here().unwrap()));
    }
}
