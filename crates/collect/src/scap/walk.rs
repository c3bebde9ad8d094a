//! One walk through a tree for all objects that start at its top.

use std::collections::BTreeMap;

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::{Query, Task};
use inspector_scap::oval::truth::Truth;
use rustix::fs::FileType;

use super::files::{Found, Take, start_directory};
use super::{Host, LATE};
use crate::root::{FileSystem, Further, Kind, ReadError, Root, Step, Visit};

/// How many names one walk may see.
const NAMES: usize = 10_000_000;

/// After so many names a walk looks at the clock.
const CLOCK: usize = 256;

/// What an object asks for, without what it asks of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// `filepath` that matches a pattern.
    Whole,
    /// Names in directories that `path` starts from.
    Names,
    /// The directories themselves.
    Directories,
}

/// One object's part in a walk.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) task: usize,
    pub(super) target: Target,
    /// Whether every directory of the walk has to satisfy the condition on `path` itself.
    pub(super) match_path: bool,
    /// How many directories below a start that satisfies `path` still count; `None` for any number.
    pub(super) down: Option<u32>,
}

/// How far a walk goes beyond the file system that it starts on (`recurse_file_system`). The kernel's own file systems are
/// never walked: they hold no files that anybody keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Not at all.
    Defined,
    /// To local ones.
    Local,
    /// To those of other machines too.
    All,
}

impl Reach {
    pub(super) fn of(query: &Query<'_>) -> Self {
        match query.behavior("recurse_file_system") {
            Some("defined") => Self::Defined,
            Some("local") => Self::Local,
            _ => Self::All,
        }
    }

    fn admits(self, entry: &Step<'_>) -> Result<bool, ReadError> {
        Ok(match (self, entry.file_system()?) {
            (Self::Defined, _) | (_, FileSystem::Kernel) | (Self::Local, FileSystem::Remote) => false,
            (Self::Local | Self::All, FileSystem::Local) | (Self::All, FileSystem::Remote) => true,
        })
    }
}

/// The objects that share a walk, by its start and reach.
pub(super) type Walks = BTreeMap<(String, Reach), Vec<Part>>;

/// Goes through the tree below `start` once, for every object in `parts`.
pub(super) fn walk(
    host: &mut Host<'_>,
    tasks: &mut [&mut Task<'_>],
    start: &str,
    reach: Reach,
    parts: &[Part],
    take: Take<'_>,
) {
    let root: &Root = host.root;
    let device = match root.stat(start) {
        Ok(of) if of.kind == Kind::Directory => of.identity.0,
        Ok(_) | Err(ReadError::Absent) => return,
        Err(ReadError::Unreadable(why)) => return fail(tasks, parts, Flag::Error, &format!("`{start}`: {why}")),
    };
    let mut devices = BTreeMap::from([(device, true)]);
    let mut seen = 0;
    let mut roots: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    // Objects that ask for directories by pattern may mean the start itself.
    for part in parts.iter().filter(|part| part.match_path) {
        let task = tasks.get_mut(part.task).filter(|task| task.query.takes("path", start) == Truth::True);
        if let Some(task) = task {
            roots.entry(part.task).or_default().push(start.to_owned());
            start_directory(host, task, start, part.target, take);
        }
    }
    let walked = root.walk(start, &mut |visit| {
        let entry = match visit {
            Visit::Step(entry) => entry,
            Visit::Unreadable { path, why } => {
                fail(tasks, parts, Flag::Incomplete, &format!("`{path}`: {why}"));
                return Further::Past;
            }
        };
        seen += 1;
        if seen > NAMES {
            fail(tasks, parts, Flag::Incomplete, &format!("more than {NAMES} files below `{start}`"));
            return Further::Stop;
        }
        if seen % CLOCK == 0 && (host.spent)() {
            fail(tasks, parts, Flag::Incomplete, LATE);
            return Further::Stop;
        }
        visit_entry(host, tasks, parts, &entry, &mut roots, take);
        if entry.kind() != FileType::Directory {
            return Further::Past;
        }
        let deeper = parts.iter().any(|part| part.match_path || part.down.is_none_or(|down| entry.depth < down));
        if !deeper {
            return Further::Past;
        }
        match enters(&entry, reach, &mut devices) {
            Ok(true) => Further::Down,
            Ok(false) | Err(ReadError::Absent) => Further::Past,
            Err(ReadError::Unreadable(why)) => {
                fail(tasks, parts, Flag::Incomplete, &format!("`{}`: {why}", entry.path()));
                Further::Past
            }
        }
    });
    if let Err(ReadError::Unreadable(why)) = walked {
        fail(tasks, parts, Flag::Error, &format!("`{start}`: {why}"));
    }
}

/// Whether the walk goes into a directory: it is on a file system that is known to count, or on a new one that does.
fn enters(entry: &Step<'_>, reach: Reach, devices: &mut BTreeMap<u64, bool>) -> Result<bool, ReadError> {
    let device = entry.look()?.device;
    if let Some(known) = devices.get(&device) {
        return Ok(*known);
    }
    let admitted = reach.admits(entry)?;
    devices.insert(device, admitted);
    Ok(admitted)
}

fn fail(tasks: &mut [&mut Task<'_>], parts: &[Part], flag: Flag, why: &str) {
    for part in parts {
        if let Some(task) = tasks.get_mut(part.task) {
            task.lower(flag, why.to_owned());
        }
    }
}

fn visit_entry(
    host: &mut Host<'_>,
    tasks: &mut [&mut Task<'_>],
    parts: &[Part],
    entry: &Step<'_>,
    roots: &mut BTreeMap<usize, Vec<String>>,
    take: Take<'_>,
) {
    let parent = if entry.parent.is_empty() { "/" } else { entry.parent };
    let directory = entry.kind() == FileType::Directory;
    let look = || entry.look();
    for part in parts {
        let Some(task) = tasks.get_mut(part.task) else { continue };
        if task.is_full() {
            continue;
        }
        if part.match_path && directory && task.query.takes("path", &entry.path()) == Truth::True {
            roots.entry(part.task).or_default().push(entry.path());
        }
        let found = match part.target {
            Target::Whole if !directory => task.query.takes("filepath", &entry.path()) == Truth::True,
            Target::Names if !directory => {
                task.query.takes("filename", entry.name) == Truth::True && within(part, entry, parent, roots)
            }
            Target::Directories if directory => within_directory(part, entry, roots),
            Target::Whole | Target::Names | Target::Directories => false,
        };
        if !found {
            continue;
        }
        // Owner and mode are the file's own; what else there is would have to be read by a path that is not its.
        if !entry.exact && task.query.kind != "file" {
            task.lower(Flag::Incomplete, format!("`{}` has a name that is not UTF-8", entry.path()));
            continue;
        }
        if part.target == Target::Directories {
            let path = entry.path();
            take(host, task, &Found { path: &path, name: None, kind: entry.kind(), look: &look });
        } else {
            take(host, task, &Found { path: parent, name: Some(entry.name), kind: entry.kind(), look: &look });
        }
    }
}

/// Whether a name lies in a directory that counts: `down` directories below one that satisfies `path`, or less.
fn within(part: &Part, entry: &Step<'_>, parent: &str, roots: &BTreeMap<usize, Vec<String>>) -> bool {
    if !part.match_path {
        return part.down.is_none_or(|down| entry.depth <= down);
    }
    let roots = roots.get(&part.task).into_iter().flatten();
    roots.into_iter().any(|root| below(root, parent).is_some_and(|levels| part.down.is_none_or(|down| levels <= down)))
}

fn within_directory(part: &Part, entry: &Step<'_>, roots: &BTreeMap<usize, Vec<String>>) -> bool {
    if !part.match_path {
        return part.down.is_none_or(|down| entry.depth < down);
    }
    let path = entry.path();
    let roots = roots.get(&part.task).into_iter().flatten();
    roots.into_iter().any(|root| below(root, &path).is_some_and(|levels| part.down.is_none_or(|down| levels <= down)))
}

/// How many directories `path` lies below `root`; zero for the root itself.
pub(super) fn below(root: &str, path: &str) -> Option<u32> {
    let rest = path.strip_prefix(root.trim_end_matches('/'))?;
    if rest.is_empty() {
        return Some(0);
    }
    rest.starts_with('/').then(|| u32::try_from(rest.trim_end_matches('/').matches('/').count()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_below_a_directory_are_counted() {
        assert_eq!(below("/a", "/a"), Some(0));
        assert_eq!(below("/a", "/a/b/c"), Some(2));
        assert_eq!(below("/a", "/ab"), None);
        assert_eq!(below("/", "/a"), Some(1));
        assert_eq!(below("/", "/a/b"), Some(2));
    }
}
