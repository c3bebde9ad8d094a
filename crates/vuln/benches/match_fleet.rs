//! `match-fleet`: 100,000 hosts of 500 packages each, strings in, references to findings out, on every processor. Run with
//! `cargo bench -p inspector-vuln --bench match_fleet`; the goal is 5 seconds on two.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop where it fails")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints its figures")]
#![expect(clippy::disallowed_methods, reason = "it measures time and reads real feeds")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use inspector_model::host::Inventory;
use inspector_vuln::database::{Database, build};
use inspector_vuln::matcher::{Host, match_host};

#[path = "../tests/real/support.rs"]
mod support;

const HOSTS: usize = 100_000;
const PACKAGES: usize = 500;
/// Hosts differ: each has another selection of the packages of a real one.
const KINDS: usize = 373;

fn main() {
    let Some(shared) = support::shared() else { return };
    let database = Database::open(build(vec![support::input(&support::tracker(&shared))]).unwrap()).unwrap();
    let status = support::read(&shared.join("cve-cases/debian-12-workstation/dpkg-status.gz"));
    let all = support::inventory(std::str::from_utf8(&status).unwrap()).packages;
    let kind = |nth: usize| {
        let packages = all.iter().cycle().skip(nth).take(PACKAGES).cloned().collect();
        Inventory { packages, problems: Vec::new() }
    };
    let kinds: Vec<Inventory> = (0..KINDS).map(kind).collect();
    let os = support::debian("12");
    let (next, findings) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let nth = next.fetch_add(1, Ordering::Relaxed)
                    && nth < HOSTS
                {
                    let Some(inventory) = kinds.get(nth % KINDS) else { return };
                    let matched = match_host(&database, Host { os: &os, inventory, running_kernel: None }).unwrap();
                    let affecting: usize = matched.packages.iter().map(|it| it.runs.affecting.len()).sum();
                    findings.fetch_add(affecting, Ordering::Relaxed);
                }
            });
        }
    });
    let (took, findings) = (started.elapsed(), findings.into_inner());
    println!(
        "match-fleet: {took:?} for {HOSTS} hosts of {PACKAGES} packages and {findings} findings on {threads} threads"
    );
}
