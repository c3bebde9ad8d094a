//! `string`: byte for byte; case is that of ASCII, as in every engine that content is tested with.

use super::{CompareError, Datatype, Operation, by_order};

pub(super) fn compare(found: &str, wanted: &str, operation: Operation) -> Result<bool, CompareError> {
    if operation == Operation::CaseInsensitiveEquals {
        return Ok(found.eq_ignore_ascii_case(wanted));
    }
    if operation == Operation::CaseInsensitiveNotEqual {
        return Ok(!found.eq_ignore_ascii_case(wanted));
    }
    by_order(found.cmp(wanted), operation, Datatype::String)
}
