//! The documents of a large network in memory.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File};
use std::io::BufWriter;

use crate::large_network::{Shape, write};

/// The documents by name.
pub(crate) fn documents(shape: Shape) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    write(shape, |name| BufWriter::new(File::create(folder.path().join(name)).unwrap())).unwrap();
    let file = |entry: std::io::Result<DirEntry>| {
        let path = entry.unwrap().path();
        (path.display().to_string(), fs::read(path).unwrap())
    };
    fs::read_dir(&folder).unwrap().map(file).collect()
}
