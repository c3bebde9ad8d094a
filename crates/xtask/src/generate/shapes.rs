//! The constraint table: every shape with its bounds, and for inputs the code that answers a bad value.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::BANNER;
use super::names::shout;
use crate::model::{Bound, Kind, Model, Shape};

/// Which code answers a bad value of which member.
pub(crate) struct CodeTable(BTreeMap<String, Codes>);

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    value: String,
    count: Option<String>,
    #[serde(default)]
    nested: bool,
}

impl CodeTable {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        Ok(Self(toml::from_str(text).context("cannot use the table of error codes")?))
    }

    /// The row of `structure.member`: its own, else that of the member's name.
    fn row(&self, structure: &str, member: &str) -> Option<(String, &Codes)> {
        let own = format!("{structure}.{member}");
        let key = if self.0.contains_key(&own) { own } else { member.to_owned() };
        self.0.get(&key).map(|codes| (key, codes))
    }
}

/// The table as Rust statics.
pub(crate) fn shapes(model: &Model, codes: Option<CodeTable>) -> Result<String> {
    let codes = match codes {
        Some(table) => checked(model, &table)?,
        None => derived(model)?,
    };
    let mut out =
        format!("//! The bounds of every shape.\n{BANNER}use crate::shape::{{Codes, Member, Piece, Shape}};\n");
    for (name, shape) in model.shapes.iter() {
        write!(out, "\npub(super) static {}: Shape = {};\n", shout(name), literal(model, &codes, name, shape)?)?;
    }
    if !out.contains("Piece {") {
        out = out.replace("Member, Piece, Shape", "Member, Shape");
    }
    Ok(out)
}

type MemberCodes = BTreeMap<(String, String), Codes>;

/// Visits each member that an input can hold; `visit` says whether to go on below it.
fn inputs(model: &Model, visit: &mut dyn FnMut(&str, &str) -> Result<bool>) -> Result<()> {
    let mut open: Vec<&str> = model.operations.iter().filter_map(|(_, operation)| operation.input.as_deref()).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        let shape = model.shape(name)?;
        open.extend([&shape.item, &shape.key, &shape.value].into_iter().flatten().map(String::as_str));
        for (member, reference) in shape.members.iter() {
            if visit(name, member)? {
                open.push(reference.shape());
            }
        }
    }
    Ok(())
}

/// The hand-written table, complete, without a row too many and without a code that the model does not know.
fn checked(model: &Model, table: &CodeTable) -> Result<MemberCodes> {
    let known = &model.shape("InvalidInputErrorCode")?.values;
    for code in table.0.values().flat_map(|codes| [Some(&codes.value), codes.count.as_ref()]).flatten() {
        ensure!(known.contains(code), "`{code}` is not an InvalidInputErrorCode");
    }
    let (mut found, mut used) = (MemberCodes::new(), BTreeSet::new());
    inputs(model, &mut |structure, member| {
        let Some((key, codes)) = table.row(structure, member) else {
            bail!("no error code stands for `{structure}.{member}`");
        };
        used.insert(key);
        found.insert((structure.to_owned(), member.to_owned()), codes.clone());
        Ok(!codes.nested)
    })?;
    match table.0.keys().find(|key| !used.contains(*key)) {
        Some(key) => bail!("the error code for `{key}` belongs to no input"),
        None => Ok(found),
    }
}

/// Codes made of the members' names: `INVALID_` and the name.
fn derived(model: &Model) -> Result<MemberCodes> {
    let mut found = MemberCodes::new();
    inputs(model, &mut |structure, member| {
        let codes = Codes { value: format!("INVALID_{}", shout(member)), count: None, nested: false };
        found.insert((structure.to_owned(), member.to_owned()), codes);
        Ok(true)
    })?;
    Ok(found)
}

fn literal(model: &Model, codes: &MemberCodes, name: &str, shape: &Shape) -> Result<String> {
    let part =
        |part: &Option<String>| part.as_deref().map(shout).with_context(|| format!("shape `{name}` lacks a part"));
    let length =
        || -> Result<String> { Ok(format!("min: {}, max: {}", whole(shape.min)?.unwrap_or(0), limit(shape)?)) };
    Ok(match shape.kind {
        Kind::Structure => format!("Shape::Structure(&[{}])", members(model, codes, name, shape)?),
        Kind::List => format!("Shape::List {{ {}, item: &{} }}", length()?, part(&shape.item)?),
        Kind::Map => {
            format!("Shape::Map {{ {}, key: &{}, value: &{} }}", length()?, part(&shape.key)?, part(&shape.value)?)
        }
        Kind::String if !shape.values.is_empty() => format!("Shape::Choice(&{:?})", shape.values),
        Kind::String => match &shape.pattern {
            Some(pattern) => format!("Shape::Form(&[{}])", pieces(pattern)?),
            None => format!("Shape::Text {{ {} }}", length()?),
        },
        Kind::Integer => format!("Shape::Whole {{ {} }}", range(shape, "i32::MIN as i64", "i32::MAX as i64")?),
        Kind::Long => format!("Shape::Whole {{ {} }}", range(shape, "i64::MIN", "i64::MAX")?),
        Kind::Double => {
            format!("Shape::Real {{ min: {}, max: {} }}", real(shape.min, "f64::MIN"), real(shape.max, "f64::MAX"))
        }
        Kind::Boolean => "Shape::Flag".to_owned(),
        Kind::Timestamp => "Shape::Moment".to_owned(),
    })
}

fn members(model: &Model, codes: &MemberCodes, name: &str, shape: &Shape) -> Result<String> {
    let mut out = String::new();
    for (member, reference) in shape.members.iter() {
        model.shape(reference.shape())?;
        let codes = match codes.get(&(name.to_owned(), member.to_owned())) {
            Some(Codes { value, count, nested }) => {
                let count = count.as_ref().unwrap_or(value);
                format!("Some(Codes {{ value: {value:?}, count: {count:?}, nested: {nested} }})")
            }
            None => "None".to_owned(),
        };
        let required = shape.required.iter().any(|other| other == member);
        let shape = shout(reference.shape());
        write!(out, "Member {{ name: {member:?}, required: {required}, shape: &{shape}, codes: {codes} }}, ")?;
    }
    Ok(out)
}

fn whole(bound: Option<Bound>) -> Result<Option<i64>> {
    match bound {
        None => Ok(None),
        Some(Bound::Whole(whole)) => Ok(Some(whole)),
        Some(Bound::Real(real)) => bail!("`{real}` bounds a whole number"),
    }
}

fn limit(shape: &Shape) -> Result<String> {
    Ok(whole(shape.max)?.map_or("usize::MAX".to_owned(), |max| max.to_string()))
}

fn range(shape: &Shape, lowest: &str, highest: &str) -> Result<String> {
    let bound = |bound: Option<i64>, end: &str| bound.map_or(end.to_owned(), |bound| bound.to_string());
    Ok(format!("min: {}, max: {}", bound(whole(shape.min)?, lowest), bound(whole(shape.max)?, highest)))
}

fn real(bound: Option<Bound>, end: &str) -> String {
    match bound {
        None => end.to_owned(),
        Some(Bound::Whole(whole)) => format!("{whole}.0"),
        Some(Bound::Real(real)) => format!("{real:?}"),
    }
}

/// A pattern as pieces. Understood are letters, digits, hyphens and `[classes]`, each alone or as often as `{n}` says.
fn pieces(pattern: &str) -> Result<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let (class, tail) = match rest.strip_prefix('[') {
            Some(tail) => tail.split_once(']').with_context(|| format!("pattern `{pattern}` has an open class"))?,
            None => rest.split_at(first.len_utf8()),
        };
        ensure!(
            class.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "pattern `{pattern}` is beyond the generator"
        );
        let (times, tail) = match tail.strip_prefix('{') {
            Some(tail) => tail.split_once('}').with_context(|| format!("pattern `{pattern}` has an open count"))?,
            None => ("1", tail),
        };
        let times: usize = times.parse().with_context(|| format!("pattern `{pattern}`: `{times}` is not a count"))?;
        write!(out, "Piece {{ ranges: &[{}], times: {times} }}, ", ranges(class))?;
        rest = tail;
    }
    Ok(out)
}

/// `0-9a-f` as pairs of first and last character; a lone character is a pair with itself.
fn ranges(class: &str) -> String {
    let characters: Vec<char> = class.chars().collect();
    let mut rest = characters.as_slice();
    let mut out = String::new();
    while let Some((first, tail)) = rest.split_first() {
        let (last, tail) = match tail {
            ['-', last, tail @ ..] => (last, tail),
            _ => (first, tail),
        };
        out += &format!("({first:?}, {last:?}), ");
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_becomes_pieces() {
        assert_eq!(
            pieces("[0-9a-f]{8}-").unwrap(),
            "Piece { ranges: &[('0', '9'), ('a', 'f'), ], times: 8 }, Piece { ranges: &[('-', '-'), ], times: 1 }, "
        );
    }

    #[test]
    fn a_pattern_beyond_the_generator_is_refused() {
        for pattern in ["a+", "(a|b)", "[a", "a{2", "a{1,2}", "\\d"] {
            assert!(pieces(pattern).is_err(), "{pattern}");
        }
    }
}
