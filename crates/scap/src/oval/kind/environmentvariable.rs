//! `ind:environmentvariable`: a variable in the scanner's own environment. Content since OVAL 5.8 uses its successor.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind =
    Kind { name: "environmentvariable", family: Family::Independent, item: &[("name", STRING), ("value", STRING)] };
