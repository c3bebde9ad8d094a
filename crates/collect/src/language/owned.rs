//! Which files the system's package manager brought, so that nothing is told twice.

use std::collections::BTreeSet;

use inspector_model::language::LanguageInventory;

use crate::root::{DATABASE, Root};
use crate::source::{apk, rpm};

const DPKG_LISTS: &str = "/var/lib/dpkg/info";
const DPKG_PARTS: &str = "/var/lib/dpkg/status.d";

/// Marks the packages whose file belongs to a package of the system, and drops problems with such files.
pub(super) fn mark(root: &Root, inventory: &mut LanguageInventory) {
    let packages = inventory.packages.iter().map(|package| &package.at);
    let problems = inventory.problems.iter().map(|problem| &problem.at);
    let wanted: BTreeSet<String> = packages.chain(problems).map(|at| file(&at.path).to_owned()).collect();
    if wanted.is_empty() {
        return;
    }
    let mut owned = BTreeSet::new();
    let mut each = |path: &str| {
        let path = merged(path);
        if wanted.contains(path) {
            owned.insert(path.to_owned());
        }
    };
    dpkg(root, &mut each);
    apk::files(root, &mut each);
    rpm::files(root, &mut each);
    for package in &mut inventory.packages {
        package.owned = owned.contains(file(&package.at.path));
    }
    inventory.problems.retain(|problem| !owned.contains(file(&problem.at.path)));
}

/// The file on the disk, of a place that may be inside an archive.
fn file(place: &str) -> &str {
    merged(place.split("!/").next().unwrap_or(place))
}

/// The same name whether or not `/lib` and the like are part of `/usr`: lists may tell it the old way.
fn merged(path: &str) -> &str {
    let path = path.trim_start_matches('/');
    path.strip_prefix("usr/").unwrap_or(path)
}

/// `NAME.list`: one path a line. Images with one file a package have `NAME.md5sums` instead: a digest and a path a line.
fn dpkg(root: &Root, each: &mut dyn FnMut(&str)) {
    let mut lines = |folder: &str, suffix: &str, path: fn(&str) -> Option<&str>| {
        for name in root.list(folder).unwrap_or_default() {
            if name.ends_with(suffix) {
                let bytes = root.read(&format!("{folder}/{name}"), DATABASE).unwrap_or_default();
                String::from_utf8_lossy(&bytes).lines().filter_map(path).for_each(&mut *each);
            }
        }
    };
    lines(DPKG_LISTS, ".list", |line| Some(line));
    lines(DPKG_PARTS, ".md5sums", |line| line.split_once("  ").map(|(_, path)| path));
}
