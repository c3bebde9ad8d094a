//! Host name, architecture and running kernel (`uname(2)`); of a directory tree, what its files say.

use inspector_model::host::{HostScope, Kernel};
use inspector_model::{Fact, Place};

use super::{Malformed, file, missing, text};
use crate::root::{CONFIGURATION, DATABASE, Root};

const UNAME: &str = "uname";

/// The running kernel. A directory tree runs none.
pub fn collect(root: &Root) -> Fact<Kernel> {
    let at = Place::whole(UNAME);
    if root.scope() == HostScope::Root {
        return Fact::Absent { at };
    }
    match rustix::system::uname().release().to_str() {
        Ok(release) => {
            Fact::Seen { value: Kernel { release: release.to_owned(), foreign: foreign(root, release) }, at }
        }
        Err(_) => Fact::Unreadable { at, why: "a release that is not UTF-8".to_owned() },
    }
}

/// In a container the kernel is the outer host's: its modules are not here, and process 1 is no init.
fn foreign(root: &Root, release: &str) -> bool {
    let init = root.read("/proc/1/comm", CONFIGURATION).is_ok_and(|name| INITS.contains(&text(&name).trim()));
    !init && root.stat(&format!("/lib/modules/{release}")).is_err()
}

const INITS: [&str; 6] = ["systemd", "init", "openrc-init", "runit", "s6-svscan", "dinit"];

/// The host's name: from the kernel, or from `/etc/hostname`.
pub fn hostname(root: &Root) -> Fact<String> {
    match root.scope() {
        HostScope::Live => match rustix::system::uname().nodename().to_str() {
            Ok(name) => Fact::Seen { value: name.to_owned(), at: Place::whole(UNAME) },
            Err(_) => Fact::Unreadable { at: Place::whole(UNAME), why: "a name that is not UTF-8".to_owned() },
        },
        HostScope::Root => file(root, "/etc/hostname", parse_hostname),
    }
}

/// The first line that is not empty and not a comment (`hostname(5)`).
///
/// # Errors
///
/// When there is none.
pub fn parse_hostname(bytes: &[u8]) -> Result<String, Malformed> {
    text(bytes)
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .ok_or_else(|| Malformed::whole("names no host"))
}

/// The machine: from the kernel, or from the program that every root has.
pub fn architecture(root: &Root) -> Fact<String> {
    if root.scope() == HostScope::Live {
        return match rustix::system::uname().machine().to_str() {
            Ok(machine) => Fact::Seen { value: machine.to_owned(), at: Place::whole(UNAME) },
            Err(_) => Fact::Unreadable { at: Place::whole(UNAME), why: "a name that is not UTF-8".to_owned() },
        };
    }
    const SHELL: &str = "/bin/sh";
    match root.read(SHELL, DATABASE) {
        Ok(bytes) => match parse_elf(&bytes) {
            Ok(machine) => Fact::Seen { value: machine.to_owned(), at: Place::whole(SHELL) },
            Err(malformed) => malformed.fact(SHELL),
        },
        Err(error) => missing(SHELL, error),
    }
}

/// The machine that an ELF file is made for, in the words of `uname -m`.
///
/// # Errors
///
/// When it is no ELF file or is made for a machine that is not in the list.
pub fn parse_elf(bytes: &[u8]) -> Result<&'static str, Malformed> {
    let (Some(b"\x7fELF"), Some(data), Some(&[low, high])) = (bytes.get(..4), bytes.get(5), bytes.get(18..20)) else {
        return Err(Malformed::whole("is no ELF program"));
    };
    let machine = if *data == 2 { u16::from_be_bytes([low, high]) } else { u16::from_le_bytes([low, high]) };
    match machine {
        3 => Ok("i686"),
        22 => Ok("s390x"),
        21 if *data == 1 => Ok("ppc64le"),
        40 => Ok("armv7l"),
        62 => Ok("x86_64"),
        183 => Ok("aarch64"),
        243 => Ok("riscv64"),
        other => Err(Malformed::whole(format!("is made for the unknown machine {other}"))),
    }
}
