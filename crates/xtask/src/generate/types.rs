//! Structures and enums as serde types.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};

use super::names::{snake, variant};
use super::{BANNER, operations};
use crate::model::{Bound, Kind, Model, Shape};

/// Every enum of the model.
pub(crate) fn enums(model: &Model) -> Result<String> {
    let mut out = format!("//! The words that a member may be.\n{BANNER}use crate::choice::choice;\n");
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| !shape.values.is_empty()) {
        writeln!(out, "\nchoice! {{\n    /// One of {} words.\n    {name} {{", shape.values.len())?;
        for value in &shape.values {
            writeln!(out, "        {} = {value:?},", variant(value))?;
        }
        out += "    }\n}\n";
    }
    Ok(out)
}

/// Every structure that is not an error, and an empty input for each operation that takes no members.
pub(crate) fn structures(model: &Model) -> Result<String> {
    let mut out = format!(
        "//! What goes in, what comes out, and what they are made of.\n{BANNER}\
        use std::collections::BTreeMap;\n\nuse inspector_model::Timestamp;\nuse serde::{{Deserialize, Serialize}};\n\n\
        use super::*;\nuse crate::Sensitive;\n"
    );
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| shape.kind == Kind::Structure && !shape.exception) {
        out += &structure(model, name, shape)?;
    }
    for (name, _) in model.operations.iter().filter(|(_, operation)| operation.input.is_none()) {
        let doc = format!("`{name}` takes no members.");
        let name = operations::input(model, name)?;
        write!(
            out,
            "\n/// {doc}\n#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]\npub struct {name} {{}}\n"
        )?;
    }
    for unused in ["use std::collections::BTreeMap;\n\n", "use crate::Sensitive;\n"] {
        let word = unused.trim_end().trim_end_matches(';').rsplit("::").next().unwrap_or_default();
        if out.matches(word).count() == 1 {
            out = out.replace(unused, "");
        }
    }
    Ok(out)
}

/// One structure. Absent members are `None` and are left out of the JSON; the rest is required by the model.
pub(crate) fn structure(model: &Model, name: &str, shape: &Shape) -> Result<String> {
    let mut out = format!("\n/// {}\n", shape.doc.clone().unwrap_or_else(|| format!("The model's `{name}`.")));
    let default = if shape.required.is_empty() { "Default, " } else { "" };
    writeln!(out, "#[derive(Debug, Clone, {default}PartialEq, Serialize, Deserialize)]")?;
    writeln!(out, "#[serde(rename_all = \"camelCase\")]\npub struct {name} {{")?;
    for (member, reference) in shape.members.iter() {
        let inner = model.shape(reference.shape())?;
        let required = shape.required.iter().any(|other| other == member);
        let doc = reference.doc().map(|doc| format!("{doc} ")).unwrap_or_default();
        writeln!(out, "    /// {doc}{}", described(model, reference.shape())?)?;
        if let Some(attribute) = serde_attribute(inner.kind, required) {
            writeln!(out, "    {attribute}")?;
        }
        let rust = rust_type(model, reference.shape())?;
        let rust = if required { rust } else { format!("Option<{rust}>") };
        writeln!(out, "    pub {}: {rust},", field(member)?)?;
    }
    Ok(out + "}\n")
}

fn serde_attribute(kind: Kind, required: bool) -> Option<&'static str> {
    match (kind == Kind::Timestamp, required) {
        (true, true) => Some(r#"#[serde(with = "crate::epoch")]"#),
        (true, false) => {
            Some(r#"#[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]"#)
        }
        (false, true) => None,
        (false, false) => Some(r#"#[serde(default, skip_serializing_if = "Option::is_none")]"#),
    }
}

/// The field of `member`; refuses a name that serde would not give back.
fn field(member: &str) -> Result<String> {
    let snake = snake(member);
    let first = member.chars().next().context("a member has a name")?;
    ensure!(first.is_ascii_lowercase() && !member.contains('_'), "member `{member}` is not in camel case");
    ensure!(!["type", "ref", "match", "self", "use"].contains(&snake.as_str()), "member `{member}` is a word of Rust");
    Ok(snake)
}

/// The Rust type of the shape `name`.
pub(crate) fn rust_type(model: &Model, name: &str) -> Result<String> {
    let shape = model.shape(name)?;
    let part = |part: &Option<String>| -> Result<String> {
        rust_type(model, part.as_deref().with_context(|| format!("shape `{name}` lacks a part"))?)
    };
    Ok(match shape.kind {
        Kind::Structure => name.to_owned(),
        Kind::List => format!("Vec<{}>", part(&shape.item)?),
        Kind::Map => format!("BTreeMap<{}, {}>", part(&shape.key)?, part(&shape.value)?),
        Kind::String if !shape.values.is_empty() => name.to_owned(),
        Kind::String if shape.sensitive => "Sensitive".to_owned(),
        Kind::String => "String".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Double => "f64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
    })
}

/// What a value may be, for a reader: type, unit, bounds.
fn described(model: &Model, name: &str) -> Result<String> {
    let shape = model.shape(name)?;
    let bounds = bounds(shape);
    Ok(match shape.kind {
        Kind::Structure => format!("[`{name}`]."),
        Kind::List => format!("List of{bounds} `{}`.", shape.item.as_deref().unwrap_or_default()),
        Kind::Map => format!("Map of{bounds} entries by `{}`.", shape.key.as_deref().unwrap_or_default()),
        Kind::String if !shape.values.is_empty() => format!("[`{name}`]."),
        Kind::String if bounds.is_empty() && shape.pattern.is_none() => "Text.".to_owned(),
        Kind::String if shape.pattern.is_some() => format!("`{name}`: text of a fixed form."),
        Kind::String => format!("`{name}`:{bounds} characters."),
        Kind::Integer | Kind::Long => format!("`{name}`: whole number{bounds}."),
        Kind::Double => format!("`{name}`: number{bounds}."),
        Kind::Boolean => "Yes or no.".to_owned(),
        Kind::Timestamp => "Seconds since the epoch on the wire.".to_owned(),
    })
}

fn bounds(shape: &Shape) -> String {
    let show = |bound: Bound| match bound {
        Bound::Whole(whole) => whole.to_string(),
        Bound::Real(real) => real.to_string(),
    };
    match (shape.min.map(show), shape.max.map(show)) {
        (Some(min), Some(max)) if min == max => format!(" {min}"),
        (Some(min), Some(max)) => format!(" {min} to {max}"),
        (Some(min), None) => format!(" at least {min}"),
        (None, Some(max)) => format!(" at most {max}"),
        (None, None) => String::new(),
    }
}
