//! One connection to PostgreSQL: as whom it works, for which tenant, and what it keeps prepared.

use super::{
    cells::{Incoming, type_of},
    failure::failure,
};
use crate::{Rows, Statement, Text, lex};
use base::{Error, Result, TenantId};
use deadpool::managed::{self, Metrics, RecycleError, RecycleResult};
use futures_util::{TryStreamExt, future::maybe_done};
use std::{
    collections::HashMap,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
};
use tokio_postgres::{Client, Config, NoTls};

/// Statements that a connection keeps prepared; then it starts anew.
const PREPARED: usize = 1_000;

/// Row-level security binds the role, nothing is written unless a transaction says so, and each query is planned for its own arguments: one tenant has ten rows,
/// another a million.
const SETUP: &str = "SET ROLE rapport_app; SET plan_cache_mode = force_custom_plan; SET jit = off;
    SET default_transaction_read_only = on; SET statement_timeout = '30s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s'";

/// Makes sessions for the pool.
pub(crate) struct Manager {
    pub config: Config,
}

pub(crate) struct Session {
    pub client: Client,
    prepared: HashMap<String, tokio_postgres::Statement>,
    tenant: Option<TenantId>,
    /// It was left at work; it does not go back to the pool.
    pub left: bool,
}

impl managed::Manager for Manager {
    type Type = Session;
    type Error = tokio_postgres::Error;

    async fn create(&self) -> Result<Session, tokio_postgres::Error> {
        let client = connect(&self.config).await?;
        client.batch_execute(SETUP).await?;
        Ok(Session { client, prepared: HashMap::new(), tenant: None, left: false })
    }

    async fn recycle(&self, session: &mut Session, _: &Metrics) -> RecycleResult<tokio_postgres::Error> {
        if session.left || session.client.is_closed() { Err(RecycleError::message("gone")) } else { Ok(()) }
    }
}

/// Connects as the login itself.
#[expect(clippy::disallowed_methods, reason = "it ends with the client that it serves")]
pub(crate) async fn connect(config: &Config) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "a connection to PostgreSQL ended");
        }
    });
    Ok(client)
}

impl Session {
    /// Whose rows the server shows from now on. Where it was never set, it shows none.
    pub(crate) async fn serve(&mut self, tenant: TenantId) -> Result<()> {
        if self.tenant != Some(tenant) {
            self.tenant = None;
            let text = format!("SET rapport.tenant = '{}'", tenant.0);
            self.client.batch_execute(&text).await.map_err(|e| failure(&e))?;
            self.tenant = Some(tenant);
        }
        Ok(())
    }

    /// Makes sure that all texts that are kept are prepared.
    pub(crate) async fn prepare_all<'s>(&mut self, statements: impl Iterator<Item = &'s Statement>) -> Result<()> {
        for statement in statements {
            let text = match &statement.text {
                Text::Static(text) => text,
                Text::Shared(text) => &**text,
                Text::Once(_) => continue,
            };
            if self.prepared.contains_key(text) {
                continue;
            }
            let prepared = self.client.prepare(&lex::numbered(text)).await.map_err(|e| failure(&e))?;
            if self.prepared.len() >= PREPARED {
                self.prepared.clear();
            }
            self.prepared.insert(text.to_owned(), prepared);
        }
        Ok(())
    }

    /// Runs one statement; answers how many rows it touched, and its rows.
    pub(crate) async fn run(&self, statement: &Statement) -> Result<(u64, Rows)> {
        let text = statement.text.as_str();
        let stream = match self.prepared.get(text) {
            Some(prepared) => {
                let (wanted, given) = (prepared.params().len(), statement.args.len());
                if wanted != given {
                    return Err(Error::internal(format!("{wanted} arguments wanted, {given} given: {text}")));
                }
                self.client.query_raw(prepared, &statement.args).await
            }
            None => {
                let args = statement.args.iter().map(|cell| (cell, type_of(cell)));
                self.client.query_typed_raw(&lex::numbered(text), args).await
            }
        };
        let mut stream = pin!(stream.map_err(|e| failure(&e))?);
        let mut rows = Rows::default();
        while let Some(row) = stream.try_next().await.map_err(|e| failure(&e))? {
            rows.width = row.len();
            for column in 0..row.len() {
                let Incoming(cell) = row.try_get(column).map_err(|e| failure(&e))?;
                rows.cells.push(cell);
            }
        }
        Ok((stream.rows_affected().unwrap_or_default(), rows))
    }

    pub(crate) async fn command(&self, text: &str) -> Result<()> {
        self.client.batch_execute(text).await.map_err(|e| failure(&e))
    }

    /// Sends a command without waiting for its answer: the wire keeps the order.
    pub(crate) fn send(&self, text: &str) {
        let mut sending = Box::pin(self.client.batch_execute(text));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        // The first poll writes it to the wire's queue; nobody looks at the answer.
        let _ = sending.as_mut().poll(&mut context);
    }

    /// Only compiles it.
    pub(crate) async fn prepare(&self, text: &str) -> Result<()> {
        self.client.prepare(&lex::numbered(text)).await.map(drop).map_err(|e| failure(&e))
    }
}

/// Starts all, in order, before waiting for the first: one way there and back for all of them.
pub(crate) async fn in_order<'f, T: 'f>(futures: Vec<Pin<Box<dyn Future<Output = T> + Send + 'f>>>) -> Vec<T> {
    let mut started: Vec<_> = futures.into_iter().map(maybe_done).collect();
    poll_fn(|context| {
        for future in &mut started {
            let _ = Pin::new(future).poll(context);
        }
        Poll::Ready(())
    })
    .await;
    let mut outputs = Vec::with_capacity(started.len());
    for mut future in started {
        (&mut future).await;
        outputs.extend(Pin::new(&mut future).take_output());
    }
    outputs
}
