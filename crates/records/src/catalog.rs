//! What the engine knows of one tenant while nothing changes: definitions, layouts, settings and rates.

use crate::{
    definitions,
    derived::Feeds,
    field::{Field, Kind},
    import::ImportKind,
    layout::Layout,
    object::Object,
    recents::Recents,
    schema::{Schema, Settings},
    search::Search,
    settings,
    stories::Story,
    view::Views,
};
use base::{Caller, Error, Result, SystemCaller, decimal};
use db::Db;
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// Everything that describes the records of a tenant; replaced as a whole when any of it changes.
#[derive(Debug)]
pub struct Catalog {
    pub schema: Schema,
    layouts: HashMap<i64, Layout>,
    rates: Rates,
    pub(crate) feeds: Feeds,
    pub(crate) views: Views,
}

/// What one unit of a currency is worth, from a day on, in 10^-9 of the base currency.
pub type Rates = BTreeMap<String, BTreeMap<String, i64>>;

/// Units of [`Rates`] that make one.
pub const RATE_ONE: i64 = 1_000_000_000;

impl Catalog {
    pub fn new(schema: Schema, rates: Rates) -> Catalog {
        let layouts = schema.objects().iter().map(|object| (object.id, Layout::new(object))).collect();
        let feeds = Feeds::new(&schema);
        Catalog { schema, layouts, rates, feeds, views: Views::default() }
    }

    /// The catalogue as it would be if one of its objects were changed.
    pub(crate) fn with(&self, object: i64, change: impl FnOnce(&mut Object)) -> Catalog {
        let mut objects = self.schema.objects().to_vec();
        if let Some(own) = objects.iter_mut().find(|own| own.id == object) {
            change(own);
        }
        Catalog::new(Schema::new(objects, self.schema.settings.clone()), self.rates.clone())
    }

    /// An object with an address under `/records`.
    pub fn object(&self, name: &str) -> Result<&Object> {
        self.schema.object(name).filter(|object| !object.internal).ok_or(Error::NotFound("object"))
    }

    pub fn object_by_id(&self, id: i64) -> Result<&Object> {
        self.schema.object_by_id(id).ok_or(Error::NotFound("object"))
    }

    pub fn layout(&self, object: &Object) -> Result<&Layout> {
        self.layouts.get(&object.id).ok_or_else(|| Error::internal("an object without a layout"))
    }

    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// An amount in minor units of the base currency at a day's rate, rounded half to even.
    /// `None` while no rate on or before that day is known.
    pub fn in_base_currency(&self, minor: i64, currency: &str, day: Date) -> Option<i64> {
        let base = &self.schema.settings.base_currency;
        if currency == base {
            return Some(minor);
        }
        let (_, &rate) = self.rates.get(currency)?.range(..=day.to_string()).next_back()?;
        let exponent = |code: &str| iso_currency::Currency::from_code(code).and_then(|c| c.exponent()).unwrap_or(2);
        let (from, to) = (u32::from(exponent(currency)), u32::from(exponent(base)));
        let up = 10_i64.pow(to.saturating_sub(from).min(6));
        let down = 10_i64.pow(from.saturating_sub(to).min(6));
        decimal::scale_by(minor, rate.checked_mul(up)?, RATE_ONE.checked_mul(down)?)
    }
}

/// The record engine of one database. Clones share it.
#[derive(Clone)]
pub struct Records(Arc<Inner>);

struct Inner {
    db: Db,
    standard: Vec<Object>,
    imports: Vec<ImportKind>,
    askers: Vec<definitions::Asker>,
    stories: Vec<Story>,
    search: Search,
    files: files::Store,
    recents: Recents,
    /// Held by the unit that is about to take numbers.
    numbering: Arc<tokio::sync::Mutex<()>>,
    /// With the stamp under which it was loaded.
    catalog: Mutex<Option<(i64, Arc<Catalog>)>>,
}

impl Records {
    /// `standard` are the objects that features declare, besides those of the customer base; `imports` the kinds of
    /// import that they bring, `askers` who else depends on definitions, `stories` what they log about records
    /// themselves; `files` is where the contents of files lie.
    pub fn new(
        db: Db,
        standard: Vec<Object>,
        imports: Vec<ImportKind>,
        askers: Vec<definitions::Asker>,
        stories: Vec<Story>,
        files: files::Store,
    ) -> Records {
        let objects = crate::standard::objects().into_iter().chain(standard).collect();
        let search = Search::new(&db);
        let numbering = Arc::default();
        Records(Arc::new(Inner {
            db,
            standard: objects,
            imports,
            askers,
            stories,
            search,
            files,
            recents: Recents::default(),
            numbering,
            catalog: Mutex::new(None),
        }))
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The kind of import under this name, if it is not the name of an object.
    pub(crate) fn import_kind(&self, name: &str) -> Option<ImportKind> {
        self.0.imports.iter().find(|kind| kind.name == name).copied()
    }

    /// Who else depends on definitions.
    pub(crate) fn askers(&self) -> &[definitions::Asker] {
        &self.0.askers
    }

    /// What features log about records themselves.
    pub(crate) fn stories(&self) -> &[Story] {
        &self.0.stories
    }

    /// Waits for the turn to take numbers.
    pub(crate) async fn numbering_turn(&self) -> tokio::sync::OwnedMutexGuard<()> {
        Arc::clone(&self.0.numbering).lock_owned().await
    }

    pub fn search(&self) -> &Search {
        &self.0.search
    }

    /// Where the contents of files lie.
    pub fn files(&self) -> &files::Store {
        &self.0.files
    }

    /// What users looked at and is not written yet.
    pub(crate) fn recents(&self) -> &Recents {
        &self.0.recents
    }

    pub fn standard(&self) -> &[Object] {
        &self.0.standard
    }

    /// The catalogue as it is now: from memory while the tenant's stamp has not moved.
    pub async fn catalog(&self, caller: &Caller) -> Result<Arc<Catalog>> {
        let stamp = self.0.db.stamp(caller.tenant).await?.schema;
        if let Some((at, catalog)) = &*self.0.catalog.lock().unwrap_or_else(PoisonError::into_inner)
            && *at == stamp
        {
            return Ok(catalog.clone());
        }
        let catalog = Arc::new(self.load_catalog(caller).await?);
        *self.0.catalog.lock().unwrap_or_else(PoisonError::into_inner) = Some((stamp, catalog.clone()));
        Ok(catalog)
    }

    async fn load_catalog(&self, caller: &Caller) -> Result<Catalog> {
        let system = SystemCaller::for_(caller.tenant, "definitions");
        let mut reader = self.0.db.reader(&system);
        let settings: Settings = settings::load(&mut reader, caller.tenant).await?;
        let rates = settings::load_rates(&mut reader, caller.tenant).await?;
        let objects = definitions::load(&mut reader, caller.tenant, &self.0.standard).await?;
        Ok(Catalog::new(Schema::new(objects, settings), rates))
    }
}

/// The day by which an object's amounts are converted: its `placed_at`, or the day of writing.
pub fn rate_field(object: &Object) -> Option<(usize, &Field)> {
    let dated = |field: &&Field| field.name == "placed_at" && matches!(field.kind, Kind::Date | Kind::Instant);
    object.fields.iter().enumerate().find(|(_, field)| dated(field))
}
