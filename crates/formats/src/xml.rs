//! XML as a stream of events, in bounded memory: no entities but the five that all know, no endless text, no endless
//! depth.

use base::{Message, message};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesEnd, BytesStart, Event},
};
use std::{
    borrow::Cow,
    io::{BufRead, BufReader, Error, Read, Result as IoResult},
};

/// Bytes of one event: a tag, or a text.
const MOST_EVENT_BYTES: u64 = 1 << 20;

/// Elements within elements.
const DEEPEST: usize = 100;

/// A reader that gives so many bytes and no more.
pub struct Bounded<R> {
    inner: BufReader<R>,
    left: u64,
    left_for_event: u64,
    is_spent: bool,
}

impl<R: Read> Bounded<R> {
    pub fn new(inner: BufReader<R>, most_bytes: u64) -> Bounded<R> {
        Bounded { inner, left: most_bytes, left_for_event: MOST_EVENT_BYTES, is_spent: false }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> IoResult<&[u8]> {
        if self.left == 0 || self.left_for_event == 0 {
            self.is_spent = true;
            return Err(Error::other("too much to read"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        let bytes = u64::try_from(count).unwrap_or(u64::MAX);
        self.left = self.left.saturating_sub(bytes);
        self.left_for_event = self.left_for_event.saturating_sub(bytes);
        self.inner.consume(count);
    }
}

/// A document being read.
pub struct Xml<R: Read> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What comes next.
pub enum Token<'a> {
    Open(BytesStart<'a>),
    Close(BytesEnd<'a>),
    Text(Cow<'a, str>),
    /// A remark, or whatever else says nothing.
    Nothing,
    /// The document has ended.
    End,
}

impl<R: Read> Xml<R> {
    pub fn new(bounded: Bounded<R>) -> Xml<R> {
        let mut reader = Reader::from_reader(bounded);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::new(), depth: 0 }
    }

    pub fn next(&mut self) -> Result<Token<'_>, Message> {
        self.buffer.clear();
        self.reader.get_mut().left_for_event = MOST_EVENT_BYTES;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(_) if self.reader.get_ref().is_spent => return Err(message!("sheet-too-large")),
            Err(_) => return Err(message!("sheet-broken")),
        };
        Ok(match event {
            Event::Start(_) if self.depth == DEEPEST => return Err(message!("sheet-broken")),
            Event::Start(tag) => {
                self.depth += 1;
                Token::Open(tag)
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Token::Close(tag)
            }
            Event::Text(text) => Token::Text(text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) => Token::Text(text.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(reference) => Token::Text(reference_text(&reference)?),
            Event::Eof if self.depth == 0 => Token::End,
            Event::Eof | Event::DocType(_) => return Err(message!("sheet-broken")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => Token::Nothing,
        })
    }
}

fn reference_text<'a>(reference: &quick_xml::events::BytesRef) -> Result<Cow<'a, str>, Message> {
    let character = match reference.as_ref() {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => reference.resolve_char_ref().ok().flatten().ok_or_else(|| message!("sheet-broken"))?,
    };
    Ok(Cow::Owned(character.to_string()))
}

/// The name of an element without its prefix.
pub fn name<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    local(tag.name().0)
}

/// The name of an element that ends.
pub fn end_name<'a>(tag: &'a BytesEnd<'_>) -> &'a str {
    local(tag.as_ref())
}

fn local(whole: &str) -> &str {
    whole.rsplit_once(':').map_or(whole, |(_, name)| name)
}

/// An attribute by its name without a prefix.
pub fn attribute(tag: &BytesStart, wanted: &str) -> Option<String> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        if attribute.key.local_name().as_ref() == wanted {
            return attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned);
        }
    }
    None
}
