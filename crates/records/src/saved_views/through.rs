//! A list through a view: its filter and the request's own both hold; the request's order and fields go before its.

use super::{SavedView, check, read};
use crate::{
    object::Object,
    permissions::Access,
    query::{ListRequest, Question},
};
use base::{Error, FieldError, Id, Result, message};

impl Question<'_> {
    /// The request with what the view that it names adds. Columns and keys of the order that the caller may not know
    /// of are left out.
    ///
    /// # Errors
    /// A field error for `view` where there is none for this object and caller, or where its filter makes no sense to
    /// this caller: with a filter left out, they would see other records than the view means.
    pub async fn through(&self, object: &Object, request: ListRequest) -> Result<ListRequest> {
        let Some(view) = self.saved_view(object, request.view.as_deref()).await? else { return Ok(request) };
        let seen = check::seen(&view, &self.access(), object, self.records.db().clock().now());
        let columns = match seen.columns.as_slice() {
            [] if view.shape.columns.is_empty() => None,
            [] => Some("id".to_owned()),
            names => Some(names.join(",")),
        };
        let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        let within = usable_filter(&view, self, object)?;
        let fields = if given(&request.fields) { request.fields } else { columns };
        let sort = if given(&request.sort) { request.sort } else { Some(seen.sort) };
        Ok(ListRequest { fields, sort, within, ..request })
    }

    /// The groups and the totals of the view that a request names, as far as the caller may know them.
    pub(crate) async fn summed_through(&self, object: &Object, view: Option<&str>) -> Result<(String, String)> {
        let Some(view) = self.saved_view(object, view).await? else { return Ok(Default::default()) };
        let seen = check::seen(&view, &self.access(), object, self.records.db().clock().now());
        Ok((seen.group, seen.totals))
    }

    /// The view of a request, if it names one.
    async fn saved_view(&self, object: &Object, id: Option<&str>) -> Result<Option<SavedView>> {
        let Some(id) = id.filter(|id| !id.trim().is_empty()) else { return Ok(None) };
        let unknown = || Error::field("view", message!("view-unknown", object = object.name));
        let id: Id = id.trim().parse().map_err(|_| unknown())?;
        let view = read::load(self.records, self.caller, id).await?;
        let view = view.filter(|view| view.object == object.name && view.share.is_seen_by(self.caller));
        view.map(Some).ok_or_else(unknown)
    }
}

/// The view's filter, if it has one and it makes sense to the caller.
fn usable_filter(view: &SavedView, question: &Question<'_>, object: &Object) -> Result<Option<String>> {
    let access: Access<'_> = question.access();
    let now = question.records.db().clock().now();
    let text = &view.shape.filter;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let seen = check::seen(view, &access, object, now);
    match check::filter(text, &access, object, now) {
        Ok(()) => Ok(Some(text.clone())),
        Err(Error::Invalid(_)) => {
            let head = FieldError { field: "view".to_owned(), message: message!("view-unusable", name = view.name) };
            let why = seen.broken.into_iter().filter(|broken| broken.part == "filter");
            let why = why.map(|broken| FieldError { field: "view.filter".to_owned(), message: broken.message });
            Err(Error::Invalid(std::iter::once(head).chain(why).collect()))
        }
        Err(other) => Err(other),
    }
}
