//! A search as a condition on the records of one object, for lists: exact, so that it pages and counts.

use super::{Search, query::Query, visible, words, words::Groups};
use crate::{
    object::Object,
    permissions::{Access, Action, Reach},
    sql::Sql,
};
use base::Result;
use db::{Dialect, Reader};

/// Fewer hits than these, and words are also read as mistyped.
pub(super) const ENOUGH: i64 = 5;

/// With more hits than these a list walks its own order and asks of each row whether it is among them.
const BROAD: i64 = 2_000;

/// What must hold of a record that a search finds.
#[derive(Debug, Clone)]
pub struct Matching<'a> {
    access: Access<'a>,
    object: &'a Object,
    dialect: Dialect,
    groups: Groups,
    is_broad: bool,
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
        let dialect = self.db.dialect();
        let groups = query.groups.iter().map(|group| group.readings.clone()).collect();
        let mut matching = Matching { access, object, dialect, groups, is_broad: false };
        let in_index = matching.count_in_index(reader).await?;
        matching.is_broad = in_index > BROAD;
        if in_index < ENOUGH || matching.count_in_reach(reader, in_index).await? < ENOUGH {
            matching.groups = self.widened(reader, access, query).await?;
            matching.is_broad = matching.count_in_index(reader).await? > BROAD;
        }
        Ok(matching)
    }

    /// Each group also read as what a mistyped word may have meant.
    pub(super) async fn widened(&self, reader: &mut Reader, access: Access<'_>, query: &Query) -> Result<Groups> {
        let mut groups: Groups = query.groups.iter().map(|group| group.readings.clone()).collect();
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

impl Matching<'_> {
    /// The condition on the row called `alias`, complete in itself: to be joined by AND.
    pub fn push_sql(&self, sql: &mut Sql, alias: &str) {
        let asked = words::asked(self.dialect, self.access.caller.tenant, self.object_mark(), &self.groups);
        // The plus and the test keep both databases from walking from the many hits to the rows.
        sql.push(if self.is_broad { "((+" } else { "((" }).push_column(alias, "id").push(" IN (");
        words::push_all(sql, self.dialect, asked);
        sql.push(if self.is_broad { ")) IS TRUE" } else { "))" });
        self.push_visible(sql, alias);
        sql.push(")");
    }

    /// As [`Matching::push_sql`], but of the youngest `limit` hits only.
    pub(super) fn push_newest(&self, sql: &mut Sql, alias: &str, limit: i64) {
        let asked = words::asked(self.dialect, self.access.caller.tenant, Some(self.object.id), &self.groups);
        sql.push("(").push_column(alias, "id").push(" IN (");
        words::push_newest(sql, self.dialect, asked, limit);
        sql.push(")");
        self.push_visible(sql, alias);
        sql.push(")");
    }

    /// Nothing but the rights of the caller stands between the index and the answer.
    pub(super) fn is_free(access: &Access, object: &Object) -> bool {
        access.reach(object, Action::Read) == Reach::Everything && !visible::is_restricted(access, object)
    }

    pub(super) fn new<'a>(access: Access<'a>, object: &'a Object, dialect: Dialect, groups: Groups) -> Matching<'a> {
        Matching { access, object, dialect, groups, is_broad: true }
    }

    /// Narrow hits are narrowed to the object by the index itself; of broad ones the rows tell it more cheaply.
    fn object_mark(&self) -> Option<i64> {
        (!self.is_broad).then_some(self.object.id)
    }

    fn push_visible(&self, sql: &mut Sql, alias: &str) {
        if visible::is_restricted(&self.access, self.object) {
            let fields = visible::visible(&self.access, self.object);
            sql.push(" AND ");
            visible::push(sql, self.dialect, alias, &fields, &self.groups);
        }
    }

    /// How many records of the object the index has, up to just over [`BROAD`].
    async fn count_in_index(&self, reader: &mut Reader) -> Result<i64> {
        let asked = words::asked(self.dialect, self.access.caller.tenant, Some(self.object.id), &self.groups);
        let mut sql = Sql::new();
        sql.push("SELECT count(*) FROM (");
        words::push_newest(&mut sql, self.dialect, asked, BROAD + 1);
        sql.push(") AS found");
        counted(reader, sql).await
    }

    /// How many of them the caller may find, up to [`ENOUGH`]: others must not decide what the query means.
    async fn count_in_reach(&self, reader: &mut Reader, in_index: i64) -> Result<i64> {
        if Self::is_free(&self.access, self.object) && self.is_broad {
            return Ok(in_index);
        }
        let mut sql = Sql::new();
        sql.push("SELECT count(*) FROM (SELECT r.id FROM ").push(self.object.table_name()).push(" r WHERE ");
        self.access.push_living(&mut sql, self.object, Action::Read, "r");
        sql.push(" AND ");
        self.push_sql(&mut sql, "r");
        sql.push(" LIMIT ").push_arg(ENOUGH).push(") AS found");
        counted(reader, sql).await
    }
}

async fn counted(reader: &mut Reader, sql: Sql) -> Result<i64> {
    reader.rows(sql.statement()).await?.first().map_or(Ok(0), |row| row.int(0))
}
