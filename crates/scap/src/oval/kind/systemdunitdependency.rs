//! `linux:systemdunitdependency`: what a unit of systemd pulls in.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind =
    Kind { name: "systemdunitdependency", family: Family::Linux, item: &[("unit", STRING), ("dependency", STRING)] };
