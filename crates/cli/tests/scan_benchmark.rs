//! `inspector scan host --package cis` on a small benchmark of our own: verdicts, findings, and what cannot be told.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests and their helpers")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const XCCDF: &str = include_str!("benchmark/small-xccdf.xml");
const OVAL: &str = include_str!("benchmark/small-oval.xml");

/// A root, and the benchmark beside it.
fn host(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let base = [("etc/hostname", "web-1\n"), ("etc/os-release", "ID=debian\nVERSION_ID=12\n")];
    for (name, text) in base.iter().chain(files) {
        let path = folder.path().join("root").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::write(folder.path().join("small-xccdf.xml"), XCCDF).unwrap();
    std::fs::write(folder.path().join("small-oval.xml"), OVAL).unwrap();
    folder
}

fn scan(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inspector"))
        .args(["scan", "host", "--package", "cis", "--format", "json", "--coverage", "full", "--root"])
        .arg(folder.join("root"))
        .arg("--benchmark")
        .arg(folder.join("small-xccdf.xml"))
        .args(more)
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// Rule and result of every row.
fn results(document: &Value) -> Vec<String> {
    let rows = document["coverage"]["cis"]["rules"].as_array().unwrap();
    let short = |row: &Value| row["rule"].as_str().unwrap().rsplit('_').next().unwrap().to_owned();
    rows.iter().map(|row| format!("{} {}", short(row), row["result"].as_str().unwrap())).collect()
}

#[test]
fn every_rule_has_a_result_and_every_failure_a_finding_with_its_line() {
    let folder = host(&[("etc/issue", "first\nWelcome to Linux\n")]);
    let output = scan(folder.path(), &[]);
    let document = json(&output);
    assert_eq!(output.status.code(), Some(3), "what could not be told is not passed over");
    assert_eq!(
        results(&document),
        ["banner fail", "kernel unknown", "manual notchecked", "other notapplicable", "release pass"]
    );
    let findings = document["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2, "one failure and the summary");
    assert_eq!(
        findings[0]["title"],
        "Instance web-1 is not compliant with rule 1.7.1 The login banner names no system, Small Level 1"
    );
    assert_eq!(findings[0]["severity"], "High");
    let keys: Vec<&str> =
        findings[0]["attributes"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["INSTANCE_ID", "BENCHMARK_ID", "BENCHMARK_RULE_ID", "CIS_BENCHMARK_PROFILE"]);
    let proof = &findings[0]["proof"]["settings"][0];
    assert_eq!((&proof["at"]["path"], &proof["at"]["line"]), (&"/etc/issue".into(), &2.into()));
    assert_eq!(proof["found"], "Welcome to Linux");
    assert_eq!(findings[1]["severity"], "Informational");
    assert!(findings[1]["description"].as_str().unwrap().contains("1.7.1 The login banner names no system: fail"));
}

#[test]
fn a_profile_a_value_and_a_single_rule_narrow_the_question() {
    let folder = host(&[("etc/issue", "Authorised use only\n")]);
    let strict = json(&scan(folder.path(), &["--profile", "strict"]));
    assert_eq!(results(&strict), ["banner pass", "release pass"]);
    let one =
        json(&scan(folder.path(), &["--profile", "(all)", "--rule", "release", "--set-value", "codename=bookworm"]));
    assert_eq!(results(&one), ["release fail"]);
}

#[test]
fn wrong_use_and_broken_content_are_refused_with_their_names() {
    let folder = host(&[]);
    for (more, message) in [
        (["--profile", "absent"], "profile `absent` is not in the benchmark"),
        (["--rule", "absent"], "rule `absent` is not in the benchmark"),
        (["--set-value", "absent=1"], "value `absent` is not in the benchmark"),
    ] {
        let output = scan(folder.path(), &more);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(told.contains(message), "{told}");
    }
    std::fs::write(folder.path().join("small-xccdf.xml"), "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").unwrap();
    let output = scan(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("document type"));
}

#[test]
fn a_missing_document_is_a_rule_without_a_check_and_no_pass() {
    let folder = host(&[]);
    std::fs::remove_file(folder.path().join("small-oval.xml")).unwrap();
    let output = scan(folder.path(), &["--profile", "strict"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(results(&json(&output)), ["banner notchecked", "release notchecked"]);
}
