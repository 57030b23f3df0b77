//! Notes: what somebody wrote down about a record.

use crate::{
    field::{Field, Kind, Personal},
    object::{Labels, Object},
};

pub fn object() -> Object {
    let labels = (Labels::all("Note", "Notatka", "Note", "Notă"), Labels::all("Notes", "Notatki", "Notes", "Note"));
    let body = Field {
        personal: Some(Personal::Opinion),
        ..Field::new("body", Kind::LongText).called("Text", "Treść", "Texte", "Text").required().searched()
    };
    let fields = vec![
        body,
        Field::new("about", Kind::Relation).called("About", "Dotyczy", "Concerne", "Despre").to_any("notes"),
    ];
    Object::standard(4, "notes", "note", labels, fields).titled(&["body"])
}
