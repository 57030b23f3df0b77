//! A server that is killed while files arrive: what was acknowledged is whole, what was not is not there.

#![allow(clippy::disallowed_methods, reason = "programs are started in order to be killed")]

use crate::command_line::program::{Place, Program};
use serde_json::Value;
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

const SIZE: usize = 300_000;

/// Sends a file, or a part of it; the answer, if one came.
fn send(address: &str, token: &str, content: &[u8], whole: usize) -> Option<Value> {
    let head = format!(
        "POST /api/v1/files?name=a.bin HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\nContent-Length: {whole}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(content).ok()?;
    if content.len() < whole {
        // It has begun to arrive; the rest never comes.
        std::mem::forget(stream);
        return None;
    }
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    serde_json::from_str(answer.strip_prefix("HTTP/1.1 201")?.split("\r\n\r\n").nth(1)?).ok()
}

#[test]
fn what_was_acknowledged_is_whole_after_a_kill_and_nothing_half_is_visible() {
    for place in Place::each() {
        nothing_half_is_visible(&Program::on(place));
    }
}

fn nothing_half_is_visible(program: &Program) {
    program.run(&["user", "add", "--email", "ada@example.com", "--name", "Ada", "--role", "administrator"]);
    let token = program.run(&["token", "add", "--user", "ada@example.com", "--name", "test"]).stdout;
    let (token, mut kept) = (token.trim(), Vec::new());
    for round in 0..2_u8 {
        let server = program.serve(&[]);
        let content = |n: u8| vec![round * 100 + n; SIZE];
        for n in 0..3 {
            kept.push((send(&server.address, token, &content(n), SIZE).expect("it is kept"), content(n)));
        }
        assert!(send(&server.address, token, &content(9)[..SIZE / 2], SIZE).is_none());
        server.kill();
    }
    let server = program.serve(&[]);
    for (file, content) in &kept {
        let request = format!(
            "GET /api/v1/files/{} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n",
            file["id"].as_str().unwrap()
        );
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200") && answer.ends_with(content), "{file}");
    }
    assert_eq!(server.end().status, 0);
    let rows = program.look(async |house| {
        let caller = base::SystemCaller::for_(house.db.tenant(), "tests");
        let text = db::sql!("SELECT id FROM file WHERE tenant_id = ?1");
        house.db.reader(&caller).once(db::Statement::new(text, [house.db.tenant().into()])).await.unwrap().len()
    });
    assert_eq!(rows, kept.len());
}
