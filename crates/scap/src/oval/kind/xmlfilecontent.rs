//! `ind:xmlfilecontent`: what an XPath expression comes to in a file.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "xmlfilecontent",
    family: Family::Independent,
    item: &[("filepath", STRING), ("path", STRING), ("filename", STRING), ("xpath", STRING), ("value_of", STRING)],
};
