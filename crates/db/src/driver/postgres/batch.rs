//! A batch on PostgreSQL: all its statements in one transaction and on one way to the server.

use super::session::{Session, in_order};
use crate::{
    Expect, Receipt, Rows, Statement,
    batch::{Rule, Step, judge},
    driver::Submission,
    events::{self, EntryTexts},
    faults::Fault,
};
use base::{Error, Result};
use std::{future::Future, pin::Pin};

/// The transaction's id is the event's first coordinate: readers stay below the oldest one that still runs.
const EVENT: EntryTexts = EntryTexts {
    entry: "INSERT INTO event (tenant_id, tx, seq, at, action_id, actor, kind, object_id, record_id, changes)
            VALUES (?1, pg_current_xact_id()::text::bigint, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    link: "INSERT INTO event_link (tenant_id, record_id, tx, seq)
           VALUES (?1, ?2, pg_current_xact_id()::text::bigint, ?3)",
};

/// The same few statements run thousands of times and go by key: planning each of them anew is half their cost.
const BEGIN: &str = "BEGIN READ WRITE; SET LOCAL plan_cache_mode = auto";

/// One statement on its way to the server.
struct Line {
    statement: Statement,
    expect: Expect,
    keep: bool,
    /// Says what follows from its rows, and so has to wait for them.
    rule: Option<Rule>,
}

/// Runs and commits, or leaves nothing.
pub(crate) async fn run(session: &mut Session, submission: Submission, fault: Option<Fault>) -> Result<Receipt> {
    let lines = lines(submission);
    session.prepare_all(lines.iter().map(|line| &line.statement)).await?;
    let outcome = execute(session, lines).await;
    let outcome = match (outcome, fault) {
        (Ok(_), Some(Fault::Failed)) => Err(Error::Unavailable { seconds: 1 }),
        (outcome, _) => outcome,
    };
    match outcome {
        Ok(receipt) => {
            session.command("COMMIT").await?;
            match fault {
                None => Ok(receipt),
                Some(_) => Err(Error::Unavailable { seconds: 1 }),
            }
        }
        Err(error) => {
            session.command("ROLLBACK").await?;
            Err(error)
        }
    }
}

fn lines(mut submission: Submission) -> Vec<Line> {
    let mut lines = Vec::new();
    // An event's place within its transaction.
    let mut seq = 0;
    for step in std::mem::take(&mut submission.batch.steps) {
        match step {
            Step::Run { statement, expect, keep } => lines.push(Line { statement, expect, keep, rule: None }),
            Step::Follow { look, rule } => lines.push(Line { rule: Some(rule), ..anything(look) }),
            Step::Event(event) => {
                seq += 1;
                lines.extend(events::entry(&EVENT, &submission, event, seq).into_iter().map(anything));
            }
        }
    }
    lines.extend(events::raise_stamp(&submission).map(anything));
    lines.extend(submission.batch.late.into_iter().map(anything));
    lines
}

fn anything(statement: Statement) -> Line {
    Line { statement, expect: Expect::Anything, keep: false, rule: None }
}

/// All on one way to the server and back, and one more for each rule that has to see rows.
async fn execute(session: &mut Session, lines: Vec<Line>) -> Result<Receipt> {
    let (mut receipt, mut waiting, mut is_begun) = (Receipt::default(), Vec::new(), false);
    for line in lines {
        let rule = line.rule.clone();
        waiting.push(line);
        if let Some(rule) = rule {
            let rows = stretch(session, &waiting, is_begun, &mut receipt).await?;
            is_begun = true;
            waiting = rule.statements(rows)?.into_iter().map(anything).collect();
            session.prepare_all(waiting.iter().map(|line| &line.statement)).await?;
        }
    }
    stretch(session, &waiting, is_begun, &mut receipt).await?;
    Ok(receipt)
}

/// Runs lines on one way to the server; answers the rows of the last one. The first failure in their order is the one
/// that counts: those behind it fail because of it.
async fn stretch(session: &Session, lines: &[Line], is_begun: bool, receipt: &mut Receipt) -> Result<Rows> {
    type Running<'f, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'f>>;
    let begin = (!is_begun)
        .then(|| -> Running<'_, _> { Box::pin(async { session.command(BEGIN).await.map(|()| Default::default()) }) });
    let work = lines.iter().map(|line| -> Running<'_, _> { Box::pin(session.run(&line.statement)) });
    let mut outcomes = in_order(begin.into_iter().chain(work).collect()).await.into_iter();
    if !is_begun {
        outcomes.next().transpose()?;
    }
    let mut last = Rows::default();
    for (line, outcome) in lines.iter().zip(outcomes) {
        let (touched, rows) = outcome?;
        judge(&line.expect, touched)?;
        match line.keep {
            true => receipt.kept.push(rows),
            false => last = rows,
        }
    }
    Ok(last)
}
