//! EspoCRM.

use super::Preset;

pub const PRESET: Preset = Preset {
    name: "espocrm",
    markers: "firstname|emailaddress|addressstreet|billingaddressstreet|accountname|dateend",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "id"),
                ("first_name", "firstname|first name"),
                ("last_name", "lastname|last name"),
                ("company", "accountname|account name|account"),
                ("job_title", "title|account title"),
                ("email", "emailaddress|email"),
                ("phone", "phonenumber|phone"),
                ("street", "addressstreet|address street"),
                ("city", "addresscity|address city"),
                ("region", "addressstate|address state"),
                ("postcode", "addresspostalcode|address postal code"),
                ("country", "addresscountry|address country"),
            ],
        ),
        (
            "companies",
            &[
                ("external_id", "id"),
                ("name", "name"),
                ("website", "website"),
                ("email", "emailaddress|email"),
                ("phone", "phonenumber|phone"),
                ("industry", "industry"),
                ("street", "billingaddressstreet|billing address street"),
                ("city", "billingaddresscity|billing address city"),
                ("region", "billingaddressstate|billing address state"),
                ("postcode", "billingaddresspostalcode|billing address postal code"),
                ("country", "billingaddresscountry|billing address country"),
            ],
        ),
        ("tasks", &[("subject", "name"), ("body", "description"), ("due_at", "dateend|date due")]),
        ("notes", &[("body", "post")]),
    ],
};
