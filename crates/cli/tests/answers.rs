//! `explain`, `verify`, `what-if`, `diff` and `gate` on the example account.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests and their helpers"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const BASTION_GROUP: &str = "sg-0a6d3f91c8e2b7054";

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/aws-account")
}

fn inspector(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inspector")).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The example's result in a file.
fn scanned(folder: &TempDir) -> (PathBuf, Value) {
    let file = folder.path().join("result.json");
    let (snapshot, path) = (example(), file.to_str().unwrap().to_owned());
    let arguments =
        ["scan", "network", snapshot.to_str().unwrap(), "--format", "json", "--coverage", "full", "--output", &path];
    assert!(inspector(&arguments).status.success());
    let result = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    (file, result)
}

fn written(folder: &TempDir, name: &str, value: &Value) -> String {
    let file = folder.path().join(name);
    fs::write(&file, value.to_string()).unwrap();
    file.to_str().unwrap().to_owned()
}

/// Where in `findings` the one is that is about SSH to the bastion.
fn ssh(result: &Value) -> usize {
    let findings = result["findings"].as_array().unwrap();
    findings.iter().position(|finding| finding["title"].as_str().unwrap().contains("TCP port 22")).unwrap()
}

#[test]
fn every_proof_of_the_example_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (file, result) = scanned(&folder);
    let output = inspector(&["verify", file.to_str().unwrap(), "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let verdicts: Vec<_> = answer["findings"].as_array().unwrap().iter().map(|line| &line["verdict"]).collect();
    assert_eq!(verdicts.len(), result["findings"].as_array().unwrap().len());
    assert!(verdicts.iter().all(|verdict| **verdict == "holds"), "{answer:#}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_result_that_was_tampered_with_is_rejected_by_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_, result) = scanned(&folder);
    let at = ssh(&result);
    let set = |pointer: &str, value: Value| {
        let mut forged = result.clone();
        *forged["findings"][at].pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
        forged
    };
    for (forged, expected) in [
        (set("/severity", json!("Low")), "severity is not what its attributes say"),
        (set("/title", json!("all is well")), "title is not what its attributes say"),
        (set("/attributes/0/value", json!("acl-0")), "fingerprint is not that of its content"),
        (set("/proof/request/destinationPort", json!(23)), "its proof is about TCP port 23"),
        (set("/proof/request/sourcePort", json!(23)), "reply is not the reply to the request"),
        (set("/proof/path/0/component", json!("igw-1")), "hop 1 names `igw-1`"),
        (set("/proof/path/1/rule", json!("inbound entry 7 allows tcp 22 from 0.0.0.0/0")), "hop 2 says"),
        (set("/proof/path", json!([])), "the path ends before"),
    ] {
        let file = written(&folder, "forged.json", &forged);
        let output = inspector(&["verify", &file]);
        let text = stdout(&output);
        assert_eq!(output.status.code(), Some(1), "{expected}: {text}");
        assert!(text.lines().any(|line| line.starts_with("wrong: ") && line.contains(expected)), "{expected}: {text}");
    }
}

#[test]
fn versions_are_compared_again_with_what_the_advisories_say() {
    let folder = tempfile::tempdir().unwrap();
    let purl = "pkg:deb/debian/sudo@1.9.5p1-1?arch=amd64&upstream=sudo&distro=debian-11";
    let system = json!({"type": "operating-system", "name": "debian", "version": "11"});
    let bom = json!({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [system,
        {"type": "library", "name": "sudo", "version": "1.9.5p1-1", "purl": purl}]});
    let bom = written(&folder, "bom.json", &bom);
    let data = folder.path().to_str().unwrap();
    let scan = inspector(&["scan", "sbom", &bom, "--package", "cve", "--format", "json", "--data-dir", data]);
    let result: Value = serde_json::from_slice(&scan.stdout).unwrap_or_else(|_| panic!("{scan:?}"));
    assert_eq!(result["findings"].as_array().unwrap().len(), 1, "{result:#}");
    let verified = |result: &Value| {
        let output = inspector(&["verify", &written(&folder, "cve.json", result), "--data-dir", data]);
        (output.status.code(), stdout(&output))
    };
    assert_eq!(verified(&result).0, Some(0), "{}", verified(&result).1);
    for (member, value) in [("fixedVersion", "9"), ("sourceVersion", "9"), ("status", "open"), ("source", "su")] {
        let mut forged = result.clone();
        forged["findings"][0]["proof"]["comparisons"][0][member] = json!(value);
        let (code, text) = verified(&forged);
        assert_eq!(code, Some(1), "{member}: {text}");
        assert!(text.contains("does not say that CVE-"), "{text}");
    }
}

#[test]
fn without_its_snapshot_a_proof_is_unchecked_and_with_another_one_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut result) = scanned(&folder);
    result["subject"]["id"] = json!("/nowhere");
    let file = written(&folder, "moved.json", &result);
    assert_eq!(inspector(&["verify", &file]).status.code(), Some(3));
    assert_eq!(inspector(&["verify", &file, "--allow-incomplete"]).status.code(), Some(0));
    let snapshot = example();
    assert_eq!(inspector(&["verify", &file, "--snapshot", snapshot.to_str().unwrap()]).status.code(), Some(0));
    let empty = written(&folder, "empty-snapshot.json", &json!({"Vpcs": []}));
    assert_eq!(inspector(&["verify", &file, "--snapshot", &empty]).status.code(), Some(1));
    assert_eq!(inspector(&["verify", &empty]).status.code(), Some(2), "no result");
}

#[test]
fn a_finding_and_a_question_are_explained_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let (file, result) = scanned(&folder);
    let fingerprint = result["findings"][ssh(&result)]["fingerprint"].as_str().unwrap();
    let text = stdout(&inspector(&["explain", &fingerprint[..12], "--result", file.to_str().unwrap()]));
    for part in ["which is associated with 'SSH'", "request  tcp ", "-> igw-", BASTION_GROUP, "<- ", "reply    tcp "] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    let unknown = inspector(&["explain", "zzz", "--result", file.to_str().unwrap()]);
    assert_eq!(unknown.status.code(), Some(2));
    let snapshot = example();
    let question =
        ["explain", "--snapshot", snapshot.to_str().unwrap(), "--to", "i-0a3f8c61d7e952b04", "--port", "8080"];
    let text = stdout(&inspector(&question));
    for part in ["Internet via igw-08e4b1d6a72c9f305, tcp: blocked", "ENI_SG_RULES_MISMATCH", "1 edit would open it"] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

#[test]
fn a_proposed_change_closes_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = example();
    let facts = inspector(&["reach", snapshot.to_str().unwrap(), "--to", "i-0a3f8c61d7e952b04", "--format", "json"]);
    let facts: Value = serde_json::from_slice(&facts.stdout).unwrap();
    let of = |protocol: &str| {
        let facts = facts["facts"].as_array().unwrap().iter();
        facts.clone().find(|fact| fact["edge"] == "Internet" && fact["protocol"] == protocol).unwrap()
    };
    let tried = |changes: &Value, more: &[&str]| {
        let file = written(&folder, "change.json", &json!({"changes": changes}));
        let arguments = ["what-if", snapshot.to_str().unwrap(), "--change", &file, "--format", "json"];
        let output = inspector(&[&arguments, more].concat());
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
        (output.status.code(), answer)
    };
    for changes in of("tcp")["closes"].as_array().unwrap() {
        let (code, answer) = tried(changes, &["--fail-on-open"]);
        let differences = answer["differences"].as_array().unwrap();
        let about = |difference: &&Value| {
            difference["before"]["instance"] == "i-0a3f8c61d7e952b04" && difference["before"]["edge"] == "Internet"
        };
        assert!(differences.iter().filter(about).any(|difference| difference["closed"] == "22"), "{answer:#}");
        assert_eq!(code, Some(0), "nothing opens");
    }
    let (code, answer) = tried(&of("udp")["opens"]["changes"], &["--fail-on-open"]);
    assert_eq!((code, &answer["differences"][0]["after"]["reachable"]), (Some(1), &json!(true)), "{answer:#}");
}

#[test]
fn a_terraform_plan_is_followed_and_what_is_not_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = example();
    let rule = json!({"type": "ingress", "security_group_id": BASTION_GROUP, "protocol": "tcp", "from_port": 3389,
        "to_port": 3389, "cidr_blocks": ["0.0.0.0/0"], "self": false});
    let change = |kind: &str, actions: Value, before: Value, after: Value| {
        json!({"address": format!("{kind}.x"), "mode": "managed", "type": kind,
            "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}}})
    };
    let plan = |changes: &[Value]| {
        let plan = json!({"format_version": "1.2", "terraform_version": "1.9.0", "resource_changes": changes});
        let file = written(&folder, "plan.json", &plan);
        let output = inspector(&["what-if", snapshot.to_str().unwrap(), "--terraform-plan", &file]);
        (output.status.code(), stdout(&output))
    };
    let create = change("aws_security_group_rule", json!(["create"]), Value::Null, rule.clone());
    let bucket = change("aws_s3_bucket", json!(["create"]), Value::Null, json!({}));
    let (code, text) = plan(&[create.clone(), bucket]);
    assert!(text.contains("opens 3389") && text.contains("-> igw-"), "{text}");
    assert_eq!(code, Some(0), "{text}");
    let vpc = change("aws_vpc", json!(["update"]), json!({}), json!({"cidr_block": "10.0.0.0/8"}));
    let (code, text) = plan(&[create, vpc]);
    assert!(text.contains("not followed: `aws_vpc.x`"), "{text}");
    assert_eq!(code, Some(3), "{text}");
    let (code, text) = plan(&[change("aws_security_group_rule", json!(["no-op"]), rule.clone(), rule)]);
    assert_eq!((code, text.contains("nothing that was asked about changes")), (Some(0), true), "{text}");
}

#[test]
fn a_change_that_does_not_fit_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = example();
    for (changes, expected) in [
        (json!([{"stopInstance": {"instance": "i-1"}}]), "cannot stop i-1: `i-1` is not in the snapshot"),
        (json!([{"deleteRoute": {"table": "rtb-1", "destination": "::/0"}}]), "`rtb-1` is not in the snapshot"),
        (json!([{"explode": {}}]), "unknown variant `explode`"),
        (json!({}), "invalid type: map"),
    ] {
        let file = written(&folder, "change.json", &json!({"changes": changes}));
        let output = inspector(&["what-if", snapshot.to_str().unwrap(), "--change", &file]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(expected), "{expected}: {error}");
    }
}

#[test]
fn a_difference_is_fixed_only_where_somebody_looked() {
    let folder = tempfile::tempdir().unwrap();
    let (file, result) = scanned(&folder);
    let at = ssh(&result);
    let mut without = result.clone();
    without["findings"].as_array_mut().unwrap().remove(at);
    let looked = written(&folder, "fixed.json", &without);
    let rows = without["coverage"]["network-reachability"]["rules"].as_array_mut().unwrap();
    rows.retain(|row| row["subject"] != result["findings"][at]["assetAttributes"]["agentId"]);
    let unlooked = written(&folder, "gone.json", &without);
    let before = file.to_str().unwrap();
    let diff = |after: &str| {
        let answer: Value =
            serde_json::from_slice(&inspector(&["diff", before, after, "--format", "json"]).stdout).unwrap();
        ["new", "fixed", "gone"].map(|word| answer[word].as_array().unwrap().len())
    };
    assert_eq!(diff(before), [0, 0, 0]);
    assert_eq!(diff(&looked), [0, 1, 0]);
    assert_eq!(diff(&unlooked), [0, 0, 1]);
    let back = inspector(&["diff", &looked, before, "--fail-on", "Low"]);
    assert_eq!(back.status.code(), Some(1));
    assert!(stdout(&back).starts_with("new: 1\n"), "{}", stdout(&back));
}

#[test]
fn a_gate_fails_on_findings_then_on_what_nobody_could_tell() {
    let folder = tempfile::tempdir().unwrap();
    let (file, mut result) = scanned(&folder);
    let whole = file.to_str().unwrap();
    result["coverage"]["network-reachability"]["notAssessed"] = json!(2);
    let part = written(&folder, "part.json", &result);
    result["coverage"] = json!({});
    let nothing = written(&folder, "nothing.json", &result);
    for (arguments, expected) in [
        (vec!["gate", whole], 0),
        (vec!["gate", whole, "--fail-on", "Medium"], 1),
        (vec!["gate", whole, "--fail-on", "Medium", "--baseline", whole], 0),
        (vec!["gate", &part], 3),
        (vec!["gate", &part, "--fail-on", "Medium"], 1),
        (vec!["gate", &part, "--allow-incomplete"], 0),
        (vec!["gate", &nothing], 3),
        (vec!["gate", "/nowhere.json"], 2),
    ] {
        let output = inspector(&arguments);
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}: {}", stdout(&output));
    }
}
