//! Whatever stands in a file, reading it ends, and what it ends with can be written and read again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, dead_code, reason = "tests and their helpers")]

mod support;

use inspector_collect::source::{accounts, cpu, dpkg, interfaces, kernel, listeners, os_release, pam, pwquality, sshd};
use inspector_model::host::{Inventory, Package, Transport};
use proptest::prelude::*;

/// Pieces that the formats are made of, so that generated files get past the first check.
const PIECES: [&str; 40] = [
    "\n",
    "\n\n",
    " ",
    "\t",
    "=",
    ":",
    "\"",
    "'",
    "\\",
    "#",
    "[",
    "]",
    "(",
    ")",
    "-",
    "+",
    "*",
    "\0",
    "\u{fffd}",
    "1",
    "99999",
    "Package",
    "Version",
    "Status",
    "install ok installed",
    "Architecture",
    "Source",
    "Include",
    "Match",
    "User",
    "all",
    "PermitRootLogin",
    "password",
    "@include",
    "include",
    "required",
    "pam_unix.so",
    "x",
    "flags\t:",
    "0A",
];

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..60).prop_map(|it| it.concat().into_bytes());
    prop_oneof![3 => pieces, 1 => prop::collection::vec(any::<u8>(), 0..200)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_parser_ends(bytes in any_file()) {
        let _ = os_release::parse(&bytes);
        let _ = accounts::parse_passwd(&bytes);
        let _ = accounts::parse_shadow(&bytes);
        let _ = cpu::parse_cpuinfo(&bytes);
        let _ = cpu::parse_cmdline(&bytes);
        let _ = kernel::parse_elf(&bytes);
        let _ = kernel::parse_hostname(&bytes);
        let _ = interfaces::parse(&bytes);
        let _ = listeners::parse(&bytes, Transport::Tcp);
        let _ = pam::parse(&bytes, "/f");
        let _ = pwquality::parse(&bytes, "/f");
        let _ = sshd::parse_version(&bytes);
    }

    #[test]
    fn an_include_that_answers_with_its_own_file_ends(bytes in any_file()) {
        let text = sshd::Text { path: "/f".to_owned(), bytes };
        let again = text.clone();
        let _ = sshd::parse(&text, &mut |_| Ok(vec![again.clone(), again.clone()]));
    }

    /// A record is a package or a problem, whatever stands around it.
    #[test]
    fn no_record_of_a_database_is_lost(bytes in any_file()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let whole = dpkg::parse(text.as_bytes(), "/f", dpkg::Form::Part);
        let lines: Vec<&str> = text.lines().collect();
        let (mut packages, mut problems) = (Vec::new(), 0);
        for record in lines.split(|line| line.trim().is_empty()).filter(|record| !record.is_empty()) {
            let alone = dpkg::parse(record.join("\n").as_bytes(), "/f", dpkg::Form::Part);
            prop_assert_eq!(alone.packages.len() + alone.problems.len(), 1, "{:?}", record);
            packages.extend(alone.packages);
            problems += alone.problems.len();
        }
        let (whole_packages, packages) = (without_places(whole.packages), without_places(packages));
        prop_assert_eq!((whole_packages, whole.problems.len()), (packages, problems));
    }
}

/// The packages, each once; where their records stand differs between a part and the whole.
fn without_places(packages: Vec<Package>) -> Vec<Package> {
    let mut inventory = Inventory::default();
    inventory.packages.extend(packages.into_iter().map(|package| Package { at: None, ..package }));
    inventory.settle();
    inventory.packages
}
