//! A small company with its records, on one database.

use crate::{
    layout::{Layout, Record},
    object::Object,
    permissions::{Access, Action},
    schema::{Schema, Settings},
    search::{Query, Search, Within},
    sql::Sql,
    standard,
    value::{Link, Value},
};
use base::{
    AccessPlan, Caller, Clock, FieldRule, Id, Language, ObjectRights, Principal, Scope, SystemCaller, Timestamp,
};
use db::{Batch, Db, Options, Statement, testing::Scratch};
use std::sync::Arc;

pub const ME: Id = Id(1 << 56);

pub struct World {
    pub db: Db,
    pub search: Search,
    pub schema: Schema,
    pub clock: Clock,
    _scratch: Scratch,
}

/// Runs a test on a world of each database.
pub async fn in_each_world<F: AsyncFn(World)>(test: F) {
    for scratch in Scratch::each().await {
        let clock = Clock::fixed(Timestamp(1_790_000_000_000));
        let db = scratch.open(Options { clock: clock.clone(), ..Options::default() }).await.unwrap();
        let settings = Settings {
            company: "Test".into(),
            country: "PL".into(),
            base_currency: "EUR".into(),
            time_zone: "Europe/Warsaw".into(),
            languages: vec!["en".into()],
            allow_national_ids: false,
            definition_bin_days: 30,
            file_limit_mb: 25,
            file_quota_mb: None,
        };
        let schema = Schema::new(standard::objects(), settings);
        test(World { search: Search::new(&db), db, schema, clock, _scratch: scratch }).await;
    }
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

impl World {
    pub fn admin(&self) -> Caller {
        SystemCaller::for_(self.db.tenant(), "tests")
    }

    /// A user who may read contacts within a scope, but for some fields.
    pub fn user(&self, scope: Scope, fields: &[(&str, FieldRule)]) -> Caller {
        let fields = fields.iter().map(|(name, rule)| ((*name).to_owned(), *rule)).collect();
        let rights = ObjectRights { read: scope, fields, ..ObjectRights::default() };
        let objects = [("contacts".to_owned(), rights)].into();
        let plan = AccessPlan { user: Some(ME), objects, ..AccessPlan::default() };
        Caller {
            tenant: self.db.tenant(),
            principal: Principal::User(ME),
            plan: Arc::new(plan),
            language: Language::English,
        }
    }

    pub fn object(&self, name: &str) -> &Object {
        self.schema.object(name).unwrap()
    }

    /// Stores a record, with its words, and answers its id.
    pub async fn put(&self, object: &str, values: &[(&str, Value)]) -> Id {
        self.put_all(object, &[values.to_vec()]).await.pop().unwrap()
    }

    /// Stores many records in one batch.
    pub async fn put_all(&self, object: &str, all: &[Vec<(&str, Value)>]) -> Vec<Id> {
        let object = self.object(object);
        let layout = Layout::new(object);
        let (mut batch, mut indexer) = (Batch::new(), self.search.indexer(self.db.tenant()));
        let mut ids = Vec::new();
        for values in all {
            let record = self.record(object, values);
            batch.run(layout.insert(self.db.tenant(), object, &record));
            indexer.put(object, record.id, &record.values, false);
            ids.push(record.id);
        }
        let learned = indexer.finish(&mut batch);
        self.db.submit(&self.admin(), batch).await.unwrap();
        self.search.learn(learned);
        ids
    }

    /// Replaces the words of a record that is there.
    pub async fn reindex(&self, object: &str, id: Id, values: &[(&str, Value)]) {
        let object = self.object(object);
        let (mut batch, mut indexer) = (Batch::new(), self.search.indexer(self.db.tenant()));
        indexer.put(object, id, &self.record(object, values).values, true);
        let learned = indexer.finish(&mut batch);
        self.db.submit(&self.admin(), batch).await.unwrap();
        self.search.learn(learned);
    }

    fn record(&self, object: &Object, values: &[(&str, Value)]) -> Record {
        let id = self.db.ids().next();
        let mut all = vec![Value::Empty; object.fields.len()];
        let mut set = |name: &str, value: Value| {
            all[object.fields.iter().position(|field| field.name == name).unwrap()] = value;
        };
        set("created_at", Value::Int(self.clock.now().0));
        set("updated_at", Value::Int(self.clock.now().0));
        set("version", Value::Int(1));
        values.iter().for_each(|(name, value)| set(name, value.clone()));
        Record { object: object.id, id, values: all, deleted_at: None }
    }

    pub async fn run(&self, text: &'static str, id: Id) {
        let mut batch = Batch::new();
        batch.run(Statement::new(text, [self.db.tenant().into(), id.into()]));
        self.db.submit(&self.admin(), batch).await.unwrap();
    }

    /// The contacts that a list with this search shows, oldest first.
    pub async fn listed(&self, caller: &Caller, typed: &str) -> Vec<Id> {
        let object = self.object("contacts");
        let access = Access::new(&self.schema, caller);
        let query = Query::parse("search", typed).unwrap().unwrap();
        let mut reader = self.db.reader(caller);
        let matching = self.search.matching(&mut reader, access, object, &query).await.unwrap();
        let mut sql = Sql::new();
        sql.push("SELECT r.id FROM contact r WHERE ");
        access.push_living(&mut sql, object, Action::Read, "r");
        sql.push(" AND ");
        matching.push_sql(&mut sql, "r");
        sql.push(" ORDER BY r.id");
        let rows = reader.rows(sql.statement()).await.unwrap();
        rows.iter().map(|row| row.id(0).unwrap()).collect()
    }

    /// The titles that the search box shows, best first.
    pub async fn found(&self, caller: &Caller, typed: &str) -> Vec<String> {
        let access = Access::new(&self.schema, caller);
        let query = Query::parse("q", typed).unwrap().unwrap();
        let mut reader = self.db.reader(caller);
        let hits = self.search.find(&mut reader, access, (&query, &Within::everything()), 20).await.unwrap().hits;
        hits.into_iter().map(|hit| hit.title).collect()
    }

    /// One contact and no other is found, by list and by box.
    pub async fn assert_finds(&self, typed: &str, id: Id, title: &str) {
        let admin = self.admin();
        assert_eq!(self.listed(&admin, typed).await, [id], "list of {typed}, {:?}", self.db.dialect());
        assert_eq!(self.found(&admin, typed).await, [title], "box with {typed}, {:?}", self.db.dialect());
    }

    pub async fn assert_finds_nothing(&self, caller: &Caller, typed: &str) {
        assert!(self.listed(caller, typed).await.is_empty(), "list of {typed}, {:?}", self.db.dialect());
        assert!(self.found(caller, typed).await.is_empty(), "box with {typed}, {:?}", self.db.dialect());
    }
}

pub fn owned_by(user: Id) -> Value {
    Value::Link(Link::to(0, user))
}
