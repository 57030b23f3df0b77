//! Private databases for tests: made in a moment, gone at the end.
//!
//! Nothing in the product uses this; it is here because every crate's tests do.

use crate::{Config, Db, Options};
use base::Result;
use std::path::PathBuf;

/// A database of a test's own. It ends when this is dropped.
pub struct Scratch {
    config: Config,
    dir: PathBuf,
}

impl Scratch {
    /// A SQLite file in a folder of its own.
    #[expect(clippy::expect_used, reason = "a test fails by panicking")]
    pub async fn sqlite() -> Scratch {
        let name = getrandom::u64().expect("random bytes");
        let dir = std::env::temp_dir().join(format!("rapport-scratch-{name:016x}"));
        std::fs::create_dir_all(&dir).expect("a folder for temporary files");
        Scratch { config: Config::Sqlite { dir: dir.clone(), tenant: "test".to_owned() }, dir }
    }

    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// Opens it (again).
    pub async fn open(&self, options: Options) -> Result<Db> {
        Db::open(self.config(), options).await
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that is gone already is as good.
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
