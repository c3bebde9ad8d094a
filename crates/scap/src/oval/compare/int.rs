//! `int`: whole numbers of 64 bits.

use super::{CompareError, Datatype, Operation, Value, by_order, not_of_type};

pub(super) fn read(text: &str) -> Result<i64, CompareError> {
    // `strtoll`, by which published content is tested, skips white space before the number.
    text.trim_start().parse().map_err(|_| not_of_type(text, Datatype::Int))
}

pub(super) fn of(found: &Value) -> Result<i64, CompareError> {
    match found {
        Value::Int(number) => Ok(*number),
        Value::Text(text) => read(text),
        Value::Bool(_) | Value::Record(_) => Err(not_of_type(&found.text(), Datatype::Int)),
    }
}

pub(super) fn compare(found: i64, wanted: i64, operation: Operation) -> Result<bool, CompareError> {
    if operation == Operation::BitwiseAnd {
        return Ok(found & wanted == wanted);
    }
    if operation == Operation::BitwiseOr {
        return Ok(found | wanted == wanted);
    }
    by_order(found.cmp(&wanted), operation, Datatype::Int)
}
