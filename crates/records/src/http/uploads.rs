//! `POST /files` and `GET /files/{id}`: files in and out, streamed.

use crate::{
    attachments::{self, Upload},
    catalog::Records,
    fields,
    permissions::Access,
    value::File,
};
use async_stream::try_stream;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::{Caller, Error, message};
use futures_util::StreamExt;
use tokio::io::{AsyncReadExt, AsyncSeekExt, SeekFrom};
use web::{Answer, Class, Failure, Json, Needs, Route, Routes, Signed};

pub fn routes() -> Routes<Records> {
    Routes::new()
        .add(
            Route::post("/files", send)
                .needs(Needs::SignedIn)
                .class(Class::Transfer)
                .summary("Send a file")
                .tag("files")
                .query(&["name"])
                .streams_body()
                .answers(fields::file_schema())
                .status(201),
        )
        .add(
            Route::get("/files/{id}", get)
                .needs(Needs::SignedIn)
                .class(Class::Transfer)
                .summary("Get a file")
                .tag("files")
                .content("application/octet-stream"),
        )
}

/// Bytes of one piece of an answer.
const PIECE: usize = 64 << 10;

/// A file as it comes: a form with the part `file`, or the bytes themselves with their name in the address.
pub(super) enum Sent {
    Form(Multipart),
    Bare { name: String, kind: Option<String>, body: Body },
}

/// The address gives the bytes a name: they are a file, whatever kind they claim to be.
pub(super) fn is_named(request: &Request) -> bool {
    name_of(request).is_some()
}

fn name_of(request: &Request) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "name").map(|(_, name)| name.into_owned())
}

impl Sent {
    pub async fn from_request(request: Request) -> Answer<Sent> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        if kind.as_deref().is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let refused = |_| Failure::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, message!("import-form"));
            return Ok(Sent::Form(Multipart::from_request(request, &()).await.map_err(refused)?));
        }
        let name = name_of(&request).unwrap_or_default();
        Ok(Sent::Bare { name, kind, body: request.into_body() })
    }

    /// Reads it to its end and keeps it.
    pub async fn take(self, records: &Records, caller: &Caller) -> Answer<File> {
        let cut_off = || Failure::refused(StatusCode::BAD_REQUEST, message!("body-cut-off"));
        match self {
            Sent::Bare { name, kind, body } => {
                let mut upload = Upload::begin(records, caller, &name, kind.as_deref()).await?;
                let mut body = body.into_data_stream();
                while let Some(bytes) = body.next().await {
                    upload.take(&bytes.map_err(|_| cut_off())?).await?;
                }
                Ok(upload.finish().await?)
            }
            Sent::Form(mut form) => {
                let part = form.next_field().await.map_err(|_| cut_off())?;
                let missing = || Error::field("file", message!("import-file-missing"));
                let mut part = part.filter(|part| part.name() == Some("file")).ok_or_else(missing)?;
                let name = part.file_name().unwrap_or_default().to_owned();
                let kind = part.content_type().map(str::to_owned);
                let mut upload = Upload::begin(records, caller, &name, kind.as_deref()).await?;
                while let Some(bytes) = part.chunk().await.map_err(|_| cut_off())? {
                    upload.take(&bytes).await?;
                }
                drop(part);
                // What follows, or is missing, says whether the part was whole.
                if let Some(part) = form.next_field().await.map_err(|_| cut_off())? {
                    let name = part.name().unwrap_or_default().to_owned();
                    return Err(Error::field(&name, message!("body-unknown-field", name = name)).into());
                }
                Ok(upload.finish().await?)
            }
        }
    }
}

async fn send(State(records): State<Records>, Signed(caller): Signed, request: Request) -> Answer<Response> {
    let file = Sent::from_request(request).await?.take(&records, &caller).await?;
    Ok((StatusCode::CREATED, Json(fields::file_shown(&file))).into_response())
}

async fn get(
    State(records): State<Records>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let id = id.parse().map_err(|_| Error::NotFound("file"))?;
    let catalog = records.catalog(&caller).await?;
    let mut reader = records.db().reader(&caller);
    let file = attachments::get(&mut reader, Access::new(&catalog.schema, &caller), id).await?;
    drop(reader);
    let tag = format!("\"{}\"", file.sha256);
    let asked = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if asked(header::IF_NONE_MATCH).is_some_and(|known| known == "*" || known.contains(&tag)) {
        return Ok(described(StatusCode::NOT_MODIFIED.into_response(), &file, &tag));
    }
    let size = u64::try_from(file.size_bytes).unwrap_or_default();
    let range = asked(header::RANGE).filter(|_| asked(header::IF_RANGE).is_none_or(|known| known == tag));
    let (from, to, status) = match range.map_or(Range::Whole, |text| Range::parse(text, size)) {
        Range::Whole => (0, size, StatusCode::OK),
        Range::Part(from, to) => (from, to, StatusCode::PARTIAL_CONTENT),
        Range::Outside => {
            return Err(Failure::refused(StatusCode::RANGE_NOT_SATISFIABLE, message!("upload-range", size = size)));
        }
    };
    let lost = || Error::internal(format!("the content of file {id} is not in the folder of files"));
    let mut content = records.files().open(&file.sha256).await?.ok_or_else(lost)?;
    content.seek(SeekFrom::Start(from)).await.map_err(Error::internal)?;
    let mut response = Body::from_stream(pieces(content.take(to - from))).into_response();
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(to - from));
    if status == StatusCode::PARTIAL_CONTENT {
        put(headers, header::CONTENT_RANGE, &format!("bytes {from}-{}/{size}", to - 1));
    }
    Ok(described(response, &file, &tag))
}

pub(super) fn pieces(
    mut content: impl AsyncReadExt + Unpin + Send + 'static,
) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + Send {
    try_stream! {
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            if content.read_buf(&mut piece).await? == 0 {
                break;
            }
            yield Bytes::from(piece);
        }
    }
}

/// What a browser must be told of a file that anybody may have made.
pub(super) fn described(mut response: Response, file: &File, tag: &str) -> Response {
    let kind = files::Kind::known(&file.kind);
    let headers = response.headers_mut();
    put(headers, header::CONTENT_TYPE, kind.as_str());
    put(headers, header::ETAG, tag);
    put(headers, header::CONTENT_DISPOSITION, &disposition(&file.name, kind.is_shown()));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    // It never changes, but who may have it does.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-transform"));
    let policy = match kind.as_str() {
        "application/pdf" => "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        _ => "default-src 'none'; sandbox; frame-ancestors 'none'",
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

pub(super) fn put(headers: &mut HeaderMap, name: header::HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.insert(name, value);
    }
}

/// The name twice: for programs that know ASCII alone, and as it is (RFC 6266).
pub(super) fn disposition(name: &str, is_shown: bool) -> String {
    let plain = |c: char| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let is_free = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let escape = |byte: u8| if is_free(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let whole: String = name.bytes().map(escape).collect();
    let place = if is_shown { "inline" } else { "attachment" };
    format!("{place}; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

/// The bytes that are wanted, from the first up to but without the last.
#[derive(Debug, PartialEq, Eq)]
enum Range {
    Whole,
    Part(u64, u64),
    Outside,
}

impl Range {
    /// One range; several at once, and what is no range, are answered with the whole.
    fn parse(text: &str, size: u64) -> Range {
        let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
            return Range::Whole;
        };
        let (from, to) = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
            (Ok(from), Ok(last)) if from <= last => (from, last.saturating_add(1).min(size)),
            (Ok(from), Err(_)) if last.trim().is_empty() => (from, size),
            (Err(_), Ok(count)) if first.trim().is_empty() => (size.saturating_sub(count), size),
            _ => return Range::Whole,
        };
        if from < to { Range::Part(from, to) } else { Range::Outside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_range_is_within_the_file(text in "bytes=[0-9]{0,20}-[0-9]{0,20}|\\PC{0,20}", size in 1_u64..) {
            if let Range::Part(from, to) = Range::parse(&text, size) {
                prop_assert!(from < to && to <= size);
            }
        }

        #[test]
        fn any_name_fits_into_a_header(name in "(\\PC|\"|\n){0,40}") {
            prop_assert!(HeaderValue::from_str(&disposition(&name, true)).is_ok());
        }
    }

    #[test]
    fn a_range_is_read_as_browsers_write_it() {
        let check = |text: &str, expected: Range| assert_eq!(Range::parse(text, 100), expected, "{text}");
        check("bytes=0-9", Range::Part(0, 10));
        check("bytes=90-", Range::Part(90, 100));
        check("bytes=-10", Range::Part(90, 100));
        check("bytes=-1000", Range::Part(0, 100));
        check("bytes=50-1000", Range::Part(50, 100));
        check("bytes=100-", Range::Outside);
        check("bytes=-0", Range::Outside);
        check("bytes=9-0", Range::Whole);
        check("bytes=0-9,20-29", Range::Whole);
        check("lines=0-9", Range::Whole);
    }

    #[test]
    fn a_name_is_told_twice() {
        let told = disposition("umowa \"Łódź\".pdf", false);
        assert_eq!(
            told,
            "attachment; filename=\"umowa ___d__.pdf\"; filename*=UTF-8''umowa%20%22%C5%81%C3%B3d%C5%BA%22.pdf"
        );
    }
}
