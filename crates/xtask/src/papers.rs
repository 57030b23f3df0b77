//! Holds the papers to the tree: every place that one of them names in backquotes must exist.

use crate::{Complaints, Repository};

/// A name in backquotes that begins so is a place in the repository.
const PLACES: &[&str] = &["crates/", "docs/", "bin/", "migrations/", ".ci/", ".cargo/"];
/// Names with one of these stand for many places, or for one that the reader makes.
const PATTERNS: &[char] = &['*', '{', '<', '…', ' ', '#'];

/// Places that are named and not there. Generated papers are looked for in the source as well.
pub fn complaints(repository: &Repository) -> Complaints {
    let mut complaints = Complaints::new();
    for source in &repository.sources {
        let is_paper = source.path.ends_with(".md");
        if !is_paper && !source.is_rust() {
            continue;
        }
        for (number, line) in (1..).zip(source.text.lines()) {
            let named = line.split('`').skip(1).step_by(2).map(without_item);
            let wanted = named.filter(|name| is_place(name, is_paper) && !repository.has(name));
            complaints.extend(wanted.map(|name| format!("{}:{number}: there is no `{name}`", source.path)));
        }
    }
    complaints
}

/// `crates/a/src/b.rs::f` without the function.
fn without_item(name: &str) -> &str {
    name.split("::").next().unwrap_or(name)
}

fn is_place(name: &str, in_paper: bool) -> bool {
    let begins = if in_paper { PLACES } else { &["docs/generated/"] };
    begins.iter().any(|place| name.starts_with(place)) && !name.contains(PATTERNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_gone_is_named() {
        let text =
            "see `crates/gone/src/lib.rs::f`, `crates/*/src`, `migrations/NNNN_<name>.sql` and `sales/deals.rs`\n";
        let repository =
            Repository::of(&[("docs/a.md", text), ("crates/a.rs", concat!("//! `docs/", "generated/b.txt`\n"))]);
        let expected = [
            "docs/a.md:1: there is no `crates/gone/src/lib.rs`",
            concat!("crates/a.rs:1: there is no `docs/", "generated/b.txt`"),
        ];
        assert_eq!(complaints(&repository), expected);
    }
}
