use super::kit::{Shop, event};
use crate::{
    CallerOf, Job, Reacting, Reaction, Registry, Worker, enqueue, list_reactions,
    reaction::{Follower, retries},
};
use base::Error;
use db::{Batch, Db};
use serde_json::Value;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use tokio::sync::{Notify, watch};

fn nobody() -> CallerOf {
    Arc::new(|_| Box::pin(async { Err(Error::NotFound("user")) }))
}

/// Looks until there is nothing more to see.
async fn catch_up(shop: &Shop, follower: &mut Follower) {
    shop.settled().await;
    let stopping = watch::Sender::new(false);
    while follower.look(&stopping.subscribe()).await.unwrap() {}
}

fn answers(on: &'static str) -> Reaction {
    Reaction::new(on, "answer", async |reacting: Reacting| {
        let mut batch = Batch::new();
        batch.log(event(&reacting.db, "test.answered"));
        enqueue(&mut batch, &reacting.db, Job::new("answer", Value::Null));
        Ok(batch)
    })
}

#[tokio::test]
async fn a_reaction_sees_each_event_from_its_beginning_on_once() {
    for shop in Shop::each().await {
        shop.happen("test.asked").await;
        let mut follower = Follower::new(shop.db.clone(), answers("test.asked"));
        catch_up(&shop, &mut follower).await;
        assert_eq!(shop.jobs().await.len(), 0, "what was before it concerns it not");
        for kind in ["test.asked", "test.other", "test.asked", "test.askedtoo"] {
            shop.happen(kind).await;
        }
        catch_up(&shop, &mut follower).await;
        assert_eq!(shop.jobs().await.len(), 2);
        shop.happen("test.asked").await;
        let mut restarted = Follower::new(shop.db.clone(), answers("test.asked"));
        catch_up(&shop, &mut restarted).await;
        catch_up(&shop, &mut follower).await;
        assert_eq!(shop.jobs().await.len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_react_to_each_event_once_between_them() {
    const EVENTS: usize = 40;
    for shop in Shop::each().await {
        let (seen, all_seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let reaction = || {
            let (seen, all_seen) = (Arc::clone(&seen), Arc::clone(&all_seen));
            Reaction::new("test.*", "count", move |reacting: Reacting| {
                let (seen, all_seen) = (Arc::clone(&seen), Arc::clone(&all_seen));
                async move {
                    if seen.fetch_add(1, Ordering::SeqCst) + 1 >= EVENTS {
                        all_seen.notify_waiters();
                    }
                    let mut batch = Batch::new();
                    batch.log(event(&reacting.db, "counted"));
                    Ok(batch)
                }
            })
        };
        let worker = |db: Db| {
            let registry = Registry { reactions: vec![reaction()], ..Registry::default() };
            Worker::new(db, registry, nobody())
        };
        // Both begin before anything happens.
        for db in [shop.db.clone(), shop.second().await] {
            catch_up(&shop, &mut Follower::new(db, reaction())).await;
        }
        let happenings = async {
            for _ in 0..EVENTS {
                shop.happen("test.happened").await;
            }
        };
        let (first, second) = (worker(shop.db.clone()), worker(shop.second().await));
        tokio::join!(first.run(all_seen.notified()), second.run(all_seen.notified()), happenings);
        catch_up(&shop, &mut Follower::new(shop.db.clone(), reaction())).await;
        let counted = shop.events().await.iter().filter(|kind| *kind == "counted").count();
        assert_eq!(counted, EVENTS);
    }
}

#[tokio::test]
async fn an_event_that_a_reaction_cannot_digest_is_set_aside_and_can_be_tried_again() {
    for shop in Shop::each().await {
        let (is_mended, order) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (mended, noted) = (Arc::clone(&is_mended), Arc::clone(&order));
        let picky = Reaction::new("test.*", "picky", move |reacting: Reacting| {
            let is_good = mended.load(Ordering::SeqCst) || reacting.event.kind != "test.bad";
            if is_good {
                noted.lock().unwrap().push(reacting.event.kind);
            }
            async move { if is_good { Ok(Batch::new()) } else { Err(Error::internal("indigestible")) } }
        });
        let mut follower = Follower::new(shop.db.clone(), picky.clone());
        catch_up(&shop, &mut follower).await;
        for kind in ["test.good", "test.bad", "test.better"] {
            shop.happen(kind).await;
        }
        shop.settled().await;
        let stopping = watch::Sender::new(false);
        let mut failures = 0;
        loop {
            match follower.look(&stopping.subscribe()).await {
                Err(_) => failures += 1,
                Ok(true) => {}
                Ok(false) => break,
            }
        }
        assert_eq!(failures, 7, "the eighth time it goes on");
        assert_eq!(*order.lock().unwrap(), ["test.good", "test.better"]);
        assert_eq!(shop.jobs().await[0].0, "dead");
        is_mended.store(true, Ordering::SeqCst);
        let revive = "UPDATE job SET state = 'waiting', due_at = 0, attempts = 0 WHERE tenant_id = ?1".to_owned();
        let mut batch = Batch::new();
        batch.run(db::Statement::new(revive, [shop.system.tenant.into()]));
        shop.db.submit(&shop.system, batch).await.unwrap();
        assert_eq!(shop.turn(&[retries(&[picky])]).await, 1);
        assert_eq!(*order.lock().unwrap(), ["test.good", "test.better", "test.bad"]);
    }
}

#[test]
fn the_list_of_reactions_is_sorted_by_what_they_react_to() {
    let quiet = |on, name| Reaction::new(on, name, async |_| Ok(Batch::new()));
    let list =
        list_reactions(&[quiet("record.*", "webhooks"), quiet("call.ringing", "popup"), quiet("record.*", "feed")]);
    let words: Vec<Vec<&str>> = list.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(words, [["call.ringing", "popup"], ["record.*", "feed"], ["record.*", "webhooks"]]);
}

#[tokio::test]
async fn a_reaction_to_several_events_sees_each_once_and_gives_up_on_those_alone_that_spoil_it() {
    for shop in Shop::each().await {
        let (seen, broken) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(true)));
        let (saw, breaks) = (Arc::clone(&seen), Arc::clone(&broken));
        let reaction = Reaction::to_some("test.asked test.told", "together", move |reacting: crate::ReactingToSome| {
            let (saw, breaks) = (Arc::clone(&saw), Arc::clone(&breaks));
            async move {
                if breaks.load(Ordering::SeqCst) && reacting.events.iter().any(|event| event.kind == "test.told") {
                    return Err(Error::internal("not yet"));
                }
                saw.lock().unwrap().push(reacting.events.iter().map(|event| event.kind.clone()).collect::<Vec<_>>());
                Ok(Batch::new())
            }
        });
        let mut follower = Follower::new(shop.db.clone(), reaction.clone());
        catch_up(&shop, &mut follower).await;
        for kind in ["test.asked", "test.other", "test.told"] {
            shop.happen(kind).await;
        }
        shop.settled().await;
        let stopping = watch::Sender::new(false);
        for _ in 1..8 {
            follower.look(&stopping.subscribe()).await.unwrap_err();
        }
        follower.look(&stopping.subscribe()).await.unwrap();
        assert_eq!(shop.jobs().await.len(), 1, "one dead job for the event that spoils the slice");
        assert_eq!(*seen.lock().unwrap(), [["test.asked"]]);
        broken.store(false, Ordering::SeqCst);
        for kind in ["test.told", "test.asked", "test.other", "test.told"] {
            shop.happen(kind).await;
        }
        catch_up(&shop, &mut follower).await;
        assert_eq!(seen.lock().unwrap()[1..], [["test.told", "test.asked", "test.told"]]);
        catch_up(&shop, &mut Follower::new(shop.db.clone(), reaction)).await;
        assert_eq!(seen.lock().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn events_that_take_their_time_come_a_few_at_once() {
    for shop in Shop::each().await {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let saw = Arc::clone(&seen);
        let reaction = Reaction::to_some("test.told", "slowly", move |reacting: crate::ReactingToSome| {
            saw.lock().unwrap().push(reacting.events.len());
            async { Ok(Batch::new()) }
        });
        let mut follower = Follower::new(shop.db.clone(), reaction.at_most(2));
        catch_up(&shop, &mut follower).await;
        for kind in ["test.told", "test.other", "test.told", "test.other", "test.told", "test.told", "test.told"] {
            shop.happen(kind).await;
        }
        catch_up(&shop, &mut follower).await;
        assert_eq!(*seen.lock().unwrap(), [2, 2, 1]);
    }
}
