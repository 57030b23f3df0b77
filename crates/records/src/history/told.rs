//! What features tell of their own events, for the pages of the log.

use super::Entry;
use crate::{query::Question, stories::Told};
use base::Result;
use serde_json::Value as Json;
use std::collections::HashMap;

/// By place in the log: the name of the story, and what it says.
pub(super) type Tellings = HashMap<(i64, i64), (&'static str, Json)>;

impl Question<'_> {
    /// What is said of the entries that are features' own; those of which nothing is said are taken out.
    pub(super) async fn tellings(&self, entries: &mut Vec<Entry>) -> Result<Tellings> {
        let mut tellings = Tellings::new();
        for story in self.records.stories() {
            let own: Vec<&Entry> = entries.iter().filter(|entry| story.verb(&entry.kind).is_some()).collect();
            if own.is_empty() {
                continue;
            }
            let told = own.iter().map(|entry| Told {
                verb: story.verb(&entry.kind).unwrap_or_default().to_owned(),
                record: entry.record,
                changes: entry.changes.clone(),
            });
            let said = (story.tell)(self.records.clone(), self.caller.clone(), told.collect()).await?;
            let places = own.iter().map(|entry| (entry.tx, entry.seq)).zip(said);
            tellings.extend(places.filter_map(|(place, said)| Some((place, (story.name, said?)))));
            entries.retain(|entry| story.verb(&entry.kind).is_none() || tellings.contains_key(&(entry.tx, entry.seq)));
        }
        Ok(tellings)
    }
}
