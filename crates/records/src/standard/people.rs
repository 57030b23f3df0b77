//! Users and teams as filters see them: `owner.name`, `team.name`. Their own addresses are `identity`'s.

use crate::{
    field::{Field, Kind},
    object::{Labels, Object, Table},
};

fn internal(id: i64, name: &str, table: &'static str, labels: (Labels, Labels), fields: Vec<Field>) -> Object {
    let mut object = Object {
        id,
        name: name.to_owned(),
        singular: labels.0,
        plural: labels.1,
        table: Table::Own(table),
        fields,
        title: vec!["name".to_owned()],
        internal: true,
        custom: false,
        deleted: false,
        rules: Vec::new(),
        duplicates: None,
    };
    object.number_fields();
    object
}

pub fn users() -> Object {
    let labels = (
        Labels::all("User", "Użytkownik", "Utilisateur", "Utilizator"),
        Labels::all("Users", "Użytkownicy", "Utilisateurs", "Utilizatori"),
    );
    let fields = vec![
        Field::new("name", Kind::Text).called("Name", "Nazwa", "Nom", "Nume"),
        Field::new("email", Kind::Email).called("E-mail", "E-mail", "E-mail", "E-mail"),
    ];
    internal(8, "users", "app_user", labels, fields)
}

pub fn teams() -> Object {
    let labels =
        (Labels::all("Team", "Zespół", "Équipe", "Echipă"), Labels::all("Teams", "Zespoły", "Équipes", "Echipe"));
    let fields = vec![Field::new("name", Kind::Text).called("Name", "Nazwa", "Nom", "Nume")];
    internal(9, "teams", "team", labels, fields)
}
