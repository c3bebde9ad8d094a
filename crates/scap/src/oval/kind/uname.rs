//! `unix:uname`: the kernel and the machine.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "uname",
    family: Family::Unix,
    item: &[
        ("machine_class", STRING),
        ("node_name", STRING),
        ("os_name", STRING),
        ("os_release", STRING),
        ("os_version", STRING),
        ("processor_type", STRING),
    ],
};
