//! The machinery as an import and an export use it.

mod detecting;
mod mapping;
mod reading;
mod writing;

use super::*;

/// A row as a test looks at it: its cells, or the code of what is wrong.
type Seen = (u64, u64, Result<Vec<String>, &'static str>);

fn format(encoding: &'static Encoding, delimiter: u8) -> Format {
    Format::new(encoding, delimiter).unwrap()
}

/// All rows of a file that arrives in the given pieces.
fn read_pieces<'a>(format: Format, start: Start, pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Seen> {
    let mut rows = Rows::new(format, start);
    let mut seen = Vec::new();
    for piece in pieces {
        rows.feed(piece);
        take(&mut rows, &mut seen);
    }
    rows.finish();
    take(&mut rows, &mut seen);
    seen
}

fn read(format: Format, file: &[u8]) -> Vec<Seen> {
    read_pieces(format, Start::default(), std::iter::once(file))
}

fn take(rows: &mut Rows, seen: &mut Vec<Seen>) {
    while let Some(row) = rows.next() {
        let cells = row.cells.map(|cells| cells.iter().map(str::to_owned).collect()).map_err(|why| why.code);
        seen.push((row.number, row.end, cells));
    }
}

fn cells(seen: &[Seen]) -> Vec<Vec<&str>> {
    seen.iter()
        .filter_map(|(_, _, cells)| cells.as_ref().ok())
        .map(|row| row.iter().map(String::as_str).collect())
        .collect()
}
