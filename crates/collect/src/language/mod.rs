//! Packages of programming languages: one module per kind of file, over one walk through a root.
//!
//! They are a source of their own beside the package manager's, and who compares both can tell them apart: what a package
//! of the system brought is marked as owned. Every file that looks like one of ours and makes no sense is a problem.

mod composer;
mod executable;
mod gem;
mod java;
mod npm;
mod python;
mod walk;

use inspector_model::Place;
use inspector_model::host::InventoryProblem;
use inspector_model::language::{Ecosystem, LanguageInventory, LanguagePackage};

use crate::owned;
use crate::root::Root;

/// Limit for one file that describes a package.
const DESCRIPTION: u64 = 8 << 20;

/// One kind of file that names packages.
struct Source {
    /// Whether the file of this name may be one; the path has no slash at its start.
    wants: fn(&str) -> bool,
    /// Reads it.
    read: fn(&Root, &str, &mut Found),
}

/// Every kind. A file is read by the first that wants it.
const SOURCES: &[Source] =
    &[composer::SOURCE, gem::SOURCE, java::SOURCE, npm::SOURCE, python::SOURCE, executable::SOURCE];

/// What was found so far.
#[derive(Default)]
struct Found {
    inventory: LanguageInventory,
}

impl Found {
    fn package(&mut self, ecosystem: Ecosystem, name: &str, version: &str, path: &str) {
        if !is_word(name) || !is_word(version) {
            let (name, version) = (name.escape_debug(), version.escape_debug());
            return self
                .problem(path, format!("the {ecosystem} package `{name}` has the unreadable version `{version}`"));
        }
        self.inventory.packages.push(LanguagePackage {
            ecosystem,
            name: name.to_owned(),
            version: version.to_owned(),
            at: place(path),
            owned: false,
        });
    }

    fn problem(&mut self, path: &str, why: impl Into<String>) {
        self.inventory.problems.push(InventoryProblem { at: place(path), why: why.into() });
    }
}

fn place(path: &str) -> Place {
    Place::whole(format!("/{path}"))
}

/// Neither empty nor long, without blanks and control characters.
fn is_word(text: &str) -> bool {
    (1..=512).contains(&text.len())
        && !text.chars().any(|character| character.is_whitespace() || character.is_control())
}

/// Walks through the whole root.
pub fn collect(root: &Root) -> LanguageInventory {
    let mut found = Found::default();
    let mut files = Vec::new();
    for (path, why) in walk::files(root, &mut |path| {
        if SOURCES.iter().any(|source| (source.wants)(path)) {
            files.push(path.to_owned());
        }
    }) {
        found.problem(&path, why);
    }
    for path in &files {
        if let Some(source) = SOURCES.iter().find(|source| (source.wants)(path)) {
            (source.read)(root, path, &mut found);
        }
    }
    let mut inventory = found.inventory;
    mark_owned(root, &mut inventory);
    inventory.packages.sort();
    inventory.packages.dedup();
    inventory.problems.sort();
    inventory.problems.dedup();
    inventory
}

/// Marks the packages whose file belongs to a package of the system, and drops problems with such files: nothing is told
/// twice.
fn mark_owned(root: &Root, inventory: &mut LanguageInventory) {
    // The file on the disk, of a place that may be inside an archive.
    let file = |place: &str| place.split("!/").next().unwrap_or(place).to_owned();
    let packages = inventory.packages.iter().map(|package| &package.at);
    let problems = inventory.problems.iter().map(|problem| &problem.at);
    let owners = owned::owners(root, packages.chain(problems).map(|at| file(&at.path)));
    for package in &mut inventory.packages {
        package.owned = owners.of(&file(&package.at.path)).is_some();
    }
    inventory.problems.retain(|problem| owners.of(&file(&problem.at.path)).is_none());
}
