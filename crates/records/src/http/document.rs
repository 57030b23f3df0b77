//! What the OpenAPI document says of this installation's objects: a schema and the addresses of each.

use crate::{catalog::Records, definitions, fields, object::Object, permissions::Access};
use base::{Caller, Result};
use serde_json::{Map, Value as Json, json};

/// A record of any object.
pub fn record_schema() -> Json {
    json!({"type": "object", "properties": {"id": {"type": "string"}, "version": {"type": "integer"}}, "required": ["id", "version"]})
}

/// A page of records of any object.
pub fn page_schema() -> Json {
    json!({
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": record_schema()},
            "next": {"type": ["string", "null"]}
        },
        "required": ["items", "next"]
    })
}

/// Schemas and addresses of the objects that the caller may see, to be laid over the declared routes.
pub async fn document(records: &Records, caller: &Caller) -> Result<Json> {
    let catalog = records.catalog(caller).await?;
    let access = Access::new(&catalog.schema, caller);
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for object in catalog.schema.objects().iter().filter(|object| !object.internal && access.may_read(object)) {
        schemas.insert(object.name.clone(), object_schema(&access, object));
        schemas.insert(format!("{}.input", object.name), input_schema(&access, object));
        describe_paths(object, &mut paths);
    }
    Ok(json!({"paths": paths, "components": {"schemas": schemas}}))
}

fn object_schema(access: &Access, object: &Object) -> Json {
    let seen = object.fields.iter().filter(|field| access.may_see(object, field));
    let properties: Map<String, Json> = seen
        .map(|field| {
            let masked = !access.may_know(object, field);
            let schema = if masked { json!({"type": ["string", "array", "null"]}) } else { fields::schema(field) };
            (field.name.clone(), schema)
        })
        .collect();
    let relations = definitions::to_many(access, object);
    let relations: Vec<Json> = relations.iter().map(definitions::ToMany::json).collect();
    json!({
        "type": "object", "title": object.singular.en, "properties": properties, "required": ["id", "version"],
        "x-relations": relations,
    })
}

fn input_schema(access: &Access, object: &Object) -> Json {
    let written = object.fields.iter().filter(|field| access.may_write(object, field));
    let properties: Map<String, Json> = written.map(|field| (field.name.clone(), fields::schema(field))).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// A reference to one of the object's schemas: of its records, or of what is written.
fn schema_of(object: &Object, ending: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{}{ending}", object.name)})
}

fn content(schema: Json) -> Json {
    json!({"content": {"application/json": {"schema": schema}}})
}

fn answer(status: &str, schema: Json) -> Json {
    let mut answers = json!({"4XX": {"$ref": "#/components/responses/Problem"}});
    answers[status] = content(schema);
    answers[status]["description"] = json!("done");
    answers
}

fn describe_paths(object: &Object, paths: &mut Map<String, Json>) {
    let base = format!("{}/records/{}", web::BASE, object.name);
    paths.insert(base.clone(), all_paths(object));
    paths.insert(format!("{base}/{{id}}"), one_paths(object));
}

fn all_paths(object: &Object) -> Json {
    let name = &object.name;
    let text = |parameter: &str| json!({"name": parameter, "in": "query", "schema": {"type": "string"}});
    let page = json!({
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": schema_of(object, "")},
            "next": {"type": ["string", "null"]}
        },
        "required": ["items", "next"]
    });
    json!({
        "get": {
            "operationId": format!("list_{name}"), "tags": [name], "summary": format!("List {name}"),
            "parameters": [text("filter"), text("sort"), text("fields"), text("search"), text("cursor")],
            "responses": answer("200", page)
        },
        "post": {
            "operationId": format!("create_{name}"), "tags": [name], "summary": format!("Create one of {name}"),
            "requestBody": content(schema_of(object, ".input")), "responses": answer("201", schema_of(object, ""))
        }
    })
}

fn one_paths(object: &Object) -> Json {
    let name = &object.name;
    json!({
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "get": {
            "operationId": format!("get_{name}"), "tags": [name], "summary": format!("Get one of {name}"),
            "responses": answer("200", schema_of(object, ""))
        },
        "patch": {
            "operationId": format!("change_{name}"), "tags": [name], "summary": format!("Change one of {name}"),
            "requestBody": content(schema_of(object, ".input")), "responses": answer("200", schema_of(object, ""))
        },
        "delete": {
            "operationId": format!("bin_{name}"), "tags": [name],
            "summary": format!("Put one of {name} into the bin"),
            "responses": {"204": {"description": "done"}, "4XX": {"$ref": "#/components/responses/Problem"}}
        }
    })
}
