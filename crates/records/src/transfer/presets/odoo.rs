//! Odoo: people and companies are both partners there, so that one file holds them apart by a column.

use super::Preset;

pub const PRESET: Preset = Preset {
    name: "odoo",
    markers: "related company|parent id|job position|is a company|complete name|display name|company type",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "external id|id"),
                ("last_name", "name|display name|complete name"),
                ("company", "related company|parent id|company name"),
                ("job_title", "job position|function"),
                ("email", "email"),
                ("phone", "phone|mobile"),
                ("street", "street"),
                ("city", "city"),
                ("region", "state|state id"),
                ("postcode", "zip"),
                ("country", "country|country id"),
                ("owner", "salesperson|salesperson email|user id"),
            ],
        ),
        (
            "companies",
            &[
                ("external_id", "external id|id"),
                ("name", "name|display name|complete name"),
                ("tax_id", "tax id|vat"),
                ("website", "website|website link"),
                ("email", "email"),
                ("phone", "phone|mobile"),
                ("industry", "industry|industry id"),
                ("street", "street"),
                ("city", "city"),
                ("region", "state|state id"),
                ("postcode", "zip"),
                ("country", "country|country id"),
                ("owner", "salesperson|salesperson email|user id"),
            ],
        ),
        (
            "tasks",
            &[
                ("subject", "summary|title|name"),
                ("body", "note|description"),
                ("due_at", "due date|date deadline|deadline"),
                ("assignee", "assigned to|user id"),
                ("about.companies.name", "document name|res name"),
            ],
        ),
        ("notes", &[("body", "contents|body|note")]),
    ],
    values: &[],
};
