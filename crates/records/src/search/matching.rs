//! A search as a condition on the records of one object, for lists: exact, so that it pages and counts.

use super::{Search, query::Query, scope::Part, visible, words, words::Groups};
use crate::{
    object::Object,
    permissions::{Access, Action, Reach},
    sql::Sql,
};
use base::{Id, Result};
use db::{Dialect, Reader};

/// Fewer hits than these, and words are also read as mistyped.
pub(super) const ENOUGH: i64 = 5;

/// So many hits are named one by one.
const NAMED: usize = 1_000;

/// Up to so many hits a list starts from them; with more it walks its own order and asks of each row whether it is
/// among them. Databases cannot tell which is better: they do not know how many hits a search has.
const FEW: usize = 10_000;

/// What must hold of a record that a search finds.
#[derive(Debug, Clone)]
pub struct Matching<'a> {
    access: Access<'a>,
    object: &'a Object,
    dialect: Dialect,
    groups: Groups,
    /// Where the records that the caller reaches stand in the index, if it can be said.
    part: Option<Part>,
    hits: Hits,
}

/// What the index answered.
#[derive(Debug, Clone)]
enum Hits {
    Named(Vec<Id>),
    /// The question that has few answers.
    Few(String),
    Many,
}

impl Search {
    /// Reads the query for one object and one caller: as typed, or as mistyped where that finds too little.
    pub async fn matching<'a>(
        &self,
        reader: &mut Reader,
        access: Access<'a>,
        object: &'a Object,
        query: &Query,
    ) -> Result<Matching<'a>> {
        let mut matching = Matching::new(access, object, self.db.dialect(), query.readings());
        let is_complete = self.is_complete(reader, access.caller.tenant).await?;
        matching.part = Some(Part::new(&access, object, is_complete)).filter(|part| !part.holders.is_empty());
        matching.ask(reader).await?;
        if matching.finds(reader, ENOUGH).await? || matching.finds_whole(reader).await? {
            return Ok(matching);
        }
        let widened = self.widened(reader, access, query).await?;
        if widened != matching.groups {
            matching.groups = widened;
            matching.ask(reader).await?;
        }
        Ok(matching)
    }

    /// Each group also read as what a mistyped word may have meant.
    pub(super) async fn widened(&self, reader: &mut Reader, access: Access<'_>, query: &Query) -> Result<Groups> {
        let mut groups = query.readings();
        let spelled = |at: &usize| query.groups.get(*at).and_then(|group| group.spelling()).is_some();
        let places: Vec<usize> = (0..groups.len()).filter(spelled).collect();
        let typed: Vec<String> = query.groups.iter().filter_map(|group| group.spelling()).map(str::to_owned).collect();
        if typed.is_empty() {
            return Ok(groups);
        }
        let tenant = access.caller.tenant;
        let vocabulary = self.vocabularies.current(reader, tenant, self.db.clock().now()).await?;
        for (at, meant) in places.into_iter().zip(vocabulary.meant(typed).await?) {
            if let Some(readings) = groups.get_mut(at) {
                readings.extend(meant.into_iter().map(|term| vec![term]));
            }
        }
        Ok(groups)
    }
}

impl<'a> Matching<'a> {
    pub(super) fn new(access: Access<'a>, object: &'a Object, dialect: Dialect, groups: Groups) -> Matching<'a> {
        Matching { access, object, dialect, groups, part: None, hits: Hits::Many }
    }

    /// With hits that are known already; `ids` are all there are.
    pub(super) fn among(self, ids: Vec<Id>) -> Matching<'a> {
        Matching { hits: Hits::Named(ids), ..self }
    }

    /// The condition on the row called `alias`, complete in itself: to be joined by AND.
    pub fn push_sql(&self, sql: &mut Sql, alias: &str) {
        sql.push("(");
        match &self.hits {
            Hits::Named(ids) if ids.is_empty() => {
                sql.push("FALSE");
            }
            Hits::Named(ids) => words::push_named(sql, self.dialect, alias, ids),
            Hits::Few(asked) => words::push_among(sql, self.dialect, alias, |sql| {
                sql.push("(");
                words::push_all(sql, self.dialect, asked.clone());
                sql.push(")");
            }),
            Hits::Many => {
                // The plus and the test keep both databases from walking from the many hits to the rows.
                sql.push("(+").push_column(alias, "id").push(" IN (");
                words::push_all(sql, self.dialect, self.asked(self.part.as_ref()));
                sql.push(")) IS TRUE");
            }
        }
        self.push_visible(sql, alias);
        sql.push(")");
    }

    /// Nothing but the index stands between the caller and the records.
    fn is_free(access: &Access, object: &Object) -> bool {
        access.reach(object, Action::Read) == Reach::Everything && !visible::is_restricted(access, object)
    }

    fn push_visible(&self, sql: &mut Sql, alias: &str) {
        if visible::is_restricted(&self.access, self.object) {
            let fields = visible::visible(&self.access, self.object);
            sql.push(" AND ");
            visible::push(sql, self.dialect, alias, &fields, &self.groups);
        }
    }

    /// The question to the index, about a part of it or all.
    fn asked(&self, part: Option<&Part>) -> String {
        words::asked(self.dialect, self.access.caller.tenant, part.as_slice(), &self.groups)
    }

    /// Asks about all objects, which is cheapest, and where that is too much about what the caller reaches of this one.
    async fn ask(&mut self, reader: &mut Reader) -> Result<()> {
        self.hits = Hits::Many;
        let whole = Part { object: self.object.id, holders: Vec::new(), is_exact: true };
        let all = if self.part.is_some() { NAMED } else { FEW };
        for (part, most) in [(None, all), (Some(self.part.as_ref().unwrap_or(&whole)), FEW)] {
            let asked = self.asked(part);
            let mut sql = Sql::new();
            words::push_newest(&mut sql, self.dialect, asked.clone(), i64::try_from(most).unwrap_or(i64::MAX) + 1);
            let rows = reader.rows(sql.statement()).await?;
            if rows.len() <= NAMED {
                self.hits = Hits::Named(rows.iter().map(|row| row.id(0)).collect::<Result<_>>()?);
                break;
            }
            if rows.len() <= most {
                self.hits = Hits::Few(asked);
                break;
            }
        }
        Ok(())
    }

    /// Whether the caller finds so many: records out of reach must not decide what the query means.
    async fn finds(&self, reader: &mut Reader, least: i64) -> Result<bool> {
        match &self.hits {
            Hits::Named(ids) if ids.is_empty() => return Ok(false),
            Hits::Many if Self::is_free(&self.access, self.object) => return Ok(true),
            _ => {}
        }
        let mut sql = Sql::new();
        sql.push("SELECT count(*) FROM (SELECT r.id FROM ").push(self.object.table_name()).push(" r WHERE ");
        self.access.push_living(&mut sql, self.object, Action::Read, "r");
        sql.push(" AND ");
        self.push_sql(&mut sql, "r");
        sql.push(" LIMIT ").push_arg(least).push(") AS found");
        let count = reader.rows(sql.statement()).await?.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(count >= least)
    }

    /// Whether a record has the very words that were typed: then they are not mistyped.
    async fn finds_whole(&self, reader: &mut Reader) -> Result<bool> {
        if matches!(&self.hits, Hits::Named(ids) if ids.is_empty()) {
            return Ok(false);
        }
        let mut whole = Matching { groups: words::only_whole(&self.groups), ..self.clone() };
        whole.ask(reader).await?;
        whole.finds(reader, 1).await
    }
}
