//! Opening, closing, being ready, being full.

use super::*;
use crate::driver::postgres::session::in_order;
use std::{future::Future, pin::Pin, time::Duration};

type Submit<'a> = Pin<Box<dyn Future<Output = base::Result<Receipt>> + Send + 'a>>;

#[tokio::test]
async fn a_closed_database_refuses_and_can_be_opened_at_once() {
    for (scratch, db) in each().await {
        db.ready().await.unwrap();
        let caller = caller(&db);
        let mut batch = Batch::new();
        batch.run(row(&db, 1));
        let (written, closed) = tokio::join!(db.submit(&caller, batch.clone()), db.close());
        written.unwrap();
        closed.unwrap();
        assert!(matches!(db.submit(&caller, batch).await, Err(Error::Unavailable { .. })));
        assert!(db.ready().await.is_err());
        let again = scratch.open(options()).await.unwrap();
        assert_eq!(count(&again, "event_link").await, 1);
    }
}

#[tokio::test]
async fn each_program_makes_ids_of_its_own() {
    for scratch in Scratch::each().await {
        let leased = Options { node: None, ..options() };
        let first = scratch.open(leased.clone()).await.unwrap();
        let id = first.ids().next();
        if first.dialect() == Dialect::Sqlite {
            first.close().await.unwrap();
        }
        let second = scratch.open(leased).await.unwrap();
        assert_ne!(id, second.ids().next(), "the same instant, another node");
    }
}

#[tokio::test]
async fn a_full_queue_says_so() {
    let scratch = Scratch::sqlite().await;
    let slow = Options { sync_delay: Some(Duration::from_millis(100)), ..options() };
    let db = scratch.open(slow).await.unwrap();
    let caller = caller(&db);
    let submits = (0..1_300).map(|number| {
        let mut batch = Batch::new();
        batch.run(row(&db, number));
        db.submit(&caller, batch)
    });
    let outcomes = in_order(submits.map(|submit| -> Submit<'_> { Box::pin(submit) }).collect()).await;
    let refused = outcomes.iter().filter(|o| matches!(o, Err(Error::Unavailable { .. }))).count();
    let written = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert!(refused > 0 && refused + written == 1_300, "{refused} {written}");
    assert_eq!(count(&db, "event_link").await, i64::try_from(written).unwrap());
}

#[tokio::test]
async fn a_tenants_name_cannot_leave_the_folder() {
    for name in ["", "../x", "a/b", "A", "ł"] {
        let config = Config::Sqlite { dir: std::env::temp_dir().join("rapport_never"), tenant: name.to_owned() };
        assert!(matches!(Db::open(config, options()).await.map(drop), Err(Error::Invalid(_))), "{name:?}");
    }
}

#[tokio::test]
async fn a_fresh_sqlite_file_plans_as_if_it_were_full() {
    let scratch = Scratch::sqlite().await;
    let db = scratch.open(options()).await.unwrap();
    let caller = caller(&db);
    db.ensure_index("contact_s1", "contact", "tenant_id, (custom ->> 's1'), id").await.unwrap();
    for (condition, order, index) in [
        ("email_key = ?2", "id", "contact_by_email"),
        ("last_name_key >= ?2", "last_name_key, id", "contact_by_last_name"),
        ("(custom ->> 's1') = ?2", "id", "contact_s1"),
        ("city_key = ?2", "last_name_key, id", "contact_by_city"),
    ] {
        let text = format!("SELECT id FROM contact WHERE tenant_id = ?1 AND {condition} ORDER BY {order} LIMIT 50");
        let plan = db.explain(&caller, Statement::new(text, [caller.tenant.into(), "x".into()])).await.unwrap();
        assert!(plan.contains(index), "{condition}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{condition}: {plan}");
    }
}
