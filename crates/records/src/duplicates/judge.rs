//! An object's rules made ready: where its fields are, what of a record is looked at, and what a score is called.

use super::{
    names::Standing,
    normal,
    rules::{Compare, MOST_SIGNALS, OnEntry, Rules, most},
    score::{Score, standing},
    sketch::Sketch,
    usual,
};
use crate::{
    field::{Field, Kind},
    object::Object,
    value::Value,
};
use base::Id;

/// Most values of one signal that are kept of a record.
const MOST_VALUES: usize = 20;

/// A contradiction that takes so much of the certainty says that two records are not the same.
pub const STRONG: u32 = 50;

/// The rules of an object with their fields as indexes into [`Object::fields`].
#[derive(Debug, Clone)]
pub struct Judge {
    pub threshold: u8,
    pub on_entry: OnEntry,
    pub background: bool,
    pub signals: Vec<Ready>,
}

/// A signal ready to be held against records.
#[derive(Debug, Clone)]
pub struct Ready {
    pub compare: Compare,
    pub fields: Vec<usize>,
    pub points: u32,
    pub similar: u32,
    pub against: u32,
    reason: String,
    /// One value alone leads to the other record.
    pub leads: bool,
}

impl Judge {
    /// By the rules that administrators have set, or the usual ones.
    pub fn of(object: &Object) -> Judge {
        Judge::by(object, rules(object))
    }

    /// By the usual rules, where others have been set.
    pub fn usual_beside(object: &Object) -> Option<Judge> {
        object.duplicates.as_ref().map(|_| Judge::by(object, usual::rules(object)))
    }

    fn by(object: &Object, rules: Rules) -> Judge {
        let Rules { threshold, on_entry, background, signals } = rules;
        let ready = signals.into_iter().take(MOST_SIGNALS).map(|signal| {
            let fields: Vec<(usize, &Field)> = signal
                .fields
                .iter()
                .filter_map(|name| object.fields.iter().enumerate().find(|(_, f)| f.name == *name && !f.deleted))
                .collect();
            let points = u32::from(signal.points);
            Ready {
                compare: signal.compare,
                points,
                similar: signal.similar.map_or(points * 4 / 5, u32::from),
                against: u32::from(signal.against),
                reason: reason(signal.compare, &fields),
                leads: leads(signal.compare, points, &fields),
                fields: fields.into_iter().map(|(at, _)| at).collect(),
            }
        });
        Judge { threshold, on_entry, background, signals: ready.collect() }
    }

    /// Without the fields of the object that are not known, and called by those that are. An address without its street
    /// is no address, and half of a name no name: so much is common to many.
    pub fn known(mut self, object: &Object, is_known: impl Fn(usize) -> bool) -> Judge {
        for signal in &mut self.signals {
            let known = |at: &usize| object.fields.get(*at).filter(|_| is_known(*at)).map(|field| (*at, field));
            let has_first = signal.fields.first().and_then(known).is_some();
            let is_whole = signal.fields.len() < 2 || has_first;
            let mut fields: Vec<(usize, &Field)> = signal.fields.iter().filter_map(known).collect();
            match signal.compare {
                Compare::Address if !is_whole => fields.retain(|(_, field)| field.kind == Kind::Address),
                Compare::Name if !is_whole || fields.len() < signal.fields.len().min(2) => fields.clear(),
                _ => {}
            }
            signal.reason = reason(signal.compare, &fields);
            signal.fields = fields.into_iter().map(|(at, _)| at).collect();
        }
        self
    }

    /// Whether two records contradict each other in the signal at a place.
    pub fn differ(&self, at: usize, one: &Sketch, other: &Sketch) -> bool {
        self.signals.get(at).is_some_and(|signal| standing(signal, at, one, other) == Standing::Different)
    }

    /// Whether a reason tells nothing but what is known: all fields that can be behind it are.
    pub fn tells(&self, reason: &str, is_known: impl Fn(usize) -> bool) -> bool {
        let bare = reason.trim_start_matches('-');
        let mut behind = self.signals.iter().filter(|signal| signal.is_called(bare)).peekable();
        behind.peek().is_some() && behind.all(|signal| signal.fields.iter().all(|&at| is_known(at)))
    }

    /// What a score is explained by: agreements, and contradictions with a dash before them.
    pub fn reasons(&self, score: &Score) -> Vec<String> {
        let mut told = Vec::new();
        for (at, signal) in self.signals.iter().enumerate() {
            if score.agrees(at) {
                let is_similar = score.similar && signal.compare.is_of_names();
                told.push(if is_similar { format!("similar_{}", signal.reason) } else { signal.reason.clone() });
            }
        }
        let against = self.signals.iter().enumerate().filter(|(at, _)| score.contradicts(*at));
        told.extend(against.map(|(_, signal)| format!("-{}", signal.reason)));
        told
    }

    /// The signals by whose value alone the other record is found on entry. An address is written in many ways, and the
    /// columns of its parts are not looked through for each creation.
    pub fn leading(&self) -> impl Iterator<Item = &Ready> {
        self.signals.iter().filter(|signal| signal.leads && signal.compare != Compare::Address)
    }

    /// The signals in which different records contradict each other, with their fields: what one person or company has
    /// one of. Names are not among them: those change.
    pub fn strong(&self) -> impl Iterator<Item = (usize, &[usize])> {
        let is_strong = |signal: &Ready| {
            signal.against >= STRONG && !signal.compare.is_of_names() && signal.compare != Compare::Group
        };
        let strong = self.signals.iter().enumerate().filter(move |(_, signal)| is_strong(signal));
        strong.map(|(at, signal)| (at, signal.fields.as_slice()))
    }

    /// The name as it is written in some values.
    pub fn typed_name(&self, values: &[(usize, Value)]) -> String {
        let names = self.signals.iter().filter(|signal| signal.compare.is_of_names());
        let fields = names.flat_map(|signal| &signal.fields);
        let of = |at: &usize| values.iter().find(|(place, _)| place == at).and_then(|(_, value)| value.text());
        fields.filter_map(of).collect::<Vec<_>>().join(" ")
    }

    /// Every field that is looked at.
    pub fn fields(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.signals.iter().flat_map(|signal| signal.fields.clone()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether two records can have enough points at all.
    pub fn can_tell(&self) -> bool {
        let known = self.signals.iter().filter(|signal| !signal.fields.is_empty());
        most(known.map(|signal| signal.points)) >= u32::from(self.threshold)
    }

    /// The sketch of a record; `value` gives a field's value by its index.
    pub fn sketch<'v>(&self, id: Id, value: impl Fn(usize) -> Option<&'v Value>) -> Sketch {
        let mut sketch = Sketch::new(id);
        let mut numbers = Vec::new();
        for (at, signal) in self.signals.iter().enumerate() {
            let values: Vec<&[Value]> =
                signal.fields.iter().map(|&at| value(at).map_or(&[][..], Value::each)).collect();
            if signal.compare.is_of_names() {
                sketch.call(signal.compare, &values);
            } else {
                let mut own = normal::numbers(signal.compare, &values);
                own.truncate(MOST_VALUES);
                numbers.extend(own);
            }
            sketch.end(at, numbers.len());
        }
        sketch.values = numbers.into();
        sketch
    }
}

impl Ready {
    fn is_called(&self, reason: &str) -> bool {
        let whole = if self.compare.is_of_names() { reason.strip_prefix("similar_").unwrap_or(reason) } else { reason };
        self.reason == whole
    }

    /// Makes two similar names worth comparing where they agree in it.
    pub fn supports(&self) -> bool {
        !self.leads && !self.compare.is_of_names() && self.compare != Compare::Group && self.points > 0
    }

    /// A number that one person or company has alone.
    pub fn is_identifier(&self) -> bool {
        matches!(self.compare, Compare::TaxId | Compare::Code)
    }
}

/// The rules that administrators have set, or the usual ones.
pub fn rules(object: &Object) -> Rules {
    object.duplicates.clone().unwrap_or_else(|| usual::rules(object))
}

fn reason(compare: Compare, fields: &[(usize, &Field)]) -> String {
    let first = fields.first().map(|(_, field)| field);
    match compare {
        Compare::TaxId | Compare::Code => "code".to_owned(),
        Compare::Phone => "phone".to_owned(),
        Compare::Name | Compare::CompanyName => "name".to_owned(),
        Compare::Address => "address".to_owned(),
        Compare::Group => "group".to_owned(),
        Compare::Exact if first.is_some_and(|field| field.kind == Kind::Email) => "email".to_owned(),
        Compare::Exact | Compare::Text => first.map(|field| field.name.clone()).unwrap_or_default(),
    }
}

/// A city or a day of birth is shared by many: records are not looked for by it.
fn leads(compare: Compare, points: u32, fields: &[(usize, &Field)]) -> bool {
    let is_wide = |kind: Kind| matches!(kind, Kind::Text | Kind::LongText | Kind::AutoNumber | Kind::Email | Kind::Url);
    match compare {
        Compare::Phone | Compare::TaxId | Compare::Code | Compare::Address => points > 0,
        Compare::Exact | Compare::Text => points >= 50 && fields.iter().all(|(_, field)| is_wide(field.kind)),
        Compare::Name | Compare::CompanyName | Compare::Group => false,
    }
}
