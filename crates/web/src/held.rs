//! A body that keeps its request's place until it has been sent, and ends when the server stops.

use crate::admission::Place;
use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::watch;

/// Ends when the server stops.
pub(crate) type Stopped = Pin<Box<dyn Future<Output = ()> + Send>>;

pub(crate) struct Held {
    body: Body,
    stopped: Option<Stopped>,
    _place: Place,
}

impl Held {
    /// Keeps `place` as long as the body lasts; with `stopped` the body also ends at that moment.
    pub(crate) fn around(body: Body, place: Place, stopped: Option<Stopped>) -> Body {
        Body::new(Held { body, stopped, _place: place })
    }
}

/// Waits for the server's stop.
pub(crate) async fn wait(mut stopping: watch::Receiver<bool>) {
    // An error means that the server itself is gone: also an end.
    let _ = stopping.wait_for(|stop| *stop).await;
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Some(stopped) = &mut self.stopped
            && stopped.as_mut().poll(cx).is_ready()
        {
            return Poll::Ready(None);
        }
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
