//! Reads a network snapshot: a folder tree of JSON documents, the same in a .zip or .tar.zst, or one JSON file.

mod archive;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use inspector_reachability::aws::{self, Document, MAX_DOCUMENT_BYTES, ReadError, Snapshot, Source};

use crate::failure::Helpful;
use crate::output;

/// Folders inside folders that are looked into.
const MAX_DEPTH: usize = 16;
/// Documents of one snapshot.
const MAX_DOCUMENTS: usize = 100_000;
/// How many skipped documents and keys are told by name.
const MAX_TOLD: usize = 5;

/// Each document's path inside the snapshot, and its content.
pub(crate) type Documents = Vec<(String, Vec<u8>)>;

/// Reads the snapshot at `path` and tells on stderr what of it could not be used. Files are read in pieces, so that memory
/// holds what they say and not their text.
pub(crate) fn read(path: &Path) -> Result<Snapshot> {
    let name = path.display().to_string();
    if let Some(reader) = archive::reader(path) {
        let documents = reader(path)?;
        some(documents.len(), &name)?;
        return understand(&documents, &name);
    }
    let files = files(path)?;
    some(files.len(), &name)?;
    let source = |(path, file)| Source { path, content: Box::new(OnDemand::Closed(file)) };
    usable(aws::read_streamed(files.into_iter().map(source)), &name)
}

fn some(documents: usize, name: &str) -> Result<()> {
    if documents > 0 {
        return Ok(());
    }
    let help = "aws ec2 describe-instances --output json > SNAPSHOT/Reservations.json";
    Err(Helpful::new(format!("no JSON documents in `{name}`"), help).into())
}

/// Reads documents that are there already; `name` is what a person knows them by.
pub(crate) fn understand(documents: &Documents, name: &str) -> Result<Snapshot> {
    usable(aws::read(documents.iter().map(|(path, bytes)| Document { path, bytes })), name)
}

fn usable(read: Result<Snapshot, ReadError>, name: &str) -> Result<Snapshot> {
    let snapshot = read.with_context(|| format!("cannot use the snapshot `{name}`"))?;
    if snapshot.network.answered.is_empty() && snapshot.network.failed.is_empty() {
        return Err(anyhow!("no AWS answer such as `Vpcs` or `Reservations` in `{name}`"));
    }
    tell(&snapshot);
    Ok(snapshot)
}

/// A file that is opened when it is read: a snapshot may have more of them than a process may hold open.
enum OnDemand {
    Closed(PathBuf),
    Open(File),
}

impl Read for OnDemand {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if let Self::Closed(path) = self {
            *self = Self::Open(File::open(path)?);
        }
        match self {
            Self::Open(file) => file.read(buffer),
            Self::Closed(_) => Ok(0),
        }
    }
}

/// Every document with its path inside the snapshot.
pub(crate) fn documents(path: &Path) -> Result<Documents> {
    let mut documents = match archive::reader(path) {
        Some(read) => read(path)?,
        None => {
            let files = files(path)?.into_iter();
            files.map(|(name, file)| Ok((name, load(&file)?))).collect::<Result<Documents>>()?
        }
    };
    documents.sort();
    Ok(documents)
}

/// The file, or those of the folder, with their paths inside the snapshot.
fn files(path: &Path) -> Result<Vec<(String, PathBuf)>> {
    let about = fs::metadata(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    if !about.is_dir() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(vec![(name, path.to_path_buf())]);
    }
    let mut files = Vec::new();
    collect(path, path, 0, &mut files)?;
    Ok(files)
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn bounded(documents: usize) -> Result<()> {
    if documents > MAX_DOCUMENTS {
        bail!("more than {MAX_DOCUMENTS} documents");
    }
    Ok(())
}

fn collect(root: &Path, folder: &Path, depth: usize, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    if depth > MAX_DEPTH {
        bail!("cannot read `{}`: more than {MAX_DEPTH} folders deep", folder.display());
    }
    let failed = || format!("cannot read `{}`", folder.display());
    for entry in fs::read_dir(folder).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let path = entry.path();
        if entry.file_type().with_context(failed)?.is_dir() {
            collect(root, &path, depth + 1, files)?;
        } else if is_document(&path) {
            files.push((inside(root, &path), path));
            bounded(files.len()).with_context(|| format!("cannot read `{}`", root.display()))?;
        }
    }
    Ok(())
}

/// The path of a document below its snapshot, with `/` between folders.
fn inside(root: &Path, path: &Path) -> String {
    let below: PathBuf = path.strip_prefix(root).unwrap_or(path).to_path_buf();
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn load(path: &Path) -> Result<Vec<u8>> {
    let failed = || format!("cannot read `{}`", path.display());
    let size = fs::metadata(path).with_context(failed)?.len();
    if size > u64::try_from(MAX_DOCUMENT_BYTES).unwrap_or(u64::MAX) {
        bail!("cannot read `{}`: larger than {MAX_DOCUMENT_BYTES} bytes", path.display());
    }
    fs::read(path).with_context(failed)
}

fn tell(snapshot: &Snapshot) {
    let network = &snapshot.network;
    for record in network.unreadable.iter().take(MAX_TOLD) {
        output::complain(&format!("warning: {}", record.why));
    }
    for failed in network.failed.iter().take(MAX_TOLD) {
        output::complain(&format!("warning: `{}` is incomplete: {}", failed.answer, failed.why));
    }
    let more = network.unreadable.len().saturating_sub(MAX_TOLD) + network.failed.len().saturating_sub(MAX_TOLD);
    if more > 0 {
        output::complain(&format!("warning: {more} more records or answers could not be read"));
    }
    match snapshot.skipped.as_slice() {
        [] => {}
        few if few.len() <= MAX_TOLD => few.iter().for_each(|line| output::complain(&format!("note: {line}"))),
        many => output::complain(&format!("note: {} keys and documents are not used", many.len())),
    }
}
