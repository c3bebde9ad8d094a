//! `linux:dpkginfo`: a package that dpkg has installed.

use super::{Datatype, Family, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "dpkginfo",
    family: Family::Linux,
    item: &[
        ("name", STRING),
        ("arch", STRING),
        ("epoch", STRING),
        ("release", STRING),
        ("version", STRING),
        ("evr", Datatype::DebianEvr),
    ],
};
