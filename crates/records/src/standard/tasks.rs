//! Tasks: what is to be done, by whom, until when, about which record.

use crate::{
    field::{Field, Kind},
    object::{Labels, Object},
};

pub fn object() -> Object {
    let labels =
        (Labels::all("Task", "Zadanie", "Tâche", "Sarcină"), Labels::all("Tasks", "Zadania", "Tâches", "Sarcini"));
    let fields = vec![
        Field::new("subject", Kind::Text).called("Subject", "Temat", "Objet", "Subiect").required().searched(),
        Field::new("due_at", Kind::Instant).called("Due", "Termin", "Échéance", "Termen"),
        Field::new("remind_at", Kind::Instant).called("Remind at", "Przypomnij", "Rappeler le", "Amintește la"),
        Field::new("status", Kind::Choice)
            .called("Status", "Status", "Statut", "Stare")
            .default_choice("open")
            .choices(&[
                ("open", "Open", "Otwarte", "Ouverte", "Deschisă"),
                ("waiting", "Waiting", "Oczekuje", "En attente", "În așteptare"),
                ("done", "Done", "Zrobione", "Terminée", "Încheiată"),
                ("cancelled", "Cancelled", "Anulowane", "Annulée", "Anulată"),
            ]),
        Field::new("priority", Kind::Choice)
            .called("Priority", "Priorytet", "Priorité", "Prioritate")
            .default_choice("normal")
            .choices(&[
                ("low", "Low", "Niski", "Basse", "Scăzută"),
                ("normal", "Normal", "Normalny", "Normale", "Normală"),
                ("high", "High", "Wysoki", "Haute", "Ridicată"),
            ]),
        Field::new("assignee", Kind::User).called("Assigned to", "Przydzielono", "Attribuée à", "Atribuită lui"),
        Field::new("about", Kind::Relation).called("About", "Dotyczy", "Concerne", "Despre").to_any("tasks"),
        Field::new("body", Kind::LongText).called("Description", "Opis", "Description", "Descriere"),
    ];
    Object::standard(3, "tasks", "task", labels, fields).titled(&["subject"])
}
