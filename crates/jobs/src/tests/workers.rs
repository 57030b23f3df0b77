use super::kit::{Shop, event};
use crate::{CallerOf, Job, JobContext, JobKind, Outcome, Registry, Worker};
use base::{AccessPlan, Caller, Id, Principal};
use db::Batch;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::Notify;

fn callers(shop: &Shop) -> CallerOf {
    let tenant = shop.db.tenant();
    Arc::new(move |user| {
        Box::pin(async move {
            let plan = Arc::new(AccessPlan { user: Some(user), ..AccessPlan::default() });
            Ok(Caller { tenant, principal: Principal::User(user), plan, language: base::Language::Polish })
        })
    })
}

fn registry(kind: JobKind) -> Registry {
    Registry { kinds: vec![kind], ..Registry::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_workers_one_completes_each_job() {
    const JOBS: usize = 60;
    for shop in Shop::each().await {
        let (runs, all_done) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let kind = || {
            let (runs, all_done) = (Arc::clone(&runs), Arc::clone(&all_done));
            JobKind::new("count", move |context: JobContext| {
                if runs.fetch_add(1, Ordering::SeqCst) + 1 == JOBS {
                    all_done.notify_waiters();
                }
                async move {
                    let mut batch = Batch::new();
                    batch.log(event(&context.db, "test.counted"));
                    Ok(Outcome::Done(batch))
                }
            })
        };
        for _ in 0..JOBS {
            shop.add(Job::new("count", Value::Null)).await;
        }
        let first = Worker::new(shop.db.clone(), registry(kind()), callers(&shop));
        let second = Worker::new(shop.second().await, registry(kind()), callers(&shop)).at_once(8);
        tokio::join!(first.run(all_done.notified()), second.run(all_done.notified()));
        assert_eq!(runs.load(Ordering::SeqCst), JOBS);
        let counted = shop.events().await.iter().filter(|kind| *kind == "test.counted").count();
        assert_eq!(counted, JOBS);
        assert!(
            shop.jobs().await.iter().filter(|job| job.0 != "waiting").all(|job| (job.0.as_str(), job.1) == ("done", 1))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopping_worker_lets_jobs_give_back_what_is_left() {
    for shop in Shop::each().await {
        let started = Arc::new(Notify::new());
        let says_so = Arc::clone(&started);
        let endless = JobKind::new("endless", move |context: JobContext| {
            let says_so = Arc::clone(&says_so);
            async move {
                while !context.stopping() {
                    context.progress(&json!({ "rows": 1 })).await?;
                    says_so.notify_one();
                    tokio::task::yield_now().await;
                }
                Ok(Outcome::Again { at: context.db.clock().now(), batch: Batch::new() })
            }
        });
        shop.add(Job::new("endless", Value::Null)).await;
        Worker::new(shop.db.clone(), registry(endless), callers(&shop)).run(started.notified()).await;
        assert_eq!(shop.jobs().await, [("waiting".to_owned(), 0, None)]);
        assert_eq!(shop.claim().await.len(), 1, "another can have it at once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_users_job_runs_as_that_user_and_says_when_it_is_done() {
    for shop in Shop::each().await {
        let done = Arc::new(Notify::new());
        let says_so = Arc::clone(&done);
        let who = JobKind::new("who", move |context: JobContext| {
            assert_eq!(context.caller.principal, Principal::User(Id(7)));
            says_so.notify_one();
            async { Ok(Outcome::done()) }
        });
        let caller = callers(&shop)(Id(7)).await.unwrap();
        shop.add(Job::new("who", Value::Null).on_behalf_of(&caller)).await;
        Worker::new(shop.db.clone(), registry(who), callers(&shop)).run(done.notified()).await;
        assert_eq!(shop.jobs().await[0].0, "done");
        assert_eq!(shop.events().await, ["job.done"]);
    }
}
