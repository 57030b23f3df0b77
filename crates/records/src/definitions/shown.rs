//! Definitions as the API shows them.

use crate::{
    derived::{self, Derived, RollupInput},
    expression::Expression,
    field::{Choice, Field, Kind, Roles},
    fields::{self, Scheme},
    filter::Filter,
    object::{Labels, Object},
    schema::Schema,
};
use base::Language;
use serde_json::{Map, Value as Json, json};

/// A field as the API describes it.
pub fn field_json(schema: &Schema, field: &Field) -> Json {
    let labels = labels_json(&field.labels);
    let target = field.target.as_ref();
    let choices = field.choices.iter().map(choice_json);
    json!({
        "name": field.name,
        "type": type_name(field),
        "result_type": field.derived.is_some().then(|| field.kind.name()),
        "rollup": match &field.derived {
            Some(Derived::Rollup(rollup)) => Some(RollupInput::of(rollup)),
            _ => None,
        },
        "expression": derived::expression(field).map(Expression::text),
        "filling": field.filling,
        "label": labels,
        "many": field.holds_many(),
        "required": field.required,
        "required_when": field.required_when.as_ref().map(Filter::to_string),
        "visible_when": field.visible_when.as_ref().map(Filter::to_string),
        "unique": field.unique,
        "filterable": field.filterable,
        "becoming_filterable": field.next_slot.is_some(),
        "sortable": field.sortable,
        "searched": field.searched,
        "read_only": field.read_only,
        "custom": field.custom,
        "personal": field.personal.map(|personal| format!("{personal:?}").to_lowercase()),
        "default": field.default.as_ref().map(|value| fields::to_json(field, value, schema.names())),
        "scale": matches!(field.kind, Kind::Decimal | Kind::Percent).then_some(field.scale),
        "pattern": field.pattern,
        "scheme": field.scheme.map(Scheme::name),
        "country": field.country,
        "options": choices.collect::<Vec<_>>(),
        "target": target.and_then(|target| target.object.clone()),
        "inverse": target.and_then(|target| target.inverse.clone()),
        "roles": target.and_then(|target| target.roles.as_ref()).map(roles_json),
        "inverse_label": target.and_then(|target| target.inverse_labels.as_ref()).map(labels_json),
        "hierarchy": field.is_hierarchy(),
        "schema": fields::schema(field),
    })
}

/// What was asked for when the field was made.
fn type_name(field: &Field) -> &'static str {
    match field.derived {
        Some(Derived::Rollup(_)) => "rollup",
        Some(Derived::Computed(_)) => "computed",
        None => field.kind.name(),
    }
}

/// An option as the API shows it.
pub(crate) fn choice_json(choice: &Choice) -> Json {
    let mut json = json!({"code": choice.code, "label": labels_json(&choice.labels)});
    if let Some(colour) = &choice.colour {
        json["colour"] = json!(colour);
    }
    if choice.retired {
        json["retired"] = json!(true);
    }
    json
}

/// The roles of links, and whether any other text is one, too.
fn roles_json(roles: &Roles) -> Json {
    json!({"options": roles.choices.iter().map(choice_json).collect::<Vec<_>>(), "open": roles.open})
}

/// An object as the API describes it, with the fields that pass, and the rules and derivations that look at no others.
pub fn object_json(schema: &Schema, object: &Object, passes: impl Fn(&Object, &Field) -> bool) -> Json {
    let made_of_shown = |derived: &Derived| {
        let shown = |there: &Object, name: &str| there.field(name).is_some_and(|field| passes(there, field));
        match derived {
            Derived::Computed(expression) => expression.fields().into_iter().all(|name| shown(object, name)),
            Derived::Rollup(rollup) => rollup.inverse(schema, object).is_some_and(|inverse| {
                let mut names = rollup.inputs().chain([inverse.field.name.as_str()]);
                names.all(|name| shown(inverse.object, name))
            }),
        }
    };
    let passes = |field: &Field| passes(object, field);
    let shown = |name: &str| object.field(name).is_some_and(passes);
    let open = |filter: &Filter| filter.own_fields().is_ok_and(|names| names.into_iter().all(shown));
    let fields = object.fields.iter().filter(|field| passes(field)).map(|field| {
        let known = |when: &Option<Filter>| when.clone().filter(|when| open(when));
        let (required_when, visible_when) = (known(&field.required_when), known(&field.visible_when));
        let mut described = field_json(schema, &Field { required_when, visible_when, ..field.clone() });
        if !field.derived.as_ref().is_none_or(made_of_shown) {
            described["rollup"] = Json::Null;
            described["expression"] = Json::Null;
        }
        described
    });
    let title: Vec<&String> = object.title.iter().filter(|name| shown(name)).collect();
    let rules = object.rules.iter().filter(|rule| open(&rule.when));
    let rules = rules
        .map(|rule| json!({"name": rule.name, "when": rule.when.to_string(), "message": labels_json(&rule.message)}));
    json!({
        "name": object.name,
        "label": labels_json(&object.plural),
        "singular": labels_json(&object.singular),
        "custom": object.custom,
        "title": title,
        "fields": fields.collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
    })
}

/// In all four languages.
pub(crate) fn labels_json(labels: &Labels) -> Json {
    let in_language = |&language: &Language| (language.code().to_owned(), json!(labels.in_language(language)));
    Language::ALL.iter().map(in_language).collect::<Map<_, _>>().into()
}
