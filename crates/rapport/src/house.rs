//! A running program without its sockets: the database, the rooms on it, and the one way in.

use crate::modules;
use base::{Caller, Result};
use db::Db;
use identity::Identity;
use records::catalog::Records;
use std::sync::Arc;
use web::{App, Limits, Metrics, Parts};

/// Everything that is put together once and then only used.
#[derive(Clone)]
pub struct House {
    pub db: Db,
    pub identity: Arc<Identity>,
    pub records: Records,
    pub app: App,
}

impl House {
    /// Opens the database and composes the rooms. Nothing runs yet: see `serve` and `work`.
    pub async fn open(config: db::Config, options: db::Options) -> Result<House> {
        let db = Db::open(config, options).await?;
        let identity = Identity::open(db.clone()).await?;
        let records = Records::new(db.clone(), modules::objects());
        let app = App::new(Parts {
            routes: modules::routes(&records, &identity),
            door: identity.door(),
            ready: ready(db.clone()),
            document: document(records.clone()),
            site: None,
            limits: Limits::default(),
            metrics: Metrics::new(),
            behind_proxy: false,
        });
        Ok(House { db, identity, records, app })
    }
}

fn ready(db: Db) -> web::Ready {
    Arc::new(move || {
        let db = db.clone();
        Box::pin(async move { db.ready().await })
    })
}

fn document(records: Records) -> web::Document {
    Arc::new(move |caller: Caller| {
        let records = records.clone();
        Box::pin(async move { records::http::document(&records, &caller).await })
    })
}

/// A house whose workers run.
pub struct Working {
    house: House,
}

impl House {
    /// Starts the workers.
    pub fn work(&self) -> Working {
        Working { house: self.clone() }
    }
}

impl Working {
    /// Lets workers give back what they hold, and closes the database.
    pub async fn stop(self) {
        self.house.db.close().await;
    }
}
