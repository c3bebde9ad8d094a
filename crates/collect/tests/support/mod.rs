//! Small host roots for tests.

use std::path::{Path, PathBuf};

use inspector_collect::Root;
use inspector_model::host::HostFacts;
use inspector_model::{Fact, Timestamp};
use tempfile::TempDir;

/// A directory tree with these files. A name that ends in `/` is a directory; a content that starts with `-> ` makes a
/// symbolic link.
pub(crate) fn tree(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name.trim_start_matches('/'));
        if name.ends_with('/') {
            std::fs::create_dir_all(&path).unwrap();
            continue;
        }
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match content.strip_prefix("-> ") {
            Some(target) => std::os::unix::fs::symlink(target, &path).unwrap(),
            None => std::fs::write(&path, content).unwrap(),
        }
    }
    folder
}

/// The facts of such a tree.
pub(crate) fn facts(files: &[(&str, &str)]) -> HostFacts {
    facts_of(tree(files).path())
}

/// The facts of a directory tree.
pub(crate) fn facts_of(path: &Path) -> HostFacts {
    inspector_collect::collect(&Root::directory(path).unwrap(), Timestamp::from_millis(0))
}

/// The place and reason of an unreadable fact.
pub(crate) fn unreadable<T: std::fmt::Debug>(fact: &Fact<T>) -> (String, String) {
    match fact {
        Fact::Unreadable { at, why } => (at.to_string(), why.clone()),
        Fact::Seen { .. } | Fact::Absent { .. } => panic!("{fact:?} is readable"),
    }
}

/// Test data that does not belong to the repository, where it is at hand.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("OPENINSPECTOR_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = folder.join("data").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: `{}` is not there", path.display());
    None
}
