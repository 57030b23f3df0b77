//! The error file: the rows that could not be taken, as they were, each with what is wrong. Mended, it is a file to
//! import like any other.

use super::{
    csv::CsvWriter,
    header::{Header, REMARKS},
    rows::Cells,
};

/// One thing wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowError<'a> {
    /// Empty where it is the row as a whole.
    pub field: &'a str,
    /// The sentence, in the reader's language.
    pub sentence: &'a str,
}

/// Writes the error file.
#[derive(Debug, Clone)]
pub struct ErrorFile {
    writer: CsvWriter,
    /// Columns of the imported file that are written again.
    columns: usize,
}

impl ErrorFile {
    /// Begins with the columns of the imported file; the names of ours give way to its own.
    pub fn new(header: &Header, delimiter: u8) -> ErrorFile {
        let names = header.names();
        let added = REMARKS.map(|name| {
            let mut name = name.to_owned();
            while names.contains(&name) {
                name.insert(0, '_');
            }
            name
        });
        let mut writer = CsvWriter::new(delimiter, true);
        writer.texts(names.iter().chain(&added).map(String::as_str));
        ErrorFile { writer, columns: names.len() }
    }

    /// One row with all that is wrong with it. A row that could not even be read has no cells.
    pub fn row(&mut self, number: u64, cells: Option<&Cells<'_>>, errors: &[RowError<'_>]) {
        let number = number.to_string();
        let join = |texts: Vec<&str>| texts.join("; ");
        let fields = join(errors.iter().map(|error| error.field).filter(|field| !field.is_empty()).collect());
        let sentences = join(errors.iter().map(|error| error.sentence).collect());
        let own = (0..self.columns).map(|at| cells.and_then(|cells| cells.get(at)).unwrap_or(""));
        self.writer.texts(own.chain([number.as_str(), &fields, &sentences]));
    }

    /// How much is waiting to be taken.
    pub fn pending_bytes(&self) -> usize {
        self.writer.pending_bytes()
    }

    /// What has been written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        self.writer.take()
    }
}
