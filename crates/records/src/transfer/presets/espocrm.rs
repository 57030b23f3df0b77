//! EspoCRM.

use super::{PRIORITIES, Preset};

pub const PRESET: Preset = Preset {
    name: "espocrm",
    markers: "firstname|emailaddress|addressstreet|billingaddressstreet|accountname|dateend|assignedusername|parentid",
    objects: &[
        (
            "contacts",
            &[
                ("external_id", "id"),
                ("first_name", "firstname|first name"),
                ("last_name", "lastname|last name"),
                ("company.external_id", "accountid|account id"),
                ("company", "accountname|account name|account"),
                ("job_title", "title|account title"),
                ("email", "emailaddress|email"),
                ("phone", "phonenumber|phone"),
                ("street", "addressstreet|address street"),
                ("city", "addresscity|address city"),
                ("region", "addressstate|address state"),
                ("postcode", "addresspostalcode|address postal code"),
                ("country", "addresscountry|address country"),
                ("owner", "assignedusername|assigned user name|assigned user"),
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
                ("owner", "assignedusername|assigned user name|assigned user"),
            ],
        ),
        (
            "tasks",
            &[
                ("subject", "name"),
                ("body", "description"),
                ("due_at", "dateend|date end|date due"),
                ("status", "status"),
                ("priority", "priority"),
                ("assignee", "assignedusername|assigned user name|assigned user"),
                ("about.external_id", "parentid|parent id"),
                ("about.contacts.external_id", "contactid|contact id"),
                ("about.companies.external_id", "accountid|account id"),
            ],
        ),
        ("notes", &[("body", "post"), ("about.external_id", "parentid|parent id")]),
    ],
    values: &[
        (
            "status",
            &[
                ("not started", "open"),
                ("started", "open"),
                ("completed", "done"),
                ("canceled", "cancelled"),
                ("deferred", "waiting"),
            ],
        ),
        PRIORITIES,
    ],
};
