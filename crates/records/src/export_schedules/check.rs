//! What a schedule must be before it is kept, and the question that it asks each time.

use super::{Schedule, Shape};
use crate::{
    catalog::Records,
    export::Export,
    query::{ListRequest, Question},
};
use base::{Caller, Error, FieldError, Result, message};

const LONGEST_NAME: usize = 100;
const MOST_KEPT: i64 = 100;
const LONGEST_FILTER: usize = 10_000;
const MOST_FIELDS: usize = 300;

/// What a schedule alone has, also while it rests.
///
/// # Errors
/// Field errors.
pub(super) fn check_shape(schedule: &Schedule) -> Result<()> {
    let shape = &schedule.shape;
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message| errors.push(FieldError { field: field.to_owned(), message });
    if schedule.name.is_empty() || schedule.name.chars().count() > LONGEST_NAME {
        wrong("name", message!("export-schedule-name", max = LONGEST_NAME));
    }
    if !(1..=MOST_KEPT).contains(&shape.keep) {
        wrong("keep", message!("export-schedule-keep", max = MOST_KEPT));
    }
    if shape.filter.as_ref().is_some_and(|filter| filter.len() > LONGEST_FILTER) {
        wrong("filter", message!("field-text-too-long", length = LONGEST_FILTER + 1, max = LONGEST_FILTER));
    }
    if shape.fields.len() > MOST_FIELDS {
        wrong("fields", message!("field-too-many", max = MOST_FIELDS));
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// Whether the caller could have the file now.
///
/// # Errors
/// As of an export.
pub(super) async fn check_begin(records: &Records, caller: &Caller, schedule: &Schedule) -> Result<()> {
    begin(records, caller, schedule).await.map(drop)
}

/// The export, with the rights that the caller has now.
pub(super) async fn begin<'a>(records: &'a Records, caller: &'a Caller, schedule: &Schedule) -> Result<Export<'a>> {
    let question = Question::new(records, caller).await?;
    let object = question.catalog.schema.object_by_id(schedule.object).filter(|object| !object.deleted);
    let name = object.map(|object| object.name.clone()).ok_or(Error::NotFound("object"))?;
    let request = question.through(question.object(&name)?, request(&schedule.shape)).await?;
    Export::new(question, &name, request, schedule.shape.format)
}

fn request(shape: &Shape) -> ListRequest {
    let (filter, view, fields) = (shape.filter.clone(), shape.view.clone(), shape.fields());
    ListRequest { filter, view, fields, ..ListRequest::default() }
}
