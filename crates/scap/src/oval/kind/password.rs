//! `unix:password`: an account of `/etc/passwd`.

use super::{Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "password",
    family: Family::Unix,
    item: &[
        ("username", STRING),
        ("password", STRING),
        ("user_id", INT),
        ("group_id", INT),
        ("gcos", STRING),
        ("home_dir", STRING),
        ("login_shell", STRING),
        ("last_login", INT),
    ],
};
