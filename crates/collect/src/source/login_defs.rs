//! `/etc/login.defs` (`login.defs(5)`): a keyword and a value on each line; the last one counts.

use inspector_model::host::{Setting, Settings};
use inspector_model::{Fact, Place};

use super::{file, lines, text};
use crate::root::Root;

const PATH: &str = "/etc/login.defs";

/// The settings of the shadow tools.
pub fn collect(root: &Root) -> Fact<Settings> {
    file(root, PATH, |bytes| Ok(parse(bytes)))
}

/// Reads keywords and values. A keyword without a value sets nothing, as for the shadow tools.
pub fn parse(bytes: &[u8]) -> Settings {
    let text = text(bytes);
    let mut settings = Settings::new();
    for (number, line) in lines(&text) {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        if let Some((key, value)) = line.split_once([' ', '\t']) {
            let value = value.trim().trim_matches('"').to_owned();
            settings.insert(key.to_owned(), Setting { value, at: Place::line(PATH, number) });
        }
    }
    settings
}
