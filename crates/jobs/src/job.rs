//! What a job is, and how one is put into the queue.

use crate::{context::JobContext, reaction::Reaction, schedule::Schedule};
use base::{Caller, Id, Result, Timestamp};
use db::{Batch, Db, Statement, sql};
use futures_util::future::BoxFuture;
use serde_json::Value;
use std::sync::Arc;

/// Which of the waiting jobs go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Priority {
    /// Somebody waits for it.
    High,
    #[default]
    Normal,
    /// Whenever there is nothing better to do.
    Low,
}

impl Priority {
    pub(crate) fn number(self) -> i64 {
        match self {
            Priority::High => 0,
            Priority::Normal => 1,
            Priority::Low => 2,
        }
    }
}

/// A piece of work to do later.
#[derive(Debug, Clone)]
pub struct Job {
    /// The name of a [`JobKind`].
    pub kind: &'static str,
    /// While a job with this key waits or runs, another is not added.
    pub unique_key: Option<String>,
    pub payload: Value,
    /// As soon as possible where it is absent.
    pub run_at: Option<Timestamp>,
    pub max_attempts: u32,
    pub priority: Priority,
    /// The user with whose rights it runs; the product's own where absent.
    pub user: Option<Id>,
}

impl Job {
    /// Ten attempts, from ten seconds to an hour apart: some three hours in all.
    pub fn new(kind: &'static str, payload: Value) -> Job {
        let priority = Priority::default();
        Job { kind, unique_key: None, payload, run_at: None, max_attempts: 10, priority, user: None }
    }

    pub fn unique(mut self, key: impl Into<String>) -> Job {
        self.unique_key = Some(key.into());
        self
    }

    pub fn at(mut self, run_at: Timestamp) -> Job {
        self.run_at = Some(run_at);
        self
    }

    pub fn attempts(mut self, most: u32) -> Job {
        self.max_attempts = most;
        self
    }

    pub fn priority(mut self, priority: Priority) -> Job {
        self.priority = priority;
        self
    }

    /// Runs with the rights that the caller's user has when the job starts.
    pub fn on_behalf_of(mut self, caller: &Caller) -> Job {
        self.user = caller.principal.user();
        self
    }
}

/// Adds the job to the batch of the change that causes it: both happen, or neither. Gives its id.
pub fn enqueue(batch: &mut Batch, db: &Db, job: Job) -> Id {
    let (id, now) = (db.ids().next(), db.clock().now());
    let text = sql!(
        "INSERT INTO job (tenant_id, id, kind, unique_key, payload, user_id, state, priority, due_at, attempts, max_attempts, fence, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8, 0, ?9, 0, ?10) ON CONFLICT DO NOTHING"
    );
    let args = [
        db.tenant().into(),
        id.into(),
        job.kind.into(),
        job.unique_key.into(),
        job.payload.to_string().into(),
        job.user.into(),
        job.priority.number().into(),
        job.run_at.unwrap_or(now).into(),
        i64::from(job.max_attempts.max(1)).into(),
        now.into(),
    ];
    batch.run(Statement::new(text, args));
    id
}

/// How a job has ended well.
#[derive(Debug)]
pub enum Outcome {
    /// Finished. The batch commits together with that.
    Done(Batch),
    /// There is more to do: the job goes back into the queue, and this attempt does not count.
    Again { at: Timestamp, batch: Batch },
}

impl Outcome {
    /// Finished, with nothing left to write.
    pub fn done() -> Outcome {
        Outcome::Done(Batch::new())
    }
}

/// What does the work.
pub type Handler = Arc<dyn Fn(JobContext) -> BoxFuture<'static, Result<Outcome>> + Send + Sync>;

/// A name and what does the work.
#[derive(Clone)]
pub struct JobKind {
    pub name: &'static str,
    pub run: Handler,
}

impl JobKind {
    pub fn new<F, W>(name: &'static str, run: F) -> JobKind
    where
        F: Fn(JobContext) -> W + Send + Sync + 'static,
        W: Future<Output = Result<Outcome>> + Send + 'static,
    {
        JobKind { name, run: Arc::new(move |context| Box::pin(run(context))) }
    }
}

/// All that a feature has for workers to do.
#[derive(Clone, Default)]
pub struct Registry {
    pub kinds: Vec<JobKind>,
    pub schedules: Vec<Schedule>,
    pub reactions: Vec<Reaction>,
}

impl Registry {
    /// Both in one.
    pub fn merge(mut self, other: Registry) -> Registry {
        self.kinds.extend(other.kinds);
        self.schedules.extend(other.schedules);
        self.reactions.extend(other.reactions);
        self
    }
}
