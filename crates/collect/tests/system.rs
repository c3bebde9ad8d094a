//! Release, name, machine, kernel settings and directories, from small roots and from this machine.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use std::os::unix::fs::PermissionsExt;

use inspector_collect::Root;
use inspector_collect::source::cpu::{Options, parse_cmdline, parse_cpuinfo};
use inspector_collect::source::kernel::parse_elf;
use inspector_model::host::{HostFacts, HostScope, SCHEMA};
use inspector_model::{Fact, Place, Timestamp};
use support::{facts, facts_of, tree, unreadable};

#[test]
fn an_empty_root_says_absent_and_guesses_nothing() {
    let host = facts(&[]);
    assert_eq!((host.schema.as_str(), host.scope), (SCHEMA, HostScope::Root));
    let value = serde_json::to_value(&host).unwrap();
    for (name, fact) in value.as_object().unwrap() {
        if let Some(state) = fact.get("state") {
            assert_eq!(state, "absent", "{name}");
        }
    }
    assert!(host.directories.values().all(|fact| matches!(fact, Fact::Absent { .. })));
}

#[test]
fn facts_survive_the_way_to_the_service() {
    let host = inspector_collect::collect(&Root::live().unwrap(), Timestamp::from_millis(5));
    let text = serde_json::to_string(&host).unwrap();
    assert_eq!(serde_json::from_str::<HostFacts>(&text).unwrap(), host);
}

#[test]
fn the_vendors_release_file_stands_in_and_a_broken_one_does_not() {
    let vendor = ("usr/lib/os-release", "ID=debian\n");
    assert!(facts(&[vendor]).os.seen().is_some());
    let (at, _) = unreadable(&facts(&[vendor, ("etc/os-release", "nonsense\n")]).os);
    assert_eq!(at, "/etc/os-release:1");
}

#[test]
fn a_root_has_the_name_in_its_file() {
    assert_eq!(facts(&[("etc/hostname", "# mine\nweb-1\n")]).hostname.seen().map(String::as_str), Some("web-1"));
    unreadable(&facts(&[("etc/hostname", "\n")]).hostname);
}

#[test]
fn the_machine_is_read_from_a_program() {
    let elf = |data: u8, machine: [u8; 2]| {
        let mut bytes = b"\x7fELF\x02\x01\x01".to_vec();
        bytes[5] = data;
        bytes.resize(18, 0);
        bytes.extend(machine);
        bytes
    };
    let table = [(1, [62, 0], "x86_64"), (1, [183, 0], "aarch64"), (1, [21, 0], "ppc64le"), (2, [0, 22], "s390x")];
    for (data, machine, expected) in table {
        assert_eq!(parse_elf(&elf(data, machine)), Ok(expected));
    }
    assert!(parse_elf(&elf(1, [9, 9])).is_err());
    assert!(parse_elf(b"#!/bin/sh\n").is_err());
}

const ZERO: &str = "kernel.randomize_va_space = 0\n";

fn at_boot(files: &[(&str, &str)]) -> Option<(u8, String)> {
    match facts(files).randomize_va_space {
        Fact::Seen { value, at } => Some((value, at.to_string())),
        Fact::Absent { .. } => None,
        Fact::Unreadable { at, why } => panic!("{at}: {why}"),
    }
}

#[test]
fn what_is_set_at_boot_counts_for_a_root() {
    let two = "kernel.randomize_va_space = 2\n";
    let (etc, usr) = ("etc/sysctl.d/50.conf", "usr/lib/sysctl.d/50.conf");
    assert_eq!(at_boot(&[(etc, "# kernel.randomize_va_space = 0\nvm.swappiness = 1\n")]), None);
    assert_eq!(at_boot(&[(usr, two)]), Some((2, "/usr/lib/sysctl.d/50.conf:1".to_owned())));
    assert_eq!(at_boot(&[(usr, two), (etc, "")]), None, "the administrator's file hides the vendor's");
    let later = ("usr/lib/sysctl.d/90.conf", "-kernel/randomize_va_space=0\n");
    assert_eq!(at_boot(&[(etc, two), later]), Some((0, "/usr/lib/sysctl.d/90.conf:1".to_owned())));
}

#[test]
fn sysctl_conf_counts_only_where_something_reads_it() {
    let main = ("etc/sysctl.conf", "kernel.randomize_va_space = 2\n");
    let (earlier, later) = (("etc/sysctl.d/10.conf", ZERO), ("usr/lib/sysctl.d/zz.conf", ZERO));
    let zero = |path: &str| Some((0, format!("{path}:1")));
    let two = |path: &str| Some((2, format!("{path}:1")));
    assert_eq!(at_boot(&[main]), None, "systemd-sysctl reads the directories only");
    assert_eq!(at_boot(&[main, earlier]), zero("/etc/sysctl.d/10.conf"));
    let link = "etc/sysctl.d/99-sysctl.conf";
    for target in ["-> ../sysctl.conf", "-> /etc/sysctl.conf"] {
        assert_eq!(at_boot(&[main, earlier, (link, target)]), two("/etc/sysctl.d/99-sysctl.conf"));
    }
    let linked_before = at_boot(&[main, (link, "-> ../sysctl.conf"), later]);
    assert_eq!(linked_before, zero("/usr/lib/sysctl.d/zz.conf"), "read at the link's own place in the order");
    assert_eq!(at_boot(&[main, later, ("etc/init.d/procps", "#!/bin/sh\n")]), two("/etc/sysctl.conf"));
}

#[test]
fn a_setting_that_is_no_number_is_unreadable() {
    for text in ["kernel.randomize_va_space = two\n", "kernel.randomize_va_space\n"] {
        let (at, _) = unreadable(&facts(&[("etc/sysctl.d/50.conf", text)]).randomize_va_space);
        assert_eq!(at, "/etc/sysctl.d/50.conf:1");
    }
}

#[test]
fn every_processor_must_have_the_flag() {
    let processor = |flags: &str| format!("processor\t: 0\nflags\t\t: {flags}\nvmx flags\t: x\n\n");
    let with = processor("fpu nx lm");
    assert_eq!(parse_cpuinfo(with.as_bytes()), Ok((true, 2)));
    assert_eq!(parse_cpuinfo((with.clone() + &processor("fpu nxyz lm")).as_bytes()), Ok((false, 6)));
    assert!(parse_cpuinfo(b"Features : fp asimd\n").is_err(), "an Arm processor lists no such flags");
}

#[test]
fn the_last_kernel_option_counts() {
    let table = [
        ("ro quiet", Options::LeftOn),
        ("noexec=off ro", Options::TurnedOff),
        ("noexec=off noexec=on", Options::LeftOn),
        ("noexec32=off", Options::TurnedOff),
        ("xnoexec=off", Options::LeftOn),
    ];
    for (line, expected) in table {
        assert_eq!(parse_cmdline(line.as_bytes()), expected, "{line}");
    }
}

#[test]
fn directories_are_looked_at_behind_the_links_of_a_merged_usr() {
    let folder = tree(&[("usr/bin/", ""), ("bin", "-> usr/bin"), ("usr/lib64/", ""), ("etc", "-> /srv/etc")]);
    std::fs::set_permissions(folder.path().join("usr/bin"), std::fs::Permissions::from_mode(0o1777)).unwrap();
    let directories = facts_of(folder.path()).directories;
    let Some(Fact::Seen { value, at }) = directories.get("/bin") else { panic!("no /bin") };
    assert_eq!((value.mode, at), (0o1777, &Place::whole("/bin")));
    assert!(matches!(directories["/usr/lib64"], Fact::Seen { .. }));
    assert!(matches!(directories["/sbin"], Fact::Absent { .. }));
    unreadable(&directories["/etc"]);
}

#[test]
fn this_machine_tells_its_kernel_and_memory_layout() {
    let host = inspector_collect::collect(&Root::live().unwrap(), Timestamp::from_millis(0));
    assert_eq!(host.scope, HostScope::Live);
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap();
    assert_eq!(host.kernel.seen().map(|kernel| kernel.release.as_str()), Some(release.trim()));
    assert!(host.randomize_va_space.seen().is_some_and(|value| *value <= 2));
    assert!(host.architecture.seen().is_some());
}
