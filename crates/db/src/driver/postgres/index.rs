//! Making an index on PostgreSQL while others work, also after an attempt that was cut off.

use super::{failure::failure, session};
use base::{Error, Result};
use tokio_postgres::{Client, Config};

/// Asked without waiting: who waits holds a snapshot, and an index in the making waits for all snapshots.
const ALONE: &str = "SELECT pg_try_advisory_lock(7202637412)";

/// Works as the login, which owns the tables.
pub(crate) async fn make(login: &Config, name: &str, table: &str, text: &str) -> Result<()> {
    let client = session::connect(login).await.map_err(|e| failure(&e))?;
    if !client.query_one(ALONE, &[]).await.map_err(|e| failure(&e))?.get::<_, bool>(0) {
        return Err(Error::Busy { seconds: 10 });
    }
    build(&client, name, table, text).await.map_err(|e| failure(&e))
}

async fn build(client: &Client, name: &str, table: &str, text: &str) -> Result<(), tokio_postgres::Error> {
    let state = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1::text)";
    match client.query_opt(state, &[&name]).await?.map(|row| row.get::<_, bool>(0)) {
        Some(true) => return Ok(()),
        Some(false) => client.batch_execute(&format!("DROP INDEX CONCURRENTLY {name}")).await?,
        None => {}
    }
    client.batch_execute(text).await?;
    // Without it the planner does not know what the indexed expression looks like.
    client.batch_execute(&format!("ANALYZE {table}")).await
}
