//! Fuzzes disk images: partition tables and ext file systems.
#![no_main]

use inspector_collect::disk::open;
use inspector_model::Timestamp;
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::LazyLock;

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a temporary directory"));

fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.path().join(name);
    std::fs::write(&path, bytes).expect("a temporary file");
    path
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(root) = open(&written("disk.img", bytes), None) {
        let _ = inspector_collect::collect(&root, Timestamp::from_millis(0));
    }
});
