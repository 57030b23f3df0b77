//! `user add` and `token add`: the first user and API tokens without the browser.

use super::{Common, Failed, Outcome, door::Door, output};
use axum::http::Method;
use clap::Subcommand;
use serde_json::json;
use std::io::Read;

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a user.
    Add {
        #[arg(long, env = "RAPPORT_EMAIL")]
        email: String,
        #[arg(long, env = "RAPPORT_NAME")]
        name: String,
        /// `administrator`, `manager`, `seller`, `marketer`, `agent`, `analyst`, `reader`, or one of your own.
        #[arg(long, env = "RAPPORT_ROLE")]
        role: String,
        /// Read the password from stdin.
        #[arg(long, env = "RAPPORT_PASSWORD_STDIN")]
        password_stdin: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make an API token and print it, this once, on stdout alone.
    Add {
        /// The user, by e-mail or id.
        #[arg(long, env = "RAPPORT_USER")]
        user: String,
        #[arg(long, env = "RAPPORT_NAME")]
        name: String,
        /// `contacts:read`, …; all that the user may do, where none is named.
        #[arg(long = "scope", env = "RAPPORT_SCOPE", value_delimiter = ',')]
        scopes: Vec<String>,
        /// RFC 3339.
        #[arg(long, env = "RAPPORT_EXPIRES_AT")]
        expires_at: Option<String>,
    },
}

pub async fn run_user(common: &Common, command: UserCommand) -> Outcome {
    let UserCommand::Add { email, name, role, password_stdin } = command;
    let mut body = json!({"email": email, "name": name, "roles": [role]});
    if password_stdin {
        body["password"] = json!(first_line(std::io::stdin())?);
    }
    let door = Door::open(common).await?;
    let user = door.json(Method::POST, "/users", Some(&body)).await;
    door.close().await;
    let user = user?;
    output::result(common, &format!("added {email}"), &user);
    Ok(())
}

fn first_line(mut from: impl Read) -> Result<String, Failed> {
    let mut text = String::new();
    from.read_to_string(&mut text)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

pub async fn run_token(common: &Common, command: TokenCommand) -> Outcome {
    let TokenCommand::Add { user, name, scopes, expires_at } = command;
    let mut body = json!({"user": user, "name": name});
    if !scopes.is_empty() {
        body["scopes"] = json!(scopes);
    }
    if let Some(expires_at) = expires_at {
        body["expires_at"] = json!(expires_at);
    }
    let door = Door::open(common).await?;
    let answer = door.json(Method::POST, "/tokens", Some(&body)).await;
    door.close().await;
    let answer = answer?;
    let token = answer["token"].as_str().unwrap_or_default();
    output::result(common, token, &answer);
    Ok(())
}
