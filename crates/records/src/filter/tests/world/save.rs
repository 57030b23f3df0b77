//! Writes the world into a database, row by row.

use super::{Company, TEAMS, USERS};
use crate::{
    field::Field,
    filter::{RecordRef, World},
    layout::{Layout, Record},
    object::Object,
    stored,
    value::Value,
};
use base::{Caller, Id, TenantId, fold};
use db::{Batch, Cell, Db, Statement};

impl Company {
    /// Writes all of it into a database.
    pub async fn save(&self, db: &Db, caller: &Caller) {
        let tenant = caller.tenant;
        let mut batch = Batch::new();
        for id in TEAMS {
            let text = db::sql!(
                "INSERT INTO team (tenant_id, id, name, name_key, version, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, 1, 0, 0)"
            );
            let name = self.name_of("teams", id);
            let key = fold::key(&name);
            batch.run(Statement::new(text, [tenant.into(), id.into(), name.into(), key.into()]));
        }
        for (at, id) in USERS.iter().enumerate() {
            let text = db::sql!(
                "INSERT INTO app_user (tenant_id, id, email, email_key, name, name_key, language, active, version,
                                       created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pl', 1, 1, 0, 0)"
            );
            let (name, email) = (self.name_of("users", *id), format!("user{at}@example.com"));
            let (name_key, email_key) = (fold::key(&name), fold::key(&email));
            let args = [tenant.into(), Cell::from(*id), email.into(), email_key.into(), name.into(), name_key.into()];
            batch.run(Statement::new(text, args));
        }
        for object in self.schema.objects().iter().filter(|object| !object.internal) {
            let layout = Layout::new(object);
            for record in self.records.values().filter(|record| record.object == object.id) {
                batch.run(layout.insert(tenant, object, record));
                self.save_many(tenant, object, record, &mut batch);
            }
        }
        db.submit(caller, batch).await.unwrap();
    }

    fn name_of(&self, object: &str, id: i64) -> String {
        let object = self.schema.object(object).unwrap();
        let name = self.value(RecordRef { object: object.id, id: Id(id) }, object.field("name").unwrap());
        name.text().unwrap().to_owned()
    }

    fn save_many(&self, tenant: TenantId, object: &Object, record: &Record, batch: &mut Batch) {
        for (field, value) in object.fields.iter().zip(&record.values).filter(|(field, _)| field.holds_many()) {
            for (position, one) in (0_i64..).zip(value.each()) {
                let place = [tenant.into(), Cell::from(record.id), field.id.into(), position.into()];
                let (text, rest) = match one {
                    Value::Link(link) => (
                        db::sql!(
                            "INSERT INTO link (tenant_id, from_id, field_id, position, to_id, role, from_day, until_day)
                             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                        ),
                        vec![
                            link.id.into(),
                            link.role.clone().into(),
                            link.from.map(|day| day.to_string()).into(),
                            link.until.map(|day| day.to_string()).into(),
                        ],
                    ),
                    one => (
                        db::sql!(
                            "INSERT INTO item (tenant_id, record_id, field_id, position, value, key)
                             VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                        ),
                        vec![one.text().unwrap().into(), item_key(field, one).into()],
                    ),
                };
                batch.run(Statement::new(text, place.into_iter().chain(rest)));
            }
        }
    }
}

fn item_key(field: &Field, value: &Value) -> String {
    stored::key(field, value).unwrap_or_else(|| value.text().unwrap().to_owned())
}
