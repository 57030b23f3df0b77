//! The log: complete for everyone who follows it, whoever writes how long.

use super::*;
use crate::driver::postgres::session;
use std::{collections::BTreeSet, time::Duration};

const WRITERS: usize = 8;
const BATCHES: usize = 40;

async fn reader(db: Db, wanted: usize) -> Vec<LoggedEvent> {
    follow(&db, wanted).await
}

/// One batch of several events, now and then with so much work that others overtake it.
async fn write(db: &Db, number: usize) -> Vec<Id> {
    let mut batch = Batch::new();
    let mut actions = Vec::new();
    for part in 0..=number % 3 {
        let entry = event(db, "created");
        actions.push(entry.action);
        batch.log(entry);
        let rows = if number % 10 == part { 300 } else { 1 };
        for _ in 0..rows {
            batch.run(row(db, db.ids().next().0));
        }
    }
    if number.is_multiple_of(7) {
        batch.expect(Statement::new("DELETE FROM event_link WHERE tenant_id = -1", []), Expect::Fresh);
    }
    match db.submit(&caller(db), batch).await {
        Ok(_) => actions,
        Err(Error::Stale) => Vec::new(),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::disallowed_methods, reason = "the test waits for each of its tasks")]
async fn no_reader_misses_an_entry() {
    for (_scratch, db) in each().await {
        let wanted: usize = (0..WRITERS * BATCHES).map(|n| if n % 7 == 0 { 0 } else { n % 3 + 1 }).sum();
        let readers: Vec<_> = (0..4).map(|_| tokio::spawn(reader(db.clone(), wanted))).collect();
        let writer = |writer: usize| {
            let db = db.clone();
            async move {
                let mut written = Vec::new();
                for number in 0..BATCHES {
                    written.extend(write(&db, writer * BATCHES + number).await);
                }
                written
            }
        };
        let writers: Vec<_> = (0..WRITERS).map(|number| tokio::spawn(writer(number))).collect();
        let mut written = BTreeSet::new();
        for task in writers {
            written.extend(task.await.unwrap());
        }
        assert_eq!(written.len(), wanted);
        for reader in readers {
            let seen = tokio::time::timeout(Duration::from_secs(60), reader).await.unwrap().unwrap();
            assert!(seen.is_sorted_by(|a, b| a.cursor < b.cursor));
            assert_eq!(seen.iter().map(|event| event.action).collect::<BTreeSet<_>>(), written);
        }
    }
}

#[tokio::test]
async fn an_entry_waits_for_an_older_transaction() {
    let scratch = Scratch::postgres().await;
    let db = scratch.open(options()).await.unwrap();
    let Config::Postgres { url, .. } = scratch.config() else { panic!("PostgreSQL was asked for") };
    let slow = session::connect(&url.parse().unwrap()).await.unwrap();
    let entry = "INSERT INTO event (tenant_id, tx, seq, at, action_id, actor, kind, object_id, changes)
        VALUES (1, pg_current_xact_id()::text::bigint, 1, 0, 0, 'somebody', 'slow', 0, '{}')";
    slow.batch_execute(&format!("SET rapport.tenant = '1'; BEGIN; {entry}")).await.unwrap();
    let mut batch = Batch::new();
    batch.log(event(&db, "fast"));
    db.submit(&caller(&db), batch).await.unwrap();
    assert!(db.events_after(&caller(&db), Cursor::default(), 10).await.unwrap().is_empty());
    assert_eq!(db.last_event(&caller(&db)).await.unwrap(), Cursor::default());
    slow.batch_execute("COMMIT").await.unwrap();
    let seen = tokio::time::timeout(Duration::from_secs(60), follow(&db, 2)).await.unwrap();
    assert_eq!(seen.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["slow", "fast"]);
}

#[tokio::test]
async fn the_log_goes_on_after_a_restart() {
    for (scratch, db) in each().await {
        for round in 1..=3 {
            let db = if round == 1 { db.clone() } else { scratch.open(options()).await.unwrap() };
            let mut batch = Batch::new();
            batch.log(event(&db, "created"));
            batch.log(event(&db, "changed"));
            db.submit(&caller(&db), batch).await.unwrap();
            let seen = follow(&db, round * 2).await;
            assert!(seen.is_sorted_by(|a, b| a.cursor < b.cursor));
            db.close().await.unwrap();
        }
    }
}
