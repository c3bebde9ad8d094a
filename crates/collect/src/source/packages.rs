//! Installed packages, of whichever package manager the host has.

use inspector_model::host::{Inventory, InventoryProblem};
use inspector_model::{Fact, Place};

use super::{apk, dpkg, missing, rpm};
use crate::root::{ReadError, Root};

/// The package managers whose databases are read.
const MANAGERS: [fn(&Root) -> Fact<Inventory>; 3] = [dpkg::collect, rpm::collect, apk::collect];

/// Databases that this version does not read: a host that has one has packages that it does not see.
const UNREAD: [(&str, &str); 2] = [
    ("/var/lib/rpmmanifest/container-manifest-2", "rpm manifest"),
    ("/var/lib/pacman/local/ALPM_DB_VERSION", "pacman"),
];

/// The packages of the manager that knows most of them; what another one knows was not looked at and is a problem.
///
/// Debian has rpm, and Fedora has dpkg, as a tool for foreign packages.
pub(super) fn collect(root: &Root) -> Fact<Inventory> {
    let mut facts: Vec<_> = MANAGERS.iter().map(|collect| collect(root)).filter(|fact| !is_absent(fact)).collect();
    facts.extend(UNREAD.into_iter().filter_map(|(path, manager)| unread(root, path, manager)));
    // Stable: between equals the first of the list wins.
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.seen().map(|inventory| inventory.packages.len())));
    let mut facts = facts.into_iter();
    let Some(mut fact) = facts.next() else { return Fact::Absent { at: Place::whole(dpkg::STATUS) } };
    if let Fact::Seen { value, .. } = &mut fact {
        value.problems.extend(facts.filter_map(beside));
    }
    fact
}

fn is_absent<T>(fact: &Fact<T>) -> bool {
    matches!(fact, Fact::Absent { .. })
}

fn unread(root: &Root, path: &str, manager: &str) -> Option<Fact<Inventory>> {
    match root.stat(path) {
        Err(ReadError::Absent) => None,
        Ok(_) => {
            let why = format!("the database `{manager}`, which this version does not read");
            Some(Fact::Unreadable { at: Place::whole(path), why })
        }
        Err(error) => Some(missing(path, error)),
    }
}

/// What a second database beside the main one means.
fn beside(fact: Fact<Inventory>) -> Option<InventoryProblem> {
    match fact {
        Fact::Absent { .. } => None,
        Fact::Unreadable { at, why } => Some(InventoryProblem { at, why }),
        Fact::Seen { value, at } => {
            let count = value.packages.len();
            Some(InventoryProblem { at, why: format!("{count} packages of a second package manager") })
        }
    }
}
