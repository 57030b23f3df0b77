//! `configuration export`: all that an administrator has shaped, as one file.

use super::{
    Common, Failed, Outcome,
    door::{Door, collect},
};
use axum::{body::Body, http::Request};
use clap::Subcommand;
use std::{io::Write, path::PathBuf};

#[derive(Debug, Subcommand)]
pub enum ConfigurationCommand {
    /// Write the configuration as TOML, to stdout where no file is named, or `-`.
    Export {
        #[arg(env = "RAPPORT_FILE")]
        file: Option<PathBuf>,
    },
}

pub async fn run(common: &Common, command: ConfigurationCommand) -> Outcome {
    let ConfigurationCommand::Export { file } = command;
    let path = format!("{}/configuration", web::BASE);
    let request = Request::get(path).body(Body::empty()).map_err(|error| Failed::Usage(error.to_string()))?;
    let door = Door::open(common).await?;
    let answered = match door.send(request).await {
        Ok(response) => collect(response).await,
        Err(failed) => Err(failed),
    };
    door.close().await;
    let text = answered?;
    match file.filter(|file| file.as_os_str() != "-") {
        Some(file) => std::fs::write(file, text)?,
        None => std::io::stdout().write_all(&text)?,
    }
    Ok(())
}
