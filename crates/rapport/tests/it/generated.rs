//! The lists under `docs/generated`: who may call what, who reacts to what, what the product does by itself.
//!
//! `RAPPORT_REGENERATE=1` writes them anew; otherwise they must be as the program is.

use rapport::modules;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use testing::{Client, TestApp, on_both};
use web::Needs;

fn root() -> PathBuf {
    Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../..")
}

#[track_caller]
fn hold(name: &str, made: &str) {
    let path = root().join("docs/generated").join(name);
    if std::env::var_os("RAPPORT_REGENERATE").is_some() {
        fs::write(&path, made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, made, "{name} is out of date: run this test with RAPPORT_REGENERATE=1 and look at the difference");
}

#[tokio::test]
async fn the_list_of_permissions_is_as_the_routes_are() {
    let app = TestApp::sqlite().await;
    hold("permissions.txt", &modules::routes(&app.house.records, &app.house.identity).permissions());
}

#[tokio::test]
async fn the_list_of_reactions_is_as_the_registry_is() {
    let app = TestApp::sqlite().await;
    let registry = modules::registry(&app.house.records, &app.house.identity);
    hold("reactions.txt", &jobs::list_reactions(&registry.reactions));
}

/// The reasons that stand in the sources outside tests, examples and tools, with the file of each.
#[test]
fn the_list_of_system_callers_is_as_the_sources_are() {
    let mut lines = BTreeSet::new();
    for file in sources(&root().join("crates")) {
        let text = fs::read_to_string(&file).unwrap();
        let place = file.strip_prefix(root().join("crates")).unwrap().to_string_lossy().replace('\\', "/");
        for call in text.split("SystemCaller::for_(").skip(1).filter(|_| !place.starts_with("base/")) {
            let arguments = call.split_inclusive(')').take(4).collect::<String>();
            let reason = arguments.rsplit_once(',').map_or("", |(_, reason)| reason);
            let reason = call.split_once(',').map_or(reason, |(_, rest)| rest.split(')').next().unwrap_or(rest));
            lines.insert(format!("{:40} {place}\n", reason.trim().trim_matches('"')));
        }
    }
    hold("system-callers.txt", &lines.into_iter().collect::<String>());
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let skipped = ["tests", "tests.rs", "testing", "testing.rs", "bench", "benches", "examples", "xtask"];
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if skipped.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
    found
}

on_both!(whoever_is_not_signed_in_is_sent_away_from_every_route, |app| {
    let anonymous = app.anonymous();
    let forged = Client::with_token(app.house.app.router(), "rpt_0000000000000000000000000000000000000000000");
    let before = app.digest().await;
    let routes = modules::routes(&app.house.records, &app.house.identity).catalogue();
    for route in routes.iter().filter(|route| route.needs != Needs::Public) {
        let path =
            route.path.replace("{object}", "contacts").replace("{id}", "0000000000001").replace("{field}", "email");
        let path = path.replace("{import}", "contacts").replace("{emoji}", "x");
        let method = axum::http::Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
        for client in [&anonymous, &forged] {
            let reply = client.send_bytes(method.clone(), &path, Some("application/json"), b"{}".to_vec()).await;
            reply.refused(401, "unauthenticated");
            assert_eq!(reply.headers["www-authenticate"], "Bearer");
        }
    }
    assert_eq!(app.digest().await, before);
    let public = routes.iter().filter(|route| route.needs == Needs::Public);
    let public: BTreeSet<_> = public.map(|route| format!("{} {}", route.method.as_str(), route.path)).collect();
    let known = ["DELETE /session", "POST /session", "POST /setup"].map(str::to_owned);
    assert_eq!(public, BTreeSet::from(known), "another route is open to everybody");
});
