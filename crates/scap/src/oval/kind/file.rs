//! `unix:file`: a file's owner, times and mode.

use super::{BOOLEAN, Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "file",
    family: Family::Unix,
    item: &[
        ("filepath", STRING),
        ("path", STRING),
        ("filename", STRING),
        ("type", STRING),
        ("group_id", INT),
        ("user_id", INT),
        ("a_time", INT),
        ("c_time", INT),
        ("m_time", INT),
        ("size", INT),
        ("suid", BOOLEAN),
        ("sgid", BOOLEAN),
        ("sticky", BOOLEAN),
        ("uread", BOOLEAN),
        ("uwrite", BOOLEAN),
        ("uexec", BOOLEAN),
        ("gread", BOOLEAN),
        ("gwrite", BOOLEAN),
        ("gexec", BOOLEAN),
        ("oread", BOOLEAN),
        ("owrite", BOOLEAN),
        ("oexec", BOOLEAN),
        ("has_extended_acl", BOOLEAN),
    ],
};
