//! A document read once, from front to end, into definitions and what their tests look for.

use std::collections::BTreeMap;

use inspector_model::Timestamp;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::FeedError;

/// Criteria nest no deeper.
const MAX_DEPTH: usize = 64;
/// Of titles and descriptions no more is kept.
const MAX_TEXT: usize = 4096;

/// A whole document.
#[derive(Default)]
pub(super) struct Document {
    pub(super) made_at: Option<Timestamp>,
    pub(super) definitions: Vec<Definition>,
    /// Tests of rpm versions: the ids of object and state.
    tests: BTreeMap<String, (String, String)>,
    /// The package that an object looks for.
    objects: BTreeMap<String, String>,
    states: BTreeMap<String, Wanted>,
}

/// One definition: what is said about vulnerabilities, and where it holds.
#[derive(Default)]
pub(super) struct Definition {
    pub(super) id: String,
    pub(super) class: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) severity: String,
    /// `ref_id` of each reference, and the text of each `cve`.
    pub(super) references: Vec<String>,
    /// CVE id and vector, as some publishers write them beside it: `7.5/CVSS:3.1/…`.
    pub(super) vectors: Vec<(String, String)>,
    pub(super) criteria: Vec<Node>,
}

/// A node of the tree of tests.
pub(super) enum Node {
    /// Several; whether all must hold.
    Group { all: bool, children: Vec<Node> },
    /// One test, by its id, and what it says for people.
    Test { id: String, comment: String },
}

/// What a state wants of an rpm.
#[derive(Default, Clone)]
pub(super) struct Wanted {
    /// Its version with epoch and release, and how to compare.
    pub(super) evr: Option<(String, String)>,
    /// The version alone.
    pub(super) version: String,
}

impl Document {
    /// The package that a test looks for, and what it wants of it; `None` where it is no test of an rpm.
    pub(super) fn test(&self, id: &str) -> Option<(&str, Option<&Wanted>)> {
        let (object, state) = self.tests.get(id)?;
        Some((self.objects.get(object)?, self.states.get(state)))
    }
}

/// Where the next text belongs.
#[derive(Clone, PartialEq)]
enum Slot {
    Nowhere,
    Timestamp,
    Title,
    Description,
    Severity,
    Cve(String),
    ObjectName,
    Evr(String),
    Version,
}

/// What is open while a document is read.
struct Reading {
    document: Document,
    definition: Option<Definition>,
    groups: Vec<(bool, Vec<Node>)>,
    test: Option<(String, String, String)>,
    object: Option<(String, String)>,
    state: Option<(String, Wanted)>,
    slot: Slot,
    text: String,
}

pub(super) fn read(bytes: &[u8]) -> Result<Document, FeedError> {
    let text = std::str::from_utf8(bytes).map_err(|error| FeedError::Shape { why: error.to_string() })?;
    if !text.contains("<oval_definitions") {
        return Err(FeedError::Shape { why: "it has no `oval_definitions`".to_owned() });
    }
    let mut reader = Reader::from_str(text);
    let mut reading = Reading {
        document: Document::default(),
        definition: None,
        groups: Vec::new(),
        test: None,
        object: None,
        state: None,
        slot: Slot::Nowhere,
        text: String::new(),
    };
    let mut closed = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => reading.open(&start)?,
            Ok(Event::Empty(start)) => {
                reading.open(&start)?;
                reading.close(start.local_name().as_ref());
            }
            Ok(Event::End(end)) => {
                closed |= end.local_name().as_ref() == b"oval_definitions";
                reading.close(end.local_name().as_ref());
            }
            Ok(Event::Text(text)) => reading.append(&text.decode().unwrap_or_default()),
            Ok(Event::GeneralRef(name)) => reading.append(entity(&name)),
            Ok(Event::CData(data)) => reading.append(&String::from_utf8_lossy(&data)),
            Ok(Event::Eof) if closed => return Ok(reading.document),
            Ok(Event::Eof) => {
                return Err(FeedError::Truncated { why: "`</oval_definitions>` is missing".to_owned() });
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(error) => return Err(FeedError::Shape { why: error.to_string() }),
        }
    }
}

/// The predefined entities of XML; there are no others in these documents.
fn entity(name: &[u8]) -> &'static str {
    match name {
        b"lt" => "<",
        b"gt" => ">",
        b"amp" => "&",
        b"quot" => "\"",
        b"apos" => "'",
        _ => " ",
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let found = start.attributes().flatten().find(|it| it.key.local_name().as_ref() == name.as_bytes());
    found.and_then(|it| it.unescape_value().ok().map(|value| value.into_owned())).unwrap_or_default()
}

impl Reading {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), FeedError> {
        let get = |name| attribute(start, name);
        self.text.clear();
        let name = start.local_name();
        self.slot = match name.as_ref() {
            b"timestamp" => Slot::Timestamp,
            b"title" => Slot::Title,
            b"description" => Slot::Description,
            b"severity" => Slot::Severity,
            b"cve" => Slot::Cve(get("cvss3")),
            b"name" if self.object.is_some() => Slot::ObjectName,
            b"evr" => Slot::Evr(get("operation")),
            b"version" => Slot::Version,
            _ => Slot::Nowhere,
        };
        match name.as_ref() {
            b"definition" => {
                self.definition = Some(Definition { id: get("id"), class: get("class"), ..Definition::default() });
            }
            b"reference" => {
                self.definition.iter_mut().for_each(|it| it.references.push(get("ref_id")));
            }
            b"criteria" => {
                if self.groups.len() >= MAX_DEPTH {
                    return Err(FeedError::Shape { why: "its criteria are nested too deep".to_owned() });
                }
                self.groups.push((!get("operator").eq_ignore_ascii_case("OR"), Vec::new()));
            }
            b"criterion" => self.add(Node::Test { id: get("test_ref"), comment: get("comment") }),
            b"rpminfo_test" => self.test = Some((get("id"), String::new(), String::new())),
            b"object" => self.test.iter_mut().for_each(|test| test.1 = get("object_ref")),
            b"state" => self.test.iter_mut().for_each(|test| test.2 = get("state_ref")),
            b"rpminfo_object" => self.object = Some((get("id"), String::new())),
            b"rpminfo_state" => self.state = Some((get("id"), Wanted::default())),
            _ => {}
        }
        Ok(())
    }

    fn append(&mut self, text: &str) {
        if self.slot != Slot::Nowhere && self.text.len() < MAX_TEXT {
            self.text.push_str(text);
        }
    }

    fn close(&mut self, name: &[u8]) {
        self.keep_text();
        match name {
            b"criteria" => {
                if let Some((all, children)) = self.groups.pop() {
                    self.add(Node::Group { all, children });
                }
            }
            b"definition" => self.document.definitions.extend(self.definition.take()),
            b"rpminfo_test" => {
                let test = self.test.take().map(|(id, object, state)| (id, (object, state)));
                self.document.tests.extend(test);
            }
            b"rpminfo_object" => self.document.objects.extend(self.object.take()),
            b"rpminfo_state" => self.document.states.extend(self.state.take()),
            _ => {}
        }
    }

    fn add(&mut self, node: Node) {
        let open = self.groups.last_mut().map(|(_, children)| children);
        let open = open.or_else(|| self.definition.as_mut().map(|it| &mut it.criteria));
        if let Some(children) = open {
            children.push(node);
        }
    }

    /// Puts the text of an element where it belongs.
    fn keep_text(&mut self) {
        let text = self.text.trim().to_owned();
        match std::mem::replace(&mut self.slot, Slot::Nowhere) {
            Slot::Timestamp => {
                let made_at = text.parse().or_else(|_| format!("{text}Z").parse()).ok();
                self.document.made_at = self.document.made_at.or(made_at);
            }
            Slot::ObjectName => self.object.iter_mut().for_each(|it| it.1.clone_from(&text)),
            Slot::Evr(operation) => {
                self.state.iter_mut().for_each(|it| it.1.evr = Some((operation.clone(), text.clone())));
            }
            Slot::Version => self.state.iter_mut().for_each(|it| it.1.version.clone_from(&text)),
            slot @ (Slot::Nowhere | Slot::Title | Slot::Description | Slot::Severity | Slot::Cve(_)) => {
                let Some(definition) = &mut self.definition else { return };
                match slot {
                    Slot::Title => definition.title = text,
                    Slot::Description => definition.description = text,
                    Slot::Severity => definition.severity = text,
                    Slot::Cve(vector) => {
                        definition.references.push(text.clone());
                        definition.vectors.push((text, vector));
                    }
                    Slot::Nowhere | Slot::Timestamp | Slot::ObjectName | Slot::Evr(_) | Slot::Version => {}
                }
            }
        }
    }
}
