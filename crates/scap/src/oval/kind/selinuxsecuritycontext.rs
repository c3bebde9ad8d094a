//! `linux:selinuxsecuritycontext`: the SELinux label of a file or process.

use super::{Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "selinuxsecuritycontext",
    family: Family::Linux,
    item: &[
        ("filepath", STRING),
        ("path", STRING),
        ("filename", STRING),
        ("pid", INT),
        ("user", STRING),
        ("role", STRING),
        ("type", STRING),
        ("low_sensitivity", STRING),
        ("low_category", STRING),
        ("high_sensitivity", STRING),
        ("high_category", STRING),
        ("rawlow_sensitivity", STRING),
        ("rawlow_category", STRING),
        ("rawhigh_sensitivity", STRING),
        ("rawhigh_category", STRING),
    ],
};
