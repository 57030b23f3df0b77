use super::kit::{SECOND, Shop, event};
use crate::{
    Job, JobContext, JobKind, Outcome, Priority, queue,
    running::{self, Bench},
};
use base::{Error, Timestamp, message};
use db::{Batch, Expect, Statement, sql};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

fn logs(kind: &'static str, said: &'static str) -> JobKind {
    JobKind::new(kind, move |context: JobContext| async move {
        let mut batch = Batch::new();
        batch.log(event(&context.db, said));
        Ok(Outcome::Done(batch))
    })
}

#[tokio::test]
async fn a_job_runs_once_and_its_writing_commits_with_its_end() {
    for shop in Shop::each().await {
        shop.add(Job::new("greet", json!({ "to": "Łódź" }))).await;
        let kinds = [logs("greet", "test.greeted")];
        assert_eq!(shop.turn(&kinds).await, 1);
        assert_eq!(shop.turn(&kinds).await, 0);
        assert_eq!(shop.jobs().await, [("done".to_owned(), 1, None)]);
        assert_eq!(shop.events().await, ["test.greeted"]);
    }
}

#[tokio::test]
async fn a_job_belongs_to_the_change_that_causes_it() {
    for shop in Shop::each().await {
        let mut batch = Batch::new();
        crate::enqueue(&mut batch, &shop.db, Job::new("greet", Value::Null));
        let nothing = sql!("DELETE FROM job WHERE tenant_id = ?1 AND id = 0");
        batch.expect(Statement::new(nothing, [shop.system.tenant.into()]), Expect::Fresh);
        assert!(matches!(shop.db.submit(&shop.system, batch).await, Err(Error::Stale)));
        assert_eq!(shop.jobs().await, []);
    }
}

#[tokio::test]
async fn a_key_keeps_twins_out_until_the_job_has_ended() {
    for shop in Shop::each().await {
        shop.add(Job::new("greet", Value::Null).unique("greet:1")).await;
        shop.add(Job::new("greet", Value::Null).unique("greet:1")).await;
        shop.add(Job::new("greet", Value::Null).unique("greet:2")).await;
        assert_eq!(shop.jobs().await.len(), 2);
        assert_eq!(shop.turn(&[logs("greet", "test.greeted")]).await, 2);
        shop.add(Job::new("greet", Value::Null).unique("greet:1")).await;
        assert_eq!(shop.jobs().await.len(), 3);
    }
}

#[tokio::test]
async fn a_silent_workers_job_goes_to_another_and_its_late_writing_is_refused() {
    for shop in Shop::each().await {
        shop.add(Job::new("greet", Value::Null)).await;
        let late = shop.claim().await.remove(0);
        assert!(shop.claim().await.is_empty(), "it is taken");
        shop.wait(queue::LEASE_MS - 1);
        assert!(shop.claim().await.is_empty(), "the lease holds to its last moment");
        shop.wait(1);
        let early = shop.claim().await.remove(0);
        assert_eq!((early.id, early.fence, early.attempt), (late.id, late.fence + 1, 2));
        let context = |fence| JobContext {
            db: shop.db.clone(),
            caller: shop.system.clone(),
            id: late.id,
            payload: Value::Null,
            attempt: 1,
            fence,
            callers: shop.bench(&[]).callers,
            stopping: shop.bench(&[]).stopping,
        };
        let writing = || {
            let mut batch = Batch::new();
            batch.log(event(&shop.db, "test.written"));
            batch
        };
        assert!(matches!(context(late.fence).submit(writing()).await, Err(Error::Stale)));
        assert!(matches!(context(late.fence).progress(&json!(1)).await, Err(Error::Stale)));
        assert!(context(early.fence).submit(writing()).await.is_ok());
        assert_eq!(shop.events().await, ["test.written"]);
        let mut batch = Batch::new();
        batch.expect(queue::finish(&shop.db, &late), Expect::Fresh);
        assert!(matches!(shop.db.submit(&shop.system, batch).await, Err(Error::Stale)));
    }
}

#[tokio::test]
async fn a_failing_job_is_tried_later_and_later_and_then_given_up() {
    for shop in Shop::each().await {
        let failing = [JobKind::new("fail", async |_| Err(Error::internal("the printer is on fire")))];
        shop.add(Job::new("fail", Value::Null).attempts(3)).await;
        for pause in [10, 20] {
            assert_eq!(shop.turn(&failing).await, 1);
            shop.wait(pause * SECOND - 1);
            assert_eq!(shop.turn(&failing).await, 0);
            shop.wait(1);
        }
        assert_eq!(shop.turn(&failing).await, 1);
        let [(state, attempts, error)] = &shop.jobs().await[..] else { panic!("one job") };
        assert_eq!((state.as_str(), *attempts), ("dead", 3));
        assert!(error.as_ref().unwrap().contains("the printer is on fire"));
        assert_eq!(shop.events().await, ["job.dead"]);
        shop.wait(100_000 * SECOND);
        assert_eq!(shop.turn(&failing).await, 0);
    }
}

#[tokio::test]
async fn what_cannot_get_better_is_given_up_at_once_and_a_panic_is_a_failure_like_others() {
    for shop in Shop::each().await {
        let kinds = [
            JobKind::new("wrong", async |_| Err(Error::field("x", message!("invalid")))),
            JobKind::new("panic", async |_| panic!("on purpose")),
        ];
        shop.add(Job::new("wrong", Value::Null)).await;
        shop.add(Job::new("panic", Value::Null)).await;
        shop.add(Job::new("unheard of", Value::Null)).await;
        assert_eq!(shop.turn(&kinds).await, 3);
        let states: Vec<_> = shop.jobs().await.into_iter().map(|job| job.0).collect();
        assert_eq!(states, ["dead", "waiting", "waiting"]);
    }
}

#[tokio::test]
async fn a_job_that_kills_its_worker_each_time_is_given_up_too() {
    for shop in Shop::each().await {
        shop.add(Job::new("greet", Value::Null).attempts(2)).await;
        for _ in 0..2 {
            assert_eq!(shop.claim().await.len(), 1);
            shop.wait(queue::LEASE_MS);
        }
        assert_eq!(shop.turn(&[logs("greet", "test.greeted")]).await, 1);
        assert_eq!(shop.jobs().await[0].0, "dead");
        assert_eq!(shop.events().await, ["job.dead"]);
    }
}

#[tokio::test]
async fn more_to_do_is_no_failure() {
    for shop in Shop::each().await {
        let again = [JobKind::new("long", async |context: JobContext| {
            let mut batch = Batch::new();
            batch.log(event(&context.db, "test.part"));
            Ok(Outcome::Again { at: Timestamp(context.db.clock().now().0 + 5 * SECOND), batch })
        })];
        shop.add(Job::new("long", Value::Null).attempts(1)).await;
        for _ in 0..4 {
            assert_eq!(shop.turn(&again).await, 1);
            assert_eq!(shop.turn(&again).await, 0);
            shop.wait(5 * SECOND);
        }
        assert_eq!(shop.events().await.len(), 4);
        assert_eq!(shop.jobs().await, [("waiting".to_owned(), 0, None)]);
    }
}

#[tokio::test]
async fn the_urgent_go_first_and_the_early_wait_for_their_time() {
    for shop in Shop::each().await {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&seen);
        let note = [JobKind::new("note", move |context: JobContext| {
            noted.lock().unwrap().push(context.payload.as_str().unwrap().to_owned());
            async { Ok(Outcome::done()) }
        })];
        let job = |name: &str| Job::new("note", json!(name));
        shop.add(job("low").priority(Priority::Low)).await;
        shop.add(job("tomorrow").priority(Priority::High).at(Timestamp(shop.clock.now().0 + SECOND))).await;
        shop.add(job("normal")).await;
        shop.add(job("high").priority(Priority::High)).await;
        assert_eq!(shop.turn(&note).await, 3);
        shop.wait(SECOND);
        assert_eq!(shop.turn(&note).await, 1);
        assert_eq!(*seen.lock().unwrap(), ["high", "normal", "low", "tomorrow"]);
    }
}

#[test]
fn pauses_double_up_to_an_hour() {
    let pauses: Vec<_> = [1, 2, 3, 9, 10, 60].map(queue::pause_ms).into();
    assert_eq!(pauses, [10_000, 20_000, 40_000, 2_560_000, 3_600_000, 3_600_000]);
}

#[tokio::test]
async fn a_job_that_comes_to_no_safe_point_is_given_back_when_the_program_ends() {
    for shop in Shop::each().await {
        shop.add(Job::new("endless", Value::Null)).await;
        let claim = shop.claim().await.remove(0);
        let endless = JobKind::new("endless", async |_| std::future::pending().await);
        let leave = watch::Sender::new(true);
        let bench = Bench { leaving: leave.subscribe(), ..shop.bench(&[endless]) };
        running::run_all(bench, claim).await;
        assert_eq!(shop.jobs().await, [("waiting".to_owned(), 0, None)]);
    }
}
