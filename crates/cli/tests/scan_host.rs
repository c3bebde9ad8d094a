//! `inspector scan host` on small roots: verdicts, evidence and exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests and their helpers"
)]

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const RELEASE: (&str, &str) = ("etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n");
/// The head of an x86-64 program.
const SHELL: (&str, &str) = ("bin/sh", "\u{7f}ELF\u{2}\u{1}\u{1}\0\0\0\0\0\0\0\0\0\u{3}\0>\0");
const SERVER: (&str, &str) = ("usr/sbin/sshd", "\0OpenSSH_9.2p1\0");
/// What every root of these tests has.
const BASE: [(&str, &str); 5] =
    [RELEASE, SHELL, SERVER, ("etc/hostname", "web-1\n"), ("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")];
/// As a distribution ships it.
const WEAK: [(&str, &str); 4] = [
    ("etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nX11Forwarding yes\n"),
    ("etc/login.defs", "PASS_MAX_DAYS 99999\n"),
    ("etc/pam.d/passwd", "password required pam_unix.so\n"),
    ("etc/shadow", "root:$6$x$y:19000:0:99999:7:::\n"),
];
/// As the rules ask for it.
const STRONG: [(&str, &str); 6] = [
    ("etc/ssh/sshd_config", "PermitRootLogin no\nPasswordAuthentication no\n"),
    ("etc/login.defs", "PASS_MAX_DAYS 90\n"),
    ("etc/pam.d/passwd", "password requisite pam_pwquality.so\npassword required pam_unix.so remember=12\n"),
    ("etc/security/pwquality.conf", "minlen = 14\nlcredit = -1\nucredit = -1\ndcredit = -1\nocredit = -1\n"),
    ("etc/shadow", "root:$6$x$y:19000:0:90:7:::\n"),
    ("etc/sysctl.d/50.conf", "kernel.randomize_va_space = 2\n"),
];

#[test]
fn a_host_as_shipped_fails_with_the_lines_to_change() {
    let Some(root) = tree(&[&BASE, &WEAK[..]].concat()) else { return };
    let output = scan(&root, &["--fail-on", "Medium"]);
    assert_eq!(output.status.code(), Some(1));
    let places: Vec<String> = findings(&output)
        .iter()
        .map(|finding| {
            let at = &finding["proof"]["settings"][0]["at"];
            format!("{}, {}, {}", finding["id"].as_str().unwrap(), at["path"].as_str().unwrap(), at["line"])
        })
        .collect();
    assert_eq!(
        places,
        [
            "Configure password complexity, /etc/pam.d/passwd, null",
            "Configure password maximum age, /etc/login.defs, 1",
            "Configure password minimum length, /etc/pam.d/passwd, null",
            "Disable password authentication over SSH, default of OpenSSH 9.2, null",
            "Disable root login over SSH, default of OpenSSH 9.2, null",
        ]
    );
}

#[test]
fn a_hardened_host_has_no_finding_but_a_directory_tree_cannot_tell_everything() {
    let Some(root) = tree(&[&BASE, &STRONG[..]].concat()) else { return };
    let output = scan(&root, &[]);
    assert_eq!((findings(&output).len(), output.status.code()), (0, Some(3)));
    let document = json(&output);
    assert_eq!(document["coverage"]["best-practices"]["pass"], 8);
    assert_eq!(document["coverage"]["best-practices"]["notAssessed"], 1);
    let exclusion = document["exclusions"][0]["description"].as_str().unwrap();
    assert!(exclusion.contains("only a running kernel tells"), "{exclusion}");
    assert_eq!(scan(&root, &["--allow-incomplete"]).status.code(), Some(0));
}

#[test]
fn a_permissive_match_block_in_an_included_file_is_found() {
    let block = ("etc/ssh/sshd_config.d/50-backup.conf", "Match User backup\n  PasswordAuthentication yes\n");
    let config =
        ("etc/ssh/sshd_config", "PermitRootLogin no\nPasswordAuthentication no\nInclude sshd_config.d/*.conf\n");
    let Some(root) = tree(&[&BASE, &STRONG[1..], &[config, block]].concat()) else { return };
    let found = findings(&scan(&root, &[]));
    assert_eq!(found.len(), 1);
    let setting = &found[0]["proof"]["settings"][0];
    assert_eq!(setting["at"]["path"], "/etc/ssh/sshd_config.d/50-backup.conf");
    assert_eq!((&setting["at"]["line"], &setting["found"]), (&Value::from(2), &Value::from("yes")));
}

#[test]
fn a_distribution_that_nobody_knows_is_assessed_all_the_same() {
    let release = ("etc/os-release", "ID=frobnix\nPRETTY_NAME=\"Frobnix 7\"\n");
    let Some(root) = tree(&[&BASE[1..], &STRONG[..], &[release]].concat()) else { return };
    let document = json(&scan(&root, &[]));
    assert_eq!(document["subject"]["operatingSystem"], "Frobnix 7");
    assert_eq!(document["coverage"]["best-practices"]["pass"], 8);
}

#[test]
fn what_could_not_be_read_is_excluded_and_never_passes() {
    let broken = ("etc/ssh/sshd_config", "PermitRootLogin \"no\n");
    let Some(root) = tree(&[&BASE, &STRONG[1..], &[broken]].concat()) else { return };
    let output = scan(&root, &[]);
    let document = json(&output);
    assert_eq!(output.status.code(), Some(3));
    // Protocol 1 depends on the release alone only once the configuration could be read.
    assert_eq!(document["coverage"]["best-practices"]["pass"], 5);
    let told = document["exclusions"].to_string();
    assert!(told.contains("`/etc/ssh/sshd_config:1`: a quotation mark that does not end"), "{told}");
}

#[test]
fn a_folder_that_is_no_host_has_nothing_assessed() {
    let Some(root) = tree(&[]) else { return };
    let output = scan(&root, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(json(&output)["coverage"]["best-practices"]["notAssessed"], 9);
}

#[test]
fn a_root_that_is_not_there_is_an_error_of_one_line_with_help() {
    let output = inspector(Path::new("/nonexistent/root"), &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let told = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].starts_with("error: ") && lines[0].contains("`/nonexistent/root`"), "{told}");
    assert!(lines.len() == 2 && lines[1].starts_with("help: "), "{told}");
}

#[test]
fn facts_that_an_agent_printed_are_judged_like_the_host_itself() {
    let Some(root) = tree(&[&BASE, &WEAK[..]].concat()) else { return };
    let host = inspector_collect::Root::directory(root.path()).unwrap();
    let facts = inspector_collect::collect(&host, inspector_model::Timestamp::from_millis(0));
    let file = root.path().join("facts.json");
    std::fs::write(&file, serde_json::to_vec(&facts).unwrap()).unwrap();
    let told = |output: &Output| -> Vec<Value> {
        findings(output)
            .into_iter()
            .map(|it| Value::from(vec![it["fingerprint"].clone(), it["proof"].clone()]))
            .collect()
    };
    let judged = told(&judge("--agent-facts", &file, &[]));
    assert!(!judged.is_empty());
    assert_eq!(judged, told(&scan(&root, &[])));
}

#[test]
fn facts_of_another_schema_are_an_error_that_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("facts.json");
    for content in ["", "{}", "[]", "{\"schema\": \"openinspector.facts/1\"}"] {
        std::fs::write(&file, content).unwrap();
        let output = judge("--agent-facts", &file, &[]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && told.contains("facts.json`: "), "{content}: {told}");
    }
}

/// A directory tree with these files, or `None` where this user cannot make one that belongs to root.
fn tree(files: &[(&str, &str)]) -> Option<TempDir> {
    let folder = tempfile::tempdir().unwrap();
    if folder.path().metadata().unwrap().uid() != 0 {
        eprintln!("skipped: only root can make a directory tree that belongs to root");
        return None;
    }
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        for directory in path.ancestors().skip(1).take_while(|directory| *directory != folder.path()) {
            std::fs::set_permissions(directory, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
    Some(folder)
}

fn scan(root: &TempDir, more: &[&str]) -> Output {
    inspector(root.path(), more)
}

fn inspector(root: &Path, more: &[&str]) -> Output {
    judge("--root", root, more)
}

fn judge(option: &str, path: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inspector"))
        .args(["scan", "host", "--package", "best-practices", "--format", "json", option])
        .arg(path)
        .args(more)
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn findings(output: &Output) -> Vec<Value> {
    json(output)["findings"].as_array().unwrap().clone()
}
