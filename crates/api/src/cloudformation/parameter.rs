//! Parameters: what whoever deploys a template may set, and within which bounds.

use std::collections::BTreeMap;

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::Problem;
use super::template::{Template, string};

/// What is shown instead of a value that must not be.
pub const HIDDEN: &str = "****";

/// A parameter's declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// What its value is.
    pub kind: Kind,
    /// Its value where nothing else is said.
    pub default: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether its value must not be shown.
    pub no_echo: bool,
    allowed: Option<Vec<String>>,
    pattern: Option<String>,
    length: (Option<i64>, Option<i64>),
    range: (Option<i64>, Option<i64>),
    constraint: Option<String>,
}

/// What a parameter's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `String`.
    Text,
    /// `Number`.
    Number,
    /// `CommaDelimitedList`.
    Texts,
    /// `List<Number>`.
    Numbers,
}

impl Kind {
    /// As templates write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Number => "Number",
            Self::Texts => "CommaDelimitedList",
            Self::Numbers => "List<Number>",
        }
    }

    fn of(name: &str) -> Option<Self> {
        [Self::Text, Self::Number, Self::Texts, Self::Numbers].into_iter().find(|kind| kind.name() == name)
    }
}

impl Parameter {
    pub(super) fn read(mut members: Map<String, Value>) -> Result<Self, Problem> {
        let kind = string("`Type`", members.remove("Type").unwrap_or_default())?;
        let unknown = || Problem::new(format!("the type `{kind}` is not supported; use String, Number or a list"));
        let kind = Kind::of(&kind).ok_or_else(unknown)?;
        let allowed = match members.remove("AllowedValues") {
            None => None,
            Some(Value::Array(values)) => {
                Some(values.into_iter().map(|value| string("`AllowedValues`", value)).collect::<Result<_, _>>()?)
            }
            Some(_) => return Err(Problem::new("`AllowedValues` must be a list")),
        };
        let mut text = |name: &str| members.remove(name).map(|value| string(&format!("`{name}`"), value)).transpose();
        let (default, description) = (text("Default")?, text("Description")?);
        let (pattern, constraint) = (text("AllowedPattern")?, text("ConstraintDescription")?);
        let no_echo = text("NoEcho")?.is_some_and(|value| value == "true");
        let mut bound = |name: &str| {
            let wrong = || Problem::new(format!("`{name}` must be a whole number"));
            text(name)?.map(|text| text.parse::<i64>().map_err(|_| wrong())).transpose()
        };
        let (length, range) = ((bound("MinLength")?, bound("MaxLength")?), (bound("MinValue")?, bound("MaxValue")?));
        if let Some(name) = members.keys().next() {
            return Err(Problem::new(format!("`{name}` is no attribute of a parameter")));
        }
        Ok(Self { kind, default, description, no_echo, allowed, pattern, length, range, constraint })
    }

    /// The value that `text` stands for.
    fn value(&self, text: &str) -> Result<Value, Problem> {
        match self.kind {
            Kind::Text | Kind::Number => self.check(text).map(|()| Value::from(text)),
            Kind::Texts | Kind::Numbers => text
                .split(',')
                .map(|item| self.check(item.trim()).map(|()| Value::from(item.trim())))
                .collect::<Result<_, _>>(),
        }
    }

    fn check(&self, text: &str) -> Result<(), Problem> {
        let told = if self.no_echo { HIDDEN } else { text };
        let refused = |why: String| Err(Problem::new(self.constraint.clone().unwrap_or(why)));
        let within = |bounds: (Option<i64>, Option<i64>), value: i64| {
            bounds.0.is_none_or(|least| value >= least) && bounds.1.is_none_or(|most| value <= most)
        };
        if matches!(self.kind, Kind::Number | Kind::Numbers) {
            let Ok(number) = text.parse::<f64>() else { return refused(format!("`{told}` is no number")) };
            #[expect(clippy::cast_possible_truncation, reason = "the whole part is what the bounds are compared with")]
            let whole = (number.floor() as i64, number.ceil() as i64);
            if !within((self.range.0, None), whole.0) || !within((None, self.range.1), whole.1) {
                return refused(format!("`{told}` is out of its range"));
            }
        }
        if !within(self.length, i64::try_from(text.chars().count()).unwrap_or(i64::MAX)) {
            return refused(format!("`{told}` has a length out of its bounds"));
        }
        if self.allowed.as_ref().is_some_and(|allowed| !allowed.iter().any(|value| value == text)) {
            return refused(format!("`{told}` is not among the allowed values"));
        }
        if let Some(pattern) = &self.pattern {
            let whole = Regex::new(&format!("^(?:{pattern})$"))
                .map_err(|error| Problem::new(format!("`AllowedPattern` cannot be read: {error}")))?;
            if !whole.is_match(text) {
                return refused(format!("`{told}` does not match `{pattern}`"));
            }
        }
        Ok(())
    }
}

impl Template {
    /// Values as they may be shown.
    pub fn shown<'a>(&'a self, given: &'a BTreeMap<String, String>) -> impl Iterator<Item = (&'a str, &'a str)> {
        let hidden = |name: &String| self.parameters.get(name).is_some_and(|parameter| parameter.no_echo);
        given.iter().map(move |(name, value)| (name.as_str(), if hidden(name) { HIDDEN } else { value.as_str() }))
    }

    /// The value of every parameter: what was `given`, else its default.
    ///
    /// # Errors
    /// When one has no value, has one out of its bounds, or was given without being declared.
    pub fn values(&self, given: &BTreeMap<String, String>) -> Result<BTreeMap<String, Value>, Problem> {
        if let Some(name) = given.keys().find(|name| !self.parameters.contains_key(*name)) {
            return Err(Problem::new(format!("Parameters: [{name}] do not exist in the template")));
        }
        let value = |(name, parameter): (&String, &Parameter)| {
            let text = given.get(name).or(parameter.default.as_ref());
            let missing = || Problem::new(format!("Parameters: [{name}] must have values"));
            let value = parameter.value(text.ok_or_else(missing)?);
            value.map(|value| (name.clone(), value)).map_err(|problem| problem.at(&format!("Parameters/{name}")))
        };
        self.parameters.iter().map(value).collect()
    }
}
