//! One layer: an archive whose entries are laid over what is there, and whose whiteouts take away from it
//! (OCI image specification, "Image Layer Filesystem Changeset").

use std::io::Read;

use super::bounds::{Bounds, Spool};
use super::tar::{self, Source, Tar, TarError};
use super::tree::{Body, Node, Tree, lost};
use crate::root::{Kind, Metadata, ReadError, Section};

/// Takes away the name that follows it.
const WHITEOUT: &str = ".wh.";
/// Takes away all that lower layers have in its directory.
const OPAQUE: &str = ".wh..wh..opq";

/// Where the content of files is kept.
pub(super) enum Keep<'a> {
    /// The archive is not compressed: in the archive itself.
    InPlace(&'a Section),
    /// In a file without a name.
    Spool(&'a mut Spool),
}

/// Why a layer cannot be laid over what is there.
#[derive(Debug, thiserror::Error)]
pub(super) enum LayerError {
    #[error(transparent)]
    Tar(#[from] TarError),
    #[error("entry `{name}` {why}")]
    Entry { name: String, why: String },
    #[error("{0}")]
    Bound(String),
}

/// One change that a layer makes.
enum Change {
    Put(String, Node),
    HardLink(String, String),
    Foreign(String),
}

/// Lays the archive over `tree`. Whiteouts speak of the layers below only, wherever in the archive they stand.
pub(super) fn apply(
    tree: &mut Tree,
    source: &mut dyn Source,
    mut keep: Keep<'_>,
    bounds: &mut Bounds,
) -> Result<(), LayerError> {
    let mut archive = Tar::new(source);
    let mut changes = Vec::new();
    while let Some(entry) = archive.next_entry()? {
        bounds.count_entry().map_err(LayerError::Bound)?;
        let Some(name) = path_of(&entry.name)? else {
            let parent = entry.name.rsplitn(2, |byte| *byte == b'/').nth(1).unwrap_or_default();
            // The nearest directory that can be named.
            changes.push(Change::Foreign(path_of(parent)?.unwrap_or_default()));
            continue;
        };
        let (parent, base) = name.rsplit_once('/').unwrap_or(("", &name));
        if base == OPAQUE {
            tree.empty(parent);
        } else if let Some(hidden) = base.strip_prefix(WHITEOUT) {
            // Names such as `.wh..wh.plnk` are notes of an old storage driver.
            if !hidden.is_empty() && !hidden.starts_with(WHITEOUT) {
                tree.hide(&crate::root::volume::join(parent, hidden));
            }
        } else {
            changes.push(change(name, &entry, &mut archive, &mut keep, bounds)?);
        }
    }
    for change in changes {
        make(tree, change)?;
    }
    Ok(())
}

fn change(
    name: String,
    entry: &tar::Entry,
    archive: &mut Tar<'_>,
    keep: &mut Keep<'_>,
    bounds: &mut Bounds,
) -> Result<Change, LayerError> {
    let link = || std::str::from_utf8(&entry.target).ok();
    let (kind, body) = match entry.kind {
        tar::Kind::HardLink => {
            let target = path_of(&entry.target)?;
            return Ok(match target {
                Some(target) => Change::HardLink(name, target),
                None => Change::Put(name, lost("a hard link to a name that is not UTF-8")),
            });
        }
        tar::Kind::Directory => (Kind::Directory, Body::Directory),
        tar::Kind::Link => match link() {
            Some(target) => (Kind::Link, Body::Link(target.into())),
            None => (Kind::File, Body::Lost("a symbolic link that is not UTF-8")),
        },
        tar::Kind::Sparse => (Kind::File, Body::Lost("kept in an archive without its holes")),
        tar::Kind::Other => (Kind::Other, Body::Other),
        tar::Kind::File => (Kind::File, body(entry, archive, keep, bounds)?),
    };
    if name.is_empty() && kind != Kind::Directory {
        return Err(LayerError::Entry { name: "/".to_owned(), why: "is no directory".to_owned() });
    }
    let metadata = Metadata {
        kind,
        mode: entry.mode,
        uid: entry.uid,
        gid: entry.gid,
        size: entry.size,
        modified: (entry.modified, 0),
        identity: bounds.next_identity(),
    };
    Ok(Change::Put(name, Node { metadata, body }))
}

fn body(
    entry: &tar::Entry,
    archive: &mut Tar<'_>,
    keep: &mut Keep<'_>,
    bounds: &mut Bounds,
) -> Result<Body, LayerError> {
    match keep {
        Keep::InPlace(section) => Ok(Body::File(section.part(entry.start, entry.size))),
        Keep::Spool(_) if entry.size > Bounds::FILE => Ok(Body::Lost("larger than any file that is looked into")),
        Keep::Spool(spool) => {
            bounds.count_kept(entry.size).map_err(LayerError::Bound)?;
            let section = spool.keep(&mut archive.content().take(entry.size), entry.size).map_err(TarError::Read)?;
            section.map(Body::File).ok_or(LayerError::Tar(TarError::CutOff))
        }
    }
}

fn make(tree: &mut Tree, change: Change) -> Result<(), LayerError> {
    let (name, made) = match change {
        Change::Put(name, node) => (name.clone(), tree.put(&name, node)),
        Change::HardLink(name, target) => (name.clone(), tree.put_link(&name, &target)),
        Change::Foreign(parent) => {
            tree.put_foreign(&parent);
            return Ok(());
        }
    };
    made.map_err(|error| LayerError::Entry {
        name,
        why: match error {
            ReadError::Absent => "has no directory to stand in".to_owned(),
            ReadError::Unreadable(why) => format!("cannot be placed: {why}"),
        },
    })
}

/// The name of an entry as a [`Tree`] has it; `None` where it is not UTF-8.
///
/// A name is taken from the root of the image, with or without a slash at its start. One that leads out of it is refused.
fn path_of(bytes: &[u8]) -> Result<Option<String>, LayerError> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(None) };
    let refused = |why: &str| {
        let name: String = text.chars().take(200).collect();
        Err(LayerError::Entry { name: name.escape_debug().to_string(), why: why.to_owned() })
    };
    if text.len() > Bounds::NAME {
        return refused("has too long a name");
    }
    if text.contains('\0') {
        return refused("has a name with a zero byte in it");
    }
    let components: Vec<&str> = text.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if components.contains(&"..") {
        return refused("leads out of its directory with `..`");
    }
    Ok(Some(components.join("/")))
}
