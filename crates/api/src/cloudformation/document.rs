//! A template's text, JSON or YAML, to one JSON value. YAML's short forms become the long ones: `!Ref x` is
//! `{"Ref": "x"}`.

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::{Map, Value, json};

use super::Problem;
use crate::strict;

/// The largest template, in bytes; CloudFormation's own limit for one in a bucket.
pub const MAX_TEMPLATE: usize = 1 << 20;
const MAX_DEPTH: usize = 64;

/// Reads `text`; one that begins with `{` is JSON.
///
/// # Errors
/// When it is too large, neither JSON nor YAML, nests too deeply, or holds a key twice.
pub fn read(text: &str) -> Result<Value, Problem> {
    if text.len() > MAX_TEMPLATE {
        return Err(Problem::new(format!("the template is larger than {MAX_TEMPLATE} bytes")));
    }
    if text.trim_start().starts_with('{') {
        return strict::from_slice(text.as_bytes())
            .map_err(|error| Problem::new(format!("the template is not valid JSON: {error}")));
    }
    let mut events = Parser::new_from_str(text);
    let mut reader = Yaml { events: &mut events, depth: 0 };
    loop {
        match reader.next()? {
            Event::StreamEnd => return Err(Problem::new("the template is empty")),
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            event @ (Event::DocumentEnd
            | Event::Alias(_)
            | Event::Scalar(..)
            | Event::SequenceStart(..)
            | Event::SequenceEnd
            | Event::MappingStart(..)
            | Event::MappingEnd) => {
                let value = reader.value(event)?;
                return reader.end().map(|()| value);
            }
        }
    }
}

struct Yaml<'a, 'input> {
    events: &'a mut Parser<'input, saphyr_parser::StrInput<'input>>,
    depth: usize,
}

impl<'input> Yaml<'_, 'input> {
    fn next(&mut self) -> Result<Event<'input>, Problem> {
        match self.events.next_event() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(Problem::new(format!("the template is not valid YAML: {error}"))),
            None => Ok(Event::StreamEnd),
        }
    }

    /// What follows the one document.
    fn end(&mut self) -> Result<(), Problem> {
        match (self.next()?, self.next()?) {
            (Event::DocumentEnd, Event::StreamEnd) => Ok(()),
            _ => Err(Problem::new("the template holds more than one document")),
        }
    }

    fn value(&mut self, event: Event<'input>) -> Result<Value, Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Problem::new(format!("the template nests more than {MAX_DEPTH} levels")));
        }
        let value = match event {
            Event::Scalar(text, style, _, tag) => tagged(tag.as_deref(), scalar(&text, style, tag.is_some())),
            Event::SequenceStart(_, tag) => tagged(tag.as_deref(), self.sequence()?),
            Event::MappingStart(_, tag) => tagged(tag.as_deref(), self.mapping()?),
            Event::Alias(_) => Err(Problem::new("the template uses a YAML alias; write the value out")),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => Err(Problem::new("the template ends early")),
        };
        self.depth -= 1;
        value
    }

    fn sequence(&mut self) -> Result<Value, Problem> {
        let mut items = Vec::new();
        loop {
            let event = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(Value::Array(items));
            }
            items.push(self.value(event)?);
        }
    }

    fn mapping(&mut self) -> Result<Value, Problem> {
        let mut members = Map::new();
        loop {
            let event = self.next()?;
            if event == Event::MappingEnd {
                return Ok(Value::Object(members));
            }
            let Event::Scalar(key, ..) = event else {
                return Err(Problem::new("the template has a key that is no text"));
            };
            let key = key.into_owned();
            let event = self.next()?;
            let value = self.value(event)?;
            if members.insert(key.clone(), value).is_some() {
                return Err(Problem::new(format!("the template has the key `{key}` twice in one place")));
            }
        }
    }
}

/// Only what cannot be misread becomes something else than text: `012345678901` is an account, not a number.
fn scalar(text: &str, style: ScalarStyle, tagged: bool) -> Value {
    if style != ScalarStyle::Plain || tagged {
        return Value::from(text);
    }
    match text {
        "" | "~" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Value::from(number),
            _ => Value::from(text),
        },
    }
}

fn tagged(tag: Option<&Tag>, value: Value) -> Result<Value, Problem> {
    let Some(tag) = tag else { return Ok(value) };
    if tag.is_yaml_core_schema() {
        return Ok(value);
    }
    if tag.handle != "!" || tag.suffix.is_empty() {
        return Err(Problem::new(format!("the template uses the unknown tag `{}{}`", tag.handle, tag.suffix)));
    }
    let name = tag.suffix.as_str();
    Ok(match (name, &value) {
        ("Ref" | "Condition", _) => json!({ name: value }),
        ("GetAtt", Value::String(text)) => {
            let (resource, attribute) = text.split_once('.').unwrap_or((text, ""));
            json!({ "Fn::GetAtt": [resource, attribute] })
        }
        _ => json!({ format!("Fn::{name}"): value }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_forms_of_yaml_are_the_long_ones_of_json() {
        let yaml = "
AWSTemplateFormatVersion: 2010-09-09
A: !Ref Group
B: !GetAtt Group.Arn
C: !Sub '${Name}-x'
D: !Join ['-', [a, !If [Yes, 1, 2]]]
E: !FindInMap
  - M
  - !Ref AWS::Region
  - k
F: !Condition Prod
G: [012345678901, 180, true, '180', 1.50, null, !!str 7]
H: |
  two
  lines
";
        let expected = json!({
            "AWSTemplateFormatVersion": "2010-09-09",
            "A": {"Ref": "Group"},
            "B": {"Fn::GetAtt": ["Group", "Arn"]},
            "C": {"Fn::Sub": "${Name}-x"},
            "D": {"Fn::Join": ["-", ["a", {"Fn::If": ["Yes", 1, 2]}]]},
            "E": {"Fn::FindInMap": ["M", {"Ref": "AWS::Region"}, "k"]},
            "F": {"Condition": "Prod"},
            "G": ["012345678901", 180, true, "180", "1.50", null, "7"],
            "H": "two\nlines\n",
        });
        assert_eq!(read(yaml).unwrap(), expected);
        assert_eq!(read(&expected.to_string()).unwrap(), expected);
    }

    #[test]
    fn broken_text_is_refused_by_name() {
        let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        let cases = [
            ("", "is empty"),
            ("a: [1", "not valid YAML"),
            ("a: 1\n---\nb: 2", "more than one document"),
            ("{\"a\": ", "not valid JSON"),
            ("a: 1\na: 2", "the key `a` twice"),
            ("a: &x 1\nb: *x", "YAML alias"),
            ("a: !<tag:example.com,2000:b> 1", "unknown tag"),
            (&deep, "more than 64 levels"),
        ];
        for (text, part) in cases {
            let problem = read(text).unwrap_err().to_string();
            assert!(problem.contains(part), "{text}: {problem}");
        }
    }
}
