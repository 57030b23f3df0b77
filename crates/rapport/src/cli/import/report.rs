//! What is said of an import that has ended: its counts, and as remarks all that its sender should know.

use crate::cli::output;
use serde_json::Value;

/// Says the remarks, and gives the line with the counts.
pub fn tell(done: &Value) -> String {
    let count = |name: &str| done[name].as_u64().unwrap_or(0);
    let is_dry = done["dry_run"] == true;
    let [created, updated, skipped, failed] = match is_dry {
        true => ["would create", "update", "skip", "refuse"],
        false => ["created", "updated", "skipped", "failed"],
    };
    let line = format!(
        "{created} {}, {updated} {}, {skipped} {}, {failed} {}",
        count("created"),
        count("updated"),
        count("skipped"),
        count("failed")
    );
    for warning in done["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        output::note(warning);
    }
    for made in done["made"].as_array().into_iter().flatten() {
        let object = made["object"].as_str().unwrap_or_default();
        let verb = if is_dry { "would be made" } else { "made" };
        output::note(&format!("{verb} on the way: {} {object}", made["created"]));
        if let Some(updated) = made["updated"].as_u64() {
            let verb = if is_dry { "would be changed" } else { "changed" };
            output::note(&format!("{verb} on the way: {updated} {object}"));
        }
    }
    let columns = done["columns"].as_array().into_iter().flatten();
    for column in columns.filter(|column| column["field"].is_null() && column["cells"].as_u64() > Some(0)) {
        let name = column["column"].as_str().unwrap_or_default();
        output::note(&format!("not taken over: {name} ({} cells)", column["cells"]));
    }
    for column in done["columns"].as_array().into_iter().flatten().filter(|column| column["left"].is_u64()) {
        let (name, field) =
            (column["column"].as_str().unwrap_or_default(), column["field"].as_str().unwrap_or_default());
        output::note(&format!("left as it is: {field}, in {} cells of {name} that mean nothing here", column["left"]));
    }
    let verified = |name: &str| done["verified"][name].as_u64().unwrap_or(0);
    if done["verified"].is_object() {
        let (looked_at, found) = (verified("looked_at"), verified("found"));
        let (differing, values) = (verified("differing"), verified("values"));
        output::note(&format!(
            "{looked_at} rows looked at again: {found} found, {differing} of {values} values differ"
        ));
    }
    line
}
