//! `/etc/security/pwquality.conf` and its directory (`pwquality.conf(5)`).

use inspector_model::host::{Setting, Settings};
use inspector_model::{Fact, Place};

use super::{lines, missing, text};
use crate::root::{CONFIGURATION, ReadError, Root};

const MAIN: &str = "/etc/security/pwquality.conf";
const DIRECTORY: &str = "/etc/security/pwquality.conf.d";

/// The settings in force: the directory's files in order of their names, then the main file; the last one counts.
pub fn collect(root: &Root) -> Fact<Settings> {
    let names = match root.list(DIRECTORY) {
        Ok(names) => names,
        Err(ReadError::Absent) => Vec::new(),
        Err(error) => return missing(DIRECTORY, error),
    };
    let parts = names.iter().filter(|name| name.ends_with(".conf")).map(|name| format!("{DIRECTORY}/{name}"));
    let mut settings = Settings::new();
    let mut found = false;
    for path in parts.chain([MAIN.to_owned()]) {
        match root.read(&path, CONFIGURATION) {
            Ok(bytes) => {
                found = true;
                settings.append(&mut parse(&bytes, &path));
            }
            Err(ReadError::Absent) => {}
            Err(error) => return missing(&path, error),
        }
    }
    let at = Place::whole(MAIN);
    if found { Fact::Seen { value: settings, at } } else { Fact::Absent { at } }
}

/// Reads `name = value` lines; a name alone is a switch with an empty value. `#` starts a comment anywhere.
pub fn parse(bytes: &[u8], path: &str) -> Settings {
    let text = text(bytes);
    let mut settings = Settings::new();
    for (number, line) in lines(&text) {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (key, value) = line.split_once(['=', ' ', '\t']).unwrap_or((line, ""));
        let value = value.trim_start_matches(['=', ' ', '\t']).trim_end().to_owned();
        settings.insert(key.to_owned(), Setting { value, at: Place::line(path, number) });
    }
    settings
}
