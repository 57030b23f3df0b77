//! A server that is killed under people who create contacts: what they were told was kept is kept, once.

use super::Chance;
use crate::command_line::program::{Place, Program};
use std::{
    collections::HashMap,
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

const CREATORS: usize = 8;

/// The names whose creation was acknowledged, and the one that was under way when the server died.
struct Told {
    kept: Vec<String>,
    open: String,
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill_and_nothing_twice() {
    for place in Place::each() {
        let program = Program::on(place);
        program.run(&["user", "add", "--email", "ada@example.com", "--name", "Ada", "--role", "administrator"]);
        let token = program.run(&["token", "add", "--user", "ada@example.com", "--name", "test"]).stdout;
        let (token, mut chance) = (token.trim(), Chance(5));
        let (mut kept, mut open) = (Vec::new(), Vec::new());
        for round in 0..3 {
            let server = program.serve(&[]);
            let address = server.address.clone();
            let acknowledged = AtomicUsize::new(0);
            let enough = 40 + usize::try_from(chance.below(200)).unwrap();
            let told: Vec<Told> = std::thread::scope(|scope| {
                let creators: Vec<_> = (0..CREATORS)
                    .map(|creator| {
                        let (address, acknowledged) = (&address, &acknowledged);
                        scope.spawn(move || create(address, token, &format!("R{round}C{creator}"), acknowledged))
                    })
                    .collect();
                while acknowledged.load(Ordering::Relaxed) < enough {
                    std::thread::yield_now();
                }
                server.kill();
                creators.into_iter().map(|creator| creator.join().unwrap()).collect()
            });
            for told in told {
                kept.extend(told.kept);
                open.push(told.open);
            }
        }
        let server = program.serve(&[]);
        for name in &open {
            // Whoever got no answer asks again with the same key.
            assert_eq!(post(&server.address, token, name), Some(201), "{name}");
        }
        assert_eq!(server.end().status, 0);
        let there = program.run(&["export", "contacts", "--fields", "last_name"]).stdout;
        let mut counts = HashMap::<&str, usize>::new();
        there.lines().skip(1).for_each(|name| *counts.entry(name).or_default() += 1);
        for name in kept.iter().chain(&open) {
            assert_eq!(counts.remove(name.as_str()), Some(1), "{name}");
        }
        assert!(counts.is_empty(), "nobody asked for these: {counts:?}");
        eprintln!("{} creations acknowledged, {} cut off", kept.len(), open.len());
    }
}

/// Creates contacts until the server is gone.
fn create(address: &str, token: &str, prefix: &str, acknowledged: &AtomicUsize) -> Told {
    let mut kept = Vec::new();
    loop {
        let name = format!("{prefix}N{}", kept.len());
        match post(address, token, &name) {
            Some(201) => {
                kept.push(name);
                acknowledged.fetch_add(1, Ordering::Relaxed);
            }
            Some(status) => panic!("{name}: {status}"),
            None => return Told { kept, open: name },
        }
    }
}

/// The status of the answer, if one came.
fn post(address: &str, token: &str, name: &str) -> Option<u16> {
    let body = format!(r#"{{"last_name":"{name}"}}"#);
    let request = format!(
        "POST /api/v1/records/contacts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nIdempotency-Key: {name}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let line = String::from_utf8_lossy(&answer);
    line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}
