//! The formula guard: a cell that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets
//! do not show; reading takes it away again. Exactly reversible, also for texts that begin with apostrophes themselves.

/// Whether a spreadsheet may take the cell for a formula, once apostrophes in front are gone. The marks of full width
/// count too: spreadsheets in East Asian settings treat them alike.
fn is_dangerous(cell: &str) -> bool {
    let first = cell.trim_start_matches('\'').chars().next();
    matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'))
}

/// Whether the cell needs an apostrophe in front.
pub(super) fn needs_guard(cell: &str) -> bool {
    // Most cells begin with a letter or a digit.
    !cell.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) && is_dangerous(cell)
}

/// The cell without the apostrophe that a writer, ours or another careful one, has put in front.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guarded(cell: &str) -> String {
        if needs_guard(cell) { format!("'{cell}") } else { cell.to_owned() }
    }

    #[test]
    fn formulas_are_guarded_and_names_with_apostrophes_are_not() {
        for cell in ["=1+1", "+48123456789", "-x", "@SUM(A1)", "\tx", "＝1", "'=1", "''+1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        for cell in ["", "'t Hooft", "a=b", "1-1", "Łódź", "'", "''"] {
            assert_eq!(guarded(cell), cell);
            assert_eq!(unguarded(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn a_guard_is_taken_away_exactly(cell in "['=＝+@a-]{0,6}") {
            let guarded = guarded(&cell);
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '＝']));
            prop_assert_eq!(unguarded(&guarded), cell);
        }
    }
}
