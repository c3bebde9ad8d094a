//! `unix:process58`: a process.

use super::{BOOLEAN, Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "process58",
    family: Family::Unix,
    item: &[
        ("command_line", STRING),
        ("exec_time", STRING),
        ("pid", INT),
        ("ppid", INT),
        ("priority", INT),
        ("ruid", INT),
        ("scheduling_class", STRING),
        ("start_time", STRING),
        ("tty", STRING),
        ("user_id", INT),
        ("exec_shield", BOOLEAN),
        ("loginuid", INT),
        ("posix_capability", STRING),
        ("selinux_domain_label", STRING),
        ("session_id", INT),
    ],
};
