//! Files that records hold: sent in, kept, given out to those who may read a record that holds them, read for the words
//! in them, and swept away when nobody ever held them.
//!
//! That a record holds a file is written with the record: see `store/files.rs`. Where contents lie is `files`'.

mod attach;
pub(crate) mod own;
mod read;
mod sweep;
mod upload;

pub use attach::{attach, detach, may_attach, of_record};
pub use read::job_kind as read_job;
pub use sweep::{job_kind as sweep_job, schedule};
pub use upload::Upload;

use crate::{
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
    value::File,
};
use base::{Error, Id, Result, TenantId};
use db::Reader;
use std::collections::{HashMap, HashSet};

/// How many ids one query asks for.
const SLICE: usize = 500;

/// What is known of some files, whoever may have them.
pub async fn load(reader: &mut Reader, tenant: TenantId, ids: &[Id]) -> Result<HashMap<Id, File>> {
    let mut found = HashMap::with_capacity(ids.len());
    for slice in ids.chunks(SLICE) {
        let mut sql = Sql::new();
        sql.push("SELECT f.id, f.name, f.kind, f.size_bytes, f.sha256, f.width, f.height FROM file f");
        sql.push(" WHERE f.tenant_id = ").push_arg(tenant).push(" AND f.id IN ").push_list(slice.iter().copied());
        for row in reader.rows(sql.statement()).await?.iter() {
            let file = File {
                id: row.int(0)?,
                name: row.text(1)?.to_owned(),
                kind: row.text(2)?.to_owned(),
                size_bytes: row.int(3)?,
                sha256: row.text(4)?.to_owned(),
                width: row.opt_int(5)?,
                height: row.opt_int(6)?,
            };
            found.insert(Id(file.id), file);
        }
    }
    Ok(found)
}

/// Which of these files the caller may have: those that a record holds in a field that they may know, and those that
/// they have sent and that nobody has held yet.
pub async fn visible(reader: &mut Reader, access: Access<'_>, ids: &[Id]) -> Result<HashSet<Id>> {
    let tenant = access.caller.tenant;
    let (mut found, mut objects) = (HashSet::new(), HashSet::new());
    for slice in ids.chunks(SLICE) {
        let mut sql = Sql::new();
        sql.push("SELECT f.id FROM file f WHERE f.tenant_id = ").push_arg(tenant);
        sql.push(" AND f.is_attached = 0 AND f.id IN ").push_list(slice.iter().copied());
        match access.caller.principal.user() {
            Some(user) => sql.push(" AND f.created_by = ").push_arg(user),
            None => sql.push(" AND f.created_by IS NULL"),
        };
        for row in reader.rows(sql.statement()).await?.iter() {
            found.insert(row.id(0)?);
        }
        let mut sql = Sql::new();
        sql.push("SELECT DISTINCT u.object_id FROM file_use u WHERE u.tenant_id = ").push_arg(tenant);
        sql.push(" AND u.is_held = 1 AND u.file_id IN ").push_list(slice.iter().copied());
        for row in reader.rows(sql.statement()).await?.iter() {
            objects.insert(row.int(0)?);
        }
    }
    for object in objects.into_iter().filter_map(|id| access.schema.object_by_id(id)) {
        held_in(reader, access, object, ids, &mut found).await?;
    }
    Ok(found)
}

/// Adds the files that living records of one object hold, as far as the caller may know.
async fn held_in(
    reader: &mut Reader,
    access: Access<'_>,
    object: &Object,
    ids: &[Id],
    found: &mut HashSet<Id>,
) -> Result<()> {
    let fields = known_fields(access, object);
    if fields.is_empty() {
        return Ok(());
    }
    for slice in ids.chunks(SLICE) {
        let mut sql = Sql::new();
        sql.push("SELECT DISTINCT u.file_id FROM ").push(object.table_name()).push(" r JOIN file_use u");
        sql.push(" ON u.tenant_id = r.tenant_id AND u.record_id = r.id WHERE ");
        access.push_living(&mut sql, object, Action::Read, "r");
        sql.push(" AND u.is_held = 1 AND u.object_id = ").push_arg(object.id);
        sql.push(" AND u.field_id IN ").push_list(fields.iter().copied());
        sql.push(" AND u.file_id IN ").push_list(slice.iter().copied());
        for row in reader.rows(sql.statement()).await?.iter() {
            found.insert(row.id(0)?);
        }
    }
    Ok(())
}

/// The numbers of an object's fields of files that the caller may know; none where the object is closed to them.
pub(crate) fn known_fields(access: Access<'_>, object: &Object) -> Vec<i64> {
    if object.internal || !access.may_read(object) {
        return Vec::new();
    }
    let known = object.fields.iter().filter(|field| field.kind.is_file() && access.may_know(object, field));
    known.map(|field| field.id).collect()
}

/// Where each of these files is held or has been: file, record, number of the field.
pub async fn held_ever(reader: &mut Reader, tenant: TenantId, ids: &[Id]) -> Result<HashSet<(Id, Id, i64)>> {
    let mut found = HashSet::new();
    for slice in ids.chunks(SLICE) {
        let mut sql = Sql::new();
        sql.push("SELECT u.file_id, u.record_id, u.field_id FROM file_use u WHERE u.tenant_id = ").push_arg(tenant);
        sql.push(" AND u.file_id IN ").push_list(slice.iter().copied());
        for row in reader.rows(sql.statement()).await?.iter() {
            found.insert((row.id(0)?, row.id(1)?, row.int(2)?));
        }
    }
    Ok(found)
}

/// One file that the caller may have.
///
/// # Errors
/// `NotFound` also where it is another's.
pub async fn get(reader: &mut Reader, access: Access<'_>, id: Id) -> Result<File> {
    let mut files = load(reader, access.caller.tenant, &[id]).await?;
    let file = files.remove(&id).ok_or(Error::NotFound("file"))?;
    if visible(reader, access, &[id]).await?.contains(&id) { Ok(file) } else { Err(Error::NotFound("file")) }
}
