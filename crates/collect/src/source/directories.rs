//! Owner and permissions of the directories that hold binaries and system configuration.

use std::collections::BTreeMap;

use inspector_model::host::Directory;
use inspector_model::{Fact, Place};

use super::missing;
use crate::root::{ReadError, Root};

/// The original never published its list; these are the ones that the file system standard reserves for root.
const NAMED: [&str; 8] =
    ["/bin", "/boot", "/etc", "/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin", "/usr/sbin"];
/// In these, every directory whose name starts with `lib`.
const LIBRARIES_IN: [&str; 2] = ["", "/usr"];

/// Each directory by its name, links followed inside the root.
pub fn collect(root: &Root) -> BTreeMap<String, Fact<Directory>> {
    let mut directories: BTreeMap<_, _> = NAMED.iter().map(|path| ((*path).to_owned(), look(root, path))).collect();
    for parent in LIBRARIES_IN {
        match root.list(if parent.is_empty() { "/" } else { parent }) {
            Ok(names) => {
                for name in names.iter().filter(|name| is_library(name)) {
                    let path = format!("{parent}/{name}");
                    directories.insert(path.clone(), look(root, &path));
                }
            }
            Err(ReadError::Absent) => {}
            Err(error) => {
                let path = format!("{parent}/lib*");
                directories.insert(path.clone(), missing(&path, error));
            }
        }
    }
    directories
}

/// `lib`, `lib32`, `lib64`, `libx32`, `libexec` and the like.
fn is_library(name: &str) -> bool {
    name.starts_with("lib")
}

fn look(root: &Root, path: &str) -> Fact<Directory> {
    match root.stat(path) {
        Ok(stat) => {
            Fact::Seen { value: Directory { mode: stat.mode, uid: stat.uid, gid: stat.gid }, at: Place::whole(path) }
        }
        Err(error) => missing(path, error),
    }
}
