//! Salesforce.

use super::Preset;

pub const PRESET: Preset = Preset {
    name: "salesforce",
    markers: "mailingstreet|mailing street|leadsource|billingstreet|billing street|activitydate|accountid|account id",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "id|contact id"),
                ("first_name", "firstname|first name"),
                ("last_name", "lastname|last name"),
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
            ],
        ),
        ("tasks", &[("subject", "subject"), ("body", "description|comments"), ("due_at", "activitydate|due date")]),
        ("notes", &[("body", "body|content")]),
    ],
};
