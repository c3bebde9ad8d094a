//! `inspector scan image` and `inspector scan disk`: what is found in an image is what is found in its files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests and their helpers"
)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const RELEASE: (&str, &str) = ("etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n");
const OLD: &str = "Package: openssh-server\nStatus: install ok installed\nArchitecture: amd64\nSource: openssh\n\
                   Version: 1:9.2p1-2\n\n";

#[test]
fn an_image_has_the_findings_of_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let tree = folder.path().join("tree");
    for (name, content) in [RELEASE, ("var/lib/dpkg/status", OLD)] {
        std::fs::create_dir_all(tree.join(name).parent().unwrap()).unwrap();
        std::fs::write(tree.join(name), content).unwrap();
    }
    let image = folder.path().join("image.tar");
    std::fs::write(&image, docker(&[&[RELEASE], &[("var/lib/dpkg/status", OLD)]])).unwrap();
    let of_image = told(&scan(&["image"], &image));
    assert!(of_image.iter().any(|(id, proof)| id == "CVE-2024-6387" && proof.contains("/var/lib/dpkg/status")));
    assert_eq!(of_image, told(&scan(&["host", "--root"], &tree)));
}

#[test]
fn what_an_upper_layer_updates_or_removes_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let image = folder.path().join("image.tar");
    let new = OLD.replace("9.2p1-2", "9.2p1-2+deb12u3");
    for (upper, found) in [(("var/lib/dpkg/status", new.as_str()), 0), (("etc/hostname", "web\n"), 1)] {
        std::fs::write(&image, docker(&[&[RELEASE, ("var/lib/dpkg/status", OLD)], &[upper]])).unwrap();
        let findings = told(&scan(&["image"], &image));
        assert_eq!(findings.iter().filter(|(id, _)| id == "CVE-2024-6387").count(), found, "{upper:?}");
    }
    // Without its database nothing is known of the image, which is not the same as clean.
    std::fs::write(&image, docker(&[&[RELEASE, ("var/lib/dpkg/status", OLD)], &[("var/lib/dpkg/.wh.status", "")]]))
        .unwrap();
    let output = scan(&["image"], &image);
    assert_eq!((output.status.code(), json(&output)["coverage"]["cve"]["notAssessed"].as_u64()), (Some(3), Some(1)));
}

#[test]
fn what_is_no_image_is_an_error_of_one_line_with_help() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("image.tar");
    for content in ["", "nonsense"] {
        std::fs::write(&file, content).unwrap();
        let output = scan(&["image"], &file);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{told}");
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines.len() == 2 && lines[0].contains("image.tar` is cut off"), "{told}");
        assert!(lines[1].starts_with("help: docker save"), "{told}");
    }
}

#[test]
fn a_disk_image_has_the_findings_of_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let tree = folder.path().join("tree");
    for (name, content) in [RELEASE, ("var/lib/dpkg/status", OLD)] {
        std::fs::create_dir_all(tree.join(name).parent().unwrap()).unwrap();
        std::fs::write(tree.join(name), content).unwrap();
    }
    let image = folder.path().join("disk.img");
    let arguments = ["-q", "-t", "ext4", "-d", tree.to_str().unwrap(), image.to_str().unwrap(), "4M"];
    let made = Command::new("mke2fs").env("PATH", "/usr/sbin:/sbin:/usr/bin:/bin").args(arguments).status();
    let Ok(true) = made.map(|status| status.success()) else {
        eprintln!("skipped: `mke2fs` is not there");
        return;
    };
    let of_image = told(&scan(&["disk"], &image));
    assert!(of_image.iter().any(|(id, _)| id == "CVE-2024-6387"));
    assert_eq!(of_image, told(&scan(&["host", "--root"], &tree)));
    std::fs::write(&image, "nonsense").unwrap();
    let output = scan(&["disk"], &image);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told.contains("help: mount it"), "{told}");
}

/// An archive of `docker save` with these files in its layers.
fn docker(layers: &[&[(&str, &str)]]) -> Vec<u8> {
    let layers: Vec<(String, Vec<u8>)> =
        (0..).zip(layers).map(|(at, files)| (format!("{at}/layer.tar"), tar(files))).collect();
    let names: Vec<&String> = layers.iter().map(|(name, _)| name).collect();
    let manifest = serde_json::json!([{"Config": "c.json", "RepoTags": ["web:1"], "Layers": names}]).to_string();
    let mut files: Vec<(&str, &[u8])> = vec![("manifest.json", manifest.as_bytes())];
    files.extend(layers.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    tar(&files)
}

fn tar<C: AsRef<[u8]>>(files: &[(&str, C)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let content = content.as_ref();
        let mut header = tar::Header::new_gnu();
        header.set_size(u64::try_from(content.len()).unwrap());
        header.set_mode(0o644);
        builder.append_data(&mut header, name, content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn scan(what: &[&str], path: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inspector"))
        .arg("scan")
        .args(what)
        .arg(path)
        .args(["--package", "cve", "--format", "json", "--data-dir", "/nonexistent/data"])
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// The CVEs found, with their proofs.
fn told(output: &Output) -> Vec<(String, String)> {
    let findings = json(output)["findings"].as_array().unwrap().clone();
    findings.iter().map(|it| (it["id"].as_str().unwrap().to_owned(), it["proof"].to_string())).collect()
}
