//! Snapshots packed into one file. Names inside an archive are labels: nothing is ever unpacked to a path.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{Documents, is_document};

/// Bytes that an archive may unpack to, so that a small file cannot fill the memory.
const MAX_UNPACKED: u64 = 4 << 30;

/// The reader for the file name of an archive; `None` for any other file.
pub(super) fn reader(path: &Path) -> Option<fn(&Path) -> Result<Documents>> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    match name.as_str() {
        _ if name.ends_with(".zip") => Some(zip),
        _ if name.ends_with(".tar.zst") => Some(tar_zst),
        _ => None,
    }
}

fn zip(path: &Path) -> Result<Documents> {
    let failed = || format!("cannot read `{}`", path.display());
    let mut archive = zip::ZipArchive::new(open(path)?).with_context(failed)?;
    let mut unpacked = Unpacked::default();
    for at in 0..archive.len() {
        let member = archive.by_index(at).with_context(failed)?;
        let name = member.name().with_context(failed)?.into_owned();
        if member.is_file() && is_document(Path::new(&name)) {
            unpacked.add(name, member).with_context(failed)?;
        }
    }
    Ok(unpacked.documents)
}

fn tar_zst(path: &Path) -> Result<Documents> {
    let failed = || format!("cannot read `{}`", path.display());
    let decoder = zstd::stream::read::Decoder::new(open(path)?).with_context(failed)?;
    let mut archive = tar::Archive::new(decoder);
    let mut unpacked = Unpacked::default();
    for member in archive.entries().with_context(failed)? {
        let member = member.with_context(failed)?;
        let name = member.path().with_context(failed)?.to_string_lossy().into_owned();
        if member.header().entry_type().is_file() && is_document(Path::new(&name)) {
            unpacked.add(name, member).with_context(failed)?;
        }
    }
    Ok(unpacked.documents)
}

fn open(path: &Path) -> Result<File> {
    File::open(path).with_context(|| format!("cannot read `{}`", path.display()))
}

#[derive(Default)]
struct Unpacked {
    documents: Documents,
    bytes: u64,
}

impl Unpacked {
    fn add(&mut self, name: String, member: impl Read) -> Result<()> {
        let left = MAX_UNPACKED.saturating_sub(self.bytes);
        let mut bytes = Vec::new();
        member.take(left + 1).read_to_end(&mut bytes).with_context(|| format!("cannot unpack `{name}`"))?;
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.bytes > MAX_UNPACKED {
            bail!("unpacks to more than {MAX_UNPACKED} bytes");
        }
        self.documents.push((name, bytes));
        super::bounded(self.documents.len())
    }
}
