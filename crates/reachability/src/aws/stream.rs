//! Large documents, cut into small ones as they are read: memory holds a few pieces, and all cores share one document.
//!
//! A piece is an object with one answer and some of its records, as AWS would have given them on one page. What is not a
//! list of records stays together in a last piece. Only where values begin and end is found out here; whether a piece is
//! well formed the reader of documents judges.

use std::io::{self, Read};

/// Bytes that are asked for at once.
const CHUNK: usize = 1 << 20;

/// A part of a document that is a document itself.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    /// How many records of its answer came before; `None` where the piece is the whole document.
    pub(super) first_record: Option<usize>,
}

/// Why a document cannot be cut.
#[derive(Debug)]
pub(super) enum Uncut {
    Unreadable(io::Error),
    TooLarge,
    /// What is wrong, and at which byte.
    NotJson(&'static str, usize),
}

/// Cuts one document.
pub(super) struct Cutter<'a> {
    source: Box<dyn Read + Send + 'a>,
    /// Read and not yet cut, from `at` on.
    window: Vec<u8>,
    at: usize,
    /// Bytes of the document before the window.
    before: usize,
    most: usize,
    ended: bool,
    /// Bytes that a piece should have.
    size: usize,
    state: State,
    /// The object of everything that is no list of records.
    rest: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    /// Before the document's brace.
    Start,
    /// Before a key; `bool` says whether one must come, as after a comma.
    Key(bool),
    /// Before a record of the answer with this key, as it is written, after so many records.
    Record {
        key: Vec<u8>,
        done: usize,
    },
    End,
}

impl<'a> Cutter<'a> {
    /// Cuts `source` into pieces of about `size` bytes; more than `most` bytes are refused.
    pub(super) fn new(source: Box<dyn Read + Send + 'a>, size: usize, most: usize) -> Self {
        let window = Vec::new();
        Self { source, window, at: 0, before: 0, most, ended: false, size, state: State::Start, rest: Vec::new() }
    }

    /// The next piece; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, Uncut> {
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::Start => {
                    if self.is_small()? || self.mark_and_space()? != Some(b'{') {
                        return self.everything().map(Some);
                    }
                    self.at += 1;
                    self.rest.push(b'{');
                    self.state = State::Key(false);
                }
                State::Key(must) => {
                    if let Some(piece) = self.member(must)? {
                        return Ok(Some(piece));
                    }
                }
                State::Record { key, done } => return self.records(key, done).map(Some),
                State::End => return Ok(None),
            }
        }
    }

    /// A document that is small, or no object: its reader says what is wrong with it.
    fn everything(&mut self) -> Result<Piece, Uncut> {
        while self.more()? {}
        Ok(Piece { bytes: std::mem::take(&mut self.window), first_record: None })
    }

    /// A key and what it holds, or the end of the object.
    fn member(&mut self, must: bool) -> Result<Option<Piece>, Uncut> {
        match self.space()? {
            Some(b'}') if !must => {
                self.at += 1;
                if self.space()?.is_some() {
                    return Err(self.wrong("trailing characters"));
                }
                self.rest.push(b'}');
                return Ok(Some(Piece { bytes: std::mem::take(&mut self.rest), first_record: Some(0) }));
            }
            Some(b'"') => {}
            _ => return Err(self.wrong("expected a key")),
        }
        let end = self.value_end()?;
        let key = self.taken(end);
        if self.space()? != Some(b':') {
            return Err(self.wrong("expected `:`"));
        }
        self.at += 1;
        if self.space()? == Some(b'[') {
            self.at += 1;
            self.state = State::Record { key, done: 0 };
            return Ok(None);
        }
        let end = self.value_end()?;
        let value = self.taken(end);
        if self.rest.len() > 1 {
            self.rest.push(b',');
        }
        self.rest.extend([&key[..], b":", &value].concat());
        self.after_member()?;
        Ok(None)
    }

    /// As many records as fit in a piece.
    fn records(&mut self, key: Vec<u8>, done: usize) -> Result<Piece, Uncut> {
        let mut bytes = [b"{", &key[..], b":["].concat();
        let (start, mut count) = (bytes.len(), 0);
        loop {
            match self.space()? {
                Some(b']') if done + count == 0 || count > 0 && bytes.last() != Some(&b',') => {
                    self.at += 1;
                    self.after_member()?;
                    break;
                }
                Some(b']') | None => return Err(self.wrong("expected a record")),
                Some(_) => {}
            }
            let end = self.value_end()?;
            if end == self.at {
                return Err(self.wrong("expected a record"));
            }
            bytes.extend(self.window.get(self.at..end).unwrap_or_default());
            self.at = end;
            count += 1;
            match self.space()? {
                Some(b',') => self.at += 1,
                Some(b']') => continue,
                _ => return Err(self.wrong("expected `,` or `]`")),
            }
            if bytes.len() - start >= self.size {
                // Something has to follow: the next piece says so where nothing does.
                self.state = State::Record { key, done: done + count };
                break;
            }
            bytes.push(b',');
        }
        bytes.extend(b"]}");
        Ok(Piece { bytes, first_record: Some(done) })
    }

    fn after_member(&mut self) -> Result<(), Uncut> {
        self.state = match self.space()? {
            Some(b',') => {
                self.at += 1;
                State::Key(true)
            }
            Some(b'}') => State::Key(false),
            _ => return Err(self.wrong("expected `,` or `}`")),
        };
        Ok(())
    }

    /// The byte after the white space, without taking it; `None` at the end.
    fn space(&mut self) -> Result<Option<u8>, Uncut> {
        loop {
            let rest = self.window.get(self.at..).unwrap_or_default();
            if let Some(past) = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t')) {
                self.at += past;
                return Ok(self.window.get(self.at).copied());
            }
            self.at = self.window.len();
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    fn is_small(&mut self) -> Result<bool, Uncut> {
        while self.window.len() <= self.size && self.more()? {}
        Ok(self.ended)
    }

    fn mark_and_space(&mut self) -> Result<Option<u8>, Uncut> {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        if self.window.starts_with(MARK) {
            self.at = MARK.len();
        }
        self.space()
    }

    /// Where the value that begins here ends, all of it in the window.
    fn value_end(&mut self) -> Result<usize, Uncut> {
        let mut scan = Scan::new(self.window.get(self.at).copied());
        let mut seen = self.at;
        loop {
            if let Some(end) = scan.end(&self.window, seen) {
                return Ok(end);
            }
            seen = self.window.len() - self.at;
            if !self.more()? {
                return match scan {
                    Scan::Plain => Ok(self.window.len()),
                    Scan::Nested { .. } => Err(self.wrong("the document ends early")),
                };
            }
            seen += self.at;
        }
    }

    fn taken(&mut self, end: usize) -> Vec<u8> {
        let taken = self.window.get(self.at..end).unwrap_or_default().to_vec();
        self.at = end;
        taken
    }

    /// Reads on; what is cut already makes room.
    fn more(&mut self) -> Result<bool, Uncut> {
        if self.ended {
            return Ok(false);
        }
        self.window.drain(..self.at);
        self.before += self.at;
        self.at = 0;
        let length = self.window.len();
        let chunk = CHUNK.min(self.size.max(1)) as u64;
        let read = self.source.by_ref().take(chunk).read_to_end(&mut self.window).map_err(Uncut::Unreadable)?;
        if self.before + length + read > self.most {
            return Err(Uncut::TooLarge);
        }
        self.ended = read == 0;
        Ok(read > 0)
    }

    const fn wrong(&self, what: &'static str) -> Uncut {
        Uncut::NotJson(what, self.before + self.at)
    }
}

/// Looks for the end of one value.
enum Scan {
    /// A number or a word.
    Plain,
    /// Text, a list or an object: how deep, and whether inside text or behind its backslash.
    Nested { depth: usize, text: bool, escaped: bool },
}

impl Scan {
    fn new(first: Option<u8>) -> Self {
        match first {
            Some(b'"' | b'{' | b'[') => Self::Nested { depth: 0, text: false, escaped: false },
            _ => Self::Plain,
        }
    }

    /// The end of the value, looked for from `from` on.
    fn end(&mut self, window: &[u8], from: usize) -> Option<usize> {
        let Self::Nested { depth, text, escaped } = self else {
            let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b':' | b' ' | b'\n' | b'\r' | b'\t');
            return Some(from + window.get(from..)?.iter().position(ends)?);
        };
        let mut at = from;
        loop {
            if *text {
                if *escaped {
                    window.get(at)?;
                    *escaped = false;
                    at += 1;
                    continue;
                }
                at += memchr::memchr2(b'"', b'\\', window.get(at..)?)?;
                *escaped = window.get(at) == Some(&b'\\');
                *text = *escaped;
                at += 1;
                if !*text && *depth == 0 {
                    return Some(at);
                }
                continue;
            }
            let rest = window.get(at..)?;
            at += rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'))?;
            match window.get(at)? {
                b'"' => *text = true,
                b'{' | b'[' => *depth += 1,
                _ => *depth = depth.saturating_sub(1),
            }
            at += 1;
            if *depth == 0 && !*text {
                return Some(at);
            }
        }
    }
}
