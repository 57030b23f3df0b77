//! What the room promises, seen through its door, on both databases.

use crate::{
    testing::{Scratch, follow},
    *,
};
use base::{Caller, Clock, Error, Id, SystemCaller, Timestamp, message};

mod care;
mod digests;
mod log;
mod reading;
mod schema;
mod security;
mod statements;
mod writing;

const NOW: Timestamp = Timestamp(1_767_225_600_000);

fn options() -> Options {
    Options { clock: Clock::fixed(NOW), node: Some(1), ..Options::default() }
}

fn caller(db: &Db) -> Caller {
    SystemCaller::for_(db.tenant(), "tests")
}

/// An open database of each kind.
async fn each() -> Vec<(Scratch, Db)> {
    let mut open = Vec::new();
    for scratch in Scratch::each().await {
        let db = scratch.open(options()).await.unwrap();
        open.push((scratch, db));
    }
    open
}

/// An entry of the log is the simplest thing to write.
fn event(db: &Db, kind: &'static str) -> Event {
    Event { action: db.ids().next(), kind, object: 0, record: None, changes: "{}".to_owned(), also: Vec::new() }
}

/// A row of a table with a key: the stamps of tenants that nobody asks for.
fn row(db: &Db, access: i64) -> Statement {
    let text = "INSERT INTO event_link (tenant_id, record_id, tx, seq) VALUES (?1, ?2, 0, 0) ON CONFLICT DO NOTHING";
    Statement::new(text, [db.tenant().into(), access.into()])
}

async fn count(db: &Db, table: &str) -> i64 {
    let text = format!("SELECT count(*) FROM {table} WHERE tenant_id = ?1");
    let rows = db.reader(&caller(db)).once(Statement::new(text, [db.tenant().into()])).await.unwrap();
    rows.first().unwrap().int(0).unwrap()
}
