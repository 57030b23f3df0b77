//! The floor: handlers that read the same rows from the same database and do nothing else. No rights, no filters, no
//! definitions; cells are copied into JSON as they come.

use crate::{Outcome, arguments::Serving};
use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::IntoResponse,
    routing::get,
};
use base::{Caller, Id, SystemCaller};
use db::{Cell, Config, Db, Options, Row, Statement, sql};
use records::json::write_text;
use tokio::net::TcpListener;

const ONE: &str = sql!(
    "SELECT id, first_name, last_name, email, emails, phone, phones, company, companies, job_title, street, postcode,
            city, region, country, addresses, language, birth_date, segment, source, external_id, owner, team, tags,
            created_at, updated_at, created_by, updated_by, version, custom
       FROM contact WHERE tenant_id = ?1 AND id = ?2"
);

const PAGE: &str = sql!(
    "SELECT id, first_name, last_name, email, emails, phone, phones, company, companies, job_title, street, postcode,
            city, region, country, addresses, language, birth_date, segment, source, external_id, owner, team, tags,
            created_at, updated_at, created_by, updated_by, version, custom
       FROM contact WHERE tenant_id = ?1 AND id > ?2 ORDER BY id LIMIT 50"
);

const NAMES: [&str; 30] = [
    "id",
    "first_name",
    "last_name",
    "email",
    "emails",
    "phone",
    "phones",
    "company",
    "companies",
    "job_title",
    "street",
    "postcode",
    "city",
    "region",
    "country",
    "addresses",
    "language",
    "birth_date",
    "segment",
    "source",
    "external_id",
    "owner",
    "team",
    "tags",
    "created_at",
    "updated_at",
    "created_by",
    "updated_by",
    "version",
    "custom",
];

type Bare = (Db, Caller);

/// Serves `/one/{id}` and `/page/{id}` until the process is ended.
pub async fn serve(serving: &Serving) -> Outcome {
    let db = Db::open(serving.config(), Options::default()).await?;
    let caller = SystemCaller::for_(db.tenant(), "bench");
    let routes = Router::new().route("/one/{id}", get(one)).route("/page/{id}", get(page)).with_state((db, caller));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, routes).await?;
    Ok(())
}

async fn one(State((db, caller)): State<Bare>, Path(id): Path<i64>) -> impl IntoResponse {
    read(&db, &caller, ONE, Id(id)).await
}

async fn page(State((db, caller)): State<Bare>, Path(id): Path<i64>) -> impl IntoResponse {
    read(&db, &caller, PAGE, Id(id)).await
}

async fn read(db: &Db, caller: &Caller, text: &'static str, id: Id) -> impl IntoResponse + use<> {
    let statement = Statement::new(text, [caller.tenant.into(), id.into()]);
    let mut out = String::with_capacity(32 * 1_024);
    if let Ok(rows) = db.reader(caller).once(statement).await {
        for row in rows.iter() {
            write_row(&mut out, row);
        }
    }
    ([(header::CONTENT_TYPE, "application/json")], out)
}

fn write_row(out: &mut String, row: Row<'_>) {
    for (at, name) in NAMES.iter().enumerate() {
        out.push_str(if at == 0 { "{\"" } else { ",\"" });
        out.push_str(name);
        out.push_str("\":");
        match row.cell(at) {
            Cell::Int(number) => out.push_str(&number.to_string()),
            Cell::Text(text) => write_text(out, text),
            Cell::Null | Cell::Bytes(_) => out.push_str("null"),
        }
    }
    out.push('}');
}

impl Serving {
    pub fn config(&self) -> Config {
        let tenant = self.tenant.clone();
        match &self.database_url {
            Some(url) => Config::Postgres { url: url.clone(), tenant },
            None => Config::Sqlite { dir: self.data.clone(), tenant },
        }
    }
}
