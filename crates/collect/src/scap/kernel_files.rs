//! What `/proc` would say in a directory tree, which runs no kernel.
//!
//! That a file is missing there says nothing: objects that ask for one are not collected. The one thing that a tree does
//! tell is the machine that it is for.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::truth::Truth;

use super::{Host, uname};

/// The machine, since Linux 6.1.
pub(super) const ARCH: &str = "/proc/sys/kernel/arch";

/// Whether the path lies in a file system that only a running kernel fills, and nothing is there.
pub(super) fn is_missing(host: &Host<'_>, path: &str) -> bool {
    let below = path == "/proc" || path.starts_with("/proc/");
    below && !host.live() && host.root.stat("/proc/self").is_err()
}

/// Says of a task that asks for `path` that only a running kernel could tell; except for what the tree itself tells.
pub(super) fn answer(host: &mut Host<'_>, task: &mut Task<'_>, path: &str) -> Option<String> {
    let told = task.query.takes("filepath", ARCH) == Truth::True;
    if let Some(machine) = told.then(|| uname::machine(host)).flatten() {
        return Some(format!("{machine}\n"));
    }
    task.lower(Flag::NotCollected, format!("only a running kernel has `{path}`"));
    None
}
