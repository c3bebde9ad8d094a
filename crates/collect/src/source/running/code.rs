//! The files that processes execute, each looked at once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use inspector_model::running::{Code, CodeFile, Hardening, PathPermission, Permission, Unread, ancestors};

use super::parse::{DELETED, Mapping};
use crate::root::{ReadError, Root};
use crate::source::hardening;

/// A path and the container in whose root it is.
type Key = (String, Option<String>);

/// What was gathered so far.
#[derive(Debug, Default)]
pub(super) struct CodeFiles {
    files: BTreeMap<Key, CodeFile>,
    directories: BTreeMap<Key, Permission>,
    pub(super) unread: Vec<Unread>,
}

/// The process that executes a file.
pub(super) struct By<'a> {
    pub(super) pid: u32,
    pub(super) name: &'a str,
    pub(super) uid: u32,
    pub(super) container: Option<&'a str>,
    /// Its program, as the kernel names it.
    pub(super) program: &'a str,
}

impl CodeFiles {
    /// Notes that a process executes a file; `directory` is its directory below `/proc`.
    pub(super) fn add(&mut self, host: &Root, directory: &Root, mapping: &Mapping, by: &By<'_>) {
        let key = (mapping.path.clone(), by.container.map(str::to_owned));
        let wanted = by.uid == 0;
        let place = match self.files.entry(key) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.program |= by.program == mapping.path;
                if known.permission.is_some() || !wanted {
                    return;
                }
                (known.pid, known.process) = (by.pid, by.name.to_owned());
                place(host, directory, mapping, by)
            }
            Entry::Vacant(new) => {
                let place = place(host, directory, mapping, by);
                let hardening = match &place {
                    Ok(root) => hardening::read(root.get(), &mapping.path),
                    Err(why) => Hardening::Unreadable { why: why.clone() },
                };
                new.insert(CodeFile {
                    path: mapping.path.clone(),
                    container: by.container.map(str::to_owned),
                    program: by.program == mapping.path,
                    package: None,
                    pid: by.pid,
                    process: by.name.to_owned(),
                    hardening,
                    permission: None,
                });
                place
            }
        };
        if wanted {
            self.permissions(place, mapping, by);
        }
    }

    fn permissions(&mut self, place: Result<Place<'_>, String>, mapping: &Mapping, by: &By<'_>) {
        let container = by.container.map(str::to_owned);
        let permission = match place {
            Err(why) => Permission::Unreadable { why },
            Ok(root) => {
                for above in ancestors(&mapping.path) {
                    let entry = self.directories.entry((above.to_owned(), container.clone()));
                    entry.or_insert_with(|| permission(root.get(), above));
                }
                permission(root.get(), &mapping.path)
            }
        };
        if let Some(file) = self.files.get_mut(&(mapping.path.clone(), container)) {
            file.permission = Some(permission);
        }
    }

    pub(super) fn finish(self) -> Code {
        let Self { files, directories, unread } = self;
        let directories = directories.into_iter();
        let directory = |((path, container), seen)| PathPermission { path, container, seen };
        Code { files: files.into_values().collect(), directories: directories.map(directory).collect(), unread }
    }
}

/// The root in which a path leads to the file that is executed.
enum Place<'a> {
    Host(&'a Root),
    Process(Root),
}

impl Place<'_> {
    fn get(&self) -> &Root {
        match self {
            Self::Host(root) => root,
            Self::Process(root) => root,
        }
    }
}

/// The host's own root where the path leads to the same file there, else that of the process.
fn place<'a>(host: &'a Root, directory: &Root, mapping: &Mapping, by: &By<'_>) -> Result<Place<'a>, String> {
    if mapping.path.ends_with(DELETED) {
        return Err("the file is gone, or was replaced, since it was loaded".to_owned());
    }
    let same = |root: &Root| root.stat(&mapping.path).map(|stat| stat.identity.1 == mapping.inode);
    if by.container.is_none() && same(host) == Ok(true) {
        return Ok(Place::Host(host));
    }
    let root = directory.of_process().map_err(|error| format!("the root of the process: {error}"))?;
    match same(&root) {
        Ok(true) => Ok(Place::Process(root)),
        Ok(false) => Err("the path leads to another file than the one that is executed".to_owned()),
        Err(ReadError::Absent) => Err("the path leads nowhere in the root of the process".to_owned()),
        Err(ReadError::Unreadable(why)) => Err(why),
    }
}

fn permission(root: &Root, path: &str) -> Permission {
    match root.stat(path) {
        Ok(stat) => Permission::Seen { mode: stat.mode, uid: stat.uid, gid: stat.gid },
        Err(error) => Permission::Unreadable { why: error.to_string() },
    }
}
