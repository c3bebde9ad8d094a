//! Every rule of our own benchmark on its fixtures: a host that is right, one that is wrong, an empty one, and one whose
//! files cannot be read.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests and their helpers")]

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Section {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    id: String,
    check: Check,
    pass: Tree,
    fail: Tree,
    absent: String,
}

#[derive(Deserialize)]
struct Check {
    kind: String,
    path: Option<String>,
}

/// Files and directories by path.
type Tree = BTreeMap<String, Node>;

#[derive(Deserialize)]
#[serde(untagged)]
enum Node {
    Text(String),
    Full { kind: Option<String>, text: Option<String>, mode: String },
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/linux-baseline")
}

fn lay(root: &Path, tree: &Tree) {
    for (path, node) in tree {
        let path = root.join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let (directory, text, mode) = match node {
            Node::Text(text) => (false, text.as_str(), "0644"),
            Node::Full { kind, text, mode } => {
                (kind.as_deref() == Some("directory"), text.as_deref().unwrap_or_default(), mode.as_str())
            }
        };
        match directory {
            true => fs::create_dir_all(&path).unwrap(),
            false => fs::write(&path, text).unwrap(),
        }
        fs::set_permissions(&path, Permissions::from_mode(u32::from_str_radix(mode, 8).unwrap())).unwrap();
    }
}

/// Text becomes what is no text; where only metadata counts, the way there leads in a circle.
fn lay_unreadable(root: &Path, rule: &Rule) {
    match (rule.check.kind.as_str(), &rule.check.path) {
        ("mode" | "absent", Some(path)) => {
            let path = root.join(path.trim_start_matches('/'));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if path.exists() {
                fs::remove_dir(&path).unwrap();
            }
            symlink(path.file_name().unwrap(), &path).unwrap();
        }
        _ => {
            lay(root, &rule.pass);
            rule.pass.keys().for_each(|path| fs::write(root.join(path.trim_start_matches('/')), [0xff, 0xfe]).unwrap());
        }
    }
}

fn outcome(root: &Path, rule: &str) -> String {
    let id = format!("xccdf_org.openinspector.content_rule_{rule}");
    let stream = content().join("stream/linux-baseline-ds.xml");
    let output = Command::new(env!("CARGO_BIN_EXE_inspector"))
        .args(["scan", "host", "--package", "cis", "--profile", "(all)", "--format", "json", "--coverage", "full"])
        .args(["--rule", &id, "--root", root.to_str().unwrap(), "--benchmark", stream.to_str().unwrap()])
        .output()
        .unwrap();
    let result: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic_with(&output.stderr));
    let rows = result["coverage"]["cis"]["rules"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{rule}: {rows:?}");
    rows[0]["outcome"].as_str().unwrap().to_owned()
}

#[expect(clippy::panic, reason = "the text that the program left is the reason")]
fn panic_with(stderr: &[u8]) -> Value {
    panic!("{}", String::from_utf8_lossy(stderr))
}

#[test]
fn every_rule_tells_right_wrong_absent_and_unreadable_apart() {
    let probe = tempfile::tempdir().unwrap();
    if fs::metadata(probe.path()).unwrap().uid() != 0 {
        eprintln!("skipped: files of root can only be laid by root");
        return;
    }
    let mut rules = 0;
    for entry in fs::read_dir(content().join("rules")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for rule in toml::from_str::<Section>(&text).unwrap().rule {
            for (case, wanted) in
                [("pass", "pass"), ("fail", "fail"), ("absent", rule.absent.as_str()), ("unreadable", "not_assessed")]
            {
                let root = tempfile::tempdir().unwrap();
                fs::create_dir(root.path().join("etc")).unwrap();
                match case {
                    "pass" => lay(root.path(), &rule.pass),
                    "fail" => lay(root.path(), &rule.fail),
                    "unreadable" => lay_unreadable(root.path(), &rule),
                    _ => {}
                }
                assert_eq!(outcome(root.path(), &rule.id), wanted, "{} on its fixture `{case}`", rule.id);
            }
            rules += 1;
        }
    }
    assert!(rules >= 60, "{rules} rules");
}

#[test]
fn a_host_is_held_against_the_baseline_where_no_other_benchmark_is_named() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("etc")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_inspector"))
        .args(["scan", "host", "--package", "cis", "--format", "json", "--root", root.path().to_str().unwrap()])
        .output()
        .unwrap();
    let result: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic_with(&output.stderr));
    assert!(result["coverage"]["cis"]["pass"].as_u64().unwrap() > 20, "{}", result["coverage"]);
}
