//! ext2, ext3 and ext4 through the crate `ext4-view`, which reads and never writes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Seek, SeekFrom};

use ext4_view::{Ext4Error, Ext4Read, FileType};

use crate::root::volume::Volume;
use crate::root::{Contents, Entry, Kind, Metadata, ReadError, Reading, Section};

/// A file system.
pub(super) struct Ext4(ext4_view::Ext4);

impl std::fmt::Debug for Ext4 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ext4")
    }
}

/// Where its blocks are.
struct Blocks(Section);

impl Ext4Read for Blocks {
    fn read(&mut self, start: u64, into: &mut [u8]) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.0.seek(SeekFrom::Start(start))?;
        Ok(self.0.read_exact(into)?)
    }
}

impl Ext4 {
    pub(super) fn open(section: Section) -> Result<Self, String> {
        ext4_view::Ext4::load(Box::new(Blocks(section))).map(Self).map_err(|error| error.to_string())
    }
}

impl Volume for Ext4 {
    fn look(&self, path: &str) -> Reading<Metadata> {
        let found = self.0.symlink_metadata(&absolute(path)).map_err(refused)?;
        // The number of the inode is not told. After links are resolved, only hard links give a file two names.
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        Ok(Metadata {
            kind: kind(found.file_type()),
            mode: u32::from(found.mode()) & 0o7777,
            uid: found.uid(),
            gid: found.gid(),
            size: found.len(),
            modified: (found.modified().seconds(), i64::from(found.modified().nanoseconds())),
            identity: (0, hasher.finish()),
        })
    }

    fn entries(&self, path: &str) -> Reading<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in self.0.read_dir(&absolute(path)).map_err(refused)? {
            let entry = entry.map_err(refused)?;
            let name = match entry.file_name().as_str() {
                Ok("." | "..") => continue,
                Ok(name) => name.to_owned(),
                Err(_) => return Err(ReadError::Unreadable("holds a name that is not UTF-8".to_owned())),
            };
            entries.push(Entry { name, kind: kind(entry.file_type().map_err(refused)?) });
        }
        Ok(entries)
    }

    fn link(&self, path: &str) -> Reading<String> {
        let target = self.0.read_link(&absolute(path)).map_err(refused)?;
        let target = target.to_str().map_err(|_| ReadError::Unreadable("a symbolic link that is not UTF-8".to_owned()));
        target.map(str::to_owned)
    }

    fn open(&self, path: &str) -> Reading<Contents> {
        if self.look(path)?.kind != Kind::File {
            return Err(ReadError::Unreadable("not a regular file".to_owned()));
        }
        self.0.open(&absolute(path)).map(|file| Contents::Ext4(Box::new(file))).map_err(refused)
    }
}

fn absolute(path: &str) -> String {
    format!("/{path}")
}

fn kind(kind: FileType) -> Kind {
    match kind {
        FileType::Regular => Kind::File,
        FileType::Directory => Kind::Directory,
        FileType::Symlink => Kind::Link,
        FileType::BlockDevice | FileType::CharacterDevice | FileType::Fifo | FileType::Socket => Kind::Other,
    }
}

fn refused(error: Ext4Error) -> ReadError {
    let absent = matches!(error, Ext4Error::NotFound | Ext4Error::NotADirectory);
    if absent { ReadError::Absent } else { ReadError::Unreadable(error.to_string()) }
}
