//! Groups and totals of a list: how many records there are of each kind, and what their figures come to.
//!
//! The database adds up by the values themselves, and dates by the day or the month; the calendar of the company
//! makes weeks, quarters and years of these here. Sums are exact: halves of them are added up apart, so that none
//! leaves 63 bits.

mod asked;
mod calendar;
mod figures;
mod gather;
mod told;

pub use asked::Asked;

use crate::{
    object::Object,
    query::{ListRequest, Question},
};
use base::{Error, Result, message};
use calendar::Calendar;
use figures::Figures;
use gather::Group;
use serde_json::Value as Json;

/// Most groups that one answer shows, and how many without being asked for more.
pub const MOST: u32 = 1_000;
pub const DEFAULT_LIMIT: u32 = 200;
/// Most groups that are added up before their order is known.
const MOST_GATHERED: usize = 20_000;

/// What a request for totals says; everything as the caller wrote it.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TotalsRequest {
    /// `status`, `month(placed_at),owner`: two at most.
    pub group: Option<String>,
    /// `sum(total),avg(total)`; groups are always counted.
    pub totals: Option<String>,
    /// `group` (the order of the keys), `count` or one of the totals, with `-` the largest first.
    pub sort: Option<String>,
    pub filter: Option<String>,
    pub search: Option<String>,
    pub view: Option<String>,
    pub bin: Option<bool>,
    pub limit: Option<u32>,
}

impl Question<'_> {
    /// The groups with their figures, and the figures of all.
    ///
    /// # Errors
    /// Field errors for `group`, `totals` and `sort` where a field is not there, hidden or masked, or of the wrong
    /// kind; where there are more than 20,000 groups.
    pub async fn totals(&self, object: &Object, request: TotalsRequest) -> Result<Json> {
        let limit = request.limit.unwrap_or(DEFAULT_LIMIT);
        if limit == 0 || limit > MOST {
            return Err(Error::field("limit", message!("limit-range", most = MOST)));
        }
        let TotalsRequest { group, totals, sort, filter, search, view, bin, .. } = request;
        let of_view = self.summed_through(object, view.as_deref()).await?;
        let (group, totals) = (group.unwrap_or(of_view.0), totals.unwrap_or(of_view.1));
        let asked = Asked::parse(&group, &totals, sort.as_deref().unwrap_or(""), &self.access(), object)?;
        let list = ListRequest { filter, search, view, bin, ..ListRequest::default() };
        let list = self.through(object, list).await?;
        let calendar = Calendar::new(self.catalog.schema.reading().zone, self.records.db().clock().now());
        let mut groups = self.gather(object, &list, &asked, &calendar).await?;
        let mut all = Figures::default();
        groups.iter().for_each(|group| all.join(&group.figures));
        groups.sort_by(|one, other| asked.compare(one, other));
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = groups.len() > limit;
        groups.truncate(limit);
        let shown = if asked.groups.is_empty() { Vec::new() } else { groups };
        self.tell(&asked, &shown, &all, more).await
    }
}
