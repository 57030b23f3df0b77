//! A program that dies at any moment loses nothing that it has acknowledged, and does nothing twice.

#![allow(clippy::disallowed_methods, reason = "programs are started in order to be killed")]

mod creators;

use crate::{
    command_line::program::{Ended, Place, Program, ended},
    imports::sheets::xlsx,
};
use base::SystemCaller;
use db::{Batch, Db, Statement};
use rapport::house::House;
use std::{
    fmt::Write as _,
    sync::mpsc::{self, RecvTimeoutError},
    time::{Duration, Instant},
};
use testing::Client;

/// Numbers that are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Rows and kills: a quick form for every day, and the long one.
fn size() -> (u64, usize) {
    if std::env::var_os("RAPPORT_LONG").is_some() { (200_000, 30) } else { (20_000, 5) }
}

/// People of whom a tenth come twice, so that the import also changes what it has made itself; and their companies,
/// which the import makes, with people on both sides of the ends of slices.
fn people(rows: u64) -> String {
    let mut file = String::from("first_name,last_name,email,city,phone,firm\n");
    for n in 0..rows {
        let who = if n % 10 == 9 { n - 9 } else { n };
        let city = ["Łódź", "Iași", "Nîmes", "Leeds"][usize::try_from(n % 4).unwrap()];
        writeln!(
            file,
            "Imię{},Nazwisko{who},p{who}@example.com,{city},+48 600 {:06},Firma {}",
            n % 700,
            who % 1_000_000,
            who / 150
        )
        .unwrap();
    }
    file
}

fn import(program: &Program, path: &str) -> std::process::Command {
    let map = program.file("map.toml", MAP.as_bytes());
    program.command(&["import", "contacts", path, "--match", "email", "--map", &map])
}

const MAP: &str = "[fields]\nfirst_name = \"first_name\"\nlast_name = \"last_name\"\nemail = \"email\"\ncity = \"city\"\n\
    phone = \"phone\"\ncompany.name = { column = \"firm\", create = true, update = true }\ncompany.city = \"city\"\n\
    [also.notes]\nbody = \"city\"\n[also.tasks]\nmatch = \"body\"\nsubject = \"last_name\"\nbody = \"phone\"\nabout = \"row\"\n";

#[test]
fn an_import_that_is_killed_again_and_again_does_what_one_that_is_not_does() {
    let (rows, _) = size();
    is_undisturbed("people.csv", people(rows).as_bytes());
}

#[test]
fn a_spreadsheet_that_is_killed_again_and_again_does_too() {
    let (rows, _) = size();
    let cells = |line: &str| format!("<row>{}</row>", line.split(',').map(cell).collect::<String>());
    let rows: String = people(rows / 2).lines().map(cells).collect();
    is_undisturbed("people.xlsx", &xlsx(&[("People", &rows)]));
}

fn cell(text: &str) -> String {
    format!("<c t=\"str\"><v>{text}</v></c>")
}

/// The import of a file, killed at random moments, has the same effect as one that runs through.
fn is_undisturbed(name: &str, file: &[u8]) {
    let (rows, kills) = size();
    for (calm, wild) in Place::each().into_iter().zip(Place::each()) {
        let (calm, wild) = (Program::on(calm), Program::on(wild));
        let began = Instant::now();
        let done = ended(import(&calm, &calm.file(name, file)).output().unwrap());
        assert_eq!(done.status, 0, "{}", done.stderr);
        let calm_time = began.elapsed();
        let kills = interrupt(&wild, &wild.file(name, file), kills, calm_time);
        let (undisturbed, words) = calm.look(async |house| state(house).await);
        let (disturbed, found) = wild.look(async |house| state(house).await);
        eprintln!("{name}, {rows} rows at most, undisturbed in {calm_time:?}, killed {kills} times");
        assert!(kills > 0, "it was never caught at work");
        assert_eq!(disturbed.differences(&undisturbed), Vec::<String>::new());
        assert_eq!(found, words, "what search finds");
    }
}

/// Runs the import and kills it at random moments, up to so often; gives how often it was.
fn interrupt(program: &Program, path: &str, most: usize, calm: Duration) -> usize {
    let mut chance = Chance(11);
    let whole = u64::try_from(calm.as_millis()).unwrap();
    let share = (2 * whole / u64::try_from(most).unwrap()).max(100);
    for kill in 0..most {
        let moment = Duration::from_millis(chance.below(share));
        if let Some(done) = within(import(program, path), moment) {
            assert_eq!(done.status, 0, "{}", done.stderr);
            return kill;
        }
        if !program.is_sqlite() {
            program.look(async |house| let_leases_run_out(&house.db).await);
        }
    }
    let done = ended(import(program, path).output().unwrap());
    assert_eq!(done.status, 0, "{}", done.stderr);
    most
}

/// Runs a command and kills it after a time; how it ended, if it was quicker.
fn within(mut command: std::process::Command, time: Duration) -> Option<Ended> {
    let child = command.spawn().unwrap();
    let process = child.id();
    let (tell, told) = mpsc::channel();
    let waiting = std::thread::spawn(move || tell.send(child.wait_with_output().unwrap()));
    let quick = match told.recv_timeout(time) {
        Ok(output) => Some(ended(output)),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            // It may end by itself this very moment.
            let _ = std::process::Command::new("kill").args(["-KILL", &process.to_string()]).status();
            told.recv().ok().map(ended).filter(|done| done.status == 0)
        }
    };
    waiting.join().unwrap().unwrap();
    quick
}

/// Does what half a minute does: on PostgreSQL only time tells that a worker is dead.
async fn let_leases_run_out(db: &Db) {
    let caller = SystemCaller::for_(db.tenant(), "test");
    let mut batch = Batch::new();
    let text = "UPDATE job SET due_at = 0 WHERE tenant_id = ?1 AND state = 'running'";
    batch.run(Statement::new(text.to_owned(), [caller.tenant.into()]));
    db.submit(&caller, batch).await.unwrap();
}

/// The tenant's state, the words of the search, and whom it finds for some of them.
///
/// Left out is what an import keeps about itself (`import` and its pieces, the job, its begin and end in the log, the
/// timetable of schedules): how often it was begun is just what differs.
async fn state(house: &House) -> (db::StateDigest, Vec<String>) {
    let db = &house.db;
    let caller = SystemCaller::for_(db.tenant(), "test");
    let mut batch = Batch::new();
    let text = "DELETE FROM event WHERE tenant_id = ?1 AND kind NOT IN ('created', 'updated')";
    batch.run(Statement::new(text.to_owned(), [caller.tenant.into()]));
    db.submit(&caller, batch).await.unwrap();
    let mut digest = db.digest(&caller).await.unwrap();
    for own in ["import", "import_chunk", "import_error", "job", "job_schedule", "reaction_cursor"] {
        digest.tables.remove(own);
    }
    let words = "SELECT word FROM search_word WHERE tenant_id = ?1 ORDER BY word";
    let words = db.reader(&caller).once(Statement::new(words.to_owned(), [caller.tenant.into()])).await.unwrap();
    let mut found: Vec<String> = words.iter().map(|row| row.text(0).unwrap().to_owned()).collect();
    let client = Client::local(house.app.router());
    for word in ["nazwisko0", "nazwisko10", "p7@example.com", "p1998", "600000011", "imie3"] {
        let listed = client.ask("/records/contacts", &[("search", word), ("limit", "200"), ("fields", "email")]).await;
        let mut emails: Vec<String> = listed.column("email").iter().map(ToString::to_string).collect();
        assert!(!emails.is_empty(), "{word}");
        emails.sort();
        found.extend(emails);
    }
    (digest, found)
}
