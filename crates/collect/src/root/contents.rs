//! An open file of a root.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// An open file of a root, to be read from any position.
#[derive(Debug)]
pub enum Contents {
    /// A part of a file of this machine.
    Section(Section),
    /// A file of a file system in a disk image.
    #[cfg(feature = "disks")]
    Ext4(Box<ext4_view::File>),
}

impl Read for Contents {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        match self {
            Self::Section(section) => section.read(buffer),
            #[cfg(feature = "disks")]
            Self::Ext4(file) => file.read(buffer),
        }
    }
}

impl Seek for Contents {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        match self {
            Self::Section(section) => section.seek(to),
            #[cfg(feature = "disks")]
            Self::Ext4(file) => file.seek(to),
        }
    }
}

/// Bytes `start` to `start + length` of a file.
#[derive(Debug, Clone)]
pub struct Section {
    file: Arc<File>,
    start: u64,
    length: u64,
    position: u64,
}

impl Section {
    pub(crate) fn new(file: Arc<File>, start: u64, length: u64) -> Self {
        Self { file, start, length, position: 0 }
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// A part of this part, cut at its end.
    pub(crate) fn part(&self, start: u64, length: u64) -> Self {
        let start = start.min(self.length);
        let length = length.min(self.length - start);
        Self { file: Arc::clone(&self.file), start: self.start + start, length, position: 0 }
    }
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let left = self.length.saturating_sub(self.position);
        let wanted = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let Some(buffer) = buffer.get_mut(..wanted) else { return Ok(0) };
        let count = self.file.read_at(buffer, self.start.saturating_add(self.position))?;
        self.position += u64::try_from(count).unwrap_or(0);
        Ok(count)
    }
}

impl Seek for Section {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.position = position.ok_or_else(|| Error::from(ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}
