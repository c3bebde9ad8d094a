//! `version`: numbers separated by anything that is no digit, compared one by one; a missing one is zero.

use std::cmp::Ordering;

use super::{CompareError, Datatype, not_of_type};

pub(super) fn order(found: &str, wanted: &str) -> Result<Ordering, CompareError> {
    Ok(numbers(read(found, Datatype::Version)?, read(wanted, Datatype::Version)?))
}

/// The numbers of `text`, without leading zeros so that length and digits decide.
pub(super) fn read(text: &str, datatype: Datatype) -> Result<Vec<&str>, CompareError> {
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.map(|part| part.trim_start_matches('0')).collect();
    if parts.is_empty() { Err(not_of_type(text, datatype)) } else { Ok(parts) }
}

pub(super) fn numbers(mut left: Vec<&str>, mut right: Vec<&str>) -> Ordering {
    let length = left.len().max(right.len());
    left.resize(length, "");
    right.resize(length, "");
    let key = |part: &&str| (part.len(), (*part).to_owned());
    left.iter().map(key).cmp(right.iter().map(key))
}
