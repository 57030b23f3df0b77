//! Files in records: which of the named ones may be put there, and who holds what afterwards.

use super::{Change, Decided, Work, load::Facts};
use crate::{
    attachments,
    field::{Field, Kind},
    object::Object,
    permissions::Access,
    value::{File, Value},
};
use base::{Error, Id, Result, message};
use db::{Batch, Cell, Expect, Reader, Statement, sql};
use std::{borrow::Cow, collections::HashMap};

impl Work<'_> {
    /// Looks up the files that the changes name: those that the caller may have, and those that the same field of the
    /// same record holds or has held.
    pub(super) async fn files(&self, reader: &mut Reader, changes: &[Change], facts: &mut Facts) -> Result<()> {
        let named = |change: &Change| -> Vec<(i64, i64)> {
            let object = self.catalog.object_by_id(change.object).ok();
            let field = |at: usize| object.and_then(|object| object.fields.get(at)).map_or(0, |field| field.id);
            let values = change.values.iter().flat_map(|(at, value)| value.each().iter().map(move |one| (*at, one)));
            values.filter_map(|(at, value)| Some((field(at), value.file()?.id))).collect()
        };
        let mut ids: Vec<Id> = changes.iter().flat_map(named).map(|(_, id)| Id(id)).collect();
        if ids.is_empty() {
            return Ok(());
        }
        ids.sort_unstable();
        ids.dedup();
        let access = Access::new(&self.catalog.schema, self.caller);
        let files: HashMap<Id, File> = attachments::load(reader, self.caller.tenant, &ids).await?;
        let visible = attachments::visible(reader, access, &ids).await?;
        let held = attachments::held_ever(reader, self.caller.tenant, &ids).await?;
        for change in changes {
            for (field, id) in named(change) {
                let may = visible.contains(&Id(id)) || held.contains(&(Id(id), change.id, field));
                if let Some(file) = files.get(&Id(id)).filter(|_| may) {
                    facts.files.insert((change.id, id), file.clone());
                }
            }
        }
        Ok(())
    }

    /// The record holds the files of the changed fields and no others there. A file that is held once stays, since the
    /// history of the record leads to it.
    pub(super) fn write_files(&self, object: &Object, one: &Decided, batch: &mut Batch) {
        for &at in &one.changed {
            let Some(field) = object.fields.get(at).filter(|field| field.kind.is_file()) else { continue };
            let old = one.before.as_ref().and_then(|before| before.values.get(at)).unwrap_or(&Value::Empty).each();
            let new = one.after.values.get(at).unwrap_or(&Value::Empty).each();
            for file in new.iter().filter(|value| !old.contains(value)).filter_map(Value::file) {
                self.hold(object, field, one.after.id, file, batch);
            }
            for file in old.iter().filter(|value| !new.contains(value)).filter_map(Value::file) {
                let text = sql!(
                    "UPDATE file_use SET is_held = 0
                     WHERE tenant_id = ?1 AND file_id = ?2 AND record_id = ?3 AND field_id = ?4"
                );
                batch.run(Statement::new(text, self.place(field, one.after.id, file)));
            }
        }
    }

    fn hold(&self, object: &Object, field: &Field, record: Id, file: &File, batch: &mut Batch) {
        // A sweep may be about to take a file that nobody held.
        let text = sql!("UPDATE file SET is_attached = 1 WHERE tenant_id = ?1 AND id = ?2");
        batch.expect(Statement::new(text, [self.caller.tenant.into(), Cell::Int(file.id)]), Expect::Fresh);
        let text = sql!(
            "INSERT INTO file_use (tenant_id, file_id, record_id, field_id, object_id, is_held)
             VALUES (?1, ?2, ?3, ?4, ?5, 1)
             ON CONFLICT (tenant_id, file_id, record_id, field_id) DO UPDATE SET is_held = 1"
        );
        let cells = self.place(field, record, file).into_iter().chain([Cell::Int(object.id)]);
        batch.run(Statement::new(text, cells));
    }

    fn place(&self, field: &Field, record: Id, file: &File) -> [Cell; 4] {
        [self.caller.tenant.into(), Cell::Int(file.id), record.into(), Cell::Int(field.id)]
    }
}

/// The change with all that is known of the files that it names.
pub(super) fn known<'c>(object: &Object, change: &'c Change, facts: &Facts) -> Result<Cow<'c, Change>> {
    let is_named = |(_, value): &(usize, Value)| value.each().iter().any(|one| one.file().is_some());
    if !change.values.iter().any(is_named) {
        return Ok(Cow::Borrowed(change));
    }
    let mut change = change.clone();
    let id = change.id;
    for (at, value) in &mut change.values {
        let Some(field) = object.fields.get(*at).filter(|field| field.kind.is_file()) else { continue };
        let own = facts.records.get(&id).and_then(|record| record.values.get(*at)).map_or(&[][..], Value::each);
        match value {
            Value::Many(all) => all.iter_mut().try_for_each(|one| complete(field, id, one, own, facts))?,
            one => complete(field, id, one, own, facts)?,
        }
    }
    Ok(Cow::Owned(change))
}

fn complete(field: &Field, record: Id, value: &mut Value, own: &[Value], facts: &Facts) -> Result<()> {
    let Value::File(file) = value else { return Ok(()) };
    if let Some(known) = own.iter().filter_map(Value::file).find(|known| known.id == file.id) {
        **file = known.clone();
        return Ok(());
    }
    let known = facts.files.get(&(record, file.id));
    let known = known.ok_or_else(|| Error::field(&field.name, message!("field-file-unknown", id = Id(file.id))))?;
    if field.kind == Kind::Picture && !files::Kind::known(&known.kind).is_picture() {
        return Err(Error::field(&field.name, message!("field-not-a-picture", name = known.name, kind = known.kind)));
    }
    **file = known.clone();
    Ok(())
}
