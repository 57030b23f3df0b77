//! The record that is talked about: who may read it, and who may speak.

use base::{Caller, Error, Id, Result, Scope, message};
use records::{catalog::Records, object::Object, permissions::Access, query::Question};

/// A record that the caller may read, and those that were merged into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub object: i64,
    pub name: String,
    pub id: Id,
    /// Itself first.
    pub ids: Vec<Id>,
}

/// The record under this address.
///
/// # Errors
/// `NotFound` where the caller may not read it, or it lies in the bin.
pub async fn find(records: &Records, caller: &Caller, object: &str, id: Id) -> Result<Place> {
    let question = Question::new(records, caller).await?;
    let object = question.object(object)?;
    question.get(object, id, &*question.view(object, Some("id"))?, false).await?;
    around(&question, object, id).await
}

/// The living record that a record is part of, as far as the caller may read it.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn of(records: &Records, caller: &Caller, object: i64, id: Id) -> Result<Place> {
    let question = Question::new(records, caller).await?;
    let object = question.catalog.object_by_id(object).map_err(|_| Error::NotFound("record"))?;
    let mut reader = records.db().reader(caller);
    let living = question.living(&mut reader, object, id).await?;
    drop(reader);
    around(&question, object, living).await
}

async fn around(question: &Question<'_>, object: &Object, id: Id) -> Result<Place> {
    let mut reader = question.records.db().reader(question.caller);
    let ids = question.absorbed(&mut reader, object, id).await?;
    Ok(Place { object: object.id, name: object.name.clone(), id, ids })
}

/// Whoever may read a record may speak about it; a token whose scopes only let it read may not.
///
/// # Errors
/// `Forbidden`.
pub async fn may_speak(records: &Records, caller: &Caller, place: &Place) -> Result<()> {
    let catalog = records.catalog(caller).await?;
    let rights = Access::new(&catalog.schema, caller).rights(catalog.object_by_id(place.object)?);
    let writes = rights.create || rights.update > Scope::None;
    if caller.plan.narrowed && !writes { Err(Error::Forbidden(message!("talk-scope"))) } else { Ok(()) }
}
