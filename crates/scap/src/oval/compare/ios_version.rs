//! `ios_version`: `12.4(15)T9`: major, minor, release in brackets, train and rebuild. Trains compare as text.

use std::cmp::Ordering;

use super::{CompareError, Datatype, not_of_type};

/// Runs of digits as numbers, runs of letters as they are; everything else separates.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Letters(String),
    Number(u64),
}

pub(super) fn order(found: &str, wanted: &str) -> Result<Ordering, CompareError> {
    Ok(read(found)?.cmp(&read(wanted)?))
}

fn read(text: &str) -> Result<Vec<Part>, CompareError> {
    let refuse = || not_of_type(text, Datatype::IosVersion);
    let mut parts = Vec::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let digits = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
            let (run, after) = rest.split_at_checked(end).ok_or_else(refuse)?;
            parts.push(if digits {
                Part::Number(run.parse().map_err(|_| refuse())?)
            } else {
                Part::Letters(run.to_owned())
            });
            rest = after;
        }
    }
    let begins_with_number = matches!(parts.first(), Some(Part::Number(_)));
    if begins_with_number { Ok(parts) } else { Err(refuse()) }
}
