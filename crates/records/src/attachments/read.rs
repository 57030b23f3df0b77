//! The words of documents, read in the background: a document that takes too long, is too large, or breaks the reader
//! is found by its record alone.

use crate::{background::number, catalog::Records, search, value::File};
use base::{Error, Id, Result};
use db::Batch;
use files::Stop;
use jobs::{Job, JobContext, JobKind, Outcome, Priority};
use serde_json::json;
use std::{panic, time::Duration};
use tokio::io::AsyncReadExt;

const JOB: &str = "records.read_file";

/// Larger documents are not read.
const MOST_BYTES: i64 = 32 << 20;

const LONGEST: Duration = Duration::from_secs(60);

/// Has a file read once the batch has committed.
pub(super) fn later(records: &Records, batch: &mut Batch, file: &File) {
    let job = Job::new(JOB, json!({"file": file.id})).attempts(3).priority(Priority::Low);
    jobs::enqueue(batch, records.db(), job);
}

pub fn job_kind(records: Records) -> JobKind {
    JobKind::new(JOB, move |context| {
        let records = records.clone();
        async move { run(&records, &context).await }
    })
}

async fn run(records: &Records, context: &JobContext) -> Result<Outcome> {
    let (id, tenant) = (Id(number(&context.payload, "file")?), context.caller.tenant);
    let mut reader = records.db().reader(&context.caller);
    let found = super::load(&mut reader, tenant, &[id]).await?.remove(&id);
    let Some(file) = found.filter(|file| file.size_bytes <= MOST_BYTES) else { return Ok(Outcome::done()) };
    let Some(mut content) = records.files().open(&file.sha256).await? else { return Ok(Outcome::done()) };
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes).await.map_err(Error::internal)?;
    let words = words(bytes, file.kind).await;
    let mut batch = Batch::new();
    records.search().put_document(tenant, id, &words, &mut batch);
    Ok(Outcome::Done(batch))
}

/// The words of a document; none where its reader breaks down or takes too long.
async fn words(bytes: Vec<u8>, kind: String) -> Vec<String> {
    let stop = Stop::default();
    let told = stop.clone();
    let reading = tokio::task::spawn_blocking(move || {
        panic::catch_unwind(|| search::document_words(&files::text(&bytes, &kind, &told))).unwrap_or_default()
    });
    let words = tokio::time::timeout(LONGEST, reading).await;
    stop.tell();
    words.ok().and_then(|read| read.ok()).unwrap_or_default()
}
