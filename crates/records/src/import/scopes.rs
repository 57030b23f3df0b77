//! What an import needs of a token whose scopes leave only part of its user's rights: it runs later, with all that the
//! user may do, so that the door asks for everything that the map can come to.

use super::{Mode, Preparing, rows::mapping};
use crate::{
    field::Field,
    matching,
    object::Object,
    permissions::Access,
    schema::Schema,
    transfer::{Column, Key, Mapping, Place},
};
use base::{Error, Result, Scope, message};

#[derive(Clone, Copy)]
enum Need {
    Read,
    Create,
    Update,
}

/// Whether the caller's scopes let them do all that the import may do.
///
/// # Errors
/// `Forbidden`, with the scope that is missing.
pub(super) fn check(from: &Preparing, is_of_other_kind: bool) -> Result<()> {
    if !from.caller.plan.narrowed {
        return Ok(());
    }
    if is_of_other_kind {
        return Err(Error::Forbidden(message!("import-scope-kind", kind = from.object)));
    }
    let (schema, object) = (&from.catalog.schema, from.catalog.object(from.object)?);
    // Also what the caller alone could not make: the job can.
    let mapping = mapping(from, object, true)?;
    let access = Access::new(schema, from.caller);
    for (object, need) in needs(from, schema, object, &mapping) {
        let rights = access.rights(object);
        let (may, act) = match need {
            Need::Read => (rights.read > Scope::None, "read"),
            Need::Create => (rights.create, "create"),
            Need::Update => (rights.update > Scope::None, "update"),
        };
        if !may {
            return Err(Error::Forbidden(message!("import-scope", scope = format!("{}:{act}", object.name))));
        }
    }
    Ok(())
}

fn needs<'s>(from: &Preparing, schema: &'s Schema, object: &'s Object, mapping: &Mapping) -> Vec<(&'s Object, Need)> {
    let found = |object: &'s Object| {
        let change = (from.mode != Mode::CreateOnly).then_some((object, Need::Update));
        [(object, Need::Read)].into_iter().chain(change)
    };
    let mut needs = Vec::new();
    needs.extend((from.mode != Mode::UpdateOnly).then_some((object, Need::Create)));
    if from.match_by.is_some() || mapping.columns.iter().any(|column| column.place.field() == "id") {
        needs.extend(found(object));
    }
    needs.extend(of_columns(schema, object, &mapping.columns));
    for also in &mapping.also {
        let Some(object) = schema.object(&also.object) else { continue };
        needs.push((object, Need::Create));
        if also.match_by.is_some() {
            needs.extend(found(object));
        }
        needs.extend(of_columns(schema, object, &also.columns));
    }
    needs
}

/// What their references lead to, and what becomes of that.
fn of_columns<'s>(schema: &'s Schema, object: &Object, columns: &[Column]) -> Vec<(&'s Object, Need)> {
    let mut needs = Vec::new();
    for column in columns {
        let Some(field) = object.field(column.place.field()).filter(|field| field.kind.is_reference()) else {
            continue;
        };
        needs.extend(targets(schema, field, &column.place).into_iter().map(|target| (target, Need::Read)));
        let Some((makes, target)) = column.makes.as_ref().zip(schema.target(field)) else { continue };
        needs.extend(makes.create.then_some((target, Need::Create)));
        needs.extend(makes.update.then_some((target, Need::Update)));
        needs.extend(of_columns(schema, target, &makes.others));
    }
    needs
}

/// The objects among which a text is looked for.
fn targets<'s>(schema: &'s Schema, field: &Field, place: &Place) -> Vec<&'s Object> {
    let only = schema.target(field).map(|target| target.id);
    let is_meant = |target: &&Object| match (only, place.key()) {
        (Some(only), _) => target.id == only,
        _ if target.internal || target.deleted => false,
        (None, Some(Key::Open { object: Some(name), .. })) => *name == target.name,
        (None, Some(Key::Open { object: None, field })) => target.field(field).is_some_and(matching::can_match),
        (None, _) => true,
    };
    schema.objects().iter().filter(is_meant).collect()
}
