//! Container images in archives: the layers of one image, merged into a root.
//!
//! Read are archives of `docker save` and image layouts of OCI, packed (also with gzip or zstd) or as a directory. Nothing
//! is extracted under a name: files stay in the archive where it is not compressed, and in a nameless file where it is.
//! An image that cannot be read whole is refused with the part at fault.

mod bounds;
mod layer;
mod manifest;
pub mod tar;
mod tree;

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use bounds::{Bounds, Limited, Spool};
use layer::Keep;
use manifest::Layer;
pub use manifest::Platform;
use sha2::{Digest, Sha256};
use tar::Source;
use tree::Tree;

use crate::root::{Contents, ReadError, Root, Section};

/// Which image of an archive is meant.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Its tag or its name in the index; needed where the archive holds several.
    pub name: Option<String>,
    /// For which machines; needed where an image is there for several of them, and `linux/amd64` is not.
    pub platform: Option<Platform>,
}

/// An archive that is not read as an image.
#[derive(Debug, thiserror::Error)]
#[error("`{part}` {why}")]
pub struct NotAnImage {
    part: String,
    why: String,
}

impl NotAnImage {
    fn new(part: impl Into<String>, why: impl Into<String>) -> Self {
        Self { part: part.into(), why: why.into() }
    }
}

/// Reads the image of the archive or directory `path`.
///
/// # Errors
///
/// When it is no image, holds several and none of them is chosen, or any part of the chosen one is missing, broken, not what
/// its digest says, or beyond the bounds.
pub fn open(path: &Path, choice: &Choice) -> Result<Root, NotAnImage> {
    let mut bounds = Bounds::new();
    let archive = open_archive(path, &mut bounds)?;
    let layers = manifest::layers(&archive, choice)?;
    if layers.len() > Bounds::LAYERS {
        return Err(NotAnImage::new("layers", format!("are more than {}", Bounds::LAYERS)));
    }
    let mut tree = Tree::new();
    let mut spool = None;
    for layer in &layers {
        lay(&mut tree, &archive, layer, &mut spool, &mut bounds).map_err(|why| NotAnImage::new(&*layer.path, why))?;
    }
    Ok(Root::volume(Box::new(tree)))
}

/// The files of the archive itself, before any layer is looked at.
fn open_archive(path: &Path, bounds: &mut Bounds) -> Result<Root, NotAnImage> {
    let name = path.display().to_string();
    let refused = |why: String| NotAnImage::new(&*name, why);
    if path.is_dir() {
        return Root::directory(path).map_err(|error| refused(error.to_string()));
    }
    let file = File::open(path).map_err(|error| refused(error.to_string()))?;
    let metadata = file.metadata().map_err(|error| refused(error.to_string()))?;
    if !metadata.is_file() {
        return Err(refused("is neither a file nor a directory".to_owned()));
    }
    let section = Section::new(Arc::new(file), 0, metadata.len());
    let mut tree = Tree::new();
    unpack(&mut tree, section, &mut None, bounds).map_err(refused)?;
    Ok(Root::volume(Box::new(tree)))
}

/// Lays one layer over what is there.
fn lay(
    tree: &mut Tree,
    archive: &Root,
    layer: &Layer,
    spool: &mut Option<Spool>,
    bounds: &mut Bounds,
) -> Result<(), String> {
    let section = section(archive, &layer.path).map_err(|error| match error {
        ReadError::Absent => "is not in the archive".to_owned(),
        ReadError::Unreadable(why) => why,
    })?;
    if let Some(digest) = &layer.sha256 {
        verify(section.clone(), digest)?;
    }
    unpack(tree, section, spool, bounds)
}

/// A file of the archive, which is a part of a file of this machine.
fn section(archive: &Root, path: &str) -> Result<Section, ReadError> {
    match archive.open(path)? {
        Contents::Section(section) => Ok(section),
        #[cfg(feature = "disks")]
        Contents::Ext4(_) => Err(ReadError::Unreadable("an archive inside a disk image".to_owned())),
    }
}

/// Holds a document against its digest.
fn check_digest(archive: &Root, path: &str, sha256: &str) -> Result<(), NotAnImage> {
    match section(archive, path) {
        Ok(section) => verify(section, sha256).map_err(|why| NotAnImage::new(path, why)),
        // Whoever reads it will say so.
        Err(_) => Ok(()),
    }
}

/// Compares a digest with the bytes before anything is made of them.
fn verify(mut section: Section, digest: &str) -> Result<(), String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let count = section.read(&mut buffer).map_err(|error| error.to_string())?;
        match buffer.get(..count) {
            Some(bytes) if !bytes.is_empty() => hash.update(bytes),
            _ => break,
        }
    }
    let found: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if found == digest { Ok(()) } else { Err(format!("is not what its digest says: it has sha256:{found}")) }
}

/// Lays an archive over what is there, whatever it is compressed with.
fn unpack(tree: &mut Tree, mut section: Section, spool: &mut Option<Spool>, bounds: &mut Bounds) -> Result<(), String> {
    let mut magic = [0; 4];
    let length = fill(&mut section, &mut magic).map_err(|error| error.to_string())?;
    section.seek(SeekFrom::Start(0)).map_err(|error| error.to_string())?;
    let packed = BufReader::with_capacity(1 << 16, section.clone());
    let mut source: Box<dyn Source> = match magic.get(..length).unwrap_or_default() {
        [0x1f, 0x8b, ..] => Box::new(Limited::new(flate2::bufread::MultiGzDecoder::new(packed))),
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => {
            let decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(|error| error.to_string())?;
            Box::new(Limited::new(decoder))
        }
        [b'B', b'Z', b'h', _] => return Err("is compressed with bzip2, which is not read".to_owned()),
        [0xfd, b'7', b'z', b'X'] => return Err("is compressed with xz, which is not read".to_owned()),
        _ => {
            let mut source = packed;
            return layer::apply(tree, &mut source, Keep::InPlace(&section), bounds).map_err(|error| error.to_string());
        }
    };
    let spool = match spool {
        Some(spool) => spool,
        None => spool.insert(Spool::new().map_err(|error| format!("cannot be unpacked: {error}"))?),
    };
    layer::apply(tree, &mut *source, Keep::Spool(spool), bounds).map_err(|error| error.to_string())?;
    // What follows the end marker is read too: only then are the checksums of the compression compared.
    std::io::copy(&mut source, &mut std::io::sink()).map(|_| ()).map_err(|error| error.to_string())
}

/// Reads as much of `buffer` as there is.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest)? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}
