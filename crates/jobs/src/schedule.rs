//! Work at certain times: each tick enqueues one job, once, however many programs look at the clock.

use crate::job::{Job, enqueue};
use base::{Caller, Error, Result, Timestamp, time};
use db::{Batch, Db, Expect, Statement, sql};
use jiff::{ToSpan, civil, tz::TimeZone};
use serde_json::Value;
use std::{collections::HashMap, time::Duration};

/// When a schedule's next tick is.
#[derive(Debug, Clone)]
pub enum When {
    /// So long after the tick before.
    Every(Duration),
    /// Each day at this time of the clock on the wall; where a clock change skips it, right after.
    Daily { at: civil::Time, zone: TimeZone },
}

/// A job to enqueue time after time.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub name: &'static str,
    /// The [`crate::JobKind`] of its jobs; they have no payload, and at most one waits or runs.
    pub kind: &'static str,
    pub when: When,
}

impl When {
    /// The first tick after a moment. Ticks that were missed while no program ran are not made up for.
    pub fn next_after(&self, now: Timestamp) -> Timestamp {
        match self {
            When::Every(pause) => {
                let ms = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX).max(1);
                Timestamp(now.0.saturating_add(ms))
            }
            When::Daily { at, zone } => {
                let today = now.date_in(zone);
                let tick = |date: civil::Date| match zone.to_ambiguous_zoned(date.to_datetime(*at)).compatible() {
                    Ok(zoned) => Timestamp(zoned.timestamp().as_millisecond()),
                    Err(_) => time::start_of_day(date, zone),
                };
                let day_after = |date: civil::Date| date.checked_add(1.day()).unwrap_or(date);
                let first = tick(today);
                if first > now { first } else { tick(day_after(today)) }
            }
        }
    }
}

/// The schedules and what this program knows of their next ticks.
pub(crate) struct Timetable {
    schedules: Vec<Schedule>,
    next: HashMap<&'static str, Timestamp>,
}

impl Timetable {
    pub(crate) fn new(schedules: Vec<Schedule>) -> Timetable {
        Timetable { schedules, next: HashMap::new() }
    }
}

/// Enqueues what has come due.
pub(crate) async fn tick(db: &Db, caller: &Caller, timetable: &mut Timetable) -> Result<()> {
    let now = db.clock().now();
    for schedule in &timetable.schedules {
        if timetable.next.get(schedule.name).is_some_and(|next| now < *next) {
            continue;
        }
        let next = advance(db, caller, schedule, now).await?;
        timetable.next.insert(schedule.name, next);
    }
    Ok(())
}

/// Looks at one schedule's row and takes its tick if it is due. Gives the next one.
async fn advance(db: &Db, caller: &Caller, schedule: &Schedule, now: Timestamp) -> Result<Timestamp> {
    let text = sql!("SELECT next_at FROM job_schedule WHERE tenant_id = ?1 AND name = ?2");
    let key = || [caller.tenant.into(), schedule.name.into()];
    let rows = db.reader(caller).once(Statement::new(text, key())).await?;
    let next = schedule.when.next_after(now);
    let mut batch = Batch::new();
    match rows.first().map(|row| row.time(0)).transpose()? {
        None => {
            let text =
                sql!("INSERT INTO job_schedule (tenant_id, name, next_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
            let args = [caller.tenant.into(), schedule.name.into(), next.into()];
            batch.expect(Statement::new(text, args), Expect::Fresh);
        }
        // Not yet; but a schedule that has become more frequent must not wait for its old next tick.
        Some(at) if now < at && at <= next => return Ok(at),
        Some(at) => {
            let text = sql!("UPDATE job_schedule SET next_at = ?3 WHERE tenant_id = ?1 AND name = ?2 AND next_at = ?4");
            let args = [caller.tenant.into(), schedule.name.into(), next.into(), at.into()];
            batch.expect(Statement::new(text, args), Expect::Fresh);
            if at <= now {
                let key = format!("schedule:{}", schedule.name);
                enqueue(&mut batch, db, Job::new(schedule.kind, Value::Null).unique(key));
            }
        }
    }
    match db.submit(caller, batch).await {
        Ok(_) => Ok(next),
        // Another program has taken this tick: look again at once.
        Err(Error::Stale) => Ok(now),
        Err(error) => Err(error),
    }
}
