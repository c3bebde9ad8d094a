//! `inspector feeds` and what `inspector scan host` makes of it, as a user runs them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use serde_json::Value;

/// The fixtures of the feed parsers: in the publishers' forms, written by hand.
const TRACKER: &str = include_str!("../../vuln/src/feed/debian.json");
const NVD: &str = include_str!("../../vuln/src/feed/nvd.json");

struct Site(tempfile::TempDir);

impl Site {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file that was last changed `age_days` before a fixed day.
    fn file(&self, name: &str, bytes: &[u8], age_days: u64) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let day = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * (20_000 - age_days));
        fs::File::options().write(true).open(&path).unwrap().set_modified(day).unwrap();
        path
    }

    fn inspector(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_inspector"))
            .args(words)
            .env("INSPECTOR_DATA_DIR", self.path("data"))
            .output()
            .unwrap()
    }

    fn import(&self, path: &Path) -> Output {
        self.inspector(&["feeds", "import", path.to_str().unwrap()])
    }

    fn database(&self) -> Vec<u8> {
        fs::read(self.path("data/feeds/current/advisories.db")).unwrap()
    }

    /// The database without its signature, which differs from one data directory to the next.
    fn unsigned(&self) -> Vec<u8> {
        let bytes = self.database();
        bytes[..bytes.len() - 96].to_vec()
    }

    /// A Debian 12 root with one package.
    fn root(&self) -> PathBuf {
        let status = "Package: libexample1\nStatus: install ok installed\nArchitecture: amd64\nSource: example (1.2-3)\n\
                      Version: 1.2-3+b1\nMaintainer: A <a@example.com>\nDescription: an example\n\n";
        self.file("root/etc/os-release", b"ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n", 0);
        self.file("root/var/lib/dpkg/status", status.as_bytes(), 0);
        self.path("root")
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn assert_ok(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
}

/// The program refused with exit code 2 and one line that names all of `words`, help included.
#[track_caller]
fn assert_refused(output: &Output, words: &[&str]) {
    let text = stderr(output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert_eq!(stdout(output), "");
    for word in words {
        assert!(text.contains(word), "`{word}` in: {text}");
    }
    let lines: Vec<_> = text.lines().collect();
    assert!(lines.len() <= 2 && lines[0].starts_with("error: "), "{text}");
}

#[test]
fn a_folder_of_feeds_is_imported_shown_and_verified() {
    let site = Site::new();
    site.file("feeds/tracker.json", TRACKER.as_bytes(), 0);
    site.file("feeds/nvd/nvdcve-2.0-2020.json", NVD.as_bytes(), 0);
    site.file("feeds/README.md", b"# feeds", 0);
    let imported = site.import(&site.path("feeds"));
    assert_ok(&imported);
    assert!(stderr(&imported).contains("ignored 1 files"), "{}", stderr(&imported));
    let status = site.inspector(&["feeds", "status"]);
    assert_ok(&status);
    for line in [
        "debian-security-tracker tracker.json of 2024-10-04",
        "nvd nvdcve-2.0-2020.json of 2024-10-24",
        "skipped example CVE-2020-0005",
    ] {
        assert!(stdout(&status).contains(line), "{}", stdout(&status));
    }
    assert_ok(&site.inspector(&["feeds", "verify"]));
}

#[test]
fn packed_files_give_the_same_database_as_plain_ones() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(TRACKER.as_bytes()).unwrap();
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(TRACKER.as_bytes()).unwrap();
    let mut xz = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    xz.write_all(TRACKER.as_bytes()).unwrap();
    let packed = [
        ("t.json", TRACKER.as_bytes().to_vec()),
        ("t.json.gz", gzip.finish().unwrap()),
        ("t.json.zst", zstd::encode_all(TRACKER.as_bytes(), 1).unwrap()),
        ("t.json.bz2", bzip2.finish().unwrap()),
        ("t.json.xz", xz.finish().unwrap()),
    ];
    let databases = packed.map(|(name, bytes)| {
        let site = Site::new();
        assert_ok(&site.import(&site.file(name, &bytes, 0)));
        site.unsigned()
    });
    assert!(databases.iter().all(|database| *database == databases[0]));
}

#[test]
fn a_later_import_adds_to_what_is_there_and_keeps_the_generation_before() {
    let site = Site::new();
    assert_ok(&site.import(&site.file("t.json", TRACKER.as_bytes(), 0)));
    let before = site.database();
    assert_ok(&site.import(&site.file("n.json", NVD.as_bytes(), 0)));
    let status = stdout(&site.inspector(&["feeds", "status"]));
    assert!(status.contains("debian-security-tracker") && status.contains("nvd"), "{status}");
    assert_eq!(fs::read(site.path("data/feeds/previous/advisories.db")).unwrap(), before);
}

#[test]
fn a_broken_file_is_refused_by_name_and_nothing_changes() {
    let site = Site::new();
    assert_ok(&site.import(&site.file("t.json", TRACKER.as_bytes(), 0)));
    let before = site.database();
    let cut = &TRACKER.as_bytes()[..TRACKER.len() / 2];
    let packed = zstd::encode_all(TRACKER.as_bytes(), 1).unwrap();
    for (name, bytes, word) in [
        ("cut.json", cut.to_vec(), "cut short"),
        ("cut.json.zst", packed[..packed.len() - 6].to_vec(), "cut.json.zst"),
        ("other.json", br#"{"name": "x"}"#.to_vec(), "no known feed"),
        ("empty.json", Vec::new(), "no known feed"),
    ] {
        assert_refused(&site.import(&site.file(name, &bytes, 0)), &[name, word, "help: "]);
        assert!(site.database() == before, "{name}");
        assert!(!site.path("data/feeds/incoming").exists(), "{name}");
    }
    assert_refused(&site.import(&site.path("nowhere.json")), &["nowhere.json"]);
    fs::create_dir(site.path("hollow")).unwrap();
    assert_refused(&site.import(&site.path("hollow")), &["hollow", "no known feed"]);
}

#[test]
fn an_older_or_shrunken_feed_is_refused_unless_accepted() {
    let site = Site::new();
    assert_ok(&site.import(&site.file("t.json", TRACKER.as_bytes(), 1)));
    let changed = TRACKER.replace("An example.", "Another example.");
    let older = site.file("older.json", changed.as_bytes(), 2);
    let help = "help: inspector feeds import --accept";
    assert_refused(&site.import(&older), &["older.json", "the one in use is of", help]);
    let (first, _) = TRACKER.split_once(",\n  \"CVE-2020-0003\"").unwrap();
    let smaller = site.file("smaller.json", format!("{first}}}}}").as_bytes(), 0);
    assert_refused(&site.import(&smaller), &["smaller.json", "2 records", "holds 8", help]);
    assert_ok(&site.inspector(&["feeds", "import", "--accept", smaller.to_str().unwrap()]));
}

#[test]
fn the_same_document_twice_is_refused() {
    let site = Site::new();
    site.file("feeds/a.json", TRACKER.as_bytes(), 0);
    site.file("feeds/b.json", TRACKER.as_bytes(), 0);
    assert_refused(&site.import(&site.path("feeds")), &["a.json", "b.json", "same document"]);
}

#[test]
fn a_changed_database_does_not_verify() {
    let site = Site::new();
    let help = "help: inspector feeds import";
    assert_refused(&site.inspector(&["feeds", "verify"]), &["no feeds have been imported", help]);
    assert_ok(&site.import(&site.file("t.json", TRACKER.as_bytes(), 0)));
    let mut bytes = site.database();
    let middle = bytes.len() - 100;
    bytes[middle] ^= 1;
    fs::write(site.path("data/feeds/current/advisories.db"), bytes).unwrap();
    assert_refused(&site.inspector(&["feeds", "verify"]), &["advisories.db", "digest", help]);
}

#[test]
fn a_changed_feed_file_does_not_verify() {
    let site = Site::new();
    assert_ok(&site.import(&site.file("t.json", TRACKER.as_bytes(), 0)));
    let stored = "data/feeds/current/sources/debian-security-tracker/tracker.json";
    site.file(stored, TRACKER.replace("An example.", "Another.").as_bytes(), 0);
    assert_refused(&site.inspector(&["feeds", "verify"]), &["tracker.json", "not what was imported"]);
}

#[test]
fn a_crash_in_the_middle_of_a_switch_leaves_the_generation_before() {
    let site = Site::new();
    assert_ok(&site.import(&site.file("t.json", TRACKER.as_bytes(), 0)));
    fs::rename(site.path("data/feeds/current"), site.path("data/feeds/previous")).unwrap();
    fs::create_dir(site.path("data/feeds/incoming")).unwrap();
    assert!(stdout(&site.inspector(&["feeds", "status"])).contains("debian-security-tracker"));
    assert_ok(&site.import(&site.file("n.json", NVD.as_bytes(), 0)));
    assert!(stdout(&site.inspector(&["feeds", "status"])).contains("debian-security-tracker"));
}

#[test]
fn a_scanned_host_is_judged_with_the_imported_feeds() {
    let site = Site::new();
    site.file("feeds/tracker.json", TRACKER.as_bytes(), 0);
    site.file("feeds/nvdcve-2.0-2020.json", NVD.as_bytes(), 0);
    assert_ok(&site.import(&site.path("feeds")));
    let root = site.root();
    let words = ["scan", "host", "--package", "cve", "--format", "json", "--root", root.to_str().unwrap()];
    let scan = site.inspector(&words);
    let result: Value = serde_json::from_slice(&scan.stdout).unwrap_or_else(|_| panic!("{}", stderr(&scan)));
    let found: Vec<_> = result["findings"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(found, ["CVE-2020-0001", "CVE-2020-0002", "TEMP-0000001-ABCDEF"]);
    assert_eq!(result["findings"][0]["severity"], "High");
    assert_eq!(scan.status.code(), Some(3), "two more CVEs are undetermined");
}

#[test]
fn a_scan_without_feeds_says_so_and_is_incomplete() {
    let site = Site::new();
    let root = site.root();
    let scan = site.inspector(&["scan", "host", "--package", "cve", "--root", root.to_str().unwrap()]);
    assert_eq!(scan.status.code(), Some(3), "{}", stderr(&scan));
    assert!(stdout(&scan).contains("Advisories not synced"), "{}", stdout(&scan));
    assert!(stderr(&scan).contains("not been synced") && stderr(&scan).contains("`debian:12`"), "{}", stderr(&scan));
    let help = "help: inspector feeds sync debian-advisories debian-security-tracker nvd";
    assert!(stderr(&scan).contains(help), "{}", stderr(&scan));
}

#[test]
fn packages_of_a_language_without_a_feed_are_not_assessed_and_hold_nothing_else_up() {
    let site = Site::new();
    site.file("feeds/tracker.json", TRACKER.as_bytes(), 0);
    site.file("feeds/nvdcve-2.0-2020.json", NVD.as_bytes(), 0);
    assert_ok(&site.import(&site.path("feeds")));
    let root = site.root();
    site.file("root/usr/lib/python3/site-packages/x-1.0.dist-info/METADATA", b"Name: x\nVersion: 1.0\n", 0);
    let words = ["scan", "host", "--package", "cve", "--format", "json", "--root", root.to_str().unwrap()];
    let scan = site.inspector(&words);
    assert_eq!(scan.status.code(), Some(3));
    assert!(stderr(&scan).contains("help: inspector feeds sync osv\n"), "{}", stderr(&scan));
    let result: Value = serde_json::from_slice(&scan.stdout).unwrap();
    assert_eq!(result["findings"].as_array().unwrap().len(), 3);
    assert!(stdout(&scan).contains("advisories about packages of PyPI have not been imported"), "{}", stdout(&scan));
}

#[test]
fn a_scan_with_a_broken_database_is_an_error() {
    let site = Site::new();
    let db = site.file("broken.db", b"nonsense", 0);
    let scan = site.inspector(&["scan", "host", "--package", "cve", "--db", db.to_str().unwrap()]);
    assert_refused(&scan, &["broken.db", "not an advisory database", "help: "]);
}

#[test]
fn pieces_of_one_repository_are_one_document_and_a_whole_one_takes_their_place() {
    let site = Site::new();
    let update = |number: u32| {
        format!(
            "<updates><update type=\"security\"><id>ALAS2-2020-{number:03}</id><severity>low</severity><references>\
             <reference id=\"CVE-2020-000{number}\"/></references><pkglist><collection><package name=\"a\" epoch=\"0\" \
             version=\"1\" release=\"{number}\"/></collection></pkglist></update></updates>"
        )
    };
    site.file("pieces/one.xml", update(1).as_bytes(), 9);
    site.file("pieces/two.xml", update(2).as_bytes(), 9);
    assert_ok(&site.import(&site.path("pieces")));
    let status = stdout(&site.inspector(&["feeds", "status"]));
    assert!(status.contains("amazon-linux ALAS2 of") && status.contains("amazon-linux ALAS2+2 of"), "{status}");
    assert_ok(&site.inspector(&["feeds", "verify"]));
    let whole = update(1).replace("</updates>", "") + update(2).trim_start_matches("<updates>");
    assert_ok(&site.import(&site.file("whole.xml", whole.as_bytes(), 8)));
    let status = stdout(&site.inspector(&["feeds", "status"]));
    assert!(status.contains("2 records") && !status.contains("ALAS2+2"), "{status}");
    // Half of it would make hosts look clean.
    assert_refused(&site.import(&site.file("half.xml", update(1).as_bytes(), 7)), &["half.xml", "1 records", "2"]);
}

#[test]
fn why_not_tells_what_was_compared_on_a_host() {
    let site = Site::new();
    site.file("feeds/tracker.json", TRACKER.as_bytes(), 0);
    site.file("feeds/nvdcve-2.0-2020.json", NVD.as_bytes(), 0);
    assert_ok(&site.import(&site.path("feeds")));
    let root = site.root();
    let ask = |cve: &str| site.inspector(&["explain", "--why-not", root.to_str().unwrap(), cve]);
    let affected = ask("CVE-2020-0001");
    assert_ok(&affected);
    assert!(stdout(&affected).contains("CVE-2020-0001 is a finding on "), "{}", stdout(&affected));
    assert!(stdout(&affected).contains("libexample1 1.2-3+b1 (source example 1.2-3)"), "{}", stdout(&affected));
    let unknown = stdout(&ask("CVE-1999-0001"));
    assert!(unknown.contains("no advisory in the database names CVE-1999-0001"), "{unknown}");
    assert_refused(&ask("openssl"), &["`openssl` is no CVE id", "help: inspector explain --why-not"]);
    let nowhere = site.inspector(&["explain", "--why-not", "/nonexistent/host", "CVE-2020-0001"]);
    assert_refused(&nowhere, &["`/nonexistent/host` is neither a directory nor a file"]);
}

#[test]
fn a_database_from_elsewhere_is_taken_with_the_signature_of_a_trusted_key_alone() {
    let (source, target) = (Site::new(), Site::new());
    assert_ok(&source.import(&source.file("t.json", TRACKER.as_bytes(), 0)));
    let status = stdout(&source.inspector(&["feeds", "status"]));
    let key = status.lines().find_map(|line| line.strip_prefix("signed by ")).unwrap();
    let file = target.file("advisories.db", &source.database(), 0);
    let import = |more: &[&str]| target.inspector(&[&["feeds", "import", file.to_str().unwrap()], more].concat());
    assert_refused(&import(&[]), &["advisories.db", "unknown key", key, "help: inspector feeds import --trust"]);
    assert_refused(&import(&["--trust", "abc"]), &["`abc` is no key"]);
    assert_ok(&import(&["--trust", key]));
    assert_eq!(target.database(), source.database());
    assert_ok(&target.inspector(&["feeds", "verify"]));
    // The key stays trusted, and the documents that it was made from are not there to be compiled with others.
    assert_ok(&import(&[]));
    let raw = target.file("n.json", NVD.as_bytes(), 0);
    assert_refused(&target.import(&raw), &["compiled elsewhere", "would be lost"]);
    assert_ok(&target.inspector(&["feeds", "import", "--accept", raw.to_str().unwrap()]));

    let mut changed = source.database();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    let changed = target.file("changed.db", &changed, 0);
    assert_refused(&target.import(&changed), &["changed.db", "help: "]);
    let unsigned = target.file("unsigned.db", &source.unsigned(), 0);
    assert_refused(&target.import(&unsigned), &["unsigned.db", "it is not signed"]);
}
