//! Readers: bounded in time, harmless when they are given up, and blind to other tenants.

use super::*;
use std::time::Duration;

/// Runs until somebody stops it.
fn endless() -> Statement {
    Statement::new("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i % 7 + 1 FROM n) SELECT sum(i) FROM n", [])
}

fn one() -> Statement {
    Statement::new("SELECT 1", [])
}

#[tokio::test]
async fn a_query_ends_at_its_deadline() {
    for (_scratch, db) in each().await {
        for once in [true, false] {
            let mut reader = db.reader(&caller(&db));
            reader.deadline(Duration::from_millis(50));
            let outcome = if once { reader.once(endless()).await } else { reader.rows(endless()).await };
            assert!(matches!(outcome, Err(Error::Unavailable { .. })), "{outcome:?}");
        }
        assert_eq!(db.reader(&caller(&db)).once(one()).await.unwrap().cells, [Cell::Int(1)]);
    }
}

#[tokio::test]
async fn a_query_that_nobody_waits_for_ends() {
    for (_scratch, db) in each().await {
        for number in 0..20 {
            let mut reader = db.reader(&caller(&db));
            let asking =
                async { if number % 2 == 0 { reader.once(endless()).await } else { reader.rows(endless()).await } };
            tokio::time::timeout(Duration::from_millis(20), asking).await.unwrap_err();
        }
        // More were given up than there are threads or connections.
        let mut reader = db.reader(&caller(&db));
        assert_eq!(reader.rows(one()).await.unwrap().cells, [Cell::Int(1)]);
    }
}

#[tokio::test]
async fn a_reader_whose_view_is_lost_says_so() {
    for (_scratch, db) in each().await {
        let mut reader = db.reader(&caller(&db));
        reader.rows(one()).await.unwrap();
        tokio::time::timeout(Duration::from_millis(20), reader.rows(endless())).await.unwrap_err();
        assert!(matches!(reader.rows(one()).await, Err(Error::Internal(_))));
    }
}

#[tokio::test]
async fn held_snapshots_stop_no_other_reader_nor_the_writer() {
    let scratch = Scratch::sqlite().await;
    let db = scratch.open(options()).await.unwrap();
    let mut held = Vec::new();
    for _ in 0..20 {
        let mut reader = db.reader(&caller(&db));
        reader.rows(one()).await.unwrap();
        held.push(reader);
    }
    let mut batch = Batch::new();
    batch.run(row(&db, 1));
    db.submit(&caller(&db), batch).await.unwrap();
    assert_eq!(count(&db, "event_link").await, 1);
    for reader in &mut held {
        let text = "SELECT count(*) FROM event_link WHERE tenant_id = ?1";
        let rows = reader.rows(Statement::new(text, [db.tenant().into()])).await.unwrap();
        assert_eq!(rows.cells, [Cell::Int(1)], "a snapshot is taken by the first read of a table");
    }
}

#[tokio::test]
async fn all_kinds_of_cells_go_in_and_come_out() {
    for (_scratch, db) in each().await {
        for text in [
            Text::from("SELECT CAST(?1 AS BIGINT) + 1, ?2 || 'ș', ?3"),
            Text::from("SELECT CAST(?1 AS BIGINT) + 1, ?2 || 'ș', ?3".to_owned()),
        ] {
            let args = [Cell::Int(1 << 60), Cell::from("ł"), Cell::Null];
            let rows = db.reader(&caller(&db)).once(Statement { text, args: args.to_vec() }).await;
            // An untyped NULL alone has no type on PostgreSQL: it comes back as it went.
            assert_eq!(rows.unwrap().cells, [Cell::Int((1 << 60) + 1), Cell::from("łș"), Cell::Null]);
        }
    }
}

#[tokio::test]
async fn a_statement_with_too_few_arguments_is_refused() {
    for (_scratch, db) in each().await {
        let statement = Statement::new("SELECT count(*) FROM event WHERE tenant_id = ?1 AND seq > ?2", [1.into()]);
        assert!(matches!(db.reader(&caller(&db)).once(statement).await, Err(Error::Internal(_))));
    }
}

#[tokio::test]
async fn a_reader_cannot_write() {
    for (_scratch, db) in each().await {
        for once in [true, false] {
            let mut reader = db.reader(&caller(&db));
            let outcome = if once { reader.once(row(&db, 1)).await } else { reader.rows(row(&db, 1)).await };
            assert!(outcome.is_err());
        }
        assert_eq!(count(&db, "event_link").await, 0);
    }
}

#[tokio::test]
async fn another_tenant_is_not_there() {
    let scratch = Scratch::sqlite().await;
    let db = scratch.open(options()).await.unwrap();
    let stranger = SystemCaller::for_(base::TenantId(db.tenant().0 + 1), "tests");
    assert!(matches!(db.reader(&stranger).once(one()).await, Err(Error::NotFound("tenant"))));
    assert!(matches!(db.submit(&stranger, Batch::new()).await, Err(Error::NotFound("tenant"))));
}
