//! One job after another, each from claim to end: with its heartbeat, and with every way in which it can end
//! written down. The same commit that ends a job takes the next one.

use crate::{
    context::JobContext,
    job::{Handler, Outcome},
    queue::{self, Claim},
    worker::CallerOf,
};
use base::{Caller, Error, Result, SystemCaller};
use db::{Batch, Db, Expect, Statement};
use futures_util::FutureExt;
use std::{collections::HashMap, panic::AssertUnwindSafe, sync::Arc, time::Duration};
use tokio::{sync::watch, time::MissedTickBehavior};

/// Three chances to say that one is alive before the lease is over.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// What does the work, by the name of the kind.
pub(crate) type Handlers = Arc<HashMap<&'static str, Handler>>;

/// What running a job needs besides the job.
#[derive(Clone)]
pub(crate) struct Bench {
    pub handlers: Handlers,
    pub db: Db,
    pub system: Caller,
    pub callers: CallerOf,
    /// Handlers should come to a safe point.
    pub stopping: watch::Receiver<bool>,
    /// Handlers that have not come to one are dropped.
    pub leaving: watch::Receiver<bool>,
}

/// How the work itself went.
enum End {
    Returned(Result<Outcome>),
    /// Another worker has the job.
    Lost,
    /// The program ends before the job does.
    Dropped,
}

/// Runs a job, and the ones that follow it as long as there are any.
pub(crate) async fn run_all(bench: Bench, first: Claim) {
    let mut next = Some(first);
    while let Some(claim) = next {
        next = run(&bench, &claim).await;
    }
}

/// Runs one job; gives the one that was taken with its end.
async fn run(bench: &Bench, claim: &Claim) -> Option<Claim> {
    let ended = match bench.handlers.get_key_value(claim.kind.as_str()) {
        _ if claim.attempt > claim.max_attempts => {
            End::Returned(Err(Error::internal("the worker died with it each time")))
        }
        Some((name, handler)) => work(bench, claim, name, handler).await,
        None => End::Returned(Err(Error::internal(format!("this program knows no job {}", claim.kind)))),
    };
    let written = match ended {
        End::Returned(Ok(Outcome::Done(batch))) => done(bench, claim, batch).await,
        End::Returned(Ok(Outcome::Again { at, batch })) => {
            close(bench, batch, queue::give_back(&bench.db, claim, at)).await
        }
        End::Returned(Err(error)) => failed(bench, claim, &error).await,
        End::Dropped => {
            let now = bench.db.clock().now();
            close(bench, Batch::new(), queue::give_back(&bench.db, claim, now)).await
        }
        End::Lost => Err(Error::Stale),
    };
    match written {
        Ok(next) => return next,
        Err(Error::Stale) => {
            tracing::info!(target: "jobs", job = %claim.id, kind = claim.kind, "another worker has the job");
        }
        // The lease will run out, and the job is tried again.
        Err(error) => {
            tracing::warn!(target: "jobs", job = %claim.id, kind = claim.kind, %error, "the end was not written");
        }
    }
    None
}

async fn work(bench: &Bench, claim: &Claim, name: &'static str, handler: &Handler) -> End {
    let caller = match claim.user {
        None => SystemCaller::for_(bench.db.tenant(), name),
        Some(user) => match (bench.callers)(user).await {
            Ok(caller) => caller,
            Err(error) => return End::Returned(Err(error)),
        },
    };
    let context = JobContext {
        db: bench.db.clone(),
        caller,
        id: claim.id,
        payload: claim.payload.clone(),
        attempt: claim.attempt,
        fence: claim.fence,
        callers: Arc::clone(&bench.callers),
        stopping: bench.stopping.clone(),
    };
    let work = AssertUnwindSafe(async move { handler(context).await }).catch_unwind();
    let mut leaving = bench.leaving.clone();
    tokio::select! {
        worked = work => End::Returned(worked.unwrap_or_else(|_| Err(Error::internal("the job panicked")))),
        () = beat(bench, claim) => End::Lost,
        // An error means that the worker is gone: also an end.
        _ = leaving.wait_for(|leave| *leave) => End::Dropped,
    }
}

/// Renews the lease until that fails for good.
async fn beat(bench: &Bench, claim: &Claim) {
    let mut clock = tokio::time::interval(HEARTBEAT);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    clock.tick().await;
    loop {
        clock.tick().await;
        let mut batch = Batch::new();
        batch.expect(queue::hold(&bench.db, claim.id, claim.fence), Expect::Fresh);
        match bench.db.submit(&bench.system, batch).await {
            Err(Error::Stale) => return,
            Err(error) => tracing::warn!(target: "jobs", job = %claim.id, %error, "a heartbeat failed"),
            Ok(_) => {}
        }
    }
}

async fn done(bench: &Bench, claim: &Claim, mut batch: Batch) -> Result<Option<Claim>> {
    if claim.user.is_some() {
        batch.log(queue::event(&bench.db, "job.done", claim.id, &claim.kind));
    }
    match close(bench, batch, queue::finish(&bench.db, claim)).await {
        // Its last writes were refused: by its own preconditions, or because it is no longer ours, which shows now.
        Err(error) => failed(bench, claim, &error).await,
        closed => closed,
    }
}

async fn failed(bench: &Bench, claim: &Claim, error: &Error) -> Result<Option<Claim>> {
    let text = error.to_string();
    let mut batch = Batch::new();
    if claim.attempt >= claim.max_attempts || !may_pass(error) {
        tracing::error!(target: "jobs", job = %claim.id, kind = claim.kind, error = text, "given up");
        batch.log(queue::event(&bench.db, "job.dead", claim.id, &claim.kind));
        close(bench, batch, queue::bury(&bench.db, claim, &text)).await
    } else {
        tracing::warn!(target: "jobs", job = %claim.id, kind = claim.kind, error = text, "failed, will be tried again");
        close(bench, batch, queue::retry(&bench.db, claim, &text)).await
    }
}

/// Whether trying again can help. What is invalid or not allowed today is so tomorrow.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::Stale | Error::Busy { .. } | Error::Unavailable { .. } | Error::Internal(_) | Error::Conflict(_) => true,
        Error::NotFound(_) | Error::Unauthenticated | Error::Forbidden(_) | Error::Invalid(_) | Error::TooLarge(_) => {
            false
        }
    }
}

/// Ends a job and, unless the program is about to end, takes the next.
async fn close(bench: &Bench, mut batch: Batch, ending: Statement) -> Result<Option<Claim>> {
    batch.expect(ending, Expect::Fresh);
    if *bench.stopping.borrow() {
        bench.db.submit(&bench.system, batch).await?;
        return Ok(None);
    }
    let place = batch.keep(queue::take(&bench.db, 1));
    let receipt = bench.db.submit(&bench.system, batch).await?;
    let taken = receipt.kept.get(place).map(queue::claimed).transpose()?;
    Ok(taken.and_then(|claims| claims.into_iter().next()))
}
