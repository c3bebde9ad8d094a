//! The one way to a host's files: a read-only root that no name leads out of.
//!
//! Behind it is a directory of this machine ([`directory`]) or a [`volume`] that is read without being mounted: the merged
//! layers of an image, the file system of a disk. Absolute links and `..` end at the root, as a process inside that root
//! would see them (`path_resolution(7)`). What is not a regular file is never read, and no file is read beyond its limit.

mod contents;
mod directory;
pub(crate) mod volume;
mod walk;

use std::io::Read;
use std::path::{Path, PathBuf};

use inspector_model::host::HostScope;

pub use contents::Contents;
pub(crate) use contents::Section;
use directory::Directory;
use volume::Volume;
pub use walk::{FileSystem, Further, Look, Step, Visit};

/// How many links one name may pass, as in the kernel.
const LINK_LIMIT: u32 = 40;

/// Limit for configuration files.
pub const CONFIGURATION: u64 = 1 << 20;
/// Limit for package databases and kernel tables.
pub const DATABASE: u64 = 64 << 20;

/// A tree of files that is read as a host.
#[derive(Debug)]
pub struct Root {
    files: Files,
    scope: HostScope,
}

#[derive(Debug)]
enum Files {
    Directory(Directory),
    Volume(Box<dyn Volume>),
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Link,
    /// A device, pipe or socket.
    Other,
}

/// One name in a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name, without a slash.
    pub name: String,
    /// What it is; links are not followed.
    pub kind: Kind,
}

/// What a file system says about a file (`inode(7)`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// What it is.
    pub kind: Kind,
    /// Permission bits, with those for set-user-id, set-group-id and sticky.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Length in bytes.
    pub size: u64,
    /// Time of the last change in seconds and nanoseconds since 1970.
    pub modified: (i64, i64),
    /// Device and inode: equal for two names of one file.
    pub identity: (u64, u64),
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing has that name.
    #[error("not there")]
    Absent,
    /// Something has, and it could not be read; the text says why.
    #[error("{0}")]
    Unreadable(String),
}

/// A root that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}` as a host's root directory")]
pub struct NotARoot {
    path: PathBuf,
    source: std::io::Error,
}

/// One file's content and nothing else about it.
pub(crate) type Reading<T> = Result<T, ReadError>;

impl Root {
    /// The running host.
    ///
    /// # Errors
    ///
    /// When `/` cannot be opened.
    pub fn live() -> Result<Self, NotARoot> {
        Self::live_at(Path::new("/"))
    }

    /// A running host whose `/` is seen at `path`, its `/proc` included: as a container sees its host.
    ///
    /// # Errors
    ///
    /// When `path` is no directory or cannot be opened.
    pub fn live_at(path: &Path) -> Result<Self, NotARoot> {
        Self::open_directory(path, HostScope::Live)
    }

    /// A directory tree: a mounted image, an unpacked container, a test folder.
    ///
    /// # Errors
    ///
    /// When `path` is no directory or cannot be opened.
    pub fn directory(path: &Path) -> Result<Self, NotARoot> {
        Self::open_directory(path, HostScope::Root)
    }

    fn open_directory(path: &Path, scope: HostScope) -> Result<Self, NotARoot> {
        match Directory::open_root(path) {
            Ok(directory) => Ok(Self { files: Files::Directory(directory), scope }),
            Err(source) => Err(NotARoot { path: path.to_owned(), source }),
        }
    }

    /// The files of a volume that is not mounted.
    pub(crate) fn volume(volume: Box<dyn Volume>) -> Self {
        Self { files: Files::Volume(volume), scope: HostScope::Root }
    }

    /// The directory `path` as a root of its own: for many readings below one directory.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`]; and for a volume, in which no process runs.
    pub(crate) fn below(&self, path: &str) -> Reading<Self> {
        let files = Files::Directory(self.on_disk()?.below(path)?);
        Ok(Self { files, scope: self.scope })
    }

    /// The root directory of a process, where this root is its directory below `/proc`.
    ///
    /// # Errors
    ///
    /// As for [`Root::below`].
    pub(crate) fn of_process(&self) -> Reading<Self> {
        let files = Files::Directory(self.on_disk()?.of_process()?);
        Ok(Self { files, scope: self.scope })
    }

    fn on_disk(&self) -> Reading<&Directory> {
        match &self.files {
            Files::Directory(directory) => Ok(directory),
            Files::Volume(_) => Err(ReadError::Unreadable("no process runs in a volume".to_owned())),
        }
    }

    /// Whether this is the running host.
    pub fn scope(&self) -> HostScope {
        self.scope
    }

    /// The content of the regular file `path`, which may be up to `limit` bytes long.
    ///
    /// # Errors
    ///
    /// `Absent` when nothing has that name; `Unreadable` for everything else that is not a regular file within the limit.
    pub fn read(&self, path: &str, limit: u64) -> Reading<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| ReadError::Unreadable(error.to_string()))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
            Ok(bytes)
        } else {
            Err(ReadError::Unreadable(format!("larger than the limit of {limit} bytes")))
        }
    }

    /// The regular file `path`, to be read in parts.
    ///
    /// # Errors
    ///
    /// `Absent` when nothing has that name; `Unreadable` for everything else that is not a regular file.
    pub fn open(&self, path: &str) -> Reading<Contents> {
        match &self.files {
            Files::Directory(directory) => directory.open(path),
            Files::Volume(volume) => volume.open(&volume::resolve(&**volume, path)?),
        }
    }

    /// The names in the directory `path`, sorted, without `.` and `..`.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`]; and when a name is not UTF-8, because leaving it out could leave out a file that counts.
    pub fn list(&self, path: &str) -> Reading<Vec<String>> {
        Ok(self.entries(path)?.into_iter().map(|entry| entry.name).collect())
    }

    /// As [`Root::list`], with what each name stands for.
    ///
    /// # Errors
    ///
    /// As for [`Root::list`].
    pub fn entries(&self, path: &str) -> Reading<Vec<Entry>> {
        let mut entries = match &self.files {
            Files::Directory(directory) => directory.entries(path)?,
            Files::Volume(volume) => volume.entries(&volume::resolve(&**volume, path)?)?,
        };
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// What `path` is, links followed inside the root.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`].
    pub fn stat(&self, path: &str) -> Reading<Metadata> {
        match &self.files {
            Files::Directory(directory) => directory.stat(path),
            Files::Volume(volume) => volume.look(&volume::resolve(&**volume, path)?),
        }
    }

    /// What `path` itself is: links on the way are followed inside the root, one at its end is not.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`].
    pub fn look(&self, path: &str) -> Reading<Look> {
        match &self.files {
            Files::Directory(directory) => directory.look(path).map(Look::from),
            Files::Volume(volume) => {
                let path = path.trim_end_matches('/');
                let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
                volume.look(&volume::join(&volume::resolve(&**volume, parent)?, name)).map(Look::from)
            }
        }
    }

    /// Whether the access control list of `path` says more than its mode; `None` where the file system has no such lists.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`]; where `/proc`, through which the file is named, is not there; and in a volume, whose lists
    /// are not read.
    pub fn has_extended_acl(&self, path: &str) -> Reading<Option<bool>> {
        match &self.files {
            Files::Directory(directory) => directory.has_extended_acl(path),
            Files::Volume(_) => Err(ReadError::Unreadable("access control lists of volumes are not read".to_owned())),
        }
    }

    /// The SELinux label of the name itself; `None` where it has none.
    ///
    /// # Errors
    ///
    /// As for [`Root::has_extended_acl`].
    pub fn label(&self, path: &str) -> Reading<Option<String>> {
        match &self.files {
            Files::Directory(directory) => directory.label(path),
            Files::Volume(_) => Err(ReadError::Unreadable("labels of volumes are not read".to_owned())),
        }
    }

    /// The path of what `path` leads to, without a link in it.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`].
    pub fn canonical(&self, path: &str) -> Reading<String> {
        match &self.files {
            Files::Directory(directory) => directory.canonical(path),
            Files::Volume(volume) => Ok(format!("/{}", volume::resolve(&**volume, path)?)),
        }
    }

    /// Goes through the tree below the directory `start`, parents before what they hold, names in order.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`], for `start` itself. What cannot be read further down is handed to `visit` as well.
    pub fn walk(&self, start: &str, visit: &mut dyn FnMut(Visit<'_>) -> Further) -> Reading<()> {
        let prefix = start.trim_end_matches('/');
        match &self.files {
            Files::Directory(directory) => walk::directory(&directory.open_directory(start)?, prefix, 0, visit)?,
            Files::Volume(volume) => walk::volume(&**volume, &volume::resolve(&**volume, start)?, prefix, 0, visit)?,
        };
        Ok(())
    }

    /// Where the symbolic link `path` points, as written: for the kernel's own links such as `/proc/1/exe`.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`].
    pub fn link(&self, path: &str) -> Reading<String> {
        match &self.files {
            Files::Directory(directory) => directory.link(path),
            Files::Volume(volume) => {
                let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
                volume.link(&volume::join(&volume::resolve(&**volume, parent)?, name))
            }
        }
    }

    /// Where the symbolic links `names` in `directory` point; those that cannot be read are left out.
    pub fn links(&self, directory: &str, names: &[String]) -> Vec<String> {
        match &self.files {
            Files::Directory(opened) => opened.links(directory, names),
            Files::Volume(_) => {
                names.iter().filter_map(|name| self.link(&volume::join(directory, name)).ok()).collect()
            }
        }
    }
}

/// The components of a name, last first: a stack to walk from.
fn components(path: &str) -> Vec<String> {
    path.split('/').rev().filter(|part| !matches!(*part, "" | ".")).map(str::to_owned).collect()
}

/// A link that leads nowhere is there, which is not the same as absent.
fn dangling(error: ReadError) -> ReadError {
    match error {
        ReadError::Absent => ReadError::Unreadable("a symbolic link that leads nowhere in this root".to_owned()),
        ReadError::Unreadable(_) => error,
    }
}
