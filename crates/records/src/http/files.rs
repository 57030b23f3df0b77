//! Files in and out: `GET …/export`, `POST /imports/{object}` and what becomes of an import.

use crate::{
    catalog::Records,
    export::{Export, FileFormat},
    import::{self, Asked, Upload},
    query::{ListRequest, Question},
};
use async_stream::try_stream;
use axum::{
    body::{Body, Bytes},
    extract::{Multipart, Path, State, multipart::MultipartRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Caller, Error, message};
use serde_json::json;
use web::{Answer, Class, Failure, Json, Needs, Query, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    let import = || json!({"type": "object", "properties": {"id": {"type": "string"}, "state": {"type": "string"}}});
    let imports = |route: Route<Records>, summary| route.needs(Needs::SignedIn).summary(summary).tag("imports");
    Routes::new()
        .add(
            Route::get("/records/{object}/export", export)
                .needs(Needs::Object("export"))
                .class(Class::Bulk)
                .summary("Export records")
                .tag("records")
                .query(&["filter", "fields", "search", "view"])
                .parameter(
                    "format",
                    json!({"type": "string", "enum": ["csv", "ndjson", "xlsx", "vcf"], "default": "csv"}),
                )
                .content("text/csv"),
        )
        .add(
            imports(Route::post("/imports/{import}", upload), "Import a file")
                .class(Class::Bulk)
                .streams_body()
                .answers(import())
                .status(202),
        )
        .add(
            imports(Route::post("/imports/{import}/preview", preview), "Look at a file before it is imported")
                .class(Class::Bulk)
                .streams_body()
                .answers(json!({"type": "object", "properties": {
                    "format": {"type": "string"},
                    "columns": {"type": "array", "items": {"type": "object"}},
                    "map": {"type": "string"}}})),
        )
        .add(
            imports(Route::get("/imports", list), "List imports")
                .query(&["digest", "state"])
                .answers(json!({"type": "object", "properties": {"items": {"type": "array", "items": import()}}})),
        )
        .add(imports(Route::get("/imports/{import}", get), "Get an import").answers(import()))
        .add(
            imports(Route::get("/imports/{import}/errors", errors), "Get the rows of an import that failed")
                .class(Class::Bulk)
                .content("text/csv"),
        )
}

/// The longest text of a form's part other than the file.
const MOST_OPTION_BYTES: usize = 1 << 20;

/// A form with the part `file`, and the fields of [`Asked`], or `options` with all of them as JSON.
async fn upload(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<(StatusCode, Json<serde_json::Value>)> {
    let (upload, asked) = arrived(&records, &caller, &object, form, true).await?;
    let import = upload.finish(&asked).await?;
    Ok((StatusCode::ACCEPTED, Json(import.to_json(caller.language))))
}

/// The same form; nothing is kept.
async fn preview(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Json<serde_json::Value>> {
    let (upload, asked) = arrived(&records, &caller, &object, form, false).await?;
    Ok(Json(upload.preview(&asked).await?))
}

/// The form, read to its end.
async fn arrived<'a>(
    records: &'a Records,
    caller: &'a Caller,
    object: &str,
    form: Result<Multipart, MultipartRejection>,
    is_kept: bool,
) -> Answer<(Upload<'a>, Asked)> {
    let mut form = form.map_err(|_| Failure::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, message!("import-form")))?;
    let (mut asked, mut taken) = (Asked::default(), None);
    let place = Place { records, caller, object, is_kept };
    let outcome = read_form(&place, &mut form, &mut asked, &mut taken).await;
    match (taken, outcome) {
        (Some(upload), Ok(())) => Ok((upload, asked)),
        (Some(upload), Err(failure)) => {
            upload.drop().await?;
            Err(failure)
        }
        (None, Ok(())) => Err(Error::field("file", message!("import-file-missing")).into()),
        (None, Err(failure)) => Err(failure),
    }
}

/// Where a file goes.
struct Place<'a, 'o> {
    records: &'a Records,
    caller: &'a Caller,
    object: &'o str,
    is_kept: bool,
}

async fn read_form<'a>(
    place: &Place<'a, '_>,
    form: &mut Multipart,
    asked: &mut Asked,
    taken: &mut Option<Upload<'a>>,
) -> Answer<()> {
    let broken = |_| Failure::refused(StatusCode::BAD_REQUEST, message!("body-cut-off"));
    while let Some(mut part) = form.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" && taken.is_none() {
            let file_name = part.file_name().unwrap_or_default().to_owned();
            let upload = taken
                .insert(import::begin(place.records, place.caller, place.object, &file_name, place.is_kept).await?);
            while let Some(bytes) = part.chunk().await.map_err(broken)? {
                upload.take(&bytes).await?;
            }
            continue;
        }
        let mut text = Vec::new();
        while let Some(bytes) = part.chunk().await.map_err(broken)? {
            text.extend_from_slice(&bytes);
            if text.len() > MOST_OPTION_BYTES {
                return Err(Error::TooLarge(message!("body-too-large")).into());
            }
        }
        let text = String::from_utf8(text).map_err(|_| Error::field(&name, message!("import-option-unreadable")))?;
        let unreadable = || Error::field(&name, message!("import-option-unreadable"));
        match name.as_str() {
            "options" => *asked = serde_json::from_str(&text).map_err(|_| unreadable())?,
            "match" => asked.match_by = (!text.trim().is_empty()).then(|| text.trim().to_owned()),
            "map" => asked.map = Some(text),
            "map_name" => asked.map_name = (!text.trim().is_empty()).then(|| text.trim().to_owned()),
            "preset" => asked.preset = (!text.trim().is_empty()).then(|| text.trim().to_owned()),
            "sheet" => asked.sheet = (!text.trim().is_empty()).then(|| text.trim().to_owned()),
            "mode" => asked.mode = serde_json::from_value(json!(text.trim())).map_err(|_| unreadable())?,
            "dry_run" => asked.dry_run = text.trim().parse().map_err(|_| unreadable())?,
            _ => return Err(Error::field(&name, message!("body-unknown-field", name = name)).into()),
        }
    }
    Ok(())
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ListImports {
    digest: Option<String>,
    state: Option<String>,
}

async fn list(
    State(records): State<Records>,
    Signed(caller): Signed,
    Query(asked): Query<ListImports>,
) -> Answer<Json<serde_json::Value>> {
    let imports = import::list(&records, &caller, asked.digest.as_deref(), asked.state.as_deref()).await?;
    Ok(Json(json!({"items": imports.iter().map(|import| import.to_json(caller.language)).collect::<Vec<_>>()})))
}

async fn get(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Answer<Json<serde_json::Value>> {
    let id = id.parse().map_err(|_| Error::NotFound("import"))?;
    Ok(Json(import::find(&records, &caller, id).await?.to_json(caller.language)))
}

async fn errors(State(records): State<Records>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    let id = id.parse().map_err(|_| Error::NotFound("import"))?;
    let file = import::error_file(records, caller, id).await?;
    let mut response = Body::from_stream(file).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    Ok(response)
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ExportRequest {
    filter: Option<String>,
    fields: Option<String>,
    search: Option<String>,
    view: Option<String>,
    format: FileFormat,
}

async fn export(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(object): Path<String>,
    Query(asked): Query<ExportRequest>,
) -> Answer<Response> {
    let ExportRequest { filter, fields, search, view, format } = asked;
    let request = ListRequest { filter, fields, search, view, ..ListRequest::default() };
    let question = Question::new(&records, &caller).await?;
    let request = question.through(question.object(&object)?, request).await?;
    // Whatever is wrong with the request is said now: once bytes flow, an error can only cut them off.
    Export::new(question, &object, request.clone(), format)?.note().await?;
    let stream = try_stream! {
        let question = Question::new(&records, &caller).await?;
        let mut export = Export::new(question, &object, request, format)?;
        while let Some(piece) = export.next().await? {
            yield Bytes::from(piece);
        }
    };
    let mut response = Body::from_stream(typed(stream)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(format.kind().0));
    Ok(response)
}

/// Says what the stream's errors are, which `try_stream!` cannot.
fn typed<S: futures_util::Stream<Item = Result<Bytes, Error>>>(stream: S) -> S {
    stream
}
