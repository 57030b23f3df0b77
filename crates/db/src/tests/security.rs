//! Row-level security of PostgreSQL: a statement that forgets the tenant still sees and writes only its own.

use super::*;
use crate::driver::postgres::session;

async fn two_tenants() -> (Scratch, Db, Db) {
    let scratch = Scratch::postgres().await;
    let first = scratch.open(options()).await.unwrap();
    let Config::Postgres { url, .. } = scratch.config() else { panic!("PostgreSQL was asked for") };
    let second = Db::open(Config::Postgres { url, tenant: "second".to_owned() }, options()).await.unwrap();
    assert_ne!(first.tenant(), second.tenant());
    (scratch, first, second)
}

#[tokio::test]
async fn a_statement_without_a_tenant_sees_only_its_callers_rows() {
    let (_scratch, first, second) = two_tenants().await;
    for (db, number) in [(&first, 1), (&first, 2), (&second, 3)] {
        let mut batch = Batch::new();
        batch.run(row(db, number));
        db.submit(&caller(db), batch).await.unwrap();
    }
    let all = || Statement::new("SELECT record_id FROM event_link ORDER BY 1", []);
    // Through one pool, so that its connections change hands.
    for _ in 0..3 {
        let mine = first.reader(&caller(&first)).once(all()).await.unwrap();
        let theirs = first.reader(&caller(&second)).rows(all()).await.unwrap();
        assert_eq!((mine.cells, theirs.cells), (vec![1.into(), 2.into()], vec![3.into()]));
    }
    let mut batch = Batch::new();
    batch.run(Statement::new("UPDATE event_link SET seq = 9", []));
    first.submit(&caller(&first), batch).await.unwrap();
    let untouched = second.reader(&caller(&second)).once(Statement::new("SELECT seq FROM event_link", [])).await;
    assert_eq!(untouched.unwrap().cells, [0.into()]);
}

#[tokio::test]
async fn a_row_of_another_tenant_cannot_be_written() {
    let (_scratch, first, second) = two_tenants().await;
    let mut batch = Batch::new();
    batch.run(row(&second, 1));
    assert!(matches!(first.submit(&caller(&first), batch).await, Err(Error::Internal(_))));
    assert_eq!(count(&second, "event_link").await, 0);
}

#[tokio::test]
async fn without_a_tenant_even_the_owner_reads_nothing() {
    let scratch = Scratch::postgres().await;
    let Config::Postgres { url, .. } = scratch.config() else { panic!("PostgreSQL was asked for") };
    let login = session::connect(&url.parse().unwrap()).await.unwrap();
    login.query("SELECT * FROM event", &[]).await.unwrap_err();
    login.batch_execute("SET rapport.tenant = '1'").await.unwrap();
    login.query("SELECT * FROM event", &[]).await.unwrap();
}

#[tokio::test]
async fn expression_indexes_serve_filters_under_row_level_security() {
    for (_scratch, db) in each().await {
        let (dialect, caller) = (db.dialect(), caller(&db));
        let slot = dialect.json_text("custom", "t1k");
        let columns = format!("tenant_id, object_id, {slot}, id");
        for _ in 0..2 {
            db.ensure_index("record_by_t1k", "record", &columns).await.unwrap();
        }
        let text = format!("SELECT id FROM record WHERE tenant_id = ?1 AND object_id = ?2 AND {slot} = ?3");
        let plan = db.explain(&caller, Statement::new(text, [1.into(), 2.into(), "x".into()])).await.unwrap();
        assert!(plan.contains("record_by_t1k") && !plan.contains("Filter: ((custom"), "{plan}");
        let ordered = format!(
            "SELECT id FROM record WHERE tenant_id = ?1 AND object_id = ?2 ORDER BY {}, {} LIMIT 50",
            dialect.order(&slot, true),
            dialect.order("id", true)
        );
        let plan = db.explain(&caller, Statement::new(ordered, [1.into(), 2.into()])).await.unwrap();
        assert!(plan.contains("record_by_t1k") && !plan.to_lowercase().contains("sort"), "{plan}");
        assert!(db.ensure_index("x; DROP TABLE event", "record", "id").await.is_err());
    }
}
