//! How an object's records are laid out on screens: sections with titles, each with fields in columns. One for each
//! team that wants its own, one for everybody else; where none is set, one is made of the fields.
//!
//! Below them stand the lists of related records.
//!
//! Not here: the columns of tables in the database; those are in `layout`.

use crate::{
    catalog::Records,
    definitions::{LabelInput, ToMany, labels_json, to_many},
    object::{Labels, Object},
    permissions::Access,
    query::Question,
    sql::Sql,
    standard,
};
use base::{Caller, Error, FieldError, Id, Result, message};
use db::{Batch, Cell, Event, Statement, sql};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::HashSet;

/// Most sections of a layout.
const MOST_SECTIONS: usize = 50;

/// In how many columns a section may show its fields, and how many it has when nobody says.
const COLUMNS: std::ops::RangeInclusive<u8> = 1..=3;
const USUAL_COLUMNS: u8 = 2;

/// The layout for those whose teams have none of their own.
const EVERYBODY: Id = Id(0);

/// A group of fields under a title, as an administrator writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub title: LabelInput,
    #[serde(default = "usual_columns")]
    pub columns: u8,
    /// Names, in the order in which they are shown.
    pub fields: Vec<String>,
}

/// A layout, as an administrator writes it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutInput {
    pub sections: Vec<Section>,
    /// Names of relations to many, in the order in which their lists are shown; all where absent.
    pub related: Option<Vec<String>>,
}

fn usual_columns() -> u8 {
    USUAL_COLUMNS
}

/// The layout that a caller gets: that of a team, or of the first of the caller's teams that has one, or else the one
/// for everybody. Fields that are gone or hidden from the caller are left out, and sections without any.
///
/// # Errors
/// A team that is not there.
pub async fn shown(question: &Question<'_>, object: &Object, team: Option<&str>) -> Result<Json> {
    let (records, caller) = (question.records, question.caller);
    let teams = match team {
        Some(team) => vec![known_team(question, team).await?],
        None => caller.plan.teams.clone(),
    };
    let text = sql!("SELECT team_id, sections FROM object_layout WHERE tenant_id = ?1 AND object_id = ?2");
    let cells = [caller.tenant.into(), object.id.into()];
    let rows = records.db().reader(caller).once(Statement::new(text, cells)).await?;
    let mut kept: Vec<(Id, &str)> = Vec::new();
    for row in rows.iter() {
        kept.push((row.id(0)?, row.text(1)?));
    }
    let mut wanted = teams.iter().chain([&EVERYBODY]);
    let found = wanted.find_map(|team| kept.iter().find(|(id, _)| id == team));
    let (sections, related) = match found {
        Some((_, text)) => match serde_json::from_str(text).map_err(Error::internal)? {
            Kept::Sections(sections) => (sections, None),
            Kept::Whole { sections, related } => (sections, related),
        },
        None => (made(object), None),
    };
    let team = found.map(|(id, _)| *id).filter(|id| *id != EVERYBODY);
    Ok(json!({
        "object": object.name, "team": team, "set": found.is_some(),
        "sections": open(&question.access(), object, &sections),
        "related": lists(&question.access(), object, related.as_deref()),
    }))
}

/// As it is stored: sections alone, where nobody says which related lists there are.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    Sections(Vec<Section>),
    Whole { sections: Vec<Section>, related: Option<Vec<String>> },
}

/// The related lists that the caller may know of: those that are wanted in their order, or all.
fn lists(access: &Access, object: &Object, wanted: Option<&[String]>) -> Vec<Json> {
    let known = to_many(access, object);
    match wanted {
        None => known.iter().map(ToMany::json).collect(),
        Some(names) => {
            names.iter().filter_map(|name| known.iter().find(|one| one.name == name)).map(ToMany::json).collect()
        }
    }
}

/// Sets the layout of a team, or the one for everybody.
///
/// # Errors
/// Sections that cannot be shown so, and a team that is not there.
pub async fn set(question: &Question<'_>, object: &Object, team: Option<&str>, layout: LayoutInput) -> Result<()> {
    let mut problems = problems(object, &layout.sections);
    problems.extend(list_problems(question, object, layout.related.as_deref().unwrap_or_default()));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let team = team_or_everybody(question, team).await?;
    let text = sql!(
        "INSERT INTO object_layout (tenant_id, object_id, team_id, sections) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (tenant_id, object_id, team_id) DO UPDATE SET sections = excluded.sections"
    );
    let kept = match layout {
        LayoutInput { sections, related: None } => Kept::Sections(sections),
        LayoutInput { sections, related } => Kept::Whole { sections, related },
    };
    let kept = serde_json::to_string(&kept).map_err(Error::internal)?;
    let tenant = question.caller.tenant;
    let cells = [tenant.into(), object.id.into(), team.into(), Cell::Text(kept)];
    write(question.records, question.caller, object, team, Statement::new(text, cells)).await
}

/// Back to the layout for everybody, or to the one that is made of the fields.
pub async fn unset(question: &Question<'_>, object: &Object, team: Option<&str>) -> Result<()> {
    let team = team_or_everybody(question, team).await?;
    let text = sql!("DELETE FROM object_layout WHERE tenant_id = ?1 AND object_id = ?2 AND team_id = ?3");
    let cells = [question.caller.tenant.into(), object.id.into(), team.into()];
    write(question.records, question.caller, object, team, Statement::new(text, cells)).await
}

async fn write(records: &Records, caller: &Caller, object: &Object, team: Id, statement: Statement) -> Result<()> {
    let mut batch = Batch::new();
    batch.run(statement);
    let action = records.db().ids().next();
    let team = Some(team).filter(|team| *team != EVERYBODY);
    let changes = json!({"object": object.name, "team": team}).to_string();
    batch.log(Event { action, kind: "layout.changed", object: 0, record: None, changes, also: Vec::new() });
    records.db().submit(caller, batch).await.map(drop)
}

async fn team_or_everybody(question: &Question<'_>, team: Option<&str>) -> Result<Id> {
    match team {
        Some(team) => known_team(question, team).await,
        None => Ok(EVERYBODY),
    }
}

async fn known_team(question: &Question<'_>, text: &str) -> Result<Id> {
    let unknown = || Error::field("team", message!("layout-team-unknown", team = text));
    let id: Id = text.parse().map_err(|_| unknown())?;
    let teams = question.catalog.schema.object("teams").ok_or_else(unknown)?;
    let mut sql = Sql::new();
    sql.push("SELECT r.id FROM ").push(teams.table_name()).push(" r WHERE r.tenant_id = ");
    sql.push_arg(question.caller.tenant).push(" AND r.id = ").push_arg(id);
    let rows = question.records.db().reader(question.caller).once(sql.statement()).await?;
    if rows.is_empty() { Err(unknown()) } else { Ok(id) }
}

/// Of all fields in their order; those that every record has stand in a section of their own at the end.
fn made(object: &Object) -> Vec<Section> {
    let system: HashSet<String> = standard::system_fields(&object.name).into_iter().map(|field| field.name).collect();
    let names = object.fields.iter().map(|field| field.name.clone());
    let (last, first): (Vec<String>, Vec<String>) = names.partition(|name| system.contains(name));
    let section = |labels: Labels, fields| Section { title: LabelInput::of(&labels), columns: USUAL_COLUMNS, fields };
    vec![
        section(Labels::all("Details", "Szczegóły", "Détails", "Detalii"), first),
        section(Labels::all("About the record", "O rekordzie", "À propos de la fiche", "Despre înregistrare"), last),
    ]
}

fn open(access: &Access, object: &Object, sections: &[Section]) -> Vec<Json> {
    let is_open = |name: &&String| object.field(name).is_some_and(|field| access.may_see(object, field));
    let shown = |section: &Section| {
        let fields: Vec<&String> = section.fields.iter().filter(is_open).collect();
        let title = labels_json(&section.title.labels());
        (!fields.is_empty()).then(|| json!({"title": title, "columns": section.columns, "fields": fields}))
    };
    sections.iter().filter_map(shown).collect()
}

fn problems(object: &Object, sections: &[Section]) -> Vec<FieldError> {
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    let mut refuse = |field: String, message| problems.push(FieldError { field, message });
    if sections.is_empty() || sections.len() > MOST_SECTIONS {
        refuse("sections".to_owned(), message!("layout-sections", most = MOST_SECTIONS));
    }
    for (at, section) in sections.iter().enumerate().take(MOST_SECTIONS) {
        if let Some(problem) = section.title.problem() {
            refuse(format!("sections[{at}].title"), problem);
        }
        if !COLUMNS.contains(&section.columns) {
            refuse(format!("sections[{at}].columns"), message!("layout-columns", most = *COLUMNS.end()));
        }
        for (place, name) in section.fields.iter().enumerate() {
            let field = format!("sections[{at}].fields[{place}]");
            if object.field(name).is_none() {
                refuse(field, message!("layout-field-unknown", field = name, object = object.name));
            } else if !seen.insert(name) {
                refuse(field, message!("layout-field-twice", field = name));
            }
        }
    }
    problems
}

fn list_problems(question: &Question, object: &Object, related: &[String]) -> Vec<FieldError> {
    let access = question.access();
    let known = to_many(&access, object);
    let problem = |(place, name): (usize, &String)| {
        let message = if known.iter().all(|one| one.name != name) {
            message!("layout-relation-unknown", name = name, object = object.name)
        } else if related.iter().take(place).any(|other| other == name) {
            message!("layout-field-twice", field = name)
        } else {
            return None;
        };
        Some(FieldError { field: format!("related[{place}]"), message })
    };
    related.iter().enumerate().filter_map(problem).collect()
}
