//! `unix:symlink`: where a link leads in the end.

use super::{Family, Kind, STRING};

pub(super) const KIND: Kind =
    Kind { name: "symlink", family: Family::Unix, item: &[("filepath", STRING), ("canonical_path", STRING)] };
