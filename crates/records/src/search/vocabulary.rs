//! The words that are in use, held in memory to guess what a mistyped one meant.
//!
//! The table `search_word` is their only source: read whole once, then what was added since. Words that were added by
//! other nodes come in the same way as one's own.

use super::{query::Term, slips::LETTERS, typos};
use base::time::DAY_MS;
use base::{Error, Result, TenantId, Timestamp};
use db::{Reader, Statement, sql};
use fst::{IntoStreamer, Set, SetBuilder, Streamer};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use tokio::{sync::Mutex, task::spawn_blocking};

/// Words read at once.
const PAGE: i64 = 50_000;

/// Fresh words are few enough to be compared one by one; more become part of the compact set.
const FRESH: usize = 5_000;

/// A batch may commit this long after it was put together, and clocks differ: so much is read again each time.
const OVERLAP_MS: i64 = 30_000;

/// Words of letters, neither too short to be mistyped nor too long to be compared.
pub(super) fn is_spelled(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && (3..=LETTERS).contains(&word.chars().count())
}

/// By tenant; loaded when somebody first mistypes a word.
#[derive(Default)]
pub(super) struct Vocabularies(Mutex<HashMap<TenantId, Held>>);

/// A vocabulary, and when it was last compared with the table.
struct Held {
    vocabulary: Arc<Vocabulary>,
    seen: Timestamp,
}

/// What is known at one moment. Replaced, not changed.
pub(super) struct Vocabulary {
    known: Arc<Set<Vec<u8>>>,
    fresh: Arc<BTreeSet<String>>,
    /// When it was read whole; done again every day, for the words that are gone.
    loaded: Timestamp,
}

impl Vocabularies {
    /// As the reader's view has it.
    pub(super) async fn current(
        &self,
        reader: &mut Reader,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<Arc<Vocabulary>> {
        let mut all = self.0.lock().await;
        let is_young = |held: &&Held| now.0.abs_diff(held.vocabulary.loaded.0) < DAY_MS.unsigned_abs();
        let vocabulary = match all.get(&tenant).filter(is_young) {
            Some(held) => refreshed(held, reader, tenant).await?,
            None => Arc::new(load(reader, tenant, now).await?),
        };
        all.insert(tenant, Held { vocabulary: Arc::clone(&vocabulary), seen: now });
        Ok(vocabulary)
    }

    /// The next look reads it whole.
    pub(super) async fn forget(&self, tenant: TenantId) {
        self.0.lock().await.remove(&tenant);
    }
}

impl Vocabulary {
    /// What each of the typed words may have meant; the last one may be unfinished.
    pub(super) async fn meant(self: Arc<Self>, typed: Vec<String>) -> Result<Vec<Vec<Term>>> {
        spawn_blocking(move || {
            let last = typed.len().saturating_sub(1);
            let fresh = || self.fresh.iter().map(String::as_str);
            typed.iter().enumerate().map(|(at, word)| typos::meant(&self.known, fresh(), word, at == last)).collect()
        })
        .await
        .map_err(Error::internal)
    }
}

/// Reads the whole table, in pages, in the order that the compact set is built in.
async fn load(reader: &mut Reader, tenant: TenantId, now: Timestamp) -> Result<Vocabulary> {
    let mut builder = SetBuilder::memory();
    let mut after = String::new();
    loop {
        let text = sql!("SELECT word FROM search_word WHERE tenant_id = ?1 AND word > ?2 ORDER BY word LIMIT ?3");
        let page = reader.rows(Statement::new(text, [tenant.into(), after.into(), PAGE.into()])).await?;
        let words = page.iter().map(|row| Ok(row.text(0)?.to_owned())).collect::<Result<Vec<_>>>()?;
        let Some(last) = words.last() else { break };
        after = last.clone();
        let extended = spawn_blocking(move || builder.extend_iter(words).map(|()| builder));
        builder = extended.await.map_err(Error::internal)?.map_err(Error::internal)?;
    }
    let known = builder.into_inner().and_then(Set::new).map_err(Error::internal)?;
    Ok(Vocabulary { known: Arc::new(known), fresh: Arc::default(), loaded: now })
}

/// With what was added since the last look.
async fn refreshed(held: &Held, reader: &mut Reader, tenant: TenantId) -> Result<Arc<Vocabulary>> {
    let before = &held.vocabulary;
    let mut fresh: Option<BTreeSet<String>> = None;
    let (mut since, mut after) = (Timestamp(held.seen.0 - OVERLAP_MS), String::new());
    loop {
        let text = sql!(
            "SELECT word, added FROM search_word WHERE tenant_id = ?1 AND (added, word) > (?2, ?3)
             ORDER BY added, word LIMIT ?4"
        );
        let args = [tenant.into(), since.into(), after.as_str().into(), PAGE.into()];
        let page = reader.rows(Statement::new(text, args)).await?;
        for row in page.iter() {
            let word = row.text(0)?;
            if !before.known.contains(word) && !before.fresh.contains(word) {
                fresh.get_or_insert_with(|| BTreeSet::clone(&before.fresh)).insert(word.to_owned());
            }
            (since, after) = (row.time(1)?, word.to_owned());
        }
        if i64::try_from(page.len()).unwrap_or(PAGE) < PAGE {
            break;
        }
    }
    let Some(fresh) = fresh else { return Ok(Arc::clone(before)) };
    let (known, fresh) = if fresh.len() > FRESH {
        (Arc::new(merged(Arc::clone(&before.known), fresh).await?), Arc::default())
    } else {
        (Arc::clone(&before.known), Arc::new(fresh))
    };
    Ok(Arc::new(Vocabulary { known, fresh, loaded: before.loaded }))
}

async fn merged(known: Arc<Set<Vec<u8>>>, fresh: BTreeSet<String>) -> Result<Set<Vec<u8>>> {
    let merging = spawn_blocking(move || {
        let fresh = Set::from_iter(&fresh)?;
        let mut union = known.op().add(fresh.into_stream()).union();
        let mut builder = SetBuilder::memory();
        while let Some(word) = union.next() {
            builder.insert(word)?;
        }
        Set::new(builder.into_inner()?)
    });
    merging.await.map_err(Error::internal)?.map_err(Error::internal)
}
