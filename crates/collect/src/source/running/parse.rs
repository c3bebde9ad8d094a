//! The texts of `/proc/PID`.

use std::collections::BTreeSet;

use crate::source::text;

/// What the kernel puts behind the name of a file that is gone.
pub(super) const DELETED: &str = " (deleted)";

/// What `/proc/PID/status` tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Status {
    pub(super) name: String,
    pub(super) parent: u32,
    /// The effective user id.
    pub(super) uid: u32,
    /// A thread of the kernel, or a process that has ended and is only kept for its parent to ask.
    pub(super) executes_nothing: bool,
}

/// What stands behind `key` in the text of `/proc/PID/status`.
pub(crate) fn field<'a>(status: &'a str, key: &str) -> Option<&'a str> {
    status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':')).map(str::trim)
}

/// Reads `status`; `None` where it is not of the kernel's form, as of a process that ends right now.
pub(super) fn status(bytes: &[u8]) -> Option<Status> {
    let text = text(bytes);
    let field = |key: &str| field(&text, key);
    Some(Status {
        name: field("Name")?.to_owned(),
        parent: field("PPid")?.parse().ok()?,
        uid: field("Uid")?.split_whitespace().nth(1)?.parse().ok()?,
        executes_nothing: field("Kthread") == Some("1") || field("State").is_some_and(|it| it.starts_with(['Z', 'X'])),
    })
}

/// A file that is mapped to be executed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mapping {
    pub(super) path: String,
    pub(super) inode: u64,
}

/// The files in `maps` that are mapped to be executed, each once. Memory without a name in the file system, which nobody
/// could change by that name, is left out.
pub(super) fn executable(maps: &[u8]) -> BTreeSet<Mapping> {
    const NAMELESS: [&str; 3] = ["/memfd:", "/dev/zero", "/SYSV"];
    let text = text(maps);
    let mapping = |line: &str| {
        // Range, permissions, offset, device, inode, then blanks and the path, which may hold blanks itself.
        let mut rest = line;
        let mut word = || {
            let (word, after) = rest.split_once(' ')?;
            rest = after.trim_start();
            Some(word)
        };
        let (_, permissions, _, _, inode) = (word()?, word()?, word()?, word()?, word()?);
        let named = rest.starts_with('/') && !NAMELESS.iter().any(|prefix| rest.starts_with(prefix));
        let executable = permissions.as_bytes().get(2) == Some(&b'x');
        (named && executable).then_some(Mapping { path: rest.to_owned(), inode: inode.parse().ok()? })
    };
    text.lines().filter_map(mapping).collect()
}

/// The inode in a descriptor's link, `socket:[12345]`.
pub(super) fn socket(link: &str) -> Option<u64> {
    link.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()
}

/// The container in `cgroup`: engines name the group by an id of 64 hexadecimal digits; LXC and systemd-nspawn by the name.
pub(super) fn container(bytes: &[u8]) -> Option<String> {
    let text = text(bytes);
    text.lines().find_map(|line| {
        let path = line.splitn(3, ':').nth(2)?;
        path.split('/').rev().find_map(|group| engine(group).or_else(|| named(group)))
    })
}

/// As in `docker-ID.scope`, `cri-containerd-ID.scope`, `libpod-ID.scope` or plain `ID`.
fn engine(group: &str) -> Option<String> {
    let is_id = |part: &&str| part.len() == 64 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    group.split(['-', '.', ':']).find(is_id).map(str::to_owned)
}

fn named(group: &str) -> Option<String> {
    let machine = group.strip_prefix("machine-").and_then(|rest| rest.strip_suffix(".scope"));
    machine.or_else(|| group.strip_prefix("lxc.payload.")).map(str::to_owned)
}
