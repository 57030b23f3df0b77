//! Private databases for tests: made in a moment, gone at the end.
//!
//! Nothing in the product uses this; it is here because every crate's tests do.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod cluster;

use crate::{Config, Db, Options};
use base::Result;
use cluster::Cluster;
use std::path::PathBuf;

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
