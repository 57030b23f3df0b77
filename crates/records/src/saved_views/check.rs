//! Whether the parts of a view make sense: at saving, for whoever saves it, and later, for whoever looks at it.

use super::{LONGEST_NAME, LONGEST_TEXT, MOST_COLUMNS, SavedView, Shape};
use crate::{filter::Filter, object::Object, permissions::Access, sort::Order, totals::Asked};
use base::{Error, FieldError, Message, Result, Timestamp, message};

/// A part of a view that cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// `columns`, `filter`, `sort`, `group`, `totals`.
    pub part: String,
    pub message: Message,
}

/// A view as one caller has it: without what they may not know of.
#[derive(Debug, Default)]
pub struct Seen {
    pub columns: Vec<String>,
    /// `None` where it looks at something that the caller may not know of.
    pub filter: Option<String>,
    pub sort: String,
    /// Empty where they look at something that the caller may not know of.
    pub group: String,
    pub totals: String,
    pub broken: Vec<Broken>,
}

/// Everything wrong with the parts of a view that `given` names.
pub(super) fn problems(
    shape: &Shape,
    access: &Access<'_>,
    object: &Object,
    now: Timestamp,
    given: impl Fn(&str) -> bool,
) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Message| errors.push(FieldError { field: field.to_owned(), message });
    if given("columns") {
        if shape.columns.len() > MOST_COLUMNS {
            wrong("columns", message!("view-too-many", most = MOST_COLUMNS));
        }
        for name in shape.columns.iter().filter(|name| !shows(access, object, name)) {
            wrong("columns", message!("fields-unknown", field = name, object = object.name));
        }
    }
    let texts = [("filter", &shape.filter), ("sort", &shape.sort), ("group", &shape.group), ("totals", &shape.totals)];
    for (part, _) in texts.iter().filter(|(part, text)| given(part) && text.chars().count() > LONGEST_TEXT) {
        wrong(part, message!("view-text-length", max = LONGEST_TEXT));
    }
    if given("filter") {
        errors.extend(fields_of(filter(&shape.filter, access, object, now)));
    }
    if given("sort") {
        errors.extend(fields_of(Order::parse(&shape.sort, access, object).map(drop)));
    }
    if given("group") {
        errors.extend(fields_of(Asked::parse(&shape.group, "", "", access, object).map(drop)));
    }
    if given("totals") {
        errors.extend(fields_of(Asked::parse("", &shape.totals, "", access, object).map(drop)));
    }
    errors
}

pub(super) fn name_problem(name: &str) -> Option<FieldError> {
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    (!fits)
        .then(|| FieldError { field: "name".to_owned(), message: message!("mapping-name-length", max = LONGEST_NAME) })
}

/// The view for this caller. Its owner and administrators are told what exactly is wrong with it; others only that
/// something is, since its words may name what is hidden from them.
pub(super) fn seen(view: &SavedView, access: &Access<'_>, object: &Object, now: Timestamp) -> Seen {
    let knows = view.share.is_owned_by(access.caller) || access.caller.plan.everything;
    let shape = &view.shape;
    let mut seen = Seen { filter: Some(shape.filter.clone()), ..Seen::default() };
    let mut broken = |part: &str, message: Message| {
        let message = if knows { message } else { message!("view-part-unusable") };
        seen.broken.push(Broken { part: part.to_owned(), message });
    };
    for name in &shape.columns {
        if shows(access, object, name) {
            seen.columns.push(name.clone());
        } else if knows {
            broken("columns", message!("fields-unknown", field = name, object = object.name));
        }
    }
    let sorts = |key: &&str| Order::parse(key, access, object).is_ok();
    let (kept, lost): (Vec<&str>, Vec<&str>) = keys(&shape.sort).partition(sorts);
    seen.sort = kept.join(",");
    for key in lost.into_iter().filter(|_| knows) {
        broken("sort", message!("sort-unknown", field = key.trim_start_matches('-'), object = object.name));
    }
    for error in fields_of(filter(&shape.filter, access, object, now)) {
        broken("filter", error.message);
        if !knows {
            seen.filter = None;
        }
    }
    summed(shape, access, object, knows, &mut seen);
    seen
}

/// Groups and totals, which go as a whole where a part of them cannot be used.
fn summed(shape: &Shape, access: &Access<'_>, object: &Object, knows: bool, seen: &mut Seen) {
    let group = Asked::parse(&shape.group, "", "", access, object).map(drop);
    let totals = Asked::parse("", &shape.totals, "", access, object).map(drop);
    (seen.group, seen.totals) = (shape.group.clone(), shape.totals.clone());
    for (part, outcome) in [("group", group), ("totals", totals)] {
        let errors = fields_of(outcome);
        if !errors.is_empty() && !knows {
            *(if part == "group" { &mut seen.group } else { &mut seen.totals }) = String::new();
        }
        let told = errors.into_iter().filter(|_| knows);
        seen.broken.extend(told.map(|error| Broken { part: part.to_owned(), message: error.message }));
    }
}

fn keys(sort: &str) -> impl Iterator<Item = &str> {
    sort.split(',').map(str::trim).filter(|key| !key.is_empty())
}

fn shows(access: &Access<'_>, object: &Object, name: &str) -> bool {
    object.field(name).is_some_and(|field| access.may_see(object, field))
}

pub(super) fn filter(text: &str, access: &Access<'_>, object: &Object, now: Timestamp) -> Result<()> {
    if text.trim().is_empty() {
        return Ok(());
    }
    Filter::parse(text)?.check(access, object, now).map(drop)
}

/// What a refusal says of fields.
fn fields_of(outcome: Result<()>) -> Vec<FieldError> {
    match outcome {
        Err(Error::Invalid(errors)) => errors,
        _ => Vec::new(),
    }
}
