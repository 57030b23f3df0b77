//! Where a record stands in a hierarchy: what stands above it and below it, as far as the caller may see.
//!
//! Not here: what keeps circles out (`store`), and filters that ask for a part of a tree (`filter`).

use crate::{
    field::{Field, Part},
    object::Object,
    permissions::Action,
    query::{ListRequest, Question, spread},
    sql::Sql,
    store::MOST_LEVELS,
    titles,
};
use base::{Error, Id, Result, message};
use std::collections::HashMap;

/// What a request for a tree says.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TreeRequest {
    /// The hierarchy; may be absent where the object has but one.
    pub field: Option<String>,
    pub limit: Option<u32>,
    pub cursor: Option<String>,
}

/// A record in a tree, by what it is called.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Named {
    pub id: Id,
    pub title: String,
}

/// A record right below another one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Child {
    #[serde(flatten)]
    pub named: Named,
    /// How many stand right below it.
    pub children: i64,
}

/// How many there are: exactly, or at least so many.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Counted {
    pub count: i64,
    pub exact: bool,
}

/// A record's place in a hierarchy.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// The field that makes the hierarchy.
    pub field: String,
    #[serde(flatten)]
    pub named: Named,
    /// From the top down to the one right above it.
    pub ancestors: Vec<Named>,
    /// A page of those right below it, by title.
    pub children: Vec<Child>,
    pub next: Option<String>,
    /// All that stand right below it.
    pub direct: Counted,
    /// All that stand below it, at whatever depth.
    pub below: Counted,
}

impl Question<'_> {
    /// A record's place in a hierarchy of its object. A record that the caller may not read ends the way up, and hides
    /// what hangs on it.
    ///
    /// # Errors
    /// `NotFound` where the record is not there for the caller; a field error where the hierarchy is not.
    pub async fn tree(&self, object: &Object, id: Id, request: &TreeRequest) -> Result<Place> {
        let field = self.hierarchy(object, request.field.as_deref())?;
        let mut way = self.way_up(object, field, id).await?;
        let named = way.pop().ok_or(Error::NotFound("record"))?;
        let name = crate::filter::name(&field.name);
        let asked = |filter: String| ListRequest { filter: Some(filter), ..ListRequest::default() };
        let right_below = asked(format!("{name} = '{id}'"));
        let (children, next) = self.children(object, field, &right_below, request).await?;
        let (count, exact) = self.count(object, &right_below, false).await?;
        let direct = Counted { count, exact };
        let (count, exact) = self.count(object, &asked(format!("{name} in tree of '{id}'")), false).await?;
        // The record itself is part of its tree, unless it has gone meanwhile.
        let below = Counted { count: if exact { (count - 1).max(0) } else { count }, exact };
        Ok(Place { field: field.name.clone(), named, ancestors: way, children, next, direct, below })
    }

    /// The hierarchy that is meant, if the caller may know of it.
    fn hierarchy<'o>(&self, object: &'o Object, name: Option<&str>) -> Result<&'o Field> {
        let access = self.access();
        let mut known = object.hierarchies().map(|(_, field)| field).filter(|field| access.may_filter(object, field));
        let wrong = |message| Error::field("field", message);
        if let Some(name) = name {
            let unknown = || wrong(message!("tree-unknown", field = name, object = object.name));
            return known.find(|field| field.name == name).ok_or_else(unknown);
        }
        let Some(first) = known.next() else {
            return Err(wrong(message!("tree-none", object = object.name)));
        };
        let others: Vec<&str> = known.map(|field| field.name.as_str()).collect();
        if others.is_empty() {
            return Ok(first);
        }
        let known = format!("{}, {}", first.name, others.join(", "));
        Err(wrong(message!("tree-several", object = object.name, known = known)))
    }

    /// The record and what stands above it, the top first. Empty where the caller may not see the record.
    async fn way_up(&self, object: &Object, field: &Field, id: Id) -> Result<Vec<Named>> {
        let (access, dialect) = (self.access(), self.records.db().dialect());
        let mut sql = Sql::new();
        sql.push("WITH RECURSIVE up (id, above, level) AS (SELECT r.id, ").push_field(dialect, "r", field, Part::Value);
        sql.push(", CAST(1 AS BIGINT) FROM ").push(object.table_name()).push(" r WHERE ");
        access.push_living(&mut sql, object, Action::Read, "r");
        sql.push(" AND r.id = ").push_arg(id);
        sql.push(" UNION ALL SELECT r.id, ").push_field(dialect, "r", field, Part::Value);
        sql.push(", u.level + 1 FROM up u JOIN ").push(object.table_name()).push(" r ON ");
        access.push_living(&mut sql, object, Action::Read, "r");
        sql.push(" AND r.id = u.above WHERE u.level < ").push_arg(MOST_LEVELS);
        sql.push(") SELECT up.id FROM up ORDER BY up.level");
        let mut reader = self.records.db().reader(self.caller);
        let mut ids: Vec<Id> = Vec::new();
        for row in reader.rows(sql.statement()).await?.iter() {
            // Circles that are older than the rule against them end where they begin.
            let next = row.id(0)?;
            if ids.contains(&next) {
                break;
            }
            ids.push(next);
        }
        let mut titles = titles::load(&mut reader, &access, dialect, (object, false), &ids).await?;
        let named = |id: Id| Named { id, title: titles.remove(&id).unwrap_or_default() };
        Ok(ids.into_iter().rev().map(named).collect())
    }

    async fn children(
        &self,
        object: &Object,
        field: &Field,
        right_below: &ListRequest,
        request: &TreeRequest,
    ) -> Result<(Vec<Child>, Option<String>)> {
        let access = self.access();
        let titled = titles::fields(&access, object);
        let sort = titled.first().filter(|field| access.may_sort(object, field)).map(|field| field.name.clone());
        let shown: Vec<&str> = std::iter::once("id").chain(titled.iter().map(|field| field.name.as_str())).collect();
        let list = ListRequest {
            sort,
            fields: Some(shown.join(",")),
            limit: request.limit,
            cursor: request.cursor.clone(),
            ..right_below.clone()
        };
        let mut page = self.list(object, &list).await?;
        let view = std::sync::Arc::clone(&page.view);
        let mut children = Vec::new();
        for row in page.rows() {
            let id = db::Row(row).id(0)?;
            let values = spread(object, &view.selection, row)?;
            let place = |field: &&Field| object.fields.iter().position(|other| other.name == field.name);
            let titles = titled.iter().filter_map(place).filter_map(|at| values.get(at).cloned()).collect::<Vec<_>>();
            let title = titles::title(&access, object, &titled, &titles);
            children.push(Child { named: Named { id, title }, children: 0 });
        }
        let counts = self.counts(object, field, &children).await?;
        for child in &mut children {
            child.children = counts.get(&child.named.id).copied().unwrap_or(0);
        }
        Ok((children, page.next))
    }

    /// How many stand right below each.
    async fn counts(&self, object: &Object, field: &Field, of: &[Child]) -> Result<HashMap<Id, i64>> {
        if of.is_empty() {
            return Ok(HashMap::new());
        }
        let above = field.expression(self.records.db().dialect(), "r", Part::Compared);
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&above).push(", COUNT(*) FROM ").push(object.table_name());
        sql.push(" r WHERE ");
        self.access().push_living(&mut sql, object, Action::Read, "r");
        sql.push(" AND ").push_expression(&above).push(" IN ").push_list(of.iter().map(|child| child.named.id));
        sql.push(" GROUP BY ").push_expression(&above);
        let rows = self.records.db().reader(self.caller).once(sql.statement()).await?;
        rows.iter().map(|row| Ok((row.id(0)?, row.int(1)?))).collect()
    }
}
