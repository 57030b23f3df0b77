//! PostgreSQL: a few pooled connections, row-level security, one way to the server for each unit of work.
//!
//! Not here: SQL about the application's data.

mod batch;
mod cells;
pub(crate) mod failure;
pub(crate) mod index;
pub(crate) mod lease;
pub(crate) mod node;
pub(crate) mod session;

use crate::{
    Receipt, Rows, Stamp, Statement,
    database::Options,
    driver::{QUERY_LIMIT, Submission},
    faults::Fault,
    migrate, sql,
};
use base::{Error, Result, TenantId};
use deadpool::{
    Runtime,
    managed::{Pool, Timeouts},
};
use lease::{Doing, Lease};
use node::Node;
use session::{Manager, Session, in_order};
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio_postgres::Config;

const CONNECTIONS: usize = 8;
const PATIENCE: Duration = Duration::from_millis(500);
const CONNECT: Duration = Duration::from_secs(5);
/// One program at a time changes the schema or takes a node.
const OPENING: &str = "SELECT pg_advisory_lock(7202637411)";

/// The open database.
pub(crate) struct Postgres {
    pool: Pool<Manager>,
    login: Config,
    pub node: Arc<Node>,
    /// Renews the node's lease as long as this exists.
    _keeper: node::Keeper,
}

/// A snapshot from its first read on.
pub(crate) enum Snapshot {
    NotYet,
    Held(Box<Lease>),
    /// A read failed or was given up: PostgreSQL ends a transaction with its first error.
    Lost,
}

pub(crate) async fn open(url: &str, tenant: &str, options: &Options) -> Result<(Postgres, TenantId)> {
    let mut login: Config = url.parse().map_err(|_| Error::internal("the database's address cannot be read"))?;
    login.connect_timeout(CONNECT);
    let mut client = session::connect(&login).await.map_err(|e| failure::failure(&e))?;
    client.batch_execute(OPENING).await.map_err(|e| failure::failure(&e))?;
    migrate::postgres(&mut client, options.clock.now()).await?;
    let id = find_tenant(&client, tenant).await.map_err(|e| failure::failure(&e))?;
    let node = match options.node {
        Some(number) => Node::fixed(number),
        None => Node::lease(&client).await?,
    };
    drop(client);
    let pool = Pool::builder(Manager { config: login.clone() })
        .max_size(CONNECTIONS)
        .timeouts(Timeouts { wait: Some(PATIENCE), create: Some(CONNECT), recycle: None })
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(Error::internal)?;
    let node = Arc::new(node);
    let keeper = node::Keeper::start(&node, &pool);
    Ok((Postgres { pool, login, node, _keeper: keeper }, TenantId(id)))
}

async fn find_tenant(client: &tokio_postgres::Client, name: &str) -> Result<i64, tokio_postgres::Error> {
    let add = "INSERT INTO tenant (tenant_id, name) SELECT coalesce(max(tenant_id), 0) + 1, $1::text FROM tenant
               ON CONFLICT (name) DO NOTHING";
    client.execute(add, &[&name]).await?;
    Ok(client.query_one("SELECT tenant_id FROM tenant WHERE name = $1", &[&name]).await?.get(0))
}

impl Postgres {
    async fn lease(&self, tenant: TenantId) -> Result<Lease> {
        let session = self.pool.get().await.map_err(|e| failure::no_connection(&e))?;
        let mut lease = Lease::new(session);
        lease.work(Doing::Nothing, async |session| session.serve(tenant).await).await?;
        Ok(lease)
    }

    /// One statement, the cheapest way: no transaction but its own.
    pub(crate) async fn once(&self, tenant: TenantId, statement: &Statement) -> Result<Rows> {
        let mut lease = self.lease(tenant).await?;
        let one = async |session: &mut Session| {
            session.prepare_all(std::iter::once(statement)).await?;
            session.run(statement).await
        };
        lease.work(Doing::Nothing, one).await.map(|(_, rows)| rows)
    }

    /// Several statements on the reader's snapshot, which the first of them takes.
    pub(crate) async fn read(
        &self,
        tenant: TenantId,
        snapshot: &mut Snapshot,
        statements: &[Statement],
        limit: Duration,
    ) -> Result<Vec<Rows>> {
        let mut lease = match std::mem::replace(snapshot, Snapshot::Lost) {
            Snapshot::Held(lease) => lease,
            Snapshot::Lost => return Err(Error::internal("an earlier read of this snapshot failed")),
            Snapshot::NotYet => {
                *snapshot = Snapshot::NotYet;
                let lease = self.lease(tenant).await?;
                *snapshot = Snapshot::Lost;
                Box::new(lease)
            }
        };
        let begin = (lease.doing() == Doing::Nothing).then_some("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        let limit =
            (limit != QUERY_LIMIT).then(|| format!("SET LOCAL statement_timeout = {}", limit.as_millis().max(1)));
        let all = async |session: &mut Session| {
            session.prepare_all(statements.iter()).await?;
            run_all(session, begin.into_iter().chain(limit.as_deref()), statements).await
        };
        let rows = lease.work(Doing::Snapshot, all).await?;
        *snapshot = Snapshot::Held(lease);
        Ok(rows)
    }

    pub(crate) async fn submit(&self, submission: Submission, fault: Option<Fault>) -> Result<Receipt> {
        if !self.node.is_ours() {
            return Err(Error::Unavailable { seconds: 60 });
        }
        let mut lease = self.lease(submission.tenant).await?;
        lease.work(Doing::Nothing, async |session| batch::run(session, submission, fault).await).await
    }

    pub(crate) fn login(&self) -> &Config {
        &self.login
    }

    pub(crate) async fn prepare(&self, tenant: TenantId, text: &str) -> Result<()> {
        let mut lease = self.lease(tenant).await?;
        lease.work(Doing::Nothing, async |session| session.prepare(text).await).await
    }

    /// Gives the node number back and closes the connections as they become free.
    pub(crate) async fn close(&self) -> Result<()> {
        let given_back = self.node.give_back(&self.pool).await;
        self.pool.close();
        given_back
    }

    pub(crate) async fn stamp(&self, tenant: TenantId) -> Result<Stamp> {
        let text = sql!("SELECT access, schema FROM stamp WHERE tenant_id = ?1");
        let rows = self.once(tenant, &Statement::new(text, [tenant.into()])).await?;
        rows.first().map_or(Ok(Stamp::default()), |row| Ok(Stamp { access: row.int(0)?, schema: row.int(1)? }))
    }
}

/// Commands and queries on one way to the server.
async fn run_all<'f>(
    session: &'f Session,
    commands: impl Iterator<Item = &'f str>,
    statements: &'f [Statement],
) -> Result<Vec<Rows>> {
    type Running<'f> = Pin<Box<dyn Future<Output = Result<Option<Rows>>> + Send + 'f>>;
    let commands =
        commands.map(|text| -> Running<'f> { Box::pin(async { session.command(text).await.map(|()| None) }) });
    let queries = statements.iter().map(|statement| -> Running<'f> {
        Box::pin(async { session.run(statement).await.map(|(_, rows)| Some(rows)) })
    });
    in_order(commands.chain(queries).collect()).await.into_iter().filter_map(Result::transpose).collect()
}
