//! Intrinsic functions and conditions: what a template's values come to.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use inspector_model::arn::Scope;
use serde_json::{Map, Value};

use super::Problem;
use super::resource::Kind;
use super::template::Template;

/// What a value is resolved in.
#[derive(Debug)]
pub struct Environment<'a> {
    /// The template.
    pub template: &'a Template,
    /// The parameters' values.
    pub parameters: &'a BTreeMap<String, Value>,
    /// Account and Region.
    pub scope: &'a Scope,
    /// `AWS::StackName`.
    pub stack_name: &'a str,
    /// `AWS::StackId`.
    pub stack_id: &'a str,
    /// The ARNs of the resources, by logical id.
    pub arns: &'a BTreeMap<String, String>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Environment<'a> {
    /// Of one stack.
    pub fn new(
        template: &'a Template,
        parameters: &'a BTreeMap<String, Value>,
        scope: &'a Scope,
        (stack_name, stack_id): (&'a str, &'a str),
        arns: &'a BTreeMap<String, String>,
    ) -> Self {
        Self { template, parameters, scope, stack_name, stack_id, arns, asked: RefCell::default() }
    }

    /// Whether what stands under the condition `name` exists; without one it does.
    ///
    /// # Errors
    /// When the condition is not declared, refers to itself, or is no condition.
    pub fn exists(&self, condition: Option<&str>) -> Result<bool, Problem> {
        condition.map_or(Ok(true), |name| self.condition(name))
    }

    /// What `value` comes to; `None` is `AWS::NoValue`.
    ///
    /// # Errors
    /// When a function is unknown, malformed, or refers to what is not there.
    pub fn resolve(&self, value: &Value) -> Result<Option<Value>, Problem> {
        match value {
            Value::Array(items) => {
                let items = items.iter().filter_map(|item| self.resolve(item).transpose());
                items.collect::<Result<_, _>>().map(|items| Some(Value::Array(items)))
            }
            Value::Object(members) => match function(members) {
                Some((name, argument)) => self.call(name, argument),
                None => self.resolve_members(members).map(|members| Some(Value::Object(members))),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(Some(value.clone())),
        }
    }

    /// Every member that has a value.
    ///
    /// # Errors
    /// As [`Self::resolve`].
    pub fn resolve_members(&self, members: &Map<String, Value>) -> Result<Map<String, Value>, Problem> {
        let resolved = members.iter().filter_map(|(name, value)| {
            self.resolve(value)
                .map_err(|problem| problem.at(name))
                .map(|value| Some((name.clone(), value?)))
                .transpose()
        });
        resolved.collect()
    }

    fn call(&self, name: &str, argument: &Value) -> Result<Option<Value>, Problem> {
        let value = match name {
            "Ref" => return self.reference(&text(name, argument)?),
            "Fn::GetAtt" => self.attribute(argument)?,
            "Fn::Sub" => Value::from(self.substitute(argument)?),
            "Fn::Join" => {
                let [separator, items] = self.arguments(name, argument)?;
                let items = self.texts(name, &items)?;
                Value::from(items.join(&text(name, &separator)?))
            }
            "Fn::Split" => {
                let [separator, source] = self.arguments(name, argument)?;
                let (separator, source) = (text(name, &separator)?, self.text_of(name, &source)?);
                if separator.is_empty() {
                    return Err(Problem::new("`Fn::Split` needs a separator"));
                }
                source.split(&separator).map(Value::from).collect()
            }
            "Fn::Select" => {
                let [index, items] = self.arguments(name, argument)?;
                let (index, items) = (self.text_of(name, &index)?, self.texts(name, &items)?);
                let item = index.parse::<usize>().ok().and_then(|index| items.get(index));
                Value::from(item.ok_or_else(|| Problem::new(format!("`Fn::Select` has no item {index}")))?.as_str())
            }
            "Fn::FindInMap" => self.find_in_map(argument)?,
            "Fn::If" => {
                let [condition, yes, no] = self.arguments(name, argument)?;
                let chosen = if self.condition(&text(name, &condition)?)? { yes } else { no };
                return self.resolve(&chosen);
            }
            "Fn::Base64" | "Fn::Cidr" | "Fn::GetAZs" | "Fn::ImportValue" | "Fn::Length" | "Fn::ToJsonString"
            | "Fn::Transform" | "Fn::ForEach" => {
                return Err(Problem::new(format!("the function `{name}` is not supported")));
            }
            _ => return Err(Problem::new(format!("`{name}` is no intrinsic function here"))),
        };
        Ok(Some(value))
    }

    fn reference(&self, name: &str) -> Result<Option<Value>, Problem> {
        let (account, region) = (&self.scope.account, &self.scope.region);
        let value = match name {
            "AWS::NoValue" => return Ok(None),
            "AWS::AccountId" => account.to_string(),
            "AWS::Region" => region.as_str().to_owned(),
            "AWS::StackName" => self.stack_name.to_owned(),
            "AWS::StackId" => self.stack_id.to_owned(),
            "AWS::Partition" => region.partition().to_owned(),
            "AWS::URLSuffix" => "amazonaws.com".to_owned(),
            "AWS::NotificationARNs" => return Ok(Some(Value::Array(Vec::new()))),
            _ => match self.parameters.get(name) {
                Some(value) => return Ok(Some(value.clone())),
                None => self.arn("Ref", name)?,
            },
        };
        Ok(Some(Value::from(value)))
    }

    fn attribute(&self, argument: &Value) -> Result<Value, Problem> {
        let parts = if let Value::String(text) = argument {
            text.split_once('.').map(|(name, attribute)| (name.to_owned(), attribute.to_owned()))
        } else {
            let [name, attribute] = self.arguments("Fn::GetAtt", argument)?;
            Some((text("Fn::GetAtt", &name)?, self.text_of("Fn::GetAtt", &attribute)?))
        };
        match parts {
            Some((name, attribute)) if attribute == "Arn" => self.arn("Fn::GetAtt", &name).map(Value::from),
            Some((name, attribute)) => {
                self.arn("Fn::GetAtt", &name)?;
                Err(Problem::new(format!("`{name}` has no attribute `{attribute}`; it has `Arn`")))
            }
            None => Err(Problem::new("`Fn::GetAtt` needs a resource and an attribute")),
        }
    }

    /// `Ref` and `Arn` of a resource are the same for all types here.
    fn arn(&self, function: &str, name: &str) -> Result<String, Problem> {
        let Some(resource) = self.template.resources.get(name) else {
            let message = format!("`{function}` names `{name}`, which is neither a parameter nor a resource");
            return Err(Problem::new(message));
        };
        if Kind::of(&resource.kind).is_none() {
            let message = format!("`{function}` names `{name}`, whose type `{}` is not ours to know", resource.kind);
            return Err(Problem::new(message));
        }
        let missing = || Problem::new(format!("`{function}` names `{name}`, which its condition leaves out"));
        self.arns.get(name).cloned().ok_or_else(missing)
    }

    fn substitute(&self, argument: &Value) -> Result<String, Problem> {
        let (pattern, own) = if let Value::String(pattern) = argument {
            (pattern.clone(), Map::new())
        } else {
            match self.arguments("Fn::Sub", argument)? {
                [Value::String(pattern), Value::Object(own)] => (pattern, self.resolve_members(&own)?),
                _ => return Err(Problem::new("`Fn::Sub` needs text, or text and a mapping")),
            }
        };
        let mut result = String::new();
        let mut rest = pattern.as_str();
        while let Some((before, after)) = rest.split_once("${") {
            let unclosed = || Problem::new("`Fn::Sub` has `${` without `}`");
            let (name, after) = after.split_once('}').ok_or_else(unclosed)?;
            result.push_str(before);
            match name.strip_prefix('!') {
                Some(literal) => result.push_str(&format!("${{{literal}}}")),
                None => result.push_str(&self.variable(name.trim(), &own)?),
            }
            rest = after;
        }
        result.push_str(rest);
        Ok(result)
    }

    fn variable(&self, name: &str, own: &Map<String, Value>) -> Result<String, Problem> {
        let value = match (own.get(name), name.split_once('.')) {
            (Some(value), _) => Some(value.clone()),
            (None, Some(_)) => Some(self.attribute(&Value::from(name))?),
            (None, None) => self.reference(name)?,
        };
        text("Fn::Sub", &value.unwrap_or_default())
    }

    fn find_in_map(&self, argument: &Value) -> Result<Value, Problem> {
        let name = "Fn::FindInMap";
        let [map, first, second] = self.arguments(name, argument)?;
        let keys = [self.text_of(name, &map)?, self.text_of(name, &first)?, self.text_of(name, &second)?];
        let [map, first, second] = &keys;
        let found = self.template.mappings.get(map).and_then(|map| map.get(first)?.get(second)).cloned();
        found.ok_or_else(|| Problem::new(format!("the mappings hold no `{}`", keys.join("`, `"))))
    }

    fn condition(&self, name: &str) -> Result<bool, Problem> {
        let undeclared = || Problem::new(format!("the condition `{name}` is not declared"));
        let value = self.template.conditions.get(name).ok_or_else(undeclared)?;
        if !self.asked.borrow_mut().insert(name.to_owned()) {
            return Err(Problem::new(format!("the condition `{name}` refers to itself")));
        }
        let truth = self.truth(value).map_err(|problem| problem.at(&format!("Conditions/{name}")));
        self.asked.borrow_mut().remove(name);
        truth
    }

    fn truth(&self, value: &Value) -> Result<bool, Problem> {
        let (name, argument) = value.as_object().and_then(function).ok_or_else(no_condition)?;
        let each =
            || argument.as_array().ok_or_else(no_condition).map(|parts| parts.iter().map(|part| self.truth(part)));
        match name {
            "Condition" => self.condition(&text(name, argument)?),
            "Fn::Equals" => {
                let [left, right] = self.arguments(name, argument)?;
                Ok(self.text_of(name, &left)? == self.text_of(name, &right)?)
            }
            "Fn::And" => Ok(each()?.collect::<Result<Vec<_>, _>>()?.into_iter().all(|truth| truth)),
            "Fn::Or" => Ok(each()?.collect::<Result<Vec<_>, _>>()?.into_iter().any(|truth| truth)),
            "Fn::Not" => match each()?.collect::<Result<Vec<_>, _>>()?.as_slice() {
                [truth] => Ok(!truth),
                _ => Err(no_condition()),
            },
            _ => Err(no_condition()),
        }
    }

    fn arguments<const N: usize>(&self, name: &str, argument: &Value) -> Result<[Value; N], Problem> {
        let wrong = |_| Problem::new(format!("`{name}` needs a list of {N}"));
        argument.as_array().cloned().unwrap_or_default().try_into().map_err(wrong)
    }

    fn text_of(&self, name: &str, value: &Value) -> Result<String, Problem> {
        text(name, &self.resolve(value)?.unwrap_or_default())
    }

    fn texts(&self, name: &str, value: &Value) -> Result<Vec<String>, Problem> {
        match self.resolve(value)? {
            Some(Value::Array(items)) => items.iter().map(|item| text(name, item)).collect(),
            _ => Err(Problem::new(format!("`{name}` needs a list"))),
        }
    }
}

fn no_condition() -> Problem {
    Problem::new("a condition is `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not` or `Condition` with its arguments")
}

/// The only member, if its name is a function's.
fn function(members: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut each = members.iter();
    let (Some((name, argument)), None) = (each.next(), each.next()) else { return None };
    (name.starts_with("Fn::") || name == "Ref" || name == "Condition").then_some((name, argument))
}

fn text(function: &str, value: &Value) -> Result<String, Problem> {
    super::template::string(&format!("an argument of `{function}`"), value.clone())
}
