//! A template's sections, read strictly: what would be ignored is refused, except what only describes.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::parameter::Parameter;
use super::{Problem, document};

/// The resources of one template, as in CloudFormation.
const MAX_RESOURCES: usize = 500;

/// A template.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// What it says it is for.
    pub description: Option<String>,
    /// What whoever deploys it may set, by name.
    pub parameters: BTreeMap<String, Parameter>,
    /// `Mappings`: map, first key, second key.
    pub mappings: Map<String, Value>,
    /// `Conditions`, not yet evaluated.
    pub conditions: Map<String, Value>,
    /// `Resources`, by logical id.
    pub resources: BTreeMap<String, Resource>,
    /// `Outputs`, by name.
    pub outputs: BTreeMap<String, Output>,
}

/// A resource that a template asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// For example `AWS::Inspector::AssessmentTarget`.
    pub kind: String,
    /// The condition under which it exists.
    pub condition: Option<String>,
    /// What must be there before it, beside what it refers to.
    pub depends_on: Vec<String>,
    /// Its properties, not yet resolved.
    pub properties: Map<String, Value>,
    /// Whether it stays when it leaves the stack.
    pub retain: bool,
    /// Whether the old one stays when it is replaced.
    pub retain_replaced: bool,
}

/// A value that a stack tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Not yet resolved.
    pub value: Value,
    /// What it says it is.
    pub description: Option<String>,
    /// The condition under which it exists.
    pub condition: Option<String>,
}

impl Template {
    /// Reads JSON or YAML.
    ///
    /// # Errors
    /// When it is malformed, or has a section, an attribute or a policy that is not supported.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let Value::Object(mut sections) = document::read(text)? else {
            return Err(Problem::new("the template is no mapping of sections"));
        };
        let version = sections.remove("AWSTemplateFormatVersion");
        if version.as_ref().is_some_and(|version| version != "2010-09-09") {
            return Err(Problem::new("`AWSTemplateFormatVersion` must be 2010-09-09"));
        }
        sections.remove("Metadata");
        let description = sections.remove("Description").map(|text| string("`Description`", text)).transpose()?;
        let mut take = |name: &str| section(name, sections.remove(name));
        let (parameters, mappings, conditions) = (take("Parameters")?, take("Mappings")?, take("Conditions")?);
        let (resources, outputs) = (take("Resources")?, take("Outputs")?);
        if let Some(name) = sections.keys().next() {
            return Err(Problem::new(format!("the section `{name}` is not supported")));
        }
        if resources.is_empty() || resources.len() > MAX_RESOURCES {
            return Err(Problem::new(format!("`Resources` must have between 1 and {MAX_RESOURCES} members")));
        }
        Ok(Self {
            description,
            parameters: each("Parameters", parameters, Parameter::read)?,
            mappings,
            conditions,
            resources: each("Resources", resources, Resource::read)?,
            outputs: each("Outputs", outputs, Output::read)?,
        })
    }
}

impl Resource {
    fn read(mut members: Map<String, Value>) -> Result<Self, Problem> {
        let kind = members.remove("Type").ok_or_else(|| Problem::new("`Type` is missing"))?;
        let retain = policy("DeletionPolicy", members.remove("DeletionPolicy"))?;
        let retain_replaced = policy("UpdateReplacePolicy", members.remove("UpdateReplacePolicy"))?;
        let depends_on = match members.remove("DependsOn") {
            None => Vec::new(),
            Some(Value::Array(names)) => {
                names.into_iter().map(|name| string("`DependsOn`", name)).collect::<Result<_, _>>()?
            }
            Some(name) => vec![string("`DependsOn`", name)?],
        };
        members.remove("Metadata");
        let read = Self {
            kind: string("`Type`", kind)?,
            condition: members.remove("Condition").map(|name| string("`Condition`", name)).transpose()?,
            depends_on,
            properties: section("Properties", members.remove("Properties"))?,
            retain,
            retain_replaced,
        };
        // Attributes of resources that are not ours may be any.
        match members.keys().next() {
            Some(name) if super::resource::Kind::of(&read.kind).is_some() => {
                Err(Problem::new(format!("the attribute `{name}` is not supported")))
            }
            _ => Ok(read),
        }
    }
}

impl Output {
    fn read(mut members: Map<String, Value>) -> Result<Self, Problem> {
        let value = members.remove("Value").ok_or_else(|| Problem::new("`Value` is missing"))?;
        let read = Self {
            value,
            description: members.remove("Description").map(|text| string("`Description`", text)).transpose()?,
            condition: members.remove("Condition").map(|name| string("`Condition`", name)).transpose()?,
        };
        match members.keys().next() {
            Some(name) => Err(Problem::new(format!("`{name}` is not supported"))),
            None => Ok(read),
        }
    }
}

/// The policy's word for resources without snapshots.
fn policy(name: &str, value: Option<Value>) -> Result<bool, Problem> {
    match value.as_ref().map(|value| value.as_str().unwrap_or_default()) {
        None | Some("Delete") => Ok(false),
        Some("Retain") => Ok(true),
        Some(_) => Err(Problem::new(format!("`{name}` must be `Delete` or `Retain`"))),
    }
}

/// Text; numbers and truth values count as their text, as in CloudFormation.
pub(super) fn string(what: &str, value: Value) -> Result<String, Problem> {
    match value {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(Problem::new(format!("{what} must be text"))),
    }
}

fn section(name: &str, value: Option<Value>) -> Result<Map<String, Value>, Problem> {
    match value {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(members)) => Ok(members),
        Some(_) => Err(Problem::new(format!("`{name}` must be a mapping"))),
    }
}

fn each<T>(
    name: &str,
    members: Map<String, Value>,
    read: impl Fn(Map<String, Value>) -> Result<T, Problem>,
) -> Result<BTreeMap<String, T>, Problem> {
    let one = |(key, value): (String, Value)| {
        let value = section(&key, Some(value)).and_then(&read).map_err(|problem| problem.at(&format!("{name}/{key}")));
        value.map(|value| (key, value))
    };
    members.into_iter().map(one).collect()
}
