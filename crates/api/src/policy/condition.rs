//! Conditions: operators, what they compare, and what an absent key means (IAM User Guide, "IAM JSON policy elements:
//! Condition operators").

use std::net::IpAddr;

use inspector_model::Timestamp;
use ipnet::IpNet;

use super::Context;
use super::pattern::{Case, Pattern, Reading, Token, matches};

/// One key of one operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    /// In lower case.
    key: String,
    over: Over,
    /// `…IfExists`: an absent key is fine.
    if_exists: bool,
    /// `…Not…`: none of the values may match.
    negated: bool,
    test: Test,
}

/// How several values of a request's key count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// No set operator.
    Plain,
    /// `ForAllValues:`
    All,
    /// `ForAnyValue:`
    Any,
}

/// What a value of the request is compared with: any of these, read strictly.
#[derive(Debug, Clone, PartialEq)]
enum Test {
    /// Equal texts.
    Text(Vec<Pattern>, Case),
    /// Wildcards.
    Like(Vec<Pattern>),
    /// Wildcards inside each of the six parts of an ARN.
    Arn(Vec<Pattern>),
    Number(Vec<f64>, Order),
    Date(Vec<Timestamp>, Order),
    Flag(Vec<bool>),
    Network(Vec<IpNet>),
    /// Whether the key is absent.
    Null(Vec<bool>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Condition {
    /// Reads `operator` with its `key` and `values`. `None` where the operator is not known or a value is not of its kind.
    pub(super) fn parse(operator: &str, key: &str, values: &[String], reading: Reading) -> Option<Self> {
        let (over, name) = match operator.split_once(':') {
            None => (Over::Plain, operator),
            Some((set, name)) if set.eq_ignore_ascii_case("ForAllValues") => (Over::All, name),
            Some((set, name)) if set.eq_ignore_ascii_case("ForAnyValue") => (Over::Any, name),
            Some(_) => return None,
        };
        let lower = name.to_ascii_lowercase();
        let (name, if_exists) = lower.strip_suffix("ifexists").map_or((lower.as_str(), false), |name| (name, true));
        let (test, negated) = test(name, values, reading)?;
        if matches!(test, Test::Null(_)) && (if_exists || over != Over::Plain) {
            return None;
        }
        Some(Self { key: key.to_ascii_lowercase(), over, if_exists, negated, test })
    }

    /// Whether a request with this context meets it. `None` where a variable in it is not known.
    pub(super) fn holds(&self, context: &Context) -> Option<bool> {
        let values = context.get(&self.key).map(Vec::as_slice).unwrap_or_default();
        if let Test::Null(wanted) = &self.test {
            return Some(wanted.contains(&values.is_empty()));
        }
        let test = self.test.with(context)?;
        let matched = |value: &String| test.matches(value);
        if values.is_empty() {
            return Some(match self.over {
                Over::All => true,
                Over::Any => self.if_exists,
                Over::Plain => self.if_exists || self.negated,
            });
        }
        Some(match self.over {
            Over::All => values.iter().all(|value| matched(value) != self.negated),
            Over::Any => values.iter().any(|value| matched(value) != self.negated),
            Over::Plain => values.iter().any(matched) != self.negated,
        })
    }
}

/// The operator called `name`, in lower case and without its suffix, and whether it is a negation.
fn test(name: &str, values: &[String], reading: Reading) -> Option<(Test, bool)> {
    let texts = || values.iter().map(|value| Pattern::parse(value, reading)).collect::<Option<Vec<_>>>();
    Some(match name {
        "stringequals" => (Test::Text(texts()?, Case::Matters), false),
        "stringnotequals" => (Test::Text(texts()?, Case::Matters), true),
        "stringequalsignorecase" => (Test::Text(texts()?, Case::Ignored), false),
        "stringnotequalsignorecase" => (Test::Text(texts()?, Case::Ignored), true),
        "stringlike" => (Test::Like(texts()?), false),
        "stringnotlike" => (Test::Like(texts()?), true),
        "arnequals" | "arnlike" => (Test::Arn(texts()?), false),
        "arnnotequals" | "arnnotlike" => (Test::Arn(texts()?), true),
        "bool" => (Test::Flag(all(values, flag)?), false),
        "null" => (Test::Null(all(values, flag)?), false),
        "ipaddress" => (Test::Network(all(values, network)?), false),
        "notipaddress" => (Test::Network(all(values, network)?), true),
        name => {
            if let Some(name) = name.strip_prefix("numeric") {
                let (order, negated) = order(name)?;
                (Test::Number(all(values, number)?, order), negated)
            } else {
                let (order, negated) = order(name.strip_prefix("date")?)?;
                (Test::Date(all(values, date)?, order), negated)
            }
        }
    })
}

fn order(name: &str) -> Option<(Order, bool)> {
    Some(match name {
        "equals" => (Order::Equal, false),
        "notequals" => (Order::Equal, true),
        "lessthan" => (Order::Less, false),
        "lessthanequals" => (Order::LessOrEqual, false),
        "greaterthan" => (Order::Greater, false),
        "greaterthanequals" => (Order::GreaterOrEqual, false),
        _ => return None,
    })
}

fn all<T>(values: &[String], read: fn(&str) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(|value| read(value)).collect()
}

pub(super) fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

pub(super) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A network, or an address alone. Bits beyond the prefix count for nothing.
pub(super) fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from)).map(|net: IpNet| net.trunc())
}

/// ISO 8601, a date alone, or seconds since 1970.
pub(super) fn date(text: &str) -> Option<Timestamp> {
    let seconds = || text.parse::<i64>().ok()?.checked_mul(1000).map(Timestamp::from_millis);
    text.parse().ok().or_else(|| format!("{text}T00:00:00Z").parse().ok()).or_else(seconds)
}

/// A test whose variables are replaced.
enum Ready<'a> {
    Text(Vec<String>, Case),
    Like(Vec<Vec<Token>>),
    Arn(Vec<Vec<Token>>),
    Other(&'a Test),
}

impl Test {
    fn with(&self, context: &Context) -> Option<Ready<'_>> {
        let tokens =
            |patterns: &[Pattern]| patterns.iter().map(|pattern| pattern.tokens(context)).collect::<Option<Vec<_>>>();
        Some(match self {
            Self::Text(patterns, case) => {
                Ready::Text(patterns.iter().map(|pattern| pattern.text(context)).collect::<Option<_>>()?, *case)
            }
            Self::Like(patterns) => Ready::Like(tokens(patterns)?),
            Self::Arn(patterns) => Ready::Arn(tokens(patterns)?),
            Self::Number(..) | Self::Date(..) | Self::Flag(_) | Self::Network(_) | Self::Null(_) => Ready::Other(self),
        })
    }
}

impl Ready<'_> {
    /// Whether one value of the request is any of those asked for; a value of another kind is none of them.
    fn matches(&self, value: &str) -> bool {
        match self {
            Self::Text(wanted, Case::Matters) => wanted.iter().any(|text| text == value),
            Self::Text(wanted, Case::Ignored) => wanted.iter().any(|text| text.eq_ignore_ascii_case(value)),
            Self::Like(wanted) => wanted.iter().any(|tokens| matches(tokens, value, Case::Matters)),
            Self::Arn(wanted) => wanted.iter().any(|tokens| arn_matches(tokens, value)),
            Self::Other(Test::Number(wanted, order)) => {
                number(value).is_some_and(|value| wanted.iter().any(|other| order.holds(&value, other)))
            }
            Self::Other(Test::Date(wanted, order)) => {
                date(value).is_some_and(|value| wanted.iter().any(|other| order.holds(&value, other)))
            }
            Self::Other(Test::Flag(wanted)) => flag(value).is_some_and(|value| wanted.contains(&value)),
            Self::Other(Test::Network(wanted)) => {
                value.parse::<IpAddr>().is_ok_and(|address| wanted.iter().any(|net| net.contains(&address)))
            }
            Self::Other(Test::Text(..) | Test::Like(_) | Test::Arn(_) | Test::Null(_)) => false,
        }
    }
}

impl Order {
    fn holds<T: PartialOrd>(self, value: &T, other: &T) -> bool {
        match self {
            Self::Equal => value == other,
            Self::Less => value < other,
            Self::LessOrEqual => value <= other,
            Self::Greater => value > other,
            Self::GreaterOrEqual => value >= other,
        }
    }
}

/// Part by part, so that a star does not reach over a colon; the last part holds what colons are left.
fn arn_matches(pattern: &[Token], value: &str) -> bool {
    let mut wanted = pattern.splitn(6, |token| *token == Token::One(':'));
    let mut found = value.splitn(6, ':');
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(pattern), Some(text)) if matches(pattern, text, Case::Matters) => {}
            (Some(_) | None, Some(_) | None) => return false,
        }
    }
}
