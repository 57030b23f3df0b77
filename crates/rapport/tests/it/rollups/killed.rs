//! A server that is killed under people who change orders: the figures are those of the orders that are there.

use super::oracle::{agrees, define};
use crate::command_line::program::{Place, Program};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use testing::Client;

const CALLERS: usize = 4;

/// Kills, and how much is changed before each.
fn size() -> (usize, usize) {
    if std::env::var_os("RAPPORT_LONG").is_some() { (30, 400) } else { (3, 120) }
}

#[test]
fn after_a_kill_the_figures_are_those_of_what_is_there() {
    let (kills, changes) = size();
    for place in Place::each() {
        let program = Program::on(place);
        program.run(&["user", "add", "--email", "ada@example.com", "--name", "Ada", "--role", "administrator"]);
        let token = program.run(&["token", "add", "--user", "ada@example.com", "--name", "test"]).stdout;
        let (token, companies) =
            (token.trim(), program.look(async |house| begin(&Client::local(house.app.router())).await));
        for round in 0..kills {
            let server = program.serve(&[]);
            let (address, done) = (server.address.clone(), AtomicUsize::new(0));
            std::thread::scope(|scope| {
                for caller in 0..CALLERS {
                    let (address, companies, done) = (&address, &companies, &done);
                    let door = Door { address, token };
                    scope.spawn(move || change(&door, companies, &format!("R{round}C{caller}"), done));
                }
                while done.load(Ordering::Relaxed) < changes {
                    std::thread::yield_now();
                }
                server.kill();
            });
            program.look(async |house| agrees(&Client::local(house.app.router()), &format!("kill {round}")).await);
        }
    }
}

/// Makes the fields and some companies; gives their ids.
async fn begin(client: &Client) -> Vec<String> {
    define(client).await;
    let mut ids = Vec::new();
    for name in ["Alfa", "Beta", "Gamma"] {
        ids.push(client.post("/records/companies", &json!({"name": name})).await.made());
    }
    ids
}

struct Door<'a> {
    address: &'a str,
    token: &'a str,
}

/// Creates, moves, bins and changes orders until the server is gone.
fn change(door: &Door<'_>, companies: &[String], prefix: &str, done: &AtomicUsize) {
    let mut last: Option<String> = None;
    for n in 0.. {
        let company = &companies[n % companies.len()];
        let order = json!({"number": format!("{prefix}N{n}"), "company": company, "total": format!("{n}.50 EUR"),
            "placed_at": format!("2026-11-{:02}T08:00:00Z", n % 28 + 1)});
        let asked = match (&last, n % 4) {
            (Some(id), 1) => door.ask("PATCH", &format!("/{id}"), &json!({"company": company, "status": "shipped"})),
            (Some(id), 2) => door.ask("PATCH", &format!("/{id}"), &json!({"total": "7.77 EUR"})),
            (Some(id), 3) if n % 8 == 3 => door.ask("DELETE", &format!("/{id}"), &Value::Null),
            _ => door.ask("POST", "", &order),
        };
        let Some((status, body)) = asked else { return };
        assert!(status < 300 || matches!(status, 404 | 409 | 412 | 503), "{status} {body}");
        if let (201, Some(id)) = (status, body["id"].as_str()) {
            last = Some(id.to_owned());
        }
        done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Door<'_> {
    /// The status and the body of the answer, if one came.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Option<(u16, Value)> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = format!(
            "{method} /api/v1/records/orders{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let (_, body) = answer.split_once("\r\n\r\n")?;
        Some((status, serde_json::from_str(body).unwrap_or_default()))
    }
}
