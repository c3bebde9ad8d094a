//! `ind:variable`: the values of a variable, all in one item. No host is asked.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind =
    Kind { name: "variable", family: Family::Independent, item: &[("var_ref", STRING), ("value", STRING)] };
