//! Sockets: accepts connections, speaks HTTP/1.1 on them, and stops without cutting a request.

use crate::{app::App, held, visit::Peer};
use axum::{Router, body::Body};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, io, pin::pin, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream, UnixListener, UnixStream},
    sync::watch,
    task::JoinSet,
};
use tower::Service;

/// How long running requests may take to finish once the server stops.
const DRAIN: Duration = Duration::from_secs(30);
/// How long a client may take for its headers, and an open connection may be silent.
const HEADERS_WITHIN: Duration = Duration::from_secs(60);
const MOST_HEADERS: usize = 100;
const BUFFER_BYTES: usize = 64 * 1024;
/// More wait in the system's queue.
const MOST_CONNECTIONS: usize = 10_000;
/// After a failed accept, usually for want of file handles.
const BREATHER: Duration = Duration::from_millis(50);

/// Where clients knock.
pub enum Listener {
    Tcp(TcpListener),
    /// The local socket: its callers are trusted as the machine's operator, so its file must be theirs alone.
    Unix(UnixListener),
}

/// Serves until `stop`: then takes no new connection, ends streams, lets requests finish for 30 s.
pub async fn serve(listener: Listener, app: App, stop: impl Future<Output = ()>) {
    let (leave, leaving) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept(), if connections.len() < MOST_CONNECTIONS => match accepted {
                Ok(Accepted::Tcp(stream, peer)) => {
                    connections.spawn(converse(stream, peer, app.router(), leaving.clone()));
                }
                Ok(Accepted::Unix(stream, peer)) => {
                    connections.spawn(converse(stream, peer, app.router(), leaving.clone()));
                }
                Err(cause) => {
                    tracing::warn!(target: "http", %cause, "a connection could not be accepted");
                    tokio::time::sleep(BREATHER).await;
                }
            },
        }
    }
    drop(listener);
    app.stop();
    leave.send_replace(true);
    let drained = tokio::time::timeout(DRAIN, async { while connections.join_next().await.is_some() {} }).await;
    if drained.is_err() {
        tracing::warn!(target: "http", cut = connections.len(), "requests did not finish in time");
    }
}

enum Accepted {
    Tcp(TcpStream, Peer),
    Unix(UnixStream, Peer),
}

impl Listener {
    async fn accept(&self) -> io::Result<Accepted> {
        match self {
            Listener::Tcp(listener) => {
                let (stream, address) = listener.accept().await?;
                // Without it, small answers wait for the client's acknowledgement.
                stream.set_nodelay(true)?;
                Ok(Accepted::Tcp(stream, Peer { address: Some(address.ip()), local: false }))
            }
            Listener::Unix(listener) => {
                let (stream, _) = listener.accept().await?;
                Ok(Accepted::Unix(stream, Peer { address: None, local: true }))
            }
        }
    }
}

/// One connection, from its first request to its last.
async fn converse<S>(stream: S, peer: Peer, router: Router, leaving: watch::Receiver<bool>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut router = router.clone();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        async move { Ok::<_, Infallible>(router.call(request).await.unwrap_or_else(|never| match never {})) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_headers(MOST_HEADERS)
        .max_buf_size(BUFFER_BYTES);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = held::wait(leaving) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(cause) = ended {
        // Clients hang up all the time; it is worth knowing only when looking for something.
        tracing::debug!(target: "http", %cause, "connection ended");
    }
}
