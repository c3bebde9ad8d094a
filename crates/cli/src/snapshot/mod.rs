//! Reads a network snapshot: a folder tree of JSON documents, the same in a .zip or .tar.zst, or one JSON file.

mod archive;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use inspector_reachability::aws::{self, Document, MAX_DOCUMENT_BYTES, Snapshot};

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

/// Reads the snapshot at `path` and tells on stderr what of it could not be used.
pub(crate) fn read(path: &Path) -> Result<Snapshot> {
    let documents = documents(path)?;
    if documents.is_empty() {
        let help = "aws ec2 describe-instances --output json > SNAPSHOT/Reservations.json";
        return Err(Helpful::new(format!("no JSON documents in `{}`", path.display()), help).into());
    }
    understand(&documents, &path.display().to_string())
}

/// Reads documents that are there already; `name` is what a person knows them by.
pub(crate) fn understand(documents: &Documents, name: &str) -> Result<Snapshot> {
    let borrowed = documents.iter().map(|(path, bytes)| Document { path, bytes });
    let snapshot = aws::read(borrowed).with_context(|| format!("cannot use the snapshot `{name}`"))?;
    if snapshot.network.answered.is_empty() && snapshot.network.failed.is_empty() {
        return Err(anyhow!("no AWS answer such as `Vpcs` or `Reservations` in `{name}`"));
    }
    tell(&snapshot);
    Ok(snapshot)
}

/// Every document with its path inside the snapshot.
pub(crate) fn documents(path: &Path) -> Result<Documents> {
    let about = fs::metadata(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut documents = Vec::new();
    if about.is_dir() {
        collect(path, path, 0, &mut documents)?;
    } else if let Some(read) = archive::reader(path) {
        documents = read(path)?;
    } else {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        documents.push((name, load(path)?));
    }
    documents.sort();
    Ok(documents)
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn bounded(documents: &Documents) -> Result<()> {
    if documents.len() > MAX_DOCUMENTS {
        bail!("more than {MAX_DOCUMENTS} documents");
    }
    Ok(())
}

fn collect(root: &Path, folder: &Path, depth: usize, documents: &mut Documents) -> Result<()> {
    if depth > MAX_DEPTH {
        bail!("cannot read `{}`: more than {MAX_DEPTH} folders deep", folder.display());
    }
    let failed = || format!("cannot read `{}`", folder.display());
    for entry in fs::read_dir(folder).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let path = entry.path();
        if entry.file_type().with_context(failed)?.is_dir() {
            collect(root, &path, depth + 1, documents)?;
        } else if is_document(&path) {
            documents.push((inside(root, &path), load(&path)?));
            bounded(documents).with_context(|| format!("cannot read `{}`", root.display()))?;
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
