//! What the databases answer is what the evaluator says, row by row, for random filters and callers.

use super::{
    generate::{Random, sensible},
    world::{Company, TEAMS, USERS},
};
use crate::{
    filter::{Checked, Filter, RecordRef},
    object::{Object, Table},
    permissions::Access,
    sql::Sql,
};
use base::{
    AccessPlan, Caller, FieldRule, Id, Language, ObjectRights, Principal, Scope, SystemCaller, TenantId, Timestamp,
};
use db::{Db, Options, testing::Scratch};
use std::{collections::HashMap, sync::Arc};

/// Filters for each caller and object.
const FILTERS: usize = 96;
/// Filters in one statement.
const PACK: usize = 8;

/// Moments that are awkward: both nights on which clocks change, a leap day, the end of a year.
const MOMENTS: [&str; 5] = [
    "2026-03-29T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "2024-02-29T12:00:00Z",
    "2026-12-31T22:59:59.999Z",
    "2026-12-31T23:00:00Z",
];

/// One who may do everything, and users with narrower and narrower rights.
pub fn callers(tenant: TenantId) -> Vec<Caller> {
    let user = |at: usize, scope: Scope, fields: &[(&str, &str, FieldRule)]| {
        let mut objects = HashMap::new();
        for object in ["companies", "contacts", "orders", "order_lines", "tasks", "notes", "machines"] {
            let rules = fields.iter().filter(|(of, ..)| *of == object);
            let rights = ObjectRights {
                read: scope,
                fields: rules.map(|(_, field, rule)| ((*field).to_owned(), *rule)).collect(),
                ..ObjectRights::default()
            };
            objects.insert(object.to_owned(), rights);
        }
        if scope == Scope::Own {
            objects.get_mut("companies").unwrap().read = Scope::All;
            objects.remove("notes");
        }
        let plan = AccessPlan {
            user: Some(Id(USERS[at])),
            teams: vec![Id(TEAMS[at % 2])],
            team_tree: vec![Id(TEAMS[0]), Id(TEAMS[2])],
            objects,
            ..AccessPlan::default()
        };
        let principal = Principal::User(Id(USERS[at]));
        Caller { tenant, principal, plan: Arc::new(plan), language: Language::English }
    };
    let hidden = [
        ("contacts", "email", FieldRule::Masked),
        ("contacts", "city", FieldRule::Hidden),
        ("orders", "company", FieldRule::Hidden),
        ("orders", "total", FieldRule::Masked),
        ("companies", "parent", FieldRule::Read),
    ];
    vec![
        SystemCaller::for_(tenant, "tests"),
        user(0, Scope::All, &hidden),
        user(1, Scope::Own, &[]),
        user(2, Scope::Team, &[]),
        user(3, Scope::TeamTree, &hidden),
    ]
}

#[tokio::test]
async fn sqlite_and_the_evaluator_agree_on_every_row() {
    agree(&Scratch::sqlite().await).await;
}

#[tokio::test]
async fn postgres_and_the_evaluator_agree_on_every_row() {
    agree(&Scratch::postgres().await).await;
}

async fn agree(scratch: &Scratch) {
    let db = scratch.open(Options::default()).await.unwrap();
    let company = Company::new(11);
    company.save(&db, &SystemCaller::for_(db.tenant(), "tests")).await;
    let mut random = Random(2026);
    let mut compared = Compared::default();
    for caller in callers(db.tenant()) {
        let access = Access::new(&company.schema, &caller);
        let objects = company.schema.objects().iter().filter(|object| !object.internal && access.may_read(object));
        for object in objects {
            let filters: Vec<String> =
                (0..FILTERS).map(|_| sensible(&mut random, &access, object, 3, 0).to_string()).collect();
            for pack in filters.chunks(PACK) {
                let now = Timestamp::parse(random.of(&MOMENTS)).unwrap();
                let pack: Vec<&str> = pack.iter().map(String::as_str).collect();
                compared.add(&compare(&db, &company, &access, object, &pack, now).await);
            }
        }
    }
    assert!(compared.rows > 10_000, "{compared:?}");
    // The world and the filters are such that both answers are common.
    assert!(compared.passed * 8 > compared.rows && compared.passed * 4 < compared.rows * 3, "{compared:?}");
}

#[derive(Debug, Default)]
struct Compared {
    rows: usize,
    passed: usize,
}

impl Compared {
    fn add(&mut self, answers: &[bool]) {
        self.rows += answers.len();
        self.passed += answers.iter().filter(|passed| **passed).count();
    }
}

/// Asks the database and the evaluator about every record of the object, those in the bin included.
pub async fn compare(
    db: &Db,
    company: &Company,
    access: &Access<'_>,
    object: &Object,
    filters: &[&str],
    now: Timestamp,
) -> Vec<bool> {
    let check = |text: &&str| {
        let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        filter.check(access, object, now).unwrap_or_else(|error| panic!("{} {text}: {error}", object.name))
    };
    let checked: Vec<Checked<'_>> = filters.iter().map(check).collect();
    let mut sql = Sql::new();
    sql.push("SELECT r.id");
    for filter in &checked {
        sql.push(", coalesce(");
        filter.push_sql(&mut sql, access, db.dialect(), "r");
        sql.push(", FALSE)");
    }
    sql.push(" FROM ").push(object.table_name()).push(" r WHERE r.tenant_id = ").push_arg(db.tenant());
    if object.table == Table::Shared {
        sql.push(" AND r.object_id = ").push_arg(object.id);
    }
    sql.push(" ORDER BY r.id");
    let words = sql.text().to_owned();
    let rows = db.reader(access.caller).once(sql.statement()).await;
    let rows = rows.unwrap_or_else(|error| panic!("{error}\n{filters:?}\n{words}"));
    assert_eq!(rows.len(), company.ids(&object.name).len());
    let mut answers = Vec::new();
    for row in rows.iter() {
        let record = RecordRef { object: object.id, id: row.id(0).unwrap() };
        for (at, filter) in checked.iter().enumerate() {
            let answer = row.flag(at + 1).unwrap();
            let expected = filter.matches(company, record);
            assert_eq!(answer, expected, "{record:?}: {}\n{filter:?}\n{words}", filters[at]);
            answers.push(answer);
        }
    }
    answers
}
