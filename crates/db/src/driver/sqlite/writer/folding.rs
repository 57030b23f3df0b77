//! Folding the log of writes into the file, on a thread of its own: the writing thread does not wait for it.
//!
//! SQLite begins its log anew only where all of it stands in the file, and whoever folds beside a writer never quite
//! gets there: each pass leaves what was written meanwhile. So the thread passes twice, and the little that is left
//! the writing thread folds itself.

use crate::driver::sqlite::cells;
use base::{Error, Result};
use rusqlite::Connection;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
        mpsc::{self, TryRecvError},
    },
    thread::JoinHandle,
};

/// So many pages of the log (256 MiB) are folded at a time: a page that changes often is then copied less often.
pub(crate) const PAGES: i32 = 64_000;
/// Where the thread is so many times behind, the writer waits for it: the log does not grow without end.
const MOST: i32 = 4;
const PASSES: usize = 2;

/// What the writing thread knows of the log, and the thread that folds it.
pub(crate) struct Folding {
    /// Pages in the log after the last commit.
    pages: Arc<AtomicI32>,
    /// So many are folded at a time.
    step: i32,
    /// From so many on it is folded.
    next: i32,
    is_running: bool,
    wake: mpsc::Sender<()>,
    done: mpsc::Receiver<()>,
    thread: JoinHandle<()>,
}

impl Folding {
    /// `writing` is the connection that commits, `folding` one of its own for the thread, `step` in pages.
    pub(crate) fn start(writing: &mut Connection, folding: Connection, step: i32) -> Result<Folding> {
        let pages = Arc::new(AtomicI32::new(0));
        let seen = Arc::clone(&pages);
        let hook = move |_: &mut rusqlite::hooks::Wal, pages| {
            seen.store(pages, Ordering::Relaxed);
            Ok(())
        };
        writing.wal_hook(Some(hook)).map_err(|e| cells::failure(&e))?;
        let (wake, woken) = mpsc::channel();
        let (finished, done) = mpsc::channel();
        let work = move || {
            while woken.recv().is_ok() {
                (0..PASSES).for_each(|_| pass(&folding));
                if finished.send(()).is_err() {
                    break;
                }
            }
        };
        let thread = std::thread::Builder::new().name("db-fold".to_owned()).spawn(work).map_err(Error::internal)?;
        Ok(Folding { pages, step, next: step, is_running: false, wake, done, thread })
    }

    /// To be called between transactions.
    pub(crate) fn look(&mut self, writing: &Connection) {
        let pages = self.pages.load(Ordering::Relaxed);
        if self.is_running {
            let told = match pages > MOST * self.step {
                true => self.done.recv().map_err(|_| TryRecvError::Disconnected),
                false => self.done.try_recv(),
            };
            // Where the thread is gone, the writer folds all of it.
            if told != Err(TryRecvError::Empty) {
                self.is_running = false;
                pass(writing);
                // The log begins anew with the next commit. Where a reader holds on to it, it goes on growing.
                self.next = pages + self.step;
            }
            return;
        }
        if pages < self.next - self.step {
            self.next = self.step;
        }
        if pages >= self.next {
            self.is_running = true;
            // Where nobody hears it, the next look finds out.
            let _ = self.wake.send(());
        }
    }

    /// Waits until nothing is folded any more.
    pub(crate) fn end(self) {
        let Folding { wake, thread, .. } = self;
        drop(wake);
        if thread.join().is_err() {
            tracing::error!("the thread that folds the log into the file had ended before");
        }
    }
}

/// Copies into the file what no reader needs in the log any more.
fn pass(connection: &Connection) {
    if let Err(error) = connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)") {
        tracing::warn!(%error, "the log could not be folded into the file now; it grows until the next try");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, database::Synchronous, driver::sqlite::settings, testing::Scratch};
    use std::path::{Path, PathBuf};

    const STEP: i32 = 50;
    const PAGE: u64 = 8_192;

    fn file(scratch: &Scratch) -> PathBuf {
        let Config::Sqlite { dir, .. } = scratch.config() else { panic!("not in a folder") };
        std::fs::create_dir_all(&dir).unwrap();
        dir.join("a.db")
    }

    fn write(file: &Path, rows: usize) -> (Connection, Folding) {
        let mut writing = settings::open_for_writing(file, Synchronous::Off).unwrap();
        let other = settings::open_for_folding(file, Synchronous::Off).unwrap();
        let mut folding = Folding::start(&mut writing, other, STEP).unwrap();
        writing.execute_batch("CREATE TABLE t (a)").unwrap();
        more(&writing, &mut folding, rows);
        (writing, folding)
    }

    fn more(writing: &Connection, folding: &mut Folding, rows: usize) {
        for _ in 0..rows {
            writing.execute("INSERT INTO t VALUES (zeroblob(8000))", []).unwrap();
            folding.look(writing);
        }
    }

    fn log(file: &Path) -> u64 {
        std::fs::metadata(file.with_extension("db-wal")).unwrap().len()
    }

    #[tokio::test]
    async fn the_log_stays_small_however_much_is_written() {
        let scratch = Scratch::sqlite().await;
        let file = file(&scratch);
        let (writing, folding) = write(&file, 3_000);
        // An insert here writes two pages at most, and the writer waits where the log is four steps long.
        let most = u64::try_from(STEP * (MOST + 1) + 10).unwrap() * (PAGE + 24);
        assert!(log(&file) <= most, "{} > {most}", log(&file));
        folding.end();
        let rows: i64 = writing.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 3_000);
    }

    #[tokio::test]
    async fn the_log_stays_small_where_the_thread_is_gone() {
        let scratch = Scratch::sqlite().await;
        let file = file(&scratch);
        let (writing, mut folding) = write(&file, 1);
        (folding.wake, folding.done) = (mpsc::channel().0, mpsc::channel().1);
        more(&writing, &mut folding, 3_000);
        let pages = folding.pages.load(Ordering::Relaxed);
        assert!(pages <= STEP * 2, "{pages}");
        assert!(log(&file) <= u64::try_from(STEP * 3).unwrap() * (PAGE + 24), "{}", log(&file));
    }

    #[tokio::test]
    async fn what_a_reader_needs_stays_in_the_log_until_it_has_gone() {
        let scratch = Scratch::sqlite().await;
        let file = file(&scratch);
        let (writing, mut folding) = write(&file, 10);
        let reader = settings::open_for_reading(&file).unwrap();
        let count = || reader.query_row("SELECT count(*) FROM t", [], |row| row.get::<_, i64>(0)).unwrap();
        reader.execute_batch("BEGIN").unwrap();
        assert_eq!(count(), 10);
        more(&writing, &mut folding, 1_000);
        assert_eq!(count(), 10);
        let long = log(&file);
        assert!(long > 1_000 * PAGE, "{long}");
        reader.execute_batch("COMMIT").unwrap();
        assert_eq!(count(), 1_010);
        more(&writing, &mut folding, 2_000);
        // It began anew inside the same file, which is cut on the way there.
        let pages = folding.pages.load(Ordering::Relaxed);
        assert!(pages <= STEP * (MOST + 1) + 10, "{pages}");
        folding.end();
    }
}
