//! Which records answer to a search across objects: all, where the index has few; otherwise of each object the youngest,
//! in windows. Where some of these turn out to be closed to the caller, and too few are left, a wider window follows.

use super::{
    Matching, Search,
    find::{Hit, Place},
    scope::Part,
    words::{self, Groups},
};
use crate::{
    permissions::{Access, Action},
    sql::Sql,
};
use base::{Id, Result};
use db::{Reader, Statement};

/// Of each object so many hits are looked at, the youngest.
const LOOKED_AT: usize = 100;

/// Of all objects together, so many: where there are no more, and where asking for each object by itself would cost
/// too much.
const TOGETHER: usize = 500;

/// The widest window of hits whose words may stand in hidden fields. What such a caller might find among older ones
/// is not worth reading them all.
const WIDEST: usize = 1_000;

/// So many records are asked for in one statement.
const NAMED: usize = 1_000;

/// What is looked for, and for whom.
pub(super) struct Look<'l, 'a> {
    pub search: &'l Search,
    pub access: Access<'a>,
    /// By this hits are judged.
    pub typed: &'l Groups,
    /// By this they are found.
    pub asked: &'l Groups,
    /// So many of each object are enough.
    pub enough: usize,
    /// The index is known to have more than are looked at together.
    pub is_many: bool,
}

/// How far one object's hits have been looked at.
struct Walk<'p, 'a> {
    place: &'p Place<'a>,
    /// Hits that are still to be looked at, youngest first.
    ids: Vec<Id>,
    looked_at: usize,
    found: usize,
    /// The window holds all hits that there are.
    is_last: bool,
}

impl Look<'_, '_> {
    /// Adds the records of these objects that answer, and tells whether the index has many, of whomever they are.
    pub async fn find(&self, reader: &mut Reader, places: &[Place<'_>], hits: &mut Vec<Hit>) -> Result<bool> {
        if places.is_empty() {
            return Ok(false);
        }
        let mut walks: Vec<Walk> = places.iter().map(Walk::new).collect();
        if !self.is_many {
            let rows = reader.rows(self.newest(&[], TOGETHER)).await?;
            let all: Vec<Id> = rows.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
            if all.len() < TOGETHER {
                walks.iter_mut().for_each(|walk| walk.look_at(&all, TOGETHER));
                self.load(reader, &mut walks, hits).await?;
                return Ok(false);
            }
        }
        self.windows(reader, walks, hits).await?;
        Ok(true)
    }

    /// Looks at wider and wider windows.
    async fn windows(&self, reader: &mut Reader, mut walks: Vec<Walk<'_, '_>>, hits: &mut Vec<Hit>) -> Result<()> {
        let is_each = words::are_words_of_index(self.asked);
        let mut window = if is_each { LOOKED_AT } else { TOGETHER };
        let before = hits.len();
        loop {
            self.ask(reader, &mut walks, window, is_each).await?;
            self.load(reader, &mut walks, hits).await?;
            walks.retain(|walk| walk.may_go_on(window, self.enough));
            if walks.is_empty() || !is_each && hits.len() >= before + self.enough {
                return Ok(());
            }
            window = window.saturating_mul(10);
        }
    }

    /// Gives each walk the hits of a window of its own, or of one that they share.
    async fn ask(&self, reader: &mut Reader, walks: &mut [Walk<'_, '_>], window: usize, is_each: bool) -> Result<()> {
        let size = if is_each { 1 } else { walks.len() };
        let records = self.access.schema.objects().iter().filter(|object| !object.internal);
        let is_whole = size == records.count() && walks.iter().all(|walk| walk.place.part.holders.is_empty());
        let question = |walks: &[Walk]| {
            let parts: Vec<&Part> = walks.iter().map(|walk| &walk.place.part).filter(|_| !is_whole).collect();
            self.newest(&parts, window)
        };
        let answers = reader.many(walks.chunks(size).map(question).collect()).await?;
        for (walks, rows) in walks.chunks_mut(size).zip(&answers) {
            let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
            walks.iter_mut().for_each(|walk| walk.look_at(&ids, window));
        }
        Ok(())
    }

    /// The youngest records that answer, in some parts of the index or in all of it.
    fn newest(&self, parts: &[&Part], most: usize) -> Statement {
        let (dialect, tenant) = (self.search.db.dialect(), self.access.caller.tenant);
        let asked = words::asked(dialect, tenant, parts, self.asked);
        let mut sql = Sql::new();
        words::push_newest(&mut sql, dialect, asked, i64::try_from(most).unwrap_or(i64::MAX));
        sql.statement()
    }

    /// Looks at the walks' hits until each has found enough or has none left.
    async fn load(&self, reader: &mut Reader, walks: &mut [Walk<'_, '_>], hits: &mut Vec<Hit>) -> Result<()> {
        loop {
            let is_wanting = |walk: &&mut Walk| !walk.ids.is_empty() && walk.found < self.enough;
            let mut wanting: Vec<_> = walks.iter_mut().filter(is_wanting).collect();
            if wanting.is_empty() {
                return Ok(());
            }
            let statements = wanting.iter_mut().map(|walk| self.rows(walk.place, walk.next())).collect();
            let answers = reader.many(statements).await?;
            for (walk, rows) in wanting.into_iter().zip(&answers) {
                let before = hits.len();
                walk.place.judge(self.access, rows, (self.typed, self.asked), hits)?;
                walk.found += hits.len() - before;
            }
        }
    }

    /// The youngest of these records of one object that the caller may find.
    fn rows(&self, place: &Place, ids: Vec<Id>) -> Statement {
        let matching = Matching::new(self.access, place.object, self.search.db.dialect(), self.asked.clone());
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&place.selection.columns);
        sql.push(" FROM ").push(place.object.table_name()).push(" r WHERE ");
        self.access.push_living(&mut sql, place.object, Action::Read, "r");
        sql.push(" AND ");
        matching.among(ids).push_sql(&mut sql, "r");
        sql.push(" ORDER BY r.id DESC LIMIT ").push_arg(i64::try_from(LOOKED_AT).unwrap_or(i64::MAX));
        sql.statement()
    }
}

impl<'p, 'a> Walk<'p, 'a> {
    fn new(place: &'p Place<'a>) -> Walk<'p, 'a> {
        Walk { place, ids: Vec::new(), looked_at: 0, found: 0, is_last: false }
    }

    /// Of a window's hits those that it has not looked at before.
    fn look_at(&mut self, ids: &[Id], window: usize) {
        self.ids = ids.get(self.looked_at..).unwrap_or_default().to_vec();
        self.is_last = ids.len() < window;
    }

    /// Takes the next hits.
    fn next(&mut self) -> Vec<Id> {
        let next: Vec<Id> = self.ids.drain(..self.ids.len().min(NAMED)).collect();
        self.looked_at += next.len();
        next
    }

    /// Whether hits older than the window may be worth a look.
    fn may_go_on(&self, window: usize, enough: usize) -> bool {
        let may_be_closed = !self.place.part.is_exact || self.place.is_restricted && window < WIDEST;
        !self.is_last && self.found < enough && may_be_closed
    }
}
