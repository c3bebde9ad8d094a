//! Fuzzes the small texts of a host.
#![no_main]

use inspector_collect::source::{accounts, cpu, interfaces, kernel, listeners, os_release, pam, pwquality, sshd};
use inspector_model::host::Transport;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = accounts::parse_passwd(bytes);
    let _ = accounts::parse_shadow(bytes);
    let _ = cpu::parse_cmdline(bytes);
    let _ = cpu::parse_cpuinfo(bytes);
    let _ = interfaces::parse(bytes);
    let _ = kernel::parse_elf(bytes);
    let _ = kernel::parse_hostname(bytes);
    let _ = listeners::parse(bytes, Transport::Tcp);
    let _ = os_release::parse(bytes);
    let _ = pam::parse(bytes, "/f");
    let _ = pwquality::parse(bytes, "/f");
    let _ = sshd::parse_version(bytes);
});
