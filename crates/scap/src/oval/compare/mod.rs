//! Comparing a value found with a value wanted: one module per datatype.
//!
//! Each module reads both sides strictly and answers equality and order, or says that a side is no value of its type;
//! the caller makes an error of that, never a result.

mod address;
mod binary;
mod boolean;
mod debian_evr;
mod evr;
mod fileset_revision;
mod float;
mod int;
mod ios_version;
mod string;
mod version;

use std::cmp::Ordering;

use super::regex::{Options, Pattern};
use super::value::{Datatype, Operation, Value};

/// Why two values cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// A side is no value of the datatype.
    #[error("`{text}` is not of type {}", datatype.as_str())]
    NotOfType {
        /// The value as written.
        text: String,
        /// The datatype it was read as.
        datatype: Datatype,
    },
    /// The operation means nothing for the datatype.
    #[error("`{}` means nothing for type {}", operation.as_str(), datatype.as_str())]
    NoSuchOperation {
        /// The operation.
        operation: Operation,
        /// The datatype.
        datatype: Datatype,
    },
    /// A pattern could not be searched for.
    #[error(transparent)]
    Pattern(#[from] super::regex::PatternError),
}

/// A value that is wanted, read once and compared often.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// As written.
    pub text: String,
    form: Form,
}

#[derive(Debug, Clone)]
enum Form {
    Pattern(Box<Pattern>),
    Int(i64),
    Boolean(bool),
    Other(Datatype),
}

impl Wanted {
    /// Reads `text` for comparisons by `operation` as `datatype`.
    ///
    /// # Errors
    ///
    /// When it is no regular expression for `pattern match`, or no number or truth value of its type.
    pub fn new(text: &str, datatype: Datatype, operation: Operation) -> Result<Self, CompareError> {
        let form = match (operation, datatype) {
            (Operation::PatternMatch, _) => Form::Pattern(Box::new(Pattern::new(text, Options::default())?)),
            (_, Datatype::Int) => Form::Int(int::read(text)?),
            (_, Datatype::Boolean) => Form::Boolean(boolean::read(text)?),
            (_, other) => Form::Other(other),
        };
        Ok(Self { text: text.to_owned(), form })
    }

    /// How values are read.
    pub fn datatype(&self) -> Datatype {
        match &self.form {
            Form::Pattern(_) => Datatype::String,
            Form::Int(_) => Datatype::Int,
            Form::Boolean(_) => Datatype::Boolean,
            Form::Other(datatype) => *datatype,
        }
    }

    /// Whether `found` is what `operation` asks for.
    ///
    /// # Errors
    ///
    /// When `found` is no value of the datatype, or the operation means nothing for it.
    pub fn compare(&self, found: &Value, operation: Operation) -> Result<bool, CompareError> {
        match &self.form {
            Form::Pattern(pattern) => Ok(pattern.is_match(&found.text())?),
            Form::Int(wanted) => int::compare(int::of(found)?, *wanted, operation),
            Form::Boolean(wanted) => {
                let found = match found {
                    Value::Bool(found) => *found,
                    Value::Int(_) | Value::Text(_) | Value::Record(_) => boolean::read(&found.text())?,
                };
                by_order(found.cmp(wanted), operation, Datatype::Boolean)
            }
            Form::Other(datatype) => by_text(&found.text(), &self.text, operation, *datatype),
        }
    }
}

fn by_text(found: &str, wanted: &str, operation: Operation, datatype: Datatype) -> Result<bool, CompareError> {
    let order = |order: Ordering| by_order(order, operation, datatype);
    match datatype {
        Datatype::String => string::compare(found, wanted, operation),
        Datatype::Float => order(float::order(found, wanted)?),
        Datatype::Version => order(version::order(found, wanted)?),
        Datatype::Evr => order(evr::order(found, wanted)),
        Datatype::DebianEvr => order(debian_evr::order(found, wanted)),
        Datatype::Binary => binary::compare(found, wanted, operation),
        Datatype::Ipv4 => address::compare_v4(found, wanted, operation),
        Datatype::Ipv6 => address::compare_v6(found, wanted, operation),
        Datatype::FilesetRevision => order(fileset_revision::order(found, wanted)?),
        Datatype::IosVersion => order(ios_version::order(found, wanted)?),
        Datatype::Int => int::compare(int::read(found)?, int::read(wanted)?, operation),
        Datatype::Boolean => order(boolean::read(found)?.cmp(&boolean::read(wanted)?)),
        Datatype::Record => Err(CompareError::NoSuchOperation { operation, datatype }),
    }
}

/// Whether an order of found to wanted is what `operation` asks for.
fn by_order(order: Ordering, operation: Operation, datatype: Datatype) -> Result<bool, CompareError> {
    // Truth values have no order (OVAL definitions schema, DatatypeEnumeration).
    let ordered = datatype != Datatype::Boolean;
    match operation {
        Operation::Equals => Ok(order.is_eq()),
        Operation::NotEqual => Ok(order.is_ne()),
        Operation::GreaterThan if ordered => Ok(order.is_gt()),
        Operation::LessThan if ordered => Ok(order.is_lt()),
        Operation::GreaterThanOrEqual if ordered => Ok(order.is_ge()),
        Operation::LessThanOrEqual if ordered => Ok(order.is_le()),
        Operation::GreaterThan
        | Operation::LessThan
        | Operation::GreaterThanOrEqual
        | Operation::LessThanOrEqual
        | Operation::CaseInsensitiveEquals
        | Operation::CaseInsensitiveNotEqual
        | Operation::BitwiseAnd
        | Operation::BitwiseOr
        | Operation::PatternMatch
        | Operation::SubsetOf
        | Operation::SupersetOf => Err(CompareError::NoSuchOperation { operation, datatype }),
    }
}

fn not_of_type(text: &str, datatype: Datatype) -> CompareError {
    CompareError::NotOfType { text: text.to_owned(), datatype }
}

#[cfg(test)]
mod tests;
