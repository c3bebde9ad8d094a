//! The one way to the host's files: a read-only root that no name leads out of.
//!
//! A name is walked component by component with `O_NOFOLLOW`; a symbolic link is read and resolved by us, absolute links
//! and `..` ending at the root, as a process inside that root would see them (`path_resolution(7)`). What is not a regular
//! file is never opened for reading, and no file is read beyond its limit.

use std::io::Read;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};

use inspector_model::host::HostScope;
use rustix::fs::{CWD, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

/// How many links one name may pass, as in the kernel.
const LINK_LIMIT: u32 = 40;

/// Limit for configuration files.
pub const CONFIGURATION: u64 = 1 << 20;
/// Limit for package databases and kernel tables.
pub const DATABASE: u64 = 64 << 20;

/// A directory tree that is read as a host.
#[derive(Debug)]
pub struct Root {
    directory: OwnedFd,
    scope: HostScope,
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
type Reading<T> = Result<T, ReadError>;

impl Root {
    /// The running host.
    ///
    /// # Errors
    ///
    /// When `/` cannot be opened.
    pub fn live() -> Result<Self, NotARoot> {
        Self::open(Path::new("/"), HostScope::Live)
    }

    /// A directory tree: a mounted image, an unpacked container, a test folder.
    ///
    /// # Errors
    ///
    /// When `path` is no directory or cannot be opened.
    pub fn directory(path: &Path) -> Result<Self, NotARoot> {
        Self::open(path, HostScope::Root)
    }

    fn open(path: &Path, scope: HostScope) -> Result<Self, NotARoot> {
        rustix::fs::openat(CWD, path, DIRECTORY, Mode::empty())
            .map(|directory| Self { directory, scope })
            .map_err(|error| NotARoot { path: path.to_owned(), source: error.into() })
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
        let (parent, name) = self.resolve(path)?;
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        // Looked at before it is opened: opening a device can act on it.
        regular(&stat(&parent, &name)?)?;
        let file = rustix::fs::openat(&parent, name.as_str(), flags, Mode::empty()).map_err(refused)?;
        regular(&rustix::fs::fstat(&file).map_err(refused)?)?;
        let mut bytes = Vec::new();
        std::fs::File::from(file)
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| ReadError::Unreadable(error.to_string()))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
            Ok(bytes)
        } else {
            Err(ReadError::Unreadable(format!("larger than the limit of {limit} bytes")))
        }
    }

    /// The names in the directory `path`, sorted, without `.` and `..`.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`]; and when a name is not UTF-8, because leaving it out could leave out a file that counts.
    pub fn list(&self, path: &str) -> Reading<Vec<String>> {
        let directory = self.open_directory(path)?;
        let mut names = Vec::new();
        for entry in rustix::fs::Dir::read_from(&directory).map_err(refused)? {
            let entry = entry.map_err(refused)?;
            match entry.file_name().to_str() {
                Ok("." | "..") => {}
                Ok(name) => names.push(name.to_owned()),
                Err(_) => return Err(ReadError::Unreadable("holds a name that is not UTF-8".to_owned())),
            }
        }
        names.sort();
        Ok(names)
    }

    /// What `path` is, links followed inside the root.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`].
    pub fn stat(&self, path: &str) -> Reading<Stat> {
        let (parent, name) = self.resolve(path)?;
        stat(&parent, &name)
    }

    /// Where the symbolic link `path` points, as written: for the kernel's own links such as `/proc/1/exe`.
    ///
    /// # Errors
    ///
    /// As for [`Root::read`].
    pub fn link(&self, path: &str) -> Reading<String> {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let parent = self.open_directory(parent)?;
        read_link(&parent, name)
    }

    /// Where the symbolic links `names` in `directory` point; those that cannot be read are left out.
    pub fn links(&self, directory: &str, names: &[String]) -> Vec<String> {
        let Ok(directory) = self.open_directory(directory) else { return Vec::new() };
        names.iter().filter_map(|name| read_link(&directory, name).ok()).collect()
    }

    fn open_directory(&self, path: &str) -> Reading<OwnedFd> {
        let (parent, name) = self.resolve(path)?;
        rustix::fs::openat(&parent, name.as_str(), DIRECTORY | OFlags::NOFOLLOW, Mode::empty()).map_err(refused)
    }

    /// The directory that holds what `path` names, and its name there, which is not a link.
    fn resolve(&self, path: &str) -> Reading<(OwnedFd, String)> {
        let mut waiting: Vec<String> = components(path);
        let mut passed = vec![self.directory.try_clone().map_err(|error| ReadError::Unreadable(error.to_string()))?];
        let mut names: Vec<String> = Vec::new();
        let mut links = 0;
        // How much of `waiting` is the name that was asked for; what lies above came out of a link.
        let mut asked = waiting.len();
        while let Some(name) = waiting.pop() {
            let from_link = waiting.len() >= asked;
            asked = asked.min(waiting.len());
            let missing = |error| if from_link { dangling(error) } else { error };
            if name == ".." {
                if names.pop().is_some() {
                    passed.pop();
                }
                continue;
            }
            let here = passed.last().ok_or(ReadError::Absent)?;
            let kind = FileType::from_raw_mode(stat(here, &name).map_err(missing)?.st_mode);
            if kind == FileType::Symlink {
                links += 1;
                if links > LINK_LIMIT {
                    return Err(ReadError::Unreadable("too many symbolic links".to_owned()));
                }
                let target = read_link(here, &name)?;
                if target.starts_with('/') {
                    passed.truncate(1);
                    names.clear();
                }
                waiting.extend(components(&target));
            } else if kind == FileType::Directory {
                let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                let next = rustix::fs::openat(here, name.as_str(), flags, Mode::empty()).map_err(refused)?;
                passed.push(next);
                names.push(name);
            } else if waiting.is_empty() {
                return passed.pop().map(|parent| (parent, name)).ok_or(ReadError::Absent);
            } else {
                // A file in the place of a directory: what was asked for cannot be below it.
                return Err(missing(ReadError::Absent));
            }
        }
        // The walk ended at a directory: name it in its parent, or the root in itself.
        let last = passed.pop().ok_or(ReadError::Absent)?;
        Ok(match (passed.pop(), names.pop()) {
            (Some(parent), Some(name)) => (parent, name),
            _ => (last, ".".to_owned()),
        })
    }
}

const DIRECTORY: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// The components of a name, last first: a stack to walk from.
fn components(path: &str) -> Vec<String> {
    path.split('/').rev().filter(|part| !matches!(*part, "" | ".")).map(str::to_owned).collect()
}

fn stat(directory: impl AsFd, name: &str) -> Reading<Stat> {
    rustix::fs::statat(directory, name, rustix::fs::AtFlags::SYMLINK_NOFOLLOW).map_err(refused)
}

fn read_link(directory: impl AsFd, name: &str) -> Reading<String> {
    let target = rustix::fs::readlinkat(directory, name, Vec::new()).map_err(refused)?;
    target.into_string().map_err(|_| ReadError::Unreadable("a symbolic link that is not UTF-8".to_owned()))
}

/// A link that leads nowhere is there, which is not the same as absent.
fn dangling(error: ReadError) -> ReadError {
    match error {
        ReadError::Absent => ReadError::Unreadable("a symbolic link that leads nowhere in this root".to_owned()),
        ReadError::Unreadable(_) => error,
    }
}

fn regular(stat: &Stat) -> Reading<()> {
    let regular = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
    if regular { Ok(()) } else { Err(ReadError::Unreadable("not a regular file".to_owned())) }
}

fn refused(error: Errno) -> ReadError {
    match error {
        Errno::NOENT | Errno::NOTDIR => ReadError::Absent,
        _ => ReadError::Unreadable(std::io::Error::from(error).to_string()),
    }
}
