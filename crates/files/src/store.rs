//! A folder of files, each under the SHA-256 of its content. A file that is there is whole: it is written under another
//! name, synced and renamed.

use base::{Error, Result, hex};
use sha2::{Digest, Sha256};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};
use tokio::{
    fs::{self, File},
    io::{self, AsyncWriteExt},
};

/// Bytes from a file's beginning that are kept to tell its kind.
const BEGINNING: usize = 16 << 10;

/// Under this name files lie while they arrive.
const ARRIVING: &str = "arriving";

/// The files of one company. Clones share the folder.
#[derive(Debug, Clone)]
pub struct Store(Arc<Path>);

/// A file on its way in. Dropped, it is gone.
#[derive(Debug)]
pub struct Arriving {
    store: Store,
    file: File,
    waiting: Waiting,
    hasher: Sha256,
    beginning: Vec<u8>,
    size_bytes: u64,
}

/// A file that is whole and on the disk, under a name that nobody looks for yet. Dropped, it is gone.
#[derive(Debug)]
pub struct Arrived {
    store: Store,
    waiting: Waiting,
    /// In lower-case hexadecimal.
    pub sha256: String,
    pub size_bytes: u64,
    /// The first bytes, enough to tell the kind.
    pub beginning: Vec<u8>,
}

/// The temporary name; removed unless the file got its own.
#[derive(Debug)]
struct Waiting(PathBuf);

impl Drop for Waiting {
    fn drop(&mut self) {
        // It has its own name by now, or a sweep takes it later.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Store {
    /// A folder, made when the first file arrives.
    pub fn new(dir: &Path) -> Store {
        Store(dir.into())
    }

    /// Opens a new file.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub async fn begin(&self) -> Result<Arriving> {
        let dir = self.0.join(ARRIVING);
        fs::create_dir_all(&dir).await.map_err(Error::internal)?;
        let mut name = [0_u8; 16];
        getrandom::fill(&mut name).map_err(|error| Error::internal(error.to_string()))?;
        let path = dir.join(hex(&name));
        let file = File::options().write(true).create_new(true).open(&path).await.map_err(Error::internal)?;
        let (waiting, beginning) = (Waiting(path), Vec::new());
        Ok(Arriving { store: self.clone(), file, waiting, hasher: Sha256::new(), beginning, size_bytes: 0 })
    }

    /// Where the content with this digest lies.
    pub fn path(&self, sha256: &str) -> PathBuf {
        let (folder, name) = sha256.split_at_checked(2).unwrap_or(("xx", sha256));
        self.0.join(folder).join(name)
    }

    /// Opens a content for reading; `None` where there is none.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub async fn open(&self, sha256: &str) -> Result<Option<File>> {
        match File::open(self.path(sha256)).await {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// Removes a content. One that is gone already is as good.
    ///
    /// # Errors
    /// Where it is there and cannot be removed.
    pub async fn remove(&self, sha256: &str) -> Result<()> {
        match fs::remove_file(self.path(sha256)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::internal(error)),
            _ => Ok(()),
        }
    }

    /// The names of the folders in which contents lie: the first two characters of their digests.
    pub fn folders() -> impl Iterator<Item = String> {
        (0..=u8::MAX).map(|first| format!("{first:02x}"))
    }

    /// What the clock of the disk says, which may be another machine's.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub async fn now(&self) -> Result<SystemTime> {
        let probe = self.begin().await?;
        probe.file.metadata().await.and_then(|about| about.modified()).map_err(Error::internal)
    }

    /// The digests of the contents of one folder that were written before a moment of the disk's clock.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub async fn older_than(&self, before: SystemTime, folder: &str) -> Result<Vec<String>> {
        let names = self.list(folder, before).await?;
        Ok(names.into_iter().map(|name| format!("{folder}{name}")).collect())
    }

    /// Removes files that began to arrive before a moment of the disk's clock and never came.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub async fn forget_cut_off(&self, before: SystemTime) -> Result<()> {
        for name in self.list(ARRIVING, before).await? {
            // Somebody else may have been faster.
            let _ = fs::remove_file(self.0.join(ARRIVING).join(name)).await;
        }
        Ok(())
    }

    async fn list(&self, folder: &str, before: SystemTime) -> Result<Vec<String>> {
        let dir = self.0.join(folder);
        let listed = tokio::task::spawn_blocking(move || older(&dir, before)).await.map_err(Error::internal)?;
        listed.map_err(Error::internal)
    }

    /// Width and height in pixels, of a picture whose content this is.
    ///
    /// # Errors
    /// Where the reading broke down.
    pub async fn dimensions(&self, arrived: &Arrived) -> Result<Option<(u32, u32)>> {
        let path = arrived.waiting.0.clone();
        let size = tokio::task::spawn_blocking(move || imagesize::size(path)).await.map_err(Error::internal)?;
        Ok(size.ok().and_then(|size| Some((size.width.try_into().ok()?, size.height.try_into().ok()?))))
    }
}

impl Arriving {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<()> {
        let room = BEGINNING.saturating_sub(self.beginning.len()).min(bytes.len());
        self.beginning.extend_from_slice(bytes.get(..room).unwrap_or_default());
        self.hasher.update(bytes);
        self.size_bytes = self.size_bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.file.write_all(bytes).await.map_err(Error::internal)
    }

    /// Bytes that came so far.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// All has come: it is on the disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be written or synced.
    pub async fn finish(mut self) -> Result<Arrived> {
        self.file.flush().await.map_err(Error::internal)?;
        self.file.sync_all().await.map_err(Error::internal)?;
        Ok(Arrived {
            store: self.store,
            waiting: self.waiting,
            sha256: hex(&self.hasher.finalize()),
            size_bytes: self.size_bytes,
            beginning: self.beginning,
        })
    }
}

impl Arrived {
    /// Gives the content its own name. It is there for good when this returns, and looks new even where the same
    /// content lay there before.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub async fn keep(&self) -> Result<()> {
        let path = self.store.path(&self.sha256);
        let Some(folder) = path.parent().map(Path::to_owned) else { return Ok(()) };
        fs::create_dir_all(&folder).await.map_err(Error::internal)?;
        fs::rename(&self.waiting.0, &path).await.map_err(Error::internal)?;
        for dir in [&folder, self.store.0.as_ref()] {
            File::open(dir).await.map_err(Error::internal)?.sync_all().await.map_err(Error::internal)?;
        }
        Ok(())
    }
}

fn older(dir: &Path, before: SystemTime) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let Ok(files) = std::fs::read_dir(dir) else { return Ok(found) };
    for file in files {
        let file = file?;
        // One that is gone by now is no longer there to be old.
        let Ok(written) = file.metadata().and_then(|about| about.modified()) else { continue };
        if written < before {
            found.extend(file.file_name().to_str().map(str::to_owned));
        }
    }
    Ok(found)
}
