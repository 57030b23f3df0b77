//! What would lose its sense without a field or an object, and what it holds. One list says who is asked: a further
//! thing that names fields joins it here, or at the composition where it lives in another crate.

use crate::{
    catalog::Records,
    derived,
    field::{Field, Kind, Part},
    filter::Filter,
    import::mappings,
    object::{Object, Table},
    saved_views,
    schema::Schema,
    sql::Sql,
    transfer::MapFile,
};
use base::{Caller, Error, Message, Result, message};
use db::{Statement, sql};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// An object, or one of its fields, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub object: String,
    pub field: Option<String>,
}

/// One thing that looks at the subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// `relation`, `rule`, `required_when`, `visible_when`, `rollup`, `computed`, `unique`, `duplicate_rules`,
    /// `import_mapping`, `saved_view`, `role`.
    pub kind: &'static str,
    /// The object that it belongs to.
    pub object: String,
    pub name: String,
    /// Why the subject cannot go before it, and how to go on; nothing where it can.
    pub stands_in_the_way: Option<Message>,
}

/// Asks one part of the program what of it depends on a subject.
pub type Asker = Arc<dyn Fn(Caller, Subject) -> BoxFuture<'static, Result<Vec<Dependent>>> + Send + Sync>;

/// Everything that depends on an object or a field, standard or custom.
///
/// # Errors
/// `NotFound` where there is no such object or field.
pub async fn dependents(records: &Records, caller: &Caller, subject: &Subject) -> Result<Vec<Dependent>> {
    let catalog = records.catalog(caller).await?;
    let object = catalog.object(&subject.object)?;
    let field = match &subject.field {
        Some(name) => Some(object.field(name).ok_or(Error::NotFound("field"))?),
        None => None,
    };
    let mut found = match field {
        Some(field) => of_field(object, field),
        None => relations_to(&catalog.schema, object),
    };
    found.extend(made_from(&catalog.schema, object, field));
    found.extend(mapped(records, caller, subject).await?);
    found.extend(viewed(records, caller, subject, object).await?);
    for asker in records.askers() {
        found.extend(asker(caller.clone(), subject.clone()).await?);
    }
    Ok(found)
}

/// How many records, in the bin or not, hold a value of the field; without one, how many the object has.
pub async fn holders(records: &Records, caller: &Caller, object: &Object, field: Option<&Field>) -> Result<i64> {
    let mut sql = Sql::new();
    match field {
        Some(field) if field.kind == Kind::Relations => {
            sql.push("SELECT COUNT(DISTINCT l.from_id) FROM link l WHERE l.tenant_id = ").push_arg(caller.tenant);
            sql.push(" AND l.field_id = ").push_arg(field.id);
        }
        _ => {
            sql.push("SELECT COUNT(*) FROM ").push(object.table_name()).push(" r WHERE r.tenant_id = ");
            sql.push_arg(caller.tenant);
            if object.table == Table::Shared {
                sql.push(" AND r.object_id = ").push_arg(object.id);
            }
            if let Some(field) = field {
                sql.push(" AND ").push_field(records.db().dialect(), "r", field, Part::Value).push(" IS NOT NULL");
            }
        }
    }
    let rows = records.db().reader(caller).once(sql.statement()).await?;
    rows.first().map_or(Ok(0), |row| row.int(0))
}

/// Rules and conditions of the object that look at the field, and that its values stand only once.
fn of_field(object: &Object, field: &Field) -> Vec<Dependent> {
    let names = |filter: &Filter| filter.own_fields().is_ok_and(|names| names.contains(&field.name.as_str()));
    let looking = |kind, name: &String| Dependent {
        kind,
        object: object.name.clone(),
        name: name.clone(),
        stands_in_the_way: Some(message!("definition-looked-at", by = name)),
    };
    let rules = object.rules.iter().filter(|rule| names(&rule.when)).map(|rule| looking("rule", &rule.name));
    let mut found: Vec<Dependent> = rules.collect();
    for other in object.fields.iter().filter(|other| other.id != field.id && !other.deleted) {
        let conditions = [("required_when", &other.required_when), ("visible_when", &other.visible_when)];
        let conditions = conditions.into_iter().filter(|(_, when)| when.as_ref().is_some_and(names));
        found.extend(conditions.map(|(kind, _)| looking(kind, &other.name)));
    }
    if object.duplicates.as_ref().is_some_and(|rules| rules.name(&field.name)) {
        found.push(Dependent { stands_in_the_way: None, ..looking("duplicate_rules", &object.name) });
    }
    if field.unique {
        found.push(Dependent { stands_in_the_way: None, ..looking("unique", &field.name) });
    }
    found
}

/// The relations of other objects that lead to this one and to no other.
fn relations_to(schema: &Schema, object: &Object) -> Vec<Dependent> {
    let leads_here = |field: &&Field| {
        let target = field.target.as_ref().and_then(|target| target.object.as_deref());
        target == Some(object.name.as_str()) && !field.deleted
    };
    let others = schema.objects().iter().filter(|other| other.id != object.id && !other.deleted);
    let leading = others.flat_map(|other| other.fields.iter().filter(leads_here).map(move |field| (other, field)));
    let relation = |(other, field): (&Object, &Field)| Dependent {
        kind: "relation",
        object: other.name.clone(),
        name: field.name.clone(),
        stands_in_the_way: Some(message!("definition-in-use", by = format!("{}.{}", other.name, field.name))),
    };
    leading.map(relation).collect()
}

/// The derived fields that are made from the field, or, of other objects, from records of the object.
fn made_from(schema: &Schema, object: &Object, field: Option<&Field>) -> Vec<Dependent> {
    let told = |kind, (of, made): (&Object, &Field)| Dependent {
        kind,
        object: of.name.clone(),
        name: made.name.clone(),
        stands_in_the_way: Some(message!("definition-looked-at", by = format!("{}.{}", of.name, made.name))),
    };
    let rolled = derived::rolled_from(schema, object, field).map(|made| told("rollup", made));
    let computed = field.into_iter().flat_map(|field| derived::computed_from(object, field));
    rolled.chain(computed.map(|made| told("computed", (object, made)))).collect()
}

/// The saved maps of imports that fill the field; of an object all its maps, which are of no use without it.
async fn mapped(records: &Records, caller: &Caller, subject: &Subject) -> Result<Vec<Dependent>> {
    let maps = mappings::list(records, caller, Some(&subject.object)).await?;
    let fills = |map: &str, field: &str| {
        let parsed = MapFile::parse(map).unwrap_or_default();
        parsed.fields.iter().any(|(name, _)| name.split('.').next() == Some(field))
    };
    let concerned = maps.iter().filter(|one| subject.field.as_ref().is_none_or(|field| fills(&one.map, field)));
    let told = concerned.map(|one| Dependent {
        kind: "import_mapping",
        object: one.object.clone(),
        name: one.name.clone(),
        stands_in_the_way: subject.field.as_ref().map(|_| message!("definition-mapped", by = one.name)),
    });
    Ok(told.collect())
}

/// Saved views of the object, and for a field those that name it; they say themselves what is missing then.
async fn viewed(records: &Records, caller: &Caller, subject: &Subject, object: &Object) -> Result<Vec<Dependent>> {
    let views = saved_views::all_of(records, caller, object).await?;
    let concerned = views.into_iter().filter(|view| subject.field.as_ref().is_none_or(|field| view.shape.names(field)));
    let told = concerned.map(|view| Dependent {
        kind: "saved_view",
        object: view.object,
        name: view.name,
        stands_in_the_way: None,
    });
    Ok(told.collect())
}

/// The values that stand only once are kept with the field; those of an earlier one of its name are not its own.
pub(super) fn forget_keys(tenant: base::TenantId, field: i64) -> Statement {
    let text = sql!("DELETE FROM unique_key WHERE tenant_id = ?1 AND field_id = ?2");
    Statement::new(text, [tenant.into(), field.into()])
}
