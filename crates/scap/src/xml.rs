//! XML as content needs it: one element after the other, small subtrees as values, everything within bounds.
//!
//! Document types are refused, and with them entities, so nothing expands; depth is bounded; names are resolved to their
//! namespaces. An element that the caller skips costs no memory.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// The most bytes a document may have. The largest published data stream has 30 MB.
pub const SIZE: usize = 256 << 20;

/// How deep elements may nest.
const DEPTH: usize = 128;

/// A document that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum XmlError {
    /// The XML is broken, or outside the bounds.
    #[error("line {line}: {why}")]
    Xml {
        /// Where, counted from one.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// Something that the format demands is missing.
    #[error("`{element}`: {why}")]
    Shape {
        /// The element.
        element: String,
        /// What is wrong.
        why: String,
    },
}

/// An error of the second kind.
pub(crate) fn shape(element: impl Into<String>, why: impl Into<String>) -> XmlError {
    XmlError::Shape { element: element.into(), why: why.into() }
}

/// An element with its attributes; its content comes from the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    /// Namespace URI; empty where the element has none.
    pub namespace: String,
    /// Name without prefix.
    pub name: String,
    /// Attributes by name without prefix, in the order of the document.
    pub attributes: Vec<(String, String)>,
}

/// A whole element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Name and attributes.
    pub tag: Tag,
    /// Child elements.
    pub children: Vec<Element>,
    /// The text directly inside, in one piece.
    pub text: String,
}

impl Tag {
    /// The attribute `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The attribute `name`, read as `true` or `1`.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name).map(str::trim), Some("true" | "1"))
    }

    /// The attribute `name`, which must be there.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn need(&self, name: &str) -> Result<&str, XmlError> {
        self.get(name).ok_or_else(|| shape(&self.name, format!("lacks the attribute `{name}`")))
    }
}

impl Element {
    /// The name without prefix.
    pub fn name(&self) -> &str {
        &self.tag.name
    }

    /// The attribute `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.tag.get(name)
    }

    /// The first child called `name`.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name() == name)
    }

    /// The children called `name`.
    pub fn all(&self, name: &'static str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name() == name)
    }

    /// All text within, that of inner elements included, white space as one blank.
    pub fn prose(&self) -> String {
        fn gather(element: &Element, words: &mut Vec<String>) {
            words.extend(element.text.split_whitespace().map(str::to_owned));
            for child in &element.children {
                gather(child, words);
            }
        }
        let mut words = Vec::new();
        gather(self, &mut words);
        words.join(" ")
    }
}

/// A document that is read from front to back.
pub struct Reader<'a> {
    inner: NsReader<&'a [u8]>,
    bytes: &'a [u8],
    depth: usize,
    /// The end of an element written as one empty tag is still to come.
    empty: bool,
}

/// The next thing inside an element.
#[derive(Debug)]
pub enum Node<'a> {
    /// A child begins.
    Open(Tag),
    /// Text.
    Text(Cow<'a, str>),
    /// The element ends.
    Close,
}

impl<'a> Reader<'a> {
    /// A reader at the front of `bytes`.
    ///
    /// # Errors
    ///
    /// When there are too many of them.
    pub fn new(bytes: &'a [u8]) -> Result<Self, XmlError> {
        if bytes.len() > SIZE {
            return Err(XmlError::Xml { line: 1, why: format!("has more than {SIZE} bytes") });
        }
        Ok(Self { inner: NsReader::from_reader(bytes), bytes, depth: 0, empty: false })
    }

    /// The root element.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn root(&mut self) -> Result<Tag, XmlError> {
        loop {
            match self.next()? {
                Node::Open(tag) => return Ok(tag),
                Node::Text(_) => {}
                Node::Close => return Err(self.broken("holds no element")),
            }
        }
    }

    /// The next child element; `None` at the end of the current one.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn child(&mut self) -> Result<Option<Tag>, XmlError> {
        loop {
            match self.next()? {
                Node::Open(tag) => return Ok(Some(tag)),
                Node::Text(_) => {}
                Node::Close => return Ok(None),
            }
        }
    }

    /// The rest of the element that `tag` began, as a value.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn element(&mut self, tag: Tag) -> Result<Element, XmlError> {
        let mut open = vec![Element { tag, ..Element::default() }];
        loop {
            match self.next()? {
                Node::Open(tag) => open.push(Element { tag, ..Element::default() }),
                Node::Text(text) => {
                    if let Some(last) = open.last_mut() {
                        last.text.push_str(&text);
                    }
                }
                Node::Close => {
                    let done = open.pop().unwrap_or_default();
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
            }
        }
    }

    /// Passes over the rest of the current element.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn skip(&mut self) -> Result<(), XmlError> {
        let until = self.depth.saturating_sub(1);
        while self.depth > until {
            self.raw()?;
        }
        Ok(())
    }

    /// Where the reader is, in bytes.
    pub fn position(&self) -> usize {
        usize::try_from(self.inner.buffer_position()).unwrap_or(usize::MAX)
    }

    fn next(&mut self) -> Result<Node<'a>, XmlError> {
        loop {
            match self.raw()? {
                Raw::Open(start) => {
                    let tag = self.tag(&start)?;
                    return Ok(Node::Open(tag));
                }
                Raw::Text(text) => return Ok(Node::Text(text)),
                Raw::Close => return Ok(Node::Close),
                Raw::Nothing => {}
            }
        }
    }

    fn raw(&mut self) -> Result<Raw<'a>, XmlError> {
        if std::mem::take(&mut self.empty) {
            self.depth = self.depth.saturating_sub(1);
            return Ok(Raw::Close);
        }
        let event = self.inner.read_event().map_err(|error| self.broken(&error.to_string()))?;
        match event {
            Event::Start(start) => {
                self.deeper()?;
                Ok(Raw::Open(start))
            }
            Event::Empty(start) => {
                self.deeper()?;
                self.empty = true;
                Ok(Raw::Open(start))
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Raw::Close)
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| self.broken(&error.to_string()))?;
                Ok(Raw::Text(text))
            }
            Event::CData(data) => {
                let text = data.decode().map_err(|error| self.broken(&error.to_string()))?;
                Ok(Raw::Text(text))
            }
            Event::GeneralRef(reference) => {
                let named = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(Cow::Owned(c.to_string())),
                    Ok(None) => predefined(&reference).map(Cow::Borrowed),
                    Err(_) => None,
                };
                named.map(Raw::Text).ok_or_else(|| self.broken("uses an entity of its own"))
            }
            Event::DocType(_) => Err(self.broken("has a document type, which could define entities")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => Ok(Raw::Nothing),
            Event::Eof if self.depth > 0 => Err(self.broken("ends inside an element")),
            Event::Eof => Err(self.broken("ends before its element")),
        }
    }

    fn deeper(&mut self) -> Result<(), XmlError> {
        self.depth += 1;
        if self.depth > DEPTH { Err(self.broken(&format!("nests deeper than {DEPTH} elements"))) } else { Ok(()) }
    }

    fn tag(&self, start: &BytesStart<'_>) -> Result<Tag, XmlError> {
        let (namespace, local) = self.inner.resolve_element(start.name());
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => text(namespace.into_inner()),
            ResolveResult::Unbound => String::new(),
            ResolveResult::Unknown(_) => return Err(self.broken("uses a prefix that is not declared")),
        };
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.broken(&error.to_string()))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.unescape_value().map_err(|error| self.broken(&error.to_string()))?;
            attributes.push((text(attribute.key.local_name().into_inner()), value.into_owned()));
        }
        Ok(Tag { namespace, name: text(local.into_inner()), attributes })
    }

    fn broken(&self, why: &str) -> XmlError {
        let read = self.bytes.get(..self.position()).unwrap_or(self.bytes);
        XmlError::Xml { line: read.iter().filter(|byte| **byte == b'\n').count() + 1, why: why.to_owned() }
    }
}

enum Raw<'a> {
    Open(BytesStart<'a>),
    Text(Cow<'a, str>),
    Close,
    Nothing,
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn predefined(name: &[u8]) -> Option<&'static str> {
    match name {
        b"amp" => Some("&"),
        b"lt" => Some("<"),
        b"gt" => Some(">"),
        b"quot" => Some("\""),
        b"apos" => Some("'"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(document: &str) -> Result<Element, XmlError> {
        let mut reader = Reader::new(document.as_bytes())?;
        let root = reader.root()?;
        reader.element(root)
    }

    #[test]
    fn elements_have_names_attributes_and_text() {
        let root = read("<a:r xmlns:a='urn:x' n='1&amp;2'><b/>x &#38;&lt; <![CDATA[<y>]]><c>d</c></a:r>").unwrap();
        assert_eq!((root.tag.namespace.as_str(), root.name()), ("urn:x", "r"));
        assert_eq!(root.get("n"), Some("1&2"));
        assert_eq!(root.text, "x &< <y>");
        assert_eq!(root.children.iter().map(Element::name).collect::<Vec<_>>(), ["b", "c"]);
        assert_eq!(root.prose(), "x &< <y> d");
    }

    #[test]
    fn what_could_expand_or_exhaust_is_refused() {
        let deep = "<a>".repeat(1_000_000);
        for (document, why) in [
            ("<!DOCTYPE r [<!ENTITY a 'aaaa'>]><r>&a;</r>", "document type"),
            ("<r>&a;</r>", "entity"),
            ("<r>", "ends inside"),
            ("", "ends before"),
            ("<r></s>", "`</s>`"),
            ("<x:r/>", "prefix"),
            (deep.as_str(), "nests deeper"),
        ] {
            let error = read(document).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn a_skipped_element_is_passed_as_a_whole() {
        let mut reader = Reader::new(b"<r><a><b/><c>x</c></a><d/></r>").unwrap();
        reader.root().unwrap();
        assert_eq!(reader.child().unwrap().unwrap().name, "a");
        reader.skip().unwrap();
        assert_eq!(reader.child().unwrap().unwrap().name, "d");
        reader.skip().unwrap();
        assert!(reader.child().unwrap().is_none());
    }
}
