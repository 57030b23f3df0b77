//! How many requests may be at work at once, by class, so that imports never make people wait and overload is
//! answered at once instead of late.

use crate::route::Class;
use base::{Error, Result};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long a request waits for a place before it is told to come back: the answer is there within 50 ms.
const PATIENCE: Duration = Duration::from_millis(40);

/// How many requests of each class may be at work at once, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub interactive: usize,
    pub bulk: usize,
    pub transfer: usize,
    pub stream: usize,
    /// How many more may wait for a place, in each class.
    pub waiting: usize,
    /// How long an interactive request may take; streams may take for ever.
    pub interactive_for: Duration,
    /// How long bulk work and the sending of a file may take until the answer begins.
    pub bulk_for: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        let (interactive_for, bulk_for) = (Duration::from_secs(30), Duration::from_secs(600));
        Limits { interactive: 256, bulk: 4, transfer: 64, stream: 1_000, waiting: 256, interactive_for, bulk_for }
    }
}

/// The places of all classes.
pub(crate) struct Admission {
    interactive: Lane,
    bulk: Lane,
    transfer: Lane,
    stream: Lane,
}

struct Lane {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    longest_queue: usize,
}

/// A place at work, given back when dropped.
pub(crate) type Place = OwnedSemaphorePermit;

impl Admission {
    pub(crate) fn new(limits: Limits) -> Admission {
        let lane = |places| Lane {
            places: Arc::new(Semaphore::new(places)),
            waiting: AtomicUsize::new(0),
            longest_queue: limits.waiting,
        };
        Admission {
            interactive: lane(limits.interactive),
            bulk: lane(limits.bulk),
            transfer: lane(limits.transfer),
            stream: lane(limits.stream),
        }
    }

    /// A place, now or within [`PATIENCE`].
    pub(crate) async fn enter(&self, class: Class) -> Result<Place> {
        let (lane, refusal) = match class {
            Class::Interactive => (&self.interactive, Error::Unavailable { seconds: 1 }),
            Class::Bulk => (&self.bulk, Error::Busy { seconds: 5 }),
            Class::Transfer => (&self.transfer, Error::Busy { seconds: 1 }),
            Class::Stream => (&self.stream, Error::Busy { seconds: 30 }),
        };
        match lane.places.clone().try_acquire_owned() {
            Ok(place) => Ok(place),
            Err(_) => lane.wait().await.ok_or(refusal),
        }
    }
}

impl Lane {
    async fn wait(&self) -> Option<Place> {
        let _queued = Queued::join(self)?;
        tokio::time::timeout(PATIENCE, self.places.clone().acquire_owned()).await.ok()?.ok()
    }
}

/// A place in the queue, left when dropped, also when the client hangs up.
struct Queued<'a>(&'a AtomicUsize);

impl Queued<'_> {
    fn join(lane: &Lane) -> Option<Queued<'_>> {
        let queued = Queued(&lane.waiting);
        let before = lane.waiting.fetch_add(1, Ordering::Relaxed);
        (before < lane.longest_queue).then_some(queued)
    }
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_class_refuses_soon_and_leaves_the_others_alone() {
        let admission = Admission::new(Limits { bulk: 1, ..Limits::default() });
        let held = admission.enter(Class::Bulk).await.unwrap();
        let refused = tokio::time::timeout(Duration::from_secs(1), admission.enter(Class::Bulk)).await;
        assert!(matches!(refused, Ok(Err(Error::Busy { .. }))));
        assert!(admission.enter(Class::Interactive).await.is_ok());
        drop(held);
        assert!(admission.enter(Class::Bulk).await.is_ok());
    }

    #[tokio::test]
    async fn a_place_that_comes_free_goes_to_the_one_who_waits() {
        let admission = Admission::new(Limits { interactive: 1, ..Limits::default() });
        let held = admission.enter(Class::Interactive).await.unwrap();
        let free_it = async {
            tokio::task::yield_now().await;
            drop(held);
        };
        let (waited, ()) = tokio::join!(admission.enter(Class::Interactive), free_it);
        assert!(waited.is_ok());
    }
}
