//! The archive that a spreadsheet is: parts by name, each unfolded to a bounded size.

use crate::{
    Source,
    xml::{Bounded, Xml},
};
use base::{Message, message};
use std::{
    cell::Cell,
    io::{BufReader, Error, Read, Result as IoResult, Seek, SeekFrom},
    rc::Rc,
};
use zip::{ZipArchive, result::ZipError};

/// Bytes that may be read to learn what is in the archive.
const MOST_DIRECTORY_BYTES: u64 = 2 << 20;

/// A part may unfold to this size whatever it was folded from.
const FREE_BYTES: u64 = 64 << 20;

/// Beyond that it may be this many times larger than it was; sheets are some twenty times larger.
const MOST_RATIO: u64 = 100;

/// The largest part.
const MOST_PART_BYTES: u64 = 8 << 30;

pub struct Archive(ZipArchive<Metered>);

/// Gives no more bytes than it may, so that a directory of millions of entries is not read.
struct Metered {
    inner: Box<dyn Source>,
    left: Rc<Cell<u64>>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(Error::other("too much to read"));
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.left.set(left.saturating_sub(u64::try_from(read).unwrap_or(0)));
        Ok(read)
    }
}

impl Seek for Metered {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        self.inner.seek(to)
    }
}

impl Archive {
    pub fn open(inner: Box<dyn Source>) -> Result<Archive, Message> {
        let left = Rc::new(Cell::new(MOST_DIRECTORY_BYTES));
        let archive = ZipArchive::new(Metered { inner, left: left.clone() }).map_err(|_| message!("sheet-broken"))?;
        left.set(u64::MAX);
        Ok(Archive(archive))
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// A part as XML. Names differ in case only where somebody is careless.
    pub fn xml<'a>(&'a mut self, name: &str) -> Result<Xml<impl Read + 'a>, Message> {
        let name = match self.has(name) {
            true => name.to_owned(),
            false => {
                let same = self.0.file_names().flatten().find(|known| known.eq_ignore_ascii_case(name));
                same.ok_or_else(|| message!("sheet-broken"))?.to_string()
            }
        };
        let part = self.0.by_name(&name).map_err(|error| match error {
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => message!("sheet-encrypted"),
            _ => message!("sheet-broken"),
        })?;
        let by_ratio = part.compressed_size().saturating_mul(MOST_RATIO);
        let most = by_ratio.clamp(FREE_BYTES, MOST_PART_BYTES);
        Ok(Xml::new(Bounded::new(BufReader::with_capacity(64 << 10, part), most)))
    }

    /// A part that is a short text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Message> {
        const LONGEST: u64 = 1_000;
        if !self.has(name) {
            return Ok(None);
        }
        let part = self.0.by_name(name).map_err(|_| message!("sheet-broken"))?;
        let mut text = String::new();
        part.take(LONGEST).read_to_string(&mut text).map_err(|_| message!("sheet-broken"))?;
        Ok(Some(text))
    }
}
