//! The operator's tools: `demo`, `migrate`, `openapi`.

use super::{Common, Outcome, door::Door, output};
use crate::{demo, house::House};
use axum::http::Method;
use base::Language;
use clap::Args;
use serde_json::json;

#[derive(Debug, Args)]
pub struct DemoArguments {
    /// How many contacts; the rest of the company grows with them.
    #[arg(long, env = "RAPPORT_CONTACTS", default_value_t = 2_000)]
    contacts: u32,
    /// The same seed makes the same company.
    #[arg(long, env = "RAPPORT_SEED", default_value_t = 1)]
    seed: u64,
    /// How many entries the log shall have, roughly: as many changes more.
    #[arg(long, env = "RAPPORT_EVENTS")]
    events: Option<u32>,
    /// What the company itself speaks: its name, its products. Customers speak their own languages.
    #[arg(long, env = "RAPPORT_DEMO_LANGUAGE", default_value = "en", value_parser = language)]
    demo_language: Language,
}

/// For arguments: `en`, `pl`, `fr` or `ro`.
pub fn language(code: &str) -> Result<Language, String> {
    Language::parse(code).ok_or_else(|| "one of en, pl, fr, ro".to_owned())
}

/// The size of the company that `serve --demo` opens with.
const DEMO_CONTACTS: u32 = 2_000;

pub async fn demo(common: &Common, arguments: DemoArguments) -> Outcome {
    let house = common.open().await?;
    let shape = demo::Shape::demo(arguments.contacts, arguments.seed);
    let shape = demo::Shape { language: arguments.demo_language, ..shape };
    let made = fill(&house, arguments.events.map_or(shape, |events| shape.with_events(events))).await;
    house.db.close().await?;
    let demo::Made { contacts, companies, orders, events } = made?;
    let text = format!("made {contacts} contacts, {companies} companies, {orders} orders; {events} events");
    let json = json!({"contacts": contacts, "companies": companies, "orders": orders, "events": events});
    output::result(common, &text, &json);
    Ok(())
}

async fn fill(house: &House, shape: demo::Shape) -> base::Result<demo::Made> {
    let progress = output::Progress::new("demo");
    let made = demo::fill(house, shape, |done, all| progress.show(done, all)).await;
    progress.finish();
    made
}

/// `serve --demo`: a company in an empty database; one with records is left alone. Where there was nobody who could
/// set the company up, its administrator's password is told, this once.
pub async fn fill_if_empty(house: &House, language: Language) -> Outcome {
    if !demo::is_empty(house).await? {
        return Ok(());
    }
    let without_users = house.identity.setup_code().await?.is_some();
    fill(house, demo::Shape { language, ..demo::Shape::demo(DEMO_CONTACTS, 1) }).await?;
    if without_users {
        let demo::SignIn { email, password } = demo::administrator(house, language).await?;
        output::note(&format!("the demo company's administrator is {email}, the password {password}"));
    }
    Ok(())
}

/// Opening the database is what brings its schema up to date.
pub async fn migrate(common: &Common) -> Outcome {
    let house = common.open().await?;
    house.db.close().await?;
    output::result(common, "the schema is up to date", &json!({"migrated": true}));
    Ok(())
}

pub async fn openapi(common: &Common) -> Outcome {
    let door = Door::open(common).await?;
    let document = door.json(Method::GET, "/openapi.json", None).await;
    door.close().await;
    output::line(&document?.to_string());
    Ok(())
}
