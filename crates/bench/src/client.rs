//! As little of an HTTP/1.1 client as it takes to load a server: one connection, kept alive, one request at a time.

use crate::Outcome;
use serde_json::Value as Json;
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection.
pub struct Client {
    stream: TcpStream,
    read: Vec<u8>,
    /// The body that is being read, where it is wanted.
    body: Option<Vec<u8>>,
}

/// An answer, without its body's bytes.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    pub status: u16,
    pub body_bytes: usize,
    /// Line ends in the body.
    pub lines: usize,
}

/// How a body's end is known.
enum Body {
    Sized(usize),
    Chunked,
}

const READ_BYTES: usize = 64 * 1024;

impl Client {
    pub async fn connect(address: SocketAddr) -> Outcome<Client> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Client { stream, read: Vec::with_capacity(READ_BYTES), body: None })
    }

    /// Sends a request and waits for the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> Outcome<Answer> {
        self.stream.write_all(request).await?;
        let end = loop {
            match find(&self.read, b"\r\n\r\n") {
                Some(end) => break end,
                None => self.fill().await?,
            }
        };
        let head = String::from_utf8_lossy(self.read.get(..end).unwrap_or_default()).to_ascii_lowercase();
        let (status, body) = read_head(&head)?;
        self.read.drain(..end + 4);
        match body {
            Body::Sized(size) => self.sized(status, size).await,
            Body::Chunked => self.chunked(status).await,
        }
    }

    /// Asks, and gives the body of a good answer.
    pub async fn body(&mut self, request: &[u8]) -> Outcome<Vec<u8>> {
        self.body = Some(Vec::new());
        let answer = self.ask(request).await;
        let body = self.body.take().unwrap_or_default();
        let status = answer?.status;
        if (200..300).contains(&status) {
            Ok(body)
        } else {
            Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into())
        }
    }

    /// Asks for JSON.
    pub async fn json(&mut self, request: &[u8]) -> Outcome<Json> {
        Ok(serde_json::from_slice(&self.body(request).await?)?)
    }

    async fn fill(&mut self) -> Outcome {
        if self.stream.read_buf(&mut self.read).await? == 0 {
            return Err("the server hung up".into());
        }
        Ok(())
    }

    async fn sized(&mut self, status: u16, size: usize) -> Outcome<Answer> {
        let (mut left, mut lines) = (size, 0);
        loop {
            let now = left.min(self.read.len());
            let piece = self.read.drain(..now);
            lines += piece.as_slice().iter().filter(|byte| **byte == b'\n').count();
            if let Some(body) = &mut self.body {
                body.extend_from_slice(piece.as_slice());
            }
            drop(piece);
            left -= now;
            if left == 0 {
                return Ok(Answer { status, body_bytes: size, lines });
            }
            self.fill().await?;
        }
    }

    async fn chunked(&mut self, status: u16) -> Outcome<Answer> {
        let mut answer = Answer { status, body_bytes: 0, lines: 0 };
        loop {
            let end = loop {
                match find(&self.read, b"\r\n") {
                    Some(end) => break end,
                    None => self.fill().await?,
                }
            };
            let size = String::from_utf8_lossy(self.read.get(..end).unwrap_or_default()).into_owned();
            let size = usize::from_str_radix(size.trim(), 16)?;
            self.read.drain(..end + 2);
            let piece = self.sized(status, size + 2).await?;
            answer.body_bytes += size;
            if size == 0 {
                return Ok(answer);
            }
            answer.lines += piece.lines - 1;
        }
    }
}

fn read_head(head: &str) -> Outcome<(u16, Body)> {
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("an answer without a status")?;
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let body = match header("content-length:") {
        Some(size) => Body::Sized(size.parse()?),
        None if header("transfer-encoding:") == Some("chunked") => Body::Chunked,
        None => Body::Sized(0),
    };
    Ok((status, body))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// A request for `path` below the API's base.
pub fn get(path: &str, token: &str) -> Vec<u8> {
    let base = web::BASE;
    format!("GET {base}{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\r\n").into_bytes()
}

/// A request with a JSON body.
pub fn post(path: &str, token: &str, body: &str) -> Vec<u8> {
    let (base, size) = (web::BASE, body.len());
    let head = format!("POST {base}{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n");
    format!("{head}content-type: application/json\r\ncontent-length: {size}\r\n\r\n{body}").into_bytes()
}

/// A text in a query.
pub fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read() {
        let sized = read_head("http/1.1 201 created\r\ncontent-length: 12\r\nx: y");
        assert!(matches!(sized, Ok((201, Body::Sized(12)))));
        let chunked = read_head("http/1.1 200 ok\r\ntransfer-encoding: chunked");
        assert!(matches!(chunked, Ok((200, Body::Chunked))));
        assert!(read_head("nonsense").is_err());
    }

    #[test]
    fn texts_become_parts_of_a_query() {
        assert_eq!(escaped("a = 'ł'"), "a%20%3D%20%27%C5%82%27");
    }
}
