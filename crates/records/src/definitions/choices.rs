//! The options of choices: what is wrong with them, how many records hold each, and what an administrator has made of
//! those of standard fields.

mod replace;
mod returning;

pub use replace::{Replacing, replace};
pub(crate) use replace::{leave, named_by};
pub(crate) use returning::returning;

use super::{ChoiceInput, FieldInput, keep::commit};
use crate::{
    catalog::Records,
    field::{Choice, Field, Kind, Part, colour},
    object::{Object, Table},
    schema::Schema,
    sql::Sql,
};
use base::{Caller, Error, FieldError, Id, Message, Result, message};
use db::{Batch, Cell, Expect, Reader, Statement, sql};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Most characters of a code.
const LONGEST_CODE: usize = 100;

/// Everything wrong with a list of options by itself.
pub(super) fn problems(options: &[ChoiceInput]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |message| errors.push(FieldError { field: "options".to_owned(), message });
    let mut codes: Vec<&str> = options.iter().map(ChoiceInput::code).collect();
    codes.sort_unstable();
    let unfit = |code: &&str| code.trim().is_empty() || code.chars().count() > LONGEST_CODE;
    if codes.windows(2).any(|pair| pair[0] == pair[1]) || codes.iter().any(unfit) {
        wrong(message!("definition-options"));
    }
    for option in options.iter().cloned().map(ChoiceInput::whole) {
        if let Some(unknown) = option.colour.filter(|text| colour(text).is_none()) {
            wrong(message!("definition-colour", code = option.code, found = unknown));
        }
    }
    errors
}

/// The first of some codes that is one of a retired option.
pub(crate) fn first_retired<'c>(choices: &[Choice], mut codes: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    codes.find(|code| choices.iter().any(|choice| choice.retired && choice.code == *code))
}

/// How many records, in the bin or not, hold each code of a choice, also those that are no option (any more).
pub(crate) async fn uses(
    records: &Records,
    caller: &Caller,
    object: &Object,
    field: &Field,
) -> Result<BTreeMap<String, i64>> {
    let mut sql = Sql::new();
    if field.holds_many() {
        sql.push("SELECT i.value, COUNT(*) FROM item i WHERE i.tenant_id = ").push_arg(caller.tenant);
        sql.push(" AND i.field_id = ").push_arg(field.id).push(" GROUP BY i.value");
    } else {
        let dialect = records.db().dialect();
        sql.push("SELECT ").push_field(dialect, "r", field, Part::Value).push(", COUNT(*) FROM ");
        sql.push(object.table_name()).push(" r WHERE r.tenant_id = ").push_arg(caller.tenant);
        if object.table == Table::Shared {
            sql.push(" AND r.object_id = ").push_arg(object.id);
        }
        sql.push(" AND ").push_field(dialect, "r", field, Part::Value).push(" IS NOT NULL GROUP BY 1");
    }
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?))).collect()
}

/// The options of a field with how many records hold each; behind them what records hold and is no option.
///
/// # Errors
/// `NotFound` where there is no such field, or it offers no options.
pub async fn list(records: &Records, caller: &Caller, object: &str, field: &str) -> Result<Vec<Json>> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(object)?;
    let field = choice(object, field)?;
    let mut uses = uses(records, caller, object, field).await?;
    let mut items = Vec::new();
    for choice in &field.choices {
        let mut item = super::choice_json(choice);
        item["records"] = json!(uses.remove(&choice.code).unwrap_or(0));
        item["named_by"] = json!(named_by(&catalog.schema, object, field, &choice.code));
        items.push(item);
    }
    items.extend(uses.into_iter().map(|(code, count)| json!({"code": code, "unknown": true, "records": count})));
    Ok(items)
}

/// The field, if it is one that offers options.
pub(super) fn choice<'o>(object: &'o Object, name: &str) -> Result<&'o Field> {
    let field = object.field(name).ok_or(Error::NotFound("field"))?;
    let is_choice = matches!(field.kind, Kind::Choice | Kind::Choices);
    if is_choice { Ok(field) } else { Err(Error::NotFound("option")) }
}

/// Why options may not be left out of a field's: records hold them, or a rule or a condition names them.
pub(super) async fn lost(
    records: &Records,
    caller: &Caller,
    schema: &Schema,
    (object, field): (&Object, &Field),
    after: &[Choice],
) -> Result<Vec<FieldError>> {
    let gone: Vec<&Choice> = field.choices.iter().filter(|old| after.iter().all(|new| new.code != old.code)).collect();
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let uses = uses(records, caller, object, field).await?;
    let wrong = |message: Message| FieldError { field: "options".to_owned(), message };
    let problem = |choice: &&Choice| match uses.get(&choice.code) {
        Some(count) => Some(wrong(message!("definition-option-in-use", code = choice.code, records = *count))),
        None => {
            let by = named_by(schema, object, field, &choice.code).into_iter().next()?;
            Some(wrong(message!("definition-option-named", code = choice.code, by = by)))
        }
    };
    Ok(gone.iter().filter_map(problem).collect())
}

/// What is kept of a field's options, and the text under which it is.
pub(super) struct Kept {
    pub options: Vec<ChoiceInput>,
    stored: Option<String>,
}

pub(super) async fn kept(reader: &mut Reader, caller: &Caller, object: &Object, field: &Field) -> Result<Kept> {
    let stored = match field.custom {
        true => {
            let text = sql!("SELECT definition FROM field_definition WHERE tenant_id = ?1 AND id = ?2");
            reader.rows(Statement::new(text, [caller.tenant.into(), field.id.into()])).await?
        }
        false => {
            let text =
                sql!("SELECT options FROM field_options WHERE tenant_id = ?1 AND object_id = ?2 AND field_id = ?3");
            reader.rows(Statement::new(text, [caller.tenant.into(), object.id.into(), field.id.into()])).await?
        }
    };
    let stored = stored.first().map(|row| row.text(0).map(str::to_owned)).transpose()?;
    let options = match stored.as_deref() {
        Some(text) if field.custom => serde_json::from_str::<FieldInput>(text).map_err(Error::internal)?.options,
        Some(text) => serde_json::from_str(text).map_err(Error::internal)?,
        None => field.choices.iter().map(ChoiceInput::of).collect(),
    };
    Ok(Kept { options, stored })
}

impl Kept {
    /// The statement that keeps other options in their place; somebody may have been first.
    pub fn replaced(
        &self,
        caller: &Caller,
        object: &Object,
        field: &Field,
        options: &[ChoiceInput],
    ) -> Result<Statement> {
        let options = serde_json::to_value(options).map_err(Error::internal)?;
        if !field.custom {
            let text = sql!(
                "INSERT INTO field_options (tenant_id, object_id, field_id, options) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (tenant_id, object_id, field_id) DO UPDATE SET options = excluded.options
                     WHERE field_options.options = ?5"
            );
            let before = self.stored.clone().unwrap_or_default();
            let cells: [Cell; 5] =
                [caller.tenant.into(), object.id.into(), field.id.into(), options.to_string().into(), before.into()];
            return Ok(Statement::new(text, cells));
        }
        let before = self.stored.clone().ok_or(Error::NotFound("field"))?;
        let mut definition: Map<String, Json> = serde_json::from_str(&before).map_err(Error::internal)?;
        definition.insert("options".to_owned(), options);
        let text =
            sql!("UPDATE field_definition SET definition = ?3 WHERE tenant_id = ?1 AND id = ?2 AND definition = ?4");
        let cells: [Cell; 4] =
            [caller.tenant.into(), field.id.into(), Json::Object(definition).to_string().into(), before.into()];
        Ok(Statement::new(text, cells))
    }
}

/// The options of a standard field as they are kept, over those that the program declares: what it declares and they do
/// not know comes last.
pub(super) fn over(declared: &[Choice], kept: &[ChoiceInput]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = kept.iter().map(ChoiceInput::choice).collect();
    for choice in declared {
        if choices.iter().all(|known| known.code != choice.code) {
            choices.push(choice.clone());
        }
    }
    choices
}

/// Reads the options of standard fields into their objects.
pub(super) async fn load(reader: &mut Reader, tenant: base::TenantId, objects: &mut [Object]) -> Result<()> {
    let text = sql!("SELECT object_id, field_id, options FROM field_options WHERE tenant_id = ?1");
    for row in reader.rows(Statement::new(text, [tenant.into()])).await?.iter() {
        let (object, field) = (row.int(0)?, row.int(1)?);
        let fields = objects.iter_mut().filter(|one| one.id == object).flat_map(|object| &mut object.fields);
        if let Some(field) = fields.into_iter().find(|one| one.id == field) {
            let options: Vec<ChoiceInput> = serde_json::from_str(row.text(2)?).map_err(Error::internal)?;
            field.choices = over(&field.choices, &options);
        }
    }
    Ok(())
}

/// Changes the options of a standard field: those that the program declares stay among them.
pub(super) async fn change_standard(
    records: &Records,
    caller: &Caller,
    schema: &Schema,
    (object, field): (&Object, &Field),
    change: &Map<String, Json>,
) -> Result<Id> {
    let is_choice = matches!(field.kind, Kind::Choice | Kind::Choices);
    let Some(options) = change.get("options").filter(|_| is_choice && change.len() == 1) else {
        return Err(Error::Conflict(message!("definition-standard")));
    };
    let shape = |cause: serde_json::Error| Error::field("options", message!("definition-shape", cause = cause));
    let options: Vec<ChoiceInput> = serde_json::from_value(options.clone()).map_err(shape)?;
    let after: Vec<Choice> = options.iter().map(ChoiceInput::choice).collect();
    let mut errors = problems(&options);
    let mut wrong = |message| errors.push(FieldError { field: "options".to_owned(), message });
    let declared = records.standard().iter().find(|one| one.id == object.id).and_then(|one| one.field(&field.name));
    let declared = declared.map_or(&[][..], |declared| declared.choices.as_slice());
    let is_left_out = |choice: &&Choice| after.iter().all(|one| one.code != choice.code);
    if let Some(missing) = declared.iter().find(is_left_out) {
        wrong(message!("definition-option-standard", code = missing.code));
    }
    let default = field.default.iter().flat_map(crate::value::Value::each).filter_map(crate::value::Value::text);
    if let Some(code) = first_retired(&after, default) {
        wrong(message!("definition-default-retired", code = code));
    }
    if errors.is_empty() {
        errors = lost(records, caller, schema, (object, field), &after).await?;
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let kept = kept(&mut records.db().reader(caller), caller, object, field).await?;
    let mut batch = Batch::new();
    batch.expect(kept.replaced(caller, object, field, &options)?, Expect::Fresh);
    let changes = json!({"object": object.name, "field": {"name": field.name, "options": options}});
    commit(records, caller, batch, "field.changed", changes).await
}

/// What is kept of the options of an object's standard fields, by the fields' names.
pub(crate) async fn of_standard(reader: &mut Reader, caller: &Caller, object: &Object) -> Result<Map<String, Json>> {
    let text = sql!("SELECT field_id, options FROM field_options WHERE tenant_id = ?1 AND object_id = ?2");
    let rows = reader.rows(Statement::new(text, [caller.tenant.into(), object.id.into()])).await?;
    let mut found = BTreeMap::new();
    for row in rows.iter() {
        if let Some(field) = object.fields.iter().find(|field| row.int(0).is_ok_and(|id| field.id == id)) {
            let options: Json = serde_json::from_str(row.text(1)?).map_err(Error::internal)?;
            found.insert(field.name.clone(), options);
        }
    }
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Labels;

    #[test]
    fn what_the_program_declares_stays_among_the_options() {
        let declared = ["new", "paid"].map(|code| Choice::new(code, Labels::english(code)));
        let kept: Vec<ChoiceInput> =
            serde_json::from_value(json!(["paid", {"code": "lost", "colour": "RED"}])).unwrap();
        let all = over(&declared, &kept);
        assert_eq!(all.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>(), ["paid", "lost", "new"]);
        assert_eq!(all[1].colour.as_deref(), Some("red"));
    }

    #[test]
    fn a_list_of_options_names_each_once_and_knows_its_colours() {
        for (options, sound) in [
            (json!(["a", {"code": "b", "colour": "#0a7f7F"}]), true),
            (json!(["a", {"code": "a"}]), false),
            (json!([" "]), false),
            (json!([{"code": "b", "colour": "mauve"}]), false),
        ] {
            let read: Vec<ChoiceInput> = serde_json::from_value(options.clone()).unwrap();
            assert_eq!(problems(&read).is_empty(), sound, "{options}");
        }
    }
}
