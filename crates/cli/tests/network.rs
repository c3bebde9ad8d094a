//! `inspector reach` and `inspector scan network`: answers, formats, exit codes, broken input.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests and their helpers"
)]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/aws-account")
}

fn inspector(arguments: &[&str], path: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inspector")).args(arguments).arg(path).output().unwrap()
}

fn facts(snapshot: &Path, more: &[&str]) -> Vec<Value> {
    let output = inspector(&[&["reach", "--format", "json"], more].concat(), snapshot);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{}: {error}", snapshot.display());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["schema"], "openinspector.reach/1");
    answer["facts"].as_array().unwrap().clone()
}

#[test]
fn a_fact_has_the_members_that_scripts_rely_on() {
    let facts = facts(&example(), &["--to", "i-0a3f8c61d7e952b04"]);
    let ssh = facts.iter().find(|fact| fact["edge"] == "Internet" && fact["protocol"] == "tcp").unwrap();
    let expected = json!({
        "instance": "i-0a3f8c61d7e952b04", "instance_name": "demo-bastion", "private_ip": "10.20.0.10",
        "eni": "eni-0b83d6f1a5c97e240", "edge": "Internet", "via": "igw-08e4b1d6a72c9f305", "protocol": "tcp",
        "ports": "22", "reachable": true, "one_way_ports": "-", "client_ports": "1024-65535", "listener_port": null,
        "source_edge": null, "source": "internet", "family": "ipv4", "allowed_by": ["sg-0a6d3f91c8e2b7054"],
        "outcome": "reachable", "assumptions": [], "unknown": [], "blocked_by": [], "opens": null
    });
    for (member, value) in expected.as_object().unwrap() {
        assert_eq!(&ssh[member], value, "{member}");
    }
    let members: BTreeSet<&String> = ssh.as_object().unwrap().keys().collect();
    assert_eq!(members.len(), expected.as_object().unwrap().len() + 3, "and path, witness and closes: {members:?}");
    assert_eq!(ssh["path"].as_array().unwrap().len(), 7);
    assert_eq!(ssh["witness"]["request"]["destinationPort"], 22);
    let revoke = json!({"revoke": {"group": "sg-0a6d3f91c8e2b7054", "direction": "ingress", "protocol": "tcp",
        "from": 22, "to": 22, "cidr": "0.0.0.0/0"}});
    assert!(ssh["closes"].as_array().unwrap().contains(&json!([revoke])), "{}", ssh["closes"]);
    let udp = facts.iter().find(|fact| fact["edge"] == "Internet" && fact["protocol"] == "udp").unwrap();
    assert_eq!(udp["opens"]["edits"], 1, "{udp}");
}

#[test]
fn nothing_of_the_example_is_left_unassessed() {
    let facts = facts(&example(), &[]);
    assert!(facts.len() > 6 && facts.iter().all(|fact| fact["outcome"] != "not_assessed"));
}

#[test]
fn the_exit_code_of_a_scan_follows_findings_then_coverage() {
    let incomplete = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(example().join("accounts/000000000000/us-east-1")).unwrap() {
        let path = entry.unwrap().path();
        if !path.ends_with("LoadBalancerListeners.json") {
            fs::copy(&path, incomplete.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    for (arguments, whole, part) in [
        (&["scan", "network"][..], 0, 3),
        (&["scan", "network", "--allow-incomplete"], 0, 0),
        (&["scan", "network", "--fail-on", "Medium"], 1, 1),
        (&["scan", "network", "--fail-on", "High", "--allow-incomplete"], 0, 0),
        (&["scan", "network", "--package", "cve"], 2, 2),
    ] {
        for (snapshot, expected) in [(example().as_path(), whole), (incomplete.path(), part)] {
            let output = inspector(arguments, snapshot);
            assert_eq!(output.status.code(), Some(expected), "{arguments:?} {}", snapshot.display());
        }
    }
}

#[test]
fn a_summary_counts_what_the_facts_tell() {
    let output = inspector(&["reach", "--summary", "--format", "json"], &example());
    let totals: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&totals["interfaces"], &totals["reachable_interfaces"]), (&json!(6), &json!(5)));
    for (edge, counts) in totals["edges"].as_object().unwrap() {
        let counted: u64 =
            ["reachable", "one_way", "blocked", "not_assessed"].iter().filter_map(|word| counts[word].as_u64()).sum();
        let told = facts(&example(), &[]).iter().filter(|fact| fact["edge"] == **edge).count();
        assert_eq!(usize::try_from(counted).unwrap(), told, "{edge}");
    }
}

/// What an agent on the bastion would deliver: `interfaces` tells which instance it is.
fn agent_facts(address: &str) -> Value {
    let absent = json!({"state": "absent", "at": {"path": "test"}});
    let seen = |value: Value| json!({"state": "seen", "value": value, "at": {"path": "test"}});
    let process = json!({"pid": 811, "name": "sshd", "path": "/usr/sbin/sshd"});
    let listener = json!({"transport": "tcp", "address": "0.0.0.0", "port": 22, "process": process});
    let mut facts = json!({
        "schema": "openinspector.facts/1", "collectedAt": "2026-05-20T08:00:00Z", "scope": "live", "directories": {},
        "interfaces": seen(json!([{"name": "eth0", "addresses": [address]}])), "listeners": seen(json!([listener]))
    });
    for member in [
        "hostname",
        "architecture",
        "os",
        "kernel",
        "packages",
        "sshd",
        "loginDefs",
        "accounts",
        "pamPassword",
        "pwquality",
        "randomizeVaSpace",
        "noExecute",
    ] {
        facts[member] = absent.clone();
    }
    facts
}

#[test]
fn facts_of_an_agent_name_the_process_behind_a_port() {
    let directory = tempfile::tempdir().unwrap();
    let scan = |address: &str| {
        let file = directory.path().join("facts.json");
        fs::write(&file, agent_facts(address).to_string()).unwrap();
        let arguments = ["scan", "network", "--format", "json", "--agent-facts", file.to_str().unwrap()];
        inspector(&arguments, &example())
    };
    let assessment: Value = serde_json::from_slice(&scan("10.20.0.10").stdout).unwrap();
    let findings = assessment["findings"].as_array().unwrap();
    let named =
        findings.iter().find(|finding| finding["id"] == "Recognized port with listener reachable from internet");
    assert!(named.unwrap()["title"].as_str().unwrap().contains("process 'sshd' is listening on TCP port 22"));
    let stranger = scan("10.99.0.1");
    assert_eq!(stranger.status.code(), Some(2));
    let error = String::from_utf8(stranger.stderr).unwrap();
    assert!(error.contains("no instance of the snapshot has an address of this host"), "{error}");
}

/// The same documents in a folder, in one file, zipped and as a compressed tar.
#[test]
fn every_packing_of_a_snapshot_gives_the_same_answer() {
    let region = example().join("accounts/000000000000/us-east-1");
    let directory = tempfile::tempdir().unwrap();
    let mut zipped = zip::ZipWriter::new(File::create(directory.path().join("s.zip")).unwrap());
    let compressed = File::create(directory.path().join("s.tar.zst")).unwrap();
    let mut tarred = tar::Builder::new(zstd::Encoder::new(compressed, 1).unwrap().auto_finish());
    let mut joined = serde_json::Map::new();
    for entry in fs::read_dir(&region).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("accounts/000000000000/us-east-1/{}", path.file_name().unwrap().to_str().unwrap());
        let bytes = fs::read(&path).unwrap();
        let options: zip::write::SimpleFileOptions = Default::default();
        zipped.start_file(&*name, options.compression_method(zip::CompressionMethod::Deflated)).unwrap();
        zipped.write_all(&bytes).unwrap();
        tarred.append_path_with_name(&path, &name).unwrap();
        let document: Value = serde_json::from_slice(&bytes).unwrap();
        joined.extend(document.as_object().unwrap().clone());
    }
    zipped.finish().unwrap();
    drop(tarred);
    fs::write(directory.path().join("s.json"), Value::Object(joined).to_string()).unwrap();
    let expected = facts(&example(), &[]);
    for name in ["s.zip", "s.tar.zst", "s.json"] {
        assert_eq!(facts(&directory.path().join(name), &[]), expected, "{name}");
    }
}

#[test]
fn broken_input_is_one_line_that_names_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    write("cut.json", r#"{"Vpcs": [{"VpcId": "vpc-1""#);
    write("shape.json", r#"{"SecurityGroups": [{"GroupId": 7}]}"#);
    write("other.json", r#"{"Other": []}"#);
    write("not.zip", "PK");
    write("not.tar.zst", "zstd?");
    fs::create_dir(directory.path().join("empty")).unwrap();
    for (name, expected) in [
        ("cut.json", "`cut.json`: not JSON"),
        ("shape.json", "cannot read `SecurityGroups[0]` in `shape.json`: invalid type: integer `7`"),
        ("other.json", "no AWS answer such as `Vpcs`"),
        ("empty", "no JSON documents in"),
        ("missing", "cannot read"),
        ("not.zip", "not.zip`"),
        ("not.tar.zst", "not.tar.zst`"),
    ] {
        for verb in [&["reach"][..], &["scan", "network"]] {
            let output = inspector(verb, &directory.path().join(name));
            let error = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{name}: {error}");
            assert!(output.stdout.is_empty(), "{name}");
            let line = error.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
            assert!(line.contains(expected), "{name}: {error}");
        }
    }
}

/// Facts that others established about real and derived networks; README of the data names them and their licences.
#[test]
fn the_internet_facts_of_known_networks_hold() {
    let shared = std::env::var_os("OPENINSPECTOR_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let root = shared.join("data/aws-networks");
    if !root.is_dir() {
        eprintln!("skipped: no known networks at {}", root.display());
        return;
    }
    let mut checked = 0;
    for case in cases(&root) {
        let expected: Value = serde_json::from_slice(&fs::read(case.join("expected.json")).unwrap()).unwrap();
        for fact in expected["facts"].as_array().unwrap().iter().filter(|fact| fact["edge"] == "Internet") {
            check(&case, fact);
            checked += 1;
        }
    }
    assert!(checked >= 60, "{checked}");
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.join("expected.json").is_file() {
            cases.push(path);
        } else if path.is_dir() {
            cases.extend(self::cases(&path));
        }
    }
    cases.sort();
    cases
}

fn check(case: &Path, expected: &Value) {
    let text = |member: &str| expected[member].as_str();
    let from = text("source").filter(|source| source.split('/').next().unwrap().parse::<std::net::IpAddr>().is_ok());
    let from = from.filter(|source| *source != "0.0.0.0/0" && !source.contains(' '));
    let answers = facts(case, &from.map_or(vec![], |from| vec!["--from", from]));
    let same = |member: &str, answer: &Value| text(member).is_none_or(|wanted| answer[member] == wanted);
    let family = text("family").unwrap_or("ipv4");
    let named = |answer: &Value| match text("instance_name") {
        Some(name) => {
            let (name, address) = name.trim_end_matches(']').split_once('[').unwrap_or((name, ""));
            answer["instance_name"] == name || answer["private_ip"] == address
        }
        None => true,
    };
    let matching: Vec<&Value> = answers
        .iter()
        .filter(|answer| answer["edge"] == "Internet" && answer["family"] == family && named(answer))
        .filter(|answer| same("instance", answer) && same("eni", answer))
        .filter(|answer| text("protocol") == Some("any") || same("protocol", answer))
        .collect();
    let told = format!("{}: {expected}\n{matching:?}", case.display());
    assert!(!matching.is_empty(), "{told}");
    let reachable = matching.iter().any(|answer| answer["reachable"] == true);
    assert_eq!(reachable, expected["reachable"] == true, "{told}");
    for member in ["ports", "one_way_ports", "client_ports"] {
        if let Some(wanted) = text(member).filter(|wanted| *wanted != "-" && (reachable || member == "one_way_ports")) {
            assert!(matching.iter().any(|answer| answer[member] == wanted), "{member}: {told}");
        }
    }
    for group in expected["allowed_by"].as_array().into_iter().flatten() {
        assert!(matching.iter().any(|answer| answer["allowed_by"].as_array().unwrap().contains(group)), "{told}");
    }
}
