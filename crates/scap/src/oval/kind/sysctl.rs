//! `unix:sysctl`: a setting of the kernel.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind =
    Kind { name: "sysctl", family: Family::Unix, item: &[("name", STRING), ("value", STRING)] };
