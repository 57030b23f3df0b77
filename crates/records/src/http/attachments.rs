//! `…/attachments`: the files of a record.

use super::{
    answered::by,
    parse_id,
    uploads::{self, Sent},
};
use crate::{attachments, catalog::Records, fields};
use axum::{
    body::Body,
    extract::{FromRequest, Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Error, Id, message};
use http_body_util::Limited;
use serde_json::json;
use web::{Answer, Class, Json, Needs, Route, Routes, Signed};

/// The longest body that only names a file.
const MOST_JSON_BYTES: usize = 64 << 10;

pub fn routes() -> Routes<Records> {
    let items = json!({"type": "array", "items": fields::file_schema()});
    Routes::new()
        .add(
            Route::get("/records/{object}/{id}/attachments", list)
                .needs(Needs::Object("read"))
                .summary("List the files of a record")
                .tag("files")
                .answers(json!({"type": "object", "properties": {"items": items}, "required": ["items"]})),
        )
        .add(
            Route::post("/records/{object}/{id}/attachments", attach)
                .needs(Needs::Object("update"))
                .class(Class::Transfer)
                .summary("Attach a file to a record")
                .tag("files")
                .query(&["name"])
                .streams_body()
                .answers(fields::file_schema())
                .status(201),
        )
        .add(
            Route::delete("/records/{object}/{id}/attachments/{file}", detach)
                .needs(Needs::Object("update"))
                .summary("Take a file off a record")
                .tag("files")
                .status(204),
        )
}

async fn list(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
) -> Answer<Json<serde_json::Value>> {
    let files = attachments::of_record(&records, &caller, &object, parse_id(&id, "record")?).await?;
    Ok(Json(json!({"items": files.iter().map(fields::file_shown).collect::<Vec<_>>()})))
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    file: String,
}

/// A file that was sent before, as `{"file": id}`; or the file itself, as for `POST /files`.
async fn attach(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id)): Path<(String, String)>,
    request: Request,
) -> Answer<Response> {
    let id = parse_id(&id, "record")?;
    // Whoever may not attach sends nothing.
    attachments::may_attach(&records, &caller, &object, id).await?;
    let is_json = |value: &HeaderValue| value.to_str().is_ok_and(|text| text.starts_with("application/json"));
    let by_id = request.headers().get(header::CONTENT_TYPE).is_some_and(is_json) && !uploads::is_named(&request);
    let file = if by_id {
        let request = request.map(|body| Body::new(Limited::new(body, MOST_JSON_BYTES)));
        let Json(asked) = Json::<Asked>::from_request(request, &()).await?;
        asked.file.parse().map_err(|_| Error::field("file", message!("field-not-a-file")))?
    } else {
        let sent = Sent::from_request(request).await?;
        Id(sent.take(&records, &caller).await?.id)
    };
    let (file, action) = attachments::attach(&records, &caller, &object, id, file).await?;
    Ok((StatusCode::CREATED, action.map(by), Json(fields::file_shown(&file))).into_response())
}

async fn detach(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path((object, id, file)): Path<(String, String, String)>,
) -> Answer<Response> {
    let file = file.parse().map_err(|_| Error::NotFound("file"))?;
    let action = attachments::detach(&records, &caller, &object, parse_id(&id, "record")?, file).await?;
    Ok((StatusCode::NO_CONTENT, action.map(by), ()).into_response())
}
