//! `unix:interface`: a network interface.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "interface",
    family: Family::Unix,
    item: &[
        ("name", STRING),
        ("type", STRING),
        ("hardware_addr", STRING),
        ("inet_addr", STRING),
        ("broadcast_addr", STRING),
        ("netmask", STRING),
        ("flag", STRING),
    ],
};
