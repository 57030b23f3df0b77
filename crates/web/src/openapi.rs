//! The OpenAPI 3.1 document, made from the declared routes and what a feature adds at run time.

use crate::route::{BASE, Class, Declared, Method, Needs};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The document about `declared`, with `extra` (`{"paths":{…},"components":{…}}`) merged over it.
pub fn openapi(declared: &[Declared], extra: Value) -> Value {
    let mut paths = Map::new();
    for route in declared {
        let path = paths.entry(format!("{BASE}{}", route.path)).or_insert_with(|| Value::Object(Map::new()));
        path[route.method.as_str().to_lowercase()] = operation(route);
    }
    let tags: BTreeSet<&str> = declared.iter().map(|route| route.tag).filter(|tag| !tag.is_empty()).collect();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Rapport", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" } },
        "servers": [{ "url": "/" }],
        "tags": tags.into_iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "paths": paths,
        "components": components(),
    });
    merge(&mut document, extra);
    document
}

fn components() -> Value {
    json!({
        "securitySchemes": {
            "token": { "type": "http", "scheme": "bearer", "description": "An API token, `rpt_…`" },
            "session": { "type": "apiKey", "in": "cookie", "name": crate::SESSION_COOKIE },
        },
        "schemas": { "Problem": problem_schema() },
        "responses": { "Problem": {
            "description": "What went wrong, in the caller's language (RFC 9457)",
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        } },
    })
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "type": "string", "description": "Stable; programs look at this" },
            "detail": { "type": "string" },
            "request_id": { "type": "string" },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": { "type": "string" },
                    "code": { "type": "string" },
                    "message": { "type": "string" },
                },
            } },
        },
    })
}

fn operation(route: &Declared) -> Value {
    let mut responses = Map::new();
    responses.insert(route.status.to_string(), success(route));
    for status in failures(route) {
        responses.insert(status.to_string(), json!({ "$ref": "#/components/responses/Problem" }));
    }
    responses.insert("default".to_owned(), json!({ "$ref": "#/components/responses/Problem" }));
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": responses,
    });
    if !route.tag.is_empty() {
        operation["tags"] = json!([route.tag]);
    }
    operation["security"] = match route.needs {
        Needs::Public => json!([]),
        _ => json!([{ "token": [] }, { "session": [] }]),
    };
    if let Some(schema) = &route.body {
        operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    operation
}

fn success(route: &Declared) -> Value {
    let description = if route.summary.is_empty() { "Done" } else { route.summary };
    match &route.answers {
        Some(schema) => {
            json!({ "description": description, "content": { route.content: { "schema": schema } } })
        }
        None => json!({ "description": description }),
    }
}

/// The statuses of refusal that can happen on this route.
fn failures(route: &Declared) -> Vec<u16> {
    let changes = route.method != Method::Get;
    let mut statuses = vec![422, 429, 503];
    if changes || route.needs != Needs::Public {
        // Also a change that another site's page has sent.
        statuses.push(403);
    }
    if changes || route.path.contains('{') || matches!(route.class, Class::Bulk | Class::Transfer) {
        statuses.extend([400, 404, 409, 412]);
    }
    if changes {
        statuses.extend([413, 415]);
    }
    if changes || route.needs != Needs::Public {
        statuses.push(401);
    }
    statuses.sort_unstable();
    statuses
}

fn parameters(route: &Declared) -> Vec<Value> {
    let in_path = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).map(|name| {
        let name = name.trim_start_matches('*');
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 } })
    });
    let in_query = route.query.iter().map(|(name, schema)| json!({ "name": name, "in": "query", "schema": schema }));
    in_path.chain(in_query).collect()
}

/// `GET /records/{object}/{id}` → `get_records_object_id`: unique, because method and path are.
fn operation_id(route: &Declared) -> String {
    let words = route.path.split(['/', '{', '}', '.', '-']).filter(|word| !word.is_empty());
    let mut id = route.method.as_str().to_lowercase();
    for word in words {
        id.push('_');
        id.push_str(word);
    }
    id
}

/// Objects are merged member by member; anything else is replaced.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (into, from) => *into = from,
    }
}
