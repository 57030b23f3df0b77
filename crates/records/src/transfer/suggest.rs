//! Which field a column seems to mean, by its name and by what stands in it, and how sure that is.

use super::{
    also,
    guess::{self, Looks},
    header::Header,
    mapping, synonyms,
};
use crate::{
    field::{Field, Kind},
    object::Object,
    schema::Schema,
};

/// Why a column seems to be what it is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The file comes from a product whose exports are known.
    Preset,
    /// It is called as the field is.
    Name,
    /// It is called as others call the field.
    Synonym,
    /// What stands in it looks like that.
    Content,
}

impl Reason {
    pub fn name(self) -> &'static str {
        match self {
            Reason::Preset => "preset",
            Reason::Name => "name",
            Reason::Synonym => "synonym",
            Reason::Content => "content",
        }
    }
}

/// Where a column goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Into a field of the rows' records, or a path such as `company.external_id`.
    Own(String),
    /// Into a field of what rows make beside them: its object, and the field.
    Beside(String, String),
}

impl Target {
    /// As answered by the API: `notes.body`.
    pub fn shown(&self) -> String {
        match self {
            Target::Own(field) => field.clone(),
            Target::Beside(object, field) => format!("{object}.{field}"),
        }
    }

    /// The field or path of the rows' records.
    pub fn own(&self) -> Option<&str> {
        match self {
            Target::Own(field) => Some(field),
            Target::Beside(..) => None,
        }
    }

    /// What a map fills once: of a path the field that leads away.
    fn filled(&self) -> (Option<&str>, &str) {
        match self {
            Target::Own(field) => (None, field.split_once('.').map_or(field, |(first, _)| first)),
            Target::Beside(object, field) => (Some(object), field),
        }
    }
}

/// What is suggested for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Where it goes, or nothing that is there.
    pub target: Option<Target>,
    pub reason: Option<Reason>,
    /// In percent.
    pub confidence: u8,
    pub looks: Looks,
}

/// One suggestion for each column; no field twice, whatever it is found by. What a preset knows goes first. Of what rows
/// can make beside their records, only what is among `also` is suggested.
pub fn suggest(
    object: &Object,
    schema: &Schema,
    header: &Header,
    rows: &[Vec<String>],
    preset: &[(usize, &str)],
    also: &[&Object],
) -> Vec<Suggestion> {
    let looks: Vec<Looks> = (0..header.names().len()).map(|at| guess::looks(cells(rows, at))).collect();
    let blank = |looks: &Looks| Suggestion { target: None, reason: None, confidence: 0, looks: *looks };
    let mut suggestions: Vec<Suggestion> = looks.iter().map(blank).collect();
    for reason in [Reason::Preset, Reason::Name, Reason::Synonym, Reason::Content] {
        for (at, name) in header.names().iter().enumerate() {
            let is_open = suggestions.get(at).is_some_and(|one| one.target.is_none());
            let looks = looks.get(at).copied().unwrap_or_default();
            let taken = |target: &Target| {
                suggestions.iter().flat_map(|one| &one.target).any(|one| one.filled() == target.filled())
            };
            let is_free = |field: &str| !taken(&Target::Own(field.to_owned()));
            let found = match reason {
                _ if !is_open => None,
                Reason::Preset => {
                    let known = preset.iter().find(|(place, _)| *place == at);
                    let fits = |field: &str| mapping::place(object, schema, field).is_some();
                    known.filter(|(_, field)| fits(field)).map(|(_, field)| Target::Own((*field).to_owned()))
                }
                // The numbers of another product are not ours.
                Reason::Name => mapping::place(object, schema, name)
                    .map(|place| place.field().to_owned())
                    .filter(|field| field != "id" || preset.is_empty())
                    .map(Target::Own)
                    .or_else(|| beside(object, schema, name, also)),
                Reason::Synonym => synonyms::fields_called(name)
                    .find(|name| is_fit(object, name, &is_free))
                    .map(|name| Target::Own(name.to_owned()))
                    .or_else(|| beside(object, schema, synonyms::beside(name)?, also)),
                Reason::Content => by_content(object, looks, &is_free).map(Target::Own),
            };
            let Some(target) = found.filter(|target| !taken(target)) else { continue };
            let kind = target.own().and_then(|field| object.field(field)).map(|field| field.kind);
            let confidence = confidence(reason, kind, looks);
            if let Some(one) = suggestions.get_mut(at) {
                (one.target, one.reason, one.confidence) = (Some(target), Some(reason), confidence);
            }
        }
    }
    suggestions
}

fn cells(rows: &[Vec<String>], at: usize) -> impl Iterator<Item = &str> + Clone {
    rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// What rows make beside: `notes.body`.
fn beside(object: &Object, schema: &Schema, name: &str, also: &[&Object]) -> Option<Target> {
    let (other, _, field) = also::meant(object, schema, name)?;
    also.iter().any(|known| known.id == other.id).then(|| Target::Beside(other.name.clone(), field.name.clone()))
}

fn is_fit(object: &Object, name: &str, is_free: &dyn Fn(&str) -> bool) -> bool {
    object.field(name).is_some_and(|field| !field.read_only) && is_free(name)
}

/// The only field of the kind that the column looks like; of twins the first.
fn by_content(object: &Object, looks: Looks, is_free: &dyn Fn(&str) -> bool) -> Option<String> {
    let kind = match looks {
        Looks::Email => Kind::Email,
        Looks::Phone => Kind::Phone,
        Looks::Country => Kind::Country,
        Looks::Url => Kind::Url,
        _ => return None,
    };
    let fits = |field: &&Field| field.kind == kind && !field.read_only && !field.holds_many();
    let mut fields = object.fields.iter().filter(fits);
    let field = fields.next()?;
    (fields.next().is_none() && is_free(&field.name)).then(|| field.name.clone())
}

/// A name that what stands below contradicts is worth little.
fn confidence(reason: Reason, kind: Option<Kind>, looks: Looks) -> u8 {
    let agrees = kind.and_then(|kind| guess::agrees(kind, looks));
    match (reason, agrees) {
        (Reason::Preset | Reason::Name, Some(false)) => 50,
        (Reason::Preset | Reason::Name, _) => 100,
        (Reason::Synonym, Some(true)) => 95,
        (Reason::Synonym, None) => 85,
        (Reason::Synonym, Some(false)) => 40,
        (Reason::Content, _) => 60,
    }
}
