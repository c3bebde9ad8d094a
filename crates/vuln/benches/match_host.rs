//! `match-host`: one host of 500 packages, strings in, references to findings out. Run with `cargo bench -p
//! inspector-vuln`; the goal is 50 microseconds.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop where it fails")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints its figures")]
#![expect(clippy::disallowed_methods, reason = "it measures time and reads real feeds")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use inspector_model::host::{Inventory, Package};
use inspector_vuln::advisory::{Advisory, State, Version};
use inspector_vuln::database::{Database, Input, build};
use inspector_vuln::feed::Parsed;
use inspector_vuln::matcher::{Host, match_host};
use inspector_vuln::release::Release;

#[path = "../tests/real/support.rs"]
mod support;

const PACKAGES: usize = 500;

fn main() {
    let synthetic = Database::open(build(vec![synthetic_feed()]).unwrap()).unwrap();
    report("synthetic database", &synthetic, &synthetic_inventory());
    let Some(shared) = support::shared() else { return };
    real(&shared);
}

/// 2,000 packages with 25 advisories each.
fn synthetic_feed() -> Input {
    let release = Release::by_key("debian:12").unwrap();
    let advisories: Vec<_> = (0..50_000)
        .map(|at| Advisory {
            release,
            package: format!("package-{}", at % 2_000),
            cve: format!("CVE-2020-{:05}", at / 2),
            introduced: None,
            state: State::Fixed(Version::parse(release, &format!("1.{}-{}", at % 40, at % 7)).unwrap()),
            word: "resolved".to_owned(),
            advisory: String::new(),
        })
        .collect();
    let parsed = Parsed { records: advisories.len(), advisories, ..Parsed::default() };
    Input { feed: "synthetic", document: "d".to_owned(), sha256: String::new(), dated: None, parsed }
}

/// Four of five packages are named by advisories.
fn synthetic_inventory() -> Inventory {
    let package = |at: usize| Package {
        name: format!("libpackage-{at}"),
        version: format!("1.{}-3", at % 40),
        architecture: "amd64".to_owned(),
        source: format!("package-{}", at * 5),
        source_version: format!("1.{}-3", at % 40),
        maintainer: None,
        module: None,
        at: None,
    };
    Inventory { packages: (0..PACKAGES).map(package).collect(), problems: Vec::new() }
}

/// The advisories of Debian.
fn real(shared: &std::path::Path) {
    let database = Database::open(build(vec![support::input(&support::tracker(shared))]).unwrap()).unwrap();
    let status = support::read(&shared.join("cve-cases/debian-12-workstation/dpkg-status.gz"));
    let mut inventory = support::inventory(std::str::from_utf8(&status).unwrap());
    report("real database, 873 packages", &database, &inventory);
    inventory.packages.truncate(PACKAGES);
    report("real database, first 500 of them", &database, &inventory);
}

fn report(name: &str, database: &Database, inventory: &Inventory) {
    let os = support::debian("12");
    let host = Host { os: &os, inventory, running_kernel: None };
    let mut times: Vec<_> = (0..2_000).map(|_| timed(|| match_host(database, host).unwrap())).collect();
    times.sort();
    let matched = match_host(database, host).unwrap();
    let affecting: usize = matched.packages.iter().map(|it| it.runs.affecting.len()).sum();
    let median = times.get(times.len() / 2).unwrap();
    println!(
        "match-host: {median:?} median for {} packages and {affecting} findings ({name})",
        inventory.packages.len()
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    black_box(work());
    started.elapsed()
}
