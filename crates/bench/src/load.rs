//! Load: so many connections, each asking one thing after the other for so long.

use crate::{Outcome, child::Server, client::Client};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// What came out.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub operations: usize,
    /// What the server worked for each: hardly moved by what else the machine does.
    pub worked_us: f64,
    /// Bytes of the bodies, per operation.
    pub bytes: usize,
}

/// The requests of operation number `n`, asked one after the other.
pub type Asking = Arc<dyn Fn(u64) -> Vec<Vec<u8>> + Send + Sync>;

/// Before the measured time, a quarter of it warms caches on both sides.
const WARM_UP: u32 = 4;

/// Loads a server. Every answer must be a good one.
pub async fn run(server: &Server, connections: usize, time: Duration, asking: &Asking) -> Outcome<Load> {
    let numbers = Arc::new(AtomicU64::new(0));
    let worked = server.worked()?;
    let start = Instant::now() + time / WARM_UP;
    let end = start + time;
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        tasks.spawn(ask_on(server.address, start, end, Arc::clone(asking), Arc::clone(&numbers)));
    }
    let (mut micros, mut bytes) = (Vec::new(), 0);
    while let Some(asked) = tasks.join_next().await {
        let asked = asked??;
        micros.extend(asked.micros);
        bytes += asked.bytes;
    }
    micros.sort_unstable();
    let asked = numbers.load(Ordering::Relaxed);
    let at = |part: usize| micros.get((micros.len() * part / 100).min(micros.len().saturating_sub(1)));
    let ms = |part| at(part).map_or(f64::NAN, |&micros| f64::from(micros) / 1_000.0);
    Ok(Load {
        per_second: f64::from(u32::try_from(micros.len())?) / time.as_secs_f64(),
        p50_ms: ms(50),
        p99_ms: ms(99),
        operations: micros.len(),
        worked_us: (server.worked()? - worked).as_secs_f64() * 1e6 / f64::from(u32::try_from(asked)?),
        bytes: bytes.checked_div(micros.len()).unwrap_or(0),
    })
}

struct Asked {
    micros: Vec<u32>,
    bytes: usize,
}

async fn ask_on(
    address: SocketAddr,
    start: Instant,
    end: Instant,
    asking: Asking,
    numbers: Arc<AtomicU64>,
) -> Outcome<Asked> {
    let mut client = Client::connect(address).await?;
    let mut asked = Asked { micros: Vec::new(), bytes: 0 };
    loop {
        let requests = asking(numbers.fetch_add(1, Ordering::Relaxed));
        let (begin, mut bytes) = (Instant::now(), 0);
        for request in &requests {
            let answer = client.ask(request).await?;
            if !(200..300).contains(&answer.status) {
                let request = String::from_utf8_lossy(request);
                return Err(format!("{} to {}", answer.status, request.lines().next().unwrap_or_default()).into());
            }
            bytes += answer.body_bytes;
        }
        let done = Instant::now();
        if done >= end {
            return Ok(asked);
        }
        if begin >= start {
            asked.micros.push(u32::try_from((done - begin).as_micros())?);
            asked.bytes += bytes;
        }
    }
}
