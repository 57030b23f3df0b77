//! Export: all records that a question finds, as CSV, NDJSON, XLSX or vCards, page by page in the order of their ids.
//!
//! Each page is its own snapshot, so that a slow reader holds nothing back; a record is in the file once, as it was
//! when its page was read.

use crate::{
    field::{Field, Kind},
    layout::Selection,
    object::Object,
    permissions::Action,
    query::{ListRequest, Question, spread, with_twins},
    sql::Sql,
    store,
    transfer::{CardWriter, CsvWriter, NdjsonWriter, WorkbookWriter},
    value::Value,
};
use base::{Error, Id, Result, message};
use db::{Batch, Event, Row};
use serde_json::json;
use std::collections::HashMap;

/// How many records one query brings.
const PAGE: i64 = 2_000;

/// What an export is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    #[default]
    Csv,
    Ndjson,
    Xlsx,
    /// Contacts only.
    Vcf,
}

impl FileFormat {
    /// Its media type, and what the names of such files end with.
    pub fn kind(self) -> (&'static str, &'static str) {
        match self {
            FileFormat::Csv => ("text/csv; charset=utf-8", "csv"),
            FileFormat::Ndjson => ("application/x-ndjson", "ndjson"),
            FileFormat::Vcf => ("text/vcard; charset=utf-8", "vcf"),
            FileFormat::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        }
    }
}

/// An export that has been checked and may begin.
pub struct Export<'a> {
    question: Question<'a>,
    object: Object,
    request: ListRequest,
    selection: Selection,
    columns: Vec<Column>,
    writer: Writer,
    after: Id,
    has_ended: bool,
    /// Records that are written.
    pub count: i64,
}

/// One column of the file: its field, as the caller may see it.
struct Column {
    at: usize,
    field: Field,
    masked: bool,
}

enum Writer {
    Csv(CsvWriter),
    Ndjson(NdjsonWriter),
    Xlsx(Option<Box<WorkbookWriter>>),
    Vcf(CardWriter),
}

impl<'a> Export<'a> {
    /// Checks what is asked.
    ///
    /// # Errors
    /// `Forbidden` where the caller may read but not export; field errors as of a list.
    pub fn new(question: Question<'a>, object: &str, request: ListRequest, format: FileFormat) -> Result<Export<'a>> {
        let object = question.object(object)?.clone();
        if question.access().rights(&object).export == base::Scope::None {
            return Err(Error::Forbidden(message!("rights-export", object = object.name)));
        }
        let fields = question.exact_fields(&object, request.fields.as_deref())?;
        let columns: Vec<Column> = fields.iter().filter_map(|&at| column(&question, &object, at)).collect();
        let selection = Selection::new(&question.catalog.schema, &object, with_twins(&object, &fields), "r");
        question.filter(&object, request.filter.as_deref())?;
        let writer = Writer::new(&question, &object, format, &columns)?;
        Ok(Export { question, object, request, selection, columns, writer, after: Id(0), has_ended: false, count: 0 })
    }

    /// Notes in the log who took what away.
    pub async fn note(&self) -> Result<()> {
        let (records, caller) = (self.question.records, self.question.caller);
        let mut batch = Batch::new();
        batch.log(self.event(None));
        records.db().submit(caller, batch).await.map(drop)
    }

    /// What the log says of it; of one on a schedule, also of which.
    pub fn event(&self, schedule: Option<Id>) -> Event {
        let fields: Vec<&str> = self.columns.iter().map(|column| column.field.name.as_str()).collect();
        let mut changes = json!({"filter": self.request.filter, "view": self.request.view, "fields": fields});
        if let Some(schedule) = schedule {
            changes["schedule"] = json!(schedule);
        }
        let action = self.question.records.db().ids().next();
        let changes = changes.to_string();
        Event { action, kind: "exported", object: self.object.id, record: None, changes, also: Vec::new() }
    }

    /// The next piece of the file; `None` at its end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        // What is folded comes out when there is enough of it.
        while !self.has_ended {
            self.page().await?;
            let piece = self.writer.take(self.has_ended)?;
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }

    async fn page(&mut self) -> Result<()> {
        let mut sql = Sql::new();
        sql.push("SELECT ").push_expression(&self.selection.columns);
        self.question.push_from(&mut sql, &self.object, &self.request, Action::Export).await?;
        sql.push(" AND r.id > ").push_arg(self.after).push(" ORDER BY r.id LIMIT ").push_arg(PAGE);
        let records = self.question.records;
        let mut rows = records.db().reader(self.question.caller).once(sql.statement()).await?;
        self.has_ended = i64::try_from(rows.len()).is_ok_and(|count| count < PAGE);
        let mut page = Vec::with_capacity(rows.len());
        for row in rows.cells.chunks_exact_mut(self.selection.width()) {
            self.after = Row(row).id(0)?;
            page.push((self.after, spread(&self.object, &self.selection, row)?));
        }
        if let Writer::Vcf(cards) = &mut self.writer {
            let place = self.columns.iter().find(|column| column.field.name == "company" && !column.masked);
            let links = page.iter().filter_map(|(_, values)| values.get(place?.at)?.link());
            cards.companies = names(&self.question, links.map(|link| link.id).collect()).await?;
        }
        self.count += i64::try_from(page.len()).unwrap_or_default();
        page.iter().try_for_each(|(id, values)| self.write(*id, values))
    }

    fn write(&mut self, id: Id, values: &[Value]) -> Result<()> {
        let shown: Vec<Value> = self.columns.iter().map(|column| self.shown(column, values)).collect();
        let row = self.columns.iter().map(|column| &column.field).zip(&shown);
        let names = self.question.catalog.schema.names();
        match &mut self.writer {
            Writer::Csv(csv) => csv.values(row, names),
            Writer::Ndjson(ndjson) => ndjson.values(row, names),
            Writer::Xlsx(Some(book)) => book.values(row, names)?,
            Writer::Xlsx(None) => {}
            Writer::Vcf(cards) => cards.values(id, row, names),
        }
        Ok(())
    }

    fn shown(&self, column: &Column, values: &[Value]) -> Value {
        let value = store::seen(&self.object, values, column.at);
        if !column.masked || value.is_empty() {
            return value;
        }
        let own = self.object.fields.get(column.at).map(store::one_of);
        let first = value.each().first().cloned().unwrap_or_default();
        let masked = own.map(|field| crate::fields::kind(field.kind).masked(&field, &first));
        masked.map_or(Value::Empty, Value::Text)
    }
}

impl Writer {
    fn new(question: &Question, object: &Object, format: FileFormat, columns: &[Column]) -> Result<Writer> {
        let fields = columns.iter().map(|column| &column.field);
        Ok(match format {
            FileFormat::Csv => {
                let mut csv = CsvWriter::new(b',', false);
                csv.texts(fields.map(|field| field.name.as_str()));
                Writer::Csv(csv)
            }
            FileFormat::Ndjson => Writer::Ndjson(NdjsonWriter::new()),
            FileFormat::Vcf if object.name != "contacts" => {
                return Err(Error::field("format", message!("card-contacts-only")));
            }
            FileFormat::Vcf => Writer::Vcf(CardWriter::default()),
            FileFormat::Xlsx => {
                let zone = question.catalog.schema.reading().zone;
                Writer::Xlsx(Some(Box::new(WorkbookWriter::new(&object.name, fields, zone)?)))
            }
        })
    }

    /// What is ready to be sent; the end of the file with its end.
    fn take(&mut self, has_ended: bool) -> Result<Vec<u8>> {
        Ok(match self {
            Writer::Csv(csv) => csv.take(),
            Writer::Ndjson(ndjson) => ndjson.take(),
            Writer::Vcf(cards) => cards.take(),
            Writer::Xlsx(book) if has_ended => book.take().map(|book| book.finish()).transpose()?.unwrap_or_default(),
            Writer::Xlsx(book) => book.as_mut().map(|book| book.take()).unwrap_or_default(),
        })
    }
}

/// The names of companies, as far as the caller may see them.
async fn names(question: &Question<'_>, mut ids: Vec<Id>) -> Result<HashMap<Id, String>> {
    ids.sort_unstable();
    ids.dedup();
    let companies = question.object("companies")?;
    let name = companies.fields.iter().position(|field| field.name == "name");
    let may_read = question.access().may_read(companies);
    let mut names = HashMap::new();
    for some in ids.chunks(100).filter(|_| may_read) {
        let list: Vec<String> = some.iter().map(|id| format!("'{id}'")).collect();
        let filter = Some(format!("id in ({})", list.join(", ")));
        let request = ListRequest { filter, limit: Some(crate::query::MOST), ..ListRequest::default() };
        let mut page = question.list(companies, &request).await?;
        let view = std::sync::Arc::clone(&page.view);
        for row in page.rows() {
            let id = Row(row).id(0)?;
            let values = spread(companies, &view.selection, row)?;
            names.extend(name.and_then(|at| values.get(at)?.text()).map(|name| (id, name.to_owned())));
        }
    }
    Ok(names)
}

fn column(question: &Question, object: &Object, at: usize) -> Option<Column> {
    let field = object.fields.get(at)?;
    let masked = !question.access().may_know(object, field);
    // What is masked is a text, whatever it was.
    let shown = Field { kind: Kind::Text, many: false, ..field.clone() };
    Some(Column { at, field: if masked { shown } else { field.clone() }, masked })
}
