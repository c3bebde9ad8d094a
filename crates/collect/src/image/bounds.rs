//! What an image may cost.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::sync::Arc;

use super::tar::Source;
use crate::root::Section;

/// What is left of what one image may cost.
#[derive(Debug)]
pub(super) struct Bounds {
    entries: u64,
    kept: u64,
    identity: u64,
}

impl Bounds {
    /// Bytes of one name.
    pub(super) const NAME: usize = 4096;
    /// Layers.
    pub(super) const LAYERS: usize = 1024;
    /// Bytes of one file whose content is kept: the largest that a collector reads.
    pub(super) const FILE: u64 = 512 << 20;
    /// Bytes that one compressed part may unpack to. A bomb of a few megabytes ends here after seconds, and what it
    /// unpacked was not kept.
    pub(super) const UNPACKED: u64 = 32 << 30;
    /// Entries of all layers.
    const ENTRIES: u64 = 4_000_000;
    /// Bytes of all files that are kept.
    const KEPT: u64 = 16 << 30;

    pub(super) fn new() -> Self {
        Self { entries: Self::ENTRIES, kept: Self::KEPT, identity: 0 }
    }

    pub(super) fn count_entry(&mut self) -> Result<(), String> {
        let left = self.entries.checked_sub(1);
        self.entries = left.ok_or_else(|| format!("the image has more than {} entries", Self::ENTRIES))?;
        Ok(())
    }

    pub(super) fn count_kept(&mut self, bytes: u64) -> Result<(), String> {
        let left = self.kept.checked_sub(bytes);
        self.kept = left.ok_or_else(|| format!("the files of the image have more than {} bytes", Self::KEPT))?;
        Ok(())
    }

    /// A number that no other file of the image has.
    pub(super) fn next_identity(&mut self) -> (u64, u64) {
        self.identity += 1;
        (0, self.identity)
    }
}

/// A file without a name for what was unpacked: it goes with the process, however that ends.
#[derive(Debug)]
pub(super) struct Spool {
    file: Arc<File>,
    length: u64,
}

impl Spool {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { file: Arc::new(tempfile::tempfile()?), length: 0 })
    }

    /// Keeps `size` bytes; `None` where there are fewer.
    pub(super) fn keep(&mut self, from: &mut dyn Read, size: u64) -> io::Result<Option<Section>> {
        let mut file = &*self.file;
        file.seek(io::SeekFrom::Start(self.length))?;
        let mut buffer = vec![0; 1 << 16];
        let mut left = size;
        while left > 0 {
            let count = from.read(&mut buffer)?;
            let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else { return Ok(None) };
            file.write_all(bytes)?;
            left = left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
        }
        let section = Section::new(Arc::clone(&self.file), self.length, size);
        self.length += size;
        Ok(Some(section))
    }
}

/// A reader that fails at its limit instead of ending there.
pub(super) struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Limited<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, left: Bounds::UNPACKED }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = u64::try_from(count).ok().and_then(|count| self.left.checked_sub(count));
        self.left = left.ok_or_else(|| io::Error::other(format!("unpacks to more than {} bytes", Bounds::UNPACKED)))?;
        Ok(count)
    }
}

impl<R: Read> Source for Limited<R> {}

/// Passing over a part of a file is moving on, as far as the file goes.
impl Source for BufReader<Section> {
    fn skip(&mut self, count: u64) -> io::Result<()> {
        let to = self.stream_position()?.checked_add(count);
        if to.is_none_or(|to| to > self.get_ref().length()) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.seek_relative(i64::try_from(count).map_err(io::Error::other)?)
    }
}
