//! Bank accounts (ISO 13616): the length that their country has, and the check digits. Kept without blanks.

use super::{FieldKind, Objects, Reading, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use base::message;
use serde_json::{Value as Json, json};

pub(super) struct Iban;

/// Countries with an IBAN, each before the length of its accounts.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 \
    DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 \
    JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 \
    PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 \
    VA22 VG24 XK20 YE30";

impl FieldKind for Iban {
    fn name(&self) -> &'static str {
        "iban"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let compact = texts::compact(text);
        let refuse = || message!("field-not-an-iban", found = texts::quote(texts::trim(text)));
        let country = compact.get(..2).ok_or_else(refuse)?;
        let expected = length(country).ok_or_else(refuse)?;
        if !compact.bytes().all(|byte| byte.is_ascii_alphanumeric())
            || !compact.bytes().skip(2).take(2).all(|b| b.is_ascii_digit())
        {
            return Err(refuse());
        }
        if compact.len() != expected {
            let found = compact.len();
            return Err(message!("field-iban-length", country = country, length = expected, found = found));
        }
        let (start, account) = compact.split_at(4);
        if remainder_97(&format!("{account}{start}")) != Some(1) {
            return Err(message!("field-iban-check", found = compact));
        }
        texts::check(field, &compact, texts::LONGEST, reading)?;
        Ok(Value::Text(compact))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, _field: &Field) -> Json {
        json!({
            "type": "string",
            "pattern": "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,29}$",
            "description": "IBAN without blanks",
            "examples": ["PL61109010140000071219812874"],
        })
    }

    /// `PL•••2874`
    fn masked(&self, _field: &Field, value: &Value) -> String {
        let text = value.text().unwrap_or_default();
        let country = text.get(..2).unwrap_or_default();
        let last = text.len().checked_sub(4).and_then(|at| text.get(at..)).unwrap_or_default();
        format!("{country}•••{last}")
    }
}

fn length(country: &str) -> Option<usize> {
    LENGTHS.split(' ').find_map(|entry| entry.strip_prefix(country)?.parse().ok())
}

/// The rest of a number divided by 97, its letters read as 10 to 35 (ISO 7064). `None` for any other sign.
pub(super) fn remainder_97(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |rest, sign| {
        let digit = sign.to_digit(36)?;
        Some((rest * if digit < 10 { 10 } else { 100 } + digit) % 97)
    })
}
