//! A view as the API shows it.

use super::{Broken, SavedView, check};
use crate::query::Question;
use base::Result;
use serde_json::{Value as Json, json};

impl SavedView {
    /// As the API shows it to this caller.
    pub fn to_json(&self, question: &Question<'_>) -> Result<Json> {
        let object = question.object(&self.object)?;
        let seen = check::seen(self, &question.access(), object, question.records.db().clock().now());
        let language = question.caller.language;
        let told = |broken: &Broken| {
            let message = web::speak(&broken.message, language);
            json!({"part": broken.part, "code": broken.message.code, "message": message})
        };
        Ok(json!({
            "id": self.id,
            "object": self.object,
            "name": self.name,
            "audience": self.share.audience,
            "team": self.share.team,
            "owner": self.share.owner,
            "columns": seen.columns,
            "filter": seen.filter,
            "sort": seen.sort,
            "group": seen.group,
            "totals": seen.totals,
            "default": self.is_default,
            "can_change": self.share.may_be_changed_by(question.caller),
            "broken": seen.broken.iter().map(told).collect::<Vec<_>>(),
            "version": self.version,
            "created_at": self.created_at.rfc3339(),
            "updated_at": self.updated_at.rfc3339(),
        }))
    }
}
