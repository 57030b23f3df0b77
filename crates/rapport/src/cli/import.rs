//! `import` and `import-transactions`: the file goes through the door like anybody's; this end only watches.

mod report;

use super::{
    Common, Failed, Outcome,
    door::{Door, collect, escaped},
    output,
};
use axum::{
    body::{Body, Bytes},
    http::{Method, Request, header},
};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::io::AsyncReadExt;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The object: `contacts`.
    object: String,
    /// CSV in any usual encoding, XLSX, ODS or, for contacts, vCards.
    file: PathBuf,
    /// A map that is kept in the product, by its name.
    #[arg(long, env = "RAPPORT_MAP_NAME", conflicts_with = "map")]
    map_name: Option<String>,
    /// The product whose export the file is: hubspot, pipedrive, salesforce, espocrm, suitecrm, odoo, twenty.
    #[arg(long, env = "RAPPORT_PRESET")]
    preset: Option<String>,
    /// Which sheet of a spreadsheet, by name or number; the first that is not hidden, where none is named.
    #[arg(long, env = "RAPPORT_SHEET")]
    sheet: Option<String>,
    /// A row whose value of this field a record already has changes that record: `email`.
    #[arg(long = "match", env = "RAPPORT_MATCH")]
    match_by: Option<String>,
    /// Which column fills which field; guessed from the header where it is not given.
    #[arg(long, env = "RAPPORT_MAP")]
    map: Option<PathBuf>,
    /// Rows of which records are taken; the others are skipped.
    #[arg(long, env = "RAPPORT_MODE", value_enum, default_value_t = Mode::CreateAndUpdate)]
    mode: Mode,
    /// Only look at the file: how it is written, and which column seems to fill which field, as a map to begin with.
    #[arg(long, env = "RAPPORT_PREVIEW")]
    preview: bool,
    /// Check every row and say what would happen, but write nothing.
    #[arg(long, env = "RAPPORT_DRY_RUN")]
    dry_run: bool,
    /// Where to write the rows that failed, with the reason.
    #[arg(long, env = "RAPPORT_ERRORS")]
    errors: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Mode {
    CreateAndUpdate,
    /// Records that are there stay as they are.
    CreateOnly,
    /// Nothing is made.
    UpdateOnly,
}

impl Mode {
    /// As the API calls it.
    fn name(self) -> &'static str {
        match self {
            Mode::CreateAndUpdate => "create_and_update",
            Mode::CreateOnly => "create_only",
            Mode::UpdateOnly => "update_only",
        }
    }
}

#[derive(Debug, Args)]
pub struct LedgerArguments {
    /// One row for each line of an order.
    file: PathBuf,
    /// Which column fills which field.
    #[arg(long, env = "RAPPORT_MAP")]
    map: PathBuf,
    /// Check every row and say what would happen, but write nothing.
    #[arg(long, env = "RAPPORT_DRY_RUN")]
    dry_run: bool,
    /// Where to write the rows that failed, with the reason.
    #[arg(long, env = "RAPPORT_ERRORS")]
    errors: Option<PathBuf>,
}

/// A file on its way in.
struct Import {
    object: String,
    file: PathBuf,
    options: Value,
    errors: Option<PathBuf>,
}

pub async fn run(common: &Common, arguments: Arguments) -> Outcome {
    let map = arguments.map.as_deref().map(std::fs::read_to_string).transpose()?;
    let options = json!({"match": arguments.match_by, "map": map, "map_name": arguments.map_name,
        "preset": arguments.preset, "sheet": arguments.sheet, "mode": arguments.mode.name(),
        "dry_run": arguments.dry_run});
    let Arguments { object, file, errors, preview, .. } = arguments;
    let import = Import { object, file, options, errors };
    if preview { look_at(common, &import).await } else { bring_in(common, import).await }
}

/// Prints what the columns seem to mean, as remarks, and the map.
async fn look_at(common: &Common, import: &Import) -> Outcome {
    let door = Door::open(common).await?;
    let size = std::fs::metadata(&import.file).map_err(|error| unreadable(&import.file, &error))?.len();
    let seen = upload(&door, import, size, "/preview").await;
    door.close().await;
    let seen = seen?;
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut lines = format!("# {}, {}\n", text(&seen["format"]), text(&seen["encoding"]));
    if let Some(preset) = seen["preset"].as_str() {
        lines.push_str(&format!("# an export of {preset}\n"));
    }
    for column in seen["columns"].as_array().into_iter().flatten() {
        let (name, field, looks) = (text(&column["name"]), text(&column["field"]), text(&column["looks_like"]));
        let sure = format!("{} %, {}", column["confidence"], text(&column["reason"]));
        lines.push_str(&format!("# {name}: {field} ({sure}), looks like {looks}").replace(['\r', '\n'], " "));
        lines.push('\n');
    }
    lines.push_str(text(&seen["map"]).trim_end());
    output::result(common, &lines, &seen);
    Ok(())
}

pub async fn run_ledger(common: &Common, arguments: LedgerArguments) -> Outcome {
    let map = std::fs::read_to_string(&arguments.map)?;
    let options = json!({"match": null, "map": map, "map_name": null, "preset": null, "sheet": null,
        "mode": "create_and_update", "dry_run": arguments.dry_run});
    let LedgerArguments { file, errors, .. } = arguments;
    bring_in(common, Import { object: "transactions".to_owned(), file, options, errors }).await
}

async fn bring_in(common: &Common, import: Import) -> Outcome {
    let door = Door::open(common).await?;
    let outcome = follow(&door, &import).await;
    door.close().await;
    let done = outcome?;
    let count = |name: &str| done[name].as_u64().unwrap_or(0);
    let text = report::tell(&done);
    output::result(common, &text, &done);
    match done["state"].as_str() {
        Some("done") if count("failed") == 0 => Ok(()),
        Some("done") => {
            Err(Failed::Work(vec![format!("{} rows failed; --errors FILE writes them out", count("failed"))]))
        }
        _ => Err(Failed::Work(vec![done["error"].as_str().unwrap_or("the import broke off").to_owned()])),
    }
}

/// Uploads the file, or finds the import of the same file that was cut off, and waits for its end.
async fn follow(door: &Door, import: &Import) -> Result<Value, Failed> {
    let size = std::fs::metadata(&import.file).map_err(|error| unreadable(&import.file, &error))?.len();
    let id = match unfinished(door, import).await? {
        Some(id) => {
            output::note("going on with the import of this file that was cut off");
            id
        }
        None => {
            let begun = upload(door, import, size, "").await?;
            begun["id"].as_str().unwrap_or_default().to_owned()
        }
    };
    let progress = output::Progress::new("import");
    loop {
        let state = door.json(Method::GET, &format!("/imports/{id}"), None).await?;
        progress.show(state["done_bytes"].as_u64().unwrap_or(0), state["total_bytes"].as_u64().unwrap_or(size));
        if matches!(state["state"].as_str(), Some("done" | "failed")) {
            progress.finish();
            if let Some(path) = &import.errors {
                write_errors(door, &id, path).await?;
            }
            return Ok(state);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failed {
    Failed::Work(vec![format!("{}: {error}", path.display())])
}

async fn fingerprint(path: &Path) -> Result<String, Failed> {
    let mut file = tokio::fs::File::open(path).await.map_err(|error| unreadable(path, &error))?;
    let mut hasher = records::import::Fingerprint::default();
    let mut piece = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut piece).await?;
        match piece.get(..count) {
            None | Some([]) => return Ok(hasher.finish()),
            Some(read) => hasher.update(read),
        }
    }
}

async fn unfinished(door: &Door, import: &Import) -> Result<Option<String>, Failed> {
    let digest = fingerprint(&import.file).await?;
    let list = door.json(Method::GET, &format!("/imports?digest={digest}&state=running"), None).await?;
    let is_same = |item: &&Value| {
        // A map that was named stands in the options by its text as well.
        let map = if import.options["map_name"].is_null() { "map" } else { "map_name" };
        let asked = ["match", map, "preset", "sheet", "mode", "dry_run"]
            .iter()
            .all(|name| item["options"][*name] == import.options[*name]);
        item["object"] == json!(import.object) && asked
    };
    let same = list["items"].as_array().into_iter().flatten().find(is_same);
    Ok(same.and_then(|item| item["id"].as_str()).map(str::to_owned))
}

const BOUNDARY: &str = "rapport-7f3a9c51e0d24b68";

/// Sends the form to the import's address or to one behind it; gives the answer.
async fn upload(door: &Door, import: &Import, size: u64, behind: &str) -> Result<Value, Failed> {
    let name = import.file.file_name().map(|name| name.to_string_lossy().replace(['"', '\r', '\n'], "_"));
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"options\"\r\nContent-Type: application/json\r\n\r\n{}\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n",
        import.options,
        name.unwrap_or_default()
    );
    let mut file = tokio::fs::File::open(&import.file).await.map_err(|error| unreadable(&import.file, &error))?;
    let progress = output::Progress::new("upload");
    let stream = async_stream::try_stream! {
        yield Bytes::from(head);
        let mut sent = 0;
        loop {
            let mut piece = vec![0; 256 * 1024];
            let count = file.read(&mut piece).await?;
            if count == 0 {
                break;
            }
            piece.truncate(count);
            sent += u64::try_from(count).unwrap_or(0);
            progress.show(sent, size);
            yield Bytes::from(piece);
        }
        progress.finish();
        yield Bytes::from(format!("\r\n--{BOUNDARY}--\r\n"));
    };
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("{}/imports/{}{behind}", web::BASE, escaped(&import.object)))
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from_stream(typed(stream)))
        .map_err(|error| Failed::Usage(error.to_string()))?;
    let answer = collect(door.send(request).await?).await?;
    serde_json::from_slice(&answer).map_err(|error| Failed::Work(vec![error.to_string()]))
}

/// Says what the stream's errors are, which `try_stream!` cannot.
fn typed<S: futures_util::Stream<Item = Result<Bytes, std::io::Error>>>(stream: S) -> S {
    stream
}

async fn write_errors(door: &Door, id: &str, path: &Path) -> Outcome {
    let request = Request::get(format!("{}/imports/{id}/errors", web::BASE)).body(Body::empty());
    let request = request.map_err(|error| Failed::Usage(error.to_string()))?;
    let bytes = collect(door.send(request).await?).await?;
    std::fs::write(path, bytes).map_err(|error| unreadable(path, &error))
}
