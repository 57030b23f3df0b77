//! Records that are there already and say what a row would make once more: so that a file which comes again makes no
//! note twice.

use crate::{
    field::Part,
    fields,
    layout::Selection,
    object::Object,
    permissions::{Access, Action},
    sql::Sql,
    store::Work,
    value::Value,
};
use base::{Id, Result};
use db::Reader;
use std::collections::{HashMap, HashSet};

/// Most records that are compared with what the rows of a slice would make; the youngest go first.
const MOST: i64 = 5_000;
const SLICE: usize = 500;

/// What is there, by the record that it leads to: the texts of some fields.
#[derive(Default)]
pub(super) struct Alike {
    places: Vec<usize>,
    there: HashMap<Id, HashSet<Vec<String>>>,
}

impl Alike {
    /// Reads what leads to some records by one field. Nobody learns here what they may not know.
    pub async fn load(
        work: &Work<'_>,
        reader: &mut Reader,
        object: &Object,
        (leads_at, places): (usize, Vec<usize>),
        subjects: &[Id],
    ) -> Result<Alike> {
        let access = Access::new(&work.catalog.schema, work.caller);
        let field = |at: &usize| object.fields.get(*at);
        let Some(leads) = field(&leads_at).filter(|leads| !leads.holds_many()) else { return Ok(Alike::default()) };
        let may_know = places.iter().filter_map(field).all(|field| access.may_know(object, field));
        if subjects.is_empty() || !may_know || !access.may_filter(object, leads) {
            return Ok(Alike::default());
        }
        let wanted = places.iter().copied().chain([leads_at]).collect();
        let selection = Selection::new(&work.catalog.schema, object, wanted, "r");
        let mut alike = Alike { places, there: HashMap::new() };
        for slice in subjects.chunks(SLICE) {
            let mut sql = Sql::new();
            sql.push("SELECT ").push_expression(&selection.columns).push(" FROM ").push(object.table_name());
            sql.push(" r WHERE ");
            access.push_living(&mut sql, object, Action::Read, "r");
            sql.push(" AND ").push_field(work.records.db().dialect(), "r", leads, Part::Value).push(" IN ");
            sql.push_list(slice.iter().copied()).push(" ORDER BY r.id DESC LIMIT ").push_arg(MOST);
            let mut rows = reader.rows(sql.statement()).await?;
            for row in rows.cells.chunks_exact_mut(selection.width()) {
                let mut values = selection.values(object, row)?;
                let Some(link) = values.pop().as_ref().and_then(Value::link).map(|link| link.id) else { continue };
                let places = alike.places.iter().copied();
                let texts = alike.texts(work, object, &places.zip(values).collect::<Vec<_>>());
                alike.there.entry(link).or_default().insert(texts);
            }
        }
        Ok(alike)
    }

    /// Whether something that leads to the record says just this.
    pub fn has(&self, work: &Work<'_>, object: &Object, subject: Id, values: &[(usize, Value)]) -> bool {
        self.there.get(&subject).is_some_and(|there| there.contains(&self.texts(work, object, values)))
    }

    fn texts(&self, work: &Work<'_>, object: &Object, values: &[(usize, Value)]) -> Vec<String> {
        let text = |at: &usize| {
            let value = values.iter().find(|(place, _)| place == at).map(|(_, value)| value)?;
            Some(fields::to_text(object.fields.get(*at)?, value, work.catalog.schema.names()))
        };
        self.places.iter().map(|at| text(at).unwrap_or_default()).collect()
    }
}
