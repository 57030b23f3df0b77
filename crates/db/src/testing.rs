//! Private databases for tests: made in a moment, gone at the end.
//!
//! Nothing in the product uses this; it is here because every crate's tests do.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod cluster;

use crate::{Config, Cursor, Db, LoggedEvent, Options};
use base::{Result, SystemCaller};
use cluster::Cluster;
use std::{path::PathBuf, time::Duration};

const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// A database of a test's own. It ends when this is dropped.
pub struct Scratch {
    config: Config,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Database(&'static Cluster, String),
}

impl Scratch {
    /// A SQLite file in a folder of its own.
    pub async fn sqlite() -> Scratch {
        let dir = std::env::temp_dir().join(unique("rapport_scratch"));
        std::fs::create_dir_all(&dir).expect("a folder for temporary files");
        Scratch { config: Config::Sqlite { dir: dir.clone(), tenant: "test".to_owned() }, place: Place::Folder(dir) }
    }

    /// A database on the tests' own PostgreSQL server, with the schema in it.
    pub async fn postgres() -> Scratch {
        let cluster = tokio::task::spawn_blocking(Cluster::shared).await.expect("a PostgreSQL server for tests");
        let name = unique("t");
        let url = cluster.create(&name).await;
        Scratch { config: Config::Postgres { url, tenant: "test".to_owned() }, place: Place::Database(cluster, name) }
    }

    /// One of each kind: what a test that must hold on both goes through.
    pub async fn each() -> [Scratch; 2] {
        [Scratch::sqlite().await, Scratch::postgres().await]
    }

    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// Opens it (again).
    pub async fn open(&self, options: Options) -> Result<Db> {
        Db::open(self.config(), options).await
    }
}

/// The tenant's log from its beginning, as soon as so many entries are settled.
///
/// On PostgreSQL an entry settles when no older transaction of the whole server runs any more, other tests' included:
/// a test that looks once right after writing may look too early.
pub async fn follow(db: &Db, wanted: usize) -> Vec<LoggedEvent> {
    let (caller, mut committed) = (SystemCaller::for_(db.tenant(), "tests"), db.committed());
    let (mut seen, mut cursor) = (Vec::new(), Cursor::default());
    while seen.len() < wanted {
        let events = db.events_after(&caller, cursor, 50).await.expect("the log can be read");
        match events.last() {
            Some(last) => cursor = last.cursor,
            // The commit that is hinted at may not be the one that settles it.
            None => drop(tokio::time::timeout(LOOK_AGAIN, committed.changed()).await),
        }
        seen.extend(events);
    }
    seen
}

fn unique(prefix: &str) -> String {
    format!("{prefix}_{:016x}", getrandom::u64().expect("random bytes"))
}

impl Drop for Scratch {
    fn drop(&mut self) {
        match &mut self.place {
            // A folder that is gone already is as good.
            Place::Folder(dir) => drop(std::fs::remove_dir_all(dir)),
            Place::Database(cluster, name) => cluster.drop_database(std::mem::take(name)),
        }
    }
}
