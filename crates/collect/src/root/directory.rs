//! A directory tree of this machine as a root: a name is walked component by component with `O_NOFOLLOW`, links are read and
//! resolved by us, and what is not a regular file is never opened for reading.

use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::path::Path;
use std::sync::Arc;

use rustix::fs::{CWD, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

use super::{Contents, Entry, Kind, LINK_LIMIT, Metadata, ReadError, Reading, Section, components, dangling};

/// An open directory that no name leads out of.
#[derive(Debug)]
pub(super) struct Directory(OwnedFd);

/// The attribute that holds the access control list, and how much of it is looked at.
const ACL: &str = "system.posix_acl_access";
const ACL_LIMIT: usize = 4096;
/// The attribute that holds the label of SELinux.
const LABEL: &str = "security.selinux";

impl Directory {
    pub(super) fn open_root(path: &Path) -> Result<Self, std::io::Error> {
        Ok(rustix::fs::openat(CWD, path, DIRECTORY, Mode::empty()).map(Self)?)
    }

    pub(super) fn below(&self, path: &str) -> Reading<Self> {
        self.open_directory(path).map(Self)
    }

    /// Follows the kernel's link to the root of a process, which is the one link that leads out, into the root that the
    /// process itself cannot leave.
    pub(super) fn of_process(&self) -> Reading<Self> {
        rustix::fs::openat(&self.0, "root", DIRECTORY, Mode::empty()).map(Self).map_err(refused)
    }

    pub(super) fn open(&self, path: &str) -> Reading<Contents> {
        let (parent, name) = self.resolve(path)?;
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        // Looked at before it is opened: opening a device can act on it.
        regular(&stat(&parent, &name)?)?;
        let file = rustix::fs::openat(&parent, name.as_str(), flags, Mode::empty()).map_err(refused)?;
        let opened = rustix::fs::fstat(&file).map_err(refused)?;
        regular(&opened)?;
        // Kernel interfaces have content and no size.
        let length = u64::try_from(opened.st_size).ok().filter(|size| *size > 0).unwrap_or(u64::MAX);
        Ok(Contents::Section(Section::new(Arc::new(file.into()), 0, length)))
    }

    pub(super) fn entries(&self, path: &str) -> Reading<Vec<Entry>> {
        let directory = self.open_directory(path)?;
        let mut entries = Vec::new();
        for entry in rustix::fs::Dir::read_from(&directory).map_err(refused)? {
            let entry = entry.map_err(refused)?;
            let name = match entry.file_name().to_str() {
                Ok("." | "..") => continue,
                Ok(name) => name.to_owned(),
                Err(_) => return Err(ReadError::Unreadable("holds a name that is not UTF-8".to_owned())),
            };
            let said = entry.file_type();
            // Not every file system says so.
            let kind = if said == FileType::Unknown {
                match stat(&directory, &name) {
                    Ok(stat) => kind(FileType::from_raw_mode(stat.st_mode)),
                    // Gone since it was listed.
                    Err(ReadError::Absent) => continue,
                    Err(error) => return Err(error),
                }
            } else {
                kind(said)
            };
            entries.push(Entry { name, kind });
        }
        Ok(entries)
    }

    pub(super) fn stat(&self, path: &str) -> Reading<Metadata> {
        let (parent, name) = self.resolve(path)?;
        stat(&parent, name.as_str()).map(metadata)
    }

    pub(super) fn link(&self, path: &str) -> Reading<String> {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let parent = self.open_directory(parent)?;
        read_link(&parent, name)
    }

    pub(super) fn links(&self, directory: &str, names: &[String]) -> Vec<String> {
        let Ok(directory) = self.open_directory(directory) else { return Vec::new() };
        names.iter().filter_map(|name| read_link(&directory, name).ok()).collect()
    }

    /// What `path` itself is, a link at its end not followed.
    pub(super) fn look(&self, path: &str) -> Reading<Stat> {
        let (parent, name) = match path.trim_end_matches('/').rsplit_once('/') {
            Some((parent, name)) => (parent, name),
            None => ("", "."),
        };
        stat(&self.open_directory(parent)?, name)
    }

    pub(super) fn has_extended_acl(&self, path: &str) -> Reading<Option<bool>> {
        match self.attribute(path, ACL)? {
            // A header and the three entries of the mode: more is extended (`acl(5)`).
            Ok(value) => Ok(Some(value.len() > 4 + 3 * 8)),
            Err(Errno::NODATA) => Ok(Some(false)),
            Err(Errno::RANGE) => Ok(Some(true)),
            Err(Errno::NOTSUP) => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    pub(super) fn label(&self, path: &str) -> Reading<Option<String>> {
        match self.attribute(path, LABEL)? {
            Ok(value) => Ok(Some(String::from_utf8_lossy(&value).trim_end_matches('\0').to_owned())),
            Err(Errno::NODATA | Errno::NOTSUP) => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    /// The value of an extended attribute (`xattr(7)`) of `path` itself.
    fn attribute(&self, path: &str, attribute: &str) -> Reading<Result<Vec<u8>, Errno>> {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let parent = self.open_directory(parent)?;
        let name = format!("/proc/self/fd/{}/{name}", parent.as_fd().as_raw_fd());
        let mut value = Vec::with_capacity(ACL_LIMIT);
        let read = rustix::fs::lgetxattr(name.as_str(), attribute, rustix::buffer::spare_capacity(&mut value));
        Ok(read.map(|_length| value))
    }

    pub(super) fn canonical(&self, path: &str) -> Reading<String> {
        let (_, name, mut names) = self.resolved(path)?;
        names.extend(Some(name).filter(|name| name != "."));
        Ok(format!("/{}", names.join("/")))
    }

    pub(super) fn open_directory(&self, path: &str) -> Reading<OwnedFd> {
        let (parent, name) = self.resolve(path)?;
        rustix::fs::openat(&parent, name.as_str(), DIRECTORY | OFlags::NOFOLLOW, Mode::empty()).map_err(refused)
    }

    /// The directory that holds what `path` names, and its name there, which is not a link.
    fn resolve(&self, path: &str) -> Reading<(OwnedFd, String)> {
        self.resolved(path).map(|(parent, name, _)| (parent, name))
    }

    /// The same, and the names of the directories from the root to the one that holds it.
    fn resolved(&self, path: &str) -> Reading<(OwnedFd, String, Vec<String>)> {
        let mut waiting: Vec<String> = components(path);
        let mut passed = vec![self.0.try_clone().map_err(|error| ReadError::Unreadable(error.to_string()))?];
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
                return passed.pop().map(|parent| (parent, name, names)).ok_or(ReadError::Absent);
            } else {
                // A file in the place of a directory: what was asked for cannot be below it.
                return Err(missing(ReadError::Absent));
            }
        }
        // The walk ended at a directory: name it in its parent, or the root in itself.
        let last = passed.pop().ok_or(ReadError::Absent)?;
        Ok(match (passed.pop(), names.pop()) {
            (Some(parent), Some(name)) => (parent, name, names),
            _ => (last, ".".to_owned(), Vec::new()),
        })
    }
}

pub(super) const DIRECTORY: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

pub(super) fn stat(directory: impl AsFd, name: impl rustix::path::Arg) -> Reading<Stat> {
    rustix::fs::statat(directory, name, rustix::fs::AtFlags::SYMLINK_NOFOLLOW).map_err(refused)
}

fn read_link(directory: impl AsFd, name: &str) -> Reading<String> {
    let target = rustix::fs::readlinkat(directory, name, Vec::new()).map_err(refused)?;
    target.into_string().map_err(|_| ReadError::Unreadable("a symbolic link that is not UTF-8".to_owned()))
}

fn regular(stat: &Stat) -> Reading<()> {
    let regular = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
    if regular { Ok(()) } else { Err(ReadError::Unreadable("not a regular file".to_owned())) }
}

pub(super) fn refused(error: Errno) -> ReadError {
    match error {
        Errno::NOENT | Errno::NOTDIR => ReadError::Absent,
        _ => ReadError::Unreadable(std::io::Error::from(error).to_string()),
    }
}

fn kind(kind: FileType) -> Kind {
    match kind {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Directory,
        FileType::Symlink => Kind::Link,
        FileType::Fifo | FileType::Socket | FileType::CharacterDevice | FileType::BlockDevice | FileType::Unknown => {
            Kind::Other
        }
    }
}

fn metadata(stat: Stat) -> Metadata {
    Metadata {
        kind: kind(FileType::from_raw_mode(stat.st_mode)),
        mode: stat.st_mode & 0o7777,
        uid: stat.st_uid,
        gid: stat.st_gid,
        size: u64::try_from(stat.st_size).unwrap_or(0),
        modified: (stat.st_mtime, i64::try_from(stat.st_mtime_nsec).unwrap_or(0)),
        identity: (stat.st_dev, stat.st_ino),
    }
}
