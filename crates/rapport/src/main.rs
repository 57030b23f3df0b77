//! `rapport`: the command line. All work is done behind the doors that `rapport::cli` knows.

use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    rapport::cli::run()
}
