//! Reading a policy document, strictly: what is not known is an error, because leaving out a condition would allow more.

use serde_json::{Map, Value};

use super::condition::Condition;
use super::pattern::{Case, Pattern, Reading, matches};
use super::trust::Principals;
use super::{Context, Request};
use crate::strict;

/// The largest document, in characters without white space: IAM's limit for policies inline in a role.
pub(super) const MOST: usize = 10_240;

/// A policy document that can be attached to a user, a role or a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    statements: Vec<Statement>,
}

/// Why a text is no policy document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(pub(super) String);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    allows: bool,
    actions: Set,
    /// `None` in documents that say who may take a role on.
    resources: Option<Set>,
    pub(super) principals: Option<Principals>,
    conditions: Vec<Condition>,
}

/// Patterns of which any must match, or of which none may.
#[derive(Debug, Clone, PartialEq)]
enum Set {
    In(Vec<Pattern>),
    NotIn(Vec<Pattern>),
}

/// What a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Says what its owner may do: resources, no principals.
    Identity,
    /// Says who may take a role on: principals, no resources.
    Trust,
}

impl Document {
    /// Reads a document for a user, role or session.
    ///
    /// # Errors
    /// With what is wrong, for whoever wrote it.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        Ok(Self { statements: statements(text, Kind::Identity)? })
    }

    pub(super) fn allows(&self, request: &Request<'_>) -> bool {
        self.statements.iter().any(|statement| statement.allows && statement.applies(request))
    }

    pub(super) fn denies(&self, request: &Request<'_>) -> bool {
        self.statements.iter().any(|statement| !statement.allows && statement.applies(request))
    }
}

impl Statement {
    pub(super) fn allowing(&self) -> bool {
        self.allows
    }

    /// Whether action, resource and conditions are those of the request. A statement in which a variable is not known is
    /// about nothing, as in AWS.
    pub(super) fn applies(&self, request: &Request<'_>) -> bool {
        let about = || {
            let action = self.actions.holds(request.action, Case::Ignored, request.context)?;
            let resource = match &self.resources {
                Some(set) => set.holds(request.resource, Case::Matters, request.context)?,
                None => true,
            };
            let mut conditions = true;
            for condition in &self.conditions {
                conditions &= condition.holds(request.context)?;
            }
            Some(action && resource && conditions)
        };
        about().unwrap_or(false)
    }
}

impl Set {
    fn holds(&self, text: &str, case: Case, context: &Context) -> Option<bool> {
        let (patterns, wanted) = match self {
            Self::In(patterns) => (patterns, true),
            Self::NotIn(patterns) => (patterns, false),
        };
        let mut found = false;
        for pattern in patterns {
            found |= matches(&pattern.tokens(context)?, text, case);
        }
        Some(found == wanted)
    }
}

/// The statements of a document of this kind.
pub(super) fn statements(text: &str, kind: Kind) -> Result<Vec<Statement>, Malformed> {
    let length = text.chars().filter(|c| !c.is_whitespace()).count();
    if length > MOST {
        return Err(Malformed(format!("the document has {length} characters; {MOST} are the most")));
    }
    let value: Value =
        strict::from_slice(text.as_bytes()).map_err(|error| Malformed(format!("the document is not JSON: {error}")))?;
    let Value::Object(top) = value else { return Err(Malformed("the document is not an object".to_owned())) };
    known(&top, &["Version", "Id", "Statement"], "the document")?;
    let reading = match top.get("Version").map(Value::as_str) {
        Some(Some("2012-10-17")) => Reading::Variables,
        None | Some(Some("2008-10-17")) => Reading::Plain,
        Some(_) => return Err(Malformed("`Version` is neither 2012-10-17 nor 2008-10-17".to_owned())),
    };
    let one = |value: &Value| statement(value, kind, reading);
    match top.get("Statement") {
        Some(Value::Array(all)) => all.iter().map(one).collect(),
        Some(single @ Value::Object(_)) => Ok(vec![one(single)?]),
        Some(_) => Err(Malformed("`Statement` is neither an object nor a list".to_owned())),
        None => Err(Malformed("`Statement` is missing".to_owned())),
    }
}

fn statement(value: &Value, kind: Kind, reading: Reading) -> Result<Statement, Malformed> {
    let Value::Object(members) = value else { return Err(Malformed("a statement is not an object".to_owned())) };
    let mine: &[&str] = match kind {
        Kind::Identity => &["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"],
        Kind::Trust => &["Sid", "Effect", "Action", "NotAction", "Principal", "NotPrincipal", "Condition"],
    };
    known(members, mine, "a statement")?;
    let allows = match members.get("Effect").and_then(Value::as_str) {
        Some("Allow") => true,
        Some("Deny") => false,
        Some(_) | None => return Err(Malformed("`Effect` is neither Allow nor Deny".to_owned())),
    };
    let actions = set(members, "Action", reading)?;
    let (resources, principals) = match kind {
        Kind::Identity => (Some(set(members, "Resource", reading)?), None),
        Kind::Trust => (None, Some(Principals::read(members)?)),
    };
    Ok(Statement { allows, actions, resources, principals, conditions: conditions(members, reading)? })
}

/// `name` or `Not` and `name`: exactly one of them, and not empty.
fn set(members: &Map<String, Value>, name: &str, reading: Reading) -> Result<Set, Malformed> {
    let not = format!("Not{name}");
    let patterns = |value: &Value, name: &str| {
        let texts = texts(value, name)?;
        if texts.is_empty() {
            return Err(Malformed(format!("`{name}` is empty")));
        }
        let read = |text: &String| {
            Pattern::parse(text, reading).ok_or_else(|| Malformed(format!("`{text}` holds a variable without an end")))
        };
        texts.iter().map(read).collect::<Result<Vec<_>, _>>()
    };
    match (members.get(name), members.get(&not)) {
        (Some(value), None) => Ok(Set::In(patterns(value, name)?)),
        (None, Some(value)) => Ok(Set::NotIn(patterns(value, &not)?)),
        (Some(_), Some(_)) => Err(Malformed(format!("a statement has both `{name}` and `{not}`"))),
        (None, None) => Err(Malformed(format!("a statement has neither `{name}` nor `{not}`"))),
    }
}

fn conditions(members: &Map<String, Value>, reading: Reading) -> Result<Vec<Condition>, Malformed> {
    let operators = match members.get("Condition") {
        None => return Ok(Vec::new()),
        Some(Value::Object(operators)) => operators,
        Some(_) => return Err(Malformed("`Condition` is not an object".to_owned())),
    };
    let mut conditions = Vec::new();
    for (operator, keys) in operators {
        let Value::Object(keys) = keys else { return Err(Malformed(format!("`{operator}` is not an object"))) };
        for (key, values) in keys {
            let values = texts(values, key)?;
            let condition = Condition::parse(operator, key, &values, reading);
            let wrong = || Malformed(format!("`{operator}` of `{key}` is not known or has a value of another kind"));
            conditions.push(condition.ok_or_else(wrong)?);
        }
    }
    Ok(conditions)
}

/// A text or a list of texts; true, false and numbers count as their texts.
pub(super) fn texts(value: &Value, name: &str) -> Result<Vec<String>, Malformed> {
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(Malformed(format!("`{name}` holds more than texts"))),
    };
    match value {
        Value::Array(all) => all.iter().map(one).collect(),
        single @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
            Ok(vec![one(single)?])
        }
    }
}

fn known(members: &Map<String, Value>, names: &[&str], what: &str) -> Result<(), Malformed> {
    match members.keys().find(|name| !names.contains(&name.as_str())) {
        Some(name) => Err(Malformed(format!("{what} holds `{name}`, which does not belong there"))),
        None => Ok(()),
    }
}
