//! `ind:environmentvariable58`: a variable in the environment of a process.

use super::{Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "environmentvariable58",
    family: Family::Independent,
    item: &[("pid", INT), ("name", STRING), ("value", STRING)],
};
