//! The PAM stack that a password change goes through (`pam.conf(5)`), `@include`, `include` and `substack` in place.

use inspector_model::host::PamEntry;
use inspector_model::{Fact, Place};

use super::{Malformed, lines, text};
use crate::root::{CONFIGURATION, ReadError, Root};

/// The administrator's directory, then the vendor's.
const DIRECTORIES: [&str; 2] = ["/etc/pam.d", "/usr/lib/pam.d"];
/// The services that hold the stack: the `passwd` program's own, else the shared ones of Debian and of Red Hat.
const SERVICES: [&str; 3] = ["passwd", "common-password", "system-auth"];
/// PAM itself refuses deeper nesting.
const DEPTH_LIMIT: u8 = 16;

/// The `password` entries in the order in which they are asked.
pub fn collect(root: &Root) -> Fact<Vec<PamEntry>> {
    for service in SERVICES {
        let mut entries = Vec::new();
        match stack(root, service, 0, &mut entries) {
            Ok(path) => return Fact::Seen { value: entries, at: Place::whole(path) },
            Err(Stop::Missing(_)) => {}
            Err(Stop::Unreadable { at, why }) => return Fact::Unreadable { at, why },
        }
    }
    let [directory, _] = DIRECTORIES;
    Fact::Absent { at: Place::whole(format!("{directory}/passwd")) }
}

/// Why a stack could not be read.
enum Stop {
    /// No directory has the file.
    Missing(String),
    Unreadable {
        at: Place,
        why: String,
    },
}

/// Appends the `password` entries of one service and returns the file that holds them.
fn stack(root: &Root, service: &str, depth: u8, entries: &mut Vec<PamEntry>) -> Result<String, Stop> {
    let (path, bytes) = read(root, service)?;
    let parsed = parse(&bytes, &path)
        .map_err(|Malformed { line, why }| Stop::Unreadable { at: Place { path: path.clone(), line }, why })?;
    for line in parsed {
        match line {
            Line::Entry(entry) => entries.push(entry),
            Line::Include { at, .. } if depth >= DEPTH_LIMIT => {
                return Err(Stop::Unreadable { at, why: "files that include each other too deeply".to_owned() });
            }
            Line::Include { service, at } => {
                stack(root, &service, depth + 1, entries).map_err(|stop| match stop {
                    Stop::Missing(file) => {
                        Stop::Unreadable { at, why: format!("includes `{file}`, which is not there") }
                    }
                    Stop::Unreadable { .. } => stop,
                })?;
            }
        }
    }
    Ok(path)
}

fn read(root: &Root, service: &str) -> Result<(String, Vec<u8>), Stop> {
    for directory in DIRECTORIES {
        // Module documentation allows a full name; every other is a file of the directory.
        let path = if service.starts_with('/') { service.to_owned() } else { format!("{directory}/{service}") };
        match root.read(&path, CONFIGURATION) {
            Ok(bytes) => return Ok((path, bytes)),
            Err(ReadError::Absent) => {}
            Err(ReadError::Unreadable(why)) => return Err(Stop::Unreadable { at: Place::whole(path), why }),
        }
    }
    Err(Stop::Missing(service.to_owned()))
}

/// One line of a service file that concerns password changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A module to ask.
    Entry(PamEntry),
    /// Entries of another service in this place.
    Include {
        /// The service's name.
        service: String,
        /// Where it is included.
        at: Place,
    },
}

/// Reads the `password` lines of one service file.
///
/// # Errors
///
/// When a line lacks its control, module or file.
pub fn parse(bytes: &[u8], path: &str) -> Result<Vec<Line>, Malformed> {
    let text = text(bytes);
    let mut parsed = Vec::new();
    let mut joined = String::new();
    let mut start = None;
    for (number, line) in lines(&text) {
        let first = *start.get_or_insert(number);
        let line = line.split('#').next().unwrap_or_default();
        if let Some(part) = line.strip_suffix('\\') {
            joined.push_str(part);
            joined.push(' ');
            continue;
        }
        joined.push_str(line);
        parsed.extend(logical(&std::mem::take(&mut joined), path, first)?);
        start = None;
    }
    parsed.extend(logical(&joined, path, start.unwrap_or(1))?);
    Ok(parsed)
}

fn logical(line: &str, path: &str, number: u32) -> Result<Option<Line>, Malformed> {
    let mut words = words(line).into_iter();
    let Some(kind) = words.next() else { return Ok(None) };
    let mut next = |what: &str| words.next().ok_or_else(|| Malformed::at(number, format!("names no {what}")));
    let at = Place::line(path, number);
    if kind == "@include" {
        return Ok(Some(Line::Include { service: next("file to include")?, at }));
    }
    if !kind.trim_start_matches('-').eq_ignore_ascii_case("password") {
        return Ok(None);
    }
    let control = next("control")?;
    let module = next("module")?;
    if control.eq_ignore_ascii_case("include") || control.eq_ignore_ascii_case("substack") {
        return Ok(Some(Line::Include { service: module, at }));
    }
    let module = module.rsplit('/').next().unwrap_or_default().to_owned();
    Ok(Some(Line::Entry(PamEntry { module, control, arguments: words.collect(), at })))
}

/// Words at white space; `[…]` keeps its spaces together.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut bracket = false;
    let mut inside = false;
    for character in line.chars() {
        if character.is_whitespace() && !bracket {
            inside = false;
            continue;
        }
        bracket = match character {
            '[' => true,
            ']' => false,
            _ => bracket,
        };
        match words.last_mut() {
            Some(word) if inside => word.push(character),
            _ => words.push(character.to_string()),
        }
        inside = true;
    }
    words
}
