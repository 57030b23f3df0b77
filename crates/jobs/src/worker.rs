//! Takes jobs from the queue and runs them, turns the clock of the schedules, and starts the reactions.
//!
//! Truth is in the tables and looked at every second; commits of this program only make it look sooner.

use crate::{
    job::{JobKind, Registry},
    queue, reaction,
    running::{self, Bench},
    schedule::{self, Timetable},
};
use base::{Caller, Id, Result, SystemCaller};
use db::{Batch, Db, Statement, sql};
use futures_util::future::BoxFuture;
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{Instant, sleep, sleep_until, timeout},
};

/// The longest time without a look at the tables.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// The shortest: however much is written, looking costs little.
const LOOK_AT_MOST_EVERY: Duration = Duration::from_millis(50);
/// How long running jobs have to come to a safe point when the program stops.
const DRAIN: Duration = Duration::from_secs(20);
const AT_ONCE: usize = 4;

/// Makes the caller that a user's jobs run as, with the rights of the moment.
pub type CallerOf = Arc<dyn Fn(Id) -> BoxFuture<'static, Result<Caller>> + Send + Sync>;

/// Runs jobs, schedules and reactions in one program.
pub struct Worker {
    db: Db,
    registry: Registry,
    callers: CallerOf,
    at_once: usize,
}

impl Worker {
    pub fn new(db: Db, registry: Registry, callers: CallerOf) -> Worker {
        let registry = registry.merge(housekeeping());
        let retries = reaction::retries(&registry.reactions);
        let registry = registry.merge(Registry { kinds: vec![retries], ..Registry::default() });
        Worker { db, registry, callers, at_once: AT_ONCE }
    }

    /// Runs up to so many jobs at a time.
    pub fn at_once(mut self, jobs: usize) -> Worker {
        self.at_once = jobs.max(1);
        self
    }

    /// Works until `stop`: then takes no new job and waits until the running ones are done or have given back what
    /// is left.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let (stopping, leaving) = (watch::Sender::new(false), watch::Sender::new(false));
        let system = SystemCaller::for_(self.db.tenant(), "worker");
        let kinds = self.registry.kinds.iter();
        let bench = Bench {
            handlers: Arc::new(kinds.map(|kind| (kind.name, Arc::clone(&kind.run))).collect()),
            db: self.db.clone(),
            system,
            callers: Arc::clone(&self.callers),
            stopping: stopping.subscribe(),
            leaving: leaving.subscribe(),
        };
        let mut reactions = JoinSet::new();
        for listed in &self.registry.reactions {
            reactions.spawn(reaction::follow(self.db.clone(), listed.clone(), stopping.subscribe()));
        }
        let mut running = JoinSet::new();
        self.take_jobs(&bench, &mut running, stop).await;
        stopping.send_replace(true);
        let calm = async {
            while running.join_next().await.is_some() {}
            while reactions.join_next().await.is_some() {}
        };
        if timeout(DRAIN, calm).await.is_err() {
            tracing::warn!(target: "jobs", left = running.len(), "jobs did not come to a safe point and are given back");
            leaving.send_replace(true);
            let _ = timeout(DRAIN, async { while running.join_next().await.is_some() {} }).await;
        }
    }

    async fn take_jobs(&self, bench: &Bench, running: &mut JoinSet<()>, stop: impl Future<Output = ()>) {
        let mut timetable = Timetable::new(self.registry.schedules.clone());
        let mut committed = self.db.committed();
        let mut stop = pin!(stop);
        loop {
            let looked = Instant::now();
            committed.mark_unchanged();
            let wait = match self.look(bench, running, &mut timetable).await {
                Ok(wait) => wait,
                Err(error) => {
                    tracing::warn!(target: "jobs", %error, "could not look at the queue");
                    LOOK_EVERY
                }
            };
            let is_full = running.len() >= self.at_once;
            tokio::select! {
                () = &mut stop => return,
                () = sleep(wait) => {}
                Some(_) = running.join_next(), if !running.is_empty() => {}
                () = news(&mut committed, looked), if !is_full => {}
            }
        }
    }

    /// One look: starts what is due, and says how long nothing more can be.
    async fn look(&self, bench: &Bench, running: &mut JoinSet<()>, timetable: &mut Timetable) -> Result<Duration> {
        while running.try_join_next().is_some() {}
        schedule::tick(&self.db, &bench.system, timetable).await?;
        let due = queue::next_due(&self.db, &bench.system).await?;
        let now = self.db.clock().now();
        let Some(due) = due.filter(|due| due.0 - now.0 <= 1_000) else { return Ok(LOOK_EVERY) };
        if due > now {
            return Ok(Duration::from_millis(u64::try_from(due.0 - now.0).unwrap_or(0)));
        }
        let room = self.at_once.saturating_sub(running.len());
        if room > 0 {
            let mut batch = Batch::new();
            let place = batch.keep(queue::take(&self.db, room));
            let receipt = self.db.submit(&bench.system, batch).await?;
            for claim in receipt.kept.get(place).map(queue::claimed).transpose()?.unwrap_or_default() {
                running.spawn(running::run_all(bench.clone(), claim));
            }
        }
        Ok(LOOK_EVERY)
    }
}

/// Waits for the next commit, and a little longer where the last look was a moment ago.
pub(crate) async fn news(committed: &mut watch::Receiver<u64>, looked: Instant) {
    if committed.changed().await.is_err() {
        // Nobody is left who could commit.
        std::future::pending::<()>().await;
    }
    sleep_until(looked + LOOK_AT_MOST_EVERY).await;
}

/// Finished jobs are kept for a week.
fn housekeeping() -> Registry {
    const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
    let prune = JobKind::new("jobs.prune", async |context| {
        let before = context.db.clock().now().0 - WEEK_MS;
        let text = sql!("DELETE FROM job WHERE tenant_id = ?1 AND state = 'done' AND finished_at < ?2");
        let mut batch = Batch::new();
        batch.run(Statement::new(text, [context.caller.tenant.into(), before.into()]));
        Ok(crate::Outcome::Done(batch))
    });
    let day = schedule::When::Every(Duration::from_secs(24 * 60 * 60));
    let daily = schedule::Schedule { name: "jobs.prune", kind: "jobs.prune", when: day };
    Registry { kinds: vec![prune], schedules: vec![daily], reactions: Vec::new() }
}
