//! Twenty.

use super::Preset;

pub const PRESET: Preset = Preset {
    name: "twenty",
    markers: "name first name|first name name|emails primary email|phones primary phone number|domain name link url|address address city",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "id"),
                ("first_name", "name first name|first name name|first name"),
                ("last_name", "name last name|last name name|last name"),
                ("company.external_id", "company id|companyid"),
                ("company", "company name|company"),
                ("job_title", "job title"),
                ("email", "emails primary email|primary email emails|primary email"),
                ("phone", "phones primary phone number|primary phone number phones|primary phone number"),
                ("city", "city"),
            ],
        ),
        (
            "companies",
            &[
                ("external_id", "id"),
                ("name", "name"),
                ("website", "domain name link url|link url domain name|domain name"),
                ("street", "address address street 1|address street 1"),
                ("city", "address address city|address city"),
                ("region", "address address state|address state"),
                ("postcode", "address address postcode|address postcode"),
                ("country", "address address country|address country"),
            ],
        ),
        (
            "tasks",
            &[
                ("subject", "title"),
                ("body", "body|body markdown|markdown body|bodyv2 markdown"),
                ("due_at", "due date|due at|dueat"),
                ("status", "status"),
                ("assignee", "assignee|assignee name|assignee email|assignee user email"),
            ],
        ),
        ("notes", &[("body", "body|body markdown|markdown body|bodyv2 markdown|title")]),
    ],
    values: &[(
        "status",
        &[("todo", "open"), ("to do", "open"), ("in_progress", "open"), ("in progress", "open"), ("done", "done")],
    )],
};
