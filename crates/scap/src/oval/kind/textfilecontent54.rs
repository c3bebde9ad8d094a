//! `ind:textfilecontent54`: the places in a file where a pattern matches.

use super::{Family, INT, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "textfilecontent54",
    family: Family::Independent,
    item: &[
        ("filepath", STRING),
        ("path", STRING),
        ("filename", STRING),
        ("pattern", STRING),
        ("instance", INT),
        ("text", STRING),
        ("subexpression", STRING),
    ],
};
