//! The standard objects of the customer base, as data, and the system fields that every record has.
//!
//! Products and orders are declared by `sales`, users and teams are kept by `identity` and only described here.

mod companies;
mod contacts;
mod notes;
mod people;
mod tasks;

use crate::{
    field::{Field, Kind, Storage},
    object::Object,
};

/// Companies, contacts, tasks, notes, and the users and teams that filters may look at.
pub fn objects() -> Vec<Object> {
    vec![companies::object(), contacts::object(), tasks::object(), notes::object(), people::users(), people::teams()]
}

/// The field of the files that are attached to a record.
pub const ATTACHMENTS: &str = "attachments";

/// Kept with the custom fields, so that no table needs a column for it; shown where it is asked for.
fn attachments() -> Field {
    let field = Field::new(ATTACHMENTS, Kind::File).called("Attachments", "Załączniki", "Pièces jointes", "Atașamente");
    Field { many: true, storage: Storage::Slot("files".to_owned()), ..field }
}

/// What every record of `object` has: its id, whose it is, who made and changed it and when.
pub fn system_fields(object: &str) -> Vec<Field> {
    let id = Field::new("id", Kind::Relation).called("Id", "Id", "Id", "Id").to(object, None).read_only();
    vec![
        Field { sortable: true, ..id },
        Field::new("owner", Kind::User).called("Owner", "Właściciel", "Responsable", "Responsabil"),
        Field::new("team", Kind::Team).called("Team", "Zespół", "Équipe", "Echipă"),
        Field::new("tags", Kind::Tags).called("Tags", "Etykiety", "Étiquettes", "Etichete"),
        attachments(),
        Field::new("created_at", Kind::Instant).called("Created", "Utworzono", "Créé le", "Creat la").read_only(),
        Field::new("updated_at", Kind::Instant)
            .called("Changed", "Zmieniono", "Modifié le", "Modificat la")
            .read_only(),
        Field::new("created_by", Kind::User).called("Created by", "Utworzył", "Créé par", "Creat de").read_only(),
        Field::new("updated_by", Kind::User).called("Changed by", "Zmienił", "Modifié par", "Modificat de").read_only(),
        Field::new("version", Kind::Integer).called("Version", "Wersja", "Version", "Versiune").read_only(),
    ]
}
