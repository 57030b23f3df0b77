//! Files larger than memory should be: they stream, and the program stays small.

#![allow(clippy::disallowed_methods, reason = "the program is started as its users start it")]

use super::program::{Ended, Place, Program, ended};
use std::{
    fs::File,
    io::{BufWriter, Write},
    process::Command,
    sync::mpsc,
    time::Duration,
};

/// 200 MB, or 1 GB where the long form is asked for.
fn megabytes() -> usize {
    if std::env::var_os("RAPPORT_LONG").is_some() { 1_024 } else { 200 }
}

/// What the program holds in memory of its own, in MB. The database file that is mapped does not count.
fn held(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1_024
}

/// Runs a command; how it ended, and the most that the server held meanwhile.
fn watched(mut command: Command, server: u32) -> (Ended, u64) {
    let child = command.spawn().unwrap();
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(child.wait_with_output().unwrap()));
    let mut most = 0;
    loop {
        most = most.max(held(server));
        if let Ok(output) = told.recv_timeout(Duration::from_millis(10)) {
            return (ended(output), most);
        }
    }
}

#[test]
fn a_line_without_end_is_an_error_row_and_costs_no_memory() {
    let program = Program::on(Place::folder());
    let path = program.path("line.csv");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    file.write_all(b"last_name\nBefore\n").unwrap();
    for _ in 0..megabytes() {
        file.write_all(&[b'x'; 1 << 20]).unwrap();
    }
    file.write_all("\nAfter\n".as_bytes()).unwrap();
    file.into_inner().unwrap().sync_all().unwrap();

    let server = program.serve(&[]);
    let before = held(server.id());
    let (import, most) = watched(program.command(&["import", "contacts", &path]), server.id());
    assert_eq!(import.stdout.trim(), "created 2, updated 0, skipped 0, failed 1", "{}", import.stderr);
    eprintln!("a line of {} MB: the server held {before} MB before and {most} MB at most", megabytes());
    // The caches of the database take their share, and no more for a longer line.
    assert!(most - before < 180, "{most} MB");
    assert_eq!(server.end().status, 0);
}
