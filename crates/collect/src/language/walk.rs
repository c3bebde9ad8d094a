//! One walk through a root: every regular file once, links not followed.

use inspector_model::host::HostScope;

use crate::root::{Kind, ReadError, Root};

/// Directories of a running host that show the kernel, not files.
const KERNEL: [&str; 4] = ["dev", "proc", "run", "sys"];
/// Where container engines keep the files of other systems: each is a root of its own.
const CONTAINERS: [&str; 4] = ["var/lib/containerd", "var/lib/containers/storage", "var/lib/docker", "var/lib/lxc"];
/// File systems of other machines. What lies there is theirs, and reading it is their network's load.
const NETWORK: [&str; 8] = ["9p", "afs", "ceph", "cifs", "lustre", "nfs", "nfs4", "smb3"];

/// How deep directories may lie in each other.
const DEPTH: usize = 64;
/// How many names are looked at.
const NAMES: u64 = 10_000_000;

/// Hands the path of every regular file to `each`, without a slash at its start. Returned are places that were not walked
/// through, and why.
pub(super) fn files(root: &Root, each: &mut dyn FnMut(&str)) -> Vec<(String, String)> {
    let mut unseen = Vec::new();
    let skipped = skipped(root, &mut unseen);
    let mut left = NAMES;
    let mut waiting = vec![String::new()];
    while let Some(directory) = waiting.pop() {
        let entries = match root.entries(&directory) {
            Ok(entries) => entries,
            // Gone since it was listed.
            Err(ReadError::Absent) => continue,
            Err(ReadError::Unreadable(why)) => {
                unseen.push((directory, format!("a directory that was not looked into: {why}")));
                continue;
            }
        };
        for entry in entries {
            let Some(rest) = left.checked_sub(1) else {
                unseen.push((directory, format!("not looked into: there are more than {NAMES} files")));
                return unseen;
            };
            left = rest;
            let path = crate::root::volume::join(&directory, &entry.name);
            match entry.kind {
                Kind::File => each(&path),
                Kind::Directory if skipped.contains(&path) => {}
                Kind::Directory if path.split('/').count() > DEPTH => {
                    unseen.push((path, format!("not looked into: more than {DEPTH} directories deep")));
                }
                Kind::Directory => waiting.push(path),
                Kind::Link | Kind::Other => {}
            }
        }
    }
    unseen
}

/// Directories that are not walked into.
fn skipped(root: &Root, unseen: &mut Vec<(String, String)>) -> Vec<String> {
    let mut skipped: Vec<String> = CONTAINERS.map(str::to_owned).to_vec();
    if root.scope() == HostScope::Live {
        skipped.extend(KERNEL.map(str::to_owned));
        let mounts = root.read("proc/self/mounts", crate::root::DATABASE).unwrap_or_default();
        for mount in String::from_utf8_lossy(&mounts).lines() {
            let mut words = mount.split(' ').skip(1);
            let (Some(place), Some(kind)) = (words.next(), words.next()) else { continue };
            if NETWORK.contains(&kind) || kind.starts_with("fuse.") {
                let path = place.trim_matches('/').replace("\\040", " ");
                unseen.push((path.clone(), format!("a file system of type `{kind}`, which was not looked into")));
                skipped.push(path);
            }
        }
    }
    skipped
}
