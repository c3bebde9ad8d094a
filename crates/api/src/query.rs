//! The AWS query protocol, which CloudFormation and STS speak: a form in, XML out.
//!
//! Lists are `Name.member.1`, structures `Name.Key`; in XML a list's items are called `member`. Both become JSON values
//! here, so that nothing else has to know either.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::{Map, Value};

use crate::error::Failure;
use crate::percent;

/// The content type of a request.
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";
/// The content type of an answer.
pub const ANSWER_TYPE: &str = "text/xml";

const MAX_FIELDS: usize = 5_000;
const MAX_DEPTH: usize = 12;
const ITEM: &str = "member";

/// Why an answer cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// It is no XML.
    #[error(transparent)]
    Xml(#[from] quick_xml::Error),
    /// It is nested beyond any answer of the protocol.
    #[error("the answer nests too deeply")]
    TooDeep,
}

/// One request: what to do, and with what.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// `Action`.
    pub action: String,
    /// All other fields, nested as their names say; every leaf is a string.
    pub parameters: Value,
}

/// The fields of a form, decoded, in their order; `None` where it is no form.
pub fn fields(body: &[u8]) -> Option<Vec<(String, String)>> {
    let decoded = |text: &str| percent::decoded(&text.replace('+', " "));
    let field = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(name)?, decoded(value)?))
    };
    std::str::from_utf8(body).ok()?.split('&').filter(|pair| !pair.is_empty()).map(field).collect()
}

/// Reads a form.
///
/// # Errors
/// When it is none, names no action or one field twice, or has too many fields or levels.
pub fn decode(body: &[u8]) -> Result<Call, Failure> {
    let malformed = |message: String| Failure::protocol("MalformedQueryString", 400, message);
    let fields = fields(body).ok_or_else(|| malformed("the body is no form".to_owned()))?;
    let mut root = Node::default();
    for (count, (name, value)) in fields.into_iter().enumerate() {
        let path: Vec<&str> = name.split('.').collect();
        if count >= MAX_FIELDS || path.len() > MAX_DEPTH {
            return Err(malformed(format!("the form has more than {MAX_FIELDS} fields or {MAX_DEPTH} levels")));
        }
        if root.put(&path, value).is_some() {
            return Err(malformed(format!("the form has `{name}` twice")));
        }
    }
    let action = root.children.remove("Action").and_then(|node| node.text);
    root.children.remove("Version");
    let missing = || Failure::protocol("MissingAction", 400, "the form has no `Action`");
    Ok(Call { action: action.ok_or_else(missing)?, parameters: root.into_value() })
}

#[derive(Default)]
struct Node {
    text: Option<String>,
    children: BTreeMap<String, Node>,
}

impl Node {
    /// The text that was there before.
    fn put(&mut self, path: &[&str], value: String) -> Option<String> {
        match path {
            [] => self.text.replace(value),
            [first, rest @ ..] => self.children.entry((*first).to_owned()).or_default().put(rest, value),
        }
    }

    fn into_value(mut self) -> Value {
        if let Some(items) = self.children.remove(ITEM) {
            let mut numbered: Vec<(u32, Node)> =
                items.children.into_iter().filter_map(|(key, node)| Some((key.parse().ok()?, node))).collect();
            numbered.sort_by_key(|(number, _)| *number);
            return numbered.into_iter().map(|(_, node)| node.into_value()).collect();
        }
        match self.text {
            Some(text) if self.children.is_empty() => Value::String(text),
            _ => self.children.into_iter().map(|(name, node)| (name, node.into_value())).collect(),
        }
    }
}

/// Writes a form, as a client sends it.
pub fn encode(action: &str, version: &str, parameters: &Value) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", action).append_pair("Version", version);
    append(&mut form, "", parameters);
    form.finish()
}

fn append(form: &mut form_urlencoded::Serializer<'_, String>, name: &str, value: &Value) {
    let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                append(form, &below(&format!("{ITEM}.{}", index + 1)), item);
            }
        }
        Value::Object(members) => members.iter().for_each(|(key, member)| append(form, &below(key), member)),
        leaf @ (Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            form.append_pair(name, &plain(leaf));
        }
    }
}

/// The answer to `action`, in the service's XML namespace.
pub fn answer(action: &str, namespace: &str, result: &Value, request_id: &str) -> String {
    let mut xml = format!("<{action}Response xmlns=\"{}\">", escaped(namespace));
    write(&mut xml, &format!("{action}Result"), result);
    xml.push_str(&format!("<ResponseMetadata><RequestId>{}</RequestId></ResponseMetadata>", escaped(request_id)));
    xml.push_str(&format!("</{action}Response>"));
    xml
}

/// A refusal with an HTTP status, an error's name and its text.
pub fn refusal(status: u16, name: &str, message: &str, namespace: &str, request_id: &str) -> String {
    let side = if status < 500 { "Sender" } else { "Receiver" };
    format!(
        "<ErrorResponse xmlns=\"{}\"><Error><Type>{side}</Type><Code>{}</Code><Message>{}</Message></Error>\
         <RequestId>{}</RequestId></ErrorResponse>",
        escaped(namespace),
        escaped(name),
        escaped(message),
        escaped(request_id)
    )
}

/// What this protocol calls an error of the JSON protocol's ("Common Errors" of any AWS query service).
pub fn error_code(name: &str) -> &str {
    match name {
        "AccessDeniedException" => "AccessDenied",
        "ExpiredTokenException" => "ExpiredToken",
        "IncompleteSignatureException" => "IncompleteSignature",
        "InternalException" => "InternalFailure",
        "InvalidSignatureException" => "SignatureDoesNotMatch",
        "MissingAuthenticationTokenException" => "MissingAuthenticationToken",
        "RequestEntityTooLargeException" => "RequestEntityTooLarge",
        "RequestTimeoutException" => "RequestTimeout",
        "SerializationException" => "MalformedQueryString",
        "ServiceUnavailableException" => "ServiceUnavailable",
        "ThrottlingException" => "Throttling",
        "UnknownOperationException" => "InvalidAction",
        "UnrecognizedClientException" => "InvalidClientTokenId",
        other => other,
    }
}

/// Text that stands for itself between tags and in attributes.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => out.push(' '),
            other => out.push(other),
        }
        out
    })
}

fn write(xml: &mut String, name: &str, value: &Value) {
    if value.is_null() {
        return;
    }
    xml.push_str(&format!("<{name}>"));
    match value {
        Value::Array(items) => items.iter().for_each(|item| write(xml, ITEM, item)),
        Value::Object(members) => members.iter().for_each(|(key, member)| write(xml, key, member)),
        leaf @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            xml.push_str(&escaped(&plain(leaf)))
        }
    }
    xml.push_str(&format!("</{name}>"));
}

fn plain(leaf: &Value) -> String {
    leaf.as_str().map_or_else(|| leaf.to_string(), str::to_owned)
}

/// Reads an answer, as a client gets it: `…Result`'s or `Error`'s members. An empty element is `Null`, whether it was an
/// empty text, list or structure.
///
/// # Errors
/// When it is not well-formed XML, or nests too deeply.
pub fn read_answer(xml: &str) -> Result<Value, AnswerError> {
    let mut reader = Reader::from_str(xml);
    let mut stack = vec![Element::default()];
    loop {
        match reader.read_event()? {
            Event::Start(tag) => {
                if stack.len() > 2 * MAX_DEPTH {
                    return Err(AnswerError::TooDeep);
                }
                stack.push(Element::named(tag.local_name().as_ref()));
            }
            Event::Empty(tag) => {
                let element = Element::named(tag.local_name().as_ref());
                if let Some(parent) = stack.last_mut() {
                    parent.children.push((element.name, Value::Null));
                }
            }
            Event::Text(text) => {
                let text = text.decode().map_err(quick_xml::Error::from)?;
                stack.last_mut().into_iter().for_each(|element| element.text.push_str(&text));
            }
            Event::GeneralRef(reference) => {
                let name = reference.decode().map_err(quick_xml::Error::from)?;
                let text = unescape(&format!("&{name};")).map_err(quick_xml::Error::from)?.into_owned();
                stack.last_mut().into_iter().for_each(|element| element.text.push_str(&text));
            }
            Event::End(_) => {
                if let (Some(element), Some(parent)) = (stack.pop(), stack.last_mut()) {
                    parent.children.push((element.name.clone(), element.into_value()));
                }
            }
            Event::Eof => break,
            Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let root = stack.pop().and_then(|root| root.children.into_iter().next()).map(|(_, value)| value);
    let members = root.as_ref().and_then(Value::as_object).into_iter().flatten();
    let found = members.into_iter().find(|(name, _)| name.ends_with("Result") || *name == "Error");
    Ok(found.map(|(_, value)| value.clone()).unwrap_or_default())
}

#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<(String, Value)>,
}

impl Element {
    fn named(name: &[u8]) -> Self {
        Self { name: String::from_utf8_lossy(name).into_owned(), ..Self::default() }
    }

    fn into_value(self) -> Value {
        if self.children.is_empty() {
            return if self.text.is_empty() { Value::Null } else { Value::String(self.text) };
        }
        if self.children.iter().all(|(name, _)| name == ITEM) {
            return self.children.into_iter().map(|(_, value)| value).collect();
        }
        Value::Object(self.children.into_iter().collect::<Map<_, _>>())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_form_nests_as_its_names_say() {
        let body = b"Action=CreateChangeSet&Version=2010-05-15&StackName=a%26b&Parameters.member.2.ParameterKey=Two\
                     &Parameters.member.10.ParameterKey=Ten&Parameters.member.1.ParameterKey=One+1";
        let call = decode(body).unwrap();
        assert_eq!(call.action, "CreateChangeSet");
        let keys = json!([{"ParameterKey": "One 1"}, {"ParameterKey": "Two"}, {"ParameterKey": "Ten"}]);
        assert_eq!(call.parameters, json!({"StackName": "a&b", "Parameters": keys}));
    }

    #[test]
    fn what_is_written_reads_back() {
        let parameters = json!({"StackName": "ä=1", "Capabilities": ["A", "B"], "Deep": {"List": [{"K": "v"}]}});
        let call = decode(encode("DescribeStacks", "2010-05-15", &parameters).as_bytes()).unwrap();
        assert_eq!((call.action.as_str(), call.parameters), ("DescribeStacks", parameters));
        let result = json!({"Stacks": [{"Name": "<&>", "Outputs": [{"OutputKey": "k"}]}], "NextToken": "t"});
        let xml = answer("DescribeStacks", "http://cloudformation.amazonaws.com/doc/2010-05-15/", &result, "id");
        assert_eq!(read_answer(&xml).unwrap(), result);
    }

    #[test]
    fn a_refusal_reads_back() {
        let xml = refusal(400, "ValidationError", "Stack with id <x> does not exist", "ns", "id");
        let expected =
            json!({"Type": "Sender", "Code": "ValidationError", "Message": "Stack with id <x> does not exist"});
        assert_eq!(read_answer(&xml).unwrap(), expected);
    }

    #[test]
    fn what_a_caller_sent_is_inert_in_an_answer() {
        assert_eq!(escaped("<a href=\"x\">&\u{0}"), "&lt;a href=&quot;x&quot;&gt;&amp; ");
    }

    #[test]
    fn a_form_is_decoded_strictly() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = vec![field("Action", "AssumeRole"), field("RoleSessionName", "a+b c")];
        assert_eq!(fields(b"Action=AssumeRole&RoleSessionName=a%2Bb+c"), Some(expected));
        for bad in [&b"Action=%f"[..], b"Action=%zz", b"Action=%ff", b"\xff"] {
            assert_eq!(fields(bad), None);
            assert_eq!(decode(bad).unwrap_err().name, "MalformedQueryString");
        }
    }

    #[test]
    fn a_form_without_action_or_bounds_is_refused() {
        assert_eq!(decode(b"Version=1").unwrap_err().name, "MissingAction");
        let many = |count| (0..count).map(|n| format!("a{n}=b&")).collect::<String>() + "Action=a";
        assert_eq!(decode(many(MAX_FIELDS).as_bytes()).unwrap_err().name, "MalformedQueryString");
        assert!(decode(many(MAX_FIELDS - 1).as_bytes()).is_ok());
        assert_eq!(decode(b"Action=a&A.B=1&A.B=1").unwrap_err().name, "MalformedQueryString");
        let deep = format!("Action=a&{}=1", vec!["a"; MAX_DEPTH + 1].join("."));
        assert_eq!(decode(deep.as_bytes()).unwrap_err().name, "MalformedQueryString");
    }
}
