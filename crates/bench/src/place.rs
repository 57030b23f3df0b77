//! Where data lies, as the library and as a command line say it.

use db::Config;
use std::path::{Path, PathBuf};

/// A database.
#[derive(Debug, Clone)]
pub enum Place {
    Folder(PathBuf),
    Server { url: String, tenant: String },
}

const TENANT: &str = "main";

impl Place {
    pub fn of(config: &Config) -> Place {
        match config {
            Config::Sqlite { dir, .. } => Place::Folder(dir.clone()),
            Config::Postgres { url, tenant } => Place::Server { url: url.clone(), tenant: tenant.clone() },
        }
    }

    pub fn config(&self) -> Config {
        match self {
            Place::Folder(dir) => Config::Sqlite { dir: dir.clone(), tenant: TENANT.to_owned() },
            Place::Server { url, tenant } => Config::Postgres { url: url.clone(), tenant: tenant.clone() },
        }
    }

    pub fn arguments(&self) -> Vec<String> {
        match self {
            Place::Folder(dir) => ["--data", &dir.to_string_lossy(), "--tenant", TENANT].map(str::to_owned).to_vec(),
            Place::Server { url, tenant } => ["--database-url", url, "--tenant", tenant].map(str::to_owned).to_vec(),
        }
    }

    pub fn database(&self) -> &'static str {
        match self {
            Place::Folder(_) => "SQLite",
            Place::Server { .. } => "PostgreSQL",
        }
    }

    /// The file, where there is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Place::Folder(dir) => Some(dir),
            Place::Server { .. } => None,
        }
    }
}

/// An empty folder with this name.
pub fn empty_folder(parent: &Path, name: &str) -> std::io::Result<Place> {
    let dir = parent.join(name);
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    std::fs::create_dir_all(&dir)?;
    Ok(Place::Folder(dir))
}

/// A copy of the data in a folder, to be written to.
pub fn copy(from: &Path, parent: &Path, name: &str) -> std::io::Result<Place> {
    let place = empty_folder(parent, name)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|kind| kind == "db") {
            std::fs::copy(entry.path(), parent.join(name).join(entry.file_name()))?;
        }
    }
    Ok(place)
}
