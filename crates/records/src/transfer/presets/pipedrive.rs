//! Pipedrive.

use super::Preset;

pub const PRESET: Preset = Preset {
    name: "pipedrive",
    markers: "person name|person organization|organization name|activity subject|note content",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "person id"),
                ("first_name", "person first name"),
                ("last_name", "person last name|person name"),
                ("company", "person organization"),
                ("email", "person email work|person email|person email home|person email other"),
                ("phone", "person phone work|person phone|person phone mobile|person phone home"),
                ("job_title", "person job title"),
                ("birth_date", "person birthday"),
            ],
        ),
        (
            "companies",
            &[
                ("external_id", "organization id"),
                ("name", "organization name"),
                ("website", "organization website"),
                ("industry", "organization industry"),
                ("street", "organization address"),
                ("city", "organization city town village locality of address"),
                ("region", "organization state county of address"),
                ("postcode", "organization zip postal code of address"),
                ("country", "organization country of address"),
            ],
        ),
        ("tasks", &[("subject", "activity subject"), ("body", "activity note"), ("due_at", "activity due date")]),
        ("notes", &[("body", "note content")]),
    ],
};
