//! `linux:selinuxboolean`: a switch of the SELinux policy.

use super::{BOOLEAN, Family, Kind, STRING};

pub(super) const KIND: Kind = Kind {
    name: "selinuxboolean",
    family: Family::Linux,
    item: &[("name", STRING), ("current_status", BOOLEAN), ("pending_status", BOOLEAN)],
};
