//! The people of the demo company: teams by country, and the users in them, made through the same door as any other.

use super::{
    Shape,
    chance::Chance,
    lands::{self, Land},
    shelves,
};
use crate::house::House;
use axum::{
    body::Body,
    http::{Request, header},
};
use base::{Caller, Error, Id, Language, Result, fold, message};
use http_body_util::BodyExt;
use serde_json::{Value as Json, json};
use tower::ServiceExt;
use web::Peer;

const KIND: u64 = 1;
/// The role that lets people work with what the company has made for its service.
const SERVICE: &str = "service";
/// Contacts that a seller looks after.
const CONTACTS_A_SELLER: u32 = 2_000;

/// Who works in the company.
pub struct People {
    /// Beside [`lands::ALL`].
    teams: Vec<Team>,
    /// Those in whose name records are made and changed.
    pub callers: Vec<Caller>,
}

struct Team {
    id: Id,
    sellers: Vec<Id>,
}

/// Whose a record is.
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    pub user: Id,
    pub team: Id,
}

impl People {
    /// Makes teams and users, in number according to the contacts.
    pub async fn hire(house: &House, shape: &Shape) -> Result<People> {
        let Shape { seed, contacts, language, .. } = *shape;
        let company = post(house, "/teams", json!({"name": shelves::company(language).0})).await?;
        post(house, "/roles", service()).await?;
        let (mut teams, mut callers) = (Vec::new(), Vec::new());
        let per_team = (contacts / CONTACTS_A_SELLER).clamp(2, 12);
        for (place, land) in (0_u64..).zip(lands::ALL) {
            let team = post(house, "/teams", json!({"name": land.team, "parent": company})).await?;
            let mut sellers = Vec::new();
            for number in 0..u64::from(per_team) {
                let role = if number == 0 { "manager" } else { "seller" };
                sellers.push(user(house, Chance::of(seed, KIND, place << 8 | number), land, role).await?);
            }
            if let Some(&manager) = sellers.first() {
                callers.push(house.identity.caller_of(manager).await?);
            }
            teams.push(Team { id: team, sellers });
        }
        Ok(People { teams, callers })
    }

    /// One of those who look after a country.
    pub fn owner(&self, land: &Land, chance: &mut Chance) -> Result<Owner> {
        let place = lands::ALL.iter().position(|known| known.country == land.country);
        let team = place.and_then(|place| self.teams.get(place));
        let team = team.ok_or_else(|| Error::internal("a country without a team"))?;
        let user = team.sellers.get(chance.skewed_place(team.sellers.len()));
        Ok(Owner { user: user.copied().ok_or_else(|| Error::internal("a team without users"))?, team: team.id })
    }
}

fn service() -> Json {
    let rights = json!({"create": true, "read": "all", "update": "all", "delete": "own", "export": "all"});
    json!({"name": SERVICE, "objects": {"service_contracts": rights, "devices": rights}})
}

/// What one signs in with.
pub struct SignIn {
    pub email: String,
    pub password: String,
}

/// Makes somebody who may do everything, with a password that nobody has chosen.
pub async fn administrator(house: &House, language: Language) -> Result<SignIn> {
    let random = || getrandom::u64().map_err(Error::internal);
    let (email, password) = ("admin@example.com".to_owned(), format!("{:016x}{:016x}", random()?, random()?));
    let roles = ["administrator"];
    let body = json!({"email": email, "name": "Administrator", "roles": roles, "password": password,
        "language": language.code()});
    post(house, "/users", body).await?;
    Ok(SignIn { email, password })
}

async fn user(house: &House, mut chance: Chance, land: &Land, role: &str) -> Result<Id> {
    let (first, last) = (chance.pick(land.first_names), chance.pick(land.last_names));
    let last = &land.last_name_of(first, last);
    let letters = |name: &str| fold::fold(name).replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let email = format!("{}.{}{}@example.com", letters(first), letters(last), chance.between(10, 99_999));
    let name = format!("{first} {last}");
    let language = if land.language == "de" { "en" } else { land.language };
    let body =
        json!({"email": email, "name": name, "roles": [role, SERVICE], "teams": [land.team], "language": language});
    post(house, "/users", body).await
}

/// Makes something over the door that the command line uses; gives its id.
async fn post(house: &House, path: &str, body: Json) -> Result<Id> {
    let request = Request::post(format!("{}{path}", web::BASE))
        .header(header::CONTENT_TYPE, "application/json")
        .extension(Peer { address: None, local: true })
        .body(Body::from(body.to_string()))
        .map_err(Error::internal)?;
    let Ok(response) = house.app.router().oneshot(request).await;
    let answer = response.into_body().collect().await.map_err(Error::internal)?.to_bytes();
    let answer: Json = serde_json::from_slice(&answer).map_err(Error::internal)?;
    let id = answer["id"].as_str().and_then(|id| id.parse().ok());
    id.ok_or_else(|| Error::Conflict(message!("demo-refused", path = path, answer = answer["title"])))
}
