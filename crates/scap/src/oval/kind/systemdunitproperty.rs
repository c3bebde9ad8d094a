//! `linux:systemdunitproperty`: a property of a unit of systemd.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "systemdunitproperty",
    family: Family::Linux,
    item: &[("unit", STRING), ("property", STRING), ("value", STRING)],
};
