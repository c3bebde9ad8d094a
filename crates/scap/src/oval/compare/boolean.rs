//! `boolean`: `true` and `1`, `false` and `0`.

use super::{CompareError, Datatype, not_of_type};

pub(super) fn read(text: &str) -> Result<bool, CompareError> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(not_of_type(text, Datatype::Boolean)),
    }
}
