//! The words that are in use, held in memory to guess what a mistyped one meant.
//!
//! The table `search_word` is their only source: read whole once, then what was added since. Words that were added by
//! other nodes come in the same way as one's own.

use super::{query::Term, slips::LETTERS, typos, write::DAY_MS};
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

/// A batch may commit this long after it was put together; such words are read again.
const OVERLAP_MS: i64 = 60_000;

/// Words of letters, neither too short to be mistyped nor too long to be compared.
pub(super) fn is_spelled(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && (3..=LETTERS).contains(&word.chars().count())
}

/// By tenant; loaded when somebody first mistypes a word.
#[derive(Default)]
pub(super) struct Vocabularies(Mutex<HashMap<TenantId, Arc<Vocabulary>>>);

/// What is known at one moment. Replaced, not changed.
pub(super) struct Vocabulary {
    known: Arc<Set<Vec<u8>>>,
    fresh: Arc<BTreeSet<String>>,
    /// When it was read whole; done again every day, for the words that are gone.
    loaded: Timestamp,
    /// The youngest word read.
    last: Timestamp,
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
        let held = all.get(&tenant).filter(|held| now.0.abs_diff(held.loaded.0) < DAY_MS.unsigned_abs());
        let current = match held {
            Some(held) => refreshed(held, reader, tenant).await?,
            None => Some(load(reader, tenant, now).await?),
        };
        if let Some(current) = current {
            all.insert(tenant, Arc::new(current));
        }
        all.get(&tenant).cloned().ok_or_else(|| Error::internal("a vocabulary got lost"))
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
    let (mut after, mut last) = (String::new(), Timestamp(0));
    loop {
        let text =
            sql!("SELECT word, added FROM search_word WHERE tenant_id = ?1 AND word > ?2 ORDER BY word LIMIT ?3");
        let page = reader.rows(Statement::new(text, [tenant.into(), after.into(), PAGE.into()])).await?;
        let words = page.iter().map(|row| Ok((row.text(0)?.to_owned(), row.time(1)?)));
        let words = words.collect::<Result<Vec<_>>>()?;
        let Some((youngest, _)) = words.last() else { break };
        after = youngest.clone();
        last = words.iter().map(|word| word.1).fold(last, Timestamp::max);
        let extended =
            spawn_blocking(move || words.iter().try_for_each(|(word, _)| builder.insert(word)).map(|()| builder));
        builder = extended.await.map_err(Error::internal)?.map_err(Error::internal)?;
    }
    let known = builder.into_inner().and_then(Set::new).map_err(Error::internal)?;
    Ok(Vocabulary { known: Arc::new(known), fresh: Arc::default(), loaded: now, last })
}

/// With what was added since; `None` where that is nothing.
async fn refreshed(held: &Vocabulary, reader: &mut Reader, tenant: TenantId) -> Result<Option<Vocabulary>> {
    let mut fresh: Option<BTreeSet<String>> = None;
    let (mut since, mut after) = (Timestamp(held.last.0 - OVERLAP_MS), String::new());
    let mut last = held.last;
    loop {
        let text = sql!(
            "SELECT word, added FROM search_word WHERE tenant_id = ?1 AND (added, word) > (?2, ?3)
             ORDER BY added, word LIMIT ?4"
        );
        let args = [tenant.into(), since.into(), after.as_str().into(), PAGE.into()];
        let page = reader.rows(Statement::new(text, args)).await?;
        for row in page.iter() {
            let (word, added) = (row.text(0)?, row.time(1)?);
            if !held.known.contains(word) && !held.fresh.contains(word) {
                fresh.get_or_insert_with(|| BTreeSet::clone(&held.fresh)).insert(word.to_owned());
            }
            (since, last) = (added, last.max(added));
            after = word.to_owned();
        }
        if i64::try_from(page.len()).unwrap_or(PAGE) < PAGE {
            break;
        }
    }
    let Some(fresh) = fresh else { return Ok(None) };
    let (known, fresh) = if fresh.len() > FRESH {
        (Arc::new(merged(Arc::clone(&held.known), fresh).await?), Arc::default())
    } else {
        (Arc::clone(&held.known), Arc::new(fresh))
    };
    Ok(Some(Vocabulary { known, fresh, loaded: held.loaded, last }))
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
