//! `inspector feeds sync` against a mirror on the loopback, as a user runs it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

const KEV: &str = r#"{"catalogVersion": "1", "dateReleased": "2026-01-01T00:00:00Z", "count": 1, "vulnerabilities": [
    {"cveID": "CVE-2020-0001", "dateAdded": "2021-11-03", "dueDate": "2021-11-17"}]}"#;
const KEV_PATH: &str = "/www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json";
const ARCH: &str = r#"[{"name": "AVG-1", "packages": ["a"], "status": "Vulnerable", "severity": "High", "affected": "1-1",
    "fixed": null, "issues": ["CVE-2020-0001"], "advisories": []}]"#;
const ARCH_PATH: &str = "/security.archlinux.org/all.json";

/// What the mirror holds, and what it was asked.
#[derive(Default)]
struct Held {
    files: BTreeMap<String, Vec<u8>>,
    /// After how many bytes the connection breaks off.
    breaks_after: Option<usize>,
    asked: Vec<String>,
}

/// A mirror whose documents have an ETag of their length, and that can go on with a part.
struct Mirror {
    held: Arc<Mutex<Held>>,
    url: String,
}

impl Mirror {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let held = Arc::new(Mutex::new(Held::default()));
        let shared = Arc::clone(&held);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &shared);
            }
        });
        Self { held, url }
    }

    fn hold(&self, path: &str, text: &str) {
        self.held.lock().unwrap().files.insert(path.to_owned(), text.as_bytes().to_vec());
    }

    fn breaks_after(&self, bytes: Option<usize>) {
        self.held.lock().unwrap().breaks_after = bytes;
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.held.lock().unwrap().asked)
    }
}

fn answer(mut stream: TcpStream, held: &Mutex<Held>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(|line| line.unwrap());
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap().to_owned();
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).map(|it| it.to_lowercase()).collect();
    let header = |name: &str| headers.iter().find_map(|it| it.strip_prefix(&format!("{name}: ")).map(str::to_owned));
    let mut held = held.lock().unwrap();
    let conditions: Vec<_> = ["if-none-match", "range", "if-range"].into_iter().filter_map(header).collect();
    held.asked.push(format!("{path} {}", conditions.join(" ")).trim_end().to_owned());
    let Some(file) = held.files.get(&path).cloned() else {
        let _gone = stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
    };
    let etag = format!("\"{}\"", file.len());
    if header("if-none-match").as_ref() == Some(&etag) {
        let _gone = stream.write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
        return;
    }
    let from = header("range").filter(|_| header("if-range").as_ref() == Some(&etag));
    let from = from.map(|it| it.trim_start_matches("bytes=").trim_end_matches('-').parse::<usize>().unwrap());
    let (status, body) = match from {
        Some(from) => ("206 Partial Content", &file[from..]),
        None => ("200 OK", &file[..]),
    };
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nETag: {etag}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let sent = held.breaks_after.map_or(length, |most| most.min(length));
    let _gone = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body[..sent]));
}

struct Site(tempfile::TempDir);

impl Site {
    fn inspector(&self, words: &[&str]) -> Output {
        let data = self.0.path().join("data");
        Command::new(env!("CARGO_BIN_EXE_inspector")).args(words).env("INSPECTOR_DATA_DIR", data).output().unwrap()
    }

    /// Output and errors of a sync of two feeds, and its exit code.
    fn sync(&self, mirror: &Mirror, more: &[&str]) -> (String, Option<i32>) {
        let words = [&["feeds", "sync", "cisa-kev", "arch-linux", "--mirror", &mirror.url], more].concat();
        let output = self.inspector(&words);
        let text = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap()).concat();
        (text, output.status.code())
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("data/feeds/current/advisories.db")
    }
}

fn site() -> (Site, Mirror) {
    let mirror = Mirror::new();
    mirror.hold(KEV_PATH, KEV);
    mirror.hold(ARCH_PATH, ARCH);
    (Site(tempfile::tempdir().unwrap()), mirror)
}

#[test]
fn what_has_not_changed_is_asked_for_and_not_fetched_again() {
    let (site, mirror) = site();
    let (text, code) = site.sync(&mirror, &[]);
    assert_eq!((text.as_str(), code), ("2 documents taken, 0 unchanged, 0 failed\n", Some(0)));
    let first = std::fs::read(site.database()).unwrap();
    mirror.asked();
    let (text, code) = site.sync(&mirror, &[]);
    assert_eq!((text.as_str(), code), ("0 documents taken, 2 unchanged, 0 failed\n", Some(0)));
    let [arch, kev] = [ARCH, KEV].map(|text| format!("\"{}\"", text.len()));
    assert_eq!(mirror.asked(), [format!("{ARCH_PATH} {arch}"), format!("{KEV_PATH} {kev}")]);
    assert_eq!(std::fs::read(site.database()).unwrap(), first);
    let status = String::from_utf8(site.inspector(&["feeds", "status"]).stdout).unwrap();
    assert!(status.contains("arch-linux") && status.contains("cisa-kev") && !status.contains("failed"), "{status}");
}

#[test]
fn a_document_that_breaks_off_is_a_failure_by_name_and_goes_on_where_it_broke_off() {
    let (site, mirror) = site();
    mirror.breaks_after(Some(100));
    let (text, code) = site.sync(&mirror, &[]);
    assert!(text.contains(KEV_PATH) && text.contains("0 documents taken, 0 unchanged, 2 failed"), "{text}");
    assert_eq!((code, site.database().exists()), (Some(3), false));
    mirror.breaks_after(None);
    mirror.asked();
    let (text, code) = site.sync(&mirror, &[]);
    assert_eq!((text.as_str(), code), ("2 documents taken, 0 unchanged, 0 failed\n", Some(0)));
    assert!(mirror.asked()[0].starts_with(&format!("{ARCH_PATH} bytes=100- ")));
}

#[test]
fn a_part_of_an_older_version_is_not_put_together_with_a_newer_one() {
    let (site, mirror) = site();
    mirror.breaks_after(Some(100));
    site.sync(&mirror, &[]);
    mirror.breaks_after(None);
    mirror.hold(KEV_PATH, &KEV.replace("2021-11-17", "2021-11-18 ").replace("18 ", "18"));
    mirror.hold(ARCH_PATH, &ARCH.replace("Vulnerable", "Not affected"));
    let (text, _) = site.sync(&mirror, &[]);
    assert_eq!(text, "2 documents taken, 0 unchanged, 0 failed\n");
}

#[test]
fn what_is_refused_leaves_the_last_good_one_and_the_others_and_is_told_by_status() {
    let (site, mirror) = site();
    site.sync(&mirror, &[]);
    mirror.hold(ARCH_PATH, "[]");
    mirror.hold(KEV_PATH, &KEV.replace("2026-01-01", "2026-02-01").replace("\"1\"", "\"22\""));
    let (text, code) = site.sync(&mirror, &[]);
    assert!(text.contains(ARCH_PATH) && text.contains("it is no document of `arch-linux`"), "{text}");
    assert!(text.contains("1 documents taken, 0 unchanged, 1 failed"), "{text}");
    assert_eq!(code, Some(3));
    let status = String::from_utf8(site.inspector(&["feeds", "status"]).stdout).unwrap();
    assert!(status.contains("arch-linux all.json") && status.contains("1 records, 1 advisories"), "{status}");
    assert!(status.contains("2026-02-01"), "{status}");
    assert!(status.lines().any(|line| line.starts_with("sync of ") && line.contains(ARCH_PATH)), "{status}");
    mirror.hold(ARCH_PATH, ARCH);
    site.sync(&mirror, &[]);
    let status = String::from_utf8(site.inspector(&["feeds", "status"]).stdout).unwrap();
    assert!(!status.contains("sync of "), "{status}");
}

#[test]
fn an_older_catalogue_and_a_page_of_html_are_refused_and_an_unknown_feed_is_wrong_use() {
    let (site, mirror) = site();
    site.sync(&mirror, &[]);
    mirror.hold(KEV_PATH, &KEV.replace("2026-01-01", "2025-01-01").replace("\"1\"", "\"22\""));
    mirror.hold(ARCH_PATH, "<html>Welcome</html>");
    let (text, code) = site.sync(&mirror, &[]);
    assert!(text.contains("it is of 2025-01-01") && text.contains("it is no document of `arch-linux`"), "{text}");
    assert_eq!(code, Some(3));
    let (text, _) = site.sync(&mirror, &["--accept"]);
    assert!(text.contains("1 documents taken, 0 unchanged, 1 failed"), "{text}");
    let output = site.inspector(&["feeds", "sync", "nonsense", "--mirror", &mirror.url]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("`nonsense` is no feed with an address"));
}

const UPDATES: &str = "<updates><update type=\"security\"><id>ALAS2023-2026-001</id><severity>low</severity><references>\
    <reference id=\"CVE-2020-0001\"/></references><pkglist><collection><package name=\"a\" epoch=\"0\" version=\"1\" \
    release=\"1\"/></collection></pkglist></update></updates>";

/// Metadata of a repository whose advisories have this digest.
fn repomd(digest: &str) -> String {
    format!(
        "<repomd><data type=\"updateinfo\"><checksum type=\"sha256\">{digest}</checksum>\
         <location href=\"repodata/updateinfo.xml\"/></data></repomd>"
    )
}

#[test]
fn the_mirror_of_a_repository_leads_to_its_advisories_and_another_digest_is_refused() {
    let (site, mirror) = site();
    let list = "https://repo.example/core/guid/\n";
    mirror.hold("/cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64/mirror.list", list);
    mirror.hold("/repo.example/core/guid/repodata/updateinfo.xml", UPDATES);
    let digest = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(UPDATES));
    mirror.hold("/repo.example/core/guid/repodata/repomd.xml", &repomd(&"0".repeat(64)));
    let sync = || {
        let output = site.inspector(&["feeds", "sync", "amazon-linux", "--mirror", &mirror.url]);
        [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap()).concat()
    };
    assert!(sync().contains("and the publisher names 0000"), "another file than the repository speaks of");
    mirror.hold("/repo.example/core/guid/repodata/repomd.xml", &repomd(&digest));
    let text = sync();
    assert!(text.contains("1 documents taken, 0 unchanged"), "{text}");
    let status = String::from_utf8(site.inspector(&["feeds", "status"]).stdout).unwrap();
    assert!(status.contains("amazon-linux ALAS2023"), "{status}");
    assert!(sync().contains("0 documents taken, 1 unchanged"));
}

#[test]
fn a_text_that_names_the_document_leads_to_it_and_a_page_does_not() {
    let (site, mirror) = site();
    let folder = "/security.access.redhat.com/data/csaf/v2/vex";
    let sync = || {
        let output = site.inspector(&["feeds", "sync", "redhat", "--mirror", &mirror.url]);
        [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap()).concat()
    };
    mirror.hold(&format!("{folder}/archive_latest.txt"), "<html>moved</html>");
    let text = sync();
    assert!(text.contains("names no document") && text.contains("1 failed"), "{text}");
    mirror.hold(&format!("{folder}/archive_latest.txt"), "csaf_vex_2026-11-24.tar\n");
    mirror.hold(&format!("{folder}/csaf_vex_2026-11-24.tar"), "no archive");
    let text = sync();
    assert!(text.contains("it is no document of `redhat`"), "{text}");
    assert!(mirror.asked().contains(&format!("{folder}/csaf_vex_2026-11-24.tar")));
}
