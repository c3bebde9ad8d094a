//! An answer of AWS as the JSON that AWS CLI prints for it.
//!
//! XML is read by the tables: a member that has no element is left out, an empty list is an empty list, numbers and truth
//! values become JSON's, times stay as they are written. What no table names is skipped.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Number, Value};

use crate::table::{Member, Operation, Protocol, Shape};

/// How deep an answer may nest. No table comes near it.
const MAX_DEPTH: usize = 64;

/// An answer that is not what the service's table says, with the reason.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Malformed(String);

/// What a service said instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// For example `UnauthorizedOperation`; empty where it gave none.
    pub(crate) code: String,
    pub(crate) message: String,
}

/// Reads the answer to `operation`.
pub(crate) fn read(operation: &Operation, bytes: &[u8]) -> Result<Map<String, Value>, Malformed> {
    if let Protocol::Json { .. } = operation.service.protocol {
        return serde_json::from_slice(bytes).map_err(|error| Malformed(format!("not a JSON object: {error}")));
    }
    let root = element(bytes)?;
    let inner = match operation.wrapper {
        Some(wrapper) => root.child(wrapper).ok_or_else(|| Malformed(format!("no `{wrapper}`")))?,
        None => &root,
    };
    structure(inner, operation.output)
}

/// Reads what is said with an HTTP status that is no success.
pub(crate) fn complaint(bytes: &[u8]) -> Complaint {
    let of_json = || {
        let body: Value = serde_json::from_slice(bytes).ok()?;
        let text = |names: [&str; 2]| names.iter().find_map(|name| body.get(name)?.as_str().map(str::to_owned));
        let code = text(["__type", "code"])?;
        let code = code.rsplit('#').next().unwrap_or_default().to_owned();
        Some(Complaint { code, message: text(["message", "Message"]).unwrap_or_default() })
    };
    let of_xml = || {
        let root = element(bytes).ok()?;
        let error = root.child("Error").or_else(|| root.child("Errors")?.child("Error"))?;
        let text = |name: &str| error.child(name).map(|child| child.text.clone()).unwrap_or_default();
        Some(Complaint { code: text("Code"), message: text("Message") })
    };
    of_json().or_else(of_xml).unwrap_or(Complaint { code: String::new(), message: String::new() })
}

/// An element with its text and its children; namespaces and attributes say nothing that is needed.
#[derive(Debug, Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// The root element.
fn element(bytes: &[u8]) -> Result<Element, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed("not UTF-8".to_owned()))?;
    let mut reader = Reader::from_str(text);
    let broken = |error: &dyn std::fmt::Display| Malformed(format!("not XML: {error}"));
    // The elements that are open; the first stands for the document.
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(start) => {
                if open.len() > MAX_DEPTH {
                    return Err(Malformed(format!("nests deeper than {MAX_DEPTH}")));
                }
                let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                open.push(Element { name, ..Element::default() });
            }
            Event::Empty(empty) => {
                let name = String::from_utf8_lossy(empty.local_name().as_ref()).into_owned();
                close(&mut open, Element { name, ..Element::default() });
            }
            Event::End(_) => {
                if let Some(done) = open.pop() {
                    close(&mut open, done);
                }
            }
            Event::Text(text) => add(&mut open, &text.xml_content().map_err(|error| broken(&error))?),
            Event::CData(text) => add(&mut open, &text.decode().map_err(|error| broken(&error))?),
            Event::GeneralRef(reference) => {
                let resolved = reference.resolve_char_ref().map_err(|error| broken(&error))?;
                let name = reference.decode().map_err(|error| broken(&error))?;
                let named = quick_xml::escape::resolve_predefined_entity(&name);
                match (resolved, named) {
                    (Some(letter), _) => add(&mut open, letter.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => add(&mut open, text),
                    (None, None) => return Err(Malformed(format!("not XML: no entity is called `{name}`"))),
                }
            }
            Event::DocType(_) => return Err(Malformed("has a document type, which no service sends".to_owned())),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(document), true) => document.children.into_iter().next().ok_or_else(|| Malformed("empty".to_owned())),
        _ => Err(Malformed("not XML: breaks off".to_owned())),
    }
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn close(open: &mut [Element], done: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(done);
    }
}

fn structure(element: &Element, members: &[Member]) -> Result<Map<String, Value>, Malformed> {
    let mut values = Map::new();
    for member in members {
        let value = if let Shape::List { item, wire: None } = member.shape {
            let items = element.children.iter().filter(|child| child.name == member.wire);
            let items: Vec<Value> = items.map(|child| value(child, item)).collect::<Result<_, _>>()?;
            (!items.is_empty()).then_some(Value::Array(items))
        } else {
            element.child(member.wire).map(|child| value(child, member.shape)).transpose()?
        };
        values.extend(value.map(|value| (member.name.to_owned(), value)));
    }
    Ok(values)
}

fn value(element: &Element, shape: &Shape) -> Result<Value, Malformed> {
    let wrong = |what: &str| Malformed(format!("`{}` in `{}` is no {what}", cut(&element.text), element.name));
    Ok(match shape {
        Shape::String | Shape::Any => Value::String(element.text.clone()),
        Shape::Boolean => match element.text.trim() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => return Err(wrong("truth value")),
        },
        Shape::Number => {
            let whole = element.text.trim().parse::<i64>().ok().map(Number::from);
            let real = || Number::from_f64(element.text.trim().parse().ok()?);
            Value::Number(whole.or_else(real).ok_or_else(|| wrong("number"))?)
        }
        Shape::Structure(members) => Value::Object(structure(element, members)?),
        Shape::List { item, wire } => {
            let items = element.children.iter().filter(|child| wire.is_none_or(|wire| child.name == wire));
            Value::Array(items.map(|child| value(child, item)).collect::<Result<_, _>>()?)
        }
        Shape::Map { value: shape } => {
            let mut values = Map::new();
            for entry in element.children.iter().filter(|child| child.name == "entry") {
                if let (Some(key), Some(inner)) = (entry.child("key"), entry.child("value")) {
                    values.insert(key.text.clone(), value(inner, shape)?);
                }
            }
            Value::Object(values)
        }
    })
}

/// As much of a text as a message can bear.
pub(crate) fn cut(text: &str) -> String {
    const MOST: usize = 400;
    let mut short: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
