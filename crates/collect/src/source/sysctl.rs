//! `kernel.randomize_va_space`: from the running kernel, or as `sysctl.d(5)` will set it at boot.

use inspector_model::host::{HostScope, Setting};
use inspector_model::{Fact, Place};

use super::{Malformed, lines, missing, text};
use crate::root::{CONFIGURATION, ReadError, Root};

const NAME: &str = "kernel.randomize_va_space";
const PROC: &str = "/proc/sys/kernel/randomize_va_space";
/// Read by procps alone. systemd-sysctl knows the directories only; a distribution that wants both links it into one.
const MAIN: &str = "/etc/sysctl.conf";
/// The start script of procps: where it is, `sysctl --system` sets the values at boot, and that reads [`MAIN`] last.
const PROCPS: &str = "/etc/init.d/procps";
/// Directories by falling precedence: a file hides those of its name further down.
const DIRECTORIES: [&str; 5] =
    ["/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"];

/// The setting that holds: on a running host the kernel's own answer. A directory tree has no kernel; there the value
/// that is set at boot counts, and where none is set the kernel's default is not known, so the fact is absent.
pub fn randomize_va_space(root: &Root) -> Fact<u8> {
    let seen = match root.scope() {
        HostScope::Live => match root.read(PROC, CONFIGURATION) {
            Ok(bytes) => Setting { value: text(&bytes).trim().to_owned(), at: Place::whole(PROC) },
            Err(error) => return missing(PROC, error),
        },
        HostScope::Root => match persistent(root) {
            Ok(Some(setting)) => setting,
            Ok(None) => return Fact::Absent { at: Place::whole(PROC) },
            Err(unreadable) => return unreadable,
        },
    };
    match seen.value.parse() {
        Ok(value) => Fact::Seen { value, at: seen.at },
        Err(_) => Fact::Unreadable { at: seen.at, why: format!("`{}` is not a number", seen.value) },
    }
}

/// What boot would set: files of all directories in order of their names, the last one counts. `sysctl.conf` is read where
/// a file of a directory is a link to it, or last of all where procps starts the host.
fn persistent<T>(root: &Root) -> Result<Option<Setting>, Fact<T>> {
    let mut files = std::collections::BTreeMap::new();
    for directory in DIRECTORIES {
        match root.list(directory) {
            Ok(names) => {
                for name in names.into_iter().filter(|name| name.ends_with(".conf")) {
                    files.entry(name.clone()).or_insert(format!("{directory}/{name}"));
                }
            }
            Err(ReadError::Absent) => {}
            Err(error) => return Err(missing(directory, error)),
        }
    }
    let main = match root.stat(PROCPS) {
        Ok(_) => Some(MAIN.to_owned()),
        Err(ReadError::Absent) => None,
        Err(error) => return Err(missing(PROCPS, error)),
    };
    let mut last = None;
    for path in files.into_values().chain(main) {
        match root.read(&path, CONFIGURATION) {
            Ok(bytes) => last = parse(&bytes, &path).map_err(|error| error.fact(&path))?.or(last),
            Err(ReadError::Absent) => {}
            Err(error) => return Err(missing(&path, error)),
        }
    }
    Ok(last)
}

/// The last assignment of the setting in one file. `.` and `/` separate alike; a leading `-` asks to ignore errors.
///
/// # Errors
///
/// When a line that names the setting is no assignment.
pub fn parse(bytes: &[u8], path: &str) -> Result<Option<Setting>, Malformed> {
    let text = text(bytes);
    let mut last = None;
    for (number, line) in lines(&text) {
        let line = line.trim().trim_start_matches('-');
        let name = line.split('=').next().unwrap_or_default().trim().replace('/', ".");
        if line.starts_with(['#', ';']) || name != NAME {
            continue;
        }
        let (_, value) = line.split_once('=').ok_or_else(|| Malformed::at(number, "expected `name = value`"))?;
        last = Some(Setting { value: value.trim().to_owned(), at: Place::line(path, number) });
    }
    Ok(last)
}
