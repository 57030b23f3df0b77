//! The door to records: the same few addresses for every object, standard or custom.
//!
//! Handlers only translate: what may be done and how is decided in `query`, `store` and their neighbours.

mod answered;
mod attachments;
mod batch;
mod bin;
mod bulk;
mod changing;
mod company;
mod document;
mod duplicate_rules;
mod duplicates;
mod expand;
mod export_schedules;
mod files;
mod found;
mod household;
mod layouts;
mod live;
mod mappings;
mod merging;
mod objects;
mod options;
mod past;
mod reading;
mod recents;
mod templates;
mod tree;
mod undoing;
mod uploads;
mod views;

pub use answered::{Answered, Once, by, parse_id};
pub use document::document;

use crate::catalog::Records;
use web::Routes;

/// Every route of the record engine.
pub fn routes(records: Records) -> Routes {
    Routes::new()
        .merge(reading::routes())
        .merge(changing::routes())
        .merge(batch::routes())
        .merge(tree::routes())
        .merge(past::routes())
        .merge(merging::routes())
        .merge(duplicates::routes())
        .merge(duplicate_rules::routes())
        .merge(household::routes())
        .merge(undoing::routes())
        .merge(bulk::routes())
        .merge(objects::routes())
        .merge(options::routes())
        .merge(bin::routes())
        .merge(layouts::routes())
        .merge(company::routes())
        .merge(files::routes())
        .merge(mappings::routes())
        .merge(export_schedules::routes())
        .merge(views::routes())
        .merge(templates::routes())
        .merge(found::routes())
        .merge(recents::routes())
        .merge(live::routes())
        .merge(uploads::routes())
        .merge(attachments::routes())
        .with_state(records)
}
