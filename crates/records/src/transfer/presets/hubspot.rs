//! HubSpot.

use super::Preset;

pub const PRESET: Preset = Preset {
    name: "hubspot",
    markers: "record id|associated company|company domain name|task title|task status|note body",
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
                ("source", "original source|original traffic source"),
                ("owner", "contact owner"),
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
                ("owner", "company owner"),
            ],
        ),
        (
            "tasks",
            &[
                ("subject", "task title|subject"),
                ("body", "task notes|notes|body"),
                ("due_at", "due date"),
                ("status", "task status|status"),
                ("priority", "task priority|priority"),
                ("assignee", "assigned to|activity assigned to|task owner"),
                ("about.contacts.external_id", "associated contact ids|associated contact id|contact record id"),
                ("about.companies.external_id", "associated company ids|associated company id|company record id"),
            ],
        ),
        (
            "notes",
            &[
                ("body", "note body|body"),
                ("owner", "activity assigned to|note owner"),
                ("about.contacts.external_id", "associated contact ids|associated contact id|contact record id"),
                ("about.companies.external_id", "associated company ids|associated company id|company record id"),
            ],
        ),
    ],
    values: &[
        (
            "status",
            &[
                ("not started", "open"),
                ("not_started", "open"),
                ("in progress", "open"),
                ("in_progress", "open"),
                ("waiting", "waiting"),
                ("deferred", "waiting"),
                ("completed", "done"),
            ],
        ),
        ("priority", &[("none", "normal"), ("low", "low"), ("medium", "normal"), ("high", "high")]),
    ],
};
