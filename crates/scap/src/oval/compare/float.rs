//! `float`: IEEE doubles. What is not a number has no order and is refused.

use std::cmp::Ordering;

use super::{CompareError, Datatype, not_of_type};

pub(super) fn order(found: &str, wanted: &str) -> Result<Ordering, CompareError> {
    let (left, right) = (read(found)?, read(wanted)?);
    left.partial_cmp(&right).ok_or_else(|| not_of_type(found, Datatype::Float))
}

fn read(text: &str) -> Result<f64, CompareError> {
    let number: f64 = text.trim().parse().map_err(|_| not_of_type(text, Datatype::Float))?;
    if number.is_nan() { Err(not_of_type(text, Datatype::Float)) } else { Ok(number) }
}
