//! What the compiler does not check about the repository's shape. A test runs it, so `cargo nextest` checks what CI checks.

mod bans;
mod layers;
mod lists;
mod sources;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// Text files by path relative to the repository, with `/`.
pub(crate) type Tree = BTreeMap<String, String>;

/// One check: the complaints, each naming its file.
type Check = fn(&Tree) -> Vec<String>;

const CHECKS: &[Check] = &[bans::check, layers::check, lists::check, sources::check];

/// Fails with every complaint, a line each.
pub(crate) fn check(root: &Path) -> Result<()> {
    let mut tree = Tree::new();
    for (folder, endings) in FOLDERS {
        load(root, &root.join(folder), endings, &mut tree)?;
    }
    for file in FILES {
        tree.insert((*file).to_owned(), read(&root.join(file))?);
    }
    let complaints: Vec<String> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    ensure!(complaints.is_empty(), "{}", complaints.join("\n"));
    Ok(())
}

/// Where to look, and at which files.
const FOLDERS: &[(&str, &[&str])] =
    &[("crates", &["rs", "toml"]), ("console/src", &["ts", "tsx"]), ("conformance", &["py"])];

/// Single files.
const FILES: &[&str] = &["Cargo.lock", "Cargo.toml", "deny.toml"];

fn load(root: &Path, folder: &Path, endings: &[&str], tree: &mut Tree) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if path.is_dir() {
            load(root, &path, endings, tree)?;
        } else if endings.contains(&ending) {
            tree.insert(path.strip_prefix(root)?.display().to_string(), read(&path)?);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

#[cfg(test)]
fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_repository_is_tidy() {
        super::check(&crate::root()).unwrap();
    }
}
