//! Custom objects and fields: what an administrator may define, how it is checked, kept and read.

mod bin;
mod dependents;
mod input;
mod keep;
mod labels;
mod options;
mod plan;
mod rules;
mod shown;
mod slots;
mod undoing;

pub use bin::{Binned, Deletion, Manner, bin, delete_field, delete_object, restore_field, restore_object};
pub use dependents::{Asker, Dependent, Subject, dependents, holders};
pub use input::{FieldInput, ObjectInput};
pub use keep::{change_field, change_object, create_field, create_object, index_columns};
pub use labels::{ChoiceInput, LabelInput};
pub use rules::RuleInput;
pub(crate) use shown::labels_json;
pub use shown::{field_json, object_json};
pub use slots::{TOMBSTONE, class as slot_class, in_slot};
pub use undoing::take_back;

use crate::{
    field::{Field, Kind, Storage},
    object::{Object, Table},
};
use base::{Error, Result, TenantId};
use db::{Reader, Statement, sql};

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
            Some(object) => object.rules = input.rules(),
            None => objects.push(Object { deleted: is_deleted, ..custom_object(id, row.text(1)?, &input) }),
        }
    }
    let text = sql!(
        "SELECT id, object_id, name, slot, definition, next_slot, deleted_at FROM field_definition
         WHERE tenant_id = ?1 ORDER BY position, id"
    );
    for row in reader.rows(Statement::new(text, [tenant.into()])).await?.iter() {
        let (name, is_deleted) = (row.text(2)?, row.opt_int(6)?.is_some());
        if is_thrown_away(name, is_deleted) {
            continue;
        }
        let input: FieldInput = serde_json::from_str(row.text(4)?).map_err(Error::internal)?;
        let object_id = row.int(1)?;
        if let Some(object) = objects.iter_mut().find(|object| object.id == object_id) {
            let mut field = custom_field(row.int(0)?, name, row.text(3)?, &input)?;
            field.next_slot = row.opt_text(5)?.map(str::to_owned);
            let field = if is_deleted || object.deleted { field.put_away() } else { field };
            let before_system = object.fields.iter().position(|field| field.name == "id").unwrap_or(0);
            object.fields.insert(before_system, field);
        }
    }
    Ok(objects)
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
    Object { table: Table::Shared, custom: true, rules: input.rules(), ..object }
}

fn custom_field(id: i64, name: &str, slot: &str, input: &FieldInput) -> Result<Field> {
    let kind = Kind::parse(&input.kind).ok_or_else(|| Error::internal("a stored field of an unknown kind"))?;
    let mut field = Field::new("", kind);
    field.id = id;
    field.name = name.to_owned();
    field.storage = Storage::Slot(slot.to_owned());
    field.custom = true;
    input.describe(&mut field);
    Ok(field)
}
