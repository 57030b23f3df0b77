//! A look at a file before it is imported: how it is written, its first rows, and what its columns seem to mean.

use super::{
    Asked, Upload,
    written::{header, hints},
};
use crate::{
    catalog::Catalog,
    object::Object,
    permissions::Access,
    transfer::{
        Detected, Format, Header, Looks, Preset, Reason, Rows, Start, Suggestion, Target, Told, date_pattern, detect,
        plain, suggest,
    },
};
use base::{Error, Result, message};
use serde_json::{Value as Json, json};

/// Rows that are shown.
const SHOWN: usize = 20;

impl Upload<'_> {
    /// What there is to say about the file. Nothing of it is kept.
    ///
    /// # Errors
    /// As of an import whose file cannot be read.
    pub async fn preview(mut self, asked: &Asked) -> Result<Json> {
        self.unfold(asked).await?;
        let catalog = self.records.catalog(self.caller).await?;
        let object = catalog.object(&self.object)?;
        let detected = if self.origin.is_some() { Detected::ours() } else { detect(&self.beginning) };
        let refused = |message| Error::field("file", message);
        let format = match self.origin {
            Some(_) => Format::new(detected.encoding, detected.delimiter),
            None => hints(asked, false)?.format(&detected),
        };
        let format = format.map_err(refused)?;
        let (header, start) = header(format, &self.beginning).map_err(refused)?;
        let rows = rows(format, &self.beginning, start);
        let preset = Preset::detect(&object.name, &header);
        let known = preset.and_then(|preset| preset.columns(&object.name, &header)).unwrap_or_default();
        let access = Access::new(&catalog.schema, self.caller);
        let also: Vec<&Object> = catalog.schema.objects().iter().filter(|one| access.rights(one).create).collect();
        let suggestions = suggest(object, &catalog.schema, &header, &rows, &known, &also);
        let map = map_text(&header, &rows, &suggestions, (&detected, preset, object))?;
        let origin = self.origin.as_ref();
        let sheets = origin.map(|origin| {
            let sheet = |(name, is_hidden): &(String, bool)| json!({"name": name, "hidden": is_hidden});
            origin.sheets.iter().map(sheet).collect::<Vec<_>>()
        });
        let warnings = origin.map(super::unfolded::Origin::warnings).unwrap_or_default();
        let speak = |warning: &base::Message| web::speak(warning, self.caller.language);
        Ok(json!({
            "format": origin.map_or("csv", |origin| origin.format.as_str()),
            "encoding": format.encoding().name(),
            "delimiter": char::from(format.delimiter()),
            "decimal_comma": detected.decimal_comma,
            "sheets": sheets,
            "sheet": origin.and_then(|origin| origin.sheet.as_deref()),
            "header_row": origin.map_or(1, |origin| origin.header_row),
            "preset": preset.map(|preset| preset.name),
            "header": header.names(),
            "rows": rows.iter().take(SHOWN).collect::<Vec<_>>(),
            "columns": columns(&catalog, object, &header, &rows, &suggestions),
            "map": map,
            "warnings": warnings.iter().map(speak).collect::<Vec<_>>(),
        }))
    }
}

/// The rows behind the header that lie whole in the beginning.
fn rows(format: Format, beginning: &[u8], start: Start) -> Vec<Vec<String>> {
    let mut rows = Rows::new(format, start);
    rows.feed(beginning.get(usize::try_from(start.offset).unwrap_or(usize::MAX)..).unwrap_or_default());
    if beginning.len() < crate::transfer::SAMPLE_BYTES {
        rows.finish();
    }
    let mut read = Vec::new();
    while let Some(row) = rows.next() {
        read.extend(
            row.cells.ok().filter(|cells| !cells.is_blank()).map(|cells| cells.iter().map(str::to_owned).collect()),
        );
    }
    read
}

fn columns(
    catalog: &Catalog,
    object: &Object,
    header: &Header,
    rows: &[Vec<String>],
    suggestions: &[Suggestion],
) -> Vec<Json> {
    let column = |(at, (name, one)): (usize, (&String, &Suggestion))| {
        let samples: Vec<&str> = cells(rows, at).take(3).collect();
        let new_field = match one.target {
            Some(_) => None,
            None => one.looks.kind().map(|kind| json!({"name": slug(catalog, object, name), "type": kind.name()})),
        };
        json!({"name": name, "field": one.target.as_ref().map(Target::shown), "confidence": one.confidence,
            "reason": one.reason.map(Reason::name), "looks_like": one.looks.name(),
            "samples": samples, "new_field": new_field})
    };
    header.names().iter().zip(suggestions).enumerate().map(column).collect()
}

fn cells(rows: &[Vec<String>], at: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// A name for a new field, that no other has.
fn slug(_catalog: &Catalog, object: &Object, name: &str) -> String {
    let plain: String = plain(name).chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').take(40).collect();
    let mut slug = plain.trim().replace(' ', "_");
    if !slug.starts_with(|c: char| c.is_ascii_alphabetic()) {
        slug.insert_str(0, "field_");
    }
    while object.field(&slug).is_some() {
        slug.push_str("_2");
    }
    slug
}

/// What a map is made from beside the suggestions: how the file is written, whose export it is, and the rows' object.
type Ground<'a> = (&'a Detected, Option<&'a Preset>, &'a Object);

/// The suggestions as a map, ready to be sent along or changed first.
fn map_text(
    header: &Header,
    rows: &[Vec<String>],
    suggestions: &[Suggestion],
    (detected, preset, object): Ground<'_>,
) -> Result<String> {
    let (mut file, mut fields, mut also) = (toml::Table::new(), toml::Table::new(), toml::Table::new());
    for (at, (name, one)) in header.names().iter().zip(suggestions).enumerate() {
        let Some(target) = &one.target else { continue };
        let own = target.own();
        let is_day =
            matches!(one.looks, Looks::Date | Looks::Instant) && own.is_some_and(|own| object.field(own).is_some());
        let dates = if is_day { date_pattern(cells(rows, at)) } else { None };
        let told = match preset.filter(|_| one.reason == Some(Reason::Preset)).zip(own) {
            Some((preset, field)) => Told { dates, ..preset.told(field, name) },
            None => Told { dates, ..Told::column(name) },
        };
        let told = written(&told)?;
        match target {
            Target::Beside(beside, field) => {
                let table = also.entry(beside).or_insert_with(|| toml::Value::Table(toml::Table::new()));
                table.as_table_mut().map(|table| table.insert(field.clone(), told));
            }
            Target::Own(field) => drop(fields.insert(field.clone(), told)),
        }
    }
    if detected.decimal_comma {
        file.insert("decimal_comma".to_owned(), toml::Value::Boolean(true));
    }
    let mut map = toml::Table::new();
    if !file.is_empty() {
        map.insert("file".to_owned(), toml::Value::Table(file));
    }
    map.insert("fields".to_owned(), toml::Value::Table(fields));
    if !also.is_empty() {
        map.insert("also".to_owned(), toml::Value::Table(also));
    }
    toml::to_string(&map).map_err(|_| Error::field("file", message!("file-empty")))
}

/// A column alone as a text, and with more to say as a table.
fn written(told: &Told) -> Result<toml::Value> {
    let table = toml::Value::try_from(told).map_err(Error::internal)?;
    let only = |table: &toml::Table| table.len() == 1;
    match (&told.column, table.as_table().is_some_and(only)) {
        (Some(column), true) => Ok(toml::Value::String(column.clone())),
        _ => Ok(table),
    }
}
