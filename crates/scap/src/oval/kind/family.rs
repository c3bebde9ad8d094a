//! `ind:family`: the family of the operating system.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind = Kind { name: "family", family: Family::Independent, item: &[("family", STRING)] };
