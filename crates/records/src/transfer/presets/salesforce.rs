//! Salesforce.

use super::{PRIORITIES, Preset};

pub const PRESET: Preset = Preset {
    name: "salesforce",
    markers: "mailingstreet|mailing street|leadsource|billingstreet|billing street|activitydate|accountid|account id|whoid|whatid",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "id|contact id"),
                ("first_name", "firstname|first name"),
                ("last_name", "lastname|last name"),
                ("company.external_id", "accountid|account id"),
                ("company", "account name"),
                ("email", "email"),
                ("phone", "phone|mobilephone|mobile"),
                ("job_title", "title"),
                ("street", "mailingstreet|mailing street"),
                ("city", "mailingcity|mailing city"),
                ("region", "mailingstate|mailing state province"),
                ("postcode", "mailingpostalcode|mailing zip postal code"),
                ("country", "mailingcountry|mailing country"),
                ("birth_date", "birthdate"),
                ("source", "leadsource|lead source"),
                ("owner", "owner email|contact owner email|contact owner|owner name"),
            ],
        ),
        (
            "companies",
            &[
                ("external_id", "id|account id"),
                ("name", "name|account name"),
                ("phone", "phone"),
                ("website", "website"),
                ("industry", "industry"),
                ("street", "billingstreet|billing street"),
                ("city", "billingcity|billing city"),
                ("region", "billingstate|billing state province"),
                ("postcode", "billingpostalcode|billing zip postal code"),
                ("country", "billingcountry|billing country"),
                ("owner", "owner email|account owner email|account owner|owner name"),
            ],
        ),
        (
            "tasks",
            &[
                ("subject", "subject"),
                ("body", "description|comments|full comments"),
                ("due_at", "activitydate|due date|date"),
                ("status", "status"),
                ("priority", "priority"),
                ("assignee", "owner email|assigned to|assigned"),
                ("about.contacts.external_id", "whoid|contact id"),
                ("about.companies.external_id", "whatid|accountid|account id"),
            ],
        ),
        (
            "notes",
            &[
                ("body", "body|content"),
                ("owner", "owner email|owner name"),
                ("about.external_id", "parentid|parent id"),
            ],
        ),
    ],
    values: &[
        (
            "status",
            &[
                ("not started", "open"),
                ("in progress", "open"),
                ("waiting on someone else", "waiting"),
                ("deferred", "waiting"),
                ("completed", "done"),
            ],
        ),
        PRIORITIES,
    ],
};
