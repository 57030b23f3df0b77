//! Compares the table of storeys in ARCHITECTURE.md with every crate's dependencies: imports point down only.

use crate::{Complaints, Repository};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// The paper that holds the table.
const MAP: &str = "ARCHITECTURE.md";

/// From the bottom to the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Storey {
    Ground,
    First,
    Feature,
    Roof,
}

/// What the map or a manifest says of one crate: its storey, and the crates of ours that it may see or does see.
type Crates<T> = BTreeMap<String, T>;
type Names = BTreeSet<String>;

/// Every difference between the map and the manifests, and every import that does not point down.
pub fn complaints(repository: &Repository) -> Complaints {
    let map = match read_map(repository.text(MAP).unwrap_or_default()) {
        Ok(map) => map,
        Err(error) => return vec![format!("{MAP}: {error}")],
    };
    let manifests = match read_manifests(repository) {
        Ok(manifests) => manifests,
        Err(error) => return vec![error],
    };
    let missing = manifests.keys().filter(|name| !map.contains_key(*name));
    let mut complaints: Complaints = missing.map(|name| format!("{MAP}: `{name}` is not in the table")).collect();
    for (name, (storey, sees)) in &map {
        let Some(imports) = manifests.get(name) else {
            complaints.push(format!("{MAP}: there is no crate `{name}`"));
            continue;
        };
        if imports != sees {
            complaints.push(format!("{MAP}: `{name}` sees {}, the table says {}", list(imports), list(sees)));
        }
        let wrong = imports.iter().filter(|seen| !map.get(*seen).is_some_and(|(below, _)| may_see(*storey, *below)));
        complaints.extend(wrong.map(|seen| format!("crates/{name}/Cargo.toml: `{name}` must not see `{seen}`")));
    }
    complaints
}

/// Down always; sideways everywhere but among features. Cargo itself forbids circles.
fn may_see(from: Storey, to: Storey) -> bool {
    to < from || (to == from && from != Storey::Feature)
}

/// Rows `| storey | crate | sees | … |`; the crates stand in backquotes.
fn read_map(text: &str) -> Result<Crates<(Storey, Names)>, String> {
    let mut crates = Crates::new();
    for row in text.lines().filter_map(|line| line.strip_prefix("| ")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [storey, name, sees, ..] = cells.as_slice() else { continue };
        let storey = match *storey {
            "ground" => Storey::Ground,
            "first" => Storey::First,
            "feature" => Storey::Feature,
            "roof" => Storey::Roof,
            _ => continue,
        };
        let name = quoted(name).pop_first().ok_or_else(|| format!("a row without a crate: {row}"))?;
        crates.insert(name, (storey, quoted(sees)));
    }
    if crates.is_empty() { Err("the table of storeys is missing".to_owned()) } else { Ok(crates) }
}

/// The words in backquotes.
fn quoted(cell: &str) -> Names {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The crates of ours that each crate's manifest names.
fn read_manifests(repository: &Repository) -> Result<Crates<Names>, String> {
    let mut manifests = Crates::new();
    for source in &repository.sources {
        let name = source.path.strip_prefix("crates/").and_then(|path| path.strip_suffix("/Cargo.toml"));
        if let Some(name) = name {
            let manifest: Table = source.text.parse().map_err(|error| format!("{}: {error}", source.path))?;
            manifests.insert(name.to_owned(), imports(&manifest));
        }
    }
    let ours: Names = manifests.keys().cloned().collect();
    manifests.values_mut().for_each(|imports| imports.retain(|name| ours.contains(name)));
    Ok(manifests)
}

/// What the crate needs to be built or, save for the test kit, to be tested.
fn imports(manifest: &Table) -> Names {
    let names = |table: &str| {
        let table = manifest.get(table).and_then(Value::as_table);
        table.map(|table| table.keys().cloned().collect::<Names>()).unwrap_or_default()
    };
    let for_tests = names("dev-dependencies").into_iter().filter(|name| name != "testing");
    names("dependencies").into_iter().chain(names("build-dependencies")).chain(for_tests).collect()
}

fn list(names: &Names) -> String {
    if names.is_empty() { "nothing".to_owned() } else { names.iter().cloned().collect::<Vec<_>>().join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP_TEXT: &str = "\
| storey | crate | sees | never |
|---|---|---|---|
| ground | `base` | nothing | I/O |
| feature | `sales` | `base` | another feature |
| feature | `service` | `base` | another feature |
";

    #[track_caller]
    fn check(sales: &str, expected: &[&str]) {
        let repository = Repository::of(&[
            (MAP, MAP_TEXT),
            ("crates/base/Cargo.toml", "[dependencies]\nserde = '1'\n"),
            ("crates/sales/Cargo.toml", sales),
            ("crates/service/Cargo.toml", "[dependencies]\nbase.workspace = true\n"),
        ]);
        assert_eq!(complaints(&repository), expected);
    }

    #[test]
    fn a_feature_sees_what_is_below_it() {
        check("[dependencies]\nbase.workspace = true\n", &[]);
        check("[dependencies]\nbase.workspace = true\n[dev-dependencies]\ntesting.workspace = true\n", &[]);
    }

    #[test]
    fn a_feature_never_sees_another() {
        check(
            "[dependencies]\nbase.workspace = true\n[dev-dependencies]\nservice.workspace = true\n",
            &[
                "ARCHITECTURE.md: `sales` sees base, service, the table says base",
                "crates/sales/Cargo.toml: `sales` must not see `service`",
            ],
        );
    }

    #[test]
    fn the_map_lists_every_crate_and_no_other() {
        let repository = Repository::of(&[(MAP, MAP_TEXT), ("crates/portal/Cargo.toml", "")]);
        let expected = [
            "ARCHITECTURE.md: `portal` is not in the table",
            "ARCHITECTURE.md: there is no crate `base`",
            "ARCHITECTURE.md: there is no crate `sales`",
            "ARCHITECTURE.md: there is no crate `service`",
        ];
        assert_eq!(complaints(&repository), expected);
    }
}
