//! Feed files as they lie on disk: plain, gzip, bzip2, xz or zstd; bounded when they unpack.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, anyhow};
use inspector_model::Timestamp;
use inspector_vuln::database::Input;
use inspector_vuln::feed::{Feed, HEAD_BYTES, recognise};
use lzma_rust2::XzReader;
use sha2::{Digest, Sha256};

use crate::failure::Helpful;

/// No document is larger once unpacked; the largest real one has a few hundred megabytes.
const MAX_UNPACKED: u64 = 2 << 30;
/// More memory than `xz -9` needs, in KiB.
const MAX_XZ_KIB: u32 = 256 << 10;
/// No folder is deeper.
const MAX_DEPTH: u32 = 32;

/// A file that a feed recognises.
#[derive(Clone)]
pub(super) struct Document {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// The feed.
    pub(super) feed: &'static Feed,
    /// The document of the feed that it is.
    pub(super) name: String,
}

impl Document {
    /// Looks at the beginning of a file; `None` where it is of no feed.
    pub(super) fn recognise(path: &Path) -> Result<Option<Self>> {
        let mut head = Vec::new();
        let read = unpack(path).and_then(|file| Ok(file.take(HEAD_BYTES as u64).read_to_end(&mut head)?));
        // What does not unpack to anything is of no feed; what breaks off later is told when it is read whole.
        if let Err(error) = read
            && head.is_empty()
        {
            return if path.exists() { Ok(None) } else { Err(cannot_read(path, error)) };
        }
        let found = recognise(plain_name(path), &head);
        Ok(found.map(|(feed, name)| Self { path: path.to_owned(), feed, name }))
    }

    /// Reads the whole document.
    pub(super) fn read(&self) -> Result<Input> {
        self.parse().map_err(|error| cannot_read(&self.path, error))
    }

    fn parse(&self) -> Result<Input> {
        let bytes = self.unpacked()?;
        let parsed = self.feed.read(&self.name, &bytes).with_context(|| self.feed.title)?;
        let dated = parsed.made_at.or_else(|| changed_at(&self.path));
        let sha256 = hex::encode(Sha256::digest(&bytes));
        Ok(Input { feed: self.feed.id, document: self.name.clone(), sha256, dated, parsed })
    }

    /// The document's uncompressed text.
    pub(super) fn unpacked(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        unpack(&self.path)?.take(MAX_UNPACKED + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_UNPACKED {
            return Err(anyhow!("it unpacks to more than {} bytes", MAX_UNPACKED));
        }
        Ok(bytes)
    }

    /// The name under which it is stored: the document's own, and the suffix that says how to unpack it.
    pub(super) fn stored_name(&self) -> PathBuf {
        let suffix = packed_suffix(&self.path).map(|suffix| format!(".{suffix}")).unwrap_or_default();
        Path::new(self.feed.id).join(format!("{}{suffix}", self.name))
    }
}

fn cannot_read(path: &Path, error: anyhow::Error) -> anyhow::Error {
    error.context(Helpful::new(
        format!("cannot import `{}`", path.display()),
        "fetch the file again, then `inspector feeds import <PATH>`",
    ))
}

/// Every file below `path`, sorted; `path` itself where it is a file.
pub(super) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    walk(path, 0, &mut found).map_err(|error| cannot_read(path, error))?;
    found.sort();
    Ok(found)
}

fn walk(path: &Path, depth: u32, found: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    if depth > MAX_DEPTH {
        return Err(anyhow!("folders are nested more than {MAX_DEPTH} deep"));
    }
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && (kind.is_dir() || entry.path().is_file()) {
            walk(&entry.path(), depth + 1, found)?;
        }
    }
    Ok(())
}

fn unpack(path: &Path) -> Result<Box<dyn Read>> {
    let file = File::open(path)?;
    Ok(match packed_suffix(path) {
        Some("gz") => Box::new(flate2::read::MultiGzDecoder::new(file)),
        Some("bz2") => Box::new(bzip2::read::MultiBzDecoder::new(file)),
        Some("xz") => Box::new(XzReader::new_mem_limit(BufReader::new(file), true, MAX_XZ_KIB)),
        Some(_) => {
            let mut decoder = zstd::stream::read::Decoder::new(file)?;
            decoder.window_log_max(30)?;
            Box::new(decoder)
        }
        None => Box::new(file),
    })
}

/// `gz`, `bz2`, `xz` or `zst`, where the name ends so.
fn packed_suffix(path: &Path) -> Option<&str> {
    path.extension().and_then(|suffix| suffix.to_str()).filter(|suffix| matches!(*suffix, "gz" | "bz2" | "xz" | "zst"))
}

/// The file's name without the suffix that says how to unpack it.
pub(super) fn plain_name(path: &Path) -> &str {
    let name = if packed_suffix(path).is_some() { path.file_stem() } else { path.file_name() };
    name.and_then(|name| name.to_str()).unwrap_or_default()
}

/// When the file was last changed, in whole seconds.
fn changed_at(path: &Path) -> Option<Timestamp> {
    let since = path.metadata().ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Timestamp::from_millis(i64::try_from(since.as_secs()).ok()?.checked_mul(1000)?))
}
