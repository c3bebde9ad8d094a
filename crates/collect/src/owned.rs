//! Which files the system's package manager brought.

use std::collections::BTreeMap;

use crate::root::{DATABASE, Root};
use crate::source::{apk, rpm};

const DPKG_LISTS: &str = "/var/lib/dpkg/info";
const DPKG_PARTS: &str = "/var/lib/dpkg/status.d";

/// The packages that files belong to.
#[derive(Debug, Default)]
pub(crate) struct Owners(BTreeMap<String, Option<String>>);

impl Owners {
    /// The package that brought `path`, where one did.
    pub(crate) fn of(&self, path: &str) -> Option<&str> {
        self.0.get(merged(path))?.as_deref()
    }
}

/// The owners of `paths`. What a database that cannot be read says is said where its packages are read.
pub(crate) fn owners(root: &Root, paths: impl Iterator<Item = String>) -> Owners {
    let mut owners: BTreeMap<String, Option<String>> = paths.map(|path| (merged(&path).to_owned(), None)).collect();
    if owners.is_empty() {
        return Owners(owners);
    }
    let mut each = |package: &str, path: &str| {
        if let Some(owner) = owners.get_mut(merged(path)) {
            owner.get_or_insert_with(|| package.to_owned());
        }
    };
    dpkg(root, &mut each);
    apk::files(root, &mut each);
    rpm::files(root, &mut each);
    Owners(owners)
}

/// The same name whether or not `/lib` and the like are part of `/usr`: lists may tell it the old way.
fn merged(path: &str) -> &str {
    let path = path.trim_start_matches('/');
    path.strip_prefix("usr/").unwrap_or(path)
}

/// `NAME.list`: one path a line. Images with one file a package have `NAME.md5sums` instead: a digest and a path a line.
fn dpkg(root: &Root, each: &mut dyn FnMut(&str, &str)) {
    let mut lines = |folder: &str, suffix: &str, path: fn(&str) -> Option<&str>| {
        for name in root.list(folder).unwrap_or_default() {
            if let Some(package) = name.strip_suffix(suffix) {
                let bytes = root.read(&format!("{folder}/{name}"), DATABASE).unwrap_or_default();
                String::from_utf8_lossy(&bytes).lines().filter_map(path).for_each(|path| each(package, path));
            }
        }
    };
    lines(DPKG_LISTS, ".list", |line| Some(line));
    lines(DPKG_PARTS, ".md5sums", |line| line.split_once("  ").map(|(_, path)| path));
}
