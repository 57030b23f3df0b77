//! A unit of work's whole effect: statements with what they must achieve, and the events they cause.
//!
//! The database runs a batch without the application in between: all of it, or nothing. Only a pure function may look
//! at rows on the way and say what follows from them.

use crate::{Rows, Statement};
use base::{Error, Id, Message, Result};
use std::{fmt, sync::Arc};

/// What a statement must achieve, or the batch is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    Anything,
    /// It must touch exactly one row; otherwise somebody else was first: [`Error::Stale`].
    Fresh,
    /// It must touch exactly one row; otherwise [`Error::Conflict`] with this message (a key that is taken:
    /// `INSERT … ON CONFLICT DO NOTHING`).
    Free(Message),
}

/// One entry of the log of everything that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Groups what one request did; answers name it as `X-Action`.
    pub action: Id,
    /// `created`, `changed`, `binned`, `restored`, `job.done`, …
    pub kind: &'static str,
    /// The object's id, 0 where the event is not about a record.
    pub object: i64,
    pub record: Option<Id>,
    /// JSON: for records `{"field":[old,new]}`, otherwise what the kind says.
    pub changes: String,
    /// Other records on whose time line it also stands.
    pub also: Vec<Id>,
}

/// Statements, events and stamps that commit together. See [`crate::Db::submit`].
#[derive(Debug, Clone, Default)]
pub struct Batch {
    pub(crate) steps: Vec<Step>,
    pub(crate) late: Vec<Statement>,
    pub(crate) bump_access: bool,
    pub(crate) bump_schema: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Step {
    Run { statement: Statement, expect: Expect, keep: bool },
    Follow { look: Statement, rule: Rule },
    Event(Event),
}

/// Says what follows from rows. Pure and quick: it is called with the batch open, and again where the batch runs again.
#[derive(Clone)]
pub(crate) struct Rule(Arc<dyn Fn(Rows) -> Result<Vec<Statement>> + Send + Sync>);

impl Rule {
    pub fn statements(&self, rows: Rows) -> Result<Vec<Statement>> {
        (self.0)(rows)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Rule")
    }
}

impl Batch {
    pub fn new() -> Batch {
        Batch::default()
    }

    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.late.is_empty()
    }

    /// Whether it leaves a trace in the log of events.
    pub(crate) fn logs(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Event(_)))
    }

    /// Runs whatever it touches.
    pub fn run(&mut self, statement: Statement) {
        self.expect(statement, Expect::Anything);
    }

    /// Runs with a precondition.
    pub fn expect(&mut self, statement: Statement, expect: Expect) {
        self.steps.push(Step::Run { statement, expect, keep: false });
    }

    /// Runs and keeps the rows of its `RETURNING`; the answer's place in [`Receipt::kept`].
    pub fn keep(&mut self, statement: Statement) -> usize {
        self.steps.push(Step::Run { statement, expect: Expect::Anything, keep: true });
        self.steps.iter().filter(|step| matches!(step, Step::Run { keep: true, .. })).count() - 1
    }

    /// Reads rows as the statements before have left them, and runs what `rule` makes of them before it goes on. For
    /// values that follow from others and cannot be said in SQL for both databases alike.
    ///
    /// `rule` only reckons: it waits for nothing, has no effects, and may be called again where the batch runs again.
    /// Its error undoes the batch. Whoever counts on rows that stay as they are locks them in `look`.
    pub fn follow(&mut self, look: Statement, rule: impl Fn(Rows) -> Result<Vec<Statement>> + Send + Sync + 'static) {
        self.steps.push(Step::Follow { look, rule: Rule(Arc::new(rule)) });
    }

    /// Runs at the very end, and can fail only as a commit can.
    ///
    /// For the index of words: SQLite's FTS5 writes a segment of its own at each savepoint, so that each batch would
    /// pay for one. Late statements run once for all the batches that commit together, outside their savepoints.
    pub fn run_late(&mut self, statement: Statement) {
        self.late.push(statement);
    }

    /// Appends to the event log, with the caller, the instant and the place in the log filled in by `db`.
    pub fn log(&mut self, event: Event) {
        self.steps.push(Step::Event(event));
    }

    /// What callers may do has changed: every cached [`base::AccessPlan`] of the tenant ends with this batch.
    pub fn access_changed(&mut self) {
        self.bump_access = true;
    }

    /// Object or field definitions or settings have changed: cached ones end with this batch.
    pub fn schema_changed(&mut self) {
        self.bump_schema = true;
    }
}

/// What a committed batch brought back.
#[derive(Debug, Default)]
pub struct Receipt {
    /// The `RETURNING` rows of the kept statements, in order.
    pub kept: Vec<Rows>,
}

/// Whether a statement achieved what it must.
pub(crate) fn judge(expect: &Expect, touched: u64) -> Result<()> {
    match expect {
        Expect::Anything => Ok(()),
        _ if touched == 1 => Ok(()),
        Expect::Fresh => Err(Error::Stale),
        Expect::Free(message) => Err(Error::Conflict(message.clone())),
    }
}
