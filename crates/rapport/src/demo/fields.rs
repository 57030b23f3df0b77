//! What the demo company wants to know of its contacts beyond the standard fields: ten custom ones.

use super::{chance::Chance, draft::Draft, lands::Land};
use base::{Caller, Error, Result};
use jiff::{ToSpan, civil::Date};
use records::{catalog::Records, definitions, value::Value};
use serde_json::json;

/// Of the field `persona`.
pub const PERSONAS: [&str; 8] = ["founder", "buyer", "technician", "finance", "assistant", "advisor", "press", "other"];
const INTERESTS: [&str; 5] = ["tools", "furniture", "lighting", "paper", "software"];

/// Defines the fields.
pub async fn define(records: &Records, caller: &Caller) -> Result<()> {
    let label = |en: &str, pl: &str, fr: &str, ro: &str| json!({"en": en, "pl": pl, "fr": fr, "ro": ro});
    let fields = [
        json!({"name": "persona", "type": "choice", "options": PERSONAS, "label": label("Persona", "Rola", "Profil", "Profil")}),
        json!({"name": "score", "type": "integer", "label": label("Score", "Punkty", "Score", "Scor"), "min": 0, "max": 1_000}),
        json!({"name": "renewal", "type": "date", "label": label("Renewal", "Odnowienie", "Renouvellement", "Reînnoire")}),
        json!({"name": "vip", "type": "yes_no", "label": label("VIP", "VIP", "VIP", "VIP")}),
        json!({"name": "code", "type": "text", "label": label("Code", "Kod", "Code", "Cod")}),
        json!({"name": "last_visit", "type": "date", "label": label("Last visit", "Ostatnia wizyta", "Dernière visite", "Ultima vizită")}),
        json!({"name": "budget", "type": "money", "label": label("Budget", "Budżet", "Budget", "Buget")}),
        json!({"name": "satisfaction", "type": "decimal", "scale": 1, "label": label("Satisfaction", "Zadowolenie", "Satisfaction", "Satisfacție")}),
        json!({"name": "newsletter", "type": "yes_no", "label": label("Newsletter", "Biuletyn", "Lettre d’information", "Buletin")}),
        json!({"name": "interests", "type": "choices", "options": INTERESTS, "label": label("Interests", "Zainteresowania", "Centres d’intérêt", "Interese")}),
    ];
    for field in fields {
        let input = serde_json::from_value(field).map_err(Error::internal)?;
        definitions::create_field(records, caller, "contacts", &input).await?;
    }
    Ok(())
}

/// Values of the fields, for one contact.
pub fn fill<'a>(draft: Draft<'a>, chance: &mut Chance, land: &Land, today: Date) -> Draft<'a> {
    let day = |days: i64| today.saturating_add(days.days());
    let mut draft = draft
        .text("persona", chance.pick(&PERSONAS))
        .int("score", chance.between(0, 1_000))
        .date("renewal", day(chance.between(-200, 700)))
        .flag("vip", chance.percent(5))
        .text("code", code(chance))
        .flag("newsletter", chance.percent(40));
    if chance.percent(60) {
        draft = draft.date("last_visit", day(-chance.between(0, 900)));
    }
    if chance.percent(50) {
        draft = draft.money("budget", chance.between(1, 400) * 25_000, land.currency);
    }
    if chance.percent(35) {
        draft = draft.int("satisfaction", chance.between(20, 100));
    }
    let interests: Vec<Value> =
        INTERESTS.iter().filter(|_| chance.percent(25)).map(|&interest| Value::Text(interest.to_owned())).collect();
    if interests.is_empty() { draft } else { draft.put("interests", Value::Many(interests)) }
}

fn code(chance: &mut Chance) -> String {
    let letter = |chance: &mut Chance| char::from(b'A' + u8::try_from(chance.below(26)).unwrap_or(0));
    format!("{}{}-{:05}", letter(chance), letter(chance), chance.below(100_000))
}
