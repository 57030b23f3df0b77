//! The lease of a node number from PostgreSQL: taken at the start, renewed while the program runs, given back.

use super::{
    failure::{failure, no_connection},
    session::Manager,
};
use base::{Error, Result, message};
use deadpool::managed::Pool;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::task::JoinHandle;
use tokio_postgres::Client;

const LEASE: Duration = Duration::from_secs(600);
const RENEW_EVERY: Duration = Duration::from_secs(60);
/// The server's clock decides, and ours may be slower: we stop a minute early.
const SAFE: Duration = Duration::from_secs(540);

/// Milliseconds by the server's clock, which all nodes share.
macro_rules! now {
    () => {
        "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
    };
}

/// A number that no other running program has.
pub(crate) struct Node {
    pub number: u16,
    holder: i64,
    renewed: Mutex<Option<Instant>>,
}

impl Node {
    /// Takes the number that has been free for longest. The caller holds the lock that lets one program in at a time.
    pub(crate) async fn lease(login: &Client) -> Result<Node> {
        let holder = getrandom::u64().map_err(Error::internal)?.cast_signed();
        let text = concat!(
            "INSERT INTO node (node, holder, lease_until)
             SELECT free.node, $1, ",
            now!(),
            " + $2 FROM generate_series(0::bigint, 1023) AS free (node) LEFT JOIN node USING (node)
             WHERE coalesce(node.lease_until, 0) < ",
            now!(),
            " ORDER BY coalesce(node.lease_until, 0), free.node LIMIT 1
             ON CONFLICT (node) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until
             RETURNING node"
        );
        let row = login.query_opt(text, &[&holder, &milliseconds(LEASE)]).await.map_err(|e| failure(&e))?;
        let row = row.ok_or_else(|| Error::Conflict(message!("db-no-free-node")))?;
        let number = u16::try_from(row.get::<_, i64>(0)).map_err(Error::internal)?;
        Ok(Node { number, holder, renewed: Mutex::new(Some(Instant::now())) })
    }

    /// A number that was given, without a lease.
    pub(crate) fn fixed(number: u16) -> Node {
        Node { number, holder: 0, renewed: Mutex::new(None) }
    }

    /// False once the lease may be over: then ids made here could be somebody else's.
    pub(crate) fn is_ours(&self) -> bool {
        let renewed = *self.renewed.lock().unwrap_or_else(PoisonError::into_inner);
        self.holder == 0 || renewed.is_some_and(|at| at.elapsed() < SAFE)
    }

    async fn set_lease(&self, pool: &Pool<Manager>, length: Duration) -> Result<bool> {
        let text = concat!("UPDATE node SET lease_until = ", now!(), " + $3 WHERE node = $1 AND holder = $2");
        let mut session = pool.get().await.map_err(|e| no_connection(&e))?;
        let args: [&(dyn postgres_types::ToSql + Sync); 3] =
            [&i64::from(self.number), &self.holder, &milliseconds(length)];
        let writing = session.client.build_transaction().read_only(false).start();
        let transaction = writing.await.map_err(|e| failure(&e))?;
        let touched = transaction.execute(text, &args).await.map_err(|e| failure(&e))?;
        transaction.commit().await.map_err(|e| failure(&e))?;
        Ok(touched == 1)
    }

    async fn keep(&self, pool: &Pool<Manager>) {
        while self.is_ours() {
            tokio::time::sleep(RENEW_EVERY).await;
            let asked = Instant::now();
            match self.set_lease(pool, LEASE).await {
                Ok(true) => *self.renewed.lock().unwrap_or_else(PoisonError::into_inner) = Some(asked),
                Ok(false) => {
                    tracing::error!(node = self.number, "the lease of the node number is lost; no more is written");
                    *self.renewed.lock().unwrap_or_else(PoisonError::into_inner) = None;
                }
                Err(error) => tracing::warn!(%error, node = self.number, "the lease could not be renewed"),
            }
        }
    }

    /// Leaves the number to others at once.
    pub(crate) async fn give_back(&self, pool: &Pool<Manager>) -> Result<()> {
        if self.holder != 0 {
            *self.renewed.lock().unwrap_or_else(PoisonError::into_inner) = None;
            self.set_lease(pool, Duration::ZERO).await?;
        }
        Ok(())
    }
}

/// Renews the lease as long as it exists. A number once lost is never ours again.
pub(crate) struct Keeper(Option<JoinHandle<()>>);

impl Keeper {
    #[expect(clippy::disallowed_methods, reason = "it is aborted when the last handle of the database is dropped")]
    pub(crate) fn start(node: &Arc<Node>, pool: &Pool<Manager>) -> Keeper {
        let (node, pool) = (Arc::clone(node), pool.clone());
        Keeper((node.holder != 0).then(|| tokio::spawn(async move { node.keep(&pool).await })))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
