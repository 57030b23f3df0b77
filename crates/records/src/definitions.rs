//! Custom objects and fields: what an administrator may define, how it is checked, kept and read.

mod bin;
mod choices;
mod dependents;
mod duplicates;
mod input;
mod keep;
mod labels;
mod options;
mod plan;
mod relations;
mod rules;
mod shown;
mod slots;
mod undoing;

pub use bin::{Binned, Deletion, Manner, bin, delete_field, delete_object, restore_field, restore_object};
pub use choices::{Replacing, list as options, replace as replace_option};
pub(crate) use choices::{first_retired, leave, of_standard as standard_options, returning};
pub use dependents::{Asker, Dependent, Subject, dependents, holders};
pub use duplicates::set as set_duplicate_rules;
pub use input::{FieldInput, ObjectInput};
pub use keep::{change_field, change_object, create_field, create_object, index_columns};
pub use labels::{ChoiceInput, LabelInput, OptionInput};
pub use relations::{ToMany, to_many};
pub use rules::RuleInput;
pub(crate) use shown::{choice_json, labels_json};
pub use shown::{field_json, object_json};
pub use slots::{TOMBSTONE, class as slot_class, in_slot};
pub use undoing::take_back;

use crate::{
    derived,
    field::{Field, Kind, Storage},
    object::{Object, Table},
    schema::Schema,
};
use base::{Error, Result, TenantId};
use db::{Reader, Statement, sql};
use std::collections::HashSet;

/// The tenant's objects: the standard ones and its own, each with the fields added to it.
pub async fn load(reader: &mut Reader, tenant: TenantId, standard: &[Object]) -> Result<Vec<Object>> {
    let mut objects = standard.to_vec();
    let text = sql!("SELECT id, name, definition, deleted_at FROM object_definition WHERE tenant_id = ?1 ORDER BY id");
    for row in reader.rows(Statement::new(text, [tenant.into()])).await?.iter() {
        let is_deleted = row.opt_int(3)?.is_some();
        if is_thrown_away(row.text(1)?, is_deleted) {
            continue;
        }
        let input: ObjectInput = serde_json::from_str(row.text(2)?).map_err(Error::internal)?;
        let id = row.int(0)?;
        match objects.iter_mut().find(|object| object.id == id) {
            // Of a standard object only the rules are kept.
            Some(object) => {
                object.rules = input.rules();
                object.duplicates = input.duplicates;
            }
            None => objects.push(Object { deleted: is_deleted, ..custom_object(id, row.text(1)?, &input) }),
        }
    }
    choices::load(reader, tenant, &mut objects).await?;
    let text = sql!(
        "SELECT id, object_id, name, slot, definition, next_slot, deleted_at FROM field_definition
         WHERE tenant_id = ?1 ORDER BY position, id"
    );
    let mut unmade = Vec::new();
    for row in reader.rows(Statement::new(text, [tenant.into()])).await?.iter() {
        let (name, is_deleted) = (row.text(2)?, row.opt_int(6)?.is_some());
        if is_thrown_away(name, is_deleted) {
            continue;
        }
        let input: FieldInput = serde_json::from_str(row.text(4)?).map_err(Error::internal)?;
        let (id, object_id) = (row.int(0)?, row.int(1)?);
        let slots = (row.text(3)?.to_owned(), row.opt_text(5)?.map(str::to_owned));
        if derived::is_derived(&input.kind) {
            unmade.push(Unmade { id, object: object_id, name: name.to_owned(), is_deleted, slots, input });
            continue;
        }
        if let Some(object) = objects.iter_mut().find(|object| object.id == object_id) {
            let kind = Kind::parse(&input.kind);
            let mut field = Field::new("", kind.ok_or_else(|| Error::internal("a stored field of an unknown kind"))?);
            input.describe(&mut field);
            let field = if is_deleted || object.deleted { field.put_away() } else { field };
            add(object, field, id, name, slots);
        }
    }
    let filling = derived::fill::open(reader, tenant).await?;
    Ok(with_derived(objects, unmade, &filling))
}

/// A derived field whose type is not known before the fields that it is made from are.
struct Unmade {
    id: i64,
    object: i64,
    /// As it is kept: another one in the bin.
    name: String,
    is_deleted: bool,
    slots: (String, Option<String>),
    input: FieldInput,
}

/// The objects with their derived fields, those first that others are made from.
fn with_derived(objects: Vec<Object>, mut unmade: Vec<Unmade>, filling: &HashSet<i64>) -> Vec<Object> {
    if unmade.is_empty() {
        return objects;
    }
    let mut schema = Schema::new(objects, crate::settings::defaults());
    while !unmade.is_empty() {
        let (mut made, mut left) = (schema.objects().to_vec(), Vec::new());
        for one in unmade {
            let found = made.iter_mut().find(|object| object.id == one.object);
            let field = found.as_ref().and_then(|object| derived::made(&schema, object, &one.input).ok());
            match (found, field) {
                (Some(object), Some(field)) => {
                    let field = Field { filling: filling.contains(&one.id), ..field };
                    let field = if one.is_deleted || object.deleted { field.put_away() } else { field };
                    add(object, field, one.id, &one.name, one.slots);
                }
                _ => left.push(one),
            }
        }
        if made.iter().map(|object| object.fields.len()).sum::<usize>()
            == schema.objects().iter().map(|object| object.fields.len()).sum::<usize>()
        {
            // As when a new release knows a field no more.
            left.iter().for_each(|one| tracing::warn!(field = one.id, "a derived field makes no sense any more"));
            break;
        }
        schema = Schema::new(made, crate::settings::defaults());
        unmade = left;
    }
    schema.objects().to_vec()
}

fn add(object: &mut Object, field: Field, id: i64, name: &str, (slot, next_slot): (String, Option<String>)) {
    let (name, storage) = (name.to_owned(), Storage::Slot(slot));
    let field = Field { id, name, storage, next_slot, custom: true, ..field };
    let before_system = object.fields.iter().position(|field| field.name == "id").unwrap_or(0);
    object.fields.insert(before_system, field);
}

/// Of what lay in the bin long enough nothing is known any more, while its values are thrown away.
fn is_thrown_away(name: &str, is_in_bin: bool) -> bool {
    name.starts_with(TOMBSTONE) && !is_in_bin
}

/// A custom object: a name of its own, then the system fields.
fn custom_object(id: i64, name: &str, input: &ObjectInput) -> Object {
    let own = Field::new("name", Kind::Text).called("Name", "Nazwa", "Nom", "Nume").required().searched();
    let labels = (input.singular_labels(name), input.plural_labels(name));
    let object = Object::standard(id, name, "record", labels, vec![own]).titled(&["name"]);
    let (rules, duplicates) = (input.rules(), input.duplicates.clone());
    Object { table: Table::Shared, custom: true, rules, duplicates, ..object }
}
