//! Running processes, the code that they execute and the sockets that they hold: one pass over `/proc` (`proc(5)`).
//!
//! Of each process little is read and less is kept, so that a host with many thousands of them is looked at in bounded
//! memory. What ends while we look is not there any more, which is no fault.

mod code;
mod parse;

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::host::{HostScope, Process};
use inspector_model::running::{Code, RunningProcess, Unread};
use inspector_model::{Fact, Place};

use self::code::CodeFiles;
use self::parse::Status;
pub(crate) use self::parse::field;
use super::missing;
use crate::owned::{Owners, owners};
use crate::root::{CONFIGURATION, DATABASE, ReadError, Root};

pub(crate) const PROC: &str = "/proc";

/// What one pass found.
#[derive(Debug)]
pub(crate) struct Running {
    /// The processes.
    pub(crate) processes: Fact<Vec<RunningProcess>>,
    /// Their code.
    pub(crate) code: Fact<Code>,
    /// Which process holds which of the sockets that were asked for, by inode.
    pub(crate) holders: BTreeMap<u64, u32>,
}

/// Looks at every process; `sockets` are the inodes whose holders are wanted. Of a directory tree the facts are absent.
pub(crate) fn collect(root: &Root, sockets: &BTreeSet<u64>) -> Running {
    match root.scope() {
        HostScope::Live => look(root, sockets),
        HostScope::Root => {
            let at = Place::whole(PROC);
            let (processes, code) = (Fact::Absent { at: at.clone() }, Fact::Absent { at });
            Running { processes, code, holders: BTreeMap::new() }
        }
    }
}

fn look(root: &Root, sockets: &BTreeSet<u64>) -> Running {
    let pids = match pids(root) {
        Ok(pids) => pids,
        Err(error) => {
            let (processes, code) = (missing(PROC, error.clone()), missing(PROC, error));
            return Running { processes, code, holders: BTreeMap::new() };
        }
    };
    let mut pass = Pass { root, sockets, processes: Vec::new(), code: CodeFiles::default(), holders: BTreeMap::new() };
    for pid in pids {
        // A process may end while we look.
        if let Ok(directory) = root.below(&format!("{PROC}/{pid}")) {
            pass.process(pid, &directory);
        }
    }
    pass.end()
}

/// The ids of all processes, in order: the parent that opened a socket usually has the lowest.
pub(crate) fn pids(root: &Root) -> Result<Vec<u32>, ReadError> {
    let mut pids: Vec<u32> = root.list(PROC)?.iter().filter_map(|name| name.parse().ok()).collect();
    pids.sort_unstable();
    Ok(pids)
}

/// The inodes of the sockets that a process holds; `process` is its directory.
fn sockets_of(process: &Root) -> impl Iterator<Item = u64> {
    let descriptors = process.list("fd").unwrap_or_default();
    process.links("fd", &descriptors).into_iter().filter_map(|link| parse::socket(&link))
}

/// The holders of `sockets`, by inode; the process with the lowest id where several hold one.
pub(crate) fn holders(root: &Root, sockets: &BTreeSet<u64>) -> BTreeMap<u64, Process> {
    let mut holders = BTreeMap::new();
    for pid in pids(root).unwrap_or_default() {
        let Ok(process) = root.below(&format!("{PROC}/{pid}")) else { continue };
        for inode in sockets_of(&process).filter(|inode| sockets.contains(inode)).collect::<Vec<_>>() {
            if !holders.contains_key(&inode)
                && let Some(status) = process.read("status", CONFIGURATION).ok().and_then(|it| parse::status(&it))
            {
                let path = process.link("exe").unwrap_or_default();
                holders.insert(inode, Process { pid, name: status.name, path });
            }
        }
        if holders.len() == sockets.len() {
            break;
        }
    }
    holders
}

struct Pass<'a> {
    root: &'a Root,
    sockets: &'a BTreeSet<u64>,
    processes: Vec<RunningProcess>,
    code: CodeFiles,
    holders: BTreeMap<u64, u32>,
}

impl Pass<'_> {
    fn process(&mut self, pid: u32, directory: &Root) {
        let Some(status) = directory.read("status", CONFIGURATION).ok().and_then(|bytes| parse::status(&bytes)) else {
            return;
        };
        if status.executes_nothing {
            return;
        }
        let path = match directory.link("exe") {
            Ok(path) => path,
            // A thread of the kernel has no program.
            Err(ReadError::Absent) => return,
            Err(ReadError::Unreadable(_)) => String::new(),
        };
        let container = directory.read("cgroup", CONFIGURATION).ok().and_then(|bytes| parse::container(&bytes));
        match directory.read("maps", DATABASE) {
            Ok(maps) => self.code(pid, directory, &status, &path, container.as_deref(), &maps),
            Err(ReadError::Absent) => return,
            Err(ReadError::Unreadable(why)) => {
                self.code.unread.push(Unread { pid, name: status.name.clone(), uid: status.uid, why });
            }
        }
        if !self.sockets.is_empty() {
            for inode in sockets_of(directory).filter(|inode| self.sockets.contains(inode)) {
                self.holders.entry(inode).or_insert(pid);
            }
        }
        let Status { name, parent, uid, .. } = status;
        self.processes.push(RunningProcess { pid, parent, uid, name, path, package: None, container });
    }

    fn code(
        &mut self,
        pid: u32,
        directory: &Root,
        status: &Status,
        program: &str,
        container: Option<&str>,
        maps: &[u8],
    ) {
        for mapping in parse::executable(maps) {
            let by = code::By { pid, name: &status.name, uid: status.uid, container, program };
            self.code.add(self.root, directory, &mapping, &by);
        }
    }

    fn end(self) -> Running {
        let Self { root, mut processes, code, holders, .. } = self;
        let mut code = code.finish();
        let paths = code.files.iter().filter(|file| file.container.is_none()).map(|file| file.path.clone());
        let owners = owners(root, paths);
        for file in code.files.iter_mut().filter(|file| file.container.is_none()) {
            file.package = owner(&owners, &file.path);
        }
        for process in processes.iter_mut().filter(|process| process.container.is_none()) {
            process.package = owner(&owners, &process.path);
        }
        let at = Place::whole(PROC);
        let (processes, code) = (Fact::Seen { value: processes, at: at.clone() }, Fact::Seen { value: code, at });
        Running { processes, code, holders }
    }
}

/// The kernel marks the name of a file that is gone; whose it was can still be told.
fn owner(owners: &Owners, path: &str) -> Option<String> {
    owners.of(path.strip_suffix(parse::DELETED).unwrap_or(path)).map(str::to_owned)
}

#[cfg(test)]
mod tests;
