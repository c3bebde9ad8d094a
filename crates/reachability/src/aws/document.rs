//! One document, read in one pass without building a tree.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::network_firewall;
use super::part::Part;
use super::raw::Text;
use super::{Document, MAX_DOCUMENT_BYTES, ReadError, read_answer};

pub(super) fn read(document: &Document<'_>) -> Result<Part, ReadError> {
    read_piece(document, None)
}

/// The same for a piece of a document, whose answer has so many records in the pieces before.
pub(super) fn read_piece(document: &Document<'_>, before: Option<usize>) -> Result<Part, ReadError> {
    let path = || document.path.to_owned();
    if document.bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(ReadError::TooLarge { path: path() });
    }
    let text = std::str::from_utf8(document.bytes)
        .map_err(|error| ReadError::NotJson { path: path(), why: error.to_string() })?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut part = Part::new(document.path);
    part.records_before = before.unwrap_or_default();
    let mut json = serde_json::Deserializer::from_str(text);
    let outcome = if text.starts_with('{') {
        json.deserialize_map(TopLevel(&mut part))
    } else {
        IgnoredAny::deserialize(&mut json).map(|_| part.skip("not an object of AWS answers"))
    };
    match outcome.and_then(|()| json.end()) {
        Ok(()) => {
            network_firewall::join(&mut part);
            Ok(part)
        }
        Err(error) if error.is_data() => {
            Err(ReadError::Shape { path: path(), object: part.position(), why: why(&error, before) })
        }
        Err(error) if before.is_some() => {
            let why = format!("`{}`: {}", part.position(), why(&error, before));
            Err(ReadError::NotJson { path: path(), why })
        }
        Err(error) => Err(ReadError::NotJson { path: path(), why: error.to_string() }),
    }
}

/// What is wrong. Lines of a piece are not those of its document.
fn why(error: &serde_json::Error, before: Option<usize>) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place) {
        Some(what) if before.is_some() => what.to_owned(),
        Some(_) | None => text,
    }
}

struct TopLevel<'p>(&'p mut Part);

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of AWS answers")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(Text(key)) = map.next_key()? {
            self.0.start_answer(&key);
            read_answer(&canonical(&key), &mut map, self.0)?;
        }
        Ok(())
    }
}

/// `network_acls` and `networkAcls` as AWS writes it: `NetworkAcls`.
pub(super) fn canonical(key: &str) -> Cow<'_, str> {
    if key.starts_with(|first: char| first.is_ascii_uppercase()) && !key.contains('_') {
        return Cow::Borrowed(key);
    }
    let mut start = true;
    let mut name = String::with_capacity(key.len());
    for letter in key.chars() {
        if letter == '_' {
            start = true;
        } else {
            name.push(if start { letter.to_ascii_uppercase() } else { letter });
            start = false;
        }
    }
    Cow::Owned(name)
}

/// Reads the list of records under the current key and hands each to `add`. Null is an answer that was never asked for.
pub(super) fn records<'de, M: MapAccess<'de>, R: Deserialize<'de>>(
    answer: &'static str,
    map: &mut M,
    part: &mut Part,
    add: fn(R, &mut Part),
) -> Result<(), M::Error> {
    map.next_value_seed(Records { answer, part, add, lone: false })
}

/// The same, where the key may also hold one record that does not say whose it is: that one is skipped aloud.
pub(super) fn records_of_many<'de, M: MapAccess<'de>, R: Deserialize<'de>>(
    answer: &'static str,
    map: &mut M,
    part: &mut Part,
    add: fn(R, &mut Part),
) -> Result<(), M::Error> {
    map.next_value_seed(Records { answer, part, add, lone: true })
}

struct Records<'p, R> {
    answer: &'static str,
    lone: bool,
    part: &'p mut Part,
    add: fn(R, &mut Part),
}

impl<'de, R: Deserialize<'de>> DeserializeSeed<'de> for Records<'_, R> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, R: Deserialize<'de>> Visitor<'de> for Records<'_, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        if !self.lone {
            return Err(serde::de::Error::invalid_type(serde::de::Unexpected::Map, &self));
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.part.ignored(self.answer);
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut sequence: S) -> Result<(), S::Error> {
        self.part.answered(self.answer);
        while let Some(record) = sequence.next_element()? {
            (self.add)(record, self.part);
            self.part.next_record();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_every_case_are_the_same_answer() {
        for key in ["NetworkAcls", "networkAcls", "network_acls"] {
            assert_eq!(canonical(key), "NetworkAcls");
        }
    }
}
