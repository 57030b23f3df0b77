//! Before the first row: the custom fields that a map wants are made, and choices get the values that the file has.

use super::{Import, Preparing, WantedField, slices::Pieces, written::Written};
use crate::{
    catalog::Records,
    definitions::{self, ChoiceInput, FieldInput},
    field::Kind,
    transfer::{Rows, Start},
};
use base::{Caller, Error, Result, message};
use serde_json::{Map, json};
use std::collections::BTreeSet;

/// Most different values that become choices.
const MOST_CHOICES: usize = 500;

/// Makes what is missing. Only who may change definitions can; nothing is made by a dry run.
pub async fn lay(
    records: &Records,
    caller: &Caller,
    import: &Import,
    written: &Written,
    preparing: &Preparing<'_>,
) -> Result<()> {
    let Some(kind) = records.import_kind(&import.object) else { return Ok(()) };
    for wanted in (kind.fields)(preparing)? {
        let known = preparing.catalog.object(wanted.object)?.field(&wanted.name);
        let is_choice = known.map_or(wanted.kind == Kind::Choice.name(), |field| field.kind == Kind::Choice);
        if known.is_some_and(|field| !field.custom || !is_choice) || import.asked.dry_run {
            continue;
        }
        let values =
            if is_choice { values(records, caller, import, written, wanted.column).await? } else { BTreeSet::new() };
        let missing = known.map(|field| {
            let fresh = |value: &&String| field.choices.iter().all(|choice| !same(&choice.code, value));
            values.iter().filter(fresh).cloned().collect::<Vec<_>>()
        });
        if missing.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        if !caller.plan.everything {
            return Err(Error::Forbidden(message!("import-fields-missing", field = wanted.name)));
        }
        match (known, missing) {
            (Some(field), Some(missing)) => {
                let known = field.choices.iter().map(ChoiceInput::of);
                let options = known.chain(missing.into_iter().map(ChoiceInput::Code));
                let change = Map::from_iter([("options".to_owned(), json!(options.collect::<Vec<_>>()))]);
                definitions::change_field(records, caller, wanted.object, &wanted.name, &change).await?;
            }
            _ => {
                definitions::create_field(records, caller, wanted.object, &input(&wanted, &values)).await?;
            }
        }
    }
    Ok(())
}

fn input(wanted: &WantedField, values: &BTreeSet<String>) -> FieldInput {
    let options = values.iter().map(|value| ChoiceInput::Code(value.clone())).collect();
    FieldInput { name: wanted.name.clone(), kind: wanted.kind.clone(), options, ..FieldInput::default() }
}

fn same(one: &str, other: &str) -> bool {
    base::fold::fold(one) == base::fold::fold(other)
}

/// The different values of a column, over the whole file.
async fn values(
    records: &Records,
    caller: &Caller,
    import: &Import,
    written: &Written,
    column: usize,
) -> Result<BTreeSet<String>> {
    let mut pieces = Pieces::from(records, caller, import.id, written.offset).await?;
    let mut rows = Rows::new(written.format()?, Start { offset: written.offset, row: written.row });
    let (mut values, mut more) = (BTreeSet::new(), true);
    while more {
        match pieces.next().await? {
            Some(piece) => rows.feed(&piece),
            None => {
                rows.finish();
                more = false;
            }
        }
        while let Some(row) = rows.next() {
            let cell = row.cells.as_ref().ok().and_then(|cells| cells.get(column)).map(str::trim).unwrap_or_default();
            if !cell.is_empty() && !values.iter().any(|known: &String| same(known, cell)) {
                values.insert(cell.to_owned());
            }
            if values.len() > MOST_CHOICES {
                return Err(Error::field("map", message!("import-too-many-choices", most = MOST_CHOICES)));
            }
        }
    }
    Ok(values)
}
