//! `busy-host`: facts of a host with 20,000 processes and 100,000 sockets, from a `/proc` of our making. Run with `cargo
//! bench -p inspector-collect --bench busy_host`; the goal is 3 seconds of processor time and 16 MB above what was used
//! before.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop where it fails")]
#![expect(clippy::print_stdout, reason = "it prints its figures")]

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;

use inspector_collect::Root;
use inspector_model::Timestamp;

const PROCESSES: usize = 20_000;
const SOCKETS: usize = 100_000;
const PROGRAMS: usize = 50;
/// Descriptors of a process that are no sockets.
const FILES: usize = 3;

fn main() {
    let folder = tempfile::TempDir::new().unwrap();
    make(folder.path());
    let root = Root::live_at(folder.path()).unwrap();
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let (before, memory) = (processor_millis(), kilobytes("VmRSS:"));
    let facts = inspector_collect::collect(&root, Timestamp::from_millis(0));
    let (took, peak) = (processor_millis() - before, kilobytes("VmHWM:") - memory);
    let (processes, listeners) = (facts.processes.seen().unwrap().len(), facts.listeners.seen().unwrap().len());
    assert_eq!((processes, listeners), (PROCESSES, PROGRAMS));
    assert!(facts.listeners.seen().unwrap().iter().all(|listener| listener.process.is_some()));
    let bytes = serde_json::to_vec(&facts).unwrap().len();
    println!(
        "busy-host: {took} ms of processor time, {peak} kB, {} kB of facts: {processes} processes, {SOCKETS} sockets, \
         {listeners} listeners",
        bytes / 1024
    );
}

fn make(root: &Path) {
    fs::create_dir_all(root.join("proc/net")).unwrap();
    fs::create_dir_all(root.join("usr/bin")).unwrap();
    let inodes: Vec<u64> = (0..PROGRAMS)
        .map(|number| {
            let path = root.join(format!("usr/bin/program{number}"));
            fs::copy(std::env::current_exe().unwrap(), &path).unwrap();
            fs::metadata(&path).unwrap().ino()
        })
        .collect();
    let mut sockets = "header\n".to_owned();
    for number in 0..SOCKETS {
        let (state, port) = if number < PROGRAMS { ("0A", 1000 + number) } else { ("01", 8000 + number % 50_000) };
        writeln!(
            sockets,
            "{number:>4}: 0100000A:{port:04X} 0200000A:01BB {state} 00000000:00000000 00:00000000 00000000     0        0 \
             {} 1 0000000000000000 20 4 30 10 -1",
            1_000_000 + number
        )
        .unwrap();
    }
    fs::write(root.join("proc/net/tcp"), sockets).unwrap();
    for table in ["tcp6", "udp", "udp6"] {
        fs::write(root.join(format!("proc/net/{table}")), "header\n").unwrap();
    }
    for pid in 1..=PROCESSES {
        process(root, pid, &inodes);
    }
}

fn process(root: &Path, pid: usize, inodes: &[u64]) {
    let folder = root.join(format!("proc/{pid}"));
    fs::create_dir_all(folder.join("fd")).unwrap();
    let program = pid % PROGRAMS;
    let status = format!("Name:\tprogram{program}\nState:\tS (sleeping)\nPPid:\t1\nUid:\t0\t0\t0\t0\n");
    fs::write(folder.join("status"), status).unwrap();
    fs::write(folder.join("cgroup"), format!("0::/system.slice/program{program}.service\n")).unwrap();
    let mut maps = String::new();
    for part in 0..30 {
        let permissions = if part % 5 == 0 { "r-xp" } else { "r--p" };
        let inode = inodes.get(program).unwrap();
        writeln!(maps, "7f{part:010x}-7f{part:010x} {permissions} 00000000 fe:01 {inode} /usr/bin/program{program}")
            .unwrap();
    }
    fs::write(folder.join("maps"), maps).unwrap();
    symlink(format!("/usr/bin/program{program}"), folder.join("exe")).unwrap();
    for number in 0..FILES {
        symlink("/dev/null", folder.join(format!("fd/{number}"))).unwrap();
    }
    for number in 0..SOCKETS / PROCESSES {
        let inode = 1_000_000 + (pid - 1) + number * PROCESSES;
        symlink(format!("socket:[{inode}]"), folder.join(format!("fd/{}", FILES + number))).unwrap();
    }
}

/// Processor time of this process, user and system (`proc(5)`: hundredths of a second).
fn processor_millis() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().unwrap()).sum();
    ticks * 10
}

fn kilobytes(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
