//! `linux:inetlisteningservers`: a socket that waits for connections.

use super::{Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "inetlisteningservers",
    family: Family::Linux,
    item: &[
        ("protocol", STRING),
        ("local_address", STRING),
        ("local_port", INT),
        ("local_full_address", STRING),
        ("program_name", STRING),
        ("foreign_address", STRING),
        ("foreign_port", INT),
        ("foreign_full_address", STRING),
        ("pid", INT),
        ("user_id", INT),
    ],
};
