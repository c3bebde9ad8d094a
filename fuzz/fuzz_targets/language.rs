//! Fuzzes files that name packages of languages; the first byte chooses the kind.
#![no_main]

use inspector_collect::{Root, language};
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::LazyLock;

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a temporary directory"));

fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.path().join(name);
    std::fs::write(&path, bytes).expect("a temporary file");
    path
}

const NAMES: [&str; 7] = [
    "a.dist-info/METADATA",
    "a.jar",
    "composer/installed.json",
    "node_modules/a/package.json",
    "program",
    "specifications/a.gemspec",
    "a.egg-info",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(*choice) % NAMES.len()];
    if let Some((parent, _)) = name.rsplit_once('/') {
        std::fs::create_dir_all(FOLDER.path().join(parent)).expect("a temporary directory");
    }
    let path = written(name, bytes);
    let root = Root::directory(FOLDER.path()).expect("a directory");
    let _ = language::collect(&root);
    let _ = std::fs::remove_file(path);
});
