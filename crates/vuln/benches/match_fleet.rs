//! `match-fleet`: 100,000 hosts of 500 packages each on every processor: from strings, host by host and into a fleet of
//! distinct packages; from the fleet; and after a day of new advisories. Run with
//! `cargo bench -p inspector-vuln --bench match_fleet`; the goals on two processors are 5 seconds from strings, 1 second from
//! the fleet, and 200 milliseconds after 2,000 changed entries.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop where it fails")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints its figures")]
#![expect(clippy::disallowed_methods, reason = "it measures time and reads real feeds")]

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use inspector_model::host::{Inventory, OsRelease};
use inspector_vuln::advisory::State;
use inspector_vuln::database::{Database, build};
use inspector_vuln::fleet::{Fleet, Judged};
use inspector_vuln::matcher::{Host, match_host};

#[path = "../tests/real/support.rs"]
mod support;

const HOSTS: usize = 100_000;
const PACKAGES: usize = 500;
/// Hosts differ: each has another selection of the packages of a real one.
const KINDS: usize = 373;
/// What changes in a day.
const CHANGED: usize = 2_000;

fn main() {
    let Some(shared) = support::shared() else { return };
    let open = |changed: usize| {
        let mut input = support::input(&support::tracker(&shared));
        for advisory in input.parsed.advisories.iter_mut().step_by(26).take(changed) {
            advisory.state = if advisory.state == State::Open { State::NotAffected } else { State::Open };
        }
        Database::open(build(vec![input]).unwrap()).unwrap()
    };
    let (database, tomorrow) = (open(0), open(CHANGED));
    let status = support::read(&shared.join("cve-cases/debian-12-workstation/dpkg-status.gz"));
    let all = support::inventory(std::str::from_utf8(&status).unwrap()).packages;
    let kind = |nth: usize| {
        let packages = all.iter().cycle().skip(nth).take(PACKAGES).cloned().collect();
        Inventory { packages, problems: Vec::new() }
    };
    let kinds: Vec<Inventory> = (0..KINDS).map(kind).collect();
    let os = support::debian("12");
    let host = |nth: usize| Host { os: &os, inventory: kinds.get(nth % KINDS).unwrap(), running_kernel: None };

    let (took, findings) = host_by_host(&database, &host);
    println!("match-fleet: {took:?} host by host, {findings} findings");
    let (took, fleets) = into_fleets(&os, &kinds);
    let (installed, distinct) = fleets.iter().map(Fleet::packages).fold((0, 0), |a, b| (a.0 + b.0, a.1.max(b.1)));
    println!("match-fleet: {took:?} from strings into a fleet of {installed} packages, {distinct} of them distinct");
    let (took, findings) = of_fleets(&fleets, &database);
    println!("match-fleet: {took:?} from the fleet, {findings} findings");
    let started = Instant::now();
    let changed: usize = each(&fleets, |fleet| fleet.changed(&database, &tomorrow).unwrap().len());
    let judged: usize = each(&fleets, |fleet| usize::from(fleet.judge(&tomorrow).is_ok()));
    let took = started.elapsed();
    println!("match-fleet: {took:?} after {CHANGED} changed entries, {changed} hosts concerned, {judged} parts judged");
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Strings in, references to findings out, one host after the other.
fn host_by_host<'a>(database: &Database, host: &(impl Fn(usize) -> Host<'a> + Sync)) -> (Duration, usize) {
    let (next, findings) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                while let nth = next.fetch_add(1, Ordering::Relaxed)
                    && nth < HOSTS
                {
                    let matched = match_host(database, host(nth)).unwrap();
                    let affecting: usize = matched.packages.iter().map(|it| it.runs.affecting.len()).sum();
                    findings.fetch_add(affecting, Ordering::Relaxed);
                }
            });
        }
    });
    (started.elapsed(), findings.into_inner())
}

/// One part of the fleet for each processor.
fn into_fleets(os: &OsRelease, kinds: &[Inventory]) -> (Duration, Vec<Fleet>) {
    let part = |part: usize| -> Range<usize> { HOSTS * part / threads()..HOSTS * (part + 1) / threads() };
    let started = Instant::now();
    let fleets = std::thread::scope(|scope| {
        let add = |hosts: Range<usize>| {
            let mut fleet = Fleet::default();
            for inventory in hosts.map(|nth| kinds.get(nth % KINDS).unwrap()) {
                fleet.add(Host { os, inventory, running_kernel: None }).unwrap();
            }
            fleet
        };
        let workers: Vec<_> = (0..threads()).map(|nth| scope.spawn(move || add(part(nth)))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    (started.elapsed(), fleets)
}

/// Every distinct package judged, and every host's findings counted.
fn of_fleets(fleets: &[Fleet], database: &Database) -> (Duration, usize) {
    let started = Instant::now();
    let findings = each(fleets, |fleet| {
        let judged: Judged = fleet.judge(database).unwrap();
        let of = |host| usize::try_from(judged.affecting(fleet.host(host))).unwrap();
        (0..fleet.hosts()).map(of).sum()
    });
    (started.elapsed(), findings)
}

/// The sum over all parts, side by side.
fn each(fleets: &[Fleet], work: impl Fn(&Fleet) -> usize + Sync) -> usize {
    std::thread::scope(|scope| {
        let workers: Vec<_> = fleets.iter().map(|fleet| scope.spawn(|| work(fleet))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    })
}
