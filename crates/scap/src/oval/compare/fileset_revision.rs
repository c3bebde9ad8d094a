//! `fileset_revision`: dotted numbers of HP-UX file sets.

use std::cmp::Ordering;

use super::version::{numbers, read};
use super::{CompareError, Datatype};

pub(super) fn order(found: &str, wanted: &str) -> Result<Ordering, CompareError> {
    Ok(numbers(read(found, Datatype::FilesetRevision)?, read(wanted, Datatype::FilesetRevision)?))
}
