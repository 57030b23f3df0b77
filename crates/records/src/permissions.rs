//! What a caller may do with records, asked in one place: of objects, of fields, and as the condition that every
//! statement on records carries.
//!
//! Not here: how rights come out of roles; `identity` has computed that into the caller's plan.

use crate::{
    field::{Field, Personal},
    object::{Object, Table},
    schema::Schema,
    sql::Sql,
};
use base::{Caller, FieldRule, Id, ObjectRights, Principal, Scope};
use std::borrow::Cow;

/// A caller before the schema: all questions about rights are asked here.
#[derive(Debug, Clone, Copy)]
pub struct Access<'a> {
    pub schema: &'a Schema,
    pub caller: &'a Caller,
}

/// What is done with records that exist. (Creating reaches no record.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Read,
    Update,
    Delete,
    Export,
}

/// The records of one object that an action may touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    Nothing,
    /// Those whose owner is this user.
    Own(Id),
    /// Those whose owner is this user or whose team is one of these.
    Teams {
        me: Id,
        teams: Vec<Id>,
    },
    Everything,
}

impl<'a> Access<'a> {
    pub fn new(schema: &'a Schema, caller: &'a Caller) -> Access<'a> {
        Access { schema, caller }
    }

    /// The rights on an object; none at all where the plan does not name it.
    pub fn rights(&self, object: &Object) -> Cow<'a, ObjectRights> {
        if object.deleted {
            return Cow::default();
        }
        if object.internal {
            let read = if self.caller.principal == Principal::Anonymous { Scope::None } else { Scope::All };
            return Cow::Owned(ObjectRights { read, ..ObjectRights::default() });
        }
        self.caller.plan.object(&object.name).unwrap_or_default()
    }

    /// The object exists as far as this caller is concerned.
    pub fn may_read(&self, object: &Object) -> bool {
        self.rights(object).read > Scope::None
    }

    /// How far an action reaches.
    pub fn reach(&self, object: &Object, action: Action) -> Reach {
        let rights = self.rights(object);
        let scope = match action {
            Action::Read => rights.read,
            Action::Update => rights.update.min(rights.read),
            Action::Delete => rights.delete.min(rights.read),
            Action::Export => rights.export.min(rights.read),
        };
        let plan = &self.caller.plan;
        match (scope, plan.user) {
            (Scope::All, _) => Reach::Everything,
            (Scope::None, _) | (_, None) => Reach::Nothing,
            (Scope::Own, Some(me)) => Reach::Own(me),
            (Scope::Team, Some(me)) => Reach::teams(me, &plan.teams),
            (Scope::TeamTree, Some(me)) => Reach::teams(me, &plan.team_tree),
        }
    }

    /// What the caller may do with a field.
    ///
    /// A field of a special category is hidden unless a rule names it. The rule for a field that holds many also
    /// binds its single twin and the other way round, since each shows what is in the other.
    pub fn rule(&self, object: &Object, field: &Field) -> FieldRule {
        if field.deleted {
            return FieldRule::Hidden;
        }
        let rights = self.rights(object);
        let named = |name: &str| rights.fields.get(name).copied();
        let own = named(&field.name);
        let found = match field.first {
            Some(first) => named(first).map(|twin| own.map_or(twin, |own| own.min(twin))).or(own),
            None => own.or_else(|| named(&holder_of(object, field)?.name)),
        };
        found.unwrap_or(match field.personal {
            Some(Personal::Special) if !self.caller.plan.everything => FieldRule::Hidden,
            _ => FieldRule::Write,
        })
    }

    /// At least a masked value is shown.
    pub fn may_see(&self, object: &Object, field: &Field) -> bool {
        self.rule(object, field) > FieldRule::Hidden
    }

    /// The values may be known in full.
    pub fn may_know(&self, object: &Object, field: &Field) -> bool {
        self.rule(object, field) >= FieldRule::Read
    }

    /// May be named in a filter.
    pub fn may_filter(&self, object: &Object, field: &Field) -> bool {
        field.filterable && self.may_know(object, field)
    }

    /// May be named in an order.
    pub fn may_sort(&self, object: &Object, field: &Field) -> bool {
        field.sortable && self.may_know(object, field)
    }

    pub fn may_write(&self, object: &Object, field: &Field) -> bool {
        !field.read_only && self.rule(object, field) == FieldRule::Write
    }

    /// The condition under which a row of the object's table may be touched: of the tenant, of the object, not in
    /// the bin, within reach. Belongs into every statement on records. See [`Access::push_deleted`] for the bin.
    pub fn push_living(&self, sql: &mut Sql, object: &Object, action: Action, alias: &str) {
        self.push_living_within(sql, object, &self.reach(object, action), alias);
    }

    /// As [`Access::push_living`] where the reach is known already.
    pub(crate) fn push_living_within(&self, sql: &mut Sql, object: &Object, reach: &Reach, alias: &str) {
        self.push_object(sql, object, alias);
        // Users and teams have no bin.
        if !object.internal {
            sql.push(" AND ").push_column(alias, "deleted_at").push(" IS NULL");
        }
        reach.push_condition(sql, alias);
    }

    /// As [`Access::push_living`], for records in the bin.
    pub fn push_deleted(&self, sql: &mut Sql, object: &Object, action: Action, alias: &str) {
        self.push_object(sql, object, alias);
        sql.push(" AND ").push_column(alias, "deleted_at").push(" IS NOT NULL");
        self.reach(object, action).push_condition(sql, alias);
    }

    /// [`Access::push_deleted`] where `binned`, else [`Access::push_living`].
    pub fn push_rows(&self, sql: &mut Sql, object: &Object, action: Action, alias: &str, binned: bool) {
        if binned {
            self.push_deleted(sql, object, action, alias);
        } else {
            self.push_living(sql, object, action, alias);
        }
    }

    /// The condition under which a row of the object's table is one of the object, whoever may see it.
    pub(crate) fn push_object(&self, sql: &mut Sql, object: &Object, alias: &str) {
        sql.push_column(alias, "tenant_id").push(" = ").push_arg(self.caller.tenant);
        if object.table == Table::Shared {
            sql.push(" AND ").push_column(alias, "object_id").push(" = ").push_arg(object.id);
        }
    }
}

/// The field that holds many and has this one for its first.
fn holder_of<'a>(object: &'a Object, field: &Field) -> Option<&'a Field> {
    object.fields.iter().find(|other| other.first == Some(field.name.as_str()))
}

impl Reach {
    fn teams(me: Id, teams: &[Id]) -> Reach {
        if teams.is_empty() { Reach::Own(me) } else { Reach::Teams { me, teams: teams.to_vec() } }
    }

    /// Whether a record with this owner and team is among them.
    pub fn covers(&self, owner: Option<Id>, team: Option<Id>) -> bool {
        match self {
            Reach::Nothing => false,
            Reach::Own(me) => owner == Some(*me),
            Reach::Teams { me, teams } => owner == Some(*me) || team.is_some_and(|team| teams.contains(&team)),
            Reach::Everything => true,
        }
    }

    /// ` AND …` on the row called `alias`; nothing where everything is within reach.
    fn push_condition(&self, sql: &mut Sql, alias: &str) {
        match self {
            Reach::Nothing => {
                sql.push(" AND FALSE");
            }
            Reach::Own(me) => {
                sql.push(" AND ").push_column(alias, "owner").push(" = ").push_arg(*me);
            }
            Reach::Teams { me, teams } => {
                sql.push(" AND (").push_column(alias, "owner").push(" = ").push_arg(*me);
                sql.push(" OR ").push_column(alias, "team").push(" IN ").push_list(teams.iter().copied()).push(")");
            }
            Reach::Everything => {}
        }
    }
}
