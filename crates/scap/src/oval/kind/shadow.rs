//! `unix:shadow`: an account of `/etc/shadow`. The password itself is never an item's value, only what kind it is.

use super::{Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "shadow",
    family: Family::Unix,
    item: &[
        ("username", STRING),
        ("password", STRING),
        ("chg_lst", INT),
        ("chg_allow", INT),
        ("chg_req", INT),
        ("exp_warn", INT),
        ("exp_inact", INT),
        ("exp_date", INT),
        ("flag", STRING),
        ("encrypt_method", STRING),
    ],
};
