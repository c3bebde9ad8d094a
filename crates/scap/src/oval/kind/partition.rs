//! `linux:partition`: a mounted file system.

use super::{Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "partition",
    family: Family::Linux,
    item: &[
        ("mount_point", STRING),
        ("device", STRING),
        ("uuid", STRING),
        ("fs_type", STRING),
        ("mount_options", STRING),
        ("total_space", INT),
        ("space_used", INT),
        ("space_left", INT),
    ],
};
