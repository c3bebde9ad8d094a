//! Raw disk images: the file system in one of their partitions, read without mounting it.
//!
//! Read are ext2, ext3 and ext4, with what their journal has not written out yet. What else a partition may hold is named.

mod ext4;
mod partition;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use partition::{Content, Partition};

use crate::root::{ReadError, Root, Section};

/// Where a system says what it is.
const RELEASES: [&str; 2] = ["/etc/os-release", "/usr/lib/os-release"];

/// An image that is not read as a disk.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotADisk(String);

/// Opens the partition that holds a system, or the one with this number, counted as Linux does.
///
/// # Errors
///
/// When there is none, there are several, or its file system cannot be read.
pub fn open(path: &Path, number: Option<u32>) -> Result<Root, NotADisk> {
    let whole = section(path).map_err(|error| NotADisk(error.to_string()))?;
    let partitions = partition::partitions(&whole).map_err(NotADisk)?;
    if let Some(number) = number {
        return match partitions.iter().find(|partition| partition.number == number) {
            Some(partition) => root(partition),
            None => Err(NotADisk(format!("has no partition {number}: {}", told(&partitions)))),
        };
    }
    let mut found = Vec::new();
    for partition in partitions.iter().filter(|partition| partition.content == Content::Ext) {
        let root = root(partition)?;
        // A link of this name may lead into another partition: it is the name that counts.
        if RELEASES.iter().any(|release| !matches!(root.stat(release), Err(ReadError::Absent))) {
            found.push((partition.number, root));
        }
    }
    let numbers: Vec<String> = found.iter().map(|(number, _)| number.to_string()).collect();
    match (found.pop(), found.is_empty()) {
        (Some((_, root)), true) => Ok(root),
        (Some(_), false) => Err(NotADisk(format!("holds several systems, choose a partition: {}", numbers.join(", ")))),
        (None, _) => Err(NotADisk(format!("holds no system that can be read: {}", told(&partitions)))),
    }
}

fn section(path: &Path) -> std::io::Result<Section> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    Ok(Section::new(Arc::new(file), 0, metadata.len()))
}

fn root(partition: &Partition) -> Result<Root, NotADisk> {
    let failed = |why: String| NotADisk(format!("the file system of {} cannot be read: {why}", partition.name()));
    if partition.content != Content::Ext {
        return Err(failed(format!("it is {}, not ext2, ext3 or ext4", partition.content)));
    }
    let volume = ext4::Ext4::open(partition.section.clone()).map_err(failed)?;
    Ok(Root::volume(Box::new(volume)))
}

/// What there is, for a person.
fn told(partitions: &[Partition]) -> String {
    let told: Vec<String> = partitions.iter().map(|it| format!("{} is {}", it.name(), it.content)).collect();
    if told.is_empty() { "its partition table is empty".to_owned() } else { told.join(", ") }
}
