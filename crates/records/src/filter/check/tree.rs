//! `in tree of`: which hierarchy is meant, and whether the caller may know of it.

use super::{Checker, unfit_operator, values::Named};
use crate::{
    field::{Field, Kind},
    filter::{
        plan::{Condition, Source, Within},
        problem,
        tree::{Literal, LiteralValue, Name, Position},
    },
    object::Object,
    permissions::Action,
};
use base::{Result, message};

impl<'a> Checker<'a> {
    /// `parent in tree of '…'` asks where the record itself stands in the hierarchy that `parent` makes; `company in tree
    /// of '…'` where the one stands that the field leads to, in the only hierarchy of its object.
    pub(super) fn in_tree(
        &self,
        object: &'a Object,
        (name, field): (&Name, &'a Field),
        source: Source<'a>,
        at: Position,
        top: &Literal,
    ) -> Result<Condition<'a>> {
        let (way, object, up) = if field.is_hierarchy() {
            (None, object, field)
        } else {
            let (object, up) = self.hierarchy(name, field, at)?;
            (Some(source), object, up)
        };
        // Another text than an id is nobody's, as in comparisons.
        let LiteralValue::Text(text) = &top.value else { return Ok(Condition::Always(false)) };
        let Ok(top) = text.trim().parse() else { return Ok(Condition::Always(false)) };
        let reach = self.access.reach(object, Action::Read);
        Ok(Condition::Within(Box::new(Within { way, object, up, reach, top })))
    }

    /// The only hierarchy of the object that a field leads to, as far as the caller knows.
    fn hierarchy(&self, name: &Name, field: &'a Field, at: Position) -> Result<(&'a Object, &'a Field)> {
        let refused = || unfit_operator(Named { name, field }, at, "in tree");
        if !matches!(field.kind, Kind::Relation | Kind::Relations) {
            return Err(refused());
        }
        let target = self.access.schema.target(field).filter(|target| self.access.may_read(target));
        let target = target.ok_or_else(refused)?;
        let mut known = target.hierarchies().map(|(_, up)| up).filter(|up| self.access.may_filter(target, up));
        match (known.next(), known.next()) {
            (Some(only), None) => Ok((target, only)),
            (None, _) => {
                Err(problem::wrong(message!("filter-no-hierarchy", position = name.at.0, object = target.name)))
            }
            (Some(first), Some(_)) => Err(problem::wrong(message!(
                "filter-which-hierarchy",
                position = name.at.0,
                object = target.name,
                name = name.text,
                field = first.name
            ))),
        }
    }
}
