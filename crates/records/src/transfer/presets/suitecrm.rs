//! SuiteCRM.

use super::{PRIORITIES, Preset};

pub const PRESET: Preset = Preset {
    name: "suitecrm",
    markers: "primary address street|primary address city|office phone|phone work|assigned user name|date due",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "id"),
                ("first_name", "first name"),
                ("last_name", "last name"),
                ("company.external_id", "account id"),
                ("company", "account name"),
                ("job_title", "title|job title"),
                ("email", "email address|email"),
                ("phone", "office phone|phone work|mobile|phone mobile"),
                ("street", "primary address street"),
                ("city", "primary address city"),
                ("region", "primary address state"),
                ("postcode", "primary address postalcode|primary address postal code"),
                ("country", "primary address country"),
                ("birth_date", "birthdate"),
                ("source", "lead source"),
                ("owner", "assigned user name|assigned to|assigned user"),
            ],
        ),
        (
            "companies",
            &[
                ("external_id", "id"),
                ("name", "name"),
                ("website", "website"),
                ("email", "email address|email"),
                ("phone", "office phone|phone office"),
                ("industry", "industry"),
                ("street", "billing street|billing address street"),
                ("city", "billing city|billing address city"),
                ("region", "billing state|billing address state"),
                ("postcode", "billing postal code|billing address postalcode"),
                ("country", "billing country|billing address country"),
                ("owner", "assigned user name|assigned to|assigned user"),
            ],
        ),
        (
            "tasks",
            &[
                ("subject", "subject|name"),
                ("body", "description"),
                ("due_at", "due date|date due"),
                ("status", "status"),
                ("priority", "priority"),
                ("assignee", "assigned user name|assigned to|assigned user"),
                ("about.contacts.external_id", "contact id"),
                ("about.external_id", "parent id|related to id"),
            ],
        ),
        (
            "notes",
            &[
                ("body", "description|note"),
                ("owner", "assigned user name|assigned to|assigned user"),
                ("about.contacts.external_id", "contact id"),
                ("about.external_id", "parent id|related to id"),
            ],
        ),
    ],
    values: &[
        (
            "status",
            &[
                ("not started", "open"),
                ("in progress", "open"),
                ("pending input", "waiting"),
                ("deferred", "waiting"),
                ("completed", "done"),
            ],
        ),
        PRIORITIES,
    ],
};
