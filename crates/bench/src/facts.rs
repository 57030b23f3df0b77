//! What the questions need to know of the data: who may ask, which records there are, what can be found.

use crate::{Outcome, place::Place, shapes::Data};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use base::{Caller, Id, SystemCaller};
use db::{Options, Rows, Statement, sql};
use http_body_util::BodyExt;
use rapport::house::House;
use serde_json::{Value as Json, json};
use std::{io::Write, path::Path};
use tower::ServiceExt;
use web::Peer;

/// Samples from the data.
#[derive(Debug)]
pub struct Facts {
    /// Reads what the team has.
    pub seller: String,
    /// Reads everything.
    pub manager: String,
    /// Contacts of the seller's team.
    pub contacts: Vec<Id>,
    pub last_names: Vec<String>,
    pub phones: Vec<String>,
    /// Of pages of the seller's list by id.
    pub cursors: Vec<String>,
}

const SAMPLES: i64 = 2_000;
const PAGES: usize = 100;

/// Opens the data without a server, and looks.
pub async fn gather(data: &Data) -> Outcome<Facts> {
    let house = House::open(data.place.config(), Options::default()).await?;
    let facts = look(&house).await;
    house.db.close().await?;
    facts
}

async fn look(house: &House) -> Outcome<Facts> {
    let caller = SystemCaller::for_(house.db.tenant(), "bench");
    let users = ask(house, Method::GET, "/users?limit=200", None).await?;
    let with_role = |role: &str| {
        let users = users["items"].as_array().into_iter().flatten();
        users.filter(|user| user["roles"][0] == role).map(|user| user["id"].clone()).next().unwrap_or_default()
    };
    let (seller, manager) = (with_role("seller"), with_role("manager"));
    let team = team_of(house, &caller, &seller).await?;
    let sample = sql!(
        "SELECT id, last_name, phone FROM contact
          WHERE tenant_id = ?1 AND team = ?2 AND deleted_at IS NULL AND id % 7 = 3 ORDER BY id % 10007 LIMIT ?3"
    );
    let args = [caller.tenant.into(), team.into(), SAMPLES.into()];
    let rows = house.db.reader(&caller).once(Statement::new(sample, args)).await?;
    let texts = |column| rows.iter().filter_map(move |row| row.opt_text(column).ok().flatten().map(str::to_owned));
    let mut facts = Facts {
        seller: token(house, &seller).await?,
        manager: token(house, &manager).await?,
        contacts: rows.iter().map(|row| row.id(0)).collect::<Result<_, _>>()?,
        last_names: texts(1).collect(),
        phones: texts(2).collect(),
        cursors: Vec::new(),
    };
    facts.cursors = cursors(house, &facts.seller).await?;
    if facts.contacts.is_empty() || facts.phones.is_empty() {
        return Err("the seller's team has no contacts".into());
    }
    Ok(facts)
}

async fn team_of(house: &House, caller: &Caller, user: &Json) -> Outcome<Id> {
    let id: Id = user.as_str().and_then(|id| id.parse().ok()).ok_or("there is no seller")?;
    let text = sql!("SELECT team_id FROM user_team WHERE tenant_id = ?1 AND user_id = ?2 ORDER BY position LIMIT 1");
    let args = [caller.tenant.into(), id.into()];
    let rows = house.db.reader(caller).once(Statement::new(text, args)).await?;
    Ok(rows.first().ok_or("the seller is in no team")?.id(0)?)
}

async fn token(house: &House, user: &Json) -> Outcome<String> {
    let answer = ask(house, Method::POST, "/tokens", Some(json!({"user": user, "name": "bench"}))).await?;
    Ok(answer["token"].as_str().ok_or("no token was made")?.to_owned())
}

async fn cursors(house: &House, token: &str) -> Outcome<Vec<String>> {
    let mut cursors: Vec<String> = Vec::new();
    while cursors.len() < PAGES {
        let after = cursors.last().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let request = Request::get(format!("{}/records/contacts?fields=id&limit=50{after}", web::BASE))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty())?;
        let page = answer(house, request).await?;
        match page["next"].as_str() {
            Some(next) => cursors.push(next.to_owned()),
            None => break,
        }
    }
    Ok(cursors)
}

/// A question of the machine's operator.
async fn ask(house: &House, method: Method, path: &str, body: Option<Json>) -> Outcome<Json> {
    let request = Request::builder()
        .method(method)
        .uri(format!("{}{path}", web::BASE))
        .header(header::CONTENT_TYPE, "application/json")
        .extension(Peer { address: None, local: true })
        .body(Body::from(body.map(|body| body.to_string()).unwrap_or_default()))?;
    answer(house, request).await
}

async fn answer(house: &House, request: Request<Body>) -> Outcome<Json> {
    let Ok(response) = house.app.router().oneshot(request).await;
    let status = response.status();
    let bytes = response.into_body().collect().await?.to_bytes();
    if !status.is_success() {
        return Err(format!("{status}: {}", String::from_utf8_lossy(&bytes)).into());
    }
    Ok(serde_json::from_slice(&bytes)?)
}

/// Writes contacts as somebody's file would have them; gives how many there are.
pub async fn write_csv(place: &Place, file: &Path) -> Outcome<u64> {
    let house = House::open(place.config(), Options::default()).await?;
    let caller = SystemCaller::for_(house.db.tenant(), "bench");
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "external_id,first_name,last_name,email,phone,street,postcode,city,country,language,segment")?;
    let text = sql!(
        "SELECT id, external_id, first_name, last_name, email, phone, street, postcode, city, country, language, segment
           FROM contact WHERE tenant_id = ?1 AND id > ?2 ORDER BY id LIMIT 1000"
    );
    let (mut after, mut count) = (Id(0), 0);
    loop {
        let args = [caller.tenant.into(), after.into()];
        let rows: Rows = house.db.reader(&caller).once(Statement::new(text, args)).await?;
        for row in rows.iter() {
            after = row.id(0)?;
            let cells: Vec<&str> = (1..rows.width).map(|at| row.opt_text(at).ok().flatten().unwrap_or("")).collect();
            writeln!(out, "\"{}\"", cells.join("\",\""))?;
            count += 1;
        }
        if rows.is_empty() {
            break;
        }
    }
    out.flush()?;
    house.db.close().await?;
    Ok(count)
}
