//! `linux:rpminfo`: a package of the rpm database.

use super::{Datatype, Family, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "rpminfo",
    family: Family::Linux,
    item: &[
        ("name", STRING),
        ("arch", STRING),
        ("epoch", STRING),
        ("release", STRING),
        ("version", STRING),
        ("evr", Datatype::Evr),
        ("signature_keyid", STRING),
        ("extended_name", STRING),
    ],
};
