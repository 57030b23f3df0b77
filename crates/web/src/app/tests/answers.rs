use super::*;

#[tokio::test]
async fn refusals_are_problems_in_the_visitors_language() {
    let app = app(&Gates::new());
    let missing = fetch(&app, "/api/v1/nothing", &[("accept-language", "fr")]).await;
    assert_eq!(missing.problem(), (404, "not-found".to_owned()));
    assert_eq!(
        (missing.json()["title"].as_str(), &missing.headers["content-language"]),
        (Some("Introuvable"), &"fr".parse().unwrap())
    );
    let unsigned = fetch(&app, "/api/v1/things/1", &[]).await;
    assert_eq!(unsigned.problem(), (401, "unauthenticated".to_owned()));
    let known = fetch(&app, "/api/v1/settings", &[("authorization", "Bearer polish"), ("accept-language", "fr")]).await;
    assert_eq!(known.problem(), (403, "administrators-only".to_owned()));
    assert_eq!(known.json()["title"], "Tylko administratorzy mogą to zrobić", "a user's own language counts more");
    assert_eq!(fetch(&app, "/api/v1/settings", &[("authorization", "Bearer admin")]).await.status, 200);
    let wrong_method = send(&app, Request::delete("/api/v1/things").body(Body::empty()).unwrap()).await;
    assert_eq!(wrong_method.problem(), (405, "method-not-allowed".to_owned()));
    assert!(wrong_method.headers["allow"].to_str().unwrap().contains("GET"));
    let clash = fetch(&app, "/api/v1/clashes", &[]).await;
    assert_eq!((clash.status, &clash.json()["reasons"]), (409, &json!(["because"])));
}

#[tokio::test]
async fn the_cause_of_a_failure_of_ours_is_never_shown() {
    let app = app(&Gates::new());
    for path in ["/api/v1/fails", "/api/v1/panics"] {
        let failed = fetch(&app, path, &[("x-request-id", "abc-1")]).await;
        assert_eq!(failed.problem(), (500, "internal".to_owned()));
        assert!(!failed.text.contains("secret") && !failed.text.contains("purpose"));
        assert_eq!(
            (&failed.json()["request_id"], &failed.headers["x-request-id"]),
            (&json!("abc-1"), &"abc-1".parse().unwrap())
        );
    }
    assert_eq!(fetch(&app, "/api/v1/things", &[]).await.status, 200, "others are not touched");
}

#[tokio::test]
async fn unknown_and_repeated_query_parameters_are_refused_by_name() {
    let app = app(&Gates::new());
    assert_eq!(fetch(&app, "/api/v1/things?limit=7", &[]).await.text, "7");
    for (query, field, code) in [
        ("colour=red", "colour", "query-unknown"),
        ("limit=1&limit=2", "limit", "query-repeated"),
        ("limit=many", "limit", "query-unreadable"),
        ("limit=%FF", "query", "query-unreadable"),
    ] {
        let reply = fetch(&app, &format!("/api/v1/things?{query}"), &[]).await;
        assert_eq!(reply.status, 422, "{query}: {}", reply.text);
        let wrong = reply.json()["errors"][0].clone();
        if query != "limit=%FF" {
            assert_eq!((wrong["field"].as_str(), wrong["code"].as_str()), (Some(field), Some(code)), "{query}");
        }
    }
}

#[tokio::test]
async fn bodies_are_json_of_a_bounded_size() {
    let app = app(&Gates::new());
    let path = "/api/v1/things";
    assert_eq!(post(&app, path, "application/json; charset=utf-8", r#"{"name":"Łódź"}"#).await.status, 201);
    assert_eq!(post(&app, path, "text/plain", r#"{"name":"x"}"#).await.problem().0, 415);
    assert_eq!(post(&app, path, "application/json", "{").await.problem(), (400, "body-malformed".to_owned()));
    let long = format!(r#"{{"name":"{}"}}"#, "x".repeat(100));
    assert_eq!(post(&app, path, "application/json", long.clone()).await.problem(), (413, "body-too-large".to_owned()));
    let pieces = futures_util::stream::iter(
        long.into_bytes().chunks(10).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect::<Vec<_>>(),
    );
    let of_unknown_length = Body::from_stream(pieces);
    assert_eq!(post(&app, path, "application/json", of_unknown_length).await.problem().0, 413);
    let uri = format!("/api/v1/things?limit={}", "1".repeat(20_000));
    assert_eq!(fetch(&app, &uri, &[]).await.problem().0, 414);
}

#[tokio::test]
async fn answers_tell_browsers_what_they_must_not_do() {
    let app = app(&Gates::new());
    let reply = fetch(&app, "/api/v1/things", &[]).await;
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(reply.headers[name], value);
    }
    assert!(!reply.headers.contains_key("strict-transport-security"));
    let https = fetch(&app, "/api/v1/things", &[("x-forwarded-proto", "https")]).await;
    assert!(https.headers.contains_key("strict-transport-security"));
    let hostile = fetch(&app, "/api/v1/things", &[("x-request-id", "a b{};")]).await;
    assert_ne!(hostile.headers["x-request-id"], "a b{};");
}

#[tokio::test]
async fn long_answers_are_compressed_for_those_who_ask() {
    let app = app(&Gates::new());
    let asks = [("accept-encoding", "br, gzip")];
    let big = fetch(&app, "/api/v1/big", &asks).await;
    assert_eq!(big.headers["content-encoding"], "gzip");
    assert!(!fetch(&app, "/api/v1/big", &[]).await.headers.contains_key("content-encoding"));
    assert!(!fetch(&app, "/api/v1/things", &asks).await.headers.contains_key("content-encoding"));
}

#[tokio::test]
async fn the_document_describes_every_route_and_itself() {
    let gates = Gates::new();
    let permissions = routes(&gates).permissions();
    let document = fetch(&app(&gates), "/api/v1/openapi.json", &[]).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = std::collections::HashSet::new();
    for line in permissions.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let operation = &document["paths"][words[1]][words[0].to_lowercase()];
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{line}");
        assert!(operation["responses"].as_object().unwrap().len() > 3, "{line}");
        assert_eq!(operation["security"].as_array().unwrap().is_empty(), words[2] == "public", "{line}");
    }
    assert_eq!(document["paths"]["/api/v1/things/{id}"]["get"]["parameters"][0]["in"], "path");
    assert_eq!(document["paths"]["/api/v1/things"]["get"]["parameters"][0]["schema"]["type"], "integer");
    for added in ["/api/v1/extra", "/api/v1/openapi.json"] {
        assert!(document["paths"].get(added).is_some(), "{added}");
    }
}

#[tokio::test]
async fn operators_and_screens_have_addresses_of_their_own() {
    let app = app(&Gates::new());
    assert_eq!(fetch(&app, "/", &[]).await.text, "the screens");
    assert_eq!(fetch(&app, "/livez", &[]).await.status, 200);
    assert_eq!(fetch(&app, "/readyz", &[]).await.status, 200);
    fetch(&app, "/api/v1/things", &[]).await;
    let metrics = fetch(&app, "/metrics", &[]).await.text;
    let counted = r#"rapport_http_request_seconds_count{method="GET",route="/things",status="2xx"} 1"#;
    assert!(metrics.contains(counted), "{metrics}");
    app.stop();
    assert_eq!(fetch(&app, "/readyz", &[]).await.status, 503);
}
