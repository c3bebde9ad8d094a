//! Fuzzes container images, and the facts of what is in them.
#![no_main]

use inspector_collect::image::{Choice, open};
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
    if let Ok(root) = open(&written("image.tar", bytes), &Choice::default()) {
        let _ = inspector_collect::collect(&root, Timestamp::from_millis(0));
        let _ = inspector_collect::language::collect(&root);
    }
});
