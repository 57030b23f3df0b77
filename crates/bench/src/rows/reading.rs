//! Point reads and lists, against the floor: bare handlers on the same rows, with the same client.

use super::{Bench, figures, in_turn, latency, rate, single};
use crate::{
    Outcome,
    child::Server,
    client::{escaped, get},
    load::Load,
    table::{Row, Table},
};
use serde_json::json;

/// As the floor of the design was measured.
const CONNECTIONS: usize = 32;
/// Of the floor, in percent.
const SHARE: f64 = 50.0;
/// What the fastest peer does with eight connections.
const PEER: usize = 8;
const PEER_READS: f64 = 5_976.0;
const PEER_LISTS: f64 = 583.0;
const PERSONAS: [&str; 8] = ["founder", "buyer", "technician", "finance", "assistant", "advisor", "press", "other"];

/// What bare handlers do.
pub struct Floor {
    point: Option<Load>,
    list: Option<Load>,
}

impl Floor {
    pub async fn measure(bench: &Bench<'_>, table: &Table) -> Outcome<Floor> {
        let mut floor = Floor { point: None, list: None };
        if !table.wants("point") && !table.wants("list") {
            return Ok(floor);
        }
        let server = bench.serve_as("floor", &bench.data.place, &[]).await?;
        let ids = || bench.facts.contacts.iter().map(|id| id.0);
        let bare = |path: &str, id: i64| format!("GET /{path}/{id} HTTP/1.1\r\nhost: localhost\r\n\r\n").into_bytes();
        if table.wants("point") {
            floor.point = Some(bench.load(&server, CONNECTIONS, &single(ids().map(|id| bare("one", id)))).await?);
        }
        if table.wants("list") {
            floor.list = Some(bench.load(&server, CONNECTIONS, &single(ids().map(|id| bare("page", id)))).await?);
        }
        server.stop()?;
        Ok(floor)
    }
}

pub async fn measure(bench: &Bench<'_>, table: &mut Table, server: &Server, floor: &Floor) -> Outcome {
    point(bench, table, server, floor).await?;
    list(bench, table, server, floor).await?;
    filtered(bench, table, server).await?;
    contact_page(bench, table, server).await?;
    count(bench, table, server).await
}

async fn point(bench: &Bench<'_>, table: &mut Table, server: &Server, floor: &Floor) -> Outcome {
    let Some(floor) = &floor.point else { return Ok(()) };
    let paths = bench.facts.contacts.iter().map(|id| format!("/records/contacts/{id}"));
    let asking = single(paths.map(|path| get(&path, &bench.facts.seller)));
    let load = bench.load(server, CONNECTIONS, &asking).await?;
    table.push(against(bench, "point", "point read over HTTP, with team rights, 32 connections", &load, floor));
    let load = bench.load(server, PEER, &asking).await?;
    table.push(against_peer(bench, "point", "point read, 8 connections", &load, PEER_READS));
    Ok(())
}

async fn list(bench: &Bench<'_>, table: &mut Table, server: &Server, floor: &Floor) -> Outcome {
    let Some(floor) = &floor.list else { return Ok(()) };
    let pages = |token: &str| {
        let paths = bench.facts.cursors.iter().map(|cursor| format!("/records/contacts?limit=50&cursor={cursor}"));
        single(paths.map(|path| get(&path, token)).collect::<Vec<_>>())
    };
    let load = bench.load(server, CONNECTIONS, &pages(&bench.facts.seller)).await?;
    table.push(against(bench, "list", "list of 50 full rows, team rights, 32 connections", &load, floor));
    let load = bench.load(server, CONNECTIONS, &pages(&bench.facts.manager)).await?;
    table.push(against(bench, "list", "list of 50 full rows, right to all, 32 connections", &load, floor));
    let fields = "fields=first_name,last_name,email,phone,city,persona,score,company&sort=last_name";
    let names = bench.facts.last_names.iter().map(|name| escaped(&format!("last_name >= '{}'", quoted(name))));
    let paths = names.map(|filter| format!("/records/contacts?{fields}&filter={filter}"));
    let asking = single(paths.map(|path| get(&path, &bench.facts.seller)));
    let load = bench.load(server, PEER, &asking).await?;
    table.push(against_peer(bench, "list", "list of 50 by name, 8 columns, 8 connections", &load, PEER_LISTS));
    Ok(())
}

async fn filtered(bench: &Bench<'_>, table: &mut Table, server: &Server) -> Outcome {
    if !table.wants("filter") {
        return Ok(());
    }
    let ask = |filter: String, sort: &str| {
        get(&format!("/records/contacts?filter={}&sort={sort}", escaped(&filter)), &bench.facts.seller)
    };
    let newest = single(PERSONAS.map(|persona| ask(format!("persona = '{persona}'"), "-created_at")));
    let named = single((0..100).map(|n| {
        let persona = PERSONAS.get(n % PERSONAS.len()).copied().unwrap_or_default();
        ask(format!("persona = '{persona}' and score > {}", 850 + n), "last_name")
    }));
    let rows = [
        ("list of 50 filtered on a custom field, newest first, team rights, 1 client", &newest, 1, 10.0),
        ("the same, 16 clients", &newest, 16, 50.0),
        ("list of 50 filtered on two custom fields, by name, team rights, 1 client", &named, 1, 10.0),
        ("the same, 16 clients", &named, 16, 50.0),
    ];
    for (what, asking, clients, target) in rows {
        let load = bench.load(server, clients, asking).await?;
        table.push(within(bench, "filter", what, &load, target));
    }
    Ok(())
}

/// The record with what it refers to, and its time line.
async fn contact_page(bench: &Bench<'_>, table: &mut Table, server: &Server) -> Outcome {
    if !table.wants("page") {
        return Ok(());
    }
    let token = &bench.facts.seller;
    let pages = bench.facts.contacts.iter().map(|id| {
        let record = get(&format!("/records/contacts/{id}?expand=company,owner"), token);
        vec![record, get(&format!("/records/contacts/{id}/timeline?limit=30"), token)]
    });
    let load = bench.load(server, 1, &in_turn(pages.collect())).await?;
    table.push(within(bench, "page", "contact page: record, company, owner, 30 of the time line", &load, 20.0));
    Ok(())
}

async fn count(bench: &Bench<'_>, table: &mut Table, server: &Server) -> Outcome {
    if !table.wants("count") {
        return Ok(());
    }
    let rows = [
        ("count, capped, team rights", "/records/contacts/count".to_owned()),
        ("count, exact, team rights", "/records/contacts/count?exact=true".to_owned()),
    ];
    for (what, path) in rows {
        let load = bench.load(server, 1, &single([get(&path, &bench.facts.seller)])).await?;
        table.push(Row { target: String::new(), met: None, ..within(bench, "count", what, &load, f64::MAX) });
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}

fn against(bench: &Bench<'_>, key: &'static str, what: &str, load: &Load, floor: &Load) -> Row {
    let percent = 100.0 * load.per_second / floor.per_second;
    Row {
        key,
        what: what.to_owned(),
        data: bench.name(),
        measured: format!(
            "{} = {percent:.0} % of {} ({} of {} bytes)",
            rate(load),
            rate(floor),
            load.bytes,
            floor.bytes
        ),
        target: format!("≥ {SHARE:.0} % of the bare handler"),
        met: Some(percent >= SHARE),
        figures: json!({"product": figures(load), "floor": figures(floor), "percent": percent}),
    }
}

fn against_peer(bench: &Bench<'_>, key: &'static str, what: &str, load: &Load, peer: f64) -> Row {
    Row {
        key,
        what: what.to_owned(),
        data: bench.name(),
        measured: rate(load),
        target: format!("≥ {}/s (3 × the fastest peer at 100,000)", super::grouped(3.0 * peer)),
        met: Some(load.per_second >= 3.0 * peer),
        figures: figures(load),
    }
}

/// A row whose p99 has a bound.
pub fn within(bench: &Bench<'_>, key: &'static str, what: &str, load: &Load, target: f64) -> Row {
    Row {
        key,
        what: what.to_owned(),
        data: bench.name(),
        measured: format!("{} ({} asked)", latency(load), load.operations),
        target: format!("p99 ≤ {target:.0} ms"),
        met: Some(load.p99_ms <= target),
        figures: figures(load),
    }
}
