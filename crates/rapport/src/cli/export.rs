//! `export`: streams CSV, NDJSON, XLSX or vCards to stdout.

use super::{
    Common, Failed, Format, Outcome,
    door::{Door, collect, escaped, refused},
};
use axum::{body::Body, http::Request};
use clap::Args;
use http_body_util::BodyExt;
use tokio::io::AsyncWriteExt;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The object: `contacts`.
    object: String,
    /// Which records, in the filter language: `city = 'Łódź' and owner = me`.
    #[arg(long, env = "RAPPORT_FILTER")]
    filter: Option<String>,
    /// `first_name,last_name,email`; all, where none is named.
    #[arg(long, env = "RAPPORT_FIELDS")]
    fields: Option<String>,
}

pub async fn run(common: &Common, arguments: Arguments) -> Outcome {
    let format = match common.format {
        Format::Ndjson => "ndjson",
        Format::Xlsx => "xlsx",
        Format::Vcf => "vcf",
        Format::Csv | Format::Text => "csv",
        Format::Json => return Err(Failed::Usage("export writes csv, ndjson, xlsx or vcf: --format csv".to_owned())),
    };
    let mut path = format!("{}/records/{}/export?format={format}", web::BASE, escaped(&arguments.object));
    for (name, value) in [("filter", &arguments.filter), ("fields", &arguments.fields)] {
        if let Some(value) = value {
            path.push_str(&format!("&{name}={}", escaped(value)));
        }
    }
    let door = Door::open(common).await?;
    let outcome = stream(&door, &path).await;
    door.close().await;
    outcome
}

async fn stream(door: &Door, path: &str) -> Outcome {
    let request = Request::get(path).body(Body::empty()).map_err(|error| Failed::Usage(error.to_string()))?;
    let response = door.send(request).await?;
    if !response.status().is_success() {
        let status = response.status();
        return match collect(response).await {
            Err(failed) => Err(failed),
            Ok(body) => Err(refused(status, &body)),
        };
    }
    let (mut body, mut out) = (response.into_body(), tokio::io::stdout());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Failed::Work(vec![format!("the export broke off: {error}")]))?;
        if let Some(data) = frame.data_ref() {
            out.write_all(data).await?;
        }
    }
    out.flush().await?;
    Ok(())
}
