//! The files of the repository as the keepers see them: relative paths and texts.

use std::{fs, io, path::Path};

/// What is not ours to judge: built, fetched, generated or made by running the product.
const LEFT_OUT: &[&str] = &[".git", "target", "data", "docs/generated", "ui/dist", "ui/src/api"];
const ENDINGS: &[&str] = &["rs", "ts", "tsx", "css", "sql", "toml", "md", "ftl"];
/// Folders whose files are scripts without an ending.
const SCRIPTS: &[&str] = &["bin/", ".ci/"];

/// One text file.
pub struct Source {
    /// From the root, with `/` between the parts.
    pub path: String,
    pub text: String,
}

/// Every text file that people edit.
pub struct Repository {
    pub sources: Vec<Source>,
    root: std::path::PathBuf,
}

impl Repository {
    /// The repository in which cargo runs this program. Not that in which it was built: clones share what is built.
    pub fn here() -> io::Result<Repository> {
        let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&here).join("../..").canonicalize()?;
        let mut sources = Vec::new();
        collect(&root, "", &mut sources)?;
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Repository { sources, root })
    }

    /// The text of one file, where it is there.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.sources.iter().find(|source| source.path == path).map(|source| source.text.as_str())
    }

    /// True where the path leads to a file or folder, also to one that is left out of `sources`.
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Repository {
        let source = |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
        Repository { sources: files.iter().map(source).collect(), root: std::path::PathBuf::new() }
    }
}

impl Source {
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Tests stand in files of their own, `tests.rs` or below `tests/`.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

fn collect(root: &Path, folder: &str, found: &mut Vec<Source>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if LEFT_OUT.contains(&path.as_str()) || name == "node_modules" {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(root, &path, found)?;
        } else if kind.is_file() && is_ours(&path) {
            found.push(Source { text: fs::read_to_string(entry.path())?, path });
        }
    }
    Ok(())
}

fn is_ours(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.contains(&ending) || SCRIPTS.iter().any(|folder| path.starts_with(folder))
}
