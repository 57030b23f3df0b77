//! Reading from SQLite: a few threads do the work, a pool of read-only connections keeps the snapshots.
//!
//! A snapshot that is held costs a connection, never a thread, so that a slow caller stops nobody else.

use super::{cells, settings};
use crate::{Rows, Statement};
use base::{Error, Result};
use rusqlite::Connection;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Snapshots that may be held at the same time.
const SNAPSHOTS: usize = 32;
/// How long a reader waits for one of them.
const PATIENCE: Duration = Duration::from_secs(5);
/// Reads that may wait for a thread.
const QUEUE: usize = 1_000;
/// SQLite asks whether to go on after this many of its instructions.
const ASK_EVERY: i32 = 10_000;

/// The pool. Its threads end with it.
pub(crate) struct Readers {
    jobs: flume::Sender<Job>,
    permits: Arc<Semaphore>,
}

/// A connection, and who is waiting for what it is doing.
pub(crate) struct Session {
    connection: Connection,
    current: Arc<Mutex<Option<Current>>>,
    permit: Option<OwnedSemaphorePermit>,
}

struct Current {
    answer: oneshot::Sender<Answer>,
    until: Instant,
}

struct Answer {
    rows: Result<Vec<Rows>>,
    session: Option<Box<Session>>,
}

enum Job {
    Read { on: On, statements: Vec<Statement>, limit: Duration, answer: oneshot::Sender<Answer> },
    Prepare { text: String, answer: oneshot::Sender<Result<()>> },
    End(Box<Session>),
}

enum On {
    /// The thread's own connection, without a transaction: each statement is its own snapshot.
    Nothing,
    NewSnapshot(OwnedSemaphorePermit),
    Snapshot(Box<Session>),
}

/// A snapshot from its first read on.
pub(crate) enum Snapshot {
    NotYet,
    Held(Box<Session>),
    /// A read was given up half way: the connection has gone back, the view is lost.
    Lost,
}

impl Readers {
    pub(crate) fn open(file: &Path) -> Result<Readers> {
        let (jobs, inbox) = flume::unbounded();
        let idle = Arc::new(Mutex::new(Vec::new()));
        let threads = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
        for number in 0..threads {
            let own = Session::open(file)?;
            let thread = Thread { file: file.to_owned(), own, idle: Arc::clone(&idle), inbox: inbox.clone() };
            let builder = std::thread::Builder::new().name(format!("db-read-{number}"));
            builder.spawn(move || thread.work()).map_err(Error::internal)?;
        }
        Ok(Readers { jobs, permits: Arc::new(Semaphore::new(SNAPSHOTS)) })
    }

    /// One statement, the cheapest way.
    pub(crate) async fn once(&self, statement: Statement, limit: Duration) -> Result<Rows> {
        let answer = self.ask(On::Nothing, vec![statement], limit).await?;
        Ok(answer.rows?.pop().unwrap_or_default())
    }

    /// Several statements on the reader's snapshot, which the first of them takes.
    pub(crate) async fn read(
        &self,
        snapshot: &mut Snapshot,
        statements: Vec<Statement>,
        limit: Duration,
    ) -> Result<Vec<Rows>> {
        let on = match std::mem::replace(snapshot, Snapshot::Lost) {
            Snapshot::Held(session) => On::Snapshot(session),
            Snapshot::Lost => {
                return Err(Error::internal("a read of this snapshot was given up before"));
            }
            Snapshot::NotYet => {
                *snapshot = Snapshot::NotYet;
                let permit = self.permit().await?;
                *snapshot = Snapshot::Lost;
                On::NewSnapshot(permit)
            }
        };
        let answer = self.ask(on, statements, limit).await?;
        if let Some(session) = answer.session {
            *snapshot = Snapshot::Held(session);
        }
        answer.rows
    }

    /// Ends a snapshot without waiting.
    pub(crate) fn end(&self, snapshot: &mut Snapshot) {
        if let Snapshot::Held(session) = std::mem::replace(snapshot, Snapshot::Lost) {
            // Fails only when the threads have gone; then the connection goes too.
            let _ = self.jobs.send(Job::End(session));
        }
    }

    pub(crate) async fn prepare(&self, text: String) -> Result<()> {
        let (answer, outcome) = oneshot::channel();
        self.jobs.send(Job::Prepare { text, answer }).map_err(|_| away())?;
        outcome.await.map_err(|_| away())?
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned());
        waiting.await.map_err(|_| away())?.map_err(|_| away())
    }

    async fn ask(&self, on: On, statements: Vec<Statement>, limit: Duration) -> Result<Answer> {
        if self.jobs.len() >= QUEUE {
            return Err(away());
        }
        let (answer, outcome) = oneshot::channel();
        self.jobs.send(Job::Read { on, statements, limit, answer }).map_err(|_| away())?;
        outcome.await.map_err(|_| away())
    }
}

fn away() -> Error {
    Error::Unavailable { seconds: 1 }
}

impl Session {
    fn open(file: &Path) -> Result<Session> {
        let mut connection = settings::open_for_reading(file)?;
        let current: Arc<Mutex<Option<Current>>> = Arc::default();
        let watched = Arc::clone(&current);
        let give_up = move || {
            let current = watched.lock().unwrap_or_else(PoisonError::into_inner);
            current.as_ref().is_some_and(|now| now.answer.is_closed() || Instant::now() > now.until)
        };
        connection.progress_handler(ASK_EVERY, Some(give_up)).map_err(|e| cells::failure(&e))?;
        Ok(Session { connection, current, permit: None })
    }

    /// Runs the statements while `answer` is open and the limit has not passed; gives `answer` back.
    fn run(
        &self,
        statements: &[Statement],
        limit: Duration,
        answer: oneshot::Sender<Answer>,
    ) -> (Result<Vec<Rows>>, Option<oneshot::Sender<Answer>>) {
        let current = |now| std::mem::replace(&mut *self.current.lock().unwrap_or_else(PoisonError::into_inner), now);
        current(Some(Current { answer, until: Instant::now() + limit }));
        let rows = statements.iter().map(|statement| cells::query(&self.connection, statement)).collect();
        (rows, current(None).map(|now| now.answer))
    }

    fn execute(&self, text: &str) -> Result<()> {
        let done = self.connection.prepare_cached(text).and_then(|mut prepared| prepared.execute([]));
        done.map(drop).map_err(|e| cells::failure(&e))
    }
}

/// One of the threads.
struct Thread {
    file: PathBuf,
    own: Session,
    #[expect(clippy::vec_box, reason = "a session stays in its box on all its ways between threads")]
    idle: Arc<Mutex<Vec<Box<Session>>>>,
    inbox: flume::Receiver<Job>,
}

impl Thread {
    fn work(self) {
        while let Ok(job) = self.inbox.recv() {
            match job {
                Job::End(session) => self.end(session),
                Job::Prepare { text, answer } => {
                    let _ = answer.send(cells::prepare(&self.own.connection, &text));
                }
                Job::Read { on, statements, limit, answer } => self.read(on, &statements, limit, answer),
            }
        }
    }

    fn read(&self, on: On, statements: &[Statement], limit: Duration, answer: oneshot::Sender<Answer>) {
        let session = match on {
            On::Nothing => {
                let (rows, answer) = self.own.run(statements, limit, answer);
                // Nobody may be waiting any more; there is nothing to put back.
                let _ = answer.map(|answer| answer.send(Answer { rows, session: None }));
                return;
            }
            On::Snapshot(session) => Ok(session),
            On::NewSnapshot(permit) => self.begin(permit),
        };
        let undelivered = match session {
            Err(error) => answer.send(Answer { rows: Err(error), session: None }),
            Ok(session) => {
                let (rows, answer) = session.run(statements, limit, answer);
                let reply = Answer { rows, session: Some(session) };
                match answer {
                    Some(answer) => answer.send(reply),
                    None => Err(reply),
                }
            }
        };
        if let Err(Answer { session: Some(session), .. }) = undelivered {
            self.end(session);
        }
    }

    fn begin(&self, permit: OwnedSemaphorePermit) -> Result<Box<Session>> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut session = match idle {
            Some(session) => session,
            None => Box::new(Session::open(&self.file)?),
        };
        session.execute("BEGIN")?;
        session.permit = Some(permit);
        Ok(session)
    }

    fn end(&self, mut session: Box<Session>) {
        session.permit = None;
        // A connection that cannot even end its transaction is closed by being dropped.
        if session.execute("COMMIT").is_ok() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        }
    }
}
