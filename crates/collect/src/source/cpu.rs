//! Whether the processor and kernel refuse to execute data: the `nx` flag and the `noexec` kernel options.

use inspector_model::host::HostScope;
use inspector_model::{Fact, Place};

use super::{Malformed, lines, missing, text};
use crate::root::{CONFIGURATION, DATABASE, Root};

const CPUINFO: &str = "/proc/cpuinfo";
const CMDLINE: &str = "/proc/cmdline";

/// Only a running kernel knows; of a directory tree the fact is absent.
pub fn no_execute(root: &Root) -> Fact<bool> {
    if root.scope() == HostScope::Root {
        return Fact::Absent { at: Place::whole(CPUINFO) };
    }
    let cpuinfo = match root.read(CPUINFO, DATABASE) {
        Ok(bytes) => bytes,
        Err(error) => return missing(CPUINFO, error),
    };
    let cmdline = match root.read(CMDLINE, CONFIGURATION) {
        Ok(bytes) => bytes,
        Err(error) => return missing(CMDLINE, error),
    };
    if parse_cmdline(&cmdline) == Options::TurnedOff {
        return Fact::Seen { value: false, at: Place::whole(CMDLINE) };
    }
    match parse_cpuinfo(&cpuinfo) {
        Ok((value, line)) => Fact::Seen { value, at: Place::line(CPUINFO, line) },
        Err(malformed) => malformed.fact(CPUINFO),
    }
}

/// Whether every processor has `nx`, and the line that decides.
///
/// # Errors
///
/// When no processor lists its flags in the form that x86 kernels use.
pub fn parse_cpuinfo(bytes: &[u8]) -> Result<(bool, u32), Malformed> {
    let text = text(bytes);
    let mut seen = None;
    for (number, line) in lines(&text) {
        let Some((key, flags)) = line.split_once(':') else { continue };
        if key.trim() != "flags" {
            continue;
        }
        let nx = flags.split_whitespace().any(|flag| flag == "nx");
        if !nx {
            return Ok((false, number));
        }
        seen.get_or_insert((true, number));
    }
    seen.ok_or_else(|| Malformed::whole("lists no processor flags"))
}

/// What the kernel command line says about `noexec`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Options {
    /// Nothing that turns it off.
    LeftOn,
    /// `noexec=off` or `noexec32=off`.
    TurnedOff,
}

/// The last `noexec` and `noexec32` options count.
pub fn parse_cmdline(bytes: &[u8]) -> Options {
    let text = text(bytes);
    let last =
        |name: &str| text.split_whitespace().filter_map(|word| word.split_once('=')).rfind(|(key, _)| *key == name);
    let off = ["noexec", "noexec32"].into_iter().filter_map(last).any(|(_, value)| value == "off");
    if off { Options::TurnedOff } else { Options::LeftOn }
}
