//! Going through a tree, name by name, without following a link.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ffi::CStr;
use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{FileType, Mode, OFlags, Stat};

use super::directory::{DIRECTORY, refused, stat};
use super::volume::{self, Volume};
use super::{Kind, Metadata, ReadError, Reading};

/// How deep a walk goes. Every level of a directory of this machine holds a descriptor open.
const DEPTH: u32 = 128;

/// What a file system says about a name itself, links not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// What it is. A volume does not tell devices, pipes and sockets apart: they are `Unknown`.
    pub kind: FileType,
    /// Permission bits, with those for set-user-id, set-group-id and sticky.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Length in bytes.
    pub size: u64,
    /// When its content changed, in seconds since 1970.
    pub modified: i64,
    /// When it was last read and when its owner or mode changed; a volume does not say.
    pub accessed_changed: Option<(i64, i64)>,
    /// The file system.
    pub device: u64,
}

impl From<Stat> for Look {
    fn from(stat: Stat) -> Self {
        Self {
            kind: FileType::from_raw_mode(stat.st_mode),
            mode: stat.st_mode & 0o7777,
            uid: stat.st_uid,
            gid: stat.st_gid,
            size: u64::try_from(stat.st_size).unwrap_or(0),
            modified: stat.st_mtime,
            accessed_changed: Some((stat.st_atime, stat.st_ctime)),
            device: stat.st_dev,
        }
    }
}

impl From<Metadata> for Look {
    fn from(of: Metadata) -> Self {
        let Metadata { mode, uid, gid, size, .. } = of;
        let (kind, modified, device) = (file_type(of.kind), of.modified.0, of.identity.0);
        Self { kind, mode, uid, gid, size, modified, accessed_changed: None, device }
    }
}

fn file_type(kind: Kind) -> FileType {
    match kind {
        Kind::File => FileType::RegularFile,
        Kind::Directory => FileType::Directory,
        Kind::Link => FileType::Symlink,
        Kind::Other => FileType::Unknown,
    }
}

/// Something on the way of a walk.
pub enum Visit<'a> {
    /// A name in a directory.
    Step(Step<'a>),
    /// A directory that could not be read whole.
    Unreadable {
        /// Its path.
        path: &'a str,
        /// Why.
        why: String,
    },
}

/// A name in a directory.
pub struct Step<'a> {
    place: Place<'a>,
    kind: FileType,
    looked: OnceCell<Reading<Look>>,
    /// The path of the directory, without a slash at the end; empty for the root.
    pub parent: &'a str,
    /// The name.
    pub name: &'a str,
    /// How many directories are between it and the start; zero for what the start holds.
    pub depth: u32,
    /// Whether the path is the file's: a name that is not UTF-8 is shown with replacement characters, and so nothing can be
    /// read by it.
    pub exact: bool,
}

/// Where a name is looked up.
#[derive(Clone, Copy)]
enum Place<'a> {
    Directory(&'a OwnedFd, &'a CStr),
    /// A volume and the directory's resolved name in it.
    Volume(&'a dyn Volume, &'a str),
}

impl Step<'_> {
    /// What kind of file it is; a link is a link.
    pub fn kind(&self) -> FileType {
        self.kind
    }

    /// Owner, mode, times.
    ///
    /// # Errors
    ///
    /// When the file is gone, or cannot be looked at.
    pub fn look(&self) -> Reading<Look> {
        let look = || match self.place {
            Place::Directory(directory, name) => stat(directory, name).map(Look::from),
            Place::Volume(volume, parent) => volume.look(&volume::join(parent, self.name)).map(Look::from),
        };
        self.looked.get_or_init(look).clone()
    }

    /// What kind of file system a directory is on (`statfs(2)`).
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub fn file_system(&self) -> Reading<FileSystem> {
        let Place::Directory(parent, name) = self.place else { return Ok(FileSystem::Local) };
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let directory = rustix::fs::openat(parent, name, flags, Mode::empty()).map_err(refused)?;
        let of = rustix::fs::fstatfs(&directory).map_err(refused)?;
        // The numbers of linux/magic.h have 32 bits, whatever the width of the field.
        Ok(FileSystem::of(of.f_type.cast_unsigned() & 0xffff_ffff))
    }

    /// Parent and name.
    pub fn path(&self) -> String {
        format!("{}/{}", self.parent, self.name)
    }
}

/// What kind of place a file system is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSystem {
    /// Disks, and memory that holds files.
    Local,
    /// Another machine's, or one that a program makes up.
    Remote,
    /// The kernel's own.
    Kernel,
}

impl FileSystem {
    fn of(magic: u64) -> Self {
        const REMOTE: [u64; 8] = [
            0x6969,      // NFS
            0xff53_4d42, // CIFS
            0xfe53_4d42, // SMB2
            0x517b,      // SMB
            0x0187,      // autofs: a look mounts
            0x6573_5546, // FUSE
            0x00c3_6400, // Ceph
            0x5346_414f, // AFS
        ];
        const KERNEL: [u64; 14] = [
            0x9fa0,      // proc
            0x6265_6572, // sysfs
            0x1cd1,      // devpts
            0x0027_e0eb, // cgroup
            0x6367_7270, // cgroup2
            0x6462_6720, // debugfs
            0x7472_6163, // tracefs
            0x7363_6673, // securityfs
            0xcafe_4a11, // bpf
            0x6165_676c, // pstore
            0xf97c_ff8c, // selinuxfs
            0x4249_4e4d, // binfmt_misc
            0x1980_0202, // mqueue
            0xde5e_81e4, // efivarfs
        ];
        if REMOTE.contains(&magic) {
            Self::Remote
        } else if KERNEL.contains(&magic) {
            Self::Kernel
        } else {
            Self::Local
        }
    }
}

/// Where a walk goes from a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Further {
    /// Into it, where it is a directory.
    Down,
    /// Past it.
    Past,
    /// Nowhere: the walk is over.
    Stop,
}

/// A directory under way: its names are read, its place is known; whether its path is exact, or that of a name in it.
struct Here<'a> {
    prefix: &'a str,
    depth: u32,
    exact: bool,
}

/// Goes through a directory of this machine.
pub(super) fn directory(
    opened: &OwnedFd,
    prefix: &str,
    depth: u32,
    visit: &mut dyn FnMut(Visit<'_>) -> Further,
) -> Reading<Further> {
    inside(opened, &Here { prefix, depth, exact: true }, visit)
}

fn inside(opened: &OwnedFd, here: &Here<'_>, visit: &mut dyn FnMut(Visit<'_>) -> Further) -> Reading<Further> {
    let mut names = Vec::new();
    for entry in rustix::fs::Dir::read_from(opened).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        if !matches!(entry.file_name().to_bytes(), b"." | b"..") {
            names.push((entry.file_name().to_owned(), entry.file_type()));
        }
    }
    names.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (name, kind) in names {
        let name = name.as_c_str();
        let kind = if kind == FileType::Unknown {
            let Ok(stat) = stat(opened, name) else { continue };
            FileType::from_raw_mode(stat.st_mode)
        } else {
            kind
        };
        let shown = name.to_string_lossy();
        let exact = here.exact && matches!(shown, Cow::Borrowed(_));
        let below = &mut |path: &str, visit: &mut dyn FnMut(Visit<'_>) -> Further| {
            let flags = DIRECTORY | OFlags::NOFOLLOW;
            let inner = rustix::fs::openat(opened.as_fd(), name, flags, Mode::empty()).map_err(refused)?;
            inside(&inner, &Here { prefix: path, depth: here.depth + 1, exact }, visit)
        };
        let here = Here { exact, ..*here };
        if here.step(Place::Directory(opened, name), &shown, kind, visit, below) == Further::Stop {
            return Ok(Further::Stop);
        }
    }
    Ok(Further::Past)
}

/// Goes through a directory of a volume, `resolved` there.
pub(super) fn volume(
    of: &dyn Volume,
    resolved: &str,
    prefix: &str,
    depth: u32,
    visit: &mut dyn FnMut(Visit<'_>) -> Further,
) -> Reading<Further> {
    let mut entries = of.entries(resolved)?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let here = Here { prefix, depth, exact: true };
    for entry in entries {
        let below = &mut |path: &str, visit: &mut dyn FnMut(Visit<'_>) -> Further| {
            volume(of, &volume::join(resolved, &entry.name), path, depth + 1, visit)
        };
        let place = Place::Volume(of, resolved);
        if here.step(place, &entry.name, file_type(entry.kind), visit, below) == Further::Stop {
            return Ok(Further::Stop);
        }
    }
    Ok(Further::Past)
}

/// How a directory below is gone through.
type Below<'a> = &'a mut dyn FnMut(&str, &mut dyn FnMut(Visit<'_>) -> Further) -> Reading<Further>;

impl Here<'_> {
    /// Shows one name and goes on below it as the visitor says.
    fn step(
        &self,
        place: Place<'_>,
        name: &str,
        kind: FileType,
        visit: &mut dyn FnMut(Visit<'_>) -> Further,
        below: Below<'_>,
    ) -> Further {
        let Here { prefix: parent, depth, exact } = *self;
        let step = Step { place, kind, looked: OnceCell::new(), parent, name, depth, exact };
        match visit(Visit::Step(step)) {
            Further::Stop => return Further::Stop,
            Further::Past => return Further::Past,
            Further::Down if kind != FileType::Directory => return Further::Past,
            Further::Down => {}
        }
        let path = format!("{}/{name}", self.prefix);
        let walked = if self.depth >= DEPTH {
            Err(ReadError::Unreadable(format!("deeper than {DEPTH} directories")))
        } else {
            below(&path, visit)
        };
        match walked {
            Ok(further) => further,
            // Gone since it was listed: as if it had never been there.
            Err(ReadError::Absent) => Further::Past,
            Err(ReadError::Unreadable(why)) => visit(Visit::Unreadable { path: &path, why }),
        }
    }
}
