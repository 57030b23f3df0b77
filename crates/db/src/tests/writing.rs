//! Batches: all or nothing, alone and in company.

use super::*;

fn taken() -> Expect {
    Expect::Free(message!("taken"))
}

#[tokio::test]
async fn a_batch_is_written_whole_and_read_back() {
    for (_scratch, db) in each().await {
        let mut batch = Batch::new();
        batch.expect(row(&db, 1), taken());
        batch.expect(row(&db, 2), taken());
        batch.log(event(&db, "created"));
        db.submit(&caller(&db), batch).await.unwrap();
        assert_eq!((count(&db, "event_link").await, count(&db, "event").await), (2, 1));
    }
}

#[tokio::test]
async fn a_lost_precondition_undoes_the_batch_and_nobody_elses() {
    for (_scratch, db) in each().await {
        let caller = caller(&db);
        let mut batch = Batch::new();
        batch.run(row(&db, 1));
        let first = db.submit(&caller, batch);
        let mut batch = Batch::new();
        batch.run(row(&db, 2));
        batch.log(event(&db, "created"));
        batch.expect(row(&db, 2), taken());
        let second = db.submit(&caller, batch);
        let mut batch = Batch::new();
        let update = "UPDATE event_link SET seq = 5 WHERE tenant_id = ?1 AND record_id = ?2";
        batch.expect(Statement::new(update, [db.tenant().into(), 77.into()]), Expect::Fresh);
        let third = db.submit(&caller, batch);
        let (first, second, third) = tokio::join!(first, second, third);
        first.unwrap();
        assert!(matches!(second, Err(Error::Conflict(message)) if message.code == "taken"));
        assert!(matches!(third, Err(Error::Stale)));
        assert_eq!((count(&db, "event_link").await, count(&db, "event").await), (1, 0));
    }
}

#[tokio::test]
async fn a_key_that_is_taken_without_being_expected_means_stale() {
    for (_scratch, db) in each().await {
        let plain = "INSERT INTO event_link (tenant_id, record_id, tx, seq) VALUES (?1, 1, 0, 0)";
        for wanted in [true, false] {
            let mut batch = Batch::new();
            batch.run(Statement::new(plain, [db.tenant().into()]));
            let outcome = db.submit(&caller(&db), batch).await;
            assert!(if wanted { outcome.is_ok() } else { matches!(outcome, Err(Error::Stale)) });
        }
    }
}

#[tokio::test]
async fn what_follows_from_rows_is_worked_out_on_the_way() {
    for (_scratch, db) in each().await {
        let look = || {
            let text = "SELECT record_id, seq FROM event_link WHERE tenant_id = ?1 ORDER BY record_id";
            Statement::new(text, [db.tenant().into()])
        };
        let tenant = db.tenant();
        let double = move |rows: Rows| -> base::Result<Vec<Statement>> {
            let update = "UPDATE event_link SET seq = ?3 WHERE tenant_id = ?1 AND record_id = ?2";
            let doubled = |row: Row<'_>| {
                let seq = row.int(1)? * 2 + 1;
                if seq > 10 {
                    Err(Error::Stale)
                } else {
                    Ok(Statement::new(update, [tenant.into(), row.id(0)?.into(), seq.into()]))
                }
            };
            rows.iter().map(doubled).collect()
        };
        let mut batch = Batch::new();
        batch.run(row(&db, 1));
        batch.follow(look(), double);
        batch.run(row(&db, 2));
        batch.follow(look(), double);
        let text = "UPDATE event_link SET tx = 9 WHERE tenant_id = ?1 AND record_id = 2 RETURNING seq";
        let kept = batch.keep(Statement::new(text, [db.tenant().into()]));
        let receipt = db.submit(&caller(&db), batch).await.unwrap();
        assert_eq!(receipt.kept[kept].cells, [Cell::Int(1)]);
        let seen = async || db.reader(&caller(&db)).once(look()).await.unwrap().cells;
        let cells = |all: [i64; 4]| all.map(Cell::Int).to_vec();
        assert_eq!(seen().await, cells([1, 3, 2, 1]));
        // Where the rule refuses, nothing of its batch stays; nor where a statement before it fails.
        let mut batch = Batch::new();
        batch.follow(look(), double);
        batch.follow(look(), double);
        assert!(matches!(db.submit(&caller(&db), batch).await, Err(Error::Stale)));
        let mut batch = Batch::new();
        batch.run(row(&db, 3));
        batch.expect(row(&db, 3), taken());
        batch.follow(look(), double);
        assert!(matches!(db.submit(&caller(&db), batch).await, Err(Error::Conflict(_))));
        assert_eq!(seen().await, cells([1, 3, 2, 1]));
    }
}

#[tokio::test]
async fn kept_rows_come_back_in_order() {
    for (_scratch, db) in each().await {
        let text =
            "INSERT INTO event_link (tenant_id, record_id, tx, seq) VALUES (?1, ?2, 0, 0) RETURNING record_id + 1";
        let mut batch = Batch::new();
        let first = batch.keep(Statement::new(text, [db.tenant().into(), 1.into()]));
        batch.run(row(&db, 5));
        let second = batch.keep(Statement::new(text, [db.tenant().into(), 10.into()]));
        let receipt = db.submit(&caller(&db), batch).await.unwrap();
        let number = |place: usize| receipt.kept[place].first().unwrap().int(0).unwrap();
        assert_eq!((number(first), number(second)), (2, 11));
    }
}

#[tokio::test]
async fn a_snapshot_stands_still_while_others_write() {
    for (_scratch, db) in each().await {
        let caller = caller(&db);
        let count = || Statement::new("SELECT count(*) FROM event_link WHERE tenant_id = ?1", [db.tenant().into()]);
        let mut reader = db.reader(&caller);
        let before = reader.rows(count()).await.unwrap();
        let mut batch = Batch::new();
        batch.run(row(&db, 1));
        db.submit(&caller, batch).await.unwrap();
        let after = reader.many(vec![count(), count()]).await.unwrap();
        assert_eq!(before.cells, [Cell::Int(0)]);
        assert!(after.iter().all(|rows| rows.cells == [Cell::Int(0)]));
        assert_eq!(db.reader(&caller).rows(count()).await.unwrap().cells, [Cell::Int(1)]);
    }
}

#[tokio::test]
async fn stamps_rise_with_the_batch_that_says_so_and_survive() {
    for (scratch, db) in each().await {
        let caller = caller(&db);
        let bump = |access: bool, fail: bool| {
            let mut batch = Batch::new();
            if access {
                batch.access_changed()
            } else {
                batch.schema_changed()
            };
            if fail {
                batch.expect(
                    Statement::new("DELETE FROM event_link WHERE tenant_id = ?1", [db.tenant().into()]),
                    taken(),
                );
            }
            db.submit(&caller, batch)
        };
        bump(true, false).await.unwrap();
        bump(true, false).await.unwrap();
        bump(false, false).await.unwrap();
        bump(true, true).await.unwrap_err();
        let wanted = Stamp { access: 2, schema: 1 };
        assert_eq!(db.stamp(db.tenant()).await.unwrap(), wanted);
        drop(db);
        let again = scratch.open(options()).await.unwrap();
        assert_eq!(again.stamp(again.tenant()).await.unwrap(), wanted);
    }
}

#[tokio::test]
async fn a_commit_that_fails_is_told_to_all_and_leaves_nothing() {
    for (_scratch, db) in each().await {
        let caller = caller(&db);
        let write = |number: i64| {
            let mut batch = Batch::new();
            batch.expect(row(&db, number), taken());
            batch.log(event(&db, "created"));
            batch.access_changed();
            db.submit(&caller, batch)
        };
        db.faults().fail_commit(2);
        write(1).await.unwrap();
        assert!(matches!(write(2).await, Err(Error::Unavailable { .. })));
        write(2).await.unwrap();
        db.faults().fail_commit_after_success(1);
        assert!(matches!(write(3).await, Err(Error::Unavailable { .. })));
        assert!(matches!(write(3).await, Err(Error::Conflict(_))));
        assert_eq!((count(&db, "event_link").await, count(&db, "event").await), (3, 3));
        assert_eq!(db.stamp(db.tenant()).await.unwrap().access, 3);
    }
}

#[tokio::test]
async fn a_folder_in_use_is_refused() {
    let scratch = Scratch::sqlite().await;
    let _first = scratch.open(options()).await.unwrap();
    let second = scratch.open(options()).await.map(drop);
    assert!(matches!(second, Err(Error::Conflict(message)) if message.code == "db-in-use"));
}

#[tokio::test]
async fn an_event_keeps_who_when_and_where() {
    for (_scratch, db) in each().await {
        let caller = caller(&db);
        let (record, other) = (db.ids().next(), db.ids().next());
        let mut entry = event(&db, "changed");
        entry.record = Some(record);
        entry.also = vec![other, record, other];
        entry.changes = r#"{"name":["a","ł"]}"#.to_owned();
        let action = entry.action;
        let mut batch = Batch::new();
        batch.log(entry);
        db.submit(&caller, batch).await.unwrap();
        let events = follow(&db, 1).await;
        let found = &events[0];
        assert_eq!((events.len(), found.action, found.record, found.at), (1, action, Some(record), NOW));
        assert_eq!((found.actor.as_str(), found.changes.as_str()), ("system tests", r#"{"name":["a","ł"]}"#));
        assert_eq!(db.last_event(&caller).await.unwrap(), found.cursor);
        let links = "SELECT record_id, tx, seq FROM event_link WHERE tenant_id = ?1";
        let links = db.reader(&caller).once(Statement::new(links, [db.tenant().into()])).await.unwrap();
        assert_eq!(links.cells, [other.into(), found.cursor.tx.into(), found.cursor.seq.into()]);
    }
}
