//! The rules again, for comparison: on plain JSON, one question at a time, by recursion. It takes documents that
//! [`Document`](super::Document) reads; it is slow and says nothing about what is wrong with others.

use std::net::IpAddr;

use serde_json::Value;

use super::{Context, Request};

/// What the documents of one kind say.
pub(super) enum Verdict {
    /// A statement denies.
    Denied,
    /// A statement allows and none denies.
    Allowed,
    /// No statement is about it.
    Silent,
}

/// Asks every statement of every document.
pub(super) fn evaluate(documents: &[Value], request: &Request<'_>) -> Verdict {
    let mut allowed = false;
    for document in documents {
        let variables = document["Version"] == "2012-10-17";
        for statement in list(&document["Statement"]) {
            if about(&statement, request, variables) != Some(true) {
                continue;
            }
            if statement["Effect"] == "Deny" {
                return Verdict::Denied;
            }
            allowed = true;
        }
    }
    if allowed { Verdict::Allowed } else { Verdict::Silent }
}

fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.clone(),
        Value::Null => Vec::new(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => vec![value.clone()],
    }
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn about(statement: &Value, request: &Request<'_>, variables: bool) -> Option<bool> {
    let action = request.action.to_lowercase();
    let listed = |name: &str, text: &str, lower: bool| -> Option<bool> {
        let mut found = false;
        for pattern in list(&statement[name]) {
            let pattern = if lower { word(&pattern).to_lowercase() } else { word(&pattern) };
            found |= glob(&expand(&pattern, request.context, variables)?, text);
        }
        Some(found)
    };
    let acts = if statement["Action"].is_null() {
        !listed("NotAction", &action, true)?
    } else {
        listed("Action", &action, true)?
    };
    let on = request.resource;
    let touches = if statement["Resource"].is_null() {
        !listed("NotResource", on, false)?
    } else {
        listed("Resource", on, false)?
    };
    let mut holds = true;
    for (operator, keys) in statement["Condition"].as_object().into_iter().flatten() {
        for (key, values) in keys.as_object().into_iter().flatten() {
            let values: Vec<String> = list(values).iter().map(word).collect();
            holds &= condition(operator, key, &values, request.context, variables)?;
        }
    }
    Some(acts && touches && holds)
}

/// A pattern in which `\u{1}` is a star and `\u{2}` a question mark that mean themselves.
fn expand(pattern: &str, context: &Context, variables: bool) -> Option<String> {
    let Some((before, rest)) = pattern.split_once("${").filter(|_| variables) else { return Some(pattern.to_owned()) };
    let (inside, after) = rest.split_once('}')?;
    let plain = |text: &str| text.replace('*', "\u{1}").replace('?', "\u{2}");
    let value = match inside {
        "*" | "?" | "$" => plain(inside),
        name => {
            let (name, default) = match name.split_once(',') {
                Some((name, default)) => (name, Some(default.trim().trim_matches('\'').to_owned())),
                None => (name, None),
            };
            let known = context.get(&name.trim().to_lowercase()).filter(|values| values.len() == 1);
            plain(&known.and_then(|values| values.first().cloned()).or(default)?)
        }
    };
    Some(format!("{before}{value}{}", expand(after, context, variables)?))
}

fn glob(pattern: &str, text: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => text.is_empty(),
        Some('*') => {
            glob(rest.as_str(), text) || {
                let mut shorter = text.chars();
                shorter.next().is_some() && glob(pattern, shorter.as_str())
            }
        }
        Some(wanted) => {
            let mut others = text.chars();
            let same = match (wanted, others.next()) {
                (_, None) => false,
                ('?', Some(_)) => true,
                ('\u{1}', Some(c)) => c == '*',
                ('\u{2}', Some(c)) => c == '?',
                (wanted, Some(c)) => wanted == c,
            };
            same && glob(rest.as_str(), others.as_str())
        }
    }
}

fn condition(operator: &str, key: &str, wanted: &[String], context: &Context, variables: bool) -> Option<bool> {
    let operator = operator.to_lowercase();
    let found = context.get(&key.to_lowercase()).cloned().unwrap_or_default();
    let (set, name) = operator.split_once(':').unwrap_or(("", operator.as_str()));
    if name == "null" {
        return Some(wanted.iter().any(|text| text.to_lowercase() == found.is_empty().to_string()));
    }
    let if_exists = name.ends_with("ifexists");
    let name = name.trim_end_matches("ifexists");
    let negated = name.contains("not");
    let name = name.replacen("not", "", 1);
    let mut expanded = Vec::new();
    for text in wanted {
        let fixed = name.starts_with("numeric") || name.starts_with("date") || matches!(&*name, "bool" | "ipaddress");
        expanded.push(expand(text, context, variables && !fixed)?);
    }
    let one = |value: &String| expanded.iter().any(|wanted| compare(&name, value, wanted)) != negated;
    Some(match set {
        "forallvalues" => found.iter().all(one),
        "foranyvalue" if found.is_empty() => if_exists,
        "foranyvalue" => found.iter().any(one),
        _ if found.is_empty() => if_exists || negated,
        // Several values without a set operator: one that matches is enough, and one is enough to break a negation.
        _ if negated => found.iter().all(one),
        _ => found.iter().any(one),
    })
}

fn compare(name: &str, value: &str, wanted: &str) -> bool {
    let plain = || wanted.replace('\u{1}', "*").replace('\u{2}', "?");
    match name {
        "stringequals" => value == plain(),
        "stringequalsignorecase" => value.to_lowercase() == plain().to_lowercase(),
        "stringlike" => glob(wanted, value),
        "arnequals" | "arnlike" => {
            let (values, patterns) = (value.splitn(6, ':'), wanted.splitn(6, ':'));
            values.clone().count() == patterns.clone().count() && patterns.zip(values).all(|(p, v)| glob(p, v))
        }
        "bool" => matches!(&*value.to_lowercase(), "true" | "false") && value.to_lowercase() == wanted.to_lowercase(),
        "ipaddress" => inside(value, wanted),
        _ => ordered(name, value, wanted),
    }
}

fn inside(address: &str, network: &str) -> bool {
    let (base, length) = network.split_once('/').unwrap_or((network, ""));
    let bits = |text: &str| match text.parse() {
        Ok(IpAddr::V4(v4)) => Some(v4.octets().iter().map(|b| format!("{b:08b}")).collect::<String>()),
        Ok(IpAddr::V6(v6)) => Some(v6.octets().iter().map(|b| format!("{b:08b}")).collect()),
        Err(_) => None,
    };
    let (Some(address), Some(base)) = (bits(address), bits(base)) else { return false };
    let length = length.parse().unwrap_or(base.len());
    address.len() == base.len() && address.chars().take(length).eq(base.chars().take(length))
}

fn ordered(name: &str, value: &str, wanted: &str) -> bool {
    let key = |text: &str| {
        if name.starts_with("date") {
            super::condition::date(text).and_then(|moment| super::condition::number(&moment.millis().to_string()))
        } else {
            super::condition::number(text)
        }
    };
    let (Some(value), Some(wanted)) = (key(value), key(wanted)) else { return false };
    match name.trim_start_matches("date").trim_start_matches("numeric") {
        "equals" => value.partial_cmp(&wanted) == Some(std::cmp::Ordering::Equal),
        "lessthan" => value < wanted,
        "lessthanequals" => value <= wanted,
        "greaterthan" => value > wanted,
        "greaterthanequals" => value >= wanted,
        _ => false,
    }
}
