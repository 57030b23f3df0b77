//! Lists, counts and single records: what a caller asked for, checked, compiled with the caller's rights, and run.

use crate::{
    catalog::{Catalog, Records},
    cursor::Cursor,
    filter::{Checked, Filter},
    layout::Selection,
    object::Object,
    permissions::{Access, Action},
    search::Query as SearchQuery,
    sort::Order,
    sql::Sql,
    standard::ATTACHMENTS,
    value::Value,
    view::View,
};
use base::{Caller, Error, Id, Result, message};
use db::{Cell, Row, Rows};
use std::{collections::HashMap, sync::Arc};

/// What a list request says; everything as the caller wrote it.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ListRequest {
    pub filter: Option<String>,
    pub sort: Option<String>,
    pub fields: Option<String>,
    pub search: Option<String>,
    pub limit: Option<u32>,
    pub cursor: Option<String>,
    /// Those in the bin instead of the living.
    pub bin: Option<bool>,
    /// The id of a saved view to look through: see [`Question::through`].
    pub view: Option<String>,
    /// The filter of that view, which holds beside the request's own.
    #[serde(skip)]
    pub within: Option<String>,
}

/// The page sizes of lists.
pub const DEFAULT_LIMIT: u32 = 50;
pub const MOST: u32 = 200;

/// Where an exact count is not asked for, counting ends here.
pub const COUNT_CAP: i64 = 10_000;

/// One page of records, and the cursor of the next.
#[derive(Debug)]
pub struct Page {
    pub view: Arc<View>,
    rows: Rows,
    count: usize,
    pub next: Option<String>,
}

impl Page {
    /// The rows, each as the view selects it.
    pub fn rows(&mut self) -> impl ExactSizeIterator<Item = &mut [Cell]> {
        self.rows.cells.chunks_exact_mut(self.rows.width.max(1)).take(self.count)
    }
}

/// A caller's question about one object, with all that is needed to answer it.
pub struct Question<'a> {
    pub records: &'a Records,
    pub caller: &'a Caller,
    pub catalog: Arc<Catalog>,
}

impl<'a> Question<'a> {
    pub async fn new(records: &'a Records, caller: &'a Caller) -> Result<Question<'a>> {
        Ok(Question { records, caller, catalog: records.catalog(caller).await? })
    }

    /// The object, if the caller may read any of its records.
    pub fn object(&self, name: &str) -> Result<&Object> {
        let object = self.catalog.object(name)?;
        let access = Access::new(&self.catalog.schema, self.caller);
        if access.may_read(object) { Ok(object) } else { Err(Error::NotFound("object")) }
    }

    pub fn access(&self) -> Access<'_> {
        Access::new(&self.catalog.schema, self.caller)
    }

    /// The fields that an answer shows, in order: those asked for, or all that the caller may see. The id and the
    /// version are always among them.
    pub fn fields(&self, object: &Object, wanted: Option<&str>) -> Result<Vec<usize>> {
        let wanted = wanted.filter(|wanted| !wanted.trim().is_empty());
        self.exact_fields(object, wanted.map(|wanted| format!("id,{wanted},version")).as_deref())
    }

    /// As [`Question::fields`], but nothing beside those asked for.
    pub fn exact_fields(&self, object: &Object, wanted: Option<&str>) -> Result<Vec<usize>> {
        let access = self.access();
        let visible = |at: &usize| object.fields.get(*at).is_some_and(|field| access.may_see(object, field));
        let Some(wanted) = wanted.filter(|wanted| !wanted.trim().is_empty()) else {
            let named_only = |at: &usize| object.fields.get(*at).is_some_and(|field| field.name == ATTACHMENTS);
            return Ok((0..object.fields.len()).filter(|at| visible(at) && !named_only(at)).collect());
        };
        let mut fields = Vec::new();
        for name in wanted.split(',').map(str::trim) {
            let at = object.fields.iter().position(|field| field.name == name).filter(visible);
            let at = at.ok_or_else(|| {
                Error::field("fields", message!("fields-unknown", field = name, object = object.name))
            })?;
            if !fields.contains(&at) {
                fields.push(at);
            }
        }
        Ok(fields)
    }

    /// What the caller sees of the object with the wanted fields, or with all.
    pub fn view(&self, object: &Object, wanted: Option<&str>) -> Result<Arc<View>> {
        self.catalog.views().get(&self.access(), object, wanted, || self.fields(object, wanted))
    }

    pub fn filter<'q>(&'q self, object: &'q Object, text: Option<&str>) -> Result<Option<Checked<'q>>> {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
        let now = self.records.db().clock().now();
        Ok(Some(Filter::parse(text)?.check(&self.access(), object, now)?))
    }

    /// One page of a list.
    pub async fn list(&self, object: &Object, request: &ListRequest) -> Result<Page> {
        let limit = request.limit.unwrap_or(DEFAULT_LIMIT);
        if limit == 0 || limit > MOST {
            return Err(Error::field("limit", message!("limit-range", most = MOST)));
        }
        let access = self.access();
        let view = self.view(object, request.fields.as_deref())?;
        let selection = &view.selection;
        let order = Order::parse(request.sort.as_deref().unwrap_or(""), &access, object)?;
        let cursor = request.cursor.as_deref().map(|text| order.place(text)).transpose()?;
        let dialect = self.records.db().dialect();
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&selection.columns);
        order.push_columns(&mut sql, dialect, "r");
        self.push_from(&mut sql, object, request, Action::Read).await?;
        if let Some(cursor) = &cursor {
            order.push_after(&mut sql, dialect, "r", cursor);
        }
        order.push_order(&mut sql, dialect, "r");
        sql.push(" LIMIT ").push_arg(i64::from(limit) + 1);
        let rows = self.records.db().reader(self.caller).once(sql.statement()).await?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let next = next(selection, &order, &rows, limit)?;
        Ok(Page { view: Arc::clone(&view), count: rows.len().min(limit), rows, next })
    }

    /// How many records match: exactly, or up to [`COUNT_CAP`]. The flag says whether the number is exact.
    pub async fn count(&self, object: &Object, request: &ListRequest, exact: bool) -> Result<(i64, bool)> {
        let mut sql = Sql::new();
        sql.push(if exact { "SELECT COUNT(*)" } else { "SELECT COUNT(*) FROM (SELECT r.id" });
        self.push_from(&mut sql, object, request, Action::Read).await?;
        if !exact {
            sql.push(" LIMIT ").push_arg(COUNT_CAP + 1).push(") AS counted");
        }
        let rows = self.records.db().reader(self.caller).once(sql.statement()).await?;
        let count = rows.first().map(|row| row.int(0)).transpose()?.unwrap_or(0);
        Ok(if exact || count <= COUNT_CAP { (count, true) } else { (COUNT_CAP, false) })
    }

    /// ` FROM … WHERE …`: the rows of the request that the caller's right reaches, as `r`.
    pub async fn push_from(&self, sql: &mut Sql, object: &Object, request: &ListRequest, action: Action) -> Result<()> {
        let dialect = self.records.db().dialect();
        let access = self.access();
        let filters =
            [self.filter(object, request.within.as_deref())?, self.filter(object, request.filter.as_deref())?];
        sql.push(" FROM ").push(object.table_name()).push(" r WHERE ");
        access.push_rows(sql, object, action, "r", request.bin.unwrap_or(false));
        for filter in filters.iter().flatten() {
            sql.push(" AND ");
            filter.push_sql(sql, &access, dialect, "r");
        }
        if let Some(search) = request.search.as_deref().filter(|text| !text.trim().is_empty()) {
            match SearchQuery::parse("search", search)? {
                None => sql.push(" AND FALSE"),
                Some(query) => {
                    let mut reader = self.records.db().reader(self.caller);
                    let found = self.records.search().matching(&mut reader, access, object, &query).await?;
                    sql.push(" AND ");
                    found.push_sql(sql, "r");
                    sql
                }
            };
        }
        Ok(())
    }

    /// One record with the wanted fields.
    ///
    /// # Errors
    /// `NotFound` also where it exists but is not for this caller, or lies in the bin and `bin` is false.
    pub async fn get(&self, object: &Object, id: Id, view: &View, bin: bool) -> Result<Vec<Value>> {
        let selection = &view.selection;
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&selection.columns);
        sql.push(" FROM ").push(object.table_name()).push(" r WHERE ");
        self.access().push_rows(&mut sql, object, Action::Read, "r", bin);
        sql.push(" AND r.id = ").push_arg(id);
        let mut rows = self.records.db().reader(self.caller).once(sql.statement()).await?;
        let row = rows.cells.chunks_exact_mut(selection.width()).next().ok_or(Error::NotFound("record"))?;
        spread(object, selection, row)
    }

    /// Those of some records that the caller may read and that do not lie in the bin, with the wanted fields.
    pub async fn some(&self, object: &Object, ids: &[Id], view: &View) -> Result<HashMap<Id, Vec<Value>>> {
        let selection = &view.selection;
        if ids.is_empty() || !self.access().may_read(object) {
            return Ok(HashMap::new());
        }
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&selection.columns);
        sql.push(" FROM ").push(object.table_name()).push(" r WHERE ");
        self.access().push_living(&mut sql, object, Action::Read, "r");
        sql.push(" AND r.id IN ").push_list(ids.iter().copied());
        let mut rows = self.records.db().reader(self.caller).once(sql.statement()).await?;
        let one = |row: &mut [Cell]| Ok((Row(row).id(0)?, spread(object, selection, row)?));
        rows.cells.chunks_exact_mut(selection.width()).map(one).collect()
    }
}

/// A field that holds many is shown with the help of its first's field.
pub(crate) fn with_twins(object: &Object, fields: &[usize]) -> Vec<usize> {
    let mut all: Vec<usize> = Vec::with_capacity(fields.len());
    for &at in fields {
        if !all.contains(&at) {
            all.push(at);
        }
    }
    for first in fields.iter().filter_map(|&at| object.fields.get(at)?.first) {
        if let Some(at) = object.fields.iter().position(|field| field.name == first)
            && !all.contains(&at)
        {
            all.push(at);
        }
    }
    all
}

/// The selected values of a row, each at its field's place.
pub(crate) fn spread(object: &Object, selection: &Selection, row: &mut [Cell]) -> Result<Vec<Value>> {
    let mut values = vec![Value::Empty; object.fields.len()];
    for (&at, value) in selection.fields.iter().zip(selection.values(object, row)?) {
        if let Some(place) = values.get_mut(at) {
            *place = value;
        }
    }
    Ok(values)
}

/// The place of a page's last row, where more come behind it.
fn next(selection: &Selection, order: &Order, rows: &Rows, limit: usize) -> Result<Option<String>> {
    let last = rows.iter().nth(limit.saturating_sub(1)).filter(|_| rows.len() > limit);
    last.map(|row| {
        let values = row.0.get(selection.width()..).unwrap_or_default().to_vec();
        Ok(Cursor { values, id: row.id(0)? }.encode(&order.name))
    })
    .transpose()
}
