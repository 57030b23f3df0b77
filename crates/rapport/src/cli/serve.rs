//! `serve`: HTTP on an address and on the local socket, with the workers, until told to stop.

use super::{Common, Failed, Outcome, output};
use crate::house::House;
use clap::Args;
use records::settings;
use serde_json::{Map, Value};
use std::{os::unix::fs::PermissionsExt, path::Path};
use tokio::{
    net::{TcpListener, UnixListener},
    runtime::Handle,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use web::Listener;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Where to listen.
    #[arg(long, env = "RAPPORT_LISTEN", default_value = "127.0.0.1:8090")]
    listen: String,
    /// Load the demo company into an empty database first.
    #[arg(long, env = "RAPPORT_DEMO")]
    demo: bool,
    /// What the demo company itself speaks: en, pl, fr or ro.
    #[arg(long, env = "RAPPORT_DEMO_LANGUAGE", default_value = "en", value_parser = super::tools::language)]
    demo_language: base::Language,
    /// At the first start: ISO 4217, what amounts are compared in.
    #[arg(long, env = "RAPPORT_BASE_CURRENCY")]
    base_currency: Option<String>,
    /// At the first start: IANA name.
    #[arg(long, env = "RAPPORT_TIME_ZONE")]
    time_zone: Option<String>,
    /// At the first start: ISO 3166 alpha-2.
    #[arg(long, env = "RAPPORT_COUNTRY")]
    country: Option<String>,
}

pub async fn run(common: &Common, arguments: Arguments, jobs: &Handle) -> Outcome {
    let listener = TcpListener::bind(&arguments.listen)
        .await
        .map_err(|error| Failed::Work(vec![format!("cannot listen on {}: {error}", arguments.listen)]))?;
    let house = common.open().await?;
    first_settings(&house, &arguments).await?;
    if arguments.demo {
        super::tools::fill_if_empty(&house, arguments.demo_language).await?;
    }
    if let Some(code) = house.identity.setup_code().await? {
        output::note(&format!("no users yet; the code for POST {}/setup is {code}", web::BASE));
    }
    let working = house.work_on(jobs);
    let (stop, stopping) = watch::channel(false);
    let address = listener.local_addr()?;
    let mut servers = tokio::task::JoinSet::new();
    servers.spawn(web::serve(Listener::Tcp(listener), house.app.clone(), told(stopping.clone())));
    let socket = common.database_url.is_none().then(|| common.socket());
    if let Some(path) = &socket {
        servers.spawn(web::serve(Listener::Unix(bind_socket(path)?), house.app.clone(), told(stopping)));
    }
    output::note(&format!("listening on http://{address}"));
    until_signalled().await?;
    stop.send_replace(true);
    while servers.join_next().await.is_some() {}
    if let Some(path) = socket {
        // Gone already when somebody tidied up; a stale one is replaced at the next start.
        let _ = std::fs::remove_file(path);
    }
    working.stop().await;
    Ok(())
}

async fn told(mut stopping: watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

async fn until_signalled() -> Result<(), Failed> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// The socket is the operator's alone. A stale one of a killed server is replaced: the lock on the data folder says
/// that nobody else is alive.
fn bind_socket(path: &Path) -> Result<UnixListener, Failed> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// What was given on the command line counts while nobody has chosen anything else.
async fn first_settings(house: &House, arguments: &Arguments) -> Outcome {
    let given = [
        ("base_currency", &arguments.base_currency),
        ("time_zone", &arguments.time_zone),
        ("country", &arguments.country),
    ];
    let given: Map<String, Value> =
        given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::from(value.clone()?)))).collect();
    let caller = base::SystemCaller::for_(house.db.tenant(), "first settings");
    if !given.is_empty() && settings::untouched(&house.records, &caller).await? {
        settings::change(&house.records, &caller, &given).await?;
    }
    Ok(())
}
