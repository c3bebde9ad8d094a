//! Lists agree with their folders: a file that nobody names is a failing test and not a silent hole.

use super::Tree;

/// Folder of a list, and the constant by which a file belongs to it.
const LISTS: &[(&str, &str)] = &[
    ("crates/assess/src/best_practices", "RULE"),
    ("crates/assess/src/runtime_behavior", "RULE"),
    ("crates/collect/src/scap", "SOURCE"),
    ("crates/report/src/format", "FORMAT"),
    ("crates/scap/src/oval/function", "FUNCTION"),
    ("crates/scap/src/oval/kind", "KIND"),
    ("crates/vuln/src/feed", "FEED"),
    ("crates/vuln/src/version", "ORDER"),
];

/// Complaints about files that no module declares and entries that no list names.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let orphans = tree.keys().filter(|path| is_orphan(tree, path)).map(|path| format!("{path}: no module declares it"));
    orphans.chain(LISTS.iter().flat_map(|(folder, constant)| list(tree, folder, constant))).collect()
}

/// Whether a source file is outside every program: the compiler does not even see it.
fn is_orphan(tree: &Tree, path: &str) -> bool {
    let Some((krate, inner)) = path.strip_prefix("crates/").and_then(|rest| rest.split_once("/src/")) else {
        return false;
    };
    let Some(inner) = inner.strip_suffix(".rs") else { return false };
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    if matches!(inner, "lib" | "main") {
        return false;
    }
    let (parent, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    let parents = match parent {
        "" => vec![format!("crates/{krate}/src/lib.rs"), format!("crates/{krate}/src/main.rs")],
        parent => vec![format!("crates/{krate}/src/{parent}/mod.rs"), format!("crates/{krate}/src/{parent}.rs")],
    };
    let declaration = format!("mod {name};");
    let declares = |text: &String| text.lines().any(|line| line.trim_start().ends_with(&declaration));
    !parents.iter().filter_map(|parent| tree.get(parent)).any(declares)
}

fn list(tree: &Tree, folder: &str, constant: &str) -> Vec<String> {
    let index = format!("{folder}/mod.rs");
    let Some(text) = tree.get(&index) else {
        return vec![format!("{index}: the list of every {constant} is gone")];
    };
    let declares = |text: &str| text.lines().any(|line| line.contains(&format!("const {constant}:")));
    let entries = tree.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".rs")?;
        let name = name.strip_suffix("/mod").unwrap_or(name);
        (declares(text) && !name.contains('/')).then_some(name)
    });
    let missing = entries.filter(|name| !text.contains(&format!("{name}::{constant}")));
    missing.map(|name| format!("{index}: does not list `{name}::{constant}`")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    #[test]
    fn a_file_that_no_module_declares_is_named() {
        let files = [
            ("crates/a/src/lib.rs", "pub mod b;\n"),
            ("crates/a/src/b.rs", "mod c;"),
            ("crates/a/src/b/c.rs", ""),
            ("crates/a/src/b/d.rs", ""),
            ("crates/a/src/e/mod.rs", ""),
            ("crates/a/tests/free.rs", ""),
        ];
        let tree = tree(&files);
        let orphans: Vec<&String> = tree.keys().filter(|path| is_orphan(&tree, path)).collect();
        assert_eq!(orphans, ["crates/a/src/b/d.rs", "crates/a/src/e/mod.rs"]);
    }

    #[test]
    fn an_entry_that_its_list_forgets_is_named() {
        let entry = "pub(super) const FEED: Feed = Feed {};";
        let files = [
            ("f/mod.rs", "mod alpine;\nmod debian;\npub const FEEDS: &[Feed] = &[alpine::FEED];"),
            ("f/alpine.rs", entry),
            ("f/debian.rs", entry),
            ("f/helper.rs", "pub(super) fn help() {}"),
        ];
        assert_eq!(list(&tree(&files), "f", "FEED"), ["f/mod.rs: does not list `debian::FEED`"]);
    }

    #[test]
    fn a_list_that_moved_away_is_named() {
        assert_eq!(list(&tree(&[]), "f", "FEED"), ["f/mod.rs: the list of every FEED is gone"]);
    }
}
