//! A running program without its sockets: the database, the rooms on it, and the one way in.

use crate::modules;
use base::{Caller, Result};
use db::Db;
use identity::Identity;
use records::catalog::Records;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{runtime::Handle, sync::watch, task::JoinHandle};
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
    /// Files lie beside the data, or beside the program where the data is on a server.
    pub async fn open(config: db::Config, options: db::Options) -> Result<House> {
        let beside = match &config {
            db::Config::Sqlite { dir, .. } => dir.join("files"),
            db::Config::Postgres { .. } => PathBuf::from("./data/files"),
        };
        House::open_with(config, options, &beside).await
    }

    /// As [`House::open`], with the folder in which files lie: one within it for each tenant.
    pub async fn open_with(config: db::Config, options: db::Options, files: &Path) -> Result<House> {
        let (db::Config::Sqlite { tenant, .. } | db::Config::Postgres { tenant, .. }) = &config;
        let store = files::Store::new(&files.join(tenant));
        let db = Db::open(config, options).await?;
        let identity = Identity::open(db.clone()).await?;
        jobs::take_over(&db).await?;
        let (objects, imports, stories) = (modules::objects(), modules::imports(), modules::stories(&identity));
        let records = Records::new(db.clone(), objects, imports, modules::askers(&identity), stories, store);
        records::import::forget_cut_off(&records).await?;
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
    stop: watch::Sender<bool>,
    worker: JoinHandle<()>,
}

impl House {
    /// Starts the workers, among everything else that this runtime does.
    pub fn work(&self) -> Working {
        self.work_on(&Handle::current())
    }

    /// Starts the workers on threads of their own.
    pub fn work_on(&self, threads: &Handle) -> Working {
        let (stop, mut stopping) = watch::channel(false);
        let callers = modules::callers(&self.identity);
        let worker = jobs::Worker::new(self.db.clone(), modules::registry(&self.records, &self.identity), callers);
        let worker = threads.spawn(worker.run(async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        }));
        Working { house: self.clone(), stop, worker }
    }
}

impl Working {
    /// Lets workers give back what they hold; all else goes on.
    pub async fn rest(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.worker.await {
            tracing::error!(target: "jobs", %error, "the workers ended badly");
        }
    }

    /// Lets workers give back what they hold, and closes the database.
    pub async fn stop(self) {
        let house = self.house.clone();
        self.rest().await;
        if let Err(error) = records::recents::write_all(&house.records).await {
            tracing::warn!(target: "records", %error, "recently read records were not written");
        }
        if let Err(error) = house.db.close().await {
            tracing::error!(target: "db", %error, "the database was not closed cleanly");
        }
    }
}
