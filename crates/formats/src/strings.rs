//! The texts that a workbook's cells share: the first in memory, the rest in a nameless file.

use base::{Message, message};
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
};

/// Bytes of texts in memory.
const IN_MEMORY: usize = 32 << 20;

/// The most texts.
const MOST: usize = 16_000_000;

/// Bytes read at a time from the file: neighbours are wanted soon.
const WINDOW: usize = 64 << 10;

#[derive(Default)]
pub struct Strings {
    /// Where each text ends.
    ends: Vec<u32>,
    memory: Vec<u8>,
    overflow: Option<Overflow>,
}

/// What did not fit into memory.
struct Overflow {
    file: File,
    /// Not yet in the file.
    waiting: Vec<u8>,
    window: Vec<u8>,
    window_at: u64,
}

impl Strings {
    pub fn push(&mut self, text: &str) -> Result<(), Message> {
        let end = usize::try_from(self.ends.last().copied().unwrap_or(0)).unwrap_or(usize::MAX) + text.len();
        let end = u32::try_from(end).ok().filter(|_| self.ends.len() < MOST);
        self.ends.push(end.ok_or_else(|| message!("sheet-too-large"))?);
        match &mut self.overflow {
            None if self.memory.len() + text.len() <= IN_MEMORY => self.memory.extend_from_slice(text.as_bytes()),
            None => {
                let file = tempfile::tempfile().map_err(|_| message!("sheet-no-room"))?;
                let waiting = text.as_bytes().to_vec();
                self.overflow = Some(Overflow { file, waiting, window: Vec::new(), window_at: 0 });
            }
            Some(overflow) => {
                overflow.waiting.extend_from_slice(text.as_bytes());
                if overflow.waiting.len() >= WINDOW {
                    overflow.flush()?;
                }
            }
        }
        Ok(())
    }

    /// The text of that number.
    pub fn get(&mut self, at: usize) -> Result<String, Message> {
        let broken = || message!("sheet-broken");
        let place = |end: Option<&u32>| end.and_then(|end| usize::try_from(*end).ok()).ok_or_else(broken);
        let end = place(self.ends.get(at))?;
        let start = if at == 0 { 0 } else { place(self.ends.get(at - 1))? };
        let bytes = match &mut self.overflow {
            Some(overflow) if start >= self.memory.len() => overflow.read(start - self.memory.len(), end - start)?,
            _ => self.memory.get(start..end).ok_or_else(broken)?,
        };
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| broken())
    }
}

impl Overflow {
    fn flush(&mut self) -> Result<(), Message> {
        let written = self.file.seek(SeekFrom::End(0)).and_then(|_| self.file.write_all(&self.waiting));
        self.waiting.clear();
        written.map_err(|_| message!("sheet-no-room"))
    }

    fn read(&mut self, start: usize, length: usize) -> Result<&[u8], Message> {
        if !self.waiting.is_empty() {
            self.flush()?;
        }
        let at = u64::try_from(start).unwrap_or(u64::MAX);
        let inside = |window_at: u64| at.checked_sub(window_at).and_then(|offset| usize::try_from(offset).ok());
        let known = inside(self.window_at).filter(|offset| offset + length <= self.window.len());
        let offset = match known {
            Some(offset) => offset,
            None => {
                self.window.clear();
                self.window_at = at;
                let most = u64::try_from(WINDOW.max(length)).unwrap_or(u64::MAX);
                let read = self.file.seek(SeekFrom::Start(at));
                let read = read.and_then(|_| (&self.file).take(most).read_to_end(&mut self.window));
                read.map_err(|_| message!("sheet-no-room"))?;
                0
            }
        };
        self.window.get(offset..offset + length).ok_or_else(|| message!("sheet-broken"))
    }
}
