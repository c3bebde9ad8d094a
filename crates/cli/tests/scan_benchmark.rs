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

/// The small benchmark as a data stream.
fn data_stream() -> String {
    let body = |text: &str| text.split_once("?>").unwrap().1.to_owned();
    format!(
        "<ds:data-stream-collection xmlns:ds='http://scap.nist.gov/schema/scap/source/1.2'
            xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:cat='urn:oasis:names:tc:entity:xmlns:xml:catalog'>
        <ds:data-stream id='s'><ds:checklists><ds:component-ref id='x' xlink:href='#cx'><cat:catalog>
            <cat:uri name='small-oval.xml' uri='#o'/></cat:catalog></ds:component-ref></ds:checklists>
        <ds:checks><ds:component-ref id='o' xlink:href='#co'/></ds:checks></ds:data-stream>
        <ds:component id='cx'>{}</ds:component><ds:component id='co'>{}</ds:component></ds:data-stream-collection>",
        body(XCCDF),
        body(OVAL)
    )
}

fn inspector(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_inspector")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn an_imported_data_stream_is_listed_and_scanned_by_its_id() {
    let folder = host(&[]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("ds.xml"), data_stream()).unwrap();
    let (data, root, stream) = (path("data"), path("root"), path("ds.xml"));
    let wrong = inspector(&["benchmarks", "import", &stream, "--sha256", "00", "--data-dir", &data]);
    assert_eq!((wrong.0, wrong.2.contains("SHA-256")), (Some(2), true), "{}", wrong.2);
    assert_eq!(inspector(&["benchmarks", "import", &path("small-xccdf.xml"), "--data-dir", &data]).0, Some(2));
    assert_eq!(inspector(&["benchmarks", "import", &stream, "--data-dir", &data]).0, Some(0));
    let (_, listed, _) = inspector(&["benchmarks", "list", "--data-dir", &data]);
    let small = "xccdf_org.openinspector_benchmark_small\n  Small Level 1, version 1.0, 5 rules\n";
    let baseline = "xccdf_org.openinspector.content_benchmark_linux-baseline\n  OpenInspector Linux baseline, version";
    assert!(listed.starts_with(small) && listed.contains(baseline), "{listed}");
    assert!(listed.contains("- xccdf_org.openinspector_profile_strict: Small Level 2"), "{listed}");
    let scan = ["scan", "host", "--root", &root, "--data-dir", &data, "--package", "cis", "--profile", "strict"];
    let id = ["--benchmark", "xccdf_org.openinspector_benchmark_small", "--format", "xccdf"];
    let (code, text, told) = inspector(&[&scan[..], &id[..]].concat());
    assert_eq!(code, Some(0), "{told}");
    let (_, result) = text.split_once("<rule-result idref=\"xccdf_org.openinspector_rule_release\"").unwrap();
    assert!(result.split_once("<result>").unwrap().1.starts_with("pass</result>"), "{text}");
}

#[test]
fn an_imported_benchmark_is_read_from_its_compiled_form_and_from_the_data_stream_without_one() {
    let folder = host(&[]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("ds.xml"), data_stream()).unwrap();
    let data = path("data");
    assert_eq!(inspector(&["benchmarks", "import", &path("ds.xml"), "--data-dir", &data]).0, Some(0));
    let list = || inspector(&["benchmarks", "list", "--data-dir", &data]);
    let first = list();
    assert_eq!(first.0, Some(0), "{}", first.2);
    let stream = folder.path().join("data/benchmarks/xccdf_org.openinspector_benchmark_small.xml");
    let kept = std::fs::read(&stream).unwrap();
    std::fs::write(&stream, "").unwrap();
    assert_eq!(list(), first, "the data stream is not read where its compiled form is there");
    std::fs::remove_dir_all(folder.path().join("data/benchmarks/compiled")).unwrap();
    assert_eq!(list().0, Some(2), "an empty data stream is no benchmark");
    std::fs::write(&stream, kept).unwrap();
    assert_eq!(list(), first);
    assert_eq!(std::fs::read_dir(folder.path().join("data/benchmarks/compiled")).unwrap().count(), 1);
}

#[test]
fn results_of_a_benchmark_come_in_three_formats_and_never_without_one() {
    let folder = host(&[]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (stream, root) = (path("ds.xml"), path("root"));
    std::fs::write(&stream, data_stream()).unwrap();
    for (format, parts) in [
        ("xccdf", ["<Benchmark ", "<TestResult id=\"xccdf_org.openinspector_testresult_small\""]),
        ("oval", ["<oval_results ", "<oval_system_characteristics "]),
        ("arf", ["<asset-report-collection ", "<oval_results "]),
    ] {
        let scan = ["scan", "host", "--root", &root, "--benchmark", &stream, "--format", format, "--package", "cis"];
        let (code, text, told) = inspector(&[&scan[..], &["--allow-incomplete"]].concat());
        assert_eq!(code, Some(0), "{told}");
        parts.iter().for_each(|part| assert!(text.contains(part), "{format}: {part}"));
    }
    let (code, _, told) = inspector(&["scan", "host", "--root", &root, "--package", "cve", "--format", "arf"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("format `arf` is for the results of a benchmark"), "{told}");
}
