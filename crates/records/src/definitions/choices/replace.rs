//! An option that is replaced by another one, or by nothing: it is retired at once, all records are moved in the
//! background, and then it is taken out of the list.

use super::{choice, first_retired, kept, uses};
use crate::{
    bulk::{self, Bulk, Effect, Wish},
    catalog::Records,
    definitions::ChoiceInput,
    derived::{self, Derived},
    field::Field,
    object::Object,
    schema::Schema,
    value::Value,
};
use base::{Caller, Error, Id, Result, message};
use db::{Batch, Event, Expect};
use serde_json::json;

/// What becomes of one option.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Replacing {
    /// The field's name.
    pub field: String,
    pub code: String,
    /// The option that comes in its place; nothing empties the field.
    pub with: Option<String>,
}

/// Begins to replace an option.
///
/// # Errors
/// `NotFound` where there is no such option; `Invalid` where it cannot be replaced by that; `Conflict` where the field's
/// default, a rule or a condition names it.
pub async fn replace(records: &Records, caller: &Caller, object: &str, wanted: Replacing) -> Result<Bulk> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(object)?;
    let field = choice(object, &wanted.field)?;
    let place = field.choices.iter().position(|choice| choice.code == wanted.code);
    let held = uses(records, caller, object, field).await?.get(&wanted.code).copied();
    if place.is_none() && held.is_none() {
        return Err(Error::NotFound("option"));
    }
    check(&catalog.schema, object, field, &wanted)?;
    let mut batch = Batch::new();
    let action = records.db().ids().next();
    if let Some(place) = place {
        let kept = kept(&mut records.db().reader(caller), caller, object, field).await?;
        let mut options = kept.options.clone();
        let place_kept = options.iter().position(|option| option.code() == wanted.code);
        if place_kept.is_none() {
            // One that the program declares and nobody has changed yet.
            options.extend(field.choices.get(place).map(ChoiceInput::of));
        }
        let before = options.iter().find(|option| option.code() == wanted.code).cloned();
        for option in options.iter_mut().filter(|option| option.code() == wanted.code) {
            let mut whole = option.clone().whole();
            whole.retired = true;
            *option = ChoiceInput::Whole(whole);
        }
        batch.expect(kept.replaced(caller, object, field, &options)?, Expect::Fresh);
        let changes = json!({"object": object.name, "field": field.name, "id": Id(field.id), "place": place,
            "option": before, "with": wanted.with});
        let changes = changes.to_string();
        batch.log(Event { action, kind: "option.replaced", object: 0, record: None, changes, also: Vec::new() });
        batch.schema_changed();
    }
    let wish = Wish { filter: None, search: None, effect: Effect::Replace(Box::new(wanted)) };
    bulk::begin_in(records, caller, (object.id, action), &wish, held.unwrap_or(0), batch).await
}

fn check(schema: &Schema, object: &Object, field: &Field, wanted: &Replacing) -> Result<()> {
    match &wanted.with {
        Some(with) => {
            let is_there = field.choices.iter().any(|choice| choice.code == *with && !choice.retired);
            if !is_there || *with == wanted.code {
                return Err(Error::field("with", message!("definition-option-replacement", code = with)));
            }
        }
        None if field.required => return Err(Error::field("with", message!("field-required"))),
        None => {}
    }
    let mut default = field.default.iter().flat_map(Value::each).filter_map(Value::text);
    if default.any(|code| code == wanted.code) {
        return Err(Error::Conflict(message!("definition-default-retired", code = wanted.code)));
    }
    if let Some(by) = named_by(schema, object, field, &wanted.code).into_iter().next() {
        return Err(Error::Conflict(message!("definition-option-named", code = wanted.code, by = by)));
    }
    Ok(())
}

/// The rules and the fields of the object whose conditions or expressions name an option, and the figures that count only
/// its records.
pub(crate) fn named_by(schema: &Schema, object: &Object, field: &Field, code: &str) -> Vec<String> {
    let rules = object.rules.iter().filter(|rule| rule.when.compares(&field.name, code)).map(|rule| &rule.name);
    let looks = |other: &&Field| {
        let when = [&other.required_when, &other.visible_when];
        when.into_iter().flatten().any(|when| when.compares(&field.name, code))
            || derived::expression(other).is_some_and(|made| made.compares(&field.name, code))
    };
    let fields = object.fields.iter().filter(|other| !other.deleted).filter(looks).map(|other| &other.name);
    let counts = |(_, made): &(&Object, &Field)| {
        let Some(Derived::Rollup(rollup)) = &made.derived else { return false };
        rollup.condition.as_ref().is_some_and(|condition| condition.compares(&field.name, code))
    };
    let figures = derived::rolled_from(schema, object, Some(field)).filter(counts);
    rules.chain(fields).cloned().chain(figures.map(|(of, made)| format!("{}.{}", of.name, made.name))).collect()
}

/// Takes an option out of the list once no record holds it; one that the program declares stays, retired.
pub(crate) async fn leave(
    records: &Records,
    caller: &Caller,
    object: &Object,
    wanted: &Replacing,
    batch: &mut Batch,
) -> Result<()> {
    let field = choice(object, &wanted.field)?;
    let declared = records.standard().iter().find(|one| one.id == object.id).and_then(|one| one.field(&field.name));
    let is_declared = declared.is_some_and(|own| own.choices.iter().any(|choice| choice.code == wanted.code));
    let is_retired = first_retired(&field.choices, std::iter::once(wanted.code.as_str())).is_some();
    let held = uses(records, caller, object, field).await?;
    if is_declared || !is_retired || held.contains_key(&wanted.code) {
        return Ok(());
    }
    let kept = kept(&mut records.db().reader(caller), caller, object, field).await?;
    let left: Vec<ChoiceInput> = kept.options.iter().filter(|option| option.code() != wanted.code).cloned().collect();
    if left.is_empty() {
        return Ok(());
    }
    batch.expect(kept.replaced(caller, object, field, &left)?, Expect::Fresh);
    batch.schema_changed();
    Ok(())
}
