//! `binary`: hexadecimal digits, whose case does not count.

use super::{CompareError, Datatype, Operation, by_order, not_of_type};

pub(super) fn compare(found: &str, wanted: &str, operation: Operation) -> Result<bool, CompareError> {
    for text in [found, wanted] {
        if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(not_of_type(text, Datatype::Binary));
        }
    }
    if !matches!(operation, Operation::Equals | Operation::NotEqual) {
        return Err(CompareError::NoSuchOperation { operation, datatype: Datatype::Binary });
    }
    by_order(found.to_ascii_lowercase().cmp(&wanted.to_ascii_lowercase()), operation, Datatype::Binary)
}
