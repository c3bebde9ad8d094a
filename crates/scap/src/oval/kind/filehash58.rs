//! `ind:filehash58`: the digest of a file.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "filehash58",
    family: Family::Independent,
    item: &[("filepath", STRING), ("path", STRING), ("filename", STRING), ("hash_type", STRING), ("hash", STRING)],
};
