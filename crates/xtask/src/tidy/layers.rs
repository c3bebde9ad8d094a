//! Who may use whom (docs/ARCHITECTURE.md), and what every manifest must say.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::Tree;

/// Whether a crate may touch clock, files, environment and sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Pure,
    Edge,
}

/// Folder, room, and the folders that it may use.
const LAYERS: &[(&str, Room, &[&str])] = &[
    ("agent", Room::Edge, &["collect", "model", "scap"]),
    ("api", Room::Pure, &["model"]),
    ("assess", Room::Pure, &["model", "reachability", "scap", "vuln"]),
    ("aws", Room::Edge, &["model"]),
    (
        "cli",
        Room::Edge,
        &["api", "assess", "aws", "collect", "model", "reachability", "report", "scap", "server", "store", "vuln"],
    ),
    ("collect", Room::Edge, &["model", "scap"]),
    ("model", Room::Pure, &[]),
    ("reachability", Room::Pure, &["model"]),
    ("report", Room::Pure, &["model"]),
    ("scap", Room::Pure, &["model"]),
    ("server", Room::Edge, &["api", "assess", "aws", "model", "reachability", "report", "scap", "store", "vuln"]),
    ("store", Room::Edge, &["model"]),
    ("vuln", Room::Pure, &["model"]),
    ("xtask", Room::Edge, &[]),
];

/// Complaints about the members' manifests.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    let folders = tree.keys().filter_map(|path| path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml"));
    for folder in folders.clone() {
        match LAYERS.iter().find(|(name, ..)| *name == folder) {
            Some((_, room, may_use)) => complaints.extend(member(tree, folder, *room, may_use)),
            None => complaints.push(format!("crates/{folder}: no layer; add a row to LAYERS in xtask's tidy")),
        }
    }
    let folders: BTreeSet<&str> = folders.collect();
    let gone = LAYERS.iter().filter(|(name, ..)| !folders.contains(name));
    complaints.extend(gone.map(|(name, ..)| format!("crates/{name}: has a layer but no folder")));
    complaints.extend(lints(tree.get("Cargo.toml").map(String::as_str).unwrap_or_default()));
    complaints
}

fn member(tree: &Tree, folder: &str, room: Room, may_use: &[&str]) -> Vec<String> {
    let path = format!("crates/{folder}/Cargo.toml");
    let manifest: Table = match tree.get(&path).map(|text| text.parse()) {
        Some(Ok(manifest)) => manifest,
        Some(Err(_)) | None => return vec![format!("{path}: is no TOML")],
    };
    let mut complaints = Vec::new();
    let mut expect = |ok: bool, complaint: String| complaints.extend((!ok).then(|| format!("{path}: {complaint}")));

    let name = at(&manifest, &["package", "name"]).and_then(Value::as_str).unwrap_or_default();
    let expected = if folder == "xtask" { folder.to_owned() } else { format!("inspector-{folder}") };
    expect(name == expected, format!("the package must be called `{expected}`"));
    expect(
        at(&manifest, &["lints", "workspace"]) == Some(&Value::Boolean(true)),
        "lacks `[lints] workspace = true`".to_owned(),
    );
    let own_clippy = tree.contains_key(&format!("crates/{folder}/clippy.toml"));
    match room {
        Room::Pure => {
            expect(!own_clippy, "a pure crate has no clippy.toml: it would switch the purity list off".to_owned())
        }
        Room::Edge => expect(own_clippy, "an edge crate needs a clippy.toml of its own".to_owned()),
    }
    for (kind, dependency, value) in dependencies(&manifest) {
        expect(
            value.get("workspace") == Some(&Value::Boolean(true)),
            format!("`{dependency}` is not pinned in the workspace; write `{dependency}.workspace = true`"),
        );
        if let (Some(ours), false) = (dependency.strip_prefix("inspector-"), kind == "dev-dependencies") {
            expect(may_use.contains(&ours), format!("`{folder}` may not use `{ours}`"));
        }
    }
    complaints
}

/// Kind, name and value of every dependency, those of single platforms included.
fn dependencies(manifest: &Table) -> Vec<(&str, &str, &Value)> {
    let platforms = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let tables = platforms.filter_map(|(_, platform)| platform.as_table()).chain([manifest]);
    let kinds = ["dependencies", "build-dependencies", "dev-dependencies"];
    tables
        .flat_map(|table| kinds.into_iter().filter_map(|kind| Some((kind, table.get(kind)?.as_table()?))))
        .flat_map(|(kind, table)| table.iter().map(move |(name, value)| (kind, name.as_str(), value)))
        .collect()
}

/// The lints that the habits of this repository rest on.
fn lints(root: &str) -> Vec<String> {
    let manifest: Table = root.parse().unwrap_or_default();
    let wanted = [
        ("rust", "unsafe_code", "forbid"),
        ("rust", "missing_docs", "warn"),
        ("clippy", "unwrap_used", "deny"),
        ("clippy", "panic", "deny"),
        ("clippy", "indexing_slicing", "deny"),
    ];
    let missing = wanted.into_iter().filter(|(tool, lint, level)| {
        at(&manifest, &["workspace", "lints", tool, lint]).and_then(Value::as_str) != Some(level)
    });
    missing
        .map(|(tool, lint, level)| format!("Cargo.toml: the workspace lint {tool}::{lint} is not `{level}`"))
        .collect()
}

fn at<'a>(table: &'a Table, path: &[&str]) -> Option<&'a Value> {
    let (last, folders) = path.split_last()?;
    folders.iter().try_fold(table, |table, name| table.get(*name)?.as_table())?.get(*last)
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn complaints(folder: &str, manifest: &str, more: &[(&str, &str)]) -> Vec<String> {
        let path = format!("crates/{folder}/Cargo.toml");
        let mut files = vec![(path.as_str(), manifest)];
        files.extend(more);
        let (_, room, may_use) = LAYERS.iter().find(|(name, ..)| *name == folder).unwrap();
        member(&tree(&files), folder, *room, may_use)
    }

    const VULN: &str = "[package]\nname = \"inspector-vuln\"\n[lints]\nworkspace = true\n[dependencies]\n";

    #[test]
    fn a_dependency_against_the_layers_is_named() {
        assert_eq!(complaints("vuln", &format!("{VULN}inspector-model.workspace = true"), &[]), Vec::<String>::new());
        assert_eq!(
            complaints("vuln", &format!("{VULN}inspector-store.workspace = true"), &[]),
            ["crates/vuln/Cargo.toml: `vuln` may not use `store`"]
        );
        let for_tests = format!("{VULN}[dev-dependencies]\ninspector-store.workspace = true");
        assert_eq!(complaints("vuln", &for_tests, &[]), Vec::<String>::new());
        let on_unix = format!("{VULN}[target.'cfg(unix)'.dependencies]\ninspector-store.workspace = true");
        assert_eq!(complaints("vuln", &on_unix, &[]).len(), 1);
    }

    #[test]
    fn a_version_of_its_own_is_named() {
        let complaint = &complaints("vuln", &format!("{VULN}serde = \"1\""), &[])[0];
        assert!(complaint.contains("`serde` is not pinned in the workspace"), "{complaint}");
    }

    #[test]
    fn lints_and_purity_are_held() {
        let without = VULN.replace("[lints]\nworkspace = true\n", "");
        assert!(complaints("vuln", &without, &[])[0].contains("lacks `[lints] workspace = true`"));
        assert!(complaints("vuln", VULN, &[("crates/vuln/clippy.toml", "")])[0].contains("has no clippy.toml"));
        let store = VULN.replace("vuln", "store");
        assert!(complaints("store", &store, &[])[0].contains("needs a clippy.toml"));
        assert_eq!(lints("[workspace.lints.rust]\nmissing_docs = \"warn\"").len(), 4);
    }

    #[test]
    fn a_crate_without_a_layer_and_a_layer_without_a_crate_are_named() {
        let complaints = check(&tree(&[("crates/novel/Cargo.toml", "")]));
        assert!(complaints.iter().any(|complaint| complaint.starts_with("crates/novel: no layer")));
        assert!(complaints.contains(&"crates/model: has a layer but no folder".to_owned()));
    }
}
