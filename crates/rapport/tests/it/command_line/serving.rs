//! The server's life: it says where it listens, and ends without cutting anybody off.

use super::program::{Place, Program};
use std::{
    io::{Read, Write},
    net::TcpStream,
};

/// Sends one request over plain HTTP and reads the whole answer.
pub fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_says_where_it_listens_and_ends_when_told() {
    let program = Program::on(Place::folder());
    let server = program.serve(&["--base-currency", "PLN", "--country", "PL", "--time-zone", "Europe/Warsaw"]);
    let ready = ask(&server.address, "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(ready.starts_with("HTTP/1.1 200"), "{ready}");
    assert!(!server.address.ends_with(":0"), "the port it got, not the one it was told");
    let ended = server.end();
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    assert!(!ended.stderr.contains("\"ERROR\""), "{}", ended.stderr);
}

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let program = Program::on(Place::folder());
    let server = program.serve(&[]);
    let second = program.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status, 1, "{}", second.stderr);
    let taken = program.run(&["serve", "--listen", &server.address]);
    assert_eq!(taken.status, 1);
    assert!(taken.stderr.contains(&server.address), "{}", taken.stderr);
    assert_eq!(server.end().status, 0);
}

#[test]
fn a_request_that_has_begun_is_answered_before_it_ends() {
    for place in Place::each() {
        let program = Program::on(place);
        program.run(&["user", "add", "--email", "ada@example.com", "--name", "Ada", "--role", "administrator"]);
        let token = program.run(&["token", "add", "--user", "ada@example.com", "--name", "test"]).stdout;
        let server = program.serve(&[]);
        let body = r#"{"last_name": "Begun"}"#;
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let head = format!(
            "POST /api/v1/records/contacts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
            token.trim(),
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut invited = [0; 25];
        stream.read_exact(&mut invited).unwrap();
        assert!(invited.starts_with(b"HTTP/1.1 100 Continue"), "the server has begun to read");
        super::program::signal(server.id(), "TERM");
        stream.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        assert_eq!(server.end_of().status, 0);
        let kept = program.run(&["export", "contacts", "--fields", "last_name"]);
        assert!(kept.stdout.contains("Begun"), "{}", kept.stdout);
    }
}
