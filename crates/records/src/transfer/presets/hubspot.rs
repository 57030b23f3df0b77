//! HubSpot.

use super::Preset;

pub const PRESET: Preset = Preset {
    name: "hubspot",
    markers: "record id|associated company|company domain name|task title",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "record id"),
                ("first_name", "first name"),
                ("last_name", "last name"),
                ("email", "email"),
                ("phone", "phone number|mobile phone number"),
                ("job_title", "job title"),
                ("company", "associated company|company name"),
                ("street", "street address"),
                ("city", "city"),
                ("region", "state region"),
                ("postcode", "postal code"),
                ("country", "country region|country"),
                ("birth_date", "date of birth"),
                ("source", "original source"),
            ],
        ),
        (
            "companies",
            &[
                ("external_id", "record id"),
                ("name", "company name|name"),
                ("website", "website url|company domain name"),
                ("phone", "phone number"),
                ("industry", "industry"),
                ("street", "street address"),
                ("city", "city"),
                ("region", "state region"),
                ("postcode", "postal code"),
                ("country", "country region|country"),
            ],
        ),
        ("tasks", &[("subject", "task title"), ("body", "notes|task notes"), ("due_at", "due date")]),
        ("notes", &[("body", "note body|body")]),
    ],
};
