//! The company's own choices (country, base currency, time zone, languages) and the rates of currencies.

use crate::{
    catalog::{RATE_ONE, Rates, Records},
    schema::Settings,
};
use base::{Caller, Error, FieldError, Message, Result, TenantId, decimal, message, time};
use db::{Batch, Cell, Event, Reader, Statement, sql};
use serde_json::{Map, Value as Json, json};

/// Ten years.
const MOST_BIN_DAYS: i64 = 3_650;

/// As a fresh installation has them.
pub fn defaults() -> Settings {
    Settings {
        company: String::new(),
        country: "PL".to_owned(),
        base_currency: "EUR".to_owned(),
        time_zone: "Europe/Warsaw".to_owned(),
        languages: base::Language::ALL.iter().map(|language| language.code().to_owned()).collect(),
        allow_national_ids: false,
        definition_bin_days: 30,
        file_limit_mb: 25,
        file_quota_mb: None,
    }
}

/// Reads the settings; what was never set is as in [`defaults`].
pub async fn load(reader: &mut Reader, tenant: TenantId) -> Result<Settings> {
    let text = sql!("SELECT name, value FROM setting WHERE tenant_id = ?1");
    let rows = reader.rows(Statement::new(text, [tenant.into()])).await?;
    let mut settings = defaults();
    for row in rows.iter() {
        let value = row.text(1)?.to_owned();
        match row.text(0)? {
            "company" => settings.company = value,
            "country" => settings.country = value,
            "base_currency" => settings.base_currency = value,
            "time_zone" => settings.time_zone = value,
            "languages" => settings.languages = value.split(',').map(str::to_owned).collect(),
            "allow_national_ids" => settings.allow_national_ids = value == "true",
            "definition_bin_days" => {
                settings.definition_bin_days = value.parse().unwrap_or(settings.definition_bin_days);
            }
            "file_limit_mb" => settings.file_limit_mb = value.parse().unwrap_or(settings.file_limit_mb),
            "file_quota_mb" => settings.file_quota_mb = value.parse().ok(),
            _ => {}
        }
    }
    Ok(settings)
}

/// Nobody has chosen anything yet.
pub async fn untouched(records: &Records, caller: &Caller) -> Result<bool> {
    let text = sql!("SELECT name FROM setting WHERE tenant_id = ?1 LIMIT 1");
    let rows = records.db().reader(caller).once(Statement::new(text, [caller.tenant.into()])).await?;
    Ok(rows.is_empty())
}

/// As answered by `GET /settings`.
pub fn to_json(settings: &Settings) -> Json {
    json!({
        "company": settings.company,
        "country": settings.country,
        "base_currency": settings.base_currency,
        "time_zone": settings.time_zone,
        "languages": settings.languages,
        "allow_national_ids": settings.allow_national_ids,
        "definition_bin_days": settings.definition_bin_days,
        "file_limit_mb": settings.file_limit_mb,
        "file_quota_mb": settings.file_quota_mb,
    })
}

/// Changes some settings.
///
/// # Errors
/// A field error for each name that does not exist or value that cannot be; a conflict when the base currency
/// should change while amounts are stored in it.
pub async fn change(records: &Records, caller: &Caller, input: &Map<String, Json>) -> Result<Settings> {
    let before = records.catalog(caller).await?.schema.settings.clone();
    let (mut after, mut errors) = (before.clone(), Vec::new());
    for (name, value) in input {
        if let Err(message) = put(&mut after, name, value) {
            errors.push(FieldError { field: name.clone(), message });
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if after.base_currency != before.base_currency && crate::revalue::amounts_exist(records, caller).await? {
        return Err(Error::Conflict(message!("settings-base-currency-in-use", currency = before.base_currency)));
    }
    let mut batch = Batch::new();
    let (old, new) = (to_json(&before), to_json(&after));
    let mut changes = Map::new();
    for (name, value) in new.as_object().into_iter().flatten().filter(|(name, value)| old.get(name) != Some(value)) {
        let stored = match value {
            Json::Array(several) => several.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(","),
            Json::Bool(_) | Json::Number(_) => value.to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        let text = sql!(
            "INSERT INTO setting (tenant_id, name, value) VALUES (?1, ?2, ?3)
             ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value"
        );
        batch.run(Statement::new(text, [caller.tenant.into(), Cell::from(name.as_str()), Cell::from(stored)]));
        changes.insert(name.clone(), json!([old.get(name), value]));
    }
    if !changes.is_empty() {
        batch.schema_changed();
        if (&after.base_currency, &after.time_zone) != (&before.base_currency, &before.time_zone) {
            crate::derived::fill::all_later(records, caller, &mut batch).await?;
        }
        batch.log(event(records, "settings.changed", Json::Object(changes)));
        records.db().submit(caller, batch).await?;
    }
    Ok(after)
}

fn event(records: &Records, kind: &'static str, changes: Json) -> Event {
    let action = records.db().ids().next();
    Event { action, kind, object: 0, record: None, changes: changes.to_string(), also: Vec::new() }
}

fn put(settings: &mut Settings, name: &str, value: &Json) -> Result<(), Message> {
    let text = || value.as_str().map(str::trim).ok_or_else(|| message!("settings-text-expected"));
    match name {
        "company" => settings.company = text()?.chars().take(200).collect(),
        "country" => settings.country = country(text()?)?,
        "base_currency" => settings.base_currency = currency(text()?)?,
        "time_zone" => {
            jiff::tz::TimeZone::get(text()?).map_err(|_| message!("settings-time-zone"))?;
            settings.time_zone = text()?.to_owned();
        }
        "languages" => {
            let codes = value.as_array().ok_or_else(|| message!("settings-languages"))?;
            let codes = codes.iter().map(|code| code.as_str().and_then(base::Language::parse));
            let codes: Option<Vec<_>> = codes.collect();
            let codes = codes.filter(|codes| !codes.is_empty()).ok_or_else(|| message!("settings-languages"))?;
            settings.languages = codes.iter().map(|language| language.code().to_owned()).collect();
        }
        "allow_national_ids" => {
            settings.allow_national_ids = value.as_bool().ok_or_else(|| message!("settings-yes-no"))?;
        }
        "definition_bin_days" => {
            let days = value.as_i64().filter(|days| (1..=MOST_BIN_DAYS).contains(days));
            settings.definition_bin_days =
                days.ok_or_else(|| message!("settings-number", least = 1, most = MOST_BIN_DAYS))?;
        }
        "file_limit_mb" => settings.file_limit_mb = megabytes(value, MOST_FILE_MB)?,
        "file_quota_mb" if value.is_null() => settings.file_quota_mb = None,
        "file_quota_mb" => settings.file_quota_mb = Some(megabytes(value, MOST_QUOTA_MB)?),
        _ => return Err(message!("settings-unknown")),
    }
    Ok(())
}

/// Megabytes of one file, and of all.
const MOST_FILE_MB: i64 = 4_096;
const MOST_QUOTA_MB: i64 = 1 << 30;

fn megabytes(value: &Json, most: i64) -> Result<i64, Message> {
    value
        .as_i64()
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| message!("settings-megabytes", most = most))
}

fn country(text: &str) -> Result<String, Message> {
    let code = text.to_ascii_uppercase();
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        Ok(code)
    } else {
        Err(message!("settings-country"))
    }
}

fn currency(text: &str) -> Result<String, Message> {
    let code = text.to_ascii_uppercase();
    let known = iso_currency::Currency::from_code(&code).is_some();
    if known { Ok(code) } else { Err(message!("settings-currency")) }
}

/// All rates, by currency and day.
pub async fn load_rates(reader: &mut Reader, tenant: TenantId) -> Result<Rates> {
    let text = sql!("SELECT currency, day, units FROM rate WHERE tenant_id = ?1");
    let rows = reader.rows(Statement::new(text, [tenant.into()])).await?;
    let mut rates = Rates::new();
    for row in rows.iter() {
        rates.entry(row.text(0)?.to_owned()).or_default().insert(row.text(1)?.to_owned(), row.int(2)?);
    }
    Ok(rates)
}

/// Sets what one unit of each currency is worth in the base currency from a day on, all or none, and has the
/// amounts that it concerns converted anew. Each rate is `(currency, day, rate)`.
///
/// # Errors
/// Field errors for a currency, day or rate that cannot be.
pub async fn set_rates(records: &Records, caller: &Caller, rates: &[(String, String, String)]) -> Result<()> {
    let mut batch = Batch::new();
    let mut shown = Vec::new();
    for (code, day, rate) in rates {
        let currency = currency(code).map_err(|message| Error::field("currency", message))?;
        let day = time::parse_date(day).ok_or_else(|| Error::field("day", message!("settings-day")))?.to_string();
        let units = decimal::parse(rate, 9).ok().filter(|units| (1..=1_000_000 * RATE_ONE).contains(units));
        let units = units.ok_or_else(|| Error::field("rate", message!("settings-rate")))?;
        let text = sql!(
            "INSERT INTO rate (tenant_id, currency, day, units) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (tenant_id, currency, day) DO UPDATE SET units = excluded.units"
        );
        let cells = [caller.tenant.into(), currency.as_str().into(), day.as_str().into(), units.into()];
        batch.run(Statement::new(text, cells));
        shown.push(json!({"currency": currency, "day": day, "rate": rate}));
    }
    if batch.is_empty() {
        return Ok(());
    }
    batch.schema_changed();
    batch.log(event(records, "rates.changed", Json::Array(shown)));
    crate::revalue::later(records, &mut batch);
    records.db().submit(caller, batch).await?;
    Ok(())
}
