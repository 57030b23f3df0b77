//! Pipedrive.

use super::Preset;

pub const PRESET: Preset = Preset {
    name: "pipedrive",
    markers: "person name|person organization|organization name|activity subject|note content",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "person pipedrive system id|person id"),
                ("first_name", "person first name"),
                ("last_name", "person last name|person name"),
                ("company", "person organization|organization name|organization"),
                ("email", "person email work|person email|person email home|person email other"),
                ("phone", "person phone work|person phone|person phone mobile|person phone home"),
                ("job_title", "person job title"),
                ("birth_date", "person birthday"),
                ("owner", "person owner"),
            ],
        ),
        (
            "companies",
            &[
                ("external_id", "organization pipedrive system id|organization id"),
                ("name", "organization name"),
                ("website", "organization website"),
                ("industry", "organization industry"),
                ("street", "organization address"),
                (
                    "city",
                    "organization address city town village locality of address|organization city town village locality of address",
                ),
                ("region", "organization address state county of address|organization state county of address"),
                ("postcode", "organization address zip postal code of address|organization zip postal code of address"),
                ("country", "organization address country of address|organization country of address"),
                ("owner", "organization owner"),
            ],
        ),
        (
            "tasks",
            &[
                ("subject", "activity subject"),
                ("body", "activity note"),
                ("due_at", "activity due date"),
                ("status", "activity done"),
                ("assignee", "activity assigned to user"),
                ("about.companies.name", "activity organization|organization|organization name"),
            ],
        ),
        (
            "notes",
            &[("body", "note content"), ("about.companies.name", "note organization|organization|organization name")],
        ),
    ],
    values: &[(
        "status",
        &[
            ("done", "done"),
            ("undone", "open"),
            ("to do", "open"),
            ("yes", "done"),
            ("no", "open"),
            ("1", "done"),
            ("0", "open"),
        ],
    )],
};
