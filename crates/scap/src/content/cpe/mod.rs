//! CPE: names, the dictionary, the applicability language (NIST IR 7695 to 7698).

pub mod name;

use serde::{Deserialize, Serialize};

use super::{ContentError, shape};
use crate::xml::Element;

/// An entry of a dictionary: a platform and the check that tells whether the host is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryItem {
    /// The platform's name.
    pub name: String,
    /// The check's document, as the dictionary names it, and the definition in it.
    pub check: Option<(String, String)>,
}

/// An expression of the applicability language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expression {
    /// `logical-test`.
    Test {
        /// Whether all must hold, or one.
        all: bool,
        /// Whether true and false change places.
        negate: bool,
        /// What is combined.
        inner: Vec<Expression>,
    },
    /// `fact-ref`: a platform's name.
    Fact(String),
    /// `check-fact-ref`: a definition.
    Check {
        /// The language of the check.
        system: String,
        /// The document, as the benchmark names it.
        href: String,
        /// The definition.
        definition: String,
    },
}

/// How deep expressions may nest.
const DEPTH: usize = 32;

/// Reads a `cpe-item`.
///
/// # Errors
///
/// When it has no name.
pub fn dictionary_item(element: &Element) -> Result<DictionaryItem, ContentError> {
    let check = element.child("check").and_then(|check| {
        let href = check.get("href")?.to_owned();
        Some((href, check.text.trim().to_owned()))
    });
    Ok(DictionaryItem { name: element.tag.need("name")?.to_owned(), check })
}

/// Reads what a `cpe-lang:platform` asks.
///
/// # Errors
///
/// When it asks nothing, or in a way that the language does not know.
pub fn platform(element: &Element) -> Result<Expression, ContentError> {
    let test = element.child("logical-test").ok_or_else(|| shape("platform", "lacks a `logical-test`"))?;
    expression(test, 0)
}

fn expression(element: &Element, depth: usize) -> Result<Expression, ContentError> {
    if depth > DEPTH {
        return Err(shape(element.name(), format!("nests deeper than {DEPTH}")));
    }
    match element.name() {
        "logical-test" => Ok(Expression::Test {
            all: match element.tag.need("operator")? {
                "AND" => true,
                "OR" => false,
                other => return Err(shape("logical-test", format!("`{other}` is no operator"))),
            },
            negate: element.tag.flag("negate"),
            inner: element.children.iter().map(|child| expression(child, depth + 1)).collect::<Result<_, _>>()?,
        }),
        "fact-ref" => Ok(Expression::Fact(element.tag.need("name")?.to_owned())),
        "check-fact-ref" => Ok(Expression::Check {
            system: element.tag.need("system")?.to_owned(),
            href: element.tag.need("href")?.to_owned(),
            definition: element.tag.need("id-ref")?.to_owned(),
        }),
        other => Err(shape(other, "is no part of the applicability language")),
    }
}
