//! An operation's input: what is not understood is refused, never dropped.

use std::collections::BTreeMap;

use inspector_api::error::Failure;
use serde_json::{Map, Value};

use super::invalid;

/// Members that change nothing about what is done here.
const WITHOUT_EFFECT: &[&str] = &["Capabilities", "ClientRequestToken", "ClientToken", "Description", "NextToken"];

/// A parameter as it was given.
pub(super) enum Given {
    /// A new value.
    Value(String),
    /// `UsePreviousValue`.
    Previous,
}

pub(super) struct Input(Map<String, Value>);

impl Input {
    pub(super) fn read(body: &[u8]) -> Result<Self, Failure> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(mut members)) => {
                members.retain(|name, _| !WITHOUT_EFFECT.contains(&name.as_str()));
                Ok(Self(members))
            }
            Ok(_) | Err(_) => Err(invalid("the request has no parameters")),
        }
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Failure> {
        match self.0.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(format!("`{name}` must be text"))),
        }
    }

    pub(super) fn required(&mut self, name: &str) -> Result<String, Failure> {
        self.text(name)?.ok_or_else(|| invalid(format!("1 validation error detected: `{name}` must not be null")))
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<bool, Failure> {
        Ok(self.text(name)?.is_some_and(|text| text == "true"))
    }

    fn list(&mut self, name: &str) -> Result<Vec<Value>, Failure> {
        match self.0.remove(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(Value::String(text)) if text.is_empty() => Ok(Vec::new()),
            Some(_) => Err(invalid(format!("`{name}` must be a list"))),
        }
    }

    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<String>, Failure> {
        Ok(self.list(name)?.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
    }

    pub(super) fn parameters(&mut self) -> Result<BTreeMap<String, Given>, Failure> {
        let one = |item: &Value| {
            let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
            let name = text("ParameterKey").ok_or_else(|| invalid("a parameter has no `ParameterKey`"))?;
            match (text("ParameterValue"), text("UsePreviousValue").as_deref()) {
                (Some(value), None | Some("false")) => Ok((name, Given::Value(value))),
                (None, Some("true")) => Ok((name, Given::Previous)),
                _ => Err(invalid(format!("the parameter `{name}` needs either a value or its previous one"))),
            }
        };
        self.list("Parameters")?.iter().map(one).collect()
    }

    pub(super) fn tags(&mut self) -> Result<BTreeMap<String, String>, Failure> {
        let one = |item: &Value| {
            let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
            text("Key").zip(text("Value")).ok_or_else(|| invalid("a tag needs `Key` and `Value`"))
        };
        self.list("Tags")?.iter().map(one).collect()
    }

    /// Nothing else was asked for.
    pub(super) fn end(&self) -> Result<(), Failure> {
        match self.0.keys().next() {
            Some(name) => Err(invalid(format!("`{name}` is not supported by this service"))),
            None => Ok(()),
        }
    }
}
